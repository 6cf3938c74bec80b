"""The published figures: counts of all reports for people who may not see them, small ones withheld."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise, product
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.codes import ChannelKind, Language, RegionLevel, ReportCategory
from integration.db.readers import Row, Snapshot
from integration.reading.answer import Answer, BadRequest
from integration.reading.figures import SUPPRESSED, Figures, Shown, TableRow, counted
from integration.reading.measuring import Ground
from integration.reading.road import Road
from integration.reading.scope import Asking, Scope
from integration.reading.view import Kind, Share, table
from integration.regions.tables import RegionRow
from integration.reports.measures import MEASURES
from integration.reports.published_measures import (
    Counts,
    Period,
    Published,
    PublishedQuantile,
    PublishedShare,
    check,
    quantiles,
    share_statement,
)
from integration.reports.published_tables import PublishedCountRow, PublishedPeriodRow
from integration.reports.questions import CHAIN, Month, Question, months, period_of, question
from integration.reports.statistics import DIMENSIONS
from integration.statistics.suppression import Cell, Chain, Group, withheld

# Month, district, category and channel of reports, and how many there are.
Kinds: TypeAlias = Mapping[tuple[str, Group, Group, Group], int]
# The groups of each dimension in a period, the counts by two neighbours, each count, and which are withheld.
Decision: TypeAlias = tuple[tuple[tuple[Group, ...], ...], tuple[Counts, ...], Mapping[Cell, int], frozenset[Cell]]
_PERIODS_REMEMBERED = 128
_DAY = timedelta(days=1)
SOURCE = {
    Language.EN: "All reports to the social affairs agency of Kutai Kartanegara (SIMASOS), counted by the "
    "period in which they came in; small counts are withheld. The figures of a period are fixed once, after its end, "
    "and not revised by later corrections.",
    Language.ID: "Seluruh laporan ke Dinas Sosial Kutai Kartanegara (SIMASOS), dihitung menurut masa diterimanya; "
    "jumlah kecil disamarkan. Angka suatu masa ditetapkan satu kali setelah masa itu berakhir dan tidak direvisi "
    "karena koreksi kemudian.",
}


@dataclass(frozen=True, slots=True)
class Domain:
    """The groups there are, whether they have reports or not; only so does a missing row say nothing."""

    names: Mapping[Group, str]

    def of(self, dimension: str) -> tuple[Group, ...]:
        """The groups of a dimension that is not time."""
        return {
            "DISTRICT": (*sorted(code for code in self.names if code is not None), None),
            "CATEGORY": (*sorted(map(str, ReportCategory)), None),
            "CHANNEL": tuple(sorted(map(str, ChannelKind))),
        }[dimension]

    def label(self, dimension: str, group: Group) -> Group:
        """A group in words."""
        return self.names.get(group, group) if dimension == "DISTRICT" else group


@dataclass(slots=True)
class PublishedPlan:
    """A question of somebody who may not see the reports, to be answered from what is published."""

    scope: Scope
    shown: Shown
    slot: int
    is_one_statement: bool = False

    async def read(self, asking: Asking, snapshot: Snapshot) -> Answer:
        """Count, withhold, and fill the table."""
        asked = question(self.shown.names, asking.arguments[self.slot].get("filter", {}), asking.known)
        return self.shown.fill(await self._figures(asked, asking, snapshot), asking)

    async def _figures(self, asked: Question, asking: Asking, snapshot: Snapshot) -> Figures:
        length = asking.settings.published_months
        parts, measures = asked.parts(length), list(self.shown.measures)
        check(parts, measures)
        periods, counts, districts = [await _fetch(self.scope, each, asking, snapshot) for each in statements(length)]
        release = release_of((periods, counts, districts), length, asking.settings.smallest_cell)
        if release.span is None:
            return Figures((), SOURCE, published=True)
        # There is nothing to say of the time before the first report.
        begun, closed = release.span
        since, until = max(asked.since or begun, begun), min(asked.until or closed, closed)
        if since >= until:
            return Figures((), SOURCE, published=True)
        found = await _measured(self.scope, measures, parts, (since, until), asking, snapshot)
        rows = await asyncio.to_thread(_add_up, asked, parts, (since, until), release, measures, found)
        return Figures(rows, SOURCE, True, since.first_day, until.first_day - _DAY)


@dataclass(frozen=True, slots=True)
class Release:
    """All that is published: what was counted when each period was fixed, from the first month to before the last."""

    kinds: Kinds
    domain: Domain
    span: tuple[Month, Month] | None
    length: int
    smallest: int
    # What was decided of each period so far: who asks thousands of questions of one release decides once.
    decided: dict[tuple[Month, Month], Decision] = field(default_factory=dict, compare=False, repr=False)

    def decision(self, period: tuple[Month, Month]) -> Decision:
        """Which counts of a period are told and which are withheld."""
        if period not in self.decided:
            groups, tables = _tables(self.kinds, self.domain, period)
            self.decided[period] = groups, tables, *_decided(groups, tables, self.smallest)
        return self.decided[period]

    def months(self, first: date, last: date) -> tuple[Month, Month]:
        """The months from one to before another that a span of days is. BadRequest unless it is of whole published
        periods: by subtraction of two spans would be found what is withheld.
        """
        begun, ended = self.span or (Month(0), Month(0))
        since, until = Month.containing(first), Month(Month.containing(last).number + 1)
        is_aligned = not (since.number % self.length or until.number % self.length)
        if (
            is_aligned
            and begun <= since < until <= ended
            and (first, last) == (since.first_day, until.first_day - _DAY)
        ):
            return since, until
        there = f"{begun.first_day} - {ended.first_day - _DAY}" if self.span else "-"
        raise BadRequest(
            "BAD_USER_INPUT",
            f"Ask for whole published periods of {self.length} months (there are: {there}): of other spans counts "
            "could be found by subtraction that are withheld.",
            f"Pilih masa terbit utuh, masing-masing {self.length} bulan (yang ada: {there}): dari rentang lain, jumlah "
            "yang disamarkan dapat dihitung dengan pengurangan.",
            ("from",),
        )

    def count(self, wanted: Mapping[str, Group], since: Month, until: Month) -> int | None:
        """The reports of one group of each dimension named, from one month to before another; None where it is not
        published, or withheld.
        """
        if self.span is None or not self.span[0] <= since < until <= self.span[1]:
            return None
        asked = Question((), {name: frozenset({group}) for name, group in wanted.items()}, since, until)
        try:
            parts = asked.parts(self.length)
        except BadRequest:
            return None
        [(_, _, count, *_)] = _add_up(asked, parts, (since, until), self, (), {})
        return count


async def released(road: Road, asking: Asking, snapshot: Snapshot) -> Release:
    """What is published, for whoever asks: nobody's sight is in it."""
    length = asking.settings.published_months
    found = [await road.rows(lambda _scope, one=one: one, asking, snapshot) for one in statements(length)]  # type: ignore[misc]
    return release_of((found[0], found[1], found[2]), length, asking.settings.smallest_cell)


