"""What comparisons come to: the likely one, several, or nobody of the registry."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from integration.codes import MatchState, Sex
from integration.matching.likeness import birth_date_likeness, birth_year_likeness, name_likeness
from integration.matching.rules import Person, Sought, decide, outcomes, probabilities, state_of

VILLAGE, NEXT, FAR = "64.02.06.2012", "64.02.06.1002", "64.02.12.2003"
SOUGHT = Sought(
    name="candra maimunah",
    sex=Sex.FEMALE,
    birth_year=1980,
    about_year=2,
    villages=frozenset({VILLAGE}),
    districts=frozenset(),
    nik_index=None,
    near=frozenset(),
    certain=True,
)


def person(
    name: str = "Candra Maimunah",
    born: date | None = date(1980, 2, 20),
    region: str | None = VILLAGE,
    nik: bytes | None = None,
    sex: Sex | None = Sex.FEMALE,
) -> Person:
    return Person(uuid4(), name, sex, born, region, nik)


def test_one_who_fits_in_all_is_told_without_an_officer() -> None:
    right = person()
    decision = decide(SOUGHT, [right, person("Siti Aminah")])
    assert (decision.state, decision.person_id) == (MatchState.CONFIRMED, right.id)


@pytest.mark.parametrize("year", range(1975, 1986))
def test_two_who_fit_alike_are_left_to_an_officer_however_their_ages_lie(year: int) -> None:
    decision = decide(SOUGHT, [person(), person(born=date(year, 5, 5))])
    assert decision.state is MatchState.AMBIGUOUS and decision.person_id is None


@pytest.mark.parametrize("other", [person(region=FAR), person(born=date(1955, 1, 1)), person("Siti Aminah")])
def test_who_fits_in_name_or_in_place_only_is_not_suggested(other: Person) -> None:
    assert decide(SOUGHT, [other]).person_id is None


def test_where_name_village_and_age_lead_to_nobody_the_registry_does_not_have_them() -> None:
    decision = decide(SOUGHT, [person("Siti Aminah", date(1950, 1, 1))])
    assert (decision.state, decision.searched) == (MatchState.NOT_IN_REGISTRY, ("NAME", "VILLAGE", "AGE"))


@pytest.mark.parametrize(
    "vague",
    [
        replace(SOUGHT, certain=False),
        replace(SOUGHT, villages=frozenset()),
        replace(SOUGHT, birth_year=None),
        replace(SOUGHT, name="candra"),
        replace(SOUGHT, name="siti candra"),
        replace(SOUGHT, name="candra wkwkwk"),
        replace(SOUGHT, villages=frozenset({VILLAGE, FAR})),
    ],
)
def test_where_little_was_told_nobody_found_means_nothing(vague: Sought) -> None:
    assert decide(vague, []).state is MatchState.UNMATCHED


def test_a_number_nobody_bears_means_that_the_registry_does_not_have_them() -> None:
    numbered = replace(SOUGHT, certain=False, nik_index=b"told", near=frozenset({b"near"}))
    assert decide(numbered, [person("Siti Aminah", nik=b"other")]).searched == ("NIK",)
    assert decide(numbered, [person(nik=b"other")]).state is not MatchState.CONFIRMED


def test_a_birth_date_tells_namesakes_apart() -> None:
    dated = replace(SOUGHT, birth_year=1980, about_year=0, born=(20, 2, 1980))
    right = person()
    decision = decide(dated, [right, person(born=date(1980, 11, 3))])
    assert decision.candidates[0].person_id == right.id and decision.candidates[0].outcome("birthDate") == "same"


def test_fields_that_are_not_told_are_not_compared() -> None:
    name_only = Sought("candra", None, None, 0, frozenset(), frozenset(), None, frozenset())
    assert outcomes(name_only, person()) == [("name", "part")]
    assert outcomes(SOUGHT, person(born=None, region=None, sex=None)) == [("name", "exact")]


def test_scores_left_after_a_rejection_come_to_a_state_of_their_own() -> None:
    assert state_of([]) is MatchState.UNMATCHED
    assert state_of([0.2]) is MatchState.UNMATCHED
    assert state_of([0.9999]) is MatchState.SUGGESTED
    assert state_of([0.9999, 0.9999]) is MatchState.AMBIGUOUS


def test_chances_of_all_and_of_nobody_make_one() -> None:
    assert probabilities([]) == []
    assert probabilities([0.0]) == [0.5]
    assert sum(probabilities([10.0, 10.0])) == pytest.approx(0.9995, abs=0.0001)


def test_order_and_ids_do_not_change_who_comes_first() -> None:
    first, second = person(), person("Candra Maimuna", date(1981, 1, 1))
    assert decide(SOUGHT, [first, second]).candidates == decide(SOUGHT, [second, first]).candidates
    assert isinstance(decide(SOUGHT, [first]).candidates[0].person_id, UUID)


@pytest.mark.parametrize(
    ("told", "about", "registered", "how"),
    [
        (1980, 2, 1980, "same"), (1980, 2, 1979, "same"), (1980, 2, 1981, "one"), (1980, 2, 1977, "two"),
        (1980, 2, 1975, "near"), (1980, 2, 1960, "far"), (1980, 5, 1985, "rounded"), (1980, 0, 1979, "one"),
    ],
)  # fmt: skip
def test_a_birth_year_from_an_age_may_be_the_year_before(told: int, about: int, registered: int, how: str) -> None:
    assert birth_year_likeness(told, about, registered) == how


def test_a_birth_date_with_day_and_month_swapped_is_near() -> None:
    assert birth_date_likeness(3, 11, 80, date(1980, 11, 3)) == "same"
    assert birth_date_likeness(11, 3, 80, date(1980, 11, 3)) == "near"
    assert birth_date_likeness(4, 12, 80, date(1980, 11, 3)) == "other"


@pytest.mark.parametrize(
    ("told", "registered", "how"),
    [
        ("Candra Maimuna", "Tjandra Maimunah", "exact"), ("Maimunah Candra", "Candra Maimunah", "exact"),
        ("Candar Maimunah", "Candra Maimunah", "close"), ("Candra", "Candra Maimunah", "part"),
        ("Candra Sari", "Candra Maimunah", "some"), ("Siti", "Candra Maimunah", "other"),
    ],
)  # fmt: skip
def test_names_are_alike_as_people_take_them(told: str, registered: str, how: str) -> None:
    assert name_likeness(told, registered) == how
