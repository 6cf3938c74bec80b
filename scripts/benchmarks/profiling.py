"""Where our server's time goes in one question: in this very process, without sockets, under cProfile."""

import cProfile
import io
import pstats
from collections.abc import Mapping
from typing import Any

from integration.logs import configure_logging
from integration.settings import Settings
from schema.app import create_app

_REQUESTS = 300
_SHOWN = 40


async def profile(settings: Settings, body: bytes, headers: Mapping[str, str]) -> str:
    """The functions that took most, after a warm-up."""
    configure_logging(readable=False)
    app = create_app(settings, run_worker=False)
    sent = [
        (name.lower().encode(), value.encode())
        for name, value in {"Content-Type": "application/json", **headers}.items()
    ]
    async with app.router.lifespan_context(app):
        for _ in range(20):
            await _ask(app, body, sent)
        profiler = cProfile.Profile()
        profiler.enable()
        for _ in range(_REQUESTS):
            await _ask(app, body, sent)
        profiler.disable()
    text = io.StringIO()
    pstats.Stats(profiler, stream=text).strip_dirs().sort_stats("tottime").print_stats(_SHOWN)
    return text.getvalue()


async def _ask(app: Any, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "scheme": "http",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    assert sent[0]["status"] == 200
    assert b'"errors"' not in sent[1]["body"]
