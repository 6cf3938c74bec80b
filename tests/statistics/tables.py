"""Tables made up for the tests: right in themselves, printed in one of the ways offices print them, with errors planted
on purpose.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from hypothesis import strategies as st

from integration.statistics.gazetteer import gazetteer

DISTRICTS = sorted(code for code, parent in gazetteer().parents.items() if parent == "64.02")


@dataclass
class Made:
    """What is printed. `cells` per row and column; totals are those printed."""

    names: list[str]
    headings: list[str]
    cells: list[list[Decimal]]
    row_totals: list[Decimal] = field(default_factory=list)
    column_totals: list[Decimal] = field(default_factory=list)
    grand_total: Decimal = Decimal(0)
    sign: str = "\t"
    decimal: str = ","
    grouped: bool = True
    dashes: bool = False
    total_word: str = "Jumlah"

    def total_up(self) -> "Made":
        """Print the totals that the cells have now."""
        self.row_totals = [sum(row, Decimal(0)) for row in self.cells]
        self.column_totals = [sum(column, Decimal(0)) for column in zip(*self.cells, strict=True)]
        self.grand_total = sum(self.row_totals, Decimal(0))
        return self

    def text(self, header: Sequence[Sequence[str]] | None = None) -> str:
        """The table as somebody would send it."""
        lines: list[Sequence[str]] = list(header or [["Kecamatan", *self.headings, self.total_word]])
        for name, row, total in zip(self.names, self.cells, self.row_totals, strict=True):
            lines.append([name, *map(self._print, row), self._print(total)])
        lines.append([self.total_word, *map(self._print, self.column_totals), self._print(self.grand_total)])
        return "\n".join(self.sign.join(line) for line in lines) + "\n"

    def _print(self, value: Decimal) -> str:
        if value == 0 and self.dashes:
            return "-"
        plain = f"{value:,f}" if self.grouped else f"{value:f}"
        return plain if self.decimal == "." else plain.translate(str.maketrans(",.", ".,"))


@st.composite
def made(draw: st.DrawFn) -> Made:
    """A table without an error: all 20 kecamatan in some order, whole numbers or two decimals."""
    codes = draw(st.permutations(DISTRICTS))
    width = draw(st.integers(2, 8))
    places = draw(st.sampled_from([0, 2]))
    cell = st.integers(0, 40_000).map(lambda number: Decimal(number).scaleb(-places))
    cells = [[draw(cell) for _ in range(width)] for _ in codes]
    # Each kind was met somewhere: of a table of nothing but dashes nobody can say that it is one.
    cells[-1] = [value or Decimal(1) for value in cells[-1]]
    ways: list[Callable[[str], str]] = [str, str.upper, "Kec. {}".format]
    spoken = draw(st.sampled_from(ways))
    sign = draw(st.sampled_from("\t;|"))
    return Made(
        [spoken(gazetteer().names[code]) for code in codes],
        [f"Jenis {chr(65 + at)}" for at in range(width)],
        cells,
        sign=sign,
        decimal=draw(st.sampled_from(",.")),
        grouped=draw(st.booleans()),
        dashes=draw(st.booleans()),
        total_word=draw(st.sampled_from(["Jumlah", "Total", "GRAND TOTAL", "Jumlah Total"])),
    ).total_up()
