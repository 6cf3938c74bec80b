"""The lines somebody has to mend, in the columns they came in, to be mended and fed again."""

import csv
import io
import json
import zlib
from collections.abc import AsyncIterator, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.access.sealing import Sealer
from integration.codes import Severity
from integration.db.bulk import insert_rows
from integration.db.engine import Database
from integration.reading.view import table
from integration.registry.importing.batches import Hold
from integration.registry.importing.tables import ImportFaultyRow, ImportFindingRow, ImportLinesRow

_LINE, _LINES = "import.line", "import.lines"
_COLUMNS = ("batch_id", "row", "line_sealed")
_PAGE = 1000
# A spreadsheet takes a cell that begins so for a formula; a minus alone is a way to write "nothing".
_FORMULA = ("=", "+", "@", "\t", "\r")


def pack(sealer: Sealer, first: int, lines: Sequence[Sequence[object]]) -> bytes:
    """Lines from row `first` on, packed and sealed."""
    told = json.dumps([first, lines], ensure_ascii=False, separators=(",", ":"))
    return sealer.seal_bytes(_LINES, zlib.compress(told.encode(), 1))


async def keep(database: Database, sealer: Sealer, hold: Hold) -> None:
    """Keep the lines with an error each on its own, and forget all others."""
    while True:
        async with database.write() as session:
            found = await session.exec(
                select(ImportLinesRow).where(ImportLinesRow.batch_id == hold.batch_id).order_by(col(ImportLinesRow.row))
            )
            packed = found.first()
            if packed is None:
                return
            first, lines = json.loads(zlib.decompress(sealer.open_bytes(_LINES, packed.lines_sealed)))
            wrong = await session.exec(
                select(col(ImportFindingRow.row))
                .where(
                    ImportFindingRow.batch_id == hold.batch_id,
                    ImportFindingRow.severity == Severity.ERROR,
                    ImportFindingRow.row >= first,
                    ImportFindingRow.row < first + len(lines),
                )
                .distinct()
            )
            rows = [
                (hold.batch_id, row, sealer.seal(_LINE, json.dumps(lines[row - first], ensure_ascii=False)))
                for row in sorted(wrong.all())
            ]
            await insert_rows(session, table(ImportFaultyRow), _COLUMNS, rows)
            await session.delete(packed)
            await hold.renew(session)


async def as_csv(database: Database, sealer: Sealer, batch_id: UUID, columns: Sequence[str]) -> AsyncIterator[str]:
    """The faulty lines as a CSV file, piece by piece, under the header they came with."""
    yield _written([columns])
    last = 0
    while True:
        async with AsyncSession(database.engine) as session:
            found = await session.exec(
                select(col(ImportFaultyRow.row), col(ImportFaultyRow.line_sealed))
                .where(ImportFaultyRow.batch_id == batch_id, ImportFaultyRow.row > last)
                .order_by(col(ImportFaultyRow.row))
                .limit(_PAGE)
            )
            page = found.all()
        if not page:
            return
        last = page[-1][0]
        yield _written([_safe(json.loads(sealer.open(_LINE, line))) for _, line in page])


async def people(database: Database, batch_id: UUID) -> set[UUID]:
    """The people the faulty lines are about, as far as they are known."""
    faulty = sa.select(col(ImportFaultyRow.row)).where(col(ImportFaultyRow.batch_id) == batch_id)
    async with AsyncSession(database.engine) as session:
        found = await session.exec(
            select(ImportFindingRow.person_id)
            .where(
                ImportFindingRow.batch_id == batch_id,
                col(ImportFindingRow.row).in_(faulty),
                col(ImportFindingRow.person_id).is_not(None),
            )
            .distinct()
        )
        return {person for person in found.all() if person is not None}


def _safe(line: Sequence[object]) -> list[object]:
    return [f"'{cell}" if isinstance(cell, str) and _risky(cell) else cell for cell in line]


def _risky(cell: str) -> bool:
    return cell.startswith(_FORMULA) or (cell.startswith("-") and len(cell) > 1 and not cell[1:].isdigit())


def _written(lines: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(lines)
    return text.getvalue()
