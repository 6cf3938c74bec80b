"""What the worker drops when its time is over, what it keeps, and whom it gives a clock."""

from datetime import UTC, datetime, timedelta

from sqlmodel import col, delete, select, update

from integration.access.tables import IdempotencyRow
from integration.clocks.tables import ClockRow, HandOverRow
from integration.codes import ReportStatus
from integration.db.engine import Database
from integration.events.tables import EventRow, InboxRow
from integration.reports.tables import ReportRow
from integration.worker import Worker
from tests.clocks.office import Office

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
MONTH, WEEK, SECOND = timedelta(days=30), timedelta(days=7), timedelta(seconds=1)


def worker_at(office: Office, moment: datetime) -> Worker:
    """A worker for whom it is this moment."""
    return Worker(office.database, office.sealer, office.settings, lambda: moment)


async def test_deliveries_and_keys_are_kept_for_their_time_and_not_longer(office: Office) -> None:
    async with office.database.write() as session:
        for number in range(1_500):
            session.add(
                InboxRow(
                    source="whatsapp", body_hash=b"%d" % number, body_sealed=b"sealed", received_at=AT, next_at=AT,
                    state="DONE", done_at=AT,
                )
            )  # fmt: skip
        for state in ("PENDING", "FAILED"):
            session.add(
                InboxRow(
                    source="whatsapp", body_hash=state.encode(), body_sealed=b"sealed", received_at=AT, next_at=AT,
                    state=state,
                )
            )  # fmt: skip
        for number in range(1_200):
            session.add(IdempotencyRow(client="a", act="b", key=str(number), input_hash=b"hash", created_at=AT))
    await worker_at(office, AT + WEEK).tidy()
    assert await left(office.database) == (1_502, 1_200)
    await worker_at(office, AT + WEEK + SECOND).tidy()
    assert await left(office.database) == (1_502, 0)
    await worker_at(office, AT + MONTH).tidy()
    assert await left(office.database) == (1_502, 0)
    await worker_at(office, AT + MONTH + SECOND).tidy()
    # What could not be worked off is kept: somebody wrote it.
    assert await left(office.database) == (2, 0)


async def left(database: Database) -> tuple[int, int]:
    async with database.write() as session:
        return len((await session.exec(select(InboxRow.id))).all()), len(
            (await session.exec(select(IdempotencyRow.key))).all()
        )


async def test_reports_from_before_there_were_clocks_get_theirs(office: Office) -> None:
    number = "SIM-2024-000009"
    moved = AT - timedelta(days=3)
    async with office.database.write() as session:
        report = (await session.exec(select(ReportRow).where(ReportRow.number == number))).one()
        await session.exec(delete(HandOverRow))
        await session.exec(delete(ClockRow))
        await session.exec(update(EventRow).where(col(EventRow.report_id) == report.id).values(at=moved))
        events = select(EventRow).where(EventRow.report_id == report.id).limit(1)
        event = (await session.exec(events)).one()
        event.to_status = report.status = ReportStatus.UNDER_VERIFICATION
        report.due_at = report.at_risk_at = None
        session.add_all([event, report])
        closed = (await session.exec(select(ReportRow.id).where(ReportRow.status == ReportStatus.ARCHIVED))).all()
    for _ in range(2):
        await worker_at(office, AT).tidy()
    async with office.database.write() as session:
        clocks = (await session.exec(select(ClockRow))).all()
        reports = {row.id: row for row in (await session.exec(select(ReportRow))).all()}
    assert closed and not {clock.report_id for clock in clocks} & set(closed)
    assert len({clock.report_id for clock in clocks}) == len(clocks)
    (clock,) = [clock for clock in clocks if clock.report_id == report.id]
    # The step began when it was moved there; that it runs is known from now on, so nobody is told for the time before.
    assert (clock.step, clock.started_at, clock.opened_at) == (2, moved, AT)
    assert reports[report.id].due_at == clock.due_at is not None
    assert clock.next_at is not None and clock.next_at >= AT
