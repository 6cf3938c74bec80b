"""The migrations build on both databases what the tables say, all of it or nothing, whoever runs them and how often."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect
from sqlmodel import select

from integration.db import migrate as migrations
from integration.db.base import METADATA
from integration.db.current import heads, is_current
from integration.db.engine import Database
from integration.db.migrate import downgrade, migrate
from integration.organizations.tables import OrganizationRow
from integration.tables import TABLES
from tests.databases import BACKENDS

# What a process does when it starts.
START = """
import asyncio, sys
from integration.db.engine import Database
from integration.db.migrate import migrate

async def main():
    database = Database(sys.argv[1])
    print(await migrate(database))
    await database.close()

asyncio.run(main())
"""

VERSIONS = Path(migrations.__file__).parent / "migrations" / "versions"


@pytest.fixture
async def blank(blank_database_url: str) -> AsyncIterator[Database]:
    database = Database(blank_database_url)
    yield database
    await database.close()


async def tables(database: Database) -> set[str]:
    async with database.engine.connect() as connection:
        return set(await connection.run_sync(lambda plain: inspect(plain).get_table_names()))


def test_there_is_one_newest_revision() -> None:
    assert len(heads()) == 1


async def test_a_new_database_is_built_and_then_left_alone(blank: Database) -> None:
    assert not await is_current(blank)
    assert await migrate(blank)
    assert await is_current(blank)
    assert await tables(blank) == {*METADATA.tables, "alembic_version"}
    assert not await migrate(blank)


async def test_a_database_a_revision_behind_is_not_current(blank: Database) -> None:
    await migrate(blank, "0001")
    assert not await is_current(blank)
    assert await migrate(blank)
    assert await is_current(blank)


async def test_what_the_migrations_build_is_what_the_tables_say(empty_database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, METADATA))

    assert {table.__tablename__ for table in TABLES} == set(METADATA.tables)
    async with empty_database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_codes_sort_by_code_point(empty_database: Database) -> None:
    codes = ["apel", "Zebra", "a-b", "ab", "Aren", "\u00e1pel", "a.b"]
    async with empty_database.write() as session:
        session.add_all(OrganizationRow(code=code, short_name="", name="", kind="") for code in codes)
    async with empty_database.write() as session:
        assert list(await session.exec(select(OrganizationRow.code).order_by(OrganizationRow.code))) == sorted(codes)


@pytest.mark.parametrize("backend", sorted({"postgresql"} & {*BACKENDS}))
async def test_every_column_that_pages_rest_on_sorts_by_code_point(empty_database: Database) -> None:
    # Alembic compares no collations, and SQLite knows no other order.
    dialect = empty_database.engine.dialect
    ordered = {
        (table.name, column.name)
        for table in METADATA.sorted_tables
        for column in table.columns
        if getattr(column.type.dialect_impl(dialect), "collation", None) == "C"
    }
    assert ("report", "number") in ordered
    async with empty_database.readers.snapshot() as snapshot:
        rows = await snapshot.fetch(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND collation_name = 'C'",
            [],
        )
    assert {(row[0], row[1]) for row in rows} == ordered


async def test_a_full_database_can_be_taken_down_to_nothing_and_built_again(database: Database) -> None:
    await downgrade(database, "base")
    assert await tables(database) == {"alembic_version"}
    assert not await is_current(database)
    assert await migrate(database)
    assert await is_current(database)


async def test_two_processes_starting_at_once_build_it_once(blank: Database, blank_database_url: str) -> None:
    both = [
        await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            START,
            blank_database_url,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        for _ in range(2)
    ]
    said = [await process.communicate() for process in both]
    assert sorted(output for output, _ in said) == [b"False\n", b"True\n"], said
    assert await is_current(blank)


async def test_foreign_keys_are_enforced_again_after_a_migration(blank: Database) -> None:
    await migrate(blank)
    if blank.dialect == "sqlite":
        async with blank.engine.connect() as connection:
            assert (await connection.exec_driver_sql("PRAGMA foreign_keys")).scalar() == 1


@pytest.mark.parametrize("path", sorted(VERSIONS.glob("*.py")), ids=lambda path: path.stem)
def test_a_revision_stands_alone(path: Path) -> None:
    # A table imported into a revision would change what the revision means, years later.
    assert "integration" not in path.read_text()
