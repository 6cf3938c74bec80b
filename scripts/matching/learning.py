"""Learning what each outcome of a comparison weighs, and from when on to tell a match.

From reports whose truth is known, by a conditional logit: each report chooses among its candidates and nobody, and the
weights make what is true likeliest (with a small pull to zero, for outcomes seen seldom). It is the model of Fellegi
and Sunter with the weights fitted together, so that fields which tell the same thing twice are not counted twice.
Deterministic, in plain Python.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from integration.matching.rules import Person, Sought, decide, outcomes, probabilities
from integration.matching.weights import Weights

_STEPS = 250
_PULL = 0.02
_PRIOR = ("", "")
Outcome = tuple[str, str]
# Thresholds are the smallest that keep this many of these among those without a right answer.
_OUTSIDE_SUGGESTED, _OUTSIDE_AMBIGUOUS = 0.02, 0.2
_CONFIRM_WRONG, _NOBODY_WRONG = 0.001, 0.004


@dataclass(frozen=True, slots=True)
class Lesson:
    """A report: who was sought, who came up, and which of these are right (none if the person is not there)."""

    sought: Sought
    people: tuple[Person, ...]
    right: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Choice:
    """Candidates with the same outcomes are one entry: outcomes, how many, how many of them right."""

    entries: tuple[tuple[tuple[int, ...], int, int], ...]
    answered: bool


def learn(lessons: Sequence[Lesson]) -> Weights:
    """Weights and thresholds of these lessons."""
    names: dict[Outcome, int] = {_PRIOR: 0}
    choices = [_choice(lesson, names) for lesson in lessons]
    fitted = _fit(choices, len(names))
    bits: dict[str, dict[str, float]] = defaultdict(dict)
    for (field, came), place in sorted(names.items()):
        if field:
            bits[field][came] = round(fitted[place] / math.log(2), 2)
    prior = round(fitted[0] / math.log(2), 2)
    return _with_thresholds(lessons, bits, prior)


def _choice(lesson: Lesson, names: dict[Outcome, int]) -> _Choice:
    alike: Counter[tuple[int, ...]] = Counter()
    right: Counter[tuple[int, ...]] = Counter()
    for place, person in enumerate(lesson.people):
        came = tuple(names.setdefault(one, len(names)) for one in outcomes(lesson.sought, person))
        alike[came] += 1
        right[came] += place in lesson.right
    return _Choice(tuple((came, count, right[came]) for came, count in alike.items()), bool(lesson.right))


def _fit(choices: Sequence[_Choice], size: int) -> list[float]:
    """The weights in nats, by steps that grow while a slope keeps its sign and shrink when it turns (Rprop)."""
    weights, steps, before = [0.0] * size, [0.5] * size, [0.0] * size
    weights[0] = -5.0
    for _ in range(_STEPS):
        slope = [-_PULL * weight for weight in weights]
        for choice in choices:
            _add_slope(choice, weights, slope)
        for place in range(size):
            turned = slope[place] * before[place]
            if turned > 0:
                steps[place] = min(steps[place] * 1.2, 2.0)
            elif turned < 0:
                steps[place] = max(steps[place] * 0.5, 1e-5)
            if slope[place] and turned >= 0:
                weights[place] += math.copysign(steps[place], slope[place])
            before[place] = slope[place] if turned >= 0 else 0.0
    return weights


def _add_slope(choice: _Choice, weights: Sequence[float], slope: list[float]) -> None:
    odds = [math.exp(min(60.0, weights[0] + sum(weights[one] for one in came))) for came, _, _ in choice.entries]
    whole = 1 + sum(count * one for (_, count, _), one in zip(choice.entries, odds, strict=True))
    right = sum(rights * one for (_, _, rights), one in zip(choice.entries, odds, strict=True))
    for (came, count, rights), one in zip(choice.entries, odds, strict=True):
        # If several are right (one person listed twice), any of them is.
        wanted = rights * one / right if choice.answered and right else 0.0
        off = wanted - count * one / whole
        if abs(off) > 1e-9:
            slope[0] += off
            for place in came:
                slope[place] += off


def _with_thresholds(lessons: Sequence[Lesson], bits: dict[str, dict[str, float]], prior: float) -> Weights:
    open_ = Weights(bits, prior, suggest=0.5, ambiguous=0.5, confirm=0.5, nobody=0.5)
    first: list[tuple[float, bool, bool]] = []
    whole: list[tuple[float, bool, bool]] = []
    sure: list[tuple[float, bool, bool]] = []
    nobody: list[tuple[float, bool, bool]] = []
    for lesson in lessons:
        decision, outside = decide(lesson.sought, lesson.people, open_), not lesson.right
        chances = probabilities(
            sorted((open_.prior + _bits(lesson, one, open_) for one in lesson.people), reverse=True)
        )
        ids = {lesson.people[place].id for place in lesson.right}
        best = decision.candidates[0].person_id in ids if decision.candidates else False
        state = decision.state.value
        if state in ("SUGGESTED", "CONFIRMED"):
            first.append((chances[0], outside, best))
        if state == "AMBIGUOUS":
            whole.append((sum(chances), outside, best))
        if state == "CONFIRMED":
            sure.append((chances[0], not best, best))
        if state == "NOT_IN_REGISTRY":
            nobody.append((1 - sum(chances), not outside, outside))
    strangers = sum(not lesson.right for lesson in lessons)
    return Weights(
        bits,
        prior,
        suggest=_least(first, _OUTSIDE_SUGGESTED * strangers),
        ambiguous=_least(whole, _OUTSIDE_AMBIGUOUS * strangers),
        confirm=max(0.95, _least(sure, _CONFIRM_WRONG * len(sure))),
        nobody=max(0.9, _least(nobody, _NOBODY_WRONG * len(nobody))),
    )


def _bits(lesson: Lesson, person: Person, weights: Weights) -> float:
    return sum(weights.of(field, came) for field, came in outcomes(lesson.sought, person))


def _least(chances: Sequence[tuple[float, bool, bool]], allowed: float) -> float:
    """The smallest threshold, rounded up, that lets no more than so many wrong ones through."""
    wrong = sorted((chance for chance, bad, _ in chances if bad), reverse=True)
    if len(wrong) <= allowed:
        return 0.5
    return min(0.999, math.ceil(wrong[int(allowed)] * 1000 + 0.001) / 1000)
