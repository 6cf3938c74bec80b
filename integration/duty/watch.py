"""The watch over the clocks: whoever must be told next is told, once, with an event and an assignment that says why.

Each hand-over is a transaction of its own under one lock, so two watches never do the same and one that dies between
two hand-overs loses nothing: what is due stays due until it is done.
"""

from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import case
from sqlmodel import col, exists, select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.access.sealing import Sealer
from integration.access.viewer import SYSTEM
from integration.assignments.rules import OPEN_STATES
from integration.assignments.tables import AssignmentRow
from integration.clocks import service as clocks
from integration.clocks.escalation import EscalationRule, HandOver, Recipient, Trigger, to_come
from integration.clocks.tables import ClockRow, HandOverRow
from integration.codes import AssignmentState, Priority, Role
from integration.db.concurrency import one_at_a_time
from integration.db.engine import Database
from integration.duty import roster, words
from integration.events.log import Act
from integration.reports.tables import ReportRow
from integration.settings import Settings
from integration.sop.tables import SopStepRow

_DESK = (Role.ADMIN, Role.TEAM_LEAD, Role.SECRETARY, Role.AGENCY_HEAD)
_EVENTS = {Trigger.UNATTENDED: "reportHandedOver", Trigger.BREACHED: "reportEscalated"}
# Emergencies jump the queue also here.
_URGENCY = case({Priority.EMERGENCY: 0, Priority.HIGH: 1}, value=col(ReportRow.priority), else_=2)

_log = structlog.get_logger("satupintu.duty")


async def hand_over_due(database: Database, sealer: Sealer, settings: Settings, at: datetime) -> int:
    """Hand on all that is due at this moment; how many hand-overs that were."""
    total = 0
    failed: set[UUID] = set()
    while True:
        clock_id: UUID | None = None
        try:
            async with database.write() as session:
                await one_at_a_time(await session.connection(), "duty")
                clock_id = await _next(session, at, failed)
                if clock_id is None:
                    return total
                total += await _work_off(Act(session, SYSTEM, at, sealer, settings), clock_id)
        except Exception as error:
            if clock_id is None:
                raise
            # One that can't be handed on must not keep the others waiting. Its class only: the words may quote data.
            failed.add(clock_id)
            _log.error("duty.not_handed_over", clock=str(clock_id), error=type(error).__name__)


async def _next(session: AsyncSession, at: datetime, but: set[UUID]) -> UUID | None:
    found = await session.exec(
        select(ClockRow.id)
        .join(ReportRow, col(ReportRow.id) == ClockRow.report_id)
        .where(col(ClockRow.next_at) <= at, col(ClockRow.id).not_in(but))
        .order_by(_URGENCY, col(ClockRow.next_at), col(ClockRow.id))
        .limit(1)
    )
    return found.first()


async def _work_off(act: Act, clock_id: UUID) -> int:
    report_id = (await act.session.exec(select(ClockRow.report_id).where(ClockRow.id == clock_id))).one()
    # The report first, as every act does: from here on nobody moves it.
    report = (await act.session.exec(select(ReportRow).where(ReportRow.id == report_id).with_for_update())).one()
    clock = (await act.session.exec(select(ClockRow).where(ClockRow.id == clock_id))).one()
    if clock.next_at is None or clock.next_at > act.at:
        return 0
    attended = await _attended(act, report)
    ahead = to_come(
        await clocks.escalation_rules(act.session),
        clocks.as_running(clock, report),
        await clocks.done(act.session, clock),
        attended=attended,
    )
    count = 0
    if ahead and ahead[0].at <= act.at:
        for hand_over in (one for one in ahead if one.rule.trigger is ahead[0].rule.trigger):
            count += 1
            # Where nobody holds a role, the next in the chain need not wait for it.
            if await _hand_over(act, clock, report, hand_over):
                break
    await clocks.plan_next(act.session, clock, report, attended=attended)
    await act.session.flush()
    return count


async def _attended(act: Act, report: ReportRow) -> bool:
    there = exists().where(
        col(AssignmentRow.report_id) == report.id,
        col(AssignmentRow.state) == AssignmentState.ACKNOWLEDGED,
        col(AssignmentRow.role).in_(_DESK),
    )
    return bool((await act.session.exec(select(there))).one())


