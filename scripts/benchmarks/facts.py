"""What a measurement must know of its database: which reports to ask for, and where far pages begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg

from integration.db.engine import Database
from integration.reading import cursor
from integration.reading.dialect import dialect
from integration.reading.view import Kind
from integration.reports.view import NEWEST_FIRST

# How many different reports Q2 asks for, and where submitted reports lie.
_NUMBERS = 200
_REGION = "64.02.06"
PAGE = 50
_NEWEST_FIRST = "SELECT received_at, id FROM report ORDER BY received_at DESC, id DESC"


@dataclass(frozen=True, slots=True)
class Facts:
    """`cursors` are those of the rows after which a far page begins."""

    numbers: list[str]
    region: str
    cursors: list[str]


async def find_facts(url: str, offsets: Sequence[int] = ()) -> Facts:
    """Ask the database; `offsets` are how many rows lie before a far page."""
    database = Database(url, read_connections=1)
    try:
        async with database.readers.snapshot() as snapshot:
            numbers = await snapshot.fetch(
                f"SELECT number FROM report WHERE number LIKE 'SIM-2026-%' ORDER BY number DESC LIMIT {_NUMBERS}",  # noqa: S608
                [],
            )
            marks = []
            for offset in offsets:
                rows = await snapshot.fetch(f"{_NEWEST_FIRST} LIMIT 1 OFFSET {offset - 1}", [])
                plain = dialect(database.dialect).from_driver(Kind.TIME)
                received, key = rows[0]
                marks.append(cursor.encode(NEWEST_FIRST, [plain(received) if plain else received, key]))
        return Facts([row[0] for row in numbers], _REGION, marks)
    finally:
        await database.close()


async def run_script(url: str, script: str) -> None:
    """Run a file of statements on PostgreSQL."""
    connection: Any = await asyncpg.connect(url)
    try:
        await connection.execute(script)
    finally:
        await connection.close()
