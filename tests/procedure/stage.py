"""A report put into any state, with what that state implies: who was asked, what was done, drafted and sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import SQLModel, col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.access.sealing import Sealer
from integration.access.tables import AccountRow
from integration.assignments.tables import AssignmentRow
from integration.clocks.escalation import Recipient
from integration.clocks.tables import ClockRow, EscalationRuleRow, HandOverRow
from integration.codes import (
    AssignmentState,
    FollowUpActionKind,
    Priority,
    ReportCategory,
    ReportOutcome,
    ReportStatus,
    Role,
)
from integration.db.base import now
from integration.db.engine import Database
from integration.events.tables import EventRow, OutboxAttemptRow, OutboxRow
from integration.reading import relay
from integration.reports.procedure import DispositionRow, FollowUpActionRow, ReplyRow
from integration.reports.steps import SOP_STEP
from integration.reports.tables import MessageRow, ReportRow
from integration.staff.tables import StaffRow

# Of the demo's own citizen, in the district of the demo's own field worker.
NUMBER = "SIM-2024-000009"
OTHER = "SIM-2024-000008"
ASSIGNED = ("DISPOSITIONED", "IN_FOLLOW_UP", "REPLY_DRAFTED", "REPLY_SENT", "ARCHIVED")
_DONE = ("IN_FOLLOW_UP", "REPLY_DRAFTED", "REPLY_SENT", "ARCHIVED")
_HANDLERS = (("division", Role.DIVISION_HEAD), ("member", Role.TEAM_MEMBER), ("tksk", Role.TKSK))


@dataclass(frozen=True, slots=True)
class Trace:
    """What a refused act must leave as it was."""

    version: int
    status: str
    events: int
    messages: int
    outbox: int


@dataclass
class Stage:
    """One report on a database, and another beside it to be merged with."""

    database: Database
    sealer: Sealer

    async def id_of(self, number: str = NUMBER) -> str:
        """The report's opaque id."""
        async with self.database.write() as session:
            found = await session.exec(select(ReportRow.id).where(ReportRow.number == number))
            return relay.encode("Report", found.one())

    async def put(self, state: str, *, priority: Priority = Priority.NORMAL) -> None:
        """Set the report up anew in this state."""
        async with self.database.write() as session:
            report = (await session.exec(select(ReportRow).where(ReportRow.number == NUMBER))).one()
            await self._clear(session, report.id)
            at = now() - timedelta(hours=1)
            report.status, report.version, report.updated_at = ReportStatus(state), 7, at
            report.category, report.region_code = ReportCategory.AID_NOT_RECEIVED, "64.02.06.1006"
            report.priority = priority
            ended = state in ("REPLY_SENT", "ARCHIVED", "REJECTED")
            report.reopenable_until = at + timedelta(days=30) if ended else None
            report.outcome = ReportOutcome.AID_GIVEN if state == "ARCHIVED" else None
            report.outcome_confirmed_at = report.outcome_verified_at = None
            report.merged_into_id = report.merged_from = report.merged_at = None
            if state == "MERGED":
                other = (await session.exec(select(ReportRow.id).where(ReportRow.number == OTHER))).one()
                report.merged_into_id, report.merged_from, report.merged_at = other, ReportStatus.NEEDS_INFO, at
            session.add(report)
            await session.flush()
            if state in ASSIGNED:
                await self._assign(session, report.id, state, at)
            member = await self._staff(session, "member")
            if state in _DONE:
                result = self.sealer.seal("action.result", "Dikunjungi.")
                session.add(
                    FollowUpActionRow(
                        report_id=report.id, kind=FollowUpActionKind.VISIT, result_sealed=result, staff_id=member.id,
                        at=at,
                    )
                )  # fmt: skip
            if state in _DONE[1:]:
                text = self.sealer.seal("reply.text", "Bantuan sudah diantar.")
                sent = None if state == "REPLY_DRAFTED" else at
                session.add(
                    ReplyRow(report_id=report.id, text_sealed=text, drafter_id=member.id, drafted_at=at, sent_at=sent)
                )

    async def escalate(self) -> None:
        """Bring the step the report is in before the head of the agency."""
        async with self.database.write() as session:
            report = (await session.exec(select(ReportRow).where(ReportRow.number == NUMBER))).one()
            at = report.updated_at
            clock = ClockRow(report_id=report.id, step=SOP_STEP[report.status], started_at=at, opened_at=at)
            rules = select(EscalationRuleRow).where(EscalationRuleRow.to == Recipient.AGENCY_HEAD)
            rule = (await session.exec(rules.order_by(col(EscalationRuleRow.code)))).all()[0]
            session.add(clock)
            await session.flush()
            session.add(
                HandOverRow(
                    report_id=report.id, clock_id=clock.id, rule_code=rule.code, trigger=rule.trigger, to=rule.to, at=at
                )
            )

    async def change(self, **values: object) -> None:
        """Set columns of the report."""
        async with self.database.write() as session:
            report = (await session.exec(select(ReportRow).where(ReportRow.number == NUMBER))).one()
            for name, value in values.items():
                setattr(report, name, value)
            session.add(report)

    async def trace(self) -> Trace:
        """What is written of it now."""
        async with self.database.write() as session:
            report = (await session.exec(select(ReportRow).where(ReportRow.number == NUMBER))).one()

            async def count(row: type[SQLModel]) -> int:
                return (await session.exec(select(func.count()).select_from(row))).one()

            return Trace(
                report.version, report.status, await count(EventRow), await count(MessageRow), await count(OutboxRow)
            )

    async def row(self) -> dict[str, object]:
        """The report's row as it is."""
        async with self.database.write() as session:
            report = (await session.exec(select(ReportRow).where(ReportRow.number == NUMBER))).one()
            return report.model_dump()

    async def _clear(self, session: AsyncSession, report_id: UUID) -> None:
        await session.exec(delete(HandOverRow).where(col(HandOverRow.report_id) == report_id))
        sent = select(OutboxRow.id).where(OutboxRow.report_id == report_id)
        await session.exec(delete(OutboxAttemptRow).where(col(OutboxAttemptRow.outbox_id).in_(sent)))
        for row in (ClockRow, DispositionRow, AssignmentRow, FollowUpActionRow, ReplyRow, OutboxRow):
            await session.exec(delete(row).where(col(row.report_id) == report_id))

    async def _assign(self, session: AsyncSession, report_id: UUID, state: str, at: datetime) -> None:
        is_over = state == "ARCHIVED"
        lead = await self._staff(session, "lead")
        for number, (who, role) in enumerate(_HANDLERS, 1):
            person = await self._staff(session, who)
            sealed = self.sealer.seal("assignment.instruction", "Mohon ditindaklanjuti.")
            held = AssignmentRow(
                report_id=report_id,
                role=role,
                staff_id=person.id,
                unit_id=person.unit_id,
                instruction_sealed=sealed,
                assigned_at=at,
                state=AssignmentState.COMPLETED if is_over else AssignmentState.ASSIGNED,
            )
            session.add(held)
            await session.flush()
            sealed = self.sealer.seal("disposition.instruction", "Mohon ditindaklanjuti.")
            session.add(
                DispositionRow(
                    report_id=report_id, number=number, from_staff_id=lead.id, assignment_id=held.id,
                    instruction_sealed=sealed, at=at,
                )
            )  # fmt: skip

    async def _staff(self, session: AsyncSession, who: str) -> StaffRow:
        account = select(AccountRow.staff_id).where(AccountRow.subject == f"demo-{who}")
        return (await session.exec(select(StaffRow).where(col(StaffRow.id).in_(account)))).one()
