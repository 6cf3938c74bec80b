"""Who was shown to whom is in the access log before the answer leaves; what can't be entered does not leave."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from sqlalchemy import text
from sqlmodel import col, select

from integration.access.tables import AccessLogRow
from integration.db.engine import Database
from integration.people.tables import PersonRow
from integration.settings import Settings
from schema.app import create_app

PEOPLE = "query FindPeople($n: Int) { people(first: $n) { nodes { id family { members { name } } } } }"


@pytest.fixture
async def client(database: Database, settings: Settings) -> AsyncIterator[httpx2.AsyncClient]:
    app = create_app(settings, database, run_worker=False)
    transport = httpx2.ASGITransport(app=app, client=("127.0.0.1", 4711))
    async with httpx2.AsyncClient(transport=transport, base_url="http://testserver") as http:
        yield http


async def ask(client: httpx2.AsyncClient, query: str, token: str | None = "demo-admin", **headers: str) -> Any:
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    answer = await client.post("/graphql", json={"query": query, "variables": {"n": 3}}, headers=headers)
    assert answer.status_code == 200
    return answer.json()


async def entries(database: Database) -> list[AccessLogRow]:
    async with database.write() as session:
        return list((await session.exec(select(AccessLogRow).order_by(col(AccessLogRow.id)))).all())


async def test_an_answer_with_people_is_entered_once_with_everybody_it_shows(
    client: httpx2.AsyncClient, database: Database
) -> None:
    answer = await ask(client, PEOPLE, **{"X-Purpose": "VERIFICATION"})
    (entry,) = await entries(database)
    assert (entry.actor, entry.purpose, entry.operation) == ("demo-admin", "VERIFICATION", "FindPeople")
    assert len(answer["data"]["people"]["nodes"]) == 3
    async with database.write() as session:
        shown = (await session.exec(select(PersonRow).order_by(PersonRow.name_key, col(PersonRow.id)).limit(3))).all()
        families = {person.family_id for person in shown}
        members = (await session.exec(select(PersonRow))).all()
    expected = {person.id.hex for person in members if person.family_id in families or person in shown}
    assert set(entry.people) == expected
    assert entry.people_count == len(expected)


async def test_what_shows_nobody_is_not_entered(client: httpx2.AsyncClient, database: Database) -> None:
    await ask(client, "{ reports(first: 3) { nodes { number subjects { name } } } people { totalCount } }")
    await ask(client, "{ people { nodes { id } } }", token=None)
    assert await entries(database) == []


async def test_people_found_only_through_a_report_are_entered_too(
    client: httpx2.AsyncClient, database: Database
) -> None:
    await ask(client, "{ reports(first: 50) { nodes { subjects { person { id } candidates { person { id } } } } } }")
    (entry,) = await entries(database)
    assert entry.people_count > 5


async def test_answers_that_end_together_are_each_entered(client: httpx2.AsyncClient, database: Database) -> None:
    await asyncio.gather(*(ask(client, PEOPLE) for _ in range(20)))
    assert [entry.people_count > 0 for entry in await entries(database)] == [True] * 20


async def test_an_answer_that_cannot_be_entered_does_not_leave(client: httpx2.AsyncClient, database: Database) -> None:
    async with database.write() as session:
        await (await session.connection()).execute(text("ALTER TABLE access_log RENAME TO access_log_away"))
    answer = await client.post(
        "/graphql", json={"query": PEOPLE, "variables": {"n": 3}}, headers={"Authorization": "Bearer demo-admin"}
    )
    assert answer.status_code == 500
    assert answer.json()["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert "data" not in answer.json()
