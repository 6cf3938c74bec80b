"""How far the one door reaches: reports of each kecamatan beside its people, silent ones, and the ways in (S-08, S-04).

A kecamatan without a report is a row with 0. Of one whose number of people nobody has published, the rate is unknown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.codes import ChannelKind, RegionLevel
from integration.db.readers import Snapshot
from integration.db.zone import WITA
from integration.measures.counted import SAID, counts
from integration.measures.outreach import FORMULA as OUTREACH_FORMULA
from integration.measures.outreach import Effect, effects
from integration.measures.period import Period, sensible
from integration.reading import raw
from integration.reading.road import Road
from integration.reading.scope import Asking, Scope
from integration.reading.view import table
from integration.regions.tables import PopulationRow, RegionRow
from integration.registry.indicators import LENGTHS, region_at
from integration.reports.published import Release, released
from integration.statistics.codes import StatisticState

SOURCE = "Laporan Satu Pintu; jumlah penduduk menurut sumber pada barisnya."
FORMULA = (
    "reports: reports received in the period whose place lies in the kecamatan. perThousand = 1000 * reports / "
    "population, with the newest population of a year not after the period; unknown where none was published. "
    f"silentDays: days from the last report to the end of the period. {SAID} Whoever does not see every report is told "
    "the reports as published: all of them, as counted when their period was fixed, and small counts withheld."
)


@dataclass(frozen=True, slots=True)
class ReachRow:
    """In the shape of ReachRow. Of the regency `region_code` is that of its kecamatan's parent."""

    region_code: str | None
    region: str | None
    reports: int | None
    reports_state: StatisticState
    population: int | None
    population_year: int | None
    population_source: str | None
    is_silent: bool | None
    last_report_on: date | None
    silent_days: int | None

    @property
    def per_thousand(self) -> float | None:
        if self.reports is None or self.population is None:
            return None
        return round(1000 * self.reports / self.population, 3)

    @property
    def per_thousand_state(self) -> StatisticState:
        if self.population is None:
            return StatisticState.UNKNOWN
        return self.reports_state


@dataclass(frozen=True, slots=True)
class EntryPoint:
    """In the shape of EntryPointUse."""

    channel: ChannelKind
    entry_point: str | None
    reports: int


@dataclass(frozen=True, slots=True)
class Reach:
    """In the shape of Reach."""

    from_: date
    to: date
    rows: Sequence[ReachRow]
    total: ReachRow
    unmapped: int | None
    unmapped_state: StatisticState
    entry_points: Sequence[EntryPoint]
    outreach: Sequence[Effect]
    source: str
    formula: str
    as_of: datetime

    @property
    def silent_districts(self) -> int | None:
        told = [row.is_silent for row in self.rows if row.is_silent is not None]
        return sum(told) if len(told) == len(self.rows) else None


async def reach(road: Road, asking: Asking, snapshot: Snapshot, first: date, last: date) -> Reach:
    """Every kecamatan over a period of local days; BadRequest for a period that may not be asked for."""
    period = sensible(first, last)
    districts = await road.rows(_districts, asking, snapshot)
    found = {
        code: (int(n), raw.moment(newest))
        for code, n, newest in await road.rows(lambda scope: _counted(scope, period), asking, snapshot)
    }
    people = await _population(road, asking, snapshot, last.year)
    # No report is silent beyond the moment of asking.
    end = min(last, asking.now.astimezone(WITA).date())
    rows = [_row(code, name, *found.get(code, (0, None)), people, end) for code, name, _ in districts]
    within = {code for code, *_ in districts}
    elsewhere = sum(n for code, (n, _) in found.items() if code not in within)
    parents = {parent: None for *_, parent in districts}
    top = next(iter(parents)) if len(parents) == 1 else None
    name = next((name for code, name in await road.rows(_regions, asking, snapshot) if code == top), None)
    newest = max((moment for _, moment in found.values() if moment is not None), default=None)
    total = _row(top, name, sum(n for n, _ in found.values()), newest, people, end)
    ways = [
        EntryPoint(ChannelKind(channel), entry, int(n))
        for channel, entry, n in await road.rows(lambda scope: _ways(scope, period), asking, snapshot)
    ]
    heard = await effects(road, asking, snapshot, period)
    formula = f"{FORMULA} {OUTREACH_FORMULA}"
    made = Reach(first, last, rows, total, elsewhere, StatisticState.KNOWN, ways, heard, SOURCE, formula, asking.now)
    return made if asking.viewer.sees_every_report else _kept(made, await released(road, asking, snapshot))