def statements(length: int) -> tuple[sa.Select[Any], sa.Select[Any], sa.Select[Any]]:
    """What a release is made of: periods of so many months, their counts, kecamatan."""
    period, kind = table(PublishedPeriodRow), table(PublishedCountRow)
    of_length = period.c.months == sa.literal_column(str(length))
    named = (kind.c.month, kind.c.district_code, kind.c.category, kind.c.channel)
    region = table(RegionRow)
    is_district: ColumnElement[bool] = region.c.level == sa.literal_column(f"'{RegionLevel.DISTRICT.value}'")
    return (
        sa.select(period.c.start).where(of_length),
        sa.select(*named, kind.c.count).join(period, period.c.start == kind.c.period).where(of_length),
        sa.select(region.c.code, region.c.name).where(is_district),
    )


def release_of(found: tuple[Sequence[Row], Sequence[Row], Sequence[Row]], length: int, smallest: int) -> Release:
    """A release from the rows of its statements."""
    periods, counts, districts = found
    kinds = {(row[0], row[1], row[2], row[3]): int(row[4]) for row in counts}
    starts = sorted(Month.named(row[0]) for row in periods)
    names = {row[0]: row[1] for row in districts}
    unknown = {kind[1]: kind[1] for kind in kinds if kind[1] is not None and kind[1] not in names}
    span = (starts[0], Month(starts[-1].number + length)) if starts else None
    return Release(kinds, Domain({**names, **unknown}), span, length, smallest)


async def _measured(
    scope: Scope, measures: Sequence[str], parts: Sequence[str], span: tuple[Month, Month], asking: Asking,
    snapshot: Snapshot,
) -> Mapping[str, Published]:  # fmt: skip
    """What the reports of a span of whole periods say of the measures that are no counts."""
    found: dict[str, Published] = {}
    for name in measures:
        how = MEASURES[name].how
        if isinstance(how, Share):
            local, ground = _ground(scope, ("MONTH", "DISTRICT"), *span, asking)
            rows = await _fetch(local, share_statement(local, ground, name), asking, snapshot)
            found[name] = PublishedShare(rows, asking.settings.published_months, of_reports=how.link is None)
    times = quantiles(measures)
    if times is not None:
        local, ground = _ground(scope, parts, *span, asking)
        rows = await _fetch(local, times.statement(local, ground), asking, snapshot)
        for name, told in times.lengths(rows, len(parts)).items():
            found[name] = PublishedQuantile(times.quantiles[name].at, asking.settings.smallest_cell, told)
    return found


