"""How the Python peers are served: as ours is, by one uvicorn worker with uvloop and httptools, without any log."""

import gc
import os
from collections.abc import Awaitable, Callable
from typing import Any

import uvicorn

# Given by scripts/bench: where the database is, the key its values are sealed with, where to listen.
URL = os.environ.get("PEER_URL", "")
KEY = bytes.fromhex(os.environ.get("PEER_KEY", ""))

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


def serve(app: Any, tuned: bool = True) -> None:
    """Serve until told to stop; `tuned` sets Python's garbage collector as our server does."""
    if tuned:
        gc.freeze()
        gc.set_threshold(50_000, 20, 50)
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=int(os.environ["PORT"]),
        http="httptools",
        loop="uvloop",
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
    )
