"""Rules about reports of the same category: many in a quarter of the regency, or some soon after another in a
district.
"""

from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

from integration.codes import ReportCategory
from integration.policy import words
from integration.policy.finding import Finder, Look, Met, Names
from integration.policy.rules import crowded, quarter, within
from integration.policy.tables import SignalRuleRow


async def _by_quarter(look: Look) -> AsyncIterator[Met]:
    groups: defaultdict[tuple[datetime, datetime, ReportCategory], list[UUID]] = defaultdict(list)
    start = end = datetime.min.replace(tzinfo=UTC)
    for category, _, at, row_id in await look.reports():
        if not start <= at < end:
            start, end = quarter(at)
        groups[start, end, category].append(row_id)
    for (first, last, category), members in groups.items():
        if len(members) >= look.rule.threshold:
            yield Met(first, last, len(members), reports=tuple(members), category=category)


async def _by_district(look: Look) -> AsyncIterator[Met]:
    span = timedelta(days=look.rule.days or 90)
    groups: defaultdict[tuple[str, ReportCategory], list[tuple[datetime, UUID]]] = defaultdict(list)
    for category, region, at, row_id in await look.reports():
        # 64.02.06 is a kecamatan, 64.02.06.1008 a village in it; what is only known to be in the regency has none.
        if region is not None and region.count(".") >= 2:
            groups[region[:8], category].append((at, row_id))
    taken: defaultdict[tuple[str | None, ReportCategory | None], list[tuple[datetime, datetime]]] = defaultdict(list)
    for signal in look.known:
        taken[signal.region_code, signal.category].append((signal.window_from, signal.window_to))
    for (district, category), told in groups.items():
        spans = sorted(taken[district, category])
        windows = [
            *(within(told, start, end) for start, end in spans),
            *crowded(told, look.rule.threshold, span, spans),
        ]
        for window in windows:
            size = len(window.members)
            yield Met(window.start, window.end, size, reports=window.members, category=category, region_code=district)


def _why(rule: SignalRuleRow, met: Met, names: Names) -> str:
    assert met.category is not None
    where = "di kabupaten" if met.region_code is None else f"di Kecamatan {names[met.region_code]}"
    what = f"{met.count} laporan {words.CATEGORIES[met.category]} {where}, {met.span}"
    return f"{what}; ambang {rule.threshold} laporan."


QUARTER = Finder(_by_quarter, _why)
DISTRICT = Finder(_by_district, _why)
