"""Reading connections: the driver itself, without SQLAlchemy's result handling, each answer in one snapshot."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Protocol, TypeAlias

import aiosqlite
import asyncpg
from sqlalchemy import URL

Row: TypeAlias = Sequence[Any]

# Every distinct plan is a prepared statement per connection; asyncpg's default of 100 is fewer than a busy day has.
_STATEMENTS = 500
# What columns of ours are made of. The driver learns an array's type where one is a column of a result, which arrays
# inside a row are not.
IN_ARRAYS = (
    "bool", "bytea", "date", "float8", "int2", "int4", "int8",
    "json", "numeric", "text", "timestamptz", "uuid", "varchar",
)  # fmt: skip
_ALL_ARRAYS = "SELECT " + ", ".join(f"NULL::{one}[]" for one in IN_ARRAYS)


class Snapshot(Protocol):
    """A read transaction: every statement in it sees the same moment."""

    async def fetch(self, sql: str, arguments: Sequence[Any]) -> Sequence[Row]:
        """All rows of one statement."""
        ...


class Readers(Protocol):
    """A pool of reading connections."""

    def snapshot(self, single: bool = False) -> Any:
        """An async context manager giving a `Snapshot`. A `single` one is for one statement, which needs no transaction
        around it to see one moment.
        """
        ...

    async def close(self) -> None:
        """Close all connections."""
        ...


class _SqliteSnapshot:
    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def fetch(self, sql: str, arguments: Sequence[Any]) -> Sequence[Row]:
        return await self._connection.execute_fetchall(sql, arguments)  # type: ignore[return-value]


def within(dialect: str, connection: Any) -> Snapshot:
    """A snapshot on a connection whose transaction somebody else opened: it sees what that one has written."""
    return _SqliteSnapshot(connection) if dialect == "sqlite" else _PostgresSnapshot(connection)


class SqliteReaders:
    """Read-only connections to one file. WAL lets them read while the one writer writes."""

    def __init__(self, path: str, limit: int) -> None:
        self._path = path
        self._free: list[aiosqlite.Connection] = []
        self._slots = asyncio.Semaphore(limit)
        self._is_closed = False

    @asynccontextmanager
    async def snapshot(self, single: bool = False) -> AsyncIterator[Snapshot]:
        async with self._slots:
            connection = self._free.pop() if self._free else await self._open()
            try:
                if single:
                    yield _Single(_SqliteSnapshot(connection))
                else:
                    await connection.execute("BEGIN")
                    try:
                        yield _SqliteSnapshot(connection)
                    finally:
                        await connection.execute("ROLLBACK")
            except BaseException:
                await connection.close()
                raise
            if self._is_closed:
                await connection.close()
            else:
                self._free.append(connection)

    async def _open(self) -> aiosqlite.Connection:
        connecting = aiosqlite.connect(self._path, isolation_level=None)
        # Each connection is a thread: one that a cancelled request left open must not keep the process from ending.
        connecting._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does; aiosqlite has no setting for it
        connection = await connecting
        try:
            await connection.execute("PRAGMA busy_timeout=30000")
            await connection.execute("PRAGMA query_only=ON")
        except BaseException:
            await connection.close()
            raise
        return connection

    async def close(self) -> None:
        self._is_closed = True
        while self._free:
            await self._free.pop().close()


class PostgresReaders:
    """asyncpg's pool, without its reset statement on release: a read-only transaction leaves nothing behind."""

    def __init__(self, url: URL, limit: int) -> None:
        self._dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._limit = limit
        self._pool: asyncpg.Pool | None = None
        self._opening = asyncio.Lock()

    @asynccontextmanager
    async def snapshot(self, single: bool = False) -> AsyncIterator[Snapshot]:
        pool = self._pool or await self._open()
        connection = await pool.acquire()
        try:
            if single:
                yield _Single(_PostgresSnapshot(connection))
            else:
                # Plain statements instead of connection.transaction(): two round trips and no bookkeeping object.
                await connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                try:
                    yield _PostgresSnapshot(connection)
                finally:
                    await connection.execute("ROLLBACK")
        except BaseException:
            # With no reset on release, a connection in an unknown state must not go back to the pool.
            connection.terminate()
            raise
        finally:
            await pool.release(connection)

    async def _open(self) -> asyncpg.Pool:
        async with self._opening:
            if self._pool is None:
                self._pool = await asyncpg.create_pool(
                    self._dsn,
                    min_size=1,
                    max_size=self._limit,
                    init=_learn_arrays,
                    reset=_nothing,
                    statement_cache_size=_STATEMENTS,
                    server_settings={
                        "application_name": "satu-pintu",
                        "default_transaction_read_only": "on",
                        # A plan of ours is made for its shape; planning it anew for each value costs more than it wins.
                        "plan_cache_mode": "force_generic_plan",
                        # A statement of many lists looks dear enough to be compiled, which takes longer than to run it.
                        "jit": "off",
                    },
                )
            return self._pool

    async def close(self) -> None:
        if self._pool is not None:
            await self._pool.close()
            self._pool = None


class _PostgresSnapshot:
    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def fetch(self, sql: str, arguments: Sequence[Any]) -> Sequence[Row]:
        rows: Sequence[Row] = await self._connection.fetch(sql, *arguments)
        return rows


class _Single:
    """A snapshot without a transaction: a second statement would see another moment."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot: Snapshot | None = snapshot

    async def fetch(self, sql: str, arguments: Sequence[Any]) -> Sequence[Row]:
        assert self._snapshot is not None, "a snapshot for one statement is asked for a second"
        snapshot, self._snapshot = self._snapshot, None
        return await snapshot.fetch(sql, arguments)


async def _learn_arrays(connection: Any) -> None:
    await connection.fetch(_ALL_ARRAYS)


async def _nothing(_connection: Any) -> None:
    return None
