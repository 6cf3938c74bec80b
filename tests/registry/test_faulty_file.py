"""The lines to be mended, over HTTP: for whoever imports, with a purpose, and never without a trace."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import httpx2
import pytest
from sqlmodel import select

from integration.access.sealing import Sealer
from integration.access.tables import AccessLogRow
from integration.db.engine import Database
from integration.reading import relay
from integration.settings import Settings
from schema.app import create_app
from tests.registry.files import changed, csv_file, rows
from tests.registry.office import Office


@pytest.fixture
async def http(database: Database, settings: Settings) -> AsyncIterator[httpx2.AsyncClient]:
    app = create_app(settings, database, run_worker=False)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://testserver") as client:
        yield client


@pytest.fixture
async def address(database: Database, sealer: Sealer, settings: Settings, tmp_path: Path) -> str:
    """Of the lines of a file with one line to mend."""
    people = rows(6)
    broken = changed(people[2], NIK="6,40207E+15")
    path = csv_file(tmp_path / "rilis.csv", [*people[:2], broken, *people[3:]])
    batch = await Office(database, sealer, settings).stage(path)
    return f"/imports/{relay.encode('ImportBatch', batch.id)}/faulty.csv"


def headers(who: str, purpose: str | None = "VERIFICATION") -> dict[str, str]:
    token = {"Authorization": f"Bearer demo-{who}"}
    return token if purpose is None else {**token, "X-Purpose": purpose}


async def entries(database: Database) -> int:
    async with database.write() as session:
        found = await session.exec(select(AccessLogRow).where(AccessLogRow.operation == "importFaulty"))
        return len(found.all())


async def test_the_lines_come_in_their_own_columns_and_are_entered_in_the_log(
    http: httpx2.AsyncClient, address: str, database: Database
) -> None:
    answer = await http.get(address, headers=headers("verifier"))
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/csv")
    header, line, end = answer.text.split("\r\n")
    assert header.startswith("IDDTKS,IDARTDTKS,NOKK,NIK") and "6,40207E+15" in line and end == ""
    assert answer.headers["cache-control"] == "no-store"
    assert await entries(database) == 1


@pytest.mark.parametrize(
    ("who", "purpose", "status", "code"),
    [
        ("analyst", "STATISTICS", 403, "FORBIDDEN"),
        ("tksk", "VERIFICATION", 403, "FORBIDDEN"),
        ("verifier", None, 400, "PURPOSE_REQUIRED"),
        ("nobody", None, 401, "UNAUTHENTICATED"),
    ],
)
async def test_nobody_else_gets_them(
    http: httpx2.AsyncClient, address: str, database: Database, who: str, purpose: str | None, status: int, code: str
) -> None:
    answer = await http.get(address, headers=headers(who, purpose))
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert "6,40207E+15" not in answer.text
    assert await entries(database) == 0


async def test_an_import_that_is_none(http: httpx2.AsyncClient) -> None:
    other = relay.encode("ImportBatch", UUID(int=7))
    for path in (f"/imports/{other}/faulty.csv", "/imports/abc/faulty.csv"):
        answer = await http.get(path, headers=headers("verifier"))
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "NOT_FOUND")
