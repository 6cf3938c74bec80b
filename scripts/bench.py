"""Measure our server beside its peers: `scripts/bench`; in a minute, on SQLite, without peers: `scripts/bench --quick`.

Nothing is timed before all answers were found equal. Times mean something only on a machine with nothing else to do.
"""

import asyncio
import json
import os
import platform
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
import uvloop
from pydantic import SecretStr
from rich.console import Console

from integration.settings import Settings
from scripts.benchmarks import amounts, goals, signals
from scripts.benchmarks.amounts import Amounts
from scripts.benchmarks.asking import QUERIES, body
from scripts.benchmarks.contestants import Contestant, ServerFailed
from scripts.benchmarks.facts import PAGE, find_facts, run_script
from scripts.benchmarks.filling import fill
from scripts.benchmarks.goals import FAR_PAGE, FAR_PAGE_COST, MEMORY, Goal
from scripts.benchmarks.line_up import NAMES, NODE_PEERS, LineUp
from scripts.benchmarks.measuring import CONCURRENCIES, Cells, Plan, as_json, compare, load, measure
from scripts.benchmarks.postgres import postgres, postmaster
from scripts.benchmarks.profiling import profile
from scripts.benchmarks.showing import show, show_goals

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
console = Console(highlight=False)
if not console.is_terminal:
    # In a file a line has no end to be cut at.
    console.width = 180
_PEER_OBJECTS = Path(__file__).parent / "benchmarks" / "peers" / "database.sql"


@app.command()
def main(
    data: Annotated[
        Path | None, typer.Option(help="Folder that keeps the filled database for further runs.", file_okay=False)
    ] = None,
    seconds: Annotated[float, typer.Option(help="How long each measurement takes.", min=0.2)] = 5.0,
    warm_up: Annotated[float, typer.Option(help="How long a server warms up for each question.", min=0)] = 10.0,
    only: Annotated[str, typer.Option(help=f"Servers, by commas: {', '.join(NAMES)}.")] = ",".join(NAMES),
    queries: Annotated[str, typer.Option(help=f"Questions, by commas: {', '.join(QUERIES)}.")] = ",".join(QUERIES),
    out: Annotated[Path | None, typer.Option(help="Write all numbers to this file as JSON.", dir_okay=False)] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="A smoke run on SQLite, without peers to measure beside.")
    ] = False,
    profiled: Annotated[
        bool, typer.Option("--profile", help="Show where our time goes in the first question, and end.")
    ] = False,
    called_from: Annotated[Path | None, typer.Option(hidden=True)] = None,
) -> None:
    """Measure, print tables, and tell which goals were reached."""
    # The servers have sessions of their own: whoever ends this run must end them too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    here = called_from or Path.cwd()
    # Ours first, whatever the order given: the others are held against it.
    chosen = sorted(_chosen(only, NAMES, "server"), key=list(NAMES).index)
    asked = sorted(_chosen(queries, QUERIES, "question"))
    try:
        with ExitStack() as stack:
            folder = (
                here / data
                if data
                else Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="satupintu-bench-")))
            )
            folder.mkdir(parents=True, exist_ok=True)
            settings = stack.enter_context(_filled(folder.resolve(), quick))
            if profiled:
                _profile(settings, asked[0])
                return
            result = (
                _quick(settings, asked, stack)
                if quick
                else _full(settings, chosen, Plan(asked, seconds, warm_up), stack)
            )
    except ServerFailed as failed:
        console.print(f"[red]{failed}[/red]")
        raise SystemExit(1) from None
    if out is not None:
        (here / out).write_text(json.dumps(result, indent=2) + "\n")
        console.print(f"All numbers are in {out}.")


def _chosen(given: str, known: dict[str, str], what: str) -> list[str]:
    names = [name.strip() for name in given.split(",") if name.strip()]
    if not names:
        raise typer.BadParameter(f"Name at least one {what}: {', '.join(known)}.")
    for name in names:
        if name not in known:
            raise typer.BadParameter(f"There is no {what} {name}; there are {', '.join(known)}.")
    return names


@contextmanager
def _filled(folder: Path, quick: bool) -> Iterator[Settings]:
    # The environment's own database and secrets are not for this.
    for name in [name for name in os.environ if name.startswith("SATUPINTU_")]:
        del os.environ[name]
    if quick:
        settings = Settings(data=folder)
        asyncio.run(fill(settings, amounts.QUICK, console.print))
        yield settings
        return
    with postgres(folder) as url:
        settings = Settings(data=folder, database_url=SecretStr(url))
        asyncio.run(fill(settings, amounts.FULL, console.print))
        yield settings


