"""The page as the server gives it: to whom it offers what, and what it tells the browser about itself."""

import re
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from integration.db.engine import Database
from integration.settings import Settings
from resolvers.context import Services
from schema.app import create_app
from schema.graphiql import page
from schema.graphiql.packages import PINS, packages

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def client_of(app: Starlette, host: str = "127.0.0.1") -> httpx2.AsyncClient:
    """A client of an application, coming from somewhere."""
    transport = httpx2.ASGITransport(app, client=(host, 40_000))
    return httpx2.AsyncClient(transport=transport, base_url="http://satupintu.test")


def services_of(settings: Settings, database: Database) -> Services:
    """What an application serves from."""
    services: Services = create_app(settings, database, run_worker=False).state.services
    return services


def pretend_published(folder: Path) -> Path:
    """A folder that looks as set-up leaves it."""
    folder.mkdir()
    (folder / PINS.name).write_bytes(PINS.read_bytes())
    for package in packages():
        for name in package.files.values():
            (folder / name).write_text(f"/* {name} */")
    return folder


@pytest.mark.parametrize(("host", "offered"), [("127.0.0.1", 17), ("::1", 17), ("192.0.2.7", 0), ("testclient", 0)])
async def test_demo_tokens_are_offered_where_they_hold(
    database: Database, settings: Settings, host: str, offered: int
) -> None:
    async with client_of(create_app(settings, database), host) as client:
        text = (await client.get("/graphql", headers=BROWSER)).text
    assert len(re.findall(r'<option value="demo-', text)) == offered
    assert ('type="password"' in text) == (offered == 0)


async def test_without_demo_data_a_token_is_typed(empty_database: Database, settings: Settings) -> None:
    async with client_of(create_app(settings, empty_database)) as client:
        assert 'type="password"' in (await client.get("/graphql", headers=BROWSER)).text


@pytest.mark.parametrize("full", [True, False])
async def test_all_it_links_to_is_here_for_ever(
    database: Database, settings: Settings, tmp_path: Path, full: bool
) -> None:
    published = pretend_published(tmp_path / "published") if full else tmp_path
    async with client_of(Starlette(routes=page.routes(services_of(settings, database), published))) as client:
        answer = await client.get("/graphql", headers=BROWSER)
        policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["connect-src"] == "'self'"
        assert answer.headers["cache-control"] == "no-store"
        links = re.findall(r'(?:src|href)="(/[^"]+)"', answer.text)
        files = [link for link in links if link != "/schema.graphql"]
        assert len(files) == (8 if full else 2)
        for link in files:
            file = await client.get(link)
            assert file.status_code == 200
            assert file.headers["x-content-type-options"] == "nosniff"
            assert "immutable" in file.headers["cache-control"]
            assert file.headers["content-type"].startswith(("text/css", "text/javascript"))
        for other in ("../page.html", "..%2fpage.html", "%2e%2e/page.py", "none.js", ""):
            assert (await client.get(f"{files[-1].rsplit('/', 1)[0]}/{other}")).status_code == 404


async def test_files_of_older_pins_are_not_served(database: Database, settings: Settings, tmp_path: Path) -> None:
    published = pretend_published(tmp_path / "published")
    (published / PINS.name).write_text("{}")
    async with client_of(Starlette(routes=page.routes(services_of(settings, database), published))) as client:
        assert "/plain.js" in (await client.get("/graphql", headers=BROWSER)).text
