"""The table of proposals, walked for every state, act and role; and profiles that go another way."""

from dataclasses import replace
from typing import Any

import pytest

from integration.codes import Role, VervalStatus
from integration.verval import rules
from integration.verval.profiles import profiles, read
from tests.verval import matrix

ALL_ROLES = (*matrix.ROLES.values(), *matrix.WITHOUT)
GOOD: dict[str, Any] = {"is_proposer": True, "has_minutes": True, "is_assessor": False}


def facts(state: str, *, profile: str = "VERVAL_DTSEN_2025", **changed: Any) -> rules.Facts:
    return rules.Facts(VervalStatus(state), profiles()[profile], **{**GOOD, **changed})


def code(act: str, given: rules.Facts, role: str) -> str | None:
    refused = rules.decide(act, given, frozenset({Role(role)}))
    return None if refused is None else str(refused.code)


def test_the_matrix_speaks_of_every_role_state_and_act() -> None:
    assert set(ALL_ROLES) == {role.value for role in Role}
    assert set(matrix.STATES) == {status.value for status in VervalStatus}
    assert set(matrix.ACTS) == set(rules.BY_ACT)
    assert {act: str(rules.BY_ACT[act].target) for act in matrix.ACTS} == {a: matrix.leads_to(a) for a in matrix.ACTS}


@pytest.mark.parametrize("profile", sorted(profiles()))
@pytest.mark.parametrize("state", matrix.STATES)
def test_everybody_may_do_what_the_matrix_says_and_nothing_else(state: str, profile: str) -> None:
    for act in matrix.ACTS:
        for role in ALL_ROLES:
            assert code(act, facts(state, profile=profile), role) == matrix.verdict(act, state, role), (act, role)


@pytest.mark.parametrize(("act", "changed", "whom", "expected"), matrix.CONDITIONS)
def test_one_thing_amiss_refuses_an_act(act: str, changed: dict[str, Any], whom: str, expected: str) -> None:
    for state in matrix.STATES:
        able = matrix.letters(act, state)
        for letter in able:
            wanted = expected if whom == "ALL" or letter in whom else None
            assert code(act, facts(state, **changed), matrix.ROLES[letter]) == wanted, (state, letter)


def profile(*statuses: str, requires: str = "") -> rules.Profile:
    lines = [
        {
            "profile": "TEST", "scheme": "DTSEN", "position": str(n), "status": status, "confirmed": "no",
            "requires": requires if status == "ENDORSED" else "", "legal_basis_code": "PERMENSOS-3-2025",
        }
        for n, status in enumerate(statuses, 1)
    ]  # fmt: skip
    return read(lines)["TEST"]


def test_a_profile_may_leave_out_and_turn_round_steps() -> None:
    short = profile("PROPOSED", "FIELD_VERIFIED", "DELIBERATED", "ENDORSED", "SUBMITTED", requires="minutes")
    given = replace(facts("PROPOSED"), profile=short)
    assert code("vervalAssess", given, "TKSK") is None
    assert code("vervalDeliberate", given, "VILLAGE_OPERATOR") == "ILLEGAL_TRANSITION"
    assert code("vervalDeliberate", replace(given, status=VervalStatus.FIELD_VERIFIED), "VILLAGE_OPERATOR") is None
    assert code("vervalVerify", replace(given, status=VervalStatus.DELIBERATED), "VERIFIER") == "ILLEGAL_TRANSITION"
    assert code("vervalEndorse", replace(given, status=VervalStatus.DELIBERATED), "AGENCY_HEAD") is None
    assert code("vervalReturn", given, "TKSK") is None
    assert code("vervalReturn", given, "VILLAGE_OPERATOR") == "FORBIDDEN"


def test_without_a_deliberation_in_the_profile_the_endorsement_still_asks_for_minutes() -> None:
    without = profile("PROPOSED", "DINSOS_VERIFIED", "ENDORSED", "SUBMITTED", requires="minutes")
    given = replace(facts("DINSOS_VERIFIED", has_minutes=False), profile=without)
    assert code("vervalEndorse", given, "AGENCY_HEAD") == "INVALID"


@pytest.mark.parametrize(
    "statuses",
    [("DELIBERATED", "SUBMITTED"), ("PROPOSED", "ENDORSED"), ("PROPOSED", "ENDORSED", "ENDORSED", "SUBMITTED")],
)
def test_a_profile_that_cannot_be_walked_is_refused(statuses: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="PROPOSED to SUBMITTED"):
        profile(*statuses)
