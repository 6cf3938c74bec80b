"""An import in a process of its own that stops where a test wants: `python -m tests.registry.interrupting ...`.

It stops at a step of the staging ("rows:20", "crossing", "recognising", "faults") or before a statement of the applying
("INSERT INTO registry_record"). There it says so, and ends without a word of farewell, or waits to be told to go on.
"""

import asyncio
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event

import integration.tables  # noqa: F401 - events point at tables of every noun
from integration.access.sealing import Sealer
from integration.access.viewer import SYSTEM
from integration.codes import RegistryScheme
from integration.db.engine import Database
from integration.registry.importing import batches, crew, staging
from integration.registry.importing.files import inspect
from integration.registry.importing.service import Importer
from integration.settings import Settings
from tests.databases import MASTER

REACHED = "reached"


def main(url: str, file: str, stop_at: str, then: str, folder: str) -> None:
    """Import a file and stop on the way. `then` is "die" or "wait"."""
    # Whoever comes after one that was killed need not wait till its lease is over.
    batches.LEASE = timedelta(0)
    staging.CHUNK = 10
    if stop_at.startswith("rows"):
        # A small file would be checked by this process alone.
        crew._WORTH = 0
    asyncio.run(_run(Database(url), Path(file), stop_at, then, Path(folder)))


async def _run(database: Database, file: Path, stop_at: str, then: str, folder: Path) -> None:
    def stop() -> None:
        print(REACHED, *_children(), flush=True)
        if then == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        sys.stdin.readline()

    def tell(step: str, rows: int) -> None:
        if stop_at in (step, f"{step}:{rows}"):
            stop()

    def before(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(stop_at):
            stop()

    event.listen(database.engine.sync_engine, "before_cursor_execute", before)
    inspected = inspect(lambda: file.open("rb"), 1_000_000)
    importer = Importer(database, Sealer(MASTER), Settings(data=folder, _env_file=None), SYSTEM)  # type: ignore[call-arg]
    batch = await importer.begin(inspected, RegistryScheme.DTSEN, "2026-Q1", file.name)
    hold = importer.hold(batch.id)
    assert await hold.take(wait=False)
    await importer.stage(hold, lambda: file.open("rb"), inspected, tell)
    await importer.apply(hold)
    await hold.give_back()
    await database.close()


def _children() -> list[int]:
    own = Path(f"/proc/{os.getpid()}/task")
    return [int(child) for task in own.iterdir() for child in (task / "children").read_text().split()]


if __name__ == "__main__":
    main(*sys.argv[1:])
