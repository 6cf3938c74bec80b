"""A printed table taken apart: header lines, rows of labels and numbers, lines of totals."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from integration.matching.fold import fold
from integration.statistics.numbers import Style, is_empty, is_number, read, style_of

_TOTAL_WORDS = r"(?:grand total|sub ?total|total|jumlah|jml)"
# A column of totals says nothing else; "Total Blind" is a kind of blindness. A line may name whose total it is.
_TOTAL_COLUMN = re.compile(rf"{_TOTAL_WORDS}(?: (?:total|umum|keseluruhan|semua))?")
_TOTAL_LINE = re.compile(rf"{_TOTAL_WORDS}\b.*")
_CODE = re.compile(r"[0-9]{2}(?:\.[0-9]{2,4})*")
# Columns that say something about a line instead of belonging to the printed table.
_KIND, _REGION = "row kind", "region code"
_NOTES = frozenset(
    {_KIND, _REGION, "no", "nomor", "unit", "satuan", "source", "sumber", "note", "catatan", "line", "seed line"}
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_SIGNS = "\t;,|"
MOST_CELLS = 200_000


class UnreadableTableError(Exception):
    """The text holds no table: no lines, no numbers, or far more cells than a table has."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table. `values` has a number or None for each of the table's number columns; `place` is its line in
    the text, from 1; `code` a region's code where a column gives it.
    """

    place: int
    label: str
    values: tuple[Decimal | None, ...]
    printed: tuple[str, ...]
    code: str | None = None
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of numbers. `heading` is what is printed above it, lowest line first choice; `groups` what stands above
    that; `shifted` that the heading was printed over another column.
    """

    heading: str
    groups: tuple[str, ...] = ()
    shifted: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `total` is the column that sums the others, by its place among `columns`."""

    columns: tuple[Column, ...]
    rows: tuple[Line, ...]
    totals: tuple[Line, ...]
    total: int | None
    style: Style
    empty_cells: int = 0


def parse(text: str) -> Grid:
    """Take a table apart: tab, semicolon, comma or bar between cells. UnreadableTableError where it is none."""
    lines = _cells(text)
    body = next((at for at, (_, cells) in enumerate(lines) if _is_data(cells)), None)
    if body is None:
        raise UnreadableTableError("no line has numbers")
    width = max(len(cells) for _, cells in lines)
    if width * len(lines) > MOST_CELLS:
        raise UnreadableTableError("more cells than a table of statistics has")
    padded = [(place, [*cells, *[""] * (width - len(cells))]) for place, cells in lines]
    data = padded[body:]
    headings = tuple(tuple(cells) for _, cells in padded[:body])
    layout = _layout(headings, data)
    style = style_of(cells[at] for _, cells in data for at in layout.numbers)
    read_lines = [_line(place, cells, layout, style) for place, cells in data]
    # A line of nothing but dashes is a row all the same: it is listed, only not counted.
    rows = [line for line in read_lines if not line.is_total and any(cell for cell in line.printed)]
    total, columns = _columns([[line[at] for at in layout.numbers] for line in headings], rows, len(layout.numbers))
    empty = sum(1 for line in rows for cell in line.printed if is_empty(cell))
    return Grid(tuple(columns), tuple(rows), tuple(line for line in read_lines if line.is_total), total, style, empty)


def _cells(text: str) -> list[tuple[int, list[str]]]:
    """The lines that hold something, with their place."""
    sign = max(_SIGNS, key=lambda one: min((line.count(one) for line in text.splitlines() if line.strip()), default=0))
    if not any(sign in line for line in text.splitlines()):
        sign = max(_SIGNS, key=text.count)
    lines = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=sign))
    kept = [(at, [cell.strip() for cell in cells]) for at, cells in enumerate(lines, 1) if any(map(str.strip, cells))]
    if not kept:
        raise UnreadableTableError("the text is empty")
    return kept


def _is_data(cells: Sequence[str]) -> bool:
    """A line of data has a label in words and more numbers than other cells after it, or dashes only; years alone are
    a heading.
    """
    label = next((at for at, cell in enumerate(cells) if cell and not is_number(cell) and not is_empty(cell)), None)
    if label is None:
        return False
    after = [cell for cell in cells[label + 1 :] if not is_empty(cell)]
    numbers = [cell for cell in after if is_number(cell)]
    if not after:
        return any(cells[label + 1 :])
    return bool(numbers) and 2 * len(numbers) > len(after) and not all(map(_YEAR.fullmatch, numbers))


@dataclass(frozen=True, slots=True)
class _Layout:
    label: int
    numbers: tuple[int, ...]
    kind: int | None
    code: int | None


def _layout(headings: Sequence[Sequence[str]], data: Sequence[tuple[int, list[str]]]) -> _Layout:
    """Which column names the rows, and which hold the table's numbers."""
    width = len(data[0][1])
    heads = [fold(" ".join(line[at] for line in headings)) for at in range(width)]
    columns = [[cells[at] for _, cells in data if not is_empty(cells[at])] for at in range(width)]
    named = {head: at for at, head in enumerate(heads)}
    worded = [
        at
        for at in range(width)
        if heads[at] not in _NOTES and 2 * sum(1 for cell in columns[at] if not is_number(cell)) > len(columns[at]) > 0
    ]
    labels = [at for at in worded if not all(map(_CODE.fullmatch, columns[at]))]
    label = labels[0] if labels else 0
    numbers = [at for at in range(label + 1, width) if at not in worded and heads[at] not in _NOTES]
    # A kind that was met nowhere has a heading; a sign too many at the end of lines has none.
    while numbers and not columns[numbers[-1]] and not heads[numbers[-1]]:
        numbers.pop()
    if not numbers:
        raise UnreadableTableError("no column has numbers")
    return _Layout(label, tuple(numbers), named.get(_KIND), named.get(_REGION))


