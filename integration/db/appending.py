"""Rows that are only ever added, in a transaction of their own, on the driver itself.

For what is written with every request: a session would cost more round trips and more time than the rows.
"""

import asyncio
from collections.abc import Sequence
from typing import Any, Protocol

import asyncpg
from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncEngine


class Appender(Protocol):
    """Adds rows: those of one call are committed together before it returns, or none of them is there."""

    async def append(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one insert for each row of its values, as the driver takes them."""
        ...

    async def close(self) -> None:
        """Close what it holds."""
        ...


class PostgresAppender:
    """One connection, on which each call is a single round trip."""

    def __init__(self, url: URL) -> None:
        self._dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._pool: asyncpg.Pool | None = None
        self._opening = asyncio.Lock()

    async def append(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Outside a transaction block both of these are one transaction, committed when they return."""
        pool = self._pool or await self._open()
        async with pool.acquire() as connection:
            if len(rows) == 1:
                await connection.execute(sql, *rows[0])
            else:
                await connection.executemany(sql, rows)

    async def close(self) -> None:
        """Close the connection."""
        if self._pool is not None:
            await self._pool.close()
            self._pool = None

    async def _open(self) -> asyncpg.Pool:
        async with self._opening:
            if self._pool is None:
                # No reset on release: nothing outlives its own statement.
                self._pool = await asyncpg.create_pool(
                    self._dsn,
                    min_size=0,
                    max_size=1,
                    reset=_nothing,
                    server_settings={"application_name": "satu-pintu"},
                )
            return self._pool


class SqliteAppender:
    """The one writer that SQLite has: it waits its turn among the sessions."""

    def __init__(self, engine: AsyncEngine, turn: asyncio.Lock) -> None:
        self._engine = engine
        self._turn = turn

    async def append(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """One transaction for all rows."""
        async with self._turn, self._engine.begin() as connection:
            raw = await connection.get_raw_connection()
            assert raw.driver_connection is not None
            await raw.driver_connection.executemany(sql, rows)

    async def close(self) -> None:
        """The engine is its owner's to close."""


async def _nothing(_connection: Any) -> None:
    return None
