"""When the database server was restarted, people notice nothing of it once it is back."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from sqlmodel import select

from integration.access.tables import AccessLogRow, AccountRow
from integration.db.engine import Database
from integration.settings import Settings
from schema.app import create_app
from tests.db.breaking import Server, broken_off_anywhere, server_of

pytestmark = pytest.mark.parametrize("backend", ["postgresql"], indirect=True)

READS = "query FindPeople { people(first: 3) { nodes { id name } } reports(first: 3) { nodes { number } } }"
SUBMITS = """mutation { reportSubmit(input: { channel: WEB, description: "Mohon bantuan beras." }) {
  report { number } errors { code } } }"""


@pytest.fixture
async def client(database: Database, settings: Settings) -> AsyncIterator[httpx2.AsyncClient]:
    app = create_app(settings, database, run_worker=False)
    transport = httpx2.ASGITransport(app=app, client=("127.0.0.1", 4711))
    async with httpx2.AsyncClient(transport=transport, base_url="http://testserver") as http:
        yield http


async def ask(client: httpx2.AsyncClient, query: str) -> tuple[int, dict[str, Any]]:
    answer = await client.post("/graphql", json={"query": query}, headers={"Authorization": "Bearer demo-admin"})
    return answer.status_code, answer.json()


async def crowd(client: httpx2.AsyncClient) -> list[Any]:
    """Many who read, and many who report something, at once: all their errors."""
    answers = await asyncio.gather(*(ask(client, query) for _ in range(12) for query in (READS, SUBMITS)))
    return [(status, body) for status, body in answers if status != 200 or "errors" in body]


async def test_the_first_requests_after_a_restart_are_answered_like_all_others(
    client: httpx2.AsyncClient, database: Database, database_url: str
) -> None:
    async with server_of(database_url) as server:
        for _ in range(3):
            assert await crowd(client) == []
            assert await server.connections() > 8
            await server.break_connections()
        assert await crowd(client) == []
    async with database.look() as session:
        entered = (await session.exec(select(AccessLogRow.operation))).all()
    assert list(entered) == ["FindPeople"] * 48


async def test_while_the_server_is_away_everybody_is_told_so_and_afterwards_nobody(
    client: httpx2.AsyncClient, database_url: str
) -> None:
    assert await crowd(client) == []
    async with server_of(database_url) as server:
        async with server.away():
            assert (await client.get("/healthz")).status_code == 200
            assert (await client.get("/readyz")).status_code == 503
            for query in (READS, SUBMITS, READS):
                _, body = await ask(client, query)
                assert {error["extensions"]["code"] for error in body["errors"]} == {"INTERNAL"}
                assert not any((body.get("data") or {}).values())
        assert (await client.get("/readyz")).status_code == 200
        assert await crowd(client) == []


async def test_a_connection_that_breaks_in_the_middle_is_not_lent_again(database: Database, database_url: str) -> None:
    async def read(server: Server) -> None:
        async with database.readers.snapshot() as snapshot:
            await server.break_connections()
            await snapshot.fetch("SELECT 1", ())

    async def write(server: Server) -> None:
        async with database.write() as session:
            await session.exec(select(AccountRow))
            await server.break_connections()
            await session.exec(select(AccountRow))

    async with server_of(database_url) as server:
        for broken in (read, write) * 10:
            with pytest.raises(Exception, match=r"connection"):
                await broken(server)
            async with database.readers.snapshot() as snapshot:
                assert [tuple(row) for row in await snapshot.fetch("SELECT 1", ())] == [(1,)]
            async with database.write() as session:
                assert (await session.exec(select(AccountRow))).all()


async def test_whoever_breaks_off_keeps_no_connection_and_leaves_no_moment_of_his_to_others(database_url: str) -> None:
    database = Database(database_url, read_connections=2)
    count = "SELECT count(*) FROM account WHERE subject LIKE 'after %'"

    async def read() -> int:
        async with database.readers.snapshot() as snapshot:
            (row,) = await snapshot.fetch(count, ())
            return int(row[0])

    async def read_and_go() -> None:
        await read()

    try:
        async with server_of(database_url) as server:
            async for turns in broken_off_anywhere(read_and_go):
                async with database.write() as session:
                    session.add(AccountRow(subject=f"after {turns}", name="Petugas uji"))
                assert set(await asyncio.gather(read(), read(), read())) == {turns + 1}
            # Two that read, one that writes.
            assert await server.connections() <= 3
            await database.close()
            assert await server.connections() == 0
    finally:
        await database.close()
