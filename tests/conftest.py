"""What every test may ask for: a database of its own on SQLite and on PostgreSQL, and the key it is sealed with."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from integration.access.sealing import Sealer
from integration.db.engine import Database
from integration.settings import KEY_FILE, Settings
from tests.databases import BACKENDS, MASTER, WITHOUT_POSTGRES, Databases, new_home

_HOME = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    worker: dict[str, str] | None = getattr(config, "workerinput", None)
    config.stash[_HOME] = Path(worker["databases"]) if worker else new_home()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["databases"] = str(node.config.stash[_HOME])


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput") and _HOME in config.stash:
        Databases(config.stash[_HOME]).remove()


def pytest_report_header() -> str:
    return "databases: " + ("sqlite only (SATUPINTU_TEST_POSTGRES=off)" if WITHOUT_POSTGRES else ", ".join(BACKENDS))


@pytest.fixture(scope="session")
def databases(pytestconfig: pytest.Config) -> Databases:
    """The store of prepared databases, for a test that needs several."""
    return Databases(pytestconfig.stash[_HOME])


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """First "sqlite", then "postgresql"."""
    return str(request.param)


@pytest.fixture
def database_url(databases: Databases, backend: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database with reference and demo data, for a test that opens it itself (or twice)."""
    with databases.fresh(backend, "demo", tmp_path) as url:
        yield url


@pytest.fixture
def empty_database_url(databases: Databases, backend: str, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database without a row."""
    with databases.fresh(backend, "empty", tmp_path) as url:
        yield url


@pytest.fixture
def blank_database_url(databases: Databases, backend: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database nobody has migrated yet; on SQLite not even the file is there."""
    with databases.fresh(backend, "blank", tmp_path) as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database with reference and demo data."""
    database = Database(database_url)
    yield database
    await database.close()


@pytest.fixture
async def empty_database(empty_database_url: str) -> AsyncIterator[Database]:
    """A migrated database without a row."""
    database = Database(empty_database_url)
    yield database
    await database.close()


@pytest.fixture
def sealer() -> Sealer:
    """What the prepared databases are sealed with."""
    return Sealer(MASTER)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a laptop in demo mode, whatever the environment says; the key is the one of `sealer`."""
    for name in os.environ:
        if name.startswith("SATUPINTU_"):
            monkeypatch.delenv(name)
    data = tmp_path / "data"
    data.mkdir()
    (data / KEY_FILE).write_text(MASTER.hex())
    # Nor the developer's .env; pydantic's own way to say so is not in the class's signature.
    return Settings(data=data, _env_file=None)  # type: ignore[call-arg]
