"""The database: one door for writing (SQLAlchemy sessions), one for reading (the driver itself, in a snapshot), and a
small one for rows that are only ever added.
"""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from sqlalchemy import event, make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.util.concurrency import await_
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.db.appending import Appender, PostgresAppender, SqliteAppender
from integration.db.readers import PostgresReaders, Readers, Snapshot, SqliteReaders, within

# How long a writer waits for another before it gives up. A release of a million people is applied in less.
_BUSY_MS = 120_000
# Memory for pages, in KiB: SQLite's own default, and for a transaction that writes all over large indexes.
_PAGES, _MANY_PAGES = 2_000, 98_304
# Marks a transaction that only reads: on SQLite it takes no writer's place.
_LOOKS = "satupintu_looks"
_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}


class Database:
    """A database and its doors. `dialect` is "sqlite" or "postgresql"."""

    def __init__(self, url: str, read_connections: int = 8) -> None:
        parsed = make_url(url)
        self.dialect = parsed.get_backend_name()
        if self.dialect not in ("sqlite", "postgresql"):
            raise ValueError(f"unsupported database: {self.dialect}; use sqlite or postgresql")
        self.url = parsed.set(drivername=_DRIVERS[self.dialect])
        self.engine: AsyncEngine = create_async_engine(self.url, **_engine_options(self.dialect))
        # SQLite has one writer: queueing here is fair and costs nothing, its busy handler polls.
        self._turn = asyncio.Lock() if self.dialect == "sqlite" else None
        if self._turn is not None:
            event.listen(self.engine.sync_engine, "connect", _prepare_sqlite)
            event.listen(self.engine.sync_engine, "begin", _begin_immediate)
            self.readers: Readers = SqliteReaders(self.url.database or "", read_connections)
            self.appender: Appender = SqliteAppender(self.engine, self._turn)
        else:
            event.listen(self.engine.sync_engine, "checkout", _still_open)
            event.listen(self.engine.sync_engine, "begin", _begin_at_once)
            self.readers = PostgresReaders(self.url, read_connections)
            self.appender = PostgresAppender(self.url)

    @asynccontextmanager
    async def write(self, large: bool = False) -> AsyncIterator[AsyncSession]:
        """One transaction: committed when the block ends well, rolled back when it does not. A `large` one writes all
        over the tables and is given memory for it.
        """
        async with AsyncExitStack() as stack:
            if self._turn is not None:
                await stack.enter_async_context(self._turn)
            session = await stack.enter_async_context(AsyncSession(self.engine, expire_on_commit=False))
            await stack.enter_async_context(session.begin())
            if large and self.dialect == "sqlite":
                await stack.enter_async_context(_many_pages(await session.connection()))
            yield session

    @asynccontextmanager
    async def look(self) -> AsyncIterator[AsyncSession]:
        """One transaction that only reads, and holds up no writer."""
        async with AsyncSession(self.engine, expire_on_commit=False) as session:
            await session.connection(execution_options={_LOOKS: True})
            yield session

    async def inside(self, session: AsyncSession) -> Snapshot:
        """The reading road's way into a write transaction, to find what may be changed by the rule that shows it."""
        await session.flush()
        connection = await (await session.connection()).get_raw_connection()
        return within(self.dialect, connection.driver_connection)

    async def close(self) -> None:
        """Give all connections back."""
        await self.readers.close()
        await self.appender.close()
        await self.engine.dispose()


def _engine_options(dialect: str) -> dict[str, Any]:
    # Error texts must not quote the values being written.
    safe = {"hide_parameters": True}
    return safe if dialect == "sqlite" else {**safe, "pool_size": 8, "max_overflow": 8}


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver must not open transactions by itself: read-then-write in a deferred one fails at once when
    # another wrote.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    _use_wal(cursor)
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _use_wal(cursor: Any) -> None:
    """Switch a new file to WAL. Of two processes that do so at once SQLite refuses one without waiting."""
    last = time.monotonic() + _BUSY_MS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > last:
                raise
            time.sleep(0.01)
        else:
            return


def _still_open(connection: Any, _record: object, _proxy: object) -> None:
    """A connection the server has closed, by a restart say, is not lent: the pool opens another one instead."""
    # The driver has heard of it already; asking the server with every transaction would cost a round trip.
    if connection.driver_connection.is_closed():
        raise DisconnectionError


def _begin_at_once(connection: Any) -> None:
    # SQLAlchemy's adapter would begin with its own first statement; what runs on the driver may come before that.
    adapter = connection.connection.dbapi_connection
    try:
        await_(adapter._start_transaction())  # noqa: SLF001 - it has no other way to begin
    except BaseException:
        # Broken off here, the driver takes the next transaction for a nested one, whose end commits nothing.
        connection.invalidate()
        raise


@asynccontextmanager
async def _many_pages(connection: AsyncConnection) -> AsyncIterator[None]:
    await connection.exec_driver_sql(f"PRAGMA cache_size=-{_MANY_PAGES}")
    try:
        yield
    finally:
        await connection.exec_driver_sql(f"PRAGMA cache_size=-{_PAGES}")


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get(_LOOKS) else "BEGIN IMMEDIATE")
