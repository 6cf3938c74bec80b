"""Measure how long releases of the registry take to come in, and whether that grows with their size alone:
`scripts/evaluate-import`.

Of each size two releases are made up, a quarter apart, and brought in one after the other: first everybody is new, then
nearly everybody is known. Times mean something only on a machine with nothing else to do.
"""

import asyncio
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from math import log2
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from scripts.benchmarks.bringing_in import STEPS, BroughtIn, bring_in, prepare
from scripts.benchmarks.postgres import postgres as own_server
from scripts.benchmarks.releases import PERIODS, as_workbook, write_releases

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
console = Console(width=150, highlight=False)
# Of a file with twice the rows: how many times the time it may take.
_LINEAR = 2.2
_MEMORY_MB = 400
_MOST_BYTES = 4 << 30


@app.command()
def main(
    rows: Annotated[
        str, typer.Option(help="How many rows the first releases have, by commas.")
    ] = "150000,300000,600000",
    sqlite: Annotated[bool, typer.Option(help="Measure on SQLite.")] = True,
    postgres: Annotated[bool, typer.Option(help="Measure on a PostgreSQL server of its own.")] = True,
    workbook: Annotated[bool, typer.Option("--workbook", help="The first releases as XLSX too.")] = False,
    data: Annotated[
        Path | None, typer.Option(help="Folder that keeps files and databases; else they are removed.", file_okay=False)
    ] = None,
    called_from: Annotated[Path | None, typer.Option(hidden=True)] = None,
) -> None:
    """Print seconds by step, memory, and what twice the rows cost; end with 1 if a goal is missed."""
    for name in [name for name in os.environ if name.startswith("SATUPINTU_")]:
        del os.environ[name]
    os.environ["SATUPINTU_IMPORT_MAX_BYTES"] = os.environ["SATUPINTU_IMPORT_MAX_INFLATED"] = str(_MOST_BYTES)
    sizes = sorted({int(size) for size in rows.split(",")})
    measured: dict[tuple[str, str], dict[int, BroughtIn]] = {}
    with _folder(None if data is None else (called_from or Path.cwd()) / data) as folder:
        for size in sizes:
            files = write_releases(folder / str(size), size)
            book = as_workbook(files[0]) if workbook else None
            for name in (name for name, wanted in (("SQLite", sqlite), ("PostgreSQL", postgres)) if wanted):
                with _database(name, folder / str(size)) as url:
                    for what, file, period in zip(("new people", "known people"), files, PERIODS, strict=True):
                        measured.setdefault((name, what), {})[size] = bring_in(url, folder, file, period)
                if book is not None:
                    with _database(name, folder / str(size) / "book") as url:
                        measured.setdefault((name, "workbook"), {})[size] = bring_in(url, folder, book, PERIODS[0])
    if not _show(measured):
        raise typer.Exit(1)


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="satupintu-import-") as scratch:
        yield Path(scratch)


@contextmanager
def _database(name: str, folder: Path) -> Iterator[str]:
    """An empty database, made ready."""
    folder.mkdir(parents=True, exist_ok=True)
    if name == "PostgreSQL":
        with own_server(folder) as url:
            asyncio.run(prepare(url))
            yield url
        return
    url = f"sqlite:///{folder}/satupintu.db"
    asyncio.run(prepare(url))
    yield url


def _show(measured: dict[tuple[str, str], dict[int, BroughtIn]]) -> bool:
    table = Table("database", "release of", "rows", *STEPS, "all, s", "CPU, s", "rows/s", "memory, MB", "helper, MB")
    reached = True
    for (name, what), by_size in measured.items():
        for done in by_size.values():
            steps = (f"{done.seconds.get(step, 0.0):.1f}" for step in STEPS)
            table.add_row(
                name, what, f"{done.rows:,}", *steps, f"{done.total:.1f}", f"{done.processor:.1f}",
                f"{done.rows / done.total:,.0f}", f"{done.leader_mb:.0f}", f"{done.helper_mb:.0f}",
            )  # fmt: skip
            # What both share is counted twice: it is never more than this.
            reached = reached and done.leader_mb + done.helper_mb <= _MEMORY_MB
    console.print(table)
    for (name, what), by_size in measured.items():
        for (fewer, before), (more, after) in pairwise(by_size.items()):
            # To the power that makes it the cost of twice the rows.
            cost = (after.total / before.total) ** (1 / log2(after.rows / before.rows))
            reached = reached and cost <= _LINEAR
            console.print(
                f"{name}, {what}: from {fewer:,} to {more:,} rows, twice the rows take {cost:.2f} times as long."
            )
    return reached


if __name__ == "__main__":
    app()
