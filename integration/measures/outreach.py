"""Whether an outreach activity was heard: reports from its region in the days before it and after (S-09)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from integration.access.masks import mask_text
from integration.db.readers import Snapshot
from integration.db.zone import WITA
from integration.measures.counted import counts
from integration.measures.period import Period
from integration.policy.codes import OutreachKind
from integration.policy.tables import OutreachActivityRow
from integration.reading import raw, relay
from integration.reading.road import Road
from integration.reading.scope import Asking, Scope
from integration.reading.view import table
from integration.statistics.codes import StatisticState

_MOST = 100
# A day, a place, and how many reports came from there.
_Day = tuple[date, str, int]
FORMULA = (
    "outreach: before counts the reports received from the activity's region in the windowDays days before its day, "
    "after those from its day on for as many days."
)


@dataclass(frozen=True, slots=True)
class Effect:
    """In the shape of OutreachEffect."""

    key: UUID
    held_on: date
    kind: OutreachKind
    title: str
    region_code: str | None
    window_days: int
    before: int | None
    after: int | None
    state: StatisticState

    @property
    def activity_id(self) -> str:
        return relay.encode("OutreachActivity", self.key)


async def effects(road: Road, asking: Asking, snapshot: Snapshot, period: Period) -> Sequence[Effect]:
    """The activities of a period, newest first. Whoever does not see every report is told no counts: days before and
    after an activity overlap with years, and the difference would be too small to tell.
    """
    window, today = asking.settings.outreach_window, asking.now.astimezone(WITA).date()
    shows = asking.viewer.sees_every_report
    activities = [
        (raw.key(key), raw.needed_day(held), OutreachKind(kind), mask_text(title), region)
        for key, held, kind, title, region in await road.rows(
            lambda scope: _activities(scope, period), asking, snapshot
        )
    ]
    days: list[_Day] = []
    if shows and activities:
        first, last = min(held for _, held, *_ in activities), max(held for _, held, *_ in activities)
        span = Period(first - window, last + window)
        days = [
            (raw.needed_day(day), region or "", int(n))
            for day, region, n in await road.rows(lambda scope: _by_day(scope, span), asking, snapshot)
        ]
    found = []
    for key, held, kind, title, region in activities:
        before = after = None
        state = StatisticState.SUPPRESSED
        if shows:
            is_over = held + window <= today
            before = _count(days, region, held - window, held)
            after = _count(days, region, held, held + window) if is_over else None
            state = StatisticState.KNOWN if is_over else StatisticState.UNKNOWN
        found.append(Effect(key, held, kind, title, region, window.days, before, after, state))
    return found


def _count(days: Sequence[_Day], region: str | None, first: date, end: date) -> int:
    """The reports from a region or below it on the days from one to before another."""
    return sum(
        n
        for day, place, n in days
        if first <= day < end and (region is None or place == region or place.startswith(f"{region}."))
    )


def _activities(scope: Scope, period: Period) -> sa.Select[Any]:
    row = table(OutreachActivityRow).alias(scope.alias())
    return (
        sa.select(row.c.id, row.c.held_on, row.c.kind, row.c.title, row.c.region_code)
        .where(row.c.held_on >= period.first_day(scope), row.c.held_on <= period.last_day(scope))
        .order_by(row.c.held_on.desc(), row.c.id.desc())
        .limit(sa.literal_column(str(_MOST)))
    )


def _by_day(scope: Scope, span: Period) -> sa.Select[Any]:
    """How many reports came on each day of a span from each place."""
    report = scope.rows("Report")
    day = scope.dialect.local_day(report.c.received_at)
    return (
        sa.select(day, report.c.region_code, sa.func.count())
        .where(counts(report.c), span.holds(scope, report.c.received_at))
        .group_by(sa.literal_column("1"), sa.literal_column("2"))
    )
