"""The rule about kecamatan that nothing is heard from, while others are: people live there, so need does too."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from integration.codes import RegionLevel
from integration.db.zone import WITA, local_day
from integration.policy.finding import NOT_COUNTED, Finder, Look, Met, Names
from integration.policy.tables import SignalRuleRow
from integration.regions.tables import PopulationRow, RegionRow
from integration.reports.tables import ReportRow

_DAYS = 180


async def _by_district(look: Look) -> AsyncIterator[Met]:
    """The same silence is known by the day it began: that of the last report, or of the first of all."""
    session, rule, now = look.act.session, look.rule, look.act.at
    counted = col(ReportRow.status).not_in(NOT_COUNTED)
    since = now - timedelta(days=rule.days or _DAYS)
    recent = (await session.exec(select(sa.func.count()).where(counted, col(ReportRow.received_at) >= since))).one()
    if recent < max(rule.least, 1):
        return
    first = (await session.exec(select(sa.func.min(ReportRow.received_at)).where(counted))).one()
    told = await session.exec(
        select(ReportRow.region_code, sa.func.max(ReportRow.received_at))
        .where(counted, col(ReportRow.region_code).is_not(None))
        .group_by(col(ReportRow.region_code))
    )
    last: dict[str, datetime] = {}
    for region, at in told.all():
        district = ".".join(str(region).split(".")[:3])
        last[district] = max(at, last.get(district, at))
    districts = await session.exec(
        select(RegionRow.code)
        .where(
            RegionRow.level == RegionLevel.DISTRICT,
            col(RegionRow.code).in_(select(PopulationRow.region_code)),
        )
        .order_by(col(RegionRow.code))
    )
    for code in districts.all():
        begun = last.get(code, first)
        if begun < since:
            yield Met(_day(begun), now, 0, region_code=code)


def _day(moment: datetime) -> datetime:
    return moment.astimezone(WITA).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def _why(rule: SignalRuleRow, met: Met, names: Names) -> str:
    where = f"Kecamatan {names[met.region_code]}"
    return f"Tidak ada laporan dari {where} sejak {local_day(met.start)}; ambang {rule.days or _DAYS} hari."


# Nobody outside is told: a silence says on which day somebody was heard last.
DISTRICT = Finder(_by_district, _why)
