"""Taking a file's rows in: checked in a thread, written in short transactions, and gone on with where it broke off."""

import asyncio
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from integration.access.sealing import Sealer
from integration.codes import ImportState, RegistryScheme
from integration.db.base import uuid7
from integration.db.bulk import insert_rows
from integration.db.engine import Database
from integration.matching.fold import fold
from integration.reading.view import table
from integration.refusal import Refusal
from integration.registry.importing import batches, crossing, faulty, recognising
from integration.registry.importing.batches import Hold
from integration.registry.importing.files import Inspected, Opener, read_table
from integration.registry.importing.noting import FINDING_COLUMNS, finding_row
from integration.registry.importing.periods import last_day
from integration.registry.importing.refusing import in_both
from integration.registry.importing.rules import Checked, Checker, habits_of
from integration.registry.importing.tables import ImportFindingRow, ImportLinesRow, ImportStagedRow
from integration.registry.importing.whereabouts import Whereabouts

CHUNK = 4000
_LINES_COLUMNS = ("batch_id", "row", "lines_sealed")
_STAGED_COLUMNS = (
    "batch_id", "row", "refused", "person_key", "household_key", "family_index", "kk_index", "kk_sealed", "nik_index",
    "nik_sealed", "nik_agrees", "name", "name_key", "sex", "birth_date", "region_code", "deceased", "relation",
    "desil", "status", "as_of", "validity", "enrolled", "not_enrolled", "person_id", "is_new", "family_id",
)  # fmt: skip
Tell = Callable[[str, int], None]


def silent(_step: str, _rows: int) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class _Chunk:
    rows: int
    staged: list[tuple[Any, ...]] = field(default_factory=list)
    found: list[tuple[Any, ...]] = field(default_factory=list)
    lines: list[tuple[Any, ...]] = field(default_factory=list)


async def stage(
    database: Database, sealer: Sealer, hold: Hold, opener: Opener, inspected: Inspected, most_inflated: int,
    tell: Tell = silent,
) -> None:  # fmt: skip
    """Take a file's rows in, find what several rows tell together, and recognise the people. Goes on where an earlier
    try stopped; a file that cannot be read leaves its batch FAILED with the reason.
    """
    batch = await batches.read(database, hold.batch_id)
    if batch.state is not ImportState.STAGING:
        return
    try:
        await _take_in(database, sealer, hold, batch, opener, inspected, most_inflated, tell)
    except Refusal as refusal:
        async with database.write() as session:
            await hold.renew(session, state=ImportState.FAILED, problem=in_both(refusal))
        await batches.clear(database, hold.batch_id, batches.WAITING)
        raise
    tell("crossing", 0)
    await crossing.cross(database, hold)
    tell("recognising", 0)
    await recognising.recognise(database, hold)
    tell("faults", 0)
    await faulty.keep(database, sealer, hold)
    await crossing.count(database, hold)
    async with database.write() as session:
        await hold.renew(session, state=ImportState.STAGED)


async def _take_in(
    database: Database, sealer: Sealer, hold: Hold, batch: Any, opener: Opener, inspected: Inspected,
    most_inflated: int, tell: Tell,
) -> None:  # fmt: skip
    async with AsyncSession(database.engine) as session:
        places = await Whereabouts.load(session)
    source = await asyncio.to_thread(read_table, opener, inspected, most_inflated)
    first = await asyncio.to_thread(lambda: list(itertools.islice(source.lines, CHUNK)))
    header, latest = source.header, last_day(batch.period)
    checker = Checker(header, habits_of(header, first), latest, places.place)
    maker = _Maker(batch.id, batch.scheme, sealer, checker)
    lines = enumerate(itertools.chain(first, source.lines), 1)
    done = batch.rows
    async with database.write() as session:
        await hold.renew(session, columns=list(header.names), left_out=list(header.left_out))
    # Writing a chunk and checking the next one use a core each.
    coming = asyncio.create_task(asyncio.to_thread(maker.next_chunk, lines, done))
    try:
        while True:
            chunk = await coming
            if not chunk.rows:
                return
            coming = asyncio.create_task(asyncio.to_thread(maker.next_chunk, lines, 0))
            done += chunk.rows
            await _write(database, hold, chunk, done)
            tell("rows", done)
    finally:
        # A thread is not stopped from outside: it ends with its chunk, before the file is closed under it.
        await asyncio.gather(coming, return_exceptions=True)


async def _write(database: Database, hold: Hold, chunk: _Chunk, done: int) -> None:
    async with database.write() as session:
        await insert_rows(session, table(ImportStagedRow), _STAGED_COLUMNS, chunk.staged)
        await insert_rows(session, table(ImportFindingRow), FINDING_COLUMNS, chunk.found)
        await insert_rows(session, table(ImportLinesRow), _LINES_COLUMNS, chunk.lines)
        await hold.renew(session, rows=done)


@dataclass(frozen=True, slots=True)
class _Maker:
    batch_id: UUID
    scheme: RegistryScheme
    sealer: Sealer
    checker: Checker

    def next_chunk(self, lines: Iterator[tuple[int, Sequence[object]]], skip: int) -> _Chunk:
        """Check the next rows; `skip` are those an earlier try has written."""
        chunk = _Chunk(0)
        came: list[list[object]] = []
        for number, line in itertools.islice(lines, skip, skip + CHUNK):
            checked = self.checker.check(number, line)
            chunk.rows += 1
            chunk.staged.append(self._staged(checked))
            for finding in checked.findings:
                chunk.found.append(finding_row(self.batch_id, number, finding, self.checker.header))
            came.append([_plain(cell) for cell in line])
        if came:
            first = chunk.staged[0][1]
            chunk.lines.append((self.batch_id, first, faulty.pack(self.sealer, first, came)))
        return chunk

    def _staged(self, row: Checked) -> tuple[Any, ...]:
        sealer, scheme = self.sealer, self.scheme
        kk_index = sealer.index("kk", row.kk) if row.kk else None
        household = sealer.index(f"registry.household.{scheme}", row.household_key) if row.household_key else None
        family = kk_index or household
        return (
            self.batch_id, row.row, row.refused,
            sealer.index(f"registry.person.{scheme}", row.person_key) if row.person_key else None,
            household, family, kk_index, sealer.seal_optional("kk", row.kk),
            sealer.index("nik", row.nik) if row.nik else None, sealer.seal_optional("nik", row.nik),
            row.nik_agrees, row.name, fold(row.name), row.sex, row.birth_date, row.region_code, row.deceased,
            row.relation, row.desil, row.status, row.as_of, row.validity, row.enrolled, row.not_enrolled, uuid7(),
            True, self._family_id(family),
        )  # fmt: skip

    def _family_id(self, family: bytes | None) -> UUID | None:
        """One id for all rows of a family, though nobody has seen them together: made of its blind index."""
        if family is None:
            return None
        made = bytearray(self.sealer.index("family.id", f"{self.batch_id}{family.hex()}")[:16])
        made[6], made[8] = 0x80 | made[6] & 0x0F, 0x80 | made[8] & 0x3F
        return UUID(bytes=bytes(made))


def _plain(cell: object) -> object:
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return cell if isinstance(cell, str | int | float) or cell is None else str(cell)
