"""The clocks of the demo reports, run through once more: each report is led along its events and its time measured."""

from collections import defaultdict
from uuid import UUID

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.clocks import service as clocks
from integration.clocks.tables import ClockRow
from integration.events.tables import EventRow
from integration.reports.tables import ReportRow


async def load_clocks(session: AsyncSession, reports: list[ReportRow]) -> None:
    """Write the clocks, and with them when each report is due."""
    moves: dict[UUID, list[EventRow]] = defaultdict(list)
    for event in await session.exec(select(EventRow).order_by(col(EventRow.at), col(EventRow.id))):
        if event.report_id is not None and event.to_status is not None:
            moves[event.report_id].append(event)
    for report in reports:
        stands = report.status
        for event in moves[report.id]:
            report.status = event.to_status or stands
            await clocks.keep(session, report, event.at)
        report.status = stands
    # The quarter is over: nobody is to be woken because of it today.
    await session.exec(update(ClockRow).values(next_at=None))
    await session.flush()
