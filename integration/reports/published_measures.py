"""Published measures beside counts: shares and times by district, or of all reports, in whole periods.

A share is published where the reports of its part, and those of the rest of its whole, may be told: which of them are
withheld is decided as for counts, with one dimension more (in the part, in the rest, in neither). A quantile does not
add up, so no other gives it back; it is published where enough reports lie on both sides of it. Neither is told of a
group whose count is withheld.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Any, Protocol, TypeAlias

import sqlalchemy as sa

from integration.db.readers import Row
from integration.reading.answer import BadRequest
from integration.reading.figures import SUPPRESSED, UNKNOWN, Figure, days, percent
from integration.reading.measuring import Ground, Quantiles
from integration.reading.scope import Scope
from integration.reading.view import Quantile, Share
from integration.reports.measures import MEASURES, spans
from integration.reports.questions import Month, period_of
from integration.statistics.suppression import Cell, Chain, Group, withheld_beside

# A table as something to know it by: its counts in order.
Counts: TypeAlias = tuple[tuple[tuple[Group, Group], int], ...]
# The rows of a published table by their keys.
Key: TypeAlias = tuple[Group, ...]
_STANDINGS = ("PART", "REST", "NEITHER")
_PERIODS_REMEMBERED = 128
_PERCENT_DIGITS, _DAY_DIGITS = 0, 1


def check(parts: Sequence[str], measures: Sequence[str]) -> None:
    """BadRequest for measures of what only counts are published of."""
    if set(parts) <= {"DISTRICT"} or not derived(measures):
        return
    raise BadRequest(
        "BAD_USER_INPUT",
        "Measures other than COUNT are published by DISTRICT or for all together, for whole published periods.",
        "Ukuran selain COUNT diterbitkan menurut DISTRICT atau untuk semuanya, untuk masa terbit utuh.",
        ("measures",),
    )


def derived(measures: Sequence[str]) -> Sequence[str]:
    """The measures that are no counts."""
    return [name for name in measures if isinstance(MEASURES[name].how, Share | Quantile)]


class Published(Protocol):
    """What is published of one measure, period by period."""

    def begin(self, groups: tuple[tuple[Group, ...], ...], tables: tuple[Counts, ...], period: "Period") -> None:
        """Decide on a period."""
        ...

    def add(self, row: Key, group: Cell) -> None:
        """Let a group of the period be part of a row."""
        ...

    def figure(self, row: Key) -> Figure:
        """What is told of a row whose count is told."""
        ...


@dataclass(frozen=True, slots=True)
class Period:
    """A period's first month, what of its counts is withheld, and the smallest number told."""

    start: Month
    withheld: frozenset[Cell]
    smallest: int


# --- shares


def share_statement(scope: Scope, ground: Ground, name: str) -> sa.Select[Any]:
    """For each group, how many of its reports stand where, and what of the measure's cases is in part and whole."""
    how = MEASURES[name].how
    assert isinstance(how, Share)
    link = None if how.link is None else how.link(ground.rows.c, scope)
    columns = ground.rows.c if link is None else link[0].c
    one, none = (sa.literal_column(number, sa.Integer()) for number in "10")
    numbers = [
        sa.func.sum(sa.case((test(columns, scope), one), else_=none)).label(label)
        for test, label in ((how.part, "part"), (how.whole, "whole"))
    ]
    source = ground.source if link is None else ground.source.join(*link)
    each = sa.select(*ground.keys, *numbers).select_from(source).where(*ground.tests)
    report = each.group_by(*ground.keys, ground.rows.c.id).subquery(scope.alias())
    keys = list(report.c)[: len(ground.keys)]
    standing = sa.case(
        (report.c.part > none, sa.literal_column("'PART'")),
        (report.c.whole > none, sa.literal_column("'REST'")),
        else_=sa.literal_column("'NEITHER'"),
    ).label("standing")
    found = sa.select(
        *keys, standing, sa.func.count().label("n"), sa.func.sum(report.c.part), sa.func.sum(report.c.whole)
    )
    return found.group_by(*keys, standing)


