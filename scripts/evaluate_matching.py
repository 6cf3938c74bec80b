"""Measure how people are found: `scripts/evaluate-matching [FOLDER]`.

FOLDER holds a registry as delivered (dtks_export.csv), which person each of its rows is (dtks_rows_truth.csv), reports
and what is true of them (reports.csv, reports_truth.csv). Without one such a folder is made up. The registry is brought
in by the product's own importer, every report goes through the product's own code, and only the counting knows the
truth. With --learn the weights of the product are learned from the reports instead, and written.
"""

import asyncio
import json
import os
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

import integration.tables  # noqa: F401 - events point at tables of every noun
from integration.access.sealing import Sealer
from integration.db.engine import Database
from integration.db.migrate import migrate
from integration.matching.index import complete_keys
from integration.matching.message import read
from integration.matching.places import Places
from integration.matching.search import by_name, by_number
from integration.matching.service import describe, match_text
from integration.matching.weights import FILE, Weights
from integration.people.tables import PersonRow
from integration.reference import load_reference
from integration.settings import KEY_FILE, Settings
from scripts.benchmarks.postgres import postgres as own_server
from scripts.matching.cases import Case, from_folder, from_messages, rows_of_people
from scripts.matching.figures import Figures
from scripts.matching.filling import fill
from scripts.matching.learning import Lesson, learn
from scripts.matching.population import Wanted, write_folder
from scripts.matching.registry import bring_in, whose
from scripts.preparing import give_up

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
_MASTER = bytes(range(1, 33))


@app.command()
def main(
    folder: Annotated[
        Path | None, typer.Argument(exists=True, file_okay=False, help="Registry, reports and truth; else made up.")
    ] = None,
    persons: Annotated[int, typer.Option(help="How many people to make up.", min=100)] = 30_000,
    reports: Annotated[int, typer.Option(help="How many reports to make up.", min=10)] = 1_000,
    seed: Annotated[int, typer.Option(help="What is made up depends on it alone.")] = 1,
    messages: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Messages by hand with what they tell (CSV).")
    ] = None,
    database: Annotated[
        str | None, typer.Option(help="An empty database, or one kept before; else a SQLite file that is removed.")
    ] = None,
    postgres: Annotated[bool, typer.Option("--postgres", help="On a PostgreSQL server of its own.")] = False,
    direct: Annotated[
        bool,
        typer.Option("--fill", help="Fill the tables with made-up people without the importer, for the time alone."),
    ] = False,
    learning: Annotated[bool, typer.Option("--learn", help="Learn the product's weights from the reports.")] = False,
    show: Annotated[int, typer.Option(help="How many wrong answers to show. They quote the reports.")] = 0,
) -> None:
    """Bring the registry in, match every report, print the table."""
    with tempfile.TemporaryDirectory() as scratch:
        here = Path(scratch)
        wanted = Wanted(persons, reports, seed)
        filled = wanted if direct else None
        if folder is None and not direct:
            write_folder(here / "made", wanted)
        folder = folder or here / "made"
        settings = _settings(here)
        if postgres:
            with own_server(here) as url:
                asyncio.run(_run(folder, messages, url, settings, learning, show, here, filled))
        else:
            url = database or os.environ.get("SATUPINTU_DATABASE_URL") or f"sqlite:///{here}/matching.db"
            asyncio.run(_run(folder, messages, url, settings, learning, show, here, filled))


def _settings(here: Path) -> Settings:
    """Those of a laptop, whatever the environment says, for a registry as large as one wants to measure."""
    (here / KEY_FILE).write_text(_MASTER.hex())
    os.environ["SATUPINTU_IMPORT_MAX_BYTES"] = str(4 << 30)
    return Settings(data=here)


