"""From a printed table that was looked through to the figures it holds: each known, or unknown for a reason. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from integration.statistics.codes import StatisticColumns, StatisticGap, TableRule
from integration.statistics.grid import Line
from integration.statistics.numbers import is_empty
from integration.statistics.rules import Finding, Reconciled, grand_line

# Rules about the table as a whole, which say something of its grand total.
_OF_THE_WHOLE = (TableRule.CELLS_TOTAL, TableRule.COLUMN_TOTALS_TOTAL, TableRule.LOST_COLUMN)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: `value` in the series' unit, or `gap` instead. `region` is a code, `group` a row that is no region,
    `category` a column; all empty for a total. Days of a period are both in it.
    """

    region: str | None
    group: str | None
    category: str | None
    period_from: date
    period_to: date
    value: Decimal | None
    gap: StatisticGap | None = None
    doubts: frozenset[TableRule] = frozenset()
    working: str | None = None

    @property
    def key(self) -> str:
        """What a series has one figure of."""
        place = "|".join(part or "" for part in (self.region, self.group, self.category))
        return f"{place}|{self.period_from}|{self.period_to}"

    @property
    def is_total(self) -> bool:
        """Whether it sums others of its table: over its columns, or over its rows."""
        return self.category is None


def figures(result: Reconciled, columns: StatisticColumns, period_from: date, period_to: date) -> list[Figure]:
    """The figures of a table, line by line, with the totals as printed and the regions it leaves out as unknown.

    Of a table of years each column is a year of its own; `period_from` and `period_to` are those of any other.
    """
    made: dict[str, Figure] = {}
    for one in _all(_Table(result, columns, period_from, period_to)):
        there = made.get(one.key)
        if there is None:
            made[one.key] = one
        elif there.value != one.value:
            made[one.key] = replace(
                there,
                value=None,
                gap=StatisticGap.CONTRADICTORY,
                doubts=there.doubts | one.doubts | {TableRule.REPEATED_ROW},
            )
    return list(made.values())


def is_year(heading: str) -> bool:
    """Whether a column's heading is a year."""
    return len(heading) == 4 and heading.isascii() and heading.isdigit() and "1900" <= heading <= "2100"


@dataclass(frozen=True, slots=True)
class _Table:
    result: Reconciled
    columns: StatisticColumns
    period_from: date
    period_to: date

    def headings(self) -> list[str]:
        """A name for each column, each once."""
        seen: dict[str, int] = {}
        named = []
        for at, column in enumerate(self.result.grid.columns, 1):
            heading = column.heading or f"Kolom {at}"
            seen[heading] = seen.get(heading, 0) + 1
            named.append(heading if seen[heading] == 1 else f"{heading} ({seen[heading]})")
        return named

    def place(self, at: int, heading: str) -> tuple[str | None, date, date]:
        """The category and the period of a column."""
        if self.columns is StatisticColumns.YEARS:
            return None, date(int(heading), 1, 1), date(int(heading), 12, 31)
        return None if at == self.result.grid.total else heading, self.period_from, self.period_to


def _all(table: _Table) -> Iterator[Figure]:
    result = table.result
    for row, code in zip(result.grid.rows, result.regions, strict=True):
        yield from _of_line(table, row, code, None if code else row.label, _doubts_of_row(result.findings, row.label))
    for code in _missing(result.findings):
        yield from _unreported(table, code)
    total = grand_line(result.grid)
    if total is not None:
        yield from _of_line(table, total, result.parent, None, {})


def _of_line(
    table: _Table, line: Line, region: str | None, group: str | None, doubts: Mapping[str, frozenset[TableRule]]
) -> Iterator[Figure]:
    grid = table.result.grid
    is_whole = line is grand_line(grid)
    for at, heading in enumerate(table.headings()):
        category, since, until = table.place(at, heading)
        value, printed = line.values[at], line.printed[at]
        gap = None
        if value is None:
            gap = StatisticGap.UNCLEAR_EMPTY if is_empty(printed) else StatisticGap.UNREADABLE
        found = {*doubts.get("", ()), *doubts.get(grid.columns[at].heading, ())}
        # Which column sums the others is told by its numbers, whatever is printed above it.
        if grid.columns[at].shifted and at != grid.total:
            found.add(TableRule.HEADER_SHIFT)
        if at == grid.total:
            found |= doubts.get("total", frozenset())
        if is_whole:
            found |= _doubts_of_column(table.result.findings, grid.columns[at].heading, at == grid.total)
        if gap is not None:
            found.add(TableRule.UNCLEAR_EMPTY if gap is StatisticGap.UNCLEAR_EMPTY else TableRule.UNREADABLE_NUMBER)
        yield Figure(region, group, category, since, until, value, gap, frozenset(found))


def _unreported(table: _Table, code: str) -> Iterator[Figure]:
    for at, heading in enumerate(table.headings()):
        category, since, until = table.place(at, heading)
        doubts = frozenset({TableRule.MISSING_REGION})
        yield Figure(code, None, category, since, until, None, StatisticGap.NOT_REPORTED, doubts)


def _missing(findings: Iterable[Finding]) -> list[str]:
    return [finding.rows[0] for finding in findings if finding.rule is TableRule.MISSING_REGION]


def _doubts_of_row(findings: Iterable[Finding], label: str) -> Mapping[str, frozenset[TableRule]]:
    """By heading: "" for all of the row, "total" for its total."""
    made: dict[str, frozenset[TableRule]] = {}
    for finding in findings:
        if finding.row != label:
            continue
        if finding.rule in (TableRule.REPEATED_ROW, TableRule.UNKNOWN_REGION):
            made[""] = made.get("", frozenset()) | {finding.rule}
        elif finding.rule in (TableRule.ROW_TOTAL, TableRule.ROUNDING) and finding.column is None:
            made["total"] = made.get("total", frozenset()) | {finding.rule}
        elif finding.column is not None:
            made[finding.column] = made.get(finding.column, frozenset()) | {finding.rule}
    return made


def _doubts_of_column(findings: Iterable[Finding], heading: str, is_grand: bool) -> set[TableRule]:
    found: set[TableRule] = set()
    for finding in findings:
        of_column = finding.column == heading and finding.row is None
        rules = (TableRule.COLUMN_TOTAL, TableRule.ROUNDING) if of_column else _OF_THE_WHOLE if is_grand else ()
        if finding.rule in rules:
            found.add(finding.rule)
    return found


def keys_of(
    result: Reconciled, columns: StatisticColumns, period_from: date, period_to: date
) -> Iterator[tuple[Line, list[str], bool]]:
    """Each line as printed, with the keys of its figures and whether it is the one of totals."""
    table = _Table(result, columns, period_from, period_to)
    for row, code in zip(result.grid.rows, result.regions, strict=True):
        yield row, [one.key for one in _of_line(table, row, code, None if code else row.label, {})], False
    total = grand_line(result.grid)
    if total is not None:
        yield total, [one.key for one in _of_line(table, total, result.parent, None, {})], True
