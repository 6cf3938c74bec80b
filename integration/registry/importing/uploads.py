"""Registry files brought over HTTP, kept in sealed pieces until they are read or their time is over.

They are kept in the database and not in a folder: every process that works on it can read them, on whatever machine,
one backup and one way of sealing hold for them too, and what never came whole goes with its row.
"""

import asyncio
import io
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any, BinaryIO
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.access.sealing import Sealer
from integration.codes import ImportState, UserErrorCode
from integration.db.base import now
from integration.db.engine import Database
from integration.events.log import Act
from integration.reading.dialect import dialect
from integration.reading.view import Kind, table
from integration.refusal import Refusal
from integration.registry.importing.files import Inspected, Inspector, Opener, read_table
from integration.registry.importing.refusing import refused
from integration.registry.importing.tables import ImportBatchRow, ImportPartRow, ImportUploadRow
from integration.registry.importing.workbook import check_workbook
from integration.settings import Settings

NOUN = "ImportUpload"
PART = 1 << 20
# One from which nothing has come for so long never will.
_STALLED = timedelta(minutes=15)
_NAMELESS = "registri"
# A workbook is read at both ends and in the middle at once.
_PARTS_AT_HAND = 4
_REMOVED_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Received:
    """A file that has come whole and is a table, as far as its beginning tells."""

    id: UUID
    inspected: Inspected


class GivenUp(Exception):
    """Nobody waits any longer for what is read."""


@asynccontextmanager
async def receiving(
    database: Database, sealer: Sealer, settings: Settings, by: str, name: str, blocks: AsyncIterator[bytes]
) -> AsyncIterator[Received]:
    """Take a file in as it comes, a piece at a time. Whatever goes wrong, also in the block, nothing of it stays."""
    moment = now()
    row = ImportUploadRow(file_name=_named(name), uploaded_by=by, created_at=moment, expires_at=moment + _STALLED)
    async with database.write() as session:
        await _refuse_many(session, by, settings.uploads_per_person)
        session.add(row)
    try:
        inspected = await _keep(database, sealer, row.id, Inspector(settings.import_max_bytes), blocks)
        source = Source(database, sealer, row.id, inspected.size)
        try:
            await asyncio.to_thread(_look, source.open, inspected, settings.import_max_inflated)
        finally:
            source.give_up()
        yield Received(row.id, inspected)
    except BaseException:
        await _remove(database, row.id)
        raise


async def finish(act: Act, received: Received) -> UUID:
    """From now on it can be staged, by whoever brought it."""
    inspected = received.inspected
    row = await act.session.get_one(ImportUploadRow, received.id, with_for_update=True)
    row.digest, row.size = inspected.digest, inspected.size
    row.workbook, row.encoding = inspected.workbook, inspected.encoding
    row.expires_at = act.at + act.settings.keep_uploads
    act.record("registryUpload", NOUN, row.id, data={"size": row.size, "sha256": inspected.digest.hex()})
    await act.session.flush()
    return row.id


async def claim(act: Act, upload_id: UUID) -> ImportUploadRow:
    """A whole file of the viewer's own, kept from being removed meanwhile."""
    statement = select(ImportUploadRow).where(
        ImportUploadRow.id == upload_id,
        ImportUploadRow.uploaded_by == act.viewer.actor,
        col(ImportUploadRow.digest).is_not(None),
        ImportUploadRow.expires_at > act.at,
    )
    row = (await act.session.exec(statement.with_for_update())).first()
    if row is None:
        raise Refusal(
            UserErrorCode.NOT_FOUND,
            "Anda tidak punya unggahan ini, atau waktunya sudah habis. Unggah berkasnya lagi.",
            "You have no such upload, or its time is over. Upload the file again.",
            ["upload"],
        )
    row.expires_at = max(row.expires_at, act.at + _STALLED)
    return row


async def find(database: Database, upload_id: UUID) -> ImportUploadRow | None:
    """A file that is there whole."""
    async with database.write() as session:
        row = await session.get(ImportUploadRow, upload_id)
    return None if row is None or row.digest is None else row


async def prune(database: Database) -> int:
    """Remove files that were read, or whose time is over; how many."""
    upload, batch = table(ImportUploadRow), table(ImportBatchRow)
    batches_of_it = sa.select(batch.c.id).where(batch.c.upload_id == upload.c.id)
    unread = batches_of_it.where(batch.c.state == ImportState.STAGING).exists()
    removable = sa.and_(~unread, sa.or_(upload.c.expires_at < now(), batches_of_it.exists()))
    # Asked every few seconds, and mostly there is none: that need take no writer's place.
    async with database.look() as session:
        any_of_them = await (await session.connection()).execute(sa.select(upload.c.id).where(removable).limit(1))
        if any_of_them.first() is None:
            return 0
    async with database.write() as session:
        connection = await session.connection()
        # Without its digest it is on its way, or on its way out: nobody can claim it.
        gone = await connection.execute(
            sa.update(upload).where(removable).values(digest=None, expires_at=now()).returning(upload.c.id)
        )
        ids = list(gone.scalars())
    for upload_id in ids:
        await _remove(database, upload_id)
    return len(ids)


