"""The office and the villages at work on proposals: the real application, and its people asking over HTTP."""

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from integration.db.engine import Database
from integration.settings import Settings
from schema.app import create_app

PROPOSAL = "id version status"
MINUTES = {"minutesNumber": "470/12/BA/2026", "heldOn": "2026-11-02", "place": "Balai kelurahan", "attendance": 23}
DOCUMENT = {"documentNumber": "460/77/2026", "documentDate": "2026-11-10"}
# Of the demo: in Panji, the village of demo-village, in the district of demo-tksk; report 9 names Salasiah.
NUMBER, NIK = "SIM-2024-000009", "6402064408499000"


class Desk:
    """Somebody with a token at the one door."""

    def __init__(self, http: httpx2.AsyncClient) -> None:
        self.http = http

    def headers(self, who: str | None, purpose: str | None = "VERIFICATION") -> dict[str, str]:
        """A sign-in, with a purpose."""
        token = {} if who is None else {"Authorization": f"Bearer demo-{who}"}
        return token | ({} if purpose is None else {"X-Purpose": purpose})

    async def ask(self, query: str, variables: dict[str, Any] | None = None, who: str | None = "verifier") -> Any:
        """The answer's data; errors of the query itself fail the test."""
        told = {"query": query, "variables": variables or {}}
        body = (await self.http.post("/graphql", json=told, headers=self.headers(who))).json()
        assert "errors" not in body, body
        return body["data"]

    async def act(self, name: str, told: dict[str, Any], who: str | None, show: str = PROPOSAL) -> Any:
        """The payload of one mutation."""
        kind = f"V{name[1:]}Input" if name not in ("vervalVerify", "vervalWithdraw") else "VervalActInput"
        query = f"""mutation($input: {kind}!) {{ {name}(input: $input) {{
            proposal {{ {show} }} errors {{ code field message currentVersion }} }} }}"""
        return (await self.ask(query, {"input": told}, who))[name]

    async def do(self, name: str, told: dict[str, Any], who: str, show: str = PROPOSAL) -> Any:
        """The proposal after an act that must succeed."""
        payload = await self.act(name, told, who, show)
        assert payload["errors"] == [], (name, payload["errors"])
        return payload["proposal"]

    async def refused(self, name: str, told: dict[str, Any], who: str | None) -> str:
        """The code of the one refusal."""
        (error,) = (await self.act(name, told, who))["errors"]
        assert error["message"]
        return str(error["code"])

    async def subject(self, number: str = NUMBER, index: int = 0) -> str:
        """The id of a report's subject."""
        found = await self.ask("query($n: String) { report(number: $n) { subjects { id } } }", {"n": number}, "admin")
        return str(found["report"]["subjects"][index]["id"])

    async def person(self, nik: str = NIK) -> str:
        """The id of a person of the registry."""
        query = "query($nik: String!) { people(filter: { nik: $nik }) { nodes { id } } }"
        return str((await self.ask(query, {"nik": nik}, "admin"))["people"]["nodes"][0]["id"])

    async def proposed(self, who: str = "tksk", **told: Any) -> Any:
        """A proposal to remove Salasiah, put forward."""
        given = {"person": await self.person(), "action": "REMOVE", "reason": "DECEASED"} | told
        return await self.do("vervalPropose", given, who)


@pytest.fixture
async def desk(database: Database, settings: Settings) -> AsyncIterator[Desk]:
    app = create_app(settings, database, run_worker=False)
    transport = httpx2.ASGITransport(app=app, client=("127.0.0.1", 4711))
    async with httpx2.AsyncClient(transport=transport, base_url="http://testserver") as http:
        yield Desk(http)
