"""The limit: what one can get out of this stack by hand. A bare ASGI callable and prepared statements.

Q1 reads rows, one statement for each list level, see `page.py`; beside it there is the same answer written as JSON by
PostgreSQL, as it writes those of Q2 and Q3. Only what is sealed is opened here. No GraphQL, no viewer, no rule.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import orjson

from integration.access.masks import mask_identifier, mask_text
from integration.access.sealing import Sealer
from integration.reports.numbers import WITA, tracking_code
from scripts.benchmarks.peers.page import read_page
from scripts.benchmarks.peers.serving import KEY, URL, Receive, Send, serve

_SQL = Path(__file__).parent / "sql"
PAGE, ONE, COUNTS, NUMBER, SUBMIT = (
    (_SQL / f"{name}.sql").read_text(encoding="utf-8") for name in ("page", "one", "counts", "number", "submit")
)


class App:
    """The whole server."""

    def __init__(self) -> None:
        self._pool: asyncpg.Pool | None = None
        self._sealer = Sealer(KEY)

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        path: str = scope["path"]
        assert self._pool is not None
        if path == "/page":
            async with self._pool.acquire() as connection:
                answer = orjson.dumps({"data": {"reports": {"nodes": await read_page(connection)}}})
        elif path == "/page-json":
            answer = (await self._pool.fetchval(PAGE)).encode()
        elif path == "/counts":
            answer = (await self._pool.fetchval(COUNTS)).encode()
        elif path == "/submit":
            answer = await self._submit(orjson.loads((await receive())["body"]))
        else:
            answer = await self._one(path.rpartition("/")[2])
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(answer)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        settings = {"plan_cache_mode": "force_generic_plan", "timezone": "UTC"}
        self._pool = await asyncpg.create_pool(URL, min_size=1, max_size=8, server_settings=settings, reset=nothing)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._pool.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _one(self, number: str) -> bytes:
        assert self._pool is not None
        report = orjson.loads(await self._pool.fetchval(ONE, number))
        report["description"] = self._open("report.description", report["description"], mask_text)
        for subject in report["subjects"]:
            subject["nik"] = self._open("nik", subject["nik"], mask_identifier)
        for message in report["messages"]:
            message["text"] = self._open("message.text", message["text"], mask_text)
        report["messages"], report["timeline"] = {"nodes": report["messages"]}, {"nodes": report["timeline"]}
        return orjson.dumps({"data": {"report": report}})

    def _open(self, label: str, sealed: str | None, mask: Any) -> str | None:
        return None if sealed is None else mask(self._sealer.open(label, bytes.fromhex(sealed)))

    async def _submit(self, said: dict[str, Any]) -> bytes:
        assert self._pool is not None
        sealer, at, code = self._sealer, datetime.now(UTC), tracking_code()
        async with self._pool.acquire() as connection, connection.transaction():
            year = at.astimezone(WITA).year
            number = f"SIM-{year:04d}-{await connection.fetchval(NUMBER, year):06d}"
            receipt = {"number": number, "trackingCode": code}
            region = await connection.fetchval(
                SUBMIT,
                number,
                sealer.index("tracking", code),
                said["channel"],
                said["category"],
                sealer.seal("report.description", said["description"].strip()),
                said["region"],
                at,
                sealer.index("idempotency.key", said["idempotencyKey"]).hex(),
                sealer.index("idempotency.input", orjson.dumps(said, option=orjson.OPT_SORT_KEYS).decode()),
                sealer.seal("idempotency.outcome", orjson.dumps(receipt).decode()),
            )
        report = {
            "number": number,
            "status": "RECEIVED",
            "category": said["category"],
            "receivedAt": at,
            "region": {"name": region},
        }
        return orjson.dumps({"data": {"reportSubmit": {"report": report, "receipt": receipt}}})


async def nothing(_connection: Any) -> None:
    """No reset of a connection given back: what runs here leaves nothing behind."""
    return


if __name__ == "__main__":
    serve(App())
