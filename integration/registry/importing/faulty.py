"""The lines somebody has to mend, in the columns they came in, to be mended and fed again."""

import asyncio
import csv
import io
import zlib
from bisect import bisect_left
from collections.abc import AsyncIterator, Sequence
from datetime import date
from uuid import UUID

import orjson
import sqlalchemy as sa
from sqlmodel import col, select

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
# So many packs of lines are looked through in one transaction.
_PACKS = 8
# A spreadsheet takes a cell that begins so for a formula; a minus alone is a way to write "nothing".
_FORMULA = ("=", "+", "@", "\t", "\r")


def pack(sealer: Sealer, lines: Sequence[Sequence[object]]) -> bytes:
    """Lines as they came, packed and sealed."""
    told = b"\n".join(orjson.dumps(line, _plain, orjson.OPT_PASSTHROUGH_DATETIME) for line in lines)
    return sealer.seal_bytes(_LINES, zlib.compress(told, 1))


def _plain(cell: object) -> str:
    return cell.isoformat()[:10] if isinstance(cell, date) else str(cell)


async def keep(database: Database, sealer: Sealer, hold: Hold) -> None:
    """Keep the lines with an error each on its own, and forget all others."""
    async with database.look() as session:
        found = await session.exec(
            select(col(ImportFindingRow.row))
            .where(ImportFindingRow.batch_id == hold.batch_id, ImportFindingRow.severity == Severity.ERROR)
            .distinct()
        )
        wrong = sorted(found.all())
    while True:
        async with database.write() as session:
            some = await session.exec(
                select(col(ImportLinesRow.row), col(ImportLinesRow.lines_sealed))
                .where(ImportLinesRow.batch_id == hold.batch_id)
                .order_by(col(ImportLinesRow.row))
                .limit(_PACKS)
            )
            packs = some.all()
            if not packs:
                return
            rows = await asyncio.to_thread(_wrong_lines, sealer, hold.batch_id, packs, wrong)
            await insert_rows(session, table(ImportFaultyRow), _COLUMNS, rows)
            done = sa.delete(ImportLinesRow).where(
                col(ImportLinesRow.batch_id) == hold.batch_id, col(ImportLinesRow.row) <= packs[-1][0]
            )
            await (await session.connection()).execute(done)
            await hold.renew(session)


def _wrong_lines(
    sealer: Sealer, batch_id: UUID, packs: Sequence[tuple[int, bytes]], wrong: Sequence[int]
) -> list[tuple[UUID, int, bytes]]:
    rows: list[tuple[UUID, int, bytes]] = []
    for first, packed in packs:
        lines = zlib.decompress(sealer.open_bytes(_LINES, packed)).split(b"\n")
        of_these = wrong[bisect_left(wrong, first) : bisect_left(wrong, first + len(lines))]
        rows += [(batch_id, row, sealer.seal_bytes(_LINE, lines[row - first])) for row in of_these]
    return rows


async def as_csv(database: Database, sealer: Sealer, batch_id: UUID, columns: Sequence[str]) -> AsyncIterator[str]:
    """The faulty lines as a CSV file, piece by piece, under the header they came with."""
    yield _written([columns])
    last = 0
    while True:
        async with database.look() as session:
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
        yield _written([_safe(orjson.loads(sealer.open_bytes(_LINE, line))) for _, line in page])


async def people(database: Database, batch_id: UUID) -> set[UUID]:
    """The people the faulty lines are about, as far as they are known."""
    faulty = sa.select(col(ImportFaultyRow.row)).where(col(ImportFaultyRow.batch_id) == batch_id)
    async with database.look() as session:
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
