"""An office in which time is what a test says: reports come in, move, and their clocks with them."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select

from integration.access.sealing import Sealer
from integration.access.viewer import SYSTEM
from integration.clocks import service as clocks
from integration.clocks.tables import ClockRow
from integration.codes import ChannelKind, Priority, ReportCategory, ReportStatus
from integration.db.engine import Database
from integration.events.log import Act
from integration.reports.tables import ReportPpksTypeRow, ReportRow
from integration.settings import Settings


@dataclass
class Office:
    """The house with its database, where time is what one says."""

    database: Database
    sealer: Sealer
    settings: Settings
    count: int = 0

    @asynccontextmanager
    async def acting(self, at: datetime) -> AsyncIterator[Act]:
        """An act at a moment."""
        async with self.database.write() as session:
            yield Act(session, SYSTEM, at, self.sealer, self.settings)

    async def receive(
        self,
        at: datetime,
        *,
        priority: Priority = Priority.NORMAL,
        category: ReportCategory | None = None,
        region: str | None = None,
        needs: tuple[str, ...] = (),
        taken_in: datetime | None = None,
    ) -> UUID:
        """A report comes in."""
        self.count += 1
        report = ReportRow(
            number=f"SIM-2099-{self.count:06}",
            tracking_hash=b"none",
            channel=ChannelKind.WEB,
            status=ReportStatus.RECEIVED,
            priority=priority,
            category=category,
            region_code=region,
            received_at=at,
            updated_at=at,
        )
        async with self.acting(taken_in or at) as act:
            act.session.add(report)
            await act.session.flush()
            act.session.add_all(ReportPpksTypeRow(report_id=report.id, ppks_code=code) for code in needs)
            await clocks.start(act, report, at)
        return report.id

    async def move(self, report_id: UUID, status: ReportStatus, at: datetime, **changes: object) -> None:
        """A report is brought to a status, and its clock with it."""

        async def change(act: Act, report: ReportRow) -> None:
            report.sqlmodel_update({"status": status, **changes})
            await clocks.start(act, report)

        await self.act(report_id, at, change)

    async def act(self, report_id: UUID, at: datetime, change: Callable[[Act, ReportRow], Awaitable[object]]) -> None:
        """Something is done about a report."""
        async with self.acting(at) as act:
            await change(act, (await act.session.exec(select(ReportRow).where(ReportRow.id == report_id))).one())

    async def report(self, report_id: UUID) -> ReportRow:
        """The report as it is."""
        async with self.database.write() as session:
            return (await session.exec(select(ReportRow).where(ReportRow.id == report_id))).one()

    async def clocks(self, report_id: UUID) -> list[ClockRow]:
        """Its clocks, oldest first."""
        async with self.database.write() as session:
            found = await session.exec(
                select(ClockRow).where(ClockRow.report_id == report_id).order_by(col(ClockRow.id))
            )
            return list(found)
