"""A printed table laid out again as it was printed, for a page, without what is withheld."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.db.engine import Database
from integration.statistics.figures import figures, keys_of
from integration.statistics.gazetteer import gazetteer
from integration.statistics.grid import parse
from integration.statistics.protection import Cell, withheld
from integration.statistics.rules import reconcile
from integration.statistics.tables import PrintedTableRow


@dataclass(frozen=True, slots=True)
class Laid:
    """A line: its label, its cells as printed (None: withheld), and whether it holds totals."""

    label: str
    cells: Sequence[str | None]
    is_total: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """A table. `total` is the place of the column that sums the others, if there is one."""

    headings: Sequence[str]
    lines: Sequence[Laid]
    total: int | None


async def layout(database: Database, table_id: UUID, smallest: int | None) -> Layout:
    """The table of this id, which is there. Counts of people below `smallest` are withheld as in its series; None
    shows all.
    """
    async with AsyncSession(database.engine) as session:
        row = (await session.exec(select(PrintedTableRow).where(PrintedTableRow.id == table_id))).one()
    result = reconcile(parse(row.content), gazetteer(), Decimal(row.tolerance))
    period = row.columns, row.period_from, row.period_to
    held: frozenset[str] = frozenset()
    if row.about_people and smallest is not None:
        made = figures(result, *period)
        cells = [Cell(one.key, one.region, one.group, one.category, one.period_from, one.value) for one in made]
        held = withheld(cells, smallest)
    lines = [
        Laid(line.label, [None if key in held else cell for key, cell in zip(keys, line.printed, strict=True)], total)
        for line, keys, total in keys_of(result, *period)
    ]
    return Layout([column.heading for column in result.grid.columns], lines, result.grid.total)
