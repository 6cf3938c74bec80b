"""What is only ever added is there when the call returns, whole or not at all, whatever happened to others before."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from integration.access.tables import AccountRow
from integration.db.base import uuid7
from integration.db.engine import Database
from tests.db.breaking import broken_off_anywhere, server_of

_INSERTS = {
    "sqlite": "INSERT INTO account (id, subject, name, roles, regions) VALUES (?, ?, ?, '[]', '[]')",
    "postgresql": "INSERT INTO account (id, subject, name, roles, regions) VALUES ($1, $2, $3, '[]', '[]')",
}


def row(database: Database, subject: str) -> tuple[Any, ...]:
    """A row as the driver takes it."""
    key: UUID = uuid7()
    return (key.hex if database.dialect == "sqlite" else key), subject, "Petugas uji"


async def append(database: Database, *subjects: str) -> None:
    await database.appender.append(_INSERTS[database.dialect], [row(database, one) for one in subjects])


async def stored(url: str, prefix: str = "") -> set[str]:
    """What another process sees."""
    other = Database(url)
    try:
        async with other.look() as session:
            found: Sequence[str] = (await session.exec(select(AccountRow.subject))).all()
    finally:
        await other.close()
    return {subject for subject in found if subject.startswith(prefix)}


@pytest.mark.parametrize("many", [1, 2, 30])
async def test_what_is_appended_is_there_for_everybody_when_the_call_returns(
    empty_database: Database, empty_database_url: str, many: int
) -> None:
    await append(empty_database, *(f"p{n}" for n in range(many)))
    assert await stored(empty_database_url) == {f"p{n}" for n in range(many)}


async def test_one_row_that_cannot_be_stored_leaves_none_of_its_call_and_all_of_the_next(
    empty_database: Database, empty_database_url: str
) -> None:
    await append(empty_database, "taken")
    with pytest.raises(Exception, match=r"(?i)unique"):
        await append(empty_database, "before", "taken", "after")
    await append(empty_database, "later")
    assert await stored(empty_database_url) == {"taken", "later"}


async def test_all_of_many_at_once_arrive_beside_sessions_that_write(
    empty_database: Database, empty_database_url: str
) -> None:
    async def write(subject: str) -> None:
        async with empty_database.write() as session:
            session.add(AccountRow(subject=subject, name="Petugas uji"))

    await asyncio.gather(
        *(append(empty_database, f"a{n}", f"b{n}") for n in range(20)), *(write(f"w{n}") for n in range(20))
    )
    assert await stored(empty_database_url) == {f"{letter}{n}" for letter in "abw" for n in range(20)}


async def test_whoever_breaks_off_appends_all_or_nothing_and_holds_up_nobody(
    empty_database: Database, empty_database_url: str
) -> None:
    names = iter(range(1_000))

    async def pair() -> None:
        one = next(names)
        await append(empty_database, f"left {one}", f"right {one}")

    async for turns in broken_off_anywhere(pair):
        await append(empty_database, f"after {turns}")
        async with empty_database.write() as session:
            session.add(AccountRow(subject=f"written {turns}", name="Petugas uji"))
    found = await stored(empty_database_url)
    assert {f"{what} {turns}" for what in ("after", "written") for turns in range(40)} <= found
    halves = {side: {name.partition(" ")[2] for name in found if name.startswith(side)} for side in ("left", "right")}
    assert halves["left"] == halves["right"]


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
async def test_however_many_append_and_break_off_there_is_one_connection(
    empty_database: Database, empty_database_url: str
) -> None:
    async with server_of(empty_database_url) as server:
        await asyncio.gather(*(append(empty_database, f"p{n}") for n in range(20)))
        names = iter(range(1_000))
        async for _ in broken_off_anywhere(lambda: append(empty_database, f"broken {next(names)}")):
            pass
        await append(empty_database, "last")
        assert await server.connections() == 1
        await empty_database.appender.close()
        assert await server.connections() == 0


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
async def test_after_a_restart_of_the_server_the_next_row_arrives(
    empty_database: Database, empty_database_url: str
) -> None:
    async with server_of(empty_database_url) as server:
        await append(empty_database, "before")
        await server.break_connections()
        await append(empty_database, "after")
        async with server.away():
            for attempt in ("away", "still away"):
                with pytest.raises(Exception, match=r"not currently accepting connections"):
                    await append(empty_database, attempt)
        await append(empty_database, "back")
    assert await stored(empty_database_url) == {"before", "after", "back"}
