"""Small tables are read once in a few seconds for each database, and a change is seen after that."""

from collections.abc import Sequence
from types import SimpleNamespace

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.access.tables import AccountRow
from integration.db import kept as module
from integration.db.engine import Database
from integration.db.kept import kept
from tests.databases import Databases

_reads: list[str] = []


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A clock that only the test moves."""
    _reads.clear()
    moved = SimpleNamespace(seconds=1_000.0)
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: moved.seconds))
    return moved


async def names(session: AsyncSession) -> Sequence[str]:
    _reads.append("names")
    return (await session.exec(select(AccountRow.name).order_by(AccountRow.name))).all()


async def count(session: AsyncSession) -> int:
    _reads.append("count")
    return len((await session.exec(select(AccountRow.id))).all())


async def add(database: Database, name: str) -> None:
    async with database.write() as session:
        session.add(AccountRow(subject=name, name=name))


async def test_a_change_is_seen_after_a_few_seconds_and_until_then_nothing_is_read(
    empty_database: Database, clock: SimpleNamespace
) -> None:
    await add(empty_database, "a")
    for seconds, seen, reads in ((0, ["a"], 1), (4.9, ["a"], 1), (0.2, ["a", "b"], 2), (4.9, ["a", "b"], 2)):
        clock.seconds += seconds
        async with empty_database.write() as session:
            assert list(await kept(session, names)) == seen
        async with empty_database.look() as session:
            assert list(await kept(session, names)) == seen
        assert _reads == ["names"] * reads
        if reads == 1 and seconds == 0:
            await add(empty_database, "b")


async def test_each_reading_is_kept_for_itself(empty_database: Database) -> None:
    await add(empty_database, "a")
    async with empty_database.look() as session:
        assert await kept(session, count) == 1
        assert list(await kept(session, names)) == ["a"]
        assert await kept(session, count) == 1
    assert _reads == ["count", "names"]


async def test_no_database_is_told_what_another_holds(
    empty_database: Database, databases: Databases, backend: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    await add(empty_database, "a")
    async with empty_database.look() as session:
        assert await kept(session, count) == 1
    with databases.fresh(backend, "empty", tmp_path_factory.mktemp("other")) as url:
        other = Database(url)
        try:
            async with other.look() as session:
                assert await kept(session, count) == 0
        finally:
            await other.close()


async def test_a_reading_that_fails_is_not_kept(empty_database: Database) -> None:
    async def fails(_session: AsyncSession) -> int:
        _reads.append("fails")
        raise LookupError

    for _ in range(2):
        async with empty_database.look() as session:
            with pytest.raises(LookupError):
                await kept(session, fails)
    assert _reads == ["fails", "fails"]
