"""Learning what each outcome of a comparison weighs, and from when on to tell a match.

From reports whose truth is known, by a conditional logit: each report chooses among its candidates and nobody, and the
weights make what is true likeliest (with a small pull to zero, for outcomes seen seldom). It is the model of Fellegi
and Sunter with the weights fitted together, so that fields which tell the same thing twice are not counted twice.
Deterministic, in plain Python.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from integration.codes import MatchState
from integration.matching.rules import Person, Sought, decide, outcomes, probabilities
from integration.matching.weights import Weights, chosen

_STEPS = 250
_PULL = 0.02
_PRIOR = ("", "")
Outcome = tuple[str, str]
# Of the matches no officer looks at, so many may be wrong; and none is told that is less likely than this.
_CONFIRM_WRONG, _CONFIRM_LEAST = 0.001, 0.95


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
    """Weights of these lessons, and from when on a match is confirmed."""
    names: dict[Outcome, int] = {_PRIOR: 0}
    choices = [_choice(lesson, names) for lesson in lessons]
    fitted = _fit(choices, len(names))
    bits: dict[str, dict[str, float]] = defaultdict(dict)
    for (field, came), place in sorted(names.items()):
        if field:
            bits[field][came] = round(fitted[place] / math.log(2), 2)
    prior = round(fitted[0] / math.log(2), 2)
    return _confirming(lessons, bits, prior)


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


def _confirming(lessons: Sequence[Lesson], bits: dict[str, dict[str, float]], prior: float) -> Weights:
    """From which probability on a match needs no officer: the smallest that lets hardly a wrong one through."""
    open_ = Weights(bits, prior, confirm=0.5, **chosen())
    sure: list[tuple[float, bool]] = []
    for lesson in lessons:
        decision = decide(lesson.sought, lesson.people, open_)
        if decision.state is MatchState.CONFIRMED:
            weights = (open_.prior + _bits(lesson, one, open_) for one in lesson.people)
            right = decision.person_id in {lesson.people[place].id for place in lesson.right}
            sure.append((probabilities(sorted(weights, reverse=True))[0], not right))
    return replace(open_, confirm=max(_CONFIRM_LEAST, _least(sure, _CONFIRM_WRONG * len(sure))))


def _bits(lesson: Lesson, person: Person, weights: Weights) -> float:
    return sum(weights.of(field, came) for field, came in outcomes(lesson.sought, person))


def _least(chances: Sequence[tuple[float, bool]], allowed: float) -> float:
    """The smallest threshold, rounded up, that lets no more than so many wrong ones through."""
    wrong = sorted((chance for chance, bad in chances if bad), reverse=True)
    if len(wrong) <= allowed:
        return 0.5
    return min(0.999, math.ceil(wrong[int(allowed)] * 1000 + 0.001) / 1000)
