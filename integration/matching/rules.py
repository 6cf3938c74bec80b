"""How well a person of the registry fits what is told, field by field, and what the candidates come to.

Weights are base-2 logarithms: how much likelier an agreement is for the right person than for another (Fellegi and
Sunter). They are rounded and set by this project; a field that is not told says nothing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from rapidfuzz.distance import OSA

from integration.codes import MatchState, Sex
from integration.matching.names import COMMON, name_words, skeleton, sound

_NAME = {"exact": 9.0, "exact_one_word": 7.0, "close": 6.0, "part": 3.5, "piece": 2.0, "some": -4.0, "other": -8.0}
_NIK = {"exact": 20.0, "near": 12.0, "other": -5.0}
_VILLAGE = {"same": 8.0, "district": -3.0, "other": -7.0}
_DISTRICT = {"same": 4.0, "other": -6.0}
_SEX = {"same": 1.0, "other": -4.0}

_SHOWN, _SUGGEST, _MARGIN = 3.0, 9.0, 3.0
_AUTO_MARGIN = 6.0
_MOST = 5
_AGREEING = frozenset({"exact", "exact_one_word", "close", "part", "piece"})


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """A person of the registry, as far as they are compared."""

    id: UUID
    name: str
    sex: Sex | None
    birth_year: int | None
    region_code: str | None
    nik_index: bytes | None


@dataclass(frozen=True, slots=True, repr=False)
class Sought:
    """Whom we look for: what is told of one person. `near` are indexes of NIKs that the one told may be meant for."""

    name: str | None
    sex: Sex | None
    birth_year: int | None
    about_year: int
    villages: frozenset[str]
    districts: frozenset[str]
    nik_index: bytes | None
    near: frozenset[bytes]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One comparison: of which field, how it came out, and its weight."""

    field: str
    comparison: str
    weight: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person with all comparisons; `weight` is their sum."""

    person_id: UUID
    weight: float
    evidence: tuple[Evidence, ...]

    @property
    def score(self) -> float:
        """0 to 1: 0.5 where the weight just suffices to suggest."""
        return round(1 / (1 + math.pow(2, -(self.weight - _SUGGEST) / 2)), 4)

    def outcome(self, field: str) -> str | None:
        """How a field came out; None if it was not compared."""
        return next((one.comparison for one in self.evidence if one.field == field), None)


@dataclass(frozen=True, slots=True)
class Decision:
    """What the candidates come to, best first. `certain` is a match no officer need look at first."""

    state: MatchState
    candidates: tuple[Candidate, ...]

    @property
    def person_id(self) -> UUID | None:
        """The one person meant, if there is one."""
        return self.candidates[0].person_id if self.state in (MatchState.SUGGESTED, MatchState.CONFIRMED) else None


def compare(sought: Sought, person: Person) -> Candidate:
    """One person against what is told."""
    evidence: list[Evidence] = []
    if sought.nik_index is not None or sought.near:
        nik = (
            "exact"
            if sought.nik_index is not None and person.nik_index == sought.nik_index
            else ("near" if person.nik_index in sought.near else "other")
        )
        evidence.append(Evidence("nik", nik, _NIK[nik]))
    if sought.name is not None:
        name = name_likeness(sought.name, person.name)
        evidence.append(Evidence("name", name, _NAME[name]))
    if sought.birth_year is not None and person.birth_year is not None:
        evidence.append(_born(sought.birth_year, sought.about_year, person.birth_year))
    evidence += _place(sought, person.region_code)
    if sought.sex is not None and person.sex is not None:
        sex = "same" if sought.sex is person.sex else "other"
        evidence.append(Evidence("sex", sex, _SEX[sex]))
    return Candidate(person.id, sum(one.weight for one in evidence), tuple(evidence))


def decide(sought: Sought, people: Sequence[Person]) -> Decision:
    """Compare all and say what they come to: nobody, one, several, or one beyond doubt."""
    ranked = sorted((compare(sought, person) for person in people), key=lambda one: (-one.weight, one.person_id))
    shown = tuple(one for one in ranked if one.weight >= _SHOWN)[:_MOST]
    if not shown or shown[0].weight < _SUGGEST or _another(shown[0]):
        return Decision(MatchState.UNMATCHED, shown)
    best, rival = shown[0], shown[1].weight if len(shown) > 1 else -math.inf
    if best.weight - rival < _MARGIN:
        return Decision(MatchState.AMBIGUOUS, shown)
    if best.weight - rival >= _AUTO_MARGIN and _beyond_doubt(best, sought):
        return Decision(MatchState.CONFIRMED, shown)
    return Decision(MatchState.SUGGESTED, shown)


def state_of(scores: Sequence[float]) -> MatchState:
    """What candidates with these scores, highest first, come to when some were ruled out."""
    if not scores or scores[0] < 0.5:
        return MatchState.UNMATCHED
    return (
        MatchState.AMBIGUOUS
        if len(scores) > 1 and _weight(scores[0]) - _weight(scores[1]) < _MARGIN
        else (MatchState.SUGGESTED)
    )


def _weight(score: float) -> float:
    bounded = min(max(score, 0.0001), 0.9999)
    return 2 * math.log2(bounded / (1 - bounded))


def _another(best: Candidate) -> bool:
    """A namesake of quite another age is shown, and not suggested."""
    return best.outcome("birthYear") == "far" and best.outcome("nik") not in {"exact", "near"}


def _beyond_doubt(best: Candidate, sought: Sought) -> bool:
    nik, name, born, village = (best.outcome(field) for field in ("nik", "name", "birthYear", "village"))
    if born == "far" or best.outcome("sex") == "other":
        return False
    if nik == "exact":
        return name in _AGREEING or (name is None and (village == "same" or born == "same"))
    if nik == "near":
        return name in {"exact", "exact_one_word", "close"} and (village == "same" or born == "same")
    if nik == "other":
        return False
    return name == "exact" and village == "same" and born == "same" and len(sought.villages) == 1


def name_likeness(told: str, registered: str) -> str:
    """How a told name compares with a registered one, whatever the order of its words."""
    one, other = name_words(told), name_words(registered)
    if not one or not other:
        return "other"
    mine, theirs = [sound(word) for word in one], [sound(word) for word in other]
    if sorted(mine) == sorted(theirs) or "".join(mine) == "".join(theirs):
        return "exact" if len(other) > 1 else "exact_one_word"
    return _roughly(one, other, mine, theirs)


def _roughly(one: Sequence[str], other: Sequence[str], mine: list[str], theirs: list[str]) -> str:
    whole = _near("".join(mine), "".join(theirs)) or _near("".join(sorted(mine)), "".join(sorted(theirs)))
    if whole:
        return "close"
    left = list(theirs)
    agreed = 0
    for sounded in mine:
        hit = next((word for word in left if _near(sounded, word)), None)
        if hit is not None:
            left.remove(hit)
            agreed += 1
    if agreed == len(mine):
        telling = [word for word in one if word not in COMMON]
        return "close" if not left else "part" if telling else "some"
    if agreed == len(theirs) and any(word not in COMMON for word in other):
        return "part"
    if (
        len(mine) == 1
        and len(mine[0]) >= 3
        and any(
            word.endswith(mine[0]) or word.startswith(mine[0]) or folded.endswith(one[0])
            for word, folded in zip(theirs, other, strict=True)
        )
    ):
        return "piece"
    told_telling = [sound(word) for word in one if word not in COMMON]
    return "some" if any(_near(word, their) for word in told_telling for their in theirs) else "other"


def _near(one: str, other: str) -> bool:
    if one == other:
        return True
    shorter = min(len(one), len(other))
    if shorter < 3:
        return False
    if skeleton(one) == skeleton(other) and shorter >= 4 and OSA.distance(one, other) <= 2:
        return True
    return OSA.distance(one, other) <= (1 if shorter < 8 else 2)


def _born(told: int, about: int, registered: int) -> Evidence:
    off = abs(told - registered)
    if off <= 1:
        return Evidence("birthYear", "same", 3.5)
    if off <= max(about, 0) + 1 and off <= 3:
        return Evidence("birthYear", "same", 2.0)
    if off <= about + 1:
        return Evidence("birthYear", "about", 0.5)
    return Evidence("birthYear", "far", -9.0 if off > 6 else -5.0)


def _place(sought: Sought, region: str | None) -> list[Evidence]:
    if region is None:
        return []
    home = ".".join(region.split(".")[:3])
    if sought.villages:
        homes = {code.rsplit(".", 1)[0] for code in sought.villages}
        if region in sought.villages:
            place = "same"
        elif region in homes:
            return [Evidence("district", "same", _DISTRICT["same"])]
        else:
            place = "district" if home in homes else "other"
        return [Evidence("village", place, _VILLAGE[place])]
    if sought.districts:
        place = "same" if home in sought.districts else "other"
        return [Evidence("district", place, _DISTRICT[place])]
    return []