def _full(settings: Settings, chosen: Sequence[str], plan: Plan, stack: ExitStack) -> dict[str, object]:
    before = FAR_PAGE * PAGE - PAGE
    facts = asyncio.run(find_facts(settings.database, (before,)))
    if NODE_PEERS.intersection(chosen):
        asyncio.run(run_script(settings.database, _PEER_OBJECTS.read_text(encoding="utf-8")))
    contestants = LineUp(settings, facts.numbers, facts.region).make(chosen, console.print)
    if not contestants:
        raise ServerFailed("None of these servers can run here.")
    _start(contestants, stack)
    process = postmaster(settings.data)
    ours = contestants[0] if chosen[0] == "ours" else None
    alone: list[Goal] = []
    cells: Cells = {}
    # Whatever is submitted stands on the first page from then on: reading is measured before anything is.
    for asked in (plan.reads(), plan.writes()):
        if not asked.queries:
            continue
        console.print("Comparing answers ...")
        compare(contestants, asked.queries, console.print)
        console.print(f"Measuring, {asked.seconds:g} s each ...")
        cells |= measure(contestants, asked, process, console.print)
        if ours is not None and "Q1" in asked.queries:
            alone.append(_far_page(contestants, facts.cursors[0], plan.seconds, process))
    if ours is not None:
        console.print("Asking all questions at once ...")
        _all_at_once(contestants, plan, process)
    show(console, contestants, cells)
    judged = _judged(cells, ours, alone)
    judged["policy signals"] = _signals(settings, amounts.FULL, ("sqlite", "postgresql"))
    for title, found in judged.items():
        if found:
            show_goals(console, found, f"Goals, {title}")
    return _result(cells, judged)


def _judged(cells: Cells, ours: Contestant | None, alone: Sequence[Goal]) -> dict[str, list[Goal]]:
    judged: dict[str, list[Goal]] = {}
    for concurrency in sorted({concurrency for _, concurrency, _ in cells}):
        judged[f"{concurrency} at a time"] = list(goals.goals(cells, concurrency))
    if ours is not None:
        judged["alone"] = [*alone, _memory(ours)]
    return judged


def _quick(settings: Settings, asked: Sequence[str], stack: ExitStack) -> dict[str, object]:
    facts = asyncio.run(find_facts(settings.database))
    line_up = LineUp(settings, facts.numbers, facts.region)
    # The idiomatic server runs on SQLite too; here it is a second opinion, not a competitor.
    ours, second = line_up.make(("ours", "idiomatic"), console.print)
    _start([ours, second], stack)
    console.print("Comparing answers with those of a plain ORM ...")
    compare([ours, second], asked, console.print)
    second.stop()
    cells = measure([ours], Plan(asked, seconds=1.0, warm_up=0.5, repetitions=3), None, console.print)
    show(console, [ours], cells)
    found = [_memory(ours), *_signals(settings, amounts.QUICK, ("sqlite",))]
    show_goals(console, found, "Goals (all others need PostgreSQL and peers)")
    return _result(cells, {"alone": found})


def _start(contestants: Sequence[Contestant], stack: ExitStack) -> None:
    for contestant in contestants:
        console.print(f"Starting {contestant.name} ...")
        stack.callback(contestant.stop)
        contestant.start()


def _far_page(contestants: Sequence[Contestant], cursor: str, seconds: float, process: int) -> Goal:
    """The far page against the first, by the time a client waits: three rounds of each in turn."""
    ours, *others = contestants
    for other in others:
        other.pause()
    ask = ours.asks["Q1"]
    near_body, far_body = (body("ours", "Q1", {"after": after}) for after in (None, cursor))
    spent: dict[bytes, list[float]] = {near_body: [], far_body: []}
    for _ in range(3):
        for sent, times in spent.items():
            request = ours.request(ask, sent)
            measured = load(ours, "Q1", 1, seconds, 1.0, process, [request])
            times.append(measured.median_ms)
    for other in others:
        other.resume()
    cost = sorted(spent[far_body])[1] / sorted(spent[near_body])[1]
    return Goal(f"Q1: page {FAR_PAGE:,} against page 1, median time", cost, FAR_PAGE_COST, least=False)


def _all_at_once(contestants: Sequence[Contestant], plan: Plan, process: int) -> None:
    """Sixteen clients who ask every question in turn, for a minute where a measurement takes five seconds: what a
    server must not grow by.
    """
    ours, *others = contestants
    for other in others:
        other.pause()
    each = [ours.requests(query) for query in plan.queries]
    mixed = [requests[n % len(requests)] for n in range(max(map(len, each))) for requests in each]
    load(ours, "all questions", CONCURRENCIES[-1], 12 * plan.seconds, 0.0, process, mixed)
    for other in others:
        other.resume()


def _memory(ours: Contestant) -> Goal:
    _, highest = ours.memory()
    return Goal("Memory of the server's process after all this, at its highest, MB", highest, MEMORY, least=False)


def _signals(settings: Settings, of: Amounts, backends: Sequence[str]) -> list[Goal]:
    console.print("Looking for policy signals ...")
    return signals.judge(signals.evaluate(settings, of, backends, console.print))


def _profile(settings: Settings, query: str) -> None:
    facts = asyncio.run(find_facts(settings.database))
    ask = LineUp(settings, facts.numbers, facts.region).ours().asks[query]
    print(uvloop.run(profile(settings, ask.bodies[0], ask.headers)))


def _result(cells: Cells, judged: dict[str, list[Goal]]) -> dict[str, object]:
    return {
        "machine": {"processor": platform.machine(), "cores": os.cpu_count(), "python": platform.python_version()},
        "cells": as_json(cells),
        "goals": {
            title: [asdict(goal) | {"reached": goal.reached} for goal in found] for title, found in judged.items()
        },
    }


if __name__ == "__main__":
    app()
