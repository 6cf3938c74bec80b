"""What a printed table says against itself: sums, coverage, headings. Pure; knows nothing of any particular table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from integration.codes import Severity
from integration.matching.fold import fold
from integration.statistics.codes import TableRule
from integration.statistics.grid import Grid, Line

# From how many rows that fall short, all in one direction, a column is thought to be lost.
_LOST_COLUMN_ROWS = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not fit. `row` and `column` are as printed (a region's name where one is missing);
    `difference` is printed less expected, in the table's unit.
    """

    rule: TableRule
    severity: Severity
    row: str | None = None
    column: str | None = None
    expected: Decimal | None = None
    printed: Decimal | None = None
    rows: tuple[str, ...] = ()

    @property
    def difference(self) -> Decimal | None:
        """How far what is printed lies above what was expected."""
        return None if self.expected is None or self.printed is None else self.printed - self.expected


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Regions as far as a table needs them: their parents and kinds (kelurahan, desa ...), and every folded name with
    the codes it may mean.
    """

    names: Mapping[str, str]
    parents: Mapping[str, str | None]
    kinds: Mapping[str, str]
    codes: Mapping[str, frozenset[str]] = field(repr=False)

    def find(self, label: str) -> frozenset[str]:
        """The codes a printed name may mean: with or without 'Kec.', 'Kabupaten' and the like, and without blanks."""
        plain = fold(label)
        for word in ("kecamatan ", "kec ", "kabupaten ", "kab ", "kota ", "kelurahan ", "kel ", "desa ", "provinsi "):
            if plain not in self.codes and plain.startswith(word):
                plain = plain.removeprefix(word)
        return self.codes.get(plain) or self.codes.get(plain.replace(" ", ""), frozenset())


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A table and what was found. `regions` are the codes of the rows, None for one that is no region."""

    grid: Grid
    regions: tuple[str | None, ...]
    parent: str | None
    findings: tuple[Finding, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nothing of the severities WARNING and ERROR was found."""
        return all(finding.severity is Severity.INFO for finding in self.findings)


def reconcile(grid: Grid, gazetteer: Gazetteer, tolerance: Decimal = Decimal(0)) -> Reconciled:
    """Hold a table against itself and against the regions. Differences up to `tolerance` are rounding."""
    parent, regions = _regions(grid, gazetteer)
    if parent is not None:
        grid, regions = _with_total_of(grid, regions, parent)
    findings = [
        *_shape(grid),
        *_coverage(grid, regions, parent, gazetteer),
        *_row_totals(grid, tolerance),
        *_column_totals(grid, tolerance),
        *_grand_totals(grid, tolerance),
        *_lost_column(grid, tolerance),
    ]
    return Reconciled(grid, tuple(regions), parent, tuple(findings))


def count_against_codes(label: str, printed: int, codes: int) -> list[Finding]:
    """A number of regions told in a text ("53 kelurahan") against the official list of codes."""
    if printed == codes:
        return []
    return [
        Finding(
            TableRule.COUNT_AGAINST_CODES,
            Severity.ERROR,
            column=label,
            expected=Decimal(codes),
            printed=Decimal(printed),
        )
    ]


def _regions(grid: Grid, gazetteer: Gazetteer) -> tuple[str | None, list[str | None]]:
    """The region of each row, and the one they lie in; none where most rows are no regions."""
    may_be: list[frozenset[str]] = [
        frozenset({row.code}) if row.code is not None and row.code in gazetteer.parents else gazetteer.find(row.label)
        for row in grid.rows
    ]
    parents = [parent for codes in may_be for parent in {gazetteer.parents[code] for code in codes} if parent]
    if 2 * sum(1 for codes in may_be if codes) <= len(grid.rows) or not parents:
        return None, [None] * len(grid.rows)
    parent = max(sorted(set(parents)), key=parents.count)
    chosen: list[str | None] = []
    for codes in may_be:
        inside = sorted(code for code in codes if gazetteer.parents[code] == parent)
        chosen.append(inside[0] if inside else parent if parent in codes else None)
    return parent, chosen


def _with_total_of(grid: Grid, regions: list[str | None], parent: str) -> tuple[Grid, list[str | None]]:
    """A row that is the region of all others is their total, whatever it is called."""
    kept = [at for at, code in enumerate(regions) if code != parent]
    sums = [row for at, row in enumerate(grid.rows) if regions[at] == parent]
    if not sums:
        return grid, regions
    rows = tuple(grid.rows[at] for at in kept)
    renewed = Grid(grid.columns, rows, (*grid.totals, *sums), grid.total, grid.style, grid.empty_cells)
    return renewed, [regions[at] for at in kept]


def _shape(grid: Grid) -> Iterable[Finding]:
    shifted = [column.heading for column in grid.columns if column.shifted]
    if shifted:
        yield Finding(TableRule.HEADER_SHIFT, Severity.ERROR, column=", ".join(shifted))
    for at, column in enumerate(grid.columns, 1):
        if not column.heading:
            yield Finding(TableRule.UNNAMED_COLUMN, Severity.WARNING, column=str(at))
    if grid.empty_cells:
        yield Finding(TableRule.UNCLEAR_EMPTY, Severity.INFO, printed=Decimal(grid.empty_cells))
    for line in (*grid.rows, *grid.totals):
        for at, value in enumerate(line.values):
            if value is not None and value < 0:
                yield Finding(TableRule.NEGATIVE, Severity.WARNING, line.label, _heading(grid, at), printed=value)
            elif value is None and any(character.isdigit() for character in line.printed[at]):
                yield Finding(TableRule.UNREADABLE_NUMBER, Severity.ERROR, line.label, _heading(grid, at))


def _coverage(grid: Grid, regions: Sequence[str | None], parent: str | None, gazetteer: Gazetteer) -> Iterable[Finding]:
    seen: dict[str, str] = {}
    for row, code in zip(grid.rows, regions, strict=True):
        key = code or fold(row.label)
        if key in seen:
            yield Finding(TableRule.REPEATED_ROW, Severity.ERROR, row.label, rows=(seen[key], row.label))
        seen.setdefault(key, row.label)
        if parent is None:
            continue
        if code is None:
            yield Finding(TableRule.UNKNOWN_REGION, Severity.ERROR, row.label)
        elif fold(row.label) != fold(gazetteer.names[code]):
            yield Finding(TableRule.REGION_SPELLING, Severity.INFO, row.label, rows=(gazetteer.names[code],))
    if parent is not None:
        there = {code for code in regions if code}
        for code, above in gazetteer.parents.items():
            if above == parent and code not in there:
                yield Finding(TableRule.MISSING_REGION, Severity.ERROR, gazetteer.names[code], rows=(code,))


def _row_totals(grid: Grid, tolerance: Decimal) -> Iterable[Finding]:
    for row in grid.rows:
        cells, printed = row_sum(grid, row)
        if printed is not None:
            yield from _compared(TableRule.ROW_TOTAL, row.label, None, cells, printed, tolerance)


def _column_totals(grid: Grid, tolerance: Decimal) -> Iterable[Finding]:
    line = grand_line(grid)
    if line is None:
        return
    for at in range(len(grid.columns)):
        printed = line.values[at]
        if printed is not None:
            added = sum((row.values[at] or Decimal(0) for row in grid.rows), Decimal(0))
            yield from _compared(TableRule.COLUMN_TOTAL, None, _heading(grid, at), added, printed, tolerance)


def _grand_totals(grid: Grid, tolerance: Decimal) -> Iterable[Finding]:
    line = grand_line(grid)
    if line is None or grid.total is None or (printed := line.values[grid.total]) is None:
        return
    parts = [at for at in range(len(grid.columns)) if at != grid.total]
    cells = sum((row.values[at] or Decimal(0) for row in grid.rows for at in parts), Decimal(0))
    columns = sum((line.values[at] or Decimal(0) for at in parts), Decimal(0))
    yield from _compared(TableRule.CELLS_TOTAL, line.label, None, cells, printed, tolerance)
    yield from _compared(TableRule.COLUMN_TOTALS_TOTAL, line.label, None, columns, printed, tolerance)


def _lost_column(grid: Grid, tolerance: Decimal) -> Iterable[Finding]:
    """Rows whose cells fall short of their totals, none of them over: something that was added is not printed."""
    short = {}
    for row in grid.rows:
        cells, printed = row_sum(grid, row)
        if printed is None or abs(printed - cells) <= tolerance:
            continue
        if printed < cells:
            return
        short[row.label] = printed - cells
    if len(short) >= _LOST_COLUMN_ROWS and 3 * len(short) >= len(grid.rows):
        missing = sum(short.values(), Decimal(0))
        yield Finding(TableRule.LOST_COLUMN, Severity.ERROR, expected=Decimal(0), printed=missing, rows=tuple(short))


def row_sum(grid: Grid, row: Line) -> tuple[Decimal, Decimal | None]:
    """What a row's cells add up to, and the total printed in it."""
    if grid.total is None:
        return Decimal(0), None
    cells = sum((value or Decimal(0) for at, value in enumerate(row.values) if at != grid.total), Decimal(0))
    return cells, row.values[grid.total]


def grand_line(grid: Grid) -> Line | None:
    """The last line of totals; those before it sum parts of the table."""
    return grid.totals[-1] if grid.totals else None


def _compared(
    rule: TableRule, row: str | None, column: str | None, expected: Decimal, printed: Decimal, tolerance: Decimal
) -> Iterable[Finding]:
    off = abs(printed - expected)
    if off > tolerance:
        yield Finding(rule, Severity.ERROR, row, column, expected, printed)
    elif off > 0:
        yield Finding(TableRule.ROUNDING, Severity.INFO, row, column, expected, printed)


def _heading(grid: Grid, at: int) -> str:
    return grid.columns[at].heading or str(at + 1)
