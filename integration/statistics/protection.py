"""Which figures of a series about people are kept from those who may not see small counts of people."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

# A count of people below this points at them.
_SMALLEST = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure by its place in its table."""

    key: str
    region: str | None
    group: str | None
    category: str | None
    period: date
    value: Decimal | None


def withheld(cells: Iterable[Cell]) -> frozenset[str]:
    """The keys of the figures to withhold.

    Of each period the cells where a row meets a column are withheld together, so that none of them follows from the
    totals around it; the totals of rows, and those of columns, are shown where all of them are large enough.
    """
    held: set[str] = set()
    periods: defaultdict[date, list[Cell]] = defaultdict(list)
    for cell in cells:
        periods[cell.period].append(cell)
    for those in periods.values():
        regions = {cell.region for cell in those if cell.category is None and cell.region}
        whole = min(regions, key=len, default=None)
        groups: defaultdict[str, list[Cell]] = defaultdict(list)
        for cell in those:
            groups[_part(cell, whole)].append(cell)
        held.update(cell.key for cell in groups["inside"])
        for margin in ("row", "column"):
            if any(_is_small(cell.value) for cell in groups[margin]):
                held.update(cell.key for cell in groups[margin])
        held.update(cell.key for cell in groups["whole"] if _is_small(cell.value))
    return frozenset(held)


def _part(cell: Cell, whole: str | None) -> str:
    """Where in its table a figure stands: the whole, the total of a row or of a column, or inside."""
    of_all_rows = cell.group is None and cell.region in (None, whole)
    if cell.category is None:
        return "whole" if of_all_rows else "row"
    return "column" if of_all_rows else "inside"


def _is_small(value: Decimal | None) -> bool:
    return value is not None and 0 < value < _SMALLEST
