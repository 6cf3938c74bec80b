"""Measure how people are found: `scripts/evaluate-matching FOLDER`.

FOLDER holds a registry as delivered (dtks_export.csv, dtks_rows_truth.csv), reports and what is true of them
(reports.csv, reports_truth.csv). All runs through the product's own code, in a database made for it.
"""

import asyncio
import csv
import re
import statistics
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import insert

from integration.access.sealing import Sealer
from integration.codes import MatchState, ReportCategory, Sex
from integration.db.base import uuid7
from integration.db.engine import Database
from integration.db.migrate import migrate
from integration.matching.categories import suggest_category
from integration.matching.fold import fold
from integration.matching.identifiers import parse_nik
from integration.matching.index import Findable, write_keys
from integration.matching.places import Places
from integration.matching.rules import Decision
from integration.matching.service import match_text
from integration.people.tables import PersonRow
from integration.reference import load_reference

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
_AT_ONCE = 2000
_MASTER = bytes(32)
_PREFIX = re.compile(r"^(?:kec|kecamatan|desa|kel|kelurahan)\b\.?\s*", re.IGNORECASE)


@dataclass(slots=True)
class Figures:
    """What was counted. Times are milliseconds for each report."""

    automatic: Counter[str] = field(default_factory=Counter)
    states: Counter[tuple[str, str]] = field(default_factory=Counter)
    first: Counter[str] = field(default_factory=Counter)
    third: Counter[str] = field(default_factory=Counter)
    sought: Counter[str] = field(default_factory=Counter)
    categories: Counter[str] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)
    missed: list[tuple[str, str, str, str]] = field(default_factory=list)


@app.command()
def main(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Registry, reports and truth.")],
    database: Annotated[str | None, typer.Option(help="An empty database; else a SQLite file that is removed.")] = None,
    show: Annotated[int, typer.Option(help="How many wrong answers to show. They quote the reports.")] = 0,
) -> None:
    """Load the registry, match every report, print the table."""
    with tempfile.TemporaryDirectory() as scratch:
        asyncio.run(_evaluate(folder, database or f"sqlite:///{scratch}/matching.db", show))


async def _evaluate(folder: Path, url: str, show: int) -> None:
    database = Database(url)
    sealer = Sealer(_MASTER)
    try:
        await migrate(database)
        async with database.write() as session:
            await load_reference(session)
        began = time.perf_counter()
        people = await _load(database, sealer, folder)
        print(f"{len(people)} rows of the registry loaded in {time.perf_counter() - began:.0f} s ({database.dialect})")
        figures = await _match_all(database, sealer, folder, people)
    finally:
        await database.close()
    _print(figures, show)


async def _load(database: Database, sealer: Sealer, folder: Path) -> dict[UUID, str]:
    """Write the registry's rows as people; which person of the truth each of them is."""
    truth = {line["row_no"]: line["person_id"] for line in _lines(folder / "dtks_rows_truth.csv")}
    whose: dict[UUID, str] = {}
    async with database.write() as session:
        places = await Places.load(session)
        regions: dict[tuple[str, str], str | None] = {}
        rows = enumerate(_lines(folder / "dtks_export.csv"), 1)
        seen: set[str] = set()
        while some := list(islice(rows, _AT_ONCE)):
            batch = []
            for number, line in some:
                person = truth[str(number)]
                if person not in seen:
                    seen.add(person)
                    row = _person(line, places, regions, sealer)
                    whose[row["id"]] = person
                    batch.append(row)
            await session.exec(insert(PersonRow), params=batch)
            await write_keys(
                session, (Findable(row["id"], row["name"], row["region_code"], row["birth_date"]) for row in batch)
            )
    if database.dialect == "postgresql":
        async with database.engine.begin() as connection:
            await connection.exec_driver_sql("ANALYZE")
    return whose


def _person(
    line: dict[str, str], places: Places, regions: dict[tuple[str, str], str | None], sealer: Sealer
) -> dict[str, Any]:
    where = (line["DESA"], line["KECAMATAN"])
    if where not in regions:
        village, district = (_PREFIX.sub("", name) for name in where)
        regions[where] = places.find(f"desa {village} kecamatan {district}") or places.find(f"kecamatan {district}")
    nik = parse_nik(line["NIK"].strip(" '\""))
    return {
        "id": uuid7(),
        "name": line["NAMA"].title(),
        "name_key": fold(line["NAMA"]),
        "nik_index": None if nik is None else sealer.index("nik", nik),
        "sex": {"L": Sex.MALE, "P": Sex.FEMALE, "1": Sex.MALE, "2": Sex.FEMALE}.get(line["JNS_KEL"]),
        "birth_date": _born(line["TGL_LAHIR"]),
        "region_code": regions[where],
        "family_order": 0,
    }


