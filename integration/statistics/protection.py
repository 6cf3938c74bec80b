"""Which figures of a series about people are kept from those who may not see small counts of people."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from integration.statistics import suppression

# A count of people below this points at them, unless a setting says otherwise.
SMALLEST = 5
# Of larger tables the inside is withheld whole: choosing few cells would take too long.
_MOST_CELLS = 2_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure by its place in its table."""

    key: str
    region: str | None
    group: str | None
    category: str | None
    period: date
    value: Decimal | None

    @property
    def row(self) -> str | None:
        """The row it stands in."""
        return self.region if self.group is None else f"|{self.group}"


def withheld(cells: Iterable[Cell], smallest: int = SMALLEST) -> frozenset[str]:
    """The keys of the figures to withhold, each period for itself.

    Small counts where a row meets a column are withheld with as many others as it takes that no sum gives them back;
    a cell without a figure counts as 0, which is what a reader would take it for. The totals are those printed, which
    need not be what the cells add up to: both are known to a reader, so a small one of either is withheld.
    """
    held: set[str] = set()
    periods: defaultdict[date, list[Cell]] = defaultdict(list)
    for cell in cells:
        periods[cell.period].append(cell)
    for those in periods.values():
        held |= _of_period(those, smallest)
    return frozenset(held)


def _of_period(cells: Sequence[Cell], smallest: int) -> set[str]:
    regions = {cell.region for cell in cells if cell.region is not None}
    # The region that holds the others is the row of totals.
    whole = min(regions, key=len) if len(regions) > 1 else None
    whole = whole if whole is not None and all(one == whole or one.startswith(f"{whole}.") for one in regions) else None
    totals = {None, whole}
    inside = {(c.row, c.category): c for c in cells if c.category is not None and c.row not in totals}
    held = {cell.key for cell in cells if cell.value is not None and 0 < cell.value < smallest}
    counts: dict[tuple[str | None, ...], int] = {place: int(c.value or 0) for place, c in inside.items()}
    if len(inside) > _MOST_CELLS or any(c.value is not None and c.value % 1 for c in inside.values()):
        return held | {cell.key for cell in inside.values()}
    rows, columns = list(dict.fromkeys(r for r, _ in inside)), list(dict.fromkeys(c for _, c in inside))
    if not inside:
        margin = {c.row: c for c in cells if c.row not in totals and c.category is None}
        if not margin:
            return held
        chain = suppression.Chain((tuple(margin),), margin={row: int(c.value or 0) for row, c in margin.items()})
    else:
        chain = suppression.chain_of(counts, (rows, columns))
    for hidden in suppression.withheld(chain, smallest):
        named = dict(hidden)
        row, category = named.get(0), named.get(1)
        held |= {
            cell.key
            for cell in cells
            if cell.category == category and (cell.row == row if 0 in named else cell.row in totals)
        }
    return held
