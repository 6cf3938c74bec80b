"""What else the server has: the browser's page, the schema, its state; and who is let in from where."""

import re

import httpx2
import pytest
from graphql import build_client_schema, get_introspection_query

from integration.db.engine import Database
from integration.settings import Settings
from schema.app import create_app
from tests.project.running import ROOT


def test_a_browser_gets_a_page_that_loads_nothing_from_elsewhere(client: httpx2.Client) -> None:
    page = client.get("/graphql", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert re.findall(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//""", page.text) == []
    assert "content-security-policy" in page.headers


@pytest.mark.parametrize(("method", "path", "status"), [
    ("GET", "/graphql", 405), ("PUT", "/graphql", 405), ("DELETE", "/graphql", 405), ("PATCH", "/graphql", 405),
    ("POST", "/schema.graphql", 405), ("POST", "/metrics", 405), ("GET", "/", 404), ("GET", "/graphql/x", 404),
    ("GET", "/../pyproject.toml", 404), ("GET", "/static/..%2f..%2fetc/passwd", 404),
])  # fmt: skip
def test_nothing_else_is_there(client: httpx2.Client, method: str, path: str, status: int) -> None:
    assert client.request(method, path).status_code == status


def test_the_schema_is_the_published_one(client: httpx2.Client) -> None:
    assert client.get("/schema.graphql").text == (ROOT / "schema" / "schema.graphql").read_text(encoding="utf-8")


def test_introspection_is_open(client: httpx2.Client) -> None:
    for options in ({}, {"descriptions": False}):
        answer = client.post("/graphql", json={"query": get_introspection_query(**options)}).json()
        assert "errors" not in answer
        assert "Report" in build_client_schema(answer["data"]).type_map


def test_it_tells_its_state(client: httpx2.Client) -> None:
    assert client.get("/healthz").json() == {"alive": True}
    assert client.get("/readyz").json() == {"ready": True}
    client.post("/graphql", json={"query": "{ viewer { name } }"})
    assert 'satupintu_graphql_seconds_count{outcome="answered"}' in client.get("/metrics").text


def test_answers_are_not_kept_and_do_not_name_the_server(client: httpx2.Client) -> None:
    answer = client.post("/graphql", json={"query": "{ viewer { name } }"})
    assert answer.headers["cache-control"] == "no-store"
    assert len(answer.headers["x-request-id"]) == 32
    assert "server" not in answer.headers


@pytest.mark.parametrize(("host", "status"), [
    ("127.0.0.1", 200), ("127.8.8.8", 200), ("::1", 200),
    ("10.0.0.5", 401), ("203.0.113.9", 401), ("2001:db8::1", 401), ("testclient", 401),
])  # fmt: skip
async def test_demo_tokens_hold_only_on_this_machine(
    database: Database, settings: Settings, host: str, status: int
) -> None:
    transport = httpx2.ASGITransport(create_app(settings, database), client=(host, 40_000))
    async with httpx2.AsyncClient(transport=transport, base_url="http://satupintu.test") as client:
        for headers in ({}, {"X-Forwarded-For": "127.0.0.1", "Forwarded": "for=127.0.0.1", "Host": "localhost"}):
            answer = await client.post(
                "/graphql",
                json={"query": "{ viewer { name } }"},
                headers={"Authorization": "Bearer demo-admin", **headers},
            )
            assert answer.status_code == status


async def test_it_is_not_ready_before_its_database_is(blank_database_url: str, settings: Settings) -> None:
    database = Database(blank_database_url)
    transport = httpx2.ASGITransport(create_app(settings, database))
    async with httpx2.AsyncClient(transport=transport, base_url="http://satupintu.test") as client:
        answer = await client.get("/readyz")
        assert (answer.status_code, answer.json()) == (503, {"ready": False})
        assert (await client.get("/healthz")).status_code == 200
    await database.close()