def _born(text: str) -> date | None:
    if found := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text.strip()):
        year, month, day = (int(part) for part in found.groups())
    elif found := re.fullmatch(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})", text.strip()):
        day, month, year = (int(part) for part in found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, day, month) if month > 12 and day <= 12 else None


async def _match_all(database: Database, sealer: Sealer, folder: Path, people: dict[UUID, str]) -> Figures:
    truths = {line["report_id"]: line for line in _lines(folder / "reports_truth.csv")}
    figures = Figures()
    for report in _lines(folder / "reports.csv"):
        truth = truths[report["report_id"]]
        async with database.write() as session:
            began = time.perf_counter()
            found = await match_text(session, sealer, report["text"], int(report["received_at"][:4]))
            figures.milliseconds.append((time.perf_counter() - began) * 1000)
        _count(figures, truth, report["text"], [decision for _, decision in found], people)
        _count_category(figures, truth["category"], report["text"])
    return figures


def _count(
    figures: Figures, truth: dict[str, str], text: str, found: Iterable[Decision], people: dict[UUID, str]
) -> None:
    decision = next(iter(found), Decision(MatchState.UNMATCHED, ()))
    ranked = [people[one.person_id] for one in decision.candidates]
    kind, right = truth["class"], truth["person_id"]
    ambiguous = kind == "B" and int(truth["same_name_same_village_age3"] or 0) > 1
    group = "B, namesakes" if ambiguous else kind
    figures.states[group, decision.state.value] += 1
    if decision.state is MatchState.CONFIRMED:
        outcome = "right" if right and ranked[0] == right else "wrong"
        figures.automatic[outcome] += 1
        if outcome == "wrong":
            figures.missed.append((group, "automatic but wrong", _told(truth), text))
    if right:
        figures.sought[group] += 1
        figures.first[group] += ranked[:1] == [right]
        figures.third[group] += right in ranked[:3]
        if right not in ranked[:3]:
            figures.missed.append((group, "not among three", _told(truth), text))


def _told(truth: dict[str, str]) -> str:
    return "; ".join(
        truth[key]
        for key in ("true_name", "true_birth_date", "village_code", "nik_in_text", "name_in_text", "age_in_text",
                    "place_in_text")
    )  # fmt: skip


def _count_category(figures: Figures, right: str, text: str) -> None:
    suggested = suggest_category(text)
    if right == "NONE":
        return
    told = "none" if suggested is None else suggested.category.value
    if suggested is not None and suggested.ppks_code and suggested.category is ReportCategory.PPKS_SIGHTING:
        told = suggested.ppks_code
    figures.categories["right" if told == right else "wrong"] += 1
    if told != right:
        figures.missed.append((right, "category", told, text))


def _print(figures: Figures, show: int) -> None:
    automatic = figures.automatic
    sure = automatic.total()
    outside = sum(count for (group, _), count in figures.states.items() if group.startswith("C"))
    false = sum(count for (group, state), count in figures.states.items() if group.startswith("C")
                and state == MatchState.CONFIRMED.value)  # fmt: skip
    alone = [group for group in figures.sought if group != "B, namesakes"]
    table = Table(title="Finding the person", show_header=True)
    for heading in ("", "", "of"):
        table.add_column(heading)
    table.add_row("precision of automatic", _share(automatic["right"], sure), str(sure))
    found, sought = sum(figures.third[one] for one in alone), sum(figures.sought[one] for one in alone)
    table.add_row("right person among three", _share(found, sought), str(sought))
    for group in sorted(figures.sought):
        table.add_row(
            f"  class {group}", _share(figures.third[group], figures.sought[group]), str(figures.sought[group])
        )
    table.add_row("outside the registry, automatic", _share(false, outside), str(outside))
    rated = figures.categories.total()
    table.add_row("category", _share(figures.categories["right"], rated), str(rated))
    times = sorted(figures.milliseconds)
    table.add_row("milliseconds, median", f"{statistics.median(times):.1f}", str(len(times)))
    table.add_row("milliseconds, 95 of 100", f"{times[int(len(times) * 0.95)]:.1f}", "")
    console = Console()
    console.print(table)
    states: dict[str, list[str]] = defaultdict(list)
    for (group, state), count in sorted(figures.states.items()):
        states[group].append(f"{state} {count}")
    for group, told in states.items():
        console.print(f"{group}: " + ", ".join(told))
    for line in figures.missed[:show]:
        console.print(" | ".join(line), markup=False, highlight=False, soft_wrap=True)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.4f}" if whole else "-"


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


if __name__ == "__main__":
    app()
