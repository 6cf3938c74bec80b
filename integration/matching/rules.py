"""How well a person of the registry fits what is told, field by field, and what the candidates come to.

Each comparison has a weight in bits, learned from reports whose truth is known (`weights`). The weights of a candidate
add up to the odds that it is this person rather than nobody; over all candidates and nobody they make probabilities.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from integration.codes import MatchState, Sex
from integration.matching.codes import SearchedField
from integration.matching.likeness import birth_date_likeness, birth_year_likeness, name_likeness
from integration.matching.names import COMMON, name_words
from integration.matching.weights import Weights, learned
from integration.matching.wording import given_names

_MOST = 5
# Whoever is less likely than this is not shown.
_SHOWN = 0.002
# Somebody a sixteenth as likely as the first is a rival: an officer must choose.
_RIVAL = 4.0
_AGREEING = frozenset({"exact", "exact_one_word", "close", "part", "piece"})
_ALIKE = frozenset({"exact", "exact_one_word", "close"})
_RIGHT_YEAR = frozenset({"same", "one"})
_FITTING_YEAR = frozenset({"same", "one", "two", "rounded"})


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """An entry of the registry, as far as it is compared; `id` is the person's whose entry it is."""

    id: UUID
    name: str
    sex: Sex | None
    born: date | None
    region_code: str | None
    nik_index: bytes | None


@dataclass(frozen=True, slots=True, repr=False)
class Sought:
    """Whom we look for: what is told of one person. `near` are indexes of NIKs that the one told may be meant for.

    `born` is day, month and year of a birth date, the year as told (in a NIK its last two digits). `certain` says that
    name and place were told as such and spelt as known, so that finding nobody means something.
    """

    name: str | None
    sex: Sex | None
    birth_year: int | None
    about_year: int
    villages: frozenset[str]
    districts: frozenset[str]
    nik_index: bytes | None
    near: frozenset[bytes]
    born: tuple[int, int, int] | None = None
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """One comparison: of which field, how it came out, and its weight in bits."""

    field: str
    comparison: str
    weight: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person with all comparisons; `weight` is their sum and the prior: the odds against nobody, in bits."""

    person_id: UUID
    weight: float
    evidence: tuple[Evidence, ...]

    @property
    def score(self) -> float:
        """0 to 1: how likely it is this person if it is this one or nobody."""
        return min(0.9999, round(1 / (1 + math.pow(2, -self.weight)), 4))

    def outcome(self, field: str) -> str | None:
        """How a field came out; None if it was not compared."""
        return next((one.comparison for one in self.evidence if one.field == field), None)


@dataclass(frozen=True, slots=True)
class Decision:
    """What the candidates come to, best first. CONFIRMED is a match no officer need look at first.

    `searched` says, when the registry does not have the person, what was told and led to nobody.
    """

    state: MatchState
    candidates: tuple[Candidate, ...]
    searched: tuple[SearchedField, ...] = ()

    @property
    def person_id(self) -> UUID | None:
        """The one person meant, if there is one."""
        return self.candidates[0].person_id if self.state in (MatchState.SUGGESTED, MatchState.CONFIRMED) else None


def outcomes(sought: Sought, person: Person) -> list[tuple[str, str]]:
    """The fields that can be compared, each with how it came out."""
    found: list[tuple[str, str]] = []
    nik = _nik(sought, person)
    if nik is not None:
        found.append(("nik", nik))
    if sought.name is not None:
        found.append(("name", _name(sought.name, person.name)))
    # A NIK that agrees has told the birth date already.
    dated = sought.born is not None and person.born is not None and nik not in ("exact", "near")
    if sought.born is not None and person.born is not None and dated:
        found.append(("birthDate", birth_date_likeness(*sought.born, person.born)))
    if sought.birth_year is not None and person.born is not None and not (dated and sought.about_year == 0):
        found.append(("birthYear", birth_year_likeness(sought.birth_year, sought.about_year, person.born.year)))
    place = _place(sought, person.region_code)
    if place is not None:
        found.append(place)
    if sought.sex is not None and person.sex is not None:
        found.append(("sex", "same" if sought.sex is person.sex else "other"))
    return found


def compare(sought: Sought, person: Person, weights: Weights | None = None) -> Candidate:
    """One person against what is told."""
    known = learned() if weights is None else weights
    evidence = tuple(Evidence(field, came, known.of(field, came)) for field, came in outcomes(sought, person))
    return Candidate(person.id, known.prior + sum(one.weight for one in evidence), evidence)


def decide(sought: Sought, people: Sequence[Person], weights: Weights | None = None) -> Decision:
    """Compare all and say what they come to: nobody, one, several, or one beyond doubt."""
    known = learned() if weights is None else weights
    best: dict[UUID, Candidate] = {}
    for one in sorted((compare(sought, one, known) for one in people), key=lambda one: (-one.weight, one.person_id)):
        # Several entries may be of one person, who fits as well as the best of them does.
        best.setdefault(one.person_id, one)
    ranked = list(best.values())
    chances = probabilities([one.weight for one in ranked])
    nobody = 1 - sum(chances)
    shown = tuple(one for one, chance in zip(ranked, chances, strict=True) if chance >= _SHOWN)[:_MOST]
    if not shown:
        return _nobody(sought, (), nobody, known)
    state = _state([one.weight for one in ranked], known)
    if _namesakes(sought, ranked):
        state = MatchState.AMBIGUOUS
    if state is MatchState.UNMATCHED:
        return _nobody(sought, shown, nobody, known)
    if state is MatchState.SUGGESTED and chances[0] >= known.confirm and _beyond_doubt(ranked[0], sought):
        state = MatchState.CONFIRMED
    return Decision(state, shown)


def probabilities(weights: Sequence[float]) -> list[float]:
    """How likely each candidate is among all of them and nobody, by their odds against nobody in bits."""
    odds = [math.pow(2, min(weight, 200.0)) for weight in weights]
    whole = 1 + sum(odds)
    return [one / whole for one in odds]


def state_of(scores: Sequence[float]) -> MatchState:
    """What candidates with these scores, highest first, come to when some were ruled out.

    Whoever is left when an officer has ruled out the others is worth a look from even odds on.
    """
    bounded = [min(max(score, 0.0001), 0.9999) for score in scores]
    known = learned()
    return _state([math.log2(score / (1 - score)) for score in bounded], replace(known, suggest=known.ambiguous))


def _state(weights: Sequence[float], known: Weights) -> MatchState:
    """UNMATCHED, AMBIGUOUS or SUGGESTED for candidates of these odds in bits, best first."""
    chances = probabilities(weights)
    if len(weights) > 1 and weights[0] - weights[1] < _RIVAL:
        return MatchState.AMBIGUOUS if sum(chances) >= known.ambiguous else MatchState.UNMATCHED
    return MatchState.SUGGESTED if chances and chances[0] >= known.suggest else MatchState.UNMATCHED


def _nobody(sought: Sought, shown: tuple[Candidate, ...], nobody: float, known: Weights) -> Decision:
    """Not found. Where enough was told to find whoever is there, the registry does not have them."""
    searched: list[SearchedField] = []
    if nobody >= known.nobody:
        # A number alone says little: some of the registry have none.
        if sought.nik_index is not None and sought.name is not None:
            searched.append(SearchedField.NIK)
        if _discriminating(sought):
            searched += [SearchedField.NAME, SearchedField.VILLAGE, SearchedField.AGE]
    return Decision(MatchState.NOT_IN_REGISTRY if searched else MatchState.UNMATCHED, shown, tuple(searched))


def _discriminating(sought: Sought) -> bool:
    """Whether name, village and age together would have led to whoever is there.

    One name alone is borne by many and may be a nickname, and a slip in a name may hide somebody; a full name as names
    are spelt hardly does.
    """
    if not sought.certain or sought.name is None or sought.birth_year is None or len(sought.villages) != 1:
        return False
    words = [word for word in name_words(sought.name) if word not in COMMON]
    return len(words) > 1 and all(word in given_names() for word in words)


def _namesakes(sought: Sought, ranked: Sequence[Candidate]) -> bool:
    """Whether two or more bear the name told, in the village told and of about the age told."""
    best = ranked[0]
    if best.outcome("village") != "same" or best.outcome("name") not in _ALIKE or best.outcome("birthYear") == "far":
        return False
    # An age is told two years off as often as not, and its namesake may be as far off on the other side.
    years = {*_FITTING_YEAR, None} if sought.about_year == 0 else {*_FITTING_YEAR, "near", None}
    return any(_as_good(one, best, years) for one in ranked[1:])


def _as_good(rival: Candidate, best: Candidate, years: set[str | None]) -> bool:
    """A namesake of the same village and about the age told: which of them is meant can't be known."""
    if best.outcome("nik") in ("exact", "near") or rival.outcome("name") not in _ALIKE:
        return False
    if best.outcome("birthDate") == "same" and rival.outcome("birthDate") != "same":
        return False
    near = rival.outcome("village") in ("same", None) and rival.outcome("district") in ("same", None)
    return near and rival.outcome("birthYear") in years and rival.outcome("sex") in ("same", None)


