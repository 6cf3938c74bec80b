"""When an answer begins to leave, its entry is there for everybody; whoever goes away takes no other's entry along."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import httpx2
import pytest
from sqlmodel import select
from starlette.types import Message, Receive, Scope, Send

from integration.access.tables import AccessLogRow
from integration.db.engine import Database
from integration.settings import Settings
from schema.app import create_app
from tests.db.breaking import TURNS, let_the_loop_turn


class Doorkeeper:
    """The application; at the door it notes, of every answer that leaves, whether somebody else sees its entry."""

    def __init__(self, app: Any, other: Database) -> None:
        self._app = app
        self._other = other
        self.left: dict[str, bool] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in and its answer out."""
        body = b""

        async def heard() -> Message:
            nonlocal body
            message = await receive()
            body += message.get("body", b"")
            return message

        async def leave(message: Message) -> None:
            if message["type"] == "http.response.start":
                operation = json.loads(body)["operationName"]
                self.left[operation] = operation in await entered(self._other)
            await send(message)

        await self._app(scope, heard, leave)


async def entered(database: Database) -> list[str]:
    """The operations in the log."""
    async with database.look() as session:
        return list((await session.exec(select(AccessLogRow.operation))).all())


@pytest.fixture
async def door(database: Database, database_url: str, settings: Settings) -> AsyncIterator[Doorkeeper]:
    other = Database(database_url)
    yield Doorkeeper(create_app(settings, database, run_worker=False), other)
    await other.close()


@pytest.fixture
async def client(door: Doorkeeper) -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(app=door, client=("127.0.0.1", 4711))
    async with httpx2.AsyncClient(transport=transport, base_url="http://testserver") as http:
        yield http


async def ask(client: httpx2.AsyncClient, name: str, size: int = 3) -> int:
    """How many people an operation of this name was shown."""
    told = {"query": f"query {name} {{ people(first: {size}) {{ nodes {{ id name }} }} }}", "operationName": name}
    answer = await client.post("/graphql", json=told, headers={"Authorization": "Bearer demo-admin"})
    return len(answer.json()["data"]["people"]["nodes"])


async def test_no_answer_leaves_before_its_entry_is_there(client: httpx2.AsyncClient, door: Doorkeeper) -> None:
    assert await ask(client, "Alone") == 3
    sizes = await asyncio.gather(*(ask(client, f"Together{n}", n % 7 + 1) for n in range(40)))
    assert sizes == [n % 7 + 1 for n in range(40)]
    assert door.left == {"Alone": True} | {f"Together{n}": True for n in range(40)}


async def test_whoever_goes_away_takes_no_other_answer_along(
    client: httpx2.AsyncClient, door: Doorkeeper, database: Database
) -> None:
    for turns in range(TURNS):
        going = asyncio.create_task(ask(client, f"Gone{turns}"))
        staying = asyncio.create_task(ask(client, f"Stayed{turns}"))
        await let_the_loop_turn(turns)
        going.cancel()
        with suppress(asyncio.CancelledError):
            await going
        assert await staying == 3
    stayed = {f"Stayed{turns}" for turns in range(TURNS)}
    assert {name for name in door.left if name in stayed} == stayed
    assert all(door.left.values())
    found = await entered(database)
    assert len(found) == len(set(found))
    assert stayed <= set(found)
