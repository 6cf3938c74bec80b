"""The office at work: the real application, and its people asking over HTTP."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

from integration.access.sealing import Sealer
from integration.db.engine import Database
from integration.settings import DEMO_APP_SECRET, Settings
from schema.app import create_app
from tests.procedure.stage import Stage

REPORT = "id number status sopStep version"


class Office:
    """Somebody with a token, or nobody, at the one door."""

    def __init__(self, http: httpx2.AsyncClient, app: Starlette) -> None:
        self._http = http
        self.app = app

    async def ask(self, query: str, variables: dict[str, Any] | None = None, who: str | None = "admin") -> Any:
        """The answer's data; errors of the query itself fail the test."""
        body = await self.tell(query, variables, who)
        assert "errors" not in body, body
        return body["data"]

    async def tell(self, query: str, variables: dict[str, Any] | None = None, who: str | None = "admin") -> Any:
        """The whole answer, errors and all."""
        headers = {} if who is None else {"Authorization": f"Bearer demo-{who}"}
        answer = await self._http.post("/graphql", json={"query": query, "variables": variables or {}}, headers=headers)
        return answer.json()

    async def get(self, path: str, who: str | None = "admin") -> httpx2.Response:
        """A page."""
        headers = {} if who is None else {"Authorization": f"Bearer demo-{who}"}
        return await self._http.get(path, headers=headers)

    async def act(self, name: str, told: dict[str, Any], who: str = "admin", show: str = REPORT) -> Any:
        """The payload of one mutation."""
        payload = f"report {{ {show} }} errors {{ code field message currentVersion }}"
        query = f"mutation($input: {input_of(name)}!) {{ {name}(input: $input) {{ {payload} }} }}"
        return (await self.ask(query, {"input": told}, who))[name]

    async def do(self, name: str, told: dict[str, Any], who: str = "admin", show: str = REPORT) -> Any:
        """The report after an act that must succeed."""
        payload = await self.act(name, told, who, show)
        assert payload["errors"] == [], (name, payload["errors"])
        return payload["report"]

    async def refused(self, name: str, told: dict[str, Any], who: str = "admin") -> str:
        """The code of the one refusal."""
        (error,) = (await self.act(name, told, who))["errors"]
        assert error["message"]
        return str(error["code"])

    async def whatsapp(self, text: str, wamid: str, sender: str = "6280011117001", at: int = 1_767_578_400) -> None:
        """A signed delivery of one text message, worked off."""
        message = {"from": sender, "id": wamid, "timestamp": str(at), "type": "text", "text": {"body": text}}
        value = {
            "messaging_product": "whatsapp",
            "contacts": [{"profile": {"name": "Warga"}, "wa_id": sender}],
            "messages": [message],
        }
        body = json.dumps(
            {
                "object": "whatsapp_business_account",
                "entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}],
            }
        ).encode()
        signature = "sha256=" + hmac.new(DEMO_APP_SECRET.encode(), body, hashlib.sha256).hexdigest()
        answer = await self._http.post("/webhooks/whatsapp", content=body, headers={"X-Hub-Signature-256": signature})
        assert answer.status_code == 200
        await self.app.state.worker.run_pending()

    async def staff(self, who: str) -> str:
        """The id of the member of staff behind a token."""
        return str((await self.ask("{ viewer { staff { id } } }", who=who))["viewer"]["staff"]["id"])


def input_of(act: str) -> str:
    """The type of an act's input."""
    return f"{act[0].upper()}{act[1:]}Input" if act in OWN_INPUT else "ReportActInput"


# The acts that must be told more than the report.
OWN_INPUT = {
    "reportRequestInfo", "reportClassify", "reportReject", "reportMerge", "reportDispose", "reportAddAction",
    "reportDraftReply", "reportArchive", "reportReopen",
}  # fmt: skip


@pytest.fixture
async def office(database: Database, settings: Settings) -> AsyncIterator[Office]:
    app = create_app(settings, database, run_worker=False)
    transport = httpx2.ASGITransport(app=app, client=("127.0.0.1", 4711))
    async with httpx2.AsyncClient(transport=transport, base_url="http://testserver") as http:
        yield Office(http, app)


@pytest.fixture
def stage(database: Database, sealer: Sealer) -> Stage:
    return Stage(database, sealer)
