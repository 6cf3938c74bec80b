"""The real server, once per module and database."""

from collections.abc import Iterator

import httpx2
import pytest

from tests.databases import BACKENDS, Databases
from tests.project.running import Served, keep_key, serving


@pytest.fixture(scope="module", params=BACKENDS)
def served(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """A server over the demo's data, first on SQLite, then on PostgreSQL."""
    folder = tmp_path_factory.mktemp("http")
    with (
        databases.fresh(request.param, "demo", folder) as url,
        serving(keep_key(folder / "data"), settings={"database_url": url}) as one,
    ):
        yield one


@pytest.fixture(scope="module")
def client(served: Served) -> Iterator[httpx2.Client]:
    """A client of it."""
    with httpx2.Client(base_url=served.base, timeout=60) as one:
        yield one
