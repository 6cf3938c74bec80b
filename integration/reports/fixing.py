"""Fixing the figures of a period once it is over, so that what was published stays what it was.

A report that is classified, moved or joined to another after its period was published would be found by whoever
subtracts the table of yesterday from that of today. So the counts of each kind are written down once, some days after
the period's end, when what came in late is classified. There is no revision: corrections made afterwards are seen by
those who may see the reports.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.codes import ChannelKind, ReportCategory
from integration.db.concurrency import one_at_a_time
from integration.reports.published_tables import PublishedCountRow, PublishedPeriodRow
from integration.reports.questions import Month, months, period_of
from integration.reports.tables import ReportRow
from integration.settings import Settings

_DISTRICT_LENGTH = 8


async def fix_periods(session: AsyncSession, settings: Settings, at: datetime) -> int:
    """Fix every period that is over and settled, from that of the first report on; how many were fixed."""
    await one_at_a_time(await session.connection(), "published periods")
    first: datetime | None = (await session.exec(select(sa.func.min(ReportRow.received_at)))).first()
    if first is None:
        return 0
    length = settings.published_months
    known = (await session.exec(select(PublishedPeriodRow))).all()
    # A period of another length, from before the setting was changed, stands: two that overlap could be subtracted.
    taken = {month for row in known for month in _months_of(row)}
    start, _ = period_of(Month.of(first), length)
    until, _ = period_of(Month.of(at - settings.published_after), length)
    due = [
        Month(number)
        for number in range(start.number, until.number, length)
        if taken.isdisjoint(months(Month(number), Month(number + length)))
    ]
    if not due:
        return 0
    counts = await _count(session, due[0], Month(due[-1].number + length))
    session.add_all([PublishedPeriodRow(start=begin.code, months=length, fixed_at=at) for begin in due])
    await session.flush()
    for begin in due:
        for month in months(begin, Month(begin.number + length)):
            session.add_all(
                PublishedCountRow(
                    period=begin.code, month=month.code, district_code=district, category=category, channel=channel,
                    count=n,
                )
                for (district, category, channel), n in counts.get(month, Counter()).items()
            )  # fmt: skip
    await session.flush()
    return len(due)


def _months_of(row: PublishedPeriodRow) -> Iterator[Month]:
    begin = Month.named(row.start)
    return months(begin, Month(begin.number + row.months))


_Kind = tuple[str | None, ReportCategory | None, ChannelKind]


async def _count(session: AsyncSession, since: Month, until: Month) -> dict[Month, Counter[_Kind]]:
    """The reports of some months by kind: all of them, whoever may see them."""
    found = await session.exec(
        select(ReportRow.received_at, ReportRow.region_code, ReportRow.category, ReportRow.channel).where(
            col(ReportRow.received_at) >= since.start, col(ReportRow.received_at) < until.start
        )
    )
    counts: dict[Month, Counter[_Kind]] = {}
    for received_at, region, category, channel in found.all():
        district = region[:_DISTRICT_LENGTH] if region is not None and len(region) >= _DISTRICT_LENGTH else None
        kind = district, None if category is None else ReportCategory(category), ChannelKind(channel)
        counts.setdefault(Month.of(received_at), Counter())[kind] += 1
    return counts
