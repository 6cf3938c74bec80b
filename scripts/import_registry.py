"""Bring a file of the welfare registry in: `scripts/import-registry FILE --scheme DTSEN --period 2026-Q1 --apply`."""

import asyncio
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

import integration.tables  # noqa: F401 - events point at tables of every noun
from integration.access.sealing import Sealer
from integration.access.viewer import Viewer
from integration.codes import ImportState, Language, RegistryScheme
from integration.db.engine import Database
from integration.refusal import Refusal
from integration.registry.importing import batches, faulty
from integration.registry.importing.files import Inspected, inspect
from integration.registry.importing.findings import suggestion
from integration.registry.importing.reports import counts
from integration.registry.importing.service import Importer
from integration.registry.importing.tables import ImportBatchRow
from integration.settings import Settings
from scripts.preparing import give_up, prepare, read_settings

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
_OPERATOR = Viewer(name="Baris perintah", roles=frozenset(), subject="command line")


@app.command()
def main(
    file: Annotated[Path, typer.Argument(help="The registry file, CSV or XLSX.")],
    scheme: Annotated[RegistryScheme, typer.Option(help="Which registry it is of.")],
    period: Annotated[str, typer.Option(help="The time it describes: 2026-Q1, 2026-03 or 2026.")],
    apply: Annotated[bool, typer.Option("--apply", help="Make a release of it at once.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what is found; leave nothing behind.")] = False,
    supplement: Annotated[
        bool, typer.Option("--supplement", help="The file holds mended rows of the release there already is.")
    ] = False,
    faulty_file: Annotated[
        Path | None, typer.Option("--faulty", help="Write the rows to be mended to this CSV file, for the owner only.")
    ] = None,
    data: Annotated[
        Path | None, typer.Option(help="Folder of the SQLite database and the demo key.", file_okay=False)
    ] = None,
    called_from: Annotated[Path | None, typer.Option(hidden=True)] = None,
) -> None:
    """Stage a file, say what was found, and with --apply make a release of it. May run beside a serving process. Run
    again after an interruption it goes on where it stopped; the same file twice changes nothing.
    """
    if apply and dry_run:
        give_up("Give either --apply or --dry-run.")
    settings = read_settings(data, called_from)
    here = called_from or Path.cwd()
    console = Console(stderr=True)
    try:
        prepare(settings, demo=False, tell=console.print)
        asyncio.run(
            _run(
                settings, here / file, scheme, period, apply, dry_run, supplement,
                None if faulty_file is None else here / faulty_file, console,
            )
        )  # fmt: skip
    except Refusal as refusal:
        give_up(f"{refusal.message(Language.ID)}\n{refusal.message(Language.EN)}")
    except FileNotFoundError:
        give_up(f"There is no file {file}.")
    except (PermissionError, IsADirectoryError) as error:
        give_up(f"The file cannot be read: {error.strerror}.")
    except batches.TakenOver:
        give_up("Another process has taken this import over.")
    except KeyboardInterrupt:
        give_up("Interrupted. Run the same command again to go on.")


async def _run(
    settings: Settings, file: Path, scheme: RegistryScheme, period: str, apply: bool, dry_run: bool, supplement: bool,
    faulty_file: Path | None, console: Console,
) -> None:  # fmt: skip
    database = Database(settings.database)
    sealer = Sealer(settings.master_key())
    importer = Importer(database, sealer, settings, _OPERATOR)

    def opener() -> BinaryIO:
        return file.open("rb")

    try:
        with _progress(console) as progress:
            reading = progress.add_task(
                "reading",
                total=file.stat().st_size,  # noqa: ASYNC240 - one look
            )
            inspected = await asyncio.to_thread(
                inspect, opener, settings.import_max_bytes, lambda size: progress.advance(reading, size)
            )
            batch = await importer.begin(inspected, scheme, period, file.name, supplement)
            if batch.state is not ImportState.APPLIED:
                batch = await _work(importer, batch, opener, inspected, progress, apply, dry_run, faulty_file)
            else:
                console.print("This file was imported before; nothing is changed.")
        if not dry_run:
            await _show(database, batch)
            await _write_faulty(database, sealer, batch, faulty_file)
    finally:
        await database.close()


async def _work(
    importer: Importer, batch: ImportBatchRow, opener: Callable[[], BinaryIO], inspected: Inspected,
    progress: Progress, apply: bool, dry_run: bool, faulty_file: Path | None,
) -> ImportBatchRow:  # fmt: skip
    hold = importer.hold(batch.id)
    if not await hold.take(wait=False):
        progress.console.print("Another process worked on this file a moment ago; waiting for it ...")
        await hold.take(wait=True)
    try:
        await importer.stage(hold, opener, inspected, _teller(progress))
        if dry_run:
            await _show(importer.database, await batches.read(importer.database, batch.id))
            await _write_faulty(importer.database, importer.sealer, batch, faulty_file)
            await batches.forget(importer.database, hold)
            return batch
        if apply:
            task = progress.add_task("applying", total=None)
            await importer.apply(hold)
            progress.update(task, total=1, completed=1)
    finally:
        with suppress(Exception):
            await hold.give_back()
    return await batches.read(importer.database, batch.id)


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description:>12}"), BarColumn(), TextColumn("{task.completed:,.0f}"))
    return Progress(*columns, TimeElapsedColumn(), console=console, transient=True)


def _teller(progress: Progress) -> Callable[[str, int], None]:
    tasks = {}

    def tell(step: str, rows: int) -> None:
        if step not in tasks:
            tasks[step] = progress.add_task(step, total=None)
        progress.update(tasks[step], completed=rows)

    return tell


async def _show(database: Database, batch: ImportBatchRow) -> None:
    batch = await batches.read(database, batch.id)
    console = Console(width=None if sys.stdout.isatty() else 160)
    table = Table("rule", "severity", "rows", "what to do", title=f"{batch.file_name}: {batch.rows:,} rows")
    for rule, severity, count in await counts(database, batch.id):
        table.add_row(rule, severity, f"{count:,}", suggestion(rule, None, Language.ID) or "")
    console.print(table)
    console.print(
        f"{batch.state}: {batch.rows - batch.refused_rows:,} rows taken, {batch.refused_rows:,} not taken, "
        f"{batch.faulty_rows:,} to be mended."
    )
    if batch.left_out:
        console.print(f"Columns left out: {', '.join(name or '(no name)' for name in batch.left_out)}.")
    if batch.state is ImportState.STAGED:
        console.print("Run it again with --apply to make a release of it.")


async def _write_faulty(database: Database, sealer: Sealer, batch: ImportBatchRow, path: Path | None) -> None:
    if path is None:
        return
    batch = await batches.read(database, batch.id)
    # Names and numbers of people: for nobody but the owner, and never into a file that somebody else may read already.
    path.unlink(missing_ok=True)  # noqa: ASYNC240 - one stroke
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8-sig") as out:
        async for piece in faulty.as_csv(database, sealer, batch.id, batch.columns):
            out.write(piece)


if __name__ == "__main__":
    app()