async def _hand_over(act: Act, clock: ClockRow, report: ReportRow, hand_over: HandOver) -> bool:
    rule = hand_over.rule
    before = await _last(act, clock, rule.trigger)
    choice = await roster.called(act.session, rule.to, act.at)
    to_staff = None if choice is None else choice.candidate.id
    from_staff = await _holder(act, report, rule, before)
    assignment = None
    if to_staff is not None:
        if rule.trigger is Trigger.UNATTENDED and before is not None:
            await _take_over(act, before)
        assignment = await _assign(act, clock, report, rule, to_staff)
    row = HandOverRow(
        report_id=report.id,
        clock_id=clock.id,
        rule_code=rule.code,
        trigger=rule.trigger,
        to=rule.to,
        at=act.at,
        from_staff_id=from_staff,
        to_staff_id=to_staff,
        assignment_id=None if assignment is None else assignment.id,
    )
    act.session.add(row)
    act.record(
        _EVENTS[rule.trigger],
        "Report",
        report.id,
        report_id=report.id,
        sop_step=clock.step,
        legal_basis_id=(
            await act.session.exec(select(SopStepRow.legal_basis_id).where(SopStepRow.number == clock.step))
        ).first(),
        data={
            "rule": rule.code,
            "to": rule.to.value,
            "from_staff": str(from_staff) if from_staff else None,
            "to_staff": str(to_staff) if to_staff else None,
        },
    )
    await act.session.flush()
    return to_staff is not None


async def _last(act: Act, clock: ClockRow, trigger: Trigger) -> HandOverRow | None:
    found = await act.session.exec(
        select(HandOverRow)
        .where(
            HandOverRow.clock_id == clock.id,
            HandOverRow.trigger == trigger,
            col(HandOverRow.to_staff_id).is_not(None),
        )
        .order_by(col(HandOverRow.id).desc())
        .limit(1)
    )
    return found.first()


async def _holder(act: Act, report: ReportRow, rule: EscalationRule, before: HandOverRow | None) -> UUID | None:
    """From whom it is taken: whoever was told last, else the officer on duty, or who handles the report."""
    if before is not None:
        return before.to_staff_id
    if rule.trigger is Trigger.UNATTENDED:
        choice = await roster.called(act.session, Recipient.ADMIN, act.at)
        return None if choice is None else choice.candidate.id
    found = await act.session.exec(
        select(AssignmentRow.staff_id)
        .where(AssignmentRow.report_id == report.id, col(AssignmentRow.state).in_(OPEN_STATES))
        .order_by(col(AssignmentRow.assigned_at).desc(), col(AssignmentRow.id).desc())
        .limit(1)
    )
    return found.first()


async def _take_over(act: Act, before: HandOverRow) -> None:
    if before.assignment_id is None:
        return
    held = await act.session.get(AssignmentRow, before.assignment_id)
    if held is not None and held.state is AssignmentState.ASSIGNED:
        held.state = AssignmentState.TAKEN_OVER
        act.session.add(held)


async def _assign(
    act: Act, clock: ClockRow, report: ReportRow, rule: EscalationRule, staff_id: UUID
) -> AssignmentRow | None:
    held = await act.session.exec(
        select(AssignmentRow.id).where(
            AssignmentRow.report_id == report.id,
            AssignmentRow.staff_id == staff_id,
            col(AssignmentRow.state).in_(OPEN_STATES),
        )
    )
    if held.first() is not None:
        return None
    since = clock.started_at if rule.trigger is Trigger.UNATTENDED else clock.due_at or clock.started_at
    # Without the unit: the report is handed to a person, not shown to everybody they work with.
    row = AssignmentRow(
        report_id=report.id,
        role=rule.to.role,
        staff_id=staff_id,
        assigned_at=act.at,
        due_at=report.due_at,
        state=AssignmentState.ASSIGNED,
        reason=words.reason(rule.trigger, rule.to, clock.step, since),
    )
    act.session.add(row)
    await act.session.flush()
    return row
