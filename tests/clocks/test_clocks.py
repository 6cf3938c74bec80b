"""A report's time through the nine steps: due by the step it is in, standing still while the reporter is asked."""

from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from integration.clocks.tables import ClockRow
from integration.codes import Priority, ReportCategory, ReportStatus
from integration.db.zone import WITA
from integration.reports.steps import CLOSED
from tests.clocks.office import Office

S = ReportStatus


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00").astimezone(WITA)


async def due(office: Office, report_id: UUID) -> datetime | None:
    return (await office.report(report_id)).due_at


async def test_each_step_has_its_own_time(office: Office) -> None:
    # Monday 5 January 2026; the 16th is Isra Mikraj.
    report = await office.receive(local("2026-01-05 10:00:00"))
    assert await due(office, report) == local("2026-01-06 10:00:00")
    told = []
    for status, at in (
        (S.UNDER_VERIFICATION, "2026-01-05 11:00:00"),
        (S.ACKNOWLEDGED, "2026-01-05 12:00:00"),
        (S.FORWARDED, "2026-01-05 13:00:00"),
        (S.DISPOSITIONED, "2026-01-06 08:00:00"),
        (S.IN_FOLLOW_UP, "2026-01-07 09:00:00"),
        (S.REPLY_DRAFTED, "2026-01-15 09:00:00"),
        (S.REPLY_SENT, "2026-01-19 09:00:00"),
        (S.ARCHIVED, "2026-01-20 09:00:00"),
    ):
        await office.move(report, status, local(at))
        told.append(await due(office, report))
    assert told == [
        local("2026-01-06 11:00:00"),
        local("2026-01-06 12:00:00"),
        local("2026-01-07 13:00:00"),
        local("2026-01-09 08:00:00"),
        local("2026-01-28 09:00:00"),
        local("2026-01-20 09:00:00"),
        None,
        None,
    ]
    spent = await office.clocks(report)
    assert [clock.step for clock in spent] == [1, 2, 3, 4, 5, 6, 7]
    assert all(clock.ended_at == after.started_at for clock, after in pairwise(spent))
    assert spent[-1].ended_at == local("2026-01-19 09:00:00")


async def test_the_first_clock_begins_when_the_report_was_received(office: Office) -> None:
    report = await office.receive(local("2026-01-05 10:00:00"), taken_in=local("2026-01-05 10:00:07"))
    assert await due(office, report) == local("2026-01-06 10:00:00")


async def test_asking_the_reporter_stops_the_clock_as_often_as_it_happens(office: Office) -> None:
    report = await office.receive(local("2026-01-05 10:00:00"))
    await office.move(report, S.UNDER_VERIFICATION, local("2026-01-05 10:00:00"))
    await office.move(report, S.NEEDS_INFO, local("2026-01-05 14:00:00"))
    asked = await office.report(report)
    assert asked.due_at is None and asked.at_risk_at is None
    # Asked for four hours' work already done; answered on Thursday.
    await office.move(report, S.UNDER_VERIFICATION, local("2026-01-08 09:30:00"))
    assert await due(office, report) == local("2026-01-09 05:30:00")
    await office.move(report, S.NEEDS_INFO, local("2026-01-08 10:30:00"))
    # The 10th and 11th are a weekend: nothing is left of Saturday's answer to count.
    await office.move(report, S.UNDER_VERIFICATION, local("2026-01-10 08:00:00"))
    assert await due(office, report) == local("2026-01-12 19:00:00")
    (first, clock) = await office.clocks(report)
    assert (first.step, clock.step) == (1, 2)
    assert len(clock.pauses) == 2


async def test_a_limit_passed_before_the_question_stays_passed(office: Office) -> None:
    report = await office.receive(local("2026-01-05 10:00:00"))
    await office.move(report, S.UNDER_VERIFICATION, local("2026-01-05 10:00:00"))
    await office.move(report, S.NEEDS_INFO, local("2026-01-07 10:00:00"))
    await office.move(report, S.UNDER_VERIFICATION, local("2026-01-08 10:00:00"))
    assert await due(office, report) == local("2026-01-06 10:00:00")