def _line(place: int, cells: Sequence[str], layout: _Layout, style: Style) -> Line:
    label = next((cell for cell in reversed(cells[: layout.label + 1]) if cell and not is_number(cell)), "")
    printed = tuple(cells[at] for at in layout.numbers)
    values = tuple(read(cell, style) for cell in printed)
    kind = cells[layout.kind] if layout.kind is not None else ""
    code = cells[layout.code] if layout.code is not None else ""
    is_total = kind == "total" if kind else _TOTAL_LINE.fullmatch(fold(label)) is not None
    return Line(place, label, values, printed, code or None, is_total)


def _columns(headings: Sequence[Sequence[str]], rows: Sequence[Line], size: int) -> tuple[int | None, list[Column]]:
    """The column of totals and what each column is called."""
    leaves = [cell.strip() for cell in headings[-1]] if headings else [""] * size
    groups = [_spread(line) for line in headings[:-1]]
    # A heading that stands alone above a column (years, "Grand Total") may be printed in the upper line only.
    candidates = [
        at for at in range(size) if _names_total(leaves[at]) or any(_names_total(group[at]) for group in groups)
    ]
    total = _largest(rows, candidates) if candidates else _summing(rows, size)
    named = [leaf for leaf in leaves if leaf and not _names_total(leaf)]
    others = [at for at in range(size) if at != total]
    in_place = all(bool(leaves[at]) for at in others) or not headings
    # Where one name is missing above its column and one stands above the totals, the names have slipped: they are
    # given to the columns in their order. With fewer names than columns nothing can be said.
    slipped = not in_place and len(named) == len(others)
    columns = []
    for at in range(size):
        above = tuple(group[at] for group in groups if group[at])
        if at == total:
            columns.append(Column(leaves[at] if _names_total(leaves[at]) else "Total", (), slipped))
        elif slipped:
            name = named[others.index(at)]
            columns.append(Column(name, above, name != leaves[at]))
        else:
            columns.append(Column(leaves[at] or (above[-1] if above else ""), above if leaves[at] else above[:-1]))
    return total, columns


def _names_total(heading: str) -> bool:
    return _TOTAL_COLUMN.fullmatch(fold(heading)) is not None


def _spread(cells: Sequence[str]) -> list[str]:
    """A group's name stands over its first column and holds until the next."""
    held, out = "", []
    for cell in cells:
        held = cell.strip() or held
        out.append(held)
    return out


def _largest(rows: Sequence[Line], candidates: Sequence[int]) -> int:
    """Of the columns that may hold the totals, the one that holds the largest number of most rows."""

    def wins(at: int) -> int:
        return sum(1 for row in rows if row.values[at] is not None and row.values[at] == max(_numbers(row)))

    return max(candidates, key=lambda at: (wins(at), at))


def _summing(rows: Sequence[Line], size: int) -> int | None:
    """A last column without a name that sums the others in most rows."""
    if size < 3:
        return None
    fits = sum(
        1 for row in rows if row.values[-1] is not None and row.values[-1] == sum(v for v in row.values[:-1] if v)
    )
    return size - 1 if 5 * fits > 4 * len(rows) else None


def _numbers(row: Line) -> list[Decimal]:
    return [value for value in row.values if value is not None]
