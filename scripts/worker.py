"""Run the worker alone, beside servers started with `--no-worker`: `scripts/worker`."""

import asyncio
import signal
from pathlib import Path
from typing import Annotated

import typer
import uvloop

from integration.access.sealing import Sealer
from integration.db.engine import Database
from integration.logs import configure_logging
from integration.settings import Settings
from integration.worker import Worker
from scripts.preparing import prepare, read_settings

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    data: Annotated[
        Path | None, typer.Option(help="Folder of the SQLite database and the demo key.", file_okay=False)
    ] = None,
    called_from: Annotated[Path | None, typer.Option(hidden=True)] = None,
) -> None:
    """Work off what came in, until told to stop. Settings come from the environment (SATUPINTU_...); see the README."""
    settings = read_settings(data, called_from)
    configure_logging(readable=settings.demo)
    prepare(settings, demo=False, tell=print)
    uvloop.run(_work(settings))
    print("Stopped.", flush=True)


async def _work(settings: Settings) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    database = Database(settings.database)
    try:
        worker = Worker(database, Sealer(settings.master_key()), settings)
        print("The worker is working. Ctrl-C stops.", flush=True)
        await worker.run(stop)
    finally:
        await database.close()


if __name__ == "__main__":
    app()