async def test_a_step_that_ends_while_it_waits_is_not_late_for_the_wait(office: Office) -> None:
    """Nobody answered, and the report is rejected a week later: the office was in time."""
    report = await office.receive(local("2026-01-05 10:00:00"))
    await office.move(report, S.UNDER_VERIFICATION, local("2026-01-05 10:00:00"))
    await office.move(report, S.NEEDS_INFO, local("2026-01-05 14:00:00"))
    await office.move(report, S.REJECTED, local("2026-01-12 14:00:00"))
    _, clock = await office.clocks(report)
    # Of the day four hours were spent before the question; the other twenty begin on Monday.
    assert (clock.ended_at, clock.due_at) == (local("2026-01-12 14:00:00"), local("2026-01-13 10:00:00"))
    assert (await office.report(report)).due_at is None


async def test_found_to_be_an_emergency_it_is_due_in_hours_from_when_the_step_began(office: Office) -> None:
    saturday = local("2026-01-10 08:00:00")
    report = await office.receive(saturday)
    await office.move(report, S.UNDER_VERIFICATION, saturday)
    await office.move(report, S.UNDER_VERIFICATION, saturday + timedelta(minutes=10), priority=Priority.EMERGENCY)
    assert await due(office, report) == saturday + timedelta(hours=1)
    await office.move(report, S.UNDER_VERIFICATION, saturday + timedelta(minutes=20), priority=Priority.NORMAL)
    assert await due(office, report) == local("2026-01-13 00:00:00")


async def test_another_category_brings_its_own_limit(office: Office) -> None:
    monday = local("2026-01-19 09:00:00")
    report = await office.receive(monday, category=ReportCategory.INFORMATION)
    await office.move(report, S.IN_FOLLOW_UP, monday)
    assert await due(office, report) == monday + timedelta(days=7)
    await office.move(report, S.IN_FOLLOW_UP, monday, category=ReportCategory.AID_REQUEST)
    assert await due(office, report) == monday + timedelta(days=18)


async def test_telling_the_clock_twice_changes_nothing(office: Office) -> None:
    monday = local("2026-01-05 10:00:00")
    report = await office.receive(monday)
    for status in (S.UNDER_VERIFICATION, S.NEEDS_INFO, S.UNDER_VERIFICATION):
        monday += timedelta(hours=1)
        await office.move(report, status, monday)
        before = [clock.model_dump() for clock in await office.clocks(report)]
        await office.move(report, status, monday + timedelta(minutes=30))
        assert [clock.model_dump() for clock in await office.clocks(report)] == before


@pytest.mark.parametrize("status", CLOSED)
async def test_a_closed_report_has_no_clock_and_a_reopened_one_a_new(office: Office, status: S) -> None:
    monday = local("2026-01-05 10:00:00")
    report = await office.receive(monday)
    await office.move(report, status, monday + timedelta(hours=1))
    assert [clock.ended_at for clock in await office.clocks(report)] == [monday + timedelta(hours=1)]
    assert await due(office, report) is None
    back = S.RECEIVED if status is S.MERGED else S.UNDER_VERIFICATION
    await office.move(report, back, local("2026-01-12 10:00:00"))
    # A day from when it came back, not from when it was received.
    assert await due(office, report) == local("2026-01-13 10:00:00")
    assert [clock.ended_at is None for clock in await office.clocks(report)] == [False, True]


async def test_the_database_itself_allows_one_running_clock_only(office: Office) -> None:
    monday = local("2026-01-05 10:00:00")
    report = await office.receive(monday)
    with pytest.raises(IntegrityError):
        async with office.acting(monday) as act:
            act.session.add(ClockRow(report_id=report, step=1, started_at=monday, opened_at=monday))
