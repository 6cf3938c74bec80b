"""Taking a file's rows in: checked beside, written in short transactions, and gone on with where it broke off."""

import asyncio
import itertools
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import aclosing

from integration.access.sealing import Sealer
from integration.codes import ImportState
from integration.db.bulk import insert_kept, insert_rows
from integration.db.engine import Database
from integration.reading.view import table
from integration.refusal import Refusal
from integration.registry.importing import batches, crossing, faulty, recognising
from integration.registry.importing.batches import Hold
from integration.registry.importing.checking import STAGED_COLUMNS, Chunk, Line, Maker
from integration.registry.importing.crew import Check, checkers
from integration.registry.importing.files import Inspected, Opener, read_table
from integration.registry.importing.noting import FINDING_COLUMNS
from integration.registry.importing.periods import last_day
from integration.registry.importing.refusing import in_both
from integration.registry.importing.rules import Checker, habits_of
from integration.registry.importing.tables import ImportBatchRow, ImportFindingRow, ImportLinesRow, ImportStagedRow
from integration.registry.importing.whereabouts import Whereabouts

CHUNK = 4000
_LINES_COLUMNS = ("batch_id", "row", "lines_sealed")
# So many chunks are read before the first is written.
_AHEAD = 4
Tell = Callable[[str, int], None]


def silent(_step: str, _rows: int) -> None:
    """Tell nobody."""


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
    database: Database, sealer: Sealer, hold: Hold, batch: ImportBatchRow, opener: Opener, inspected: Inspected,
    most_inflated: int, tell: Tell,
) -> None:  # fmt: skip
    async with database.look() as session:
        places = await Whereabouts.load(session)
    source = await asyncio.to_thread(read_table, opener, inspected, most_inflated)
    first = await asyncio.to_thread(_some, source.lines)
    header, latest = source.header, last_day(batch.period)
    checker = Checker(header, habits_of(header, first), latest, places.place)
    maker = Maker(batch.id, batch.scheme, sealer, checker, database.dialect)
    lines = itertools.chain(first, source.lines)
    done = batch.rows
    async with database.write() as session:
        await hold.renew(session, columns=list(header.names), left_out=list(header.left_out))
    # What an earlier try has written.
    await asyncio.to_thread(lambda: deque(itertools.islice(lines, done), 0))
    async with checkers(maker, inspected.size) as check, aclosing(_checked(lines, done + 1, check)) as chunks:
        async for chunk in chunks:
            await _write(database, hold, chunk)
            tell("rows", chunk.first + chunk.count - 1)


async def _checked(lines: Iterator[Line], first: int, check: Check) -> AsyncGenerator[Chunk, None]:
    """The chunks of the lines, in their order; some more are on their way while one is written."""
    coming: deque[Awaitable[Chunk]] = deque()
    try:
        while True:
            some = await asyncio.to_thread(_some, lines)
            if some:
                coming.append(asyncio.ensure_future(check(first, some)))
                first += len(some)
            if len(coming) == _AHEAD or (coming and not some):
                yield await coming.popleft()
            elif not some:
                return
    finally:
        await asyncio.gather(*coming, return_exceptions=True)


def _some(lines: Iterator[Line]) -> list[Line]:
    return list(itertools.islice(lines, CHUNK))


async def _write(database: Database, hold: Hold, chunk: Chunk) -> None:
    lines = [(hold.batch_id, chunk.first, chunk.lines_sealed)]
    async with database.write() as session:
        await insert_kept(session, table(ImportStagedRow), STAGED_COLUMNS, chunk.staged)
        await insert_kept(session, table(ImportFindingRow), FINDING_COLUMNS, chunk.found)
        await insert_rows(session, table(ImportLinesRow), _LINES_COLUMNS, lines)
        await hold.renew(session, rows=chunk.first + chunk.count - 1)
