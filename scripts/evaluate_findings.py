"""Hold the findings in a registry file against the truth about its faults: `scripts/evaluate-findings FILE TRUTH`.

The truth is a CSV file with the columns row_no, column and pattern. The file is staged in a database of its own that is
thrown away.
"""

import asyncio
import csv
import os
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from rich.console import Console
from rich.table import Table
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

import integration.tables  # noqa: F401 - events point at tables of every noun
from integration.access.sealing import Sealer
from integration.access.viewer import SYSTEM
from integration.codes import RegistryScheme
from integration.db.engine import Database
from integration.db.migrate import migrate
from integration.reference import load_reference
from integration.registry.importing.files import inspect, read_table
from integration.registry.importing.findings import Rule
from integration.registry.importing.numbers import read_number
from integration.registry.importing.service import Importer
from integration.registry.importing.tables import ImportFindingRow
from integration.settings import Settings

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
_GOAL = 0.97


@dataclass(frozen=True, slots=True)
class Measure:
    """Patterns that look alike from outside, the rules that find them, and when they can be told at all."""

    patterns: tuple[str, ...]
    rules: tuple[Rule, ...]
    only_with: Rule | None = None
    unless: tuple[Rule, ...] = ()
    of_shared_nik: bool = False
    why: str = ""


_NO_NIK = (Rule.NIK_MISSING, Rule.NIK_NUMERIC_CELL)
MEASURES = (
    Measure(("nik_missing",), (Rule.NIK_MISSING,)),
    Measure(("nik_15_digits",), (Rule.NIK_DIGITS,)),
    Measure(("nik_scientific",), (Rule.NIK_NUMERIC_CELL,)),
    Measure(("nik_quote",), (Rule.NIK_QUOTE,)),
    Measure(("nik_separator",), (Rule.NIK_SEPARATOR,)),
    Measure(
        ("nik_female_without_40", "sex_wrong"),
        (Rule.NIK_AGAINST_SEX, Rule.SEX_AGAINST_NIK),
        unless=(*_NO_NIK, Rule.NIK_DIGITS),
        why="one and the same from outside: NIK and sex contradict each other; needs a whole NIK",
    ),
    Measure(
        ("nik_shared_by_two_persons",),
        (Rule.NIK_SHARED,),
        of_shared_nik=True,
        why="where the NIK stands whole in both rows; one without its 40 may be another's, and is rightly found",
    ),
    Measure(("duplicate_person",), (Rule.PERSON_TWICE,)),
    Measure(("kk_quote",), (Rule.KK_QUOTE,)),
    Measure(("kk_missing",), (Rule.KK_MISSING,)),
    Measure(("name_case",), (Rule.NAME_CASE,)),
    Measure(("name_title",), (Rule.NAME_TITLE,)),
    Measure(("name_bin",), (Rule.NAME_PARENT,)),
    Measure(("name_alm",), (Rule.NAME_DECEASED_MARK,)),
    Measure(("name_spaces",), (Rule.NAME_BLANKS,)),
    Measure(("date_missing",), (Rule.DATE_MISSING,)),
    Measure(
        ("date_swapped",),
        (Rule.DATE_SWAPPED,),
        unless=_NO_NIK,
        why="needs a NIK beside it, or a month above 12",
    ),
    Measure(("date_format",), (Rule.DATE_FORMAT,)),
    Measure(("date_excel_serial",), (Rule.DATE_EXCEL_SERIAL,)),
    Measure(("sex_code",), (Rule.SEX_CODE,)),
    Measure(("sex_word",), (Rule.SEX_WORD,)),
    Measure(("kec_prefix",), (Rule.DISTRICT_PREFIX,)),
    Measure(("kec_spelling",), (Rule.DISTRICT_SPELLING,)),
    Measure(("kec_former",), (Rule.DISTRICT_FORMER,)),
    Measure(("desa_prefix",), (Rule.VILLAGE_PREFIX,)),
    Measure(("desa_sei",), (Rule.VILLAGE_ABBREVIATION,)),
    Measure(
        ("deceased_still_listed",),
        (Rule.DECEASED_STILL_LISTED,),
        only_with=Rule.NAME_DECEASED_MARK,
        why="only where the name says so, or an earlier release did; else the civil registry alone knows",
    ),
    Measure(("stale_5_years",), (Rule.RECORD_STALE,)),
)
_UNDECIDABLE = {
    "nik_wrong_digit": "a NIK has no check digit; told only against an earlier release (NIK_DIFFERS)",
    "name_misspelt": "no list of right names; told only against an earlier release or the civil registry",
}


