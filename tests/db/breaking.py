"""A server that goes away under the program, and whoever breaks off in the middle."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import asyncpg
from sqlalchemy import make_url

# More turns of the loop than any of these works takes.
TURNS = 40


async def broken_off_anywhere(work: Callable[[], Awaitable[None]]) -> AsyncIterator[int]:
    """Begin the work and break it off after no turn of the loop, after one, and so on."""
    for turns in range(TURNS):
        task = asyncio.ensure_future(work())
        await let_the_loop_turn(turns)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        yield turns


async def let_the_loop_turn(turns: int = TURNS) -> None:
    """Let everything run that is ready to."""
    for _ in range(turns):
        await asyncio.sleep(0)


class Server:
    """The PostgreSQL server behind a database, as its administrator sees it."""

    def __init__(self, connection: asyncpg.Connection, name: str) -> None:
        self._connection = connection
        self._name = name

    async def connections(self) -> int:
        """How many connections the program holds."""
        count: int = await self._connection.fetchval(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'", self._name
        )
        return count

    async def break_connections(self) -> None:
        """End all connections, as a restart does; the program has heard of it."""
        await self._connection.fetch(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = $1", self._name
        )
        await let_the_loop_turn()

    @asynccontextmanager
    async def away(self) -> AsyncIterator[None]:
        """Nobody can connect for a while."""
        await self._connection.execute(f'ALTER DATABASE "{self._name}" ALLOW_CONNECTIONS false')
        await self.break_connections()
        try:
            yield
        finally:
            await self._connection.execute(f'ALTER DATABASE "{self._name}" ALLOW_CONNECTIONS true')


@asynccontextmanager
async def server_of(url: str) -> AsyncIterator[Server]:
    """The server of a PostgreSQL database."""
    parsed = make_url(url)
    connection = await asyncpg.connect(parsed.set(database="postgres").render_as_string(hide_password=False))
    try:
        yield Server(connection, parsed.database or "")
    finally:
        await connection.close()
