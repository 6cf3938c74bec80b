"""The way in that an officer has: a served house, asked over HTTP."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

# Long enough for a worker on a busy machine; it is asked again until then.
PATIENCE = 60.0
_BATCH = "id state problem rows faultyRows refusedRows fileName supplement release { scheme period people }"


@dataclass(frozen=True, slots=True)
class Door:
    """A client of the house, who speaks as one of the demo's people."""

    http: httpx2.Client
    who: str = "verifier"

    def as_(self, who: str) -> "Door":
        return Door(self.http, who)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer demo-{self.who}", "X-Purpose": "VERIFICATION", "Accept-Language": "en"}

    def send(self, content: Any, name: str = "", **headers: str) -> httpx2.Response:
        """Upload a file: a path or what it holds."""
        if isinstance(content, Path):
            name, content = content.name, content.read_bytes()
        return self.http.post(
            "/imports/registry", params={"name": name}, content=content, headers={**self.headers, **headers}
        )

    def upload(self, path: Path) -> str:
        answer = self.send(path)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        answer = self.http.post("/graphql", json={"query": query, "variables": variables}, headers=self.headers).json()
        assert "errors" not in answer, answer
        data: dict[str, Any] = answer["data"]
        return data

    def act(self, name: str, **given: Any) -> dict[str, Any]:
        """An act's payload. Enum values go as variables like all else."""
        kind = "RegistryImportStageInput" if name == "registryImportStage" else "RegistryImportActInput"
        query = (
            f"mutation A($input: {kind}!) {{ {name}(input: $input) {{ importBatch {{ {_BATCH} }} "
            "errors { code message field } } }"
        )
        payload: dict[str, Any] = self.ask(query, input=given)[name]
        return payload

    def stage(self, upload: str, period: str, scheme: str = "DTSEN", **more: Any) -> dict[str, Any]:
        return self.act("registryImportStage", upload=upload, scheme=scheme, period=period, **more)

    def staged(self, path: Path, period: str, **more: Any) -> dict[str, Any]:
        """The batch of a file, once it has been read."""
        payload = self.stage(self.upload(path), period, **more)
        assert payload["errors"] == [], payload
        return self.settled(payload["importBatch"]["id"])

    def applied(self, batch: str) -> dict[str, Any]:
        assert self.act("registryImportApply", id=batch)["errors"] == []
        return self.settled(batch)

    def batch(self, batch: str) -> dict[str, Any]:
        query = f"query B($id: ID!) {{ node(id: $id) {{ ... on ImportBatch {{ {_BATCH} }} }} }}"
        node: dict[str, Any] = self.ask(query, id=batch)["node"]
        return node

    def settled(self, batch: str) -> dict[str, Any]:
        """A batch at which no worker works any more."""
        last = time.monotonic() + PATIENCE
        while (now := self.batch(batch))["state"] in ("STAGING", "APPLYING"):
            assert time.monotonic() < last, now
            time.sleep(0.1)
        return now


def code(payload: dict[str, Any]) -> str | None:
    """Why an act was refused."""
    return payload["errors"][0]["code"] if payload["errors"] else None
