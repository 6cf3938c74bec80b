"""Whoever breaks off a transaction at any point of it takes nothing from those who write after him."""

import asyncio
from contextlib import suppress

from sqlmodel import select

from integration.db.base import now
from integration.db.engine import Database
from integration.registry.importing.tables import ImportUploadRow

# More turns of the loop than beginning a transaction takes.
_TURNS = 40


async def test_what_is_written_after_a_transaction_was_broken_off_is_there(
    empty_database: Database, empty_database_url: str
) -> None:
    async def write(name: str) -> None:
        async with empty_database.write() as session:
            moment = now()
            session.add(ImportUploadRow(file_name=name, uploaded_by="x", created_at=moment, expires_at=moment))

    for turns in range(_TURNS):
        broken_off = asyncio.create_task(write("broken off"))
        for _ in range(turns):
            await asyncio.sleep(0)
        broken_off.cancel()
        with suppress(asyncio.CancelledError):
            await broken_off
        await write(f"after {turns}")
    other = Database(empty_database_url)
    try:
        async with other.write() as session:
            there = set((await session.exec(select(ImportUploadRow.file_name))).all())
    finally:
        await other.close()
    assert {f"after {turns}" for turns in range(_TURNS)} <= there
