"""A partner agency's system at the one door."""

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from sqlmodel import col, select
from starlette.applications import Starlette

from integration.access.tables import AccessLogRow
from integration.db.engine import Database
from integration.settings import Settings
from schema.app import create_app


class Partner:
    """Somebody with a token and a purpose, or without."""

    def __init__(self, http: httpx2.AsyncClient, app: Starlette) -> None:
        self._http = http
        self.app = app

    async def tell(
        self,
        query: str,
        variables: dict[str, Any] | None = None,
        who: str | None = "opd-dinkes",
        purpose: str | None = "REFERRAL",
        language: str = "id",
    ) -> Any:
        """The whole answer, errors and all."""
        headers = {"Accept-Language": language}
        headers |= {} if who is None else {"Authorization": f"Bearer demo-{who}"}
        headers |= {} if purpose is None else {"X-Purpose": purpose}
        answer = await self._http.post("/graphql", json={"query": query, "variables": variables or {}}, headers=headers)
        return answer.json()

    async def ask(self, query: str, variables: dict[str, Any] | None = None, **how: Any) -> Any:
        """The answer's data; errors of the query itself fail the test."""
        body = await self.tell(query, variables, **how)
        assert "errors" not in body, body
        return body["data"]

    async def get(self, path: str, who: str | None = "opd-dinkes") -> httpx2.Response:
        """A file."""
        return await self._http.get(path, headers={} if who is None else {"Authorization": f"Bearer demo-{who}"})


@pytest.fixture
async def partner(database: Database, settings: Settings) -> AsyncIterator[Partner]:
    app = create_app(settings, database, run_worker=False)
    transport = httpx2.ASGITransport(app=app, client=("127.0.0.1", 4711))
    async with httpx2.AsyncClient(transport=transport, base_url="http://testserver") as http:
        yield Partner(http, app)


async def entries(database: Database) -> list[AccessLogRow]:
    """The access log, oldest first."""
    async with database.write() as session:
        return list((await session.exec(select(AccessLogRow).order_by(col(AccessLogRow.id)))).all())
