"""Rules about reports of the same category: many in a quarter of the regency, or some soon after another in a
district.
"""

from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlmodel import col, select

from integration.codes import ReportCategory
from integration.events.log import Act
from integration.policy import words
from integration.policy.codes import EvidenceKind
from integration.policy.finding import NOT_COUNTED, Finder, Gauge, Look, Met, Names, Question, in_region
from integration.policy.rules import crowded, quarter, within
from integration.policy.tables import SignalRuleRow
from integration.policy.telling import Ground, Told
from integration.reports.tables import ReportRow


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


async def _count(act: Act, question: Question) -> Met:
    assert question.start is not None and question.end is not None and question.category is not None
    asked = select(ReportRow.id).where(
        ReportRow.category == question.category,
        col(ReportRow.status).not_in(NOT_COUNTED),
        ReportRow.received_at >= question.start,
        ReportRow.received_at < question.end,
    )
    if question.region_code is not None:
        asked = asked.where(in_region(col(ReportRow.region_code), question.region_code))
    members = tuple((await act.session.exec(asked.order_by(col(ReportRow.id)))).all())
    return Met(
        question.start,
        question.end,
        len(members),
        reports=members,
        category=question.category,
        region_code=question.region_code,
    )


def _describe(met: Met, names: Names) -> str:
    assert met.category is not None
    where = "di kabupaten" if met.region_code is None else f"di {names[met.region_code]}"
    return f"{met.count} laporan {words.CATEGORIES[met.category]} {where}, {met.span}"


def _why(rule: SignalRuleRow, met: Met, names: Names) -> str:
    return f"{_describe(met, names)}; ambang {rule.threshold} laporan."


def _why_district(rule: SignalRuleRow, met: Met, names: Names) -> str:
    return _why(rule, met, {met.region_code: f"Kecamatan {names[met.region_code]}"})


def _tell_quarter(ground: Ground, rule: SignalRuleRow, met: Met, names: Names) -> Told | None:
    return _told(ground, max(rule.threshold, ground.smallest), met, names)


def _tell_district(ground: Ground, rule: SignalRuleRow, met: Met, names: Names) -> Told | None:
    """Of the newest published period that shows it: a window of so many days begins with a report."""
    least = max(rule.threshold, ground.smallest)
    told = (
        _told(ground, least, replace(met, start=start, end=end), names)
        for start, end in ground.periods(met.start, met.end)
    )
    return next((one for one in told if one is not None), None)


def _tell(ground: Ground, met: Met, names: Names) -> Told | None:
    return _told(ground, ground.smallest, met, names)


def _told(ground: Ground, least: int, met: Met, names: Names) -> Told | None:
    """At least so many, where both what was counted and the published figure are."""
    assert met.category is not None
    wanted = {"CATEGORY": met.category.value}
    if met.region_code is not None:
        # Of anything but a kecamatan nothing is published.
        wanted["DISTRICT"] = met.region_code
    published = ground.reports(wanted, met.start, met.end)
    if met.count < least or published is None or published < least:
        return None
    where = "di kabupaten" if met.region_code is None else f"di {names[met.region_code]}"
    what = f"Sedikitnya {least} laporan {words.CATEGORIES[met.category]} {where}, {met.span}."
    return Told(least, None, what, met.start, met.end)


QUARTER = Finder(_by_quarter, _why, _tell_quarter, EvidenceKind.REPORTS)
DISTRICT = Finder(_by_district, _why_district, _tell_district, EvidenceKind.REPORTS)
GAUGE = Gauge(("category", "from", "to"), _count, _describe, _tell)