def _beyond_doubt(best: Candidate, sought: Sought) -> bool:
    nik, name, born, village = (best.outcome(field) for field in ("nik", "name", "birthYear", "village"))
    if born == "far" or best.outcome("sex") == "other" or best.outcome("birthDate") == "other":
        return False
    right = born in _RIGHT_YEAR or best.outcome("birthDate") == "same"
    if nik == "exact":
        return name in _AGREEING or (name is None and (village == "same" or right))
    if nik == "near":
        return name in _ALIKE and (village == "same" or right)
    if nik == "other":
        return False
    return name == "exact" and village == "same" and right and len(sought.villages) == 1


def _nik(sought: Sought, person: Person) -> str | None:
    if sought.nik_index is None and not sought.near:
        return None
    if person.nik_index is None:
        return "unknown"
    if person.nik_index == sought.nik_index:
        return "exact"
    return "near" if person.nik_index in sought.near else "other"


def _name(told: str, registered: str) -> str:
    likeness = name_likeness(told, registered)
    # One word alike tells less than two.
    return "close_one_word" if likeness == "close" and len(name_words(registered)) == 1 else likeness


def _place(sought: Sought, region: str | None) -> tuple[str, str] | None:
    if region is None:
        return None
    home = ".".join(region.split(".")[:3])
    if sought.villages:
        homes = {code.rsplit(".", 1)[0] for code in sought.villages}
        if region in sought.villages:
            return "village", "same"
        if region in homes:
            return "district", "same"
        return "village", "district" if home in homes else "other"
    if sought.districts:
        return "district", "same" if home in sought.districts else "other"
    return None
