"""The clocks of reports: begun, stopped and ended with each move, so that `due_at` speaks of the present step."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, exists, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.assignments.rules import OPEN_STATES
from integration.assignments.tables import AssignmentRow
from integration.clocks.escalation import Done, EscalationRule, Running, to_come
from integration.clocks.rules import Pauses, Policy, deadlines, most_specific
from integration.clocks.tables import ClockPolicyRow, ClockRow, EscalationRuleRow, HandOverRow
from integration.codes import AssignmentState, ReportStatus
from integration.db.base import uuid7
from integration.db.kept import kept
from integration.events.log import Act
from integration.events.tables import EventRow
from integration.reports.steps import CLOSED, SOP_STEP
from integration.reports.tables import ReportRow


async def start(act: Act, report: ReportRow, since: datetime | None = None) -> None:
    """Bring the clock in line with where the report stands now; to be called after every move and every classifying.

    Sets `report.due_at` and `report.at_risk_at` for the step the report is in. The clock of a step goes on where the
    step is the same (also with another category or priority), stands still in NEEDS_INFO and ends where the report is
    closed. Calling it twice changes nothing.

    `since` is when the step began, where that was before now.
    """
    await keep(act.session, report, act.at, since)


async def first(session: AsyncSession, report: ReportRow, at: datetime, since: datetime) -> ClockRow:
    """The clock of a report that is just being taken in; sets the report's dates. Neither is written yet.

    It begins at `since`, when the report reached us. How long it was under way before is the channel's time, which
    `received_at` tells; how long it then waits for the worker is ours.
    """
    step = SOP_STEP[report.status]
    started = min(since, at)
    clock = ClockRow(id=uuid7(), report_id=report.id, step=step, started_at=started, opened_at=at, pauses=[])
    _limit(clock, report, (await kept(session, _all_policies)).get(step, ()))
    ahead = to_come(await kept(session, escalation_rules), as_running(clock, report), {})
    clock.next_at = ahead[0].at if ahead else None
    return clock


async def keep(session: AsyncSession, report: ReportRow, at: datetime, since: datetime | None = None) -> None:
    """The same, for whoever tells a story without acting."""
    clock = await running(session, report.id)
    step = SOP_STEP[report.status]
    if clock is not None and (report.status in CLOSED or clock.step != step):
        await _end(session, clock, report, at)
        clock = None
    if report.status in CLOSED:
        report.due_at = report.at_risk_at = None
        session.add(report)
        return
    if clock is None:
        clock = ClockRow(
            report_id=report.id, step=step, started_at=at if since is None else min(since, at), opened_at=at
        )
    if report.status is ReportStatus.NEEDS_INFO:
        clock.paused_at = clock.paused_at or at
    else:
        _resume(clock, at)
    await _set(session, clock, report)


async def begin_missing(session: AsyncSession, at: datetime, most: int = 200) -> int:
    """Give clocks to open reports that have none (they were open before there were clocks); how many got one.

    The step began with the move that led there. Nobody could be told before now, so the chain begins now.
    """
    clock = exists().where(col(ClockRow.report_id) == ReportRow.id, col(ClockRow.ended_at).is_(None))
    bare = select(ReportRow).where(col(ReportRow.status).not_in(CLOSED), ~clock).order_by(col(ReportRow.id)).limit(most)
    # Whoever is moving one of them gives it its clock.
    locked = bare.with_for_update(skip_locked=True, of=ReportRow)
    reports = (await session.exec(locked.execution_options(populate_existing=True))).all()
    for report in reports:
        moved = select(func.max(EventRow.at)).where(
            EventRow.report_id == report.id, EventRow.to_status == report.status
        )
        since = min((await session.exec(moved)).one() or report.updated_at, at)
        await keep(session, report, at, since)
        begun = await running(session, report.id)
        if begun is not None and begun.paused_at is not None:
            begun.paused_at = since
    await session.flush()
    return len(reports)


async def running(session: AsyncSession, report_id: UUID) -> ClockRow | None:
    """The clock of a report that has not ended."""
    found = await session.exec(
        select(ClockRow).where(ClockRow.report_id == report_id, col(ClockRow.ended_at).is_(None))
    )
    return found.first()


async def plan_next(session: AsyncSession, clock: ClockRow, report: ReportRow, *, attended: bool = False) -> None:
    """Set when the next one in the chain must be told of this clock."""
    if clock.paused_at is None:
        ahead = to_come(
            await escalation_rules(session), as_running(clock, report), await done(session, clock), attended=attended
        )
        clock.next_at = ahead[0].at if ahead else None
    else:
        clock.next_at = None
    session.add(clock)


async def done(session: AsyncSession, clock: ClockRow) -> Done:
    """The links of the chain that had their turn, and when they were told."""
    found = await session.exec(select(HandOverRow).where(HandOverRow.clock_id == clock.id))
    return {(row.trigger, row.to): row.at if row.to_staff_id else None for row in found}


async def escalation_rules(session: AsyncSession) -> Sequence[EscalationRule]:
    """The chain as data."""
    return [
        EscalationRule(
            code=row.code,
            trigger=row.trigger,
            to=row.to,
            minutes=row.minutes if row.minutes is not None else row.working_minutes or 0,
            around_the_clock=row.minutes is not None,
            step=row.step,
            priority=row.priority,
        )
        for row in await session.exec(select(EscalationRuleRow))
    ]


async def policies(session: AsyncSession, step: int) -> Sequence[Policy]:
    """The time limits of a step as data."""
    return (await _all_policies(session)).get(step, ())


async def _all_policies(session: AsyncSession) -> Mapping[int, Sequence[Policy]]:
    found: dict[int, list[Policy]] = {}
    for row in await session.exec(select(ClockPolicyRow).order_by(col(ClockPolicyRow.code))):
        found.setdefault(row.step, []).append(
            Policy(
                code=row.code,
                step=row.step,
                working_days=row.working_days,
                hours=row.hours,
                at_risk_percent=row.at_risk_percent,
                category=row.category,
                priority=row.priority,
            )
        )
    return found


def as_running(clock: ClockRow, report: ReportRow) -> Running:
    """The clock, as far as the chain depends on it."""
    return Running(clock.step, report.priority, clock.started_at, clock.opened_at, clock.due_at, pauses_of(clock))


def pauses_of(clock: ClockRow) -> Pauses:
    """When the clock stood still."""
    return [(datetime.fromisoformat(stopped), datetime.fromisoformat(resumed)) for stopped, resumed in clock.pauses]


def _resume(clock: ClockRow, at: datetime) -> None:
    if clock.paused_at is not None:
        # A new list: the session does not see into the old one.
        clock.pauses = [*clock.pauses, [clock.paused_at.isoformat(), at.isoformat()]]
        clock.paused_at = None


async def _set(session: AsyncSession, clock: ClockRow, report: ReportRow) -> None:
    _limit(clock, report, await policies(session, clock.step))
    await plan_next(session, clock, report)
    session.add(report)
    await session.flush()


def _limit(clock: ClockRow, report: ReportRow, policies: Sequence[Policy]) -> None:
    policy = most_specific(policies, clock.step, report.category, report.priority)
    limits = None if policy is None else deadlines(policy, clock.started_at, pauses_of(clock))
    clock.policy_code = None if policy is None else policy.code
    clock.due_at = None if limits is None else limits.due_at
    clock.at_risk_at = None if limits is None else limits.at_risk_at
    # While we wait for the reporter there is no date to keep.
    report.due_at = None if clock.paused_at is not None else clock.due_at
    report.at_risk_at = None if clock.paused_at is not None else clock.at_risk_at


async def _end(session: AsyncSession, clock: ClockRow, report: ReportRow, at: datetime) -> None:
    if clock.paused_at is not None:
        _resume(clock, at)
        # What it stood still at the end moves its limit as any other pause does.
        _limit(clock, report, await policies(session, clock.step))
    clock.ended_at, clock.next_at = at, None
    session.add(clock)
    # Who was called in for this step has done what they were called for.
    called = select(HandOverRow.assignment_id).where(HandOverRow.clock_id == clock.id)
    await session.exec(
        update(AssignmentRow)
        .where(col(AssignmentRow.id).in_(called), col(AssignmentRow.state).in_(OPEN_STATES))
        .values(state=AssignmentState.COMPLETED)
    )
    await session.flush()
