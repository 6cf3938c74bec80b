"""The rules of the procedure decide as the matrix says, for every act, state and role."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from integration.codes import ReportStatus, Role
from integration.reports import rules
from tests.procedure import matrix

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
# Everything as the act needs it, so that only act, state and role are left to decide.
IN_ORDER = rules.Facts(
    status=ReportStatus.RECEIVED,
    now=NOW,
    has_category=True,
    has_region=True,
    is_assignee=True,
    holds_unit=True,
    is_reporter=True,
    has_action=True,
    was_disposed=True,
    reopenable_until=NOW,
    unmergeable_until=NOW,
    status_before_merge=ReportStatus.NEEDS_INFO,
)


def decided(act: str, facts: rules.Facts, *roles: str) -> str | None:
    refused = rules.decide(act, facts, frozenset(Role(role) for role in roles))
    return None if refused is None else str(refused.code)


def test_the_matrix_speaks_of_every_act_state_and_role() -> None:
    assert set(matrix.ACTS) == {move.act for move in rules.MOVES}
    assert set(matrix.STATES) == set(ReportStatus)
    assert {*matrix.ROLES.values(), *matrix.WITHOUT} == set(Role)


@pytest.mark.parametrize("escalated", [False, True])
def test_every_act_from_every_state_by_every_role(escalated: bool) -> None:
    wrong = []
    for act, state, role in product(matrix.ACTS, matrix.STATES, Role):
        facts = replace(IN_ORDER, status=ReportStatus(state), is_escalated=escalated)
        expected, found = matrix.verdict(act, state, role, escalated=escalated), decided(act, facts, role)
        if found != expected:
            wrong.append((act, state, role, expected, found))
    assert wrong == []


def test_every_allowed_act_leads_where_the_matrix_says() -> None:
    for act, state, disposed, emergency in product(matrix.ACTS, matrix.STATES, (False, True), (False, True)):
        facts = replace(IN_ORDER, status=ReportStatus(state), was_disposed=disposed, is_emergency=emergency)
        if matrix.letters(act, state):
            told = matrix.leads_to(act, state, before="NEEDS_INFO", disposed=disposed, emergency=emergency)
            assert rules.target(rules.BY_ACT[act], facts) == told, (act, state)


@pytest.mark.parametrize(("act", "lacking", "whom", "code"), matrix.CONDITIONS)
def test_one_thing_that_is_missing_is_enough(act: str, lacking: dict[str, Any], whom: str, code: str) -> None:
    past = NOW - timedelta(seconds=1)
    changed: dict[str, Any] = {name: past if value == "past" else value for name, value in lacking.items()}
    asked = 0
    for state in matrix.STATES:
        for letter in matrix.letters(act, state):
            facts = replace(IN_ORDER, status=ReportStatus(state), **changed)
            bears = whom == "ALL" or letter in whom
            assert decided(act, facts, matrix.ROLES[letter]) == (code if bears else None), (state, letter)
            asked += 1
    assert asked


def test_a_small_office_may_let_the_drafter_send() -> None:
    facts = replace(IN_ORDER, status=ReportStatus.REPLY_DRAFTED, is_drafter=True, may_send_own_draft=True)
    assert decided("reportSendReply", facts, "ADMIN") is None


@pytest.mark.parametrize(
    ("act", "state", "role", "code"),
    [
        ("reportReopen", "ARCHIVED", "SECRETARY", "FORBIDDEN"),
        ("reportWithdraw", "RECEIVED", "TEAM_LEAD", "FORBIDDEN"),
        ("reportWithdraw", "RECEIVED", "SECRETARY", "FORBIDDEN"),
        ("outcomeConfirm", "ARCHIVED", "ADMIN", "FORBIDDEN"),
    ],
)
def test_a_second_role_of_a_citizen_gives_no_right_to_what_is_the_reporters(
    act: str, state: str, role: str, code: str
) -> None:
    facts = replace(IN_ORDER, status=ReportStatus(state), is_reporter=False)
    assert decided(act, facts, role, "CITIZEN") == code
    assert decided(act, replace(facts, is_reporter=True), role, "CITIZEN") is None


def test_a_refusal_names_the_step_the_report_is_at_and_the_one_it_would_have_to_be_at() -> None:
    refused = rules.decide("reportForward", IN_ORDER, frozenset({Role.ADMIN}))
    assert refused is not None
    assert "langkah 1 (RECEIVED)" in refused.indonesian
    assert "langkah 3 (ACKNOWLEDGED)" in refused.indonesian
    assert "step 1 (RECEIVED)" in refused.english