def _row(
    code: str | None, name: str | None, n: int, newest: datetime | None,
    people: Mapping[str, tuple[int, int, str]], end: date,
) -> ReachRow:  # fmt: skip
    population, year, source = people.get(code or "", (None, None, None))
    last = None if newest is None else newest.astimezone(WITA).date()
    silent = None if last is None else (end - last).days
    return ReachRow(code, name, n, StatisticState.KNOWN, population, year, source, n == 0, last, silent)


async def _population(road: Road, asking: Asking, snapshot: Snapshot, year: int) -> dict[str, tuple[int, int, str]]:
    """The newest number of people of each region, of a year not after this one: people, year, source."""
    told = await road.rows(lambda scope: _people(scope, year), asking, snapshot)
    return {code: (people, of_year, source) for code, people, of_year, source in told}


def _districts(scope: Scope) -> sa.Select[Any]:
    region = table(RegionRow).alias(scope.alias())
    return (
        sa.select(region.c.code, region.c.name, region.c.parent_code)
        .where(region.c.level == RegionLevel.DISTRICT)
        .order_by(region.c.code)
    )


def _regions(scope: Scope) -> sa.Select[Any]:
    region = table(RegionRow).alias(scope.alias())
    return sa.select(region.c.code, region.c.name).where(region.c.level == RegionLevel.REGENCY)


def _counted(scope: Scope, period: Period) -> sa.Select[Any]:
    """By kecamatan: how many in the period, and when the last one came before its end; without a place under null."""
    report = scope.rows("Report")
    one: ColumnElement[int] = sa.literal_column("1")
    return (
        sa.select(
            region_at(report.c.region_code, LENGTHS[RegionLevel.DISTRICT]),
            sa.func.count(sa.case((period.holds(scope, report.c.received_at), one))),
            sa.func.max(report.c.received_at),
        )
        .where(counts(report.c), period.begun(scope, report.c.received_at))
        .group_by(sa.literal_column("1"))
    )


def _ways(scope: Scope, period: Period) -> sa.Select[Any]:
    report = scope.rows("Report")
    way = (report.c.channel, report.c.entry_point)
    return (
        sa.select(*way, sa.func.count())
        .where(counts(report.c), period.holds(scope, report.c.received_at))
        .group_by(*way)
        .order_by(
            report.c.channel, report.c.entry_point.is_not(None), scope.dialect.by_code_point(report.c.entry_point)
        )
    )


def _people(scope: Scope, year: int) -> sa.Select[Any]:
    row = table(PopulationRow).alias(scope.alias())
    first: ColumnElement[int] = sa.literal_column("1")
    newest = (row.c.year.desc(), row.c.recorded_at.is_(None), row.c.recorded_at.desc(), row.c.id.desc())
    ranked = (
        sa.select(row, sa.func.row_number().over(partition_by=row.c.region_code, order_by=newest).label("rank"))
        .where(row.c.year <= sa.literal_column(str(int(year))))
        .subquery(scope.alias())
    )
    shown = (ranked.c.region_code, ranked.c.people, ranked.c.year, ranked.c.source)
    return sa.select(*shown).where(ranked.c.rank == first)


def _kept(made: Reach, release: Release) -> Reach:
    """The same for somebody who does not see every report: of reports only what is published, for what may be told of
    them is decided once, for all questions together (`integration.reports.published`). A count more, be it a 0, or a
    day would give away what is withheld there.
    """
    since, until = release.months(made.from_, made.to)

    def row(one: ReachRow, reports: int | None) -> ReachRow:
        return replace(
            one, reports=reports, reports_state=_state(reports), is_silent=None if reports is None else reports == 0,
            last_report_on=None, silent_days=None,
        )  # fmt: skip

    unmapped = release.count({"DISTRICT": None}, since, until)
    return replace(
        made,
        rows=[row(one, release.count({"DISTRICT": one.region_code}, since, until)) for one in made.rows],
        total=row(made.total, release.count({}, since, until)),
        unmapped=unmapped,
        unmapped_state=_state(unmapped),
        entry_points=[],
    )


def _state(count: int | None) -> StatisticState:
    return StatisticState.SUPPRESSED if count is None else StatisticState.KNOWN
