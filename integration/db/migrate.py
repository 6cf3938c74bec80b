"""Bringing a database to the newest revision, safely also when several processes start at once.

A revision is a file in `migrations/versions`; it imports no table of ours, so that it keeps meaning what it meant. That
all of them together build what the tables say is held by a test.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection

from integration.db.concurrency import one_at_a_time
from integration.db.engine import Database


async def migrate(database: Database, revision: str = "head") -> bool:
    """Upgrade to `revision`, all of it or nothing; True when there was anything to do."""
    async with _locked(database) as connection:
        return await connection.run_sync(_upgrade, revision)


async def downgrade(database: Database, revision: str) -> None:
    """Go back to an earlier revision ("base" for an empty database). What the dropped tables held is lost."""
    async with _locked(database) as connection:
        await connection.run_sync(_downgrade, revision)


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@asynccontextmanager
async def _locked(database: Database) -> AsyncIterator[AsyncConnection]:
    """One transaction that no second migrating process can enter."""
    if database.dialect == "sqlite":
        # SQLite makes the file, not its folder; and BEGIN IMMEDIATE, which the engine sends, is the lock.
        Path(database.url.database or "").parent.mkdir(parents=True, exist_ok=True)
    async with database.engine.connect() as connection:
        if database.dialect == "sqlite":
            # A table built anew is dropped first: enforced keys would empty its children. Only outside a transaction.
            await _pragma(connection, "foreign_keys=OFF")
        try:
            async with connection.begin():
                await one_at_a_time(connection, "migrate")
                yield connection
                if database.dialect == "sqlite":
                    broken = (await connection.execute(text("PRAGMA foreign_key_check"))).all()
                    if broken:
                        raise RuntimeError(f"the migration broke {len(broken)} foreign keys; nothing was changed")
        finally:
            if database.dialect == "sqlite":
                await _pragma(connection, "foreign_keys=ON")


async def _pragma(connection: AsyncConnection, setting: str) -> None:
    driver = (await connection.get_raw_connection()).driver_connection
    assert driver is not None
    await driver.execute(f"PRAGMA {setting}")


def _upgrade(connection: Connection, revision: str) -> bool:
    before = MigrationContext.configure(connection).get_current_heads()
    command.upgrade(_config(connection), revision)
    return MigrationContext.configure(connection).get_current_heads() != before


def _downgrade(connection: Connection, revision: str) -> None:
    command.downgrade(_config(connection), revision)
