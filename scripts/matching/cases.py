"""Reports and messages whose truth is known, and the files they come in."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

REGISTRY, ROWS, REPORTS, TRUTH = "dtks_export.csv", "dtks_rows_truth.csv", "reports.csv", "reports_truth.csv"
# The year messages by hand are read in.
_YEAR = 2026


@dataclass(frozen=True, slots=True, repr=False)
class Case:
    """A text and what is true of it. `person` is the truth's own id, "" if they have none.

    `group` is the class: A with a NIK, B without one, C outside the registry, N about nobody. `category` is "NONE" if
    it is not rated, "" where nothing should be said. `told` are fields the text tells, rated one by one, if they are.
    """

    text: str
    year: int
    group: str
    person: str
    category: str
    note: str = ""
    told: dict[str, str] | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Registered:
    """Somebody of a message who is to be in the registry: `person` is the truth's id."""

    person: str
    name: str
    sex: str
    born: str
    village: str
    nik: str


def lines(path: Path) -> Iterator[dict[str, str]]:
    """The lines of a CSV file by header."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def from_folder(folder: Path) -> list[Case]:
    """The reports of a folder, in order."""
    truths = {line["report_id"]: line for line in lines(folder / TRUTH)}
    return [_report(line, truths[line["report_id"]]) for line in lines(folder / REPORTS)]


def rows_of_people(folder: Path) -> dict[str, str]:
    """Which person of the truth each number of the registry belongs to."""
    return {line["id_art"]: line["person_id"] for line in lines(folder / ROWS)}


def from_messages(path: Path) -> tuple[list[Case], list[Registered]]:
    """Messages by hand, and the people of them who are in the registry."""
    cases: list[Case] = []
    people: list[Registered] = []
    for number, line in enumerate(lines(path), 1):
        person = ""
        if line["registered"]:
            person = f"message {number}"
            people.append(Registered(person, *line["registered"].split("|")))
        group = ("A" if line["nik"] else "B") if person else "C" if line["names"] else "N"
        told = {name: line[name] for name in ("names", "nik", "age", "village", "district", "category", "ppks")}
        cases.append(Case(line["text"], _YEAR, group, person, line["category"], told=told))
    return cases, people


def _report(line: dict[str, str], truth: dict[str, str]) -> Case:
    group = truth["class"]
    if group == "B" and int(truth["same_name_same_village_age3"] or 0) > 1:
        group = "B, namesakes"
    note = "; ".join(
        truth[key]
        for key in ("true_name", "true_birth_date", "village_code", "nik_in_text", "name_in_text", "age_in_text",
                    "place_in_text")
    )  # fmt: skip
    return Case(line["text"], int(line["received_at"][:4]), group, truth["person_id"], truth["category"], note)