@dataclass(slots=True)
class PublishedShare:
    """A share. `rows` are month, district, standing, reports, cases in the part, cases in the whole."""

    rows: Sequence[Row]
    length: int
    of_reports: bool
    _part: Counter[Key] = field(default_factory=Counter)
    _whole: Counter[Key] = field(default_factory=Counter)
    _hidden: set[Key] = field(default_factory=set)
    _now: Mapping[Group, tuple[int, int]] = field(default_factory=dict)
    _out: frozenset[Cell] = frozenset()
    _is_off: bool = False

    def begin(self, groups: tuple[tuple[Group, ...], ...], tables: tuple[Counts, ...], period: Period) -> None:
        standings: Counter[tuple[Group, Group]] = Counter()
        cases: defaultdict[Group, tuple[int, int]] = defaultdict(lambda: (0, 0))
        for month, district, standing, reports, part, whole in self.rows:
            if _period(month, self.length) == period.start:
                standings[standing, district] += reports
                # A sum of sums is no int to PostgreSQL.
                cases[district] = cases[district][0] + int(part), cases[district][1] + int(whole)
        districts: Counter[Group] = Counter()
        for (district, _), reports in tables[0]:
            districts[district] += reports
        # Corrected since, reports may be more than were counted when the period was fixed: then nothing can be covered.
        self._is_off = any(standings["PART", one] + standings["REST", one] > districts[one] for one in cases)
        if self._is_off:
            return
        for district, reports in districts.items():
            standings["NEITHER", district] = reports - standings["PART", district] - standings["REST", district]
        first = tuple(sorted(((key, n) for key, n in standings.items() if n), key=repr))
        self._now = cases
        self._out = _decided((_STANDINGS, *groups), (first, *tables), period.withheld, period.smallest)

    def add(self, row: Key, group: Cell) -> None:
        moved = _moved(group)
        if self._is_off or any(((0, standing), *moved) in self._out for standing in ("PART", "REST")):
            self._hidden.add(row)
        for district, (part, whole) in self._now.items():
            if not group or group == ((0, district),):
                self._part[row] += part
                self._whole[row] += whole

    def figure(self, row: Key) -> Figure:
        if row in self._hidden:
            return SUPPRESSED
        found = percent(self._part[row], self._whole[row], _PERCENT_DIGITS)
        # How many steps a report took is nowhere protected; how many reports there are is.
        return found if self.of_reports or not self._whole[row] else Figure(found.value, None, found.state)


def _moved(cell: Cell) -> Cell:
    """A cell of the counts' chain in the chain with one dimension more in front."""
    return tuple((place + 1, group) for place, group in cell)


def _period(month: str, length: int) -> Month:
    year, number = map(int, month.split("-"))
    return period_of(Month(year * 12 + number - 1), length)[0]


@lru_cache(_PERIODS_REMEMBERED)
def _decided(
    groups: tuple[tuple[Group, ...], ...], tables: tuple[Counts, ...], decided: frozenset[Cell], smallest: int
) -> frozenset[Cell]:
    """The same counts lead to the same decision: it is made once."""
    return withheld_beside(Chain(groups, tuple(map(dict, tables))), frozenset(map(_moved, decided)), smallest)


# --- times


def quantiles(names: Sequence[str]) -> Quantiles | None:
    """The statement of the times among these measures, with the number of reports behind them; None without any."""
    found = {name: how for name in names if isinstance(how := MEASURES[name].how, Quantile)}
    return Quantiles(spans, found, counts_rows=True) if found else None


@dataclass(slots=True)
class PublishedQuantile:
    """A quantile of all periods asked for at once. `found` are its cases, length and reports, by district or of all."""

    at: Fraction
    smallest: int
    found: Mapping[Key, tuple[int, float, int]]
    _groups: dict[Key, Key] = field(default_factory=dict)

    def begin(self, groups: tuple[tuple[Group, ...], ...], tables: tuple[Counts, ...], period: Period) -> None:
        """Nothing is decided by periods."""

    def add(self, row: Key, group: Cell) -> None:
        self._groups[row] = tuple(name for _, name in group)

    def figure(self, row: Key) -> Figure:
        told = self.found.get(self._groups.get(row, ("",)))
        if told is None:
            return UNKNOWN
        cases, length, reports = told
        before = self.at * (cases - 1)
        # Reports on the side that has fewer, even if all that were counted twice are on that side.
        side = min(before // 1, cases - 1 + -before // 1) + 1 - (cases - reports)
        if side < self.smallest:
            return SUPPRESSED
        found = days(self.at, cases, length, _DAY_DIGITS)
        return Figure(found.value, None, found.state)
