"""What serving and working have in common: settings that hold together, and a database that is there and up to date."""

import asyncio
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import asyncpg
from pydantic import ValidationError
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from integration.access.sealing import Sealer
from integration.access.viewer import Viewer
from integration.db.current import is_current
from integration.db.engine import Database
from integration.demo.accounts import demo_viewers
from integration.demo.load import demo_loaded, load_demo
from integration.reference import load_reference
from integration.settings import SettingMissing, Settings

Tell = Callable[[str], None]


def give_up(message: str) -> NoReturn:
    """Say why not, and end."""
    print(message, file=sys.stderr, flush=True)
    raise SystemExit(1)


def read_settings(data: Path | None, called_from: Path | None) -> Settings:
    """The settings, checked to the point where serving could only fail later. A relative folder is the caller's."""
    try:
        settings = Settings() if data is None else Settings(data=(called_from or Path.cwd()) / data)
        settings.data.mkdir(parents=True, exist_ok=True)
        Sealer(settings.master_key())
        assert settings.app_secret and settings.verify_token
        settings.whatsapp_access  # noqa: B018 - asked for what it may find missing
    except ValidationError as error:
        # The values may be secrets: say only which, and what is wrong with it.
        wrong = "; ".join(
            f"SATUPINTU_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors(include_input=False)
        )
        give_up(f"A setting cannot be read. {wrong}")
    except SettingMissing as error:
        give_up(f"{error}.")
    except OSError as error:
        give_up(f"The data folder cannot be used: {error.filename}: {error.strerror}.")
    return settings


def prepare(settings: Settings, demo: bool, tell: Tell) -> list[Viewer]:
    """Bring the database to where this program expects it; the demo's viewers, if it is there."""
    try:
        database = Database(settings.database)
    except (ArgumentError, ValueError, TypeError):
        # Their text would show the address, and a password with it.
        give_up(
            "SATUPINTU_DATABASE_URL is not an address of SQLite or PostgreSQL (postgresql://user:password@host/name)."
        )
    try:
        return asyncio.run(_prepare(database, settings, demo, tell))
    except (SQLAlchemyError, sqlite3.Error, asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
        where = database.url.set(drivername=database.dialect).render_as_string(hide_password=True)
        cause = error.__cause__ or getattr(error, "orig", None) or error
        give_up(f"The database cannot be used ({type(cause).__name__}): {where}")


async def _prepare(database: Database, settings: Settings, demo: bool, tell: Tell) -> list[Viewer]:
    try:
        if not await is_current(database):
            tell("Bringing the database up to date ...")
            # Alembic only where there is something to do: it would stay in the server's memory for ever.
            from integration.db.migrate import migrate  # noqa: PLC0415

            await migrate(database)
        async with database.write() as session:
            await load_reference(session, settings.smallest_cell)
        if demo and not await demo_loaded(database):
            tell("Loading the demo data ...")
            await load_demo(database, Sealer(settings.master_key()), lambda step: tell(f"  {step}"))
        return await demo_viewers(database) if demo else []
    finally:
        await database.close()
