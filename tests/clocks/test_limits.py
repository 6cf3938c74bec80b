"""Which limit holds, when it is over, and the state that makes: as a person with the table in hand would say."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.clocks.calendar import ALWAYS, WORKING, Time
from integration.clocks.rules import Policy, deadlines, moment_of, most_specific, state_of
from integration.codes import Priority, ReportCategory, ReportStatus, SlaState
from integration.datafiles import DATA, read_csv
from integration.db.zone import WITA
from integration.reports.steps import CLOSED, SOP_STEP

S = ReportStatus
MONDAY = datetime(2026, 1, 5, 10, tzinfo=WITA)


def policy(code: str, days: int = 1, **only: object) -> Policy:
    return Policy(code=code, step=2, working_days=days, hours=None, at_risk_percent=75, **only)  # type: ignore[arg-type]


EVERY = policy("every")
FOR_CATEGORY = policy("category", category=ReportCategory.INFORMATION)
FOR_PRIORITY = policy("priority", priority=Priority.EMERGENCY)
FOR_BOTH = policy("both", category=ReportCategory.INFORMATION, priority=Priority.EMERGENCY)


@pytest.mark.parametrize(
    ("there", "category", "priority", "chosen"),
    [
        ((EVERY, FOR_CATEGORY, FOR_PRIORITY, FOR_BOTH), ReportCategory.INFORMATION, Priority.EMERGENCY, FOR_BOTH),
        ((EVERY, FOR_CATEGORY, FOR_PRIORITY), ReportCategory.INFORMATION, Priority.EMERGENCY, FOR_PRIORITY),
        ((EVERY, FOR_CATEGORY, FOR_PRIORITY, FOR_BOTH), ReportCategory.INFORMATION, Priority.HIGH, FOR_CATEGORY),
        ((EVERY, FOR_CATEGORY, FOR_PRIORITY, FOR_BOTH), ReportCategory.OTHER, Priority.EMERGENCY, FOR_PRIORITY),
        ((EVERY, FOR_CATEGORY, FOR_PRIORITY, FOR_BOTH), None, Priority.NORMAL, EVERY),
        ((FOR_CATEGORY, FOR_PRIORITY, FOR_BOTH), None, Priority.NORMAL, None),
        ((), None, Priority.NORMAL, None),
    ],
)
def test_the_most_specific_limit_holds_and_priority_goes_before_category(
    there: Sequence[Policy], category: ReportCategory | None, priority: Priority, chosen: Policy | None
) -> None:
    for policies in (there, tuple(reversed(there))):
        assert most_specific(policies, 2, category, priority) is chosen
    assert most_specific(there, 3, category, priority) is None


def test_the_office_has_a_limit_for_every_step_that_is_waited_for_and_says_where_each_is_from() -> None:
    lines = read_csv(DATA / "clock_policies.csv")
    policies = [
        Policy(
            code=line["code"],
            step=int(line["step"]),
            working_days=int(line["working_days"]) if line["working_days"] else None,
            hours=int(line["hours"]) if line["hours"] else None,
            at_risk_percent=int(line["at_risk_percent"]),
            category=ReportCategory(line["category"]) if line["category"] else None,
            priority=Priority(line["priority"]) if line["priority"] else None,
        )
        for line in lines
    ]
    waiting = {SOP_STEP[status] for status in S if status not in CLOSED}
    for step, category, priority in product(waiting, (None, *ReportCategory), Priority):
        found = most_specific(policies, step, category, priority)
        assert found is not None
        assert (found.time is ALWAYS) == (priority is Priority.EMERGENCY)
    assert {policy.step for policy in policies} == waiting
    assert all((line["working_days"] == "") != (line["hours"] == "") for line in lines)
    assert all(line["source"].startswith(("local choice", "sippn.menpan.go.id 8304801")) for line in lines)
    keys = [(line["step"], line["category"], line["priority"]) for line in lines]
    assert len(set(keys)) == len(keys)


def test_a_step_is_at_risk_after_three_quarters_of_its_time() -> None:
    # Four working days from Wednesday: at risk after three, which a weekend lies between.
    limits = deadlines(policy("four", days=4), datetime(2026, 1, 7, 9, tzinfo=WITA), ())
    assert limits.at_risk_at == datetime(2026, 1, 12, 9, tzinfo=WITA)
    assert limits.due_at == datetime(2026, 1, 13, 9, tzinfo=WITA)


def expected(status: S, due: timedelta | None, at_risk: timedelta | None) -> SlaState:
    if status in (S.REPLY_SENT, S.ARCHIVED, S.REJECTED, S.MERGED, S.WITHDRAWN):
        return SlaState.DONE
    if status is S.NEEDS_INFO:
        return SlaState.PAUSED
    if due is not None and due < timedelta(0):
        return SlaState.BREACHED
    return SlaState.AT_RISK if at_risk is not None and at_risk <= timedelta(0) else SlaState.ON_TRACK


SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("status", list(S))
def test_every_state_at_every_moment(status: S) -> None:
    for due, at_risk in product((None, -SECOND, timedelta(0), SECOND), repeat=2):
        found = state_of(
            status, None if due is None else MONDAY + due, None if at_risk is None else MONDAY + at_risk, MONDAY
        )
        assert found is expected(status, due, at_risk), (due, at_risk)


LATER = st.timedeltas(timedelta(seconds=1), timedelta(days=9))
GAPS = st.lists(st.tuples(LATER, LATER), max_size=4)
TIMES = pytest.mark.parametrize("time", [WORKING, ALWAYS], ids=["working days", "around the clock"])


def pauses_from(start: datetime, gaps: list[tuple[timedelta, timedelta]]) -> list[tuple[datetime, datetime]]:
    pauses = []
    for ran, stood in gaps:
        pauses.append((start + ran, start + ran + stood))
        start = pauses[-1][1]
    return pauses


@TIMES
@given(gaps=GAPS, amount=LATER)
def test_waiting_for_the_reporter_costs_no_time(
    time: Time, gaps: list[tuple[timedelta, timedelta]], amount: timedelta
) -> None:
    start = datetime(2026, 3, 2, 1, tzinfo=UTC)
    pauses = pauses_from(start, gaps)
    due = moment_of(time, start, pauses, amount)
    # What ran until then, minute by minute of the intervals between the pauses.
    edges = [start, *(edge for pause in pauses for edge in pause)]
    ran = timedelta(0)
    for begin, end in zip(edges[::2], [*edges[1::2], due], strict=True):
        ran += time.between(begin, min(end, due))
    assert ran == amount
    assert due >= time.after(start, amount)


@TIMES
@given(gaps=GAPS, amount=LATER)
def test_a_pause_after_the_limit_forgives_nothing(
    time: Time, gaps: list[tuple[timedelta, timedelta]], amount: timedelta
) -> None:
    start = datetime(2026, 3, 2, 1, tzinfo=UTC)
    due = time.after(start, amount)
    assert moment_of(time, start, pauses_from(due, gaps), amount) == due