async def _run(
    folder: Path, messages: Path | None, url: str, settings: Settings, learning: bool, show: int, scratch: Path,
    filled: Wanted | None,
) -> None:  # fmt: skip
    if filled is not None:
        await _time(url, filled, show)
        return
    console = Console()
    database, sealer = Database(url), Sealer(_MASTER)
    by_hand, others = ([], []) if messages is None else from_messages(messages)
    numbers = {**rows_of_people(folder), **{one.person: one.person for one in others}}
    try:
        await migrate(database)
        people = await whose(database, sealer, numbers)
        if not people:
            async with database.write() as session:
                if (await session.exec(select(PersonRow.id).limit(1))).first() is not None:
                    give_up("The database holds other people: measuring needs one of its own.")
                await load_reference(session)
            began = time.perf_counter()
            await bring_in(database, settings, sealer, folder, others, scratch)
            people = await whose(database, sealer, numbers)
            console.print(
                f"Brought in {len(people)} people in {time.perf_counter() - began:.0f} s ({database.dialect})."
            )
        # Of a database kept from an earlier run the keys may be of an earlier version.
        await complete_keys(database)
        cases = from_folder(folder)
        if learning:
            began = time.perf_counter()
            weights = learn(await _lessons(database, sealer, cases, people))
            _write(weights, len(cases), len(people))
            console.print(f"Learned from {len(cases)} reports in {time.perf_counter() - began:.0f} s: {FILE.name}.")
            return
        (await _figures(database, sealer, f"{len(cases)} reports", cases, people)).show(console, show)
        if by_hand:
            title = f"{len(by_hand)} messages by hand"
            (await _figures(database, sealer, title, by_hand, people)).show(console, show)
    finally:
        await database.close()


async def _time(url: str, wanted: Wanted, show: int) -> None:
    """How long a match takes among so many people, who are filled in and found again."""
    console = Console()
    database, sealer = Database(url), Sealer(_MASTER)
    try:
        await migrate(database)
        async with database.write() as session:
            await load_reference(session)
        began = time.perf_counter()
        made = await fill(database, sealer, wanted)
        console.print(f"Filled in {wanted.persons} people in {time.perf_counter() - began:.0f} s ({database.dialect}).")
        # The first matches read what is not in memory yet.
        await _figures(database, sealer, "", made.cases[:100], made.people)
        (await _figures(database, sealer, f"{wanted.persons} people", made.cases, made.people)).show(console, show)
    finally:
        await database.close()


async def _figures(
    database: Database, sealer: Sealer, title: str, cases: Sequence[Case], people: Mapping[UUID, str]
) -> Figures:
    figures = Figures(title)
    async with AsyncSession(database.engine) as session:
        places = await Places.load(session)
    for case in cases:
        async with AsyncSession(database.engine) as session:
            began = time.perf_counter()
            found = await match_text(session, sealer, case.text, case.year)
            figures.milliseconds.append((time.perf_counter() - began) * 1000)
        figures.count(case, read(case.text, places, case.year), [decision for _, decision in found], people)
    return figures


async def _lessons(
    database: Database, sealer: Sealer, cases: Sequence[Case], people: Mapping[UUID, str]
) -> list[Lesson]:
    """What the product compares for the first person of each report."""
    lessons: list[Lesson] = []
    async with AsyncSession(database.engine) as session:
        places = await Places.load(session)
        for case in cases:
            for one in describe(read(case.text, places, case.year), sealer)[:1]:
                came = {person.id: person for person in await by_number(session, one.sought)}
                came |= {person.id: person for person in await by_name(session, one.sought)}
                found = tuple(came.values())
                right = frozenset(
                    place for place, person in enumerate(found) if case.person and people.get(person.id) == case.person
                )
                if found:
                    lessons.append(Lesson(one.sought, found, right))
    return lessons


def _write(weights: Weights, reports: int, people: int) -> None:
    told = {
        "source": "scripts/evaluate-matching --learn",
        "learned_from": {"reports": reports, "people": people},
        "prior": weights.prior,
        "confirm": weights.confirm,
        "bits": weights.bits,
    }
    FILE.write_text(json.dumps(told, indent=2, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    app()
