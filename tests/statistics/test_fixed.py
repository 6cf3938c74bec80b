"""What was published stays what it was: no correction made later shows as the difference of two tables."""

from datetime import UTC, datetime, timedelta

from sqlmodel import col, select, update

from integration.codes import ReportCategory
from integration.reports.fixing import fix_periods
from integration.reports.published_tables import PublishedCountRow, PublishedPeriodRow
from integration.reports.tables import ReportRow
from integration.settings import Settings
from tests.statistics.asking import Asker, lots, report

_GROUPINGS: tuple[list[str], ...] = (["DISTRICT", "CATEGORY"], ["CATEGORY", "MONTH"], ["MONTH", "CHANNEL"], [])


async def _fix(asker: Asker, settings: Settings, at: datetime) -> int:
    async with asker.database.write() as session:
        return await fix_periods(session, settings, at)


async def test_a_correction_after_the_fixing_is_in_no_table(asker: Asker) -> None:
    """Somebody asks; a report is classified anew, another moved, a third comes in late; and somebody asks again."""
    await asker.add(lots(5, 80))
    before = [await asker.table(by) for by in _GROUPINGS]
    async with asker.database.write() as session:
        first, second = (await session.exec(select(ReportRow.id).order_by(col(ReportRow.number)).limit(2))).all()
        await session.exec(
            update(ReportRow).where(col(ReportRow.id) == first).values(category=ReportCategory.SUGGESTION)
        )
        await session.exec(update(ReportRow).where(col(ReportRow.id) == second).values(region_code="64.02.04"))
    await asker.add([report(900, datetime(2025, 2, 3, tzinfo=UTC))])
    await asker.worker.evaluate_signals()
    assert [await asker.table(by) for by in _GROUPINGS] == before
    desk = await asker.table(["CATEGORY"], "admin")
    assert "SUGGESTION" in {row["key"][0] for row in desk["rows"]}, "who may see the reports sees the correction"


async def test_a_period_is_fixed_once_it_is_over_and_settled(asker: Asker, settings: Settings) -> None:
    ended = datetime(2024, 4, 1, tzinfo=UTC) - timedelta(hours=8)
    assert await _fix(asker, settings, ended + timedelta(days=13, hours=23)) == 0
    assert await _fix(asker, settings, ended + timedelta(days=14)) == 1
    assert await _fix(asker, settings, ended + timedelta(days=15)) == 0
    # The quarter without a report is fixed, too: later ones in it are not told.
    assert await _fix(asker, settings, ended + timedelta(days=120)) == 1


async def test_periods_of_two_lengths_never_overlap(asker: Asker, settings: Settings) -> None:
    """Months published beside their quarter could be subtracted from it."""
    at = datetime(2024, 6, 20, tzinfo=UTC)
    assert await _fix(asker, settings, at) == 1
    monthly = settings.model_copy(update={"published_months": 1})
    assert await _fix(asker, monthly, at) == 2
    async with asker.database.write() as session:
        fixed = (await session.exec(select(PublishedPeriodRow).order_by(col(PublishedPeriodRow.start)))).all()
        counted = (await session.exec(select(PublishedCountRow))).all()
    assert [(row.start, row.months) for row in fixed] == [("2024-01", 3), ("2024-04", 1), ("2024-05", 1)]
    assert sum(row.count for row in counted) == 14


async def test_what_is_fixed_is_every_report_of_its_month(asker: Asker, settings: Settings) -> None:
    """By the clock of Kutai Kartanegara, district and category as they are."""
    edge = datetime(2025, 3, 31, 16, tzinfo=UTC)
    await asker.add([
        report(1, edge - timedelta(microseconds=1), region_code="64.02.06.1008"),
        report(2, edge, region_code="64.02", category=None),
    ])  # fmt: skip
    await _fix(asker, settings, datetime(2025, 8, 1, tzinfo=UTC))
    async with asker.database.write() as session:
        rows = (await session.exec(select(PublishedCountRow).where(col(PublishedCountRow.month) >= "2025-01"))).all()
    told = sorted((row.period, row.month, row.district_code, row.category, row.count) for row in rows)
    assert told == [("2025-01", "2025-03", "64.02.06", ReportCategory.OTHER, 1), ("2025-04", "2025-04", None, None, 1)]
