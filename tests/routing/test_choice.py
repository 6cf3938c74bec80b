"""Who is next: on duty, trained and with room; then the lowest load, the longest wait, the lowest id. Never by age."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.codes import ReportCategory
from integration.routing.rules import Candidate, Rule, choose, division, is_urgent, load, neighbours

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


def person(n: int, open_: int = 0, capacity: int = 10, *, waited: int | None = None, on_duty: bool = True) -> Candidate:
    last = None if waited is None else NOON - timedelta(hours=waited)
    return Candidate(UUID(int=n), on_duty, capacity, open_, last)


@pytest.mark.parametrize(
    ("people", "next_"),
    [
        # 3 of 10 before 9 of 10.
        ([person(1, 9), person(2, 3)], 2),
        # A share of the capacity, not a count: 3 of 20 before 2 of 10.
        ([person(1, 2), person(2, 3, 20)], 2),
        # 1 of 3 and 2 of 6 are the same load; the second has waited longer.
        ([person(1, 1, 3, waited=1), person(2, 2, 6, waited=5)], 2),
        # Who never had anything has waited longest.
        ([person(1, waited=500), person(2)], 2),
        # All equal: the lower id.
        ([person(2, waited=3), person(1, waited=3)], 1),
        # Off duty and full are no candidates.
        ([person(1, on_duty=False), person(2, 10), person(3, 9)], 3),
        ([person(1, on_duty=False), person(2, 10)], None),
        ([person(1, 0, 0)], None),
        ([], None),
    ],
)
def test_the_order_of_turns(people: list[Candidate], next_: int | None) -> None:
    for order in permutations(people):
        choice = choose(order)
        assert (choice.candidate.id.int if choice else None) == next_


def test_an_emergency_goes_over_the_capacity_but_not_to_somebody_off_duty() -> None:
    full = [person(1, 12), person(2, 11), person(3, 0, on_duty=False)]
    assert choose(full) is None
    choice = choose(full, is_emergency=True)
    assert choice is not None and choice.candidate.id.int == 2


def test_a_competency_is_asked_for() -> None:
    trained = replace(person(2, 8), competencies=frozenset({"DISABILITY", "ELDERLY"}))
    choice = choose([person(1), trained], "DISABILITY")
    assert choice is not None and choice.candidate is trained and choice.out_of == 1
    assert choose([person(1), trained], "DISASTER") is None


def test_nothing_here_knows_of_an_age() -> None:
    assert {field.name for field in fields(Candidate)} == {
        "id", "on_duty", "capacity", "open", "last_given_at", "competencies", "unit_id", "district_code",
    }  # fmt: skip


PEOPLE = st.lists(
    st.builds(
        Candidate,
        id=st.uuids(),
        on_duty=st.booleans(),
        capacity=st.integers(0, 6),
        open=st.integers(0, 8),
        last_given_at=st.none() | st.integers(0, 3).map(lambda hours: NOON - timedelta(hours=hours)),
        competencies=st.frozensets(st.sampled_from("AB")),
    ),
    max_size=7,
    unique_by=lambda one: one.id,
)


@given(people=PEOPLE, competency=st.sampled_from([None, "A"]), is_emergency=st.booleans(), data=st.data())
def test_nobody_eligible_stands_before_the_chosen(
    people: list[Candidate], competency: str | None, is_emergency: bool, data: st.DataObject
) -> None:
    eligible = [
        one
        for one in people
        if one.on_duty
        and one.capacity > 0
        and (is_emergency or one.open < one.capacity)
        and (competency is None or competency in one.competencies)
    ]
    choice = choose(data.draw(st.permutations(people)), competency, is_emergency=is_emergency)
    if choice is None:
        assert eligible == []
        return
    chosen = choice.candidate
    assert chosen in eligible and choice.out_of == len(eligible)
    never = datetime.min.replace(tzinfo=UTC)
    for other in eligible:
        if other is not chosen:
            assert load(chosen) <= load(other)
            if load(chosen) == load(other):
                mine, theirs = chosen.last_given_at or never, other.last_given_at or never
                assert mine < theirs or (mine == theirs and chosen.id < other.id)


ALL = Rule("1", "PFM", "")
AID = Rule("2", "LINJAMSOS", "", category=ReportCategory.AID_NOT_RECEIVED)
SIGHTING = Rule("3", "REHSOS", "", category=ReportCategory.PPKS_SIGHTING)
FLOOD = Rule("4", "LINJAMSOS", "", category=ReportCategory.PPKS_SIGHTING, ppks_code="PPKS-21")
CHILD = Rule("5", "REHSOS", "", ppks_code="PPKS-06")
RULES = (ALL, AID, SIGHTING, FLOOD, CHILD)


@pytest.mark.parametrize(
    ("category", "needs", "rule"),
    [
        (None, (), ALL),
        (ReportCategory.OTHER, (), ALL),
        (ReportCategory.AID_NOT_RECEIVED, ("PPKS-06",), AID),
        (ReportCategory.PPKS_SIGHTING, (), SIGHTING),
        (ReportCategory.PPKS_SIGHTING, ("PPKS-09", "PPKS-21"), FLOOD),
        (None, ("PPKS-06",), CHILD),
        (ReportCategory.OTHER, ("PPKS-06",), CHILD),
    ],
)
def test_the_category_says_which_division_and_the_kind_of_need_where_a_rule_names_it(
    category: ReportCategory | None, needs: tuple[str, ...], rule: Rule
) -> None:
    for rules in (RULES, tuple(reversed(RULES))):
        assert division(rules, category, needs) is rule


def test_what_cannot_wait() -> None:
    urgent = {"PPKS-06", "PPKS-21"}
    assert is_urgent(ReportCategory.EMERGENCY, (), urgent)
    assert is_urgent(None, ("PPKS-09", "PPKS-21"), urgent)
    assert not is_urgent(ReportCategory.AID_REQUEST, ("PPKS-09",), urgent)


def test_neighbours_are_so_from_both_sides() -> None:
    pairs = [("a", "b"), ("c", "a"), ("b", "c")]
    assert neighbours(pairs, "a") == {"b", "c"}
    assert neighbours(pairs, "c") == {"a", "b"}
    assert neighbours(pairs, "d") == set()