def _ground(
    scope: Scope, names: Sequence[str], since: Month | None, until: Month, asking: Asking
) -> tuple[Scope, Ground]:
    """The reports of the periods that months lie in, by dimensions."""
    length = asking.settings.published_months
    local = Scope(scope.catalog, scope.dialect, scope.clearance, scope.allowed)
    report = local.rows("Report")
    last = until if until.number % length == 0 else period_of(until, length)[1]
    tests = [report.c.received_at < _moment(local, "until", last)]
    if since is not None:
        tests.append(report.c.received_at >= _moment(local, "since", period_of(since, length)[0]))
    return local, Ground.of(local, report, [DIMENSIONS[name] for name in names], tests)


def _moment(scope: Scope, name: str, month: Month) -> Any:
    return scope.dialect.bind(scope.bind(f"published_{name}", Kind.TIME, lambda _asking: month.start), Kind.TIME)


async def _fetch(scope: Scope, statement: sa.Select[Any], asking: Asking, snapshot: Snapshot) -> Sequence[Row]:
    compiled = scope.dialect.compile(statement)
    values = {parameter.name: parameter.get(asking) for parameter in scope.parameters.values()}
    return await snapshot.fetch(compiled.sql, compiled.arguments(values))


# --- from what is published to an answer


def _add_up(
    asked: Question, parts: Sequence[str], span: tuple[Month, Month], release: Release, measures: Sequence[str],
    found: Mapping[str, Published],
) -> Sequence[TableRow]:  # fmt: skip
    """Sums of published counts; one of which a part is withheld is withheld."""
    length, smallest, domain = release.length, release.smallest, release.domain
    sums: Counter[tuple[Group, ...]] = Counter() if asked.group_by else Counter({(): 0})
    hidden: set[tuple[Group, ...]] = set()
    begin, end = span
    start = period_of(begin, length)[0]
    while start < end:
        period = start, Month(start.number + length)
        groups, tables, counts, out = release.decision(period)
        for one in found.values():
            one.begin(groups, tables, Period(start, out, smallest))
        choices = [_choice(name, asked, period, span, domain) for name in parts]
        for chosen in product(*choices):
            cell = tuple((CHAIN.index(name), group) for name, group in zip(parts, chosen, strict=True))
            row = tuple(chosen[parts.index(name)] for name in asked.group_by)
            sums[row] += counts[cell]
            if cell in out:
                hidden.add(row)
            for one in found.values():
                one.add(row, cell)
        start = period[1]
    ordered = sorted(sums, key=lambda row: [(group is None, group or "") for group in row])
    return [
        (
            list(row),
            [domain.label(name, group) for name, group in zip(asked.group_by, row, strict=True)],
            None if row in hidden else sums[row],
            row in hidden,
            [
                SUPPRESSED if row in hidden else counted(sums[row]) if name not in found else found[name].figure(row)
                for name in measures
            ],
        )
        for row in ordered
    ]


def _choice(
    name: str, asked: Question, period: tuple[Month, Month], span: tuple[Month, Month], domain: Domain
) -> Sequence[Group]:
    if name == "MONTH":
        return [month.code for month in months(max(period[0], span[0]), min(period[1], span[1]))]
    wanted = asked.wanted.get(name)
    return [group for group in domain.of(name) if wanted is None or group in wanted]


def _tables(
    kinds: Kinds, domain: Domain, period: tuple[Month, Month]
) -> tuple[tuple[tuple[Group, ...], ...], tuple[Counts, ...]]:
    """The groups of each dimension in a period, and the counts by two neighbours."""
    codes = [month.code for month in months(*period)]
    inside = {kind: n for kind, n in kinds.items() if kind[0] in set(codes)}
    groups = (domain.of("DISTRICT"), domain.of("CATEGORY"), tuple(codes), domain.of("CHANNEL"))
    place = {"MONTH": 0, "DISTRICT": 1, "CATEGORY": 2, "CHANNEL": 3}
    tables = []
    for one, other in pairwise(CHAIN):
        counted: Counter[tuple[Group, Group]] = Counter()
        for kind, n in inside.items():
            counted[kind[place[one]], kind[place[other]]] += n
        tables.append(tuple(sorted(counted.items(), key=repr)))
    return groups, tuple(tables)


@lru_cache(_PERIODS_REMEMBERED)
def _decided(
    groups: tuple[tuple[Group, ...], ...], tables: tuple[Counts, ...], smallest: int
) -> tuple[Mapping[Cell, int], frozenset[Cell]]:
    """The same counts lead to the same decision: it is made once."""
    chain = Chain(groups, tuple(map(dict, tables)))
    return chain.counts(), withheld(chain, smallest)