@app.command()
def main(
    file: Annotated[Path, typer.Argument(help="The registry file.")],
    truth: Annotated[Path, typer.Argument(help="What is wrong with it: row_no, column, pattern.")],
    scheme: Annotated[RegistryScheme, typer.Option(help="Which registry it is of.")] = RegistryScheme.DTKS,
    period: Annotated[str, typer.Option(help="The time it describes.")] = "2024-Q1",
    called_from: Annotated[Path | None, typer.Option(hidden=True)] = None,
) -> None:
    """Print recall and precision per pattern; end with 1 if a pattern that can be told misses 0.97."""
    here = called_from or Path.cwd()
    found = asyncio.run(_findings(here / file, scheme, period))
    if not _print(_truth(here / truth), found, _with_shared_nik(here / file)):
        raise typer.Exit(1)


async def _findings(file: Path, scheme: RegistryScheme, period: str) -> Mapping[str, set[int]]:
    def opener() -> BinaryIO:
        return file.open("rb")

    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/evaluation.db")
        settings = Settings(data=Path(folder))
        try:
            await migrate(database)
            async with database.write() as session:
                await load_reference(session)
            importer = Importer(database, Sealer(os.urandom(32)), settings, SYSTEM)
            inspected = inspect(opener, settings.import_max_bytes)
            batch = await importer.begin(inspected, scheme, period, file.name)
            hold = importer.hold(batch.id)
            await hold.take(wait=False)
            await importer.stage(hold, opener, inspected)
            found: dict[str, set[int]] = defaultdict(set)
            async with AsyncSession(database.engine) as session:
                for row, rule in await session.exec(select(col(ImportFindingRow.row), col(ImportFindingRow.rule))):
                    found[rule].add(row)
            return found
        finally:
            await database.close()


def _truth(path: Path) -> Mapping[str, set[int]]:
    known: dict[str, set[int]] = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            known[line["pattern"]].add(int(line["row_no"]))
    return known


def _with_shared_nik(path: Path) -> set[int]:
    """The rows whose whole NIK stands in another row too, whatever the truth says of them."""
    settings = Settings()
    inspected = inspect(lambda: path.open("rb"), settings.import_max_bytes)
    lines = read_table(lambda: path.open("rb"), inspected, settings.import_max_inflated)
    at = lines.header.at.get("nik")
    rows: dict[str, set[int]] = defaultdict(set)
    for row, line in enumerate(lines.lines, 1):
        nik = None if at is None or at >= len(line) else read_number(line[at], "nik", []).digits
        if nik is not None:
            rows[nik].add(row)
    return set().union(*(shared for shared in rows.values() if len(shared) > 1))


def _print(truth: Mapping[str, set[int]], found: Mapping[str, set[int]], shared: set[int]) -> bool:
    table = Table("pattern", "rule", "in truth", "can be told", "found", "recall", "precision", "note")
    reached = True
    for measure in MEASURES:
        planted = set().union(*(truth.get(pattern, set()) for pattern in measure.patterns))
        ours = set().union(*(found.get(rule, set()) for rule in measure.rules))
        telling = planted if measure.only_with is None else planted & found.get(measure.only_with, set())
        telling = telling - set().union(*(found.get(rule, set()) for rule in measure.unless))
        if measure.of_shared_nik:
            # A collision nobody planted is one all the same.
            telling, planted = telling & shared, planted | ours & shared
        telling |= planted & ours
        recall = len(telling & ours) / len(telling) if telling else 1.0
        precision = len(planted & ours) / len(ours) if ours else 1.0
        reached = reached and recall >= _GOAL and precision >= _GOAL
        table.add_row(
            ", ".join(measure.patterns), ", ".join(measure.rules), f"{len(planted):,}", f"{len(telling):,}",
            f"{len(ours):,}", f"{recall:.3f}", f"{precision:.3f}", measure.why,
        )  # fmt: skip
    for pattern, why in _UNDECIDABLE.items():
        table.add_row(pattern, "-", f"{len(truth.get(pattern, ())):,}", "0", "-", "-", "-", why)
    told = {pattern for measure in MEASURES for pattern in measure.patterns} | set(_UNDECIDABLE)
    for pattern in sorted(set(truth) - told):
        table.add_row(pattern, "-", f"{len(truth[pattern]):,}", "-", "-", "-", "-", "not a pattern of ours")
    Console(width=190).print(table)
    return reached


if __name__ == "__main__":
    app()