class Source:
    """A kept file, to be read from a thread while the loop that made this runs."""

    def __init__(self, database: Database, sealer: Sealer, upload_id: UUID, size: int) -> None:
        self._database, self._sealer, self._id, self._size = database, sealer, upload_id, size
        self._loop = asyncio.get_running_loop()
        self._is_given_up = False
        tongue = dialect(database.dialect)
        convert = tongue.to_driver(Kind.UUID, array=False)
        self._key = upload_id if convert is None else convert(upload_id)
        part = table(ImportPartRow)
        self._statement = tongue.compile(
            sa.select(part.c.bytes_sealed).where(
                part.c.upload_id == tongue.bind("upload", Kind.UUID), part.c.number == tongue.bind("number", Kind.INT)
            )
        )

    def open(self) -> BinaryIO:
        """The file from its beginning."""
        return io.BufferedReader(_Pieces(lru_cache(_PARTS_AT_HAND)(self._part), self._size))

    def give_up(self) -> None:
        """Let a thread that is still reading fail, because nobody waits for it."""
        self._is_given_up = True

    def _part(self, number: int) -> bytes:
        if self._is_given_up:
            raise GivenUp
        sealed = asyncio.run_coroutine_threadsafe(self._fetch(number), self._loop).result()
        return _opened(self._sealer, self._id, number, sealed)

    async def _fetch(self, number: int) -> bytes:
        arguments = self._statement.arguments({"upload": self._key, "number": number})
        async with self._database.readers.snapshot() as snapshot:
            rows = await snapshot.fetch(self._statement.sql, arguments)
        return bytes(rows[0][0])


class _Pieces(io.RawIOBase):
    """A file of pieces of one size, given by number."""

    def __init__(self, part: Callable[[int], bytes], size: int) -> None:
        super().__init__()
        self._part, self._size, self._at = part, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise OSError("before the beginning")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: Any) -> int:
        if self._at >= self._size:
            return 0
        number, begin = divmod(self._at, PART)
        given = self._part(number)[begin : begin + len(buffer)]
        buffer[: len(given)] = given
        self._at += len(given)
        return len(given)


async def _keep(
    database: Database, sealer: Sealer, upload_id: UUID, inspector: Inspector, blocks: AsyncIterator[bytes]
) -> Inspected:
    held = bytearray()
    number = 0

    def seal(piece: bytes) -> bytes:
        inspector.take(piece)
        return sealer.seal_bytes(_label(upload_id, number), zlib.compress(piece, 1))

    async def put(piece: bytes) -> None:
        # Packing and sealing a piece takes long enough for others to wait: a thread does it.
        sealed = await asyncio.to_thread(seal, piece)
        async with database.write() as session:
            row = await session.get(ImportUploadRow, upload_id, with_for_update=True)
            if row is None or row.expires_at < now():
                raise refused("Unggahan terlalu lama terhenti. Ulangi.", "The upload stood still too long. Try again.")
            row.size, row.expires_at = row.size + len(piece), now() + _STALLED
            session.add(ImportPartRow(upload_id=upload_id, number=number, bytes_sealed=sealed))

    async for block in blocks:
        held += block
        while len(held) >= PART:
            await put(bytes(held[:PART]))
            del held[:PART]
            number += 1
    if held:
        await put(bytes(held))
    return inspector.done()


def _look(opener: Opener, inspected: Inspected, most_inflated: int) -> None:
    """Refuse at once what its beginning (of a workbook: its directory) shows to be no registry file."""
    if inspected.workbook:
        check_workbook(opener, most_inflated)
    else:
        read_table(opener, inspected, most_inflated)


async def _refuse_many(session: AsyncSession, by: str, most: int) -> None:
    waiting = await session.exec(
        select(sa.func.count()).where(ImportUploadRow.uploaded_by == by, ImportUploadRow.expires_at > now())
    )
    if waiting.one() >= most:
        raise Refusal(
            UserErrorCode.RATE_LIMITED,
            f"Sudah ada {most} unggahan Anda yang menunggu. Impor salah satunya, atau tunggu sampai waktunya habis.",
            f"{most} uploads of yours are waiting. Stage one of them, or wait until their time is over.",
            ["file"],
        )


async def _remove(database: Database, upload_id: UUID) -> None:
    """Remove a file, in short transactions."""
    part, upload = table(ImportPartRow), table(ImportUploadRow)
    some = sa.select(part.c.number).where(part.c.upload_id == upload_id).limit(_REMOVED_AT_ONCE)
    while True:
        async with database.write() as session:
            connection = await session.connection()
            gone = await connection.execute(
                sa.delete(part).where(part.c.upload_id == upload_id, part.c.number.in_(some))
            )
            if gone.rowcount < _REMOVED_AT_ONCE:
                await connection.execute(sa.delete(upload).where(upload.c.id == upload_id))
                return


def _label(upload_id: UUID, number: int) -> str:
    """Each piece opens in its own place only."""
    return f"import.part.{upload_id.hex}.{number}"


def _opened(sealer: Sealer, upload_id: UUID, number: int, sealed: bytes) -> bytes:
    return zlib.decompress(sealer.open_bytes(_label(upload_id, number), sealed))


def _named(given: str) -> str:
    """The last part of what the file is said to be called, without what no name has."""
    last = given.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable()).strip()[-200:] or _NAMELESS
