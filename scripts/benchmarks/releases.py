"""Two made-up releases of the registry, a quarter apart, as large as one wants to measure.

Of the people of the first some are gone in the second and others have come; some moved, some are of another decile. The
columns are those of a DTKS export, with cells as clerks leave them. The same size gives the same files.
"""

import csv
import random
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from openpyxl import Workbook

from scripts.matching.population import DAY, Crowd, Somebody, as_written, written_place

COLUMNS = (
    "IDDTKS", "IDARTDTKS", "NOKK", "NIK", "NAMA", "TGL_LAHIR", "JNS_KEL", "HUBKEL", "KECAMATAN", "DESA", "DESIL",
    "ADA_PKH", "ADA_BPNT", "ADA_PBI", "STA_KEBERADAAN_ART", "PADAN_DUKCAPIL", "TGL_UPDATE",
)  # fmt: skip
PERIODS = ("2024-Q1", "2024-Q2")
_GONE, _COME, _MOVED, _OTHER_DESIL = 0.03, 0.03, 0.02, 0.08
_DESILS, _DESIL_WEIGHTS = range(1, 7), (26, 25, 22, 17, 7, 3)
Line = Sequence[object]


@dataclass(frozen=True, slots=True, repr=False)
class _House:
    number: int
    card: str
    desil: int
    programmes: tuple[int, ...]


def write_releases(folder: Path, rows: int) -> tuple[Path, Path]:
    """Write both as CSV, the first with so many rows; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / f"rilis-{PERIODS[0]}.csv", folder / f"rilis-{PERIODS[1]}.csv"
    chance = random.Random(rows)  # noqa: S311 - made-up people, not keys
    crowd = Crowd(chance)
    with ExitStack() as stack:
        first, second = (
            csv.writer(stack.enter_context(path.open("w", encoding="utf-8", newline="")), lineterminator="\n")
            for path in paths
        )
        for out in (first, second):
            out.writerow(COLUMNS)
        written = number = 0
        for house, members in _houses(crowd):
            if written >= rows:
                break
            for place, member in enumerate(members):
                number += 1
                relation = 1 if place == 0 else 3
                if written < rows and chance.random() >= _COME:
                    written += 1
                    first.writerow(_line(number, relation, house, member, crowd))
                    if chance.random() < _GONE:
                        continue
                second.writerow(_line(number, relation, *_a_quarter_later(house, member, crowd), crowd))
    return paths


def as_workbook(path: Path) -> Path:
    """The same lines as texts in a workbook beside it."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("rilis")
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.reader(file):
            sheet.append(line)
    made = path.with_suffix(".xlsx")
    book.save(made)
    return made


def _houses(crowd: Crowd) -> Iterator[tuple[_House, list[Somebody]]]:
    number = 0
    while True:
        number += 1
        card, members = crowd.household()
        desil = crowd.chance.choices(_DESILS, _DESIL_WEIGHTS)[0]
        programmes = tuple(int(crowd.chance.random() < share) for share in (0.35, 0.5, 0.7))
        yield _House(number, card, desil, programmes), members


def _a_quarter_later(house: _House, member: Somebody, crowd: Crowd) -> tuple[_House, Somebody]:
    if crowd.chance.random() < _OTHER_DESIL:
        house = replace(house, desil=crowd.chance.choices(_DESILS, _DESIL_WEIGHTS)[0])
    if crowd.chance.random() < _MOVED:
        member = replace(member, village=crowd.village())
    return house, member


def _line(number: int, relation: int, house: _House, member: Somebody, crowd: Crowd) -> Line:
    chance = crowd.chance
    updated = DAY - timedelta(days=chance.randrange(700))
    return (
        f"64H{house.number:012}", f"64A{number:012}", house.card, *as_written(member, chance)[:4], relation,
        *written_place(crowd.village_name(member.village), chance), house.desil, *house.programmes, 1,
        "PADAN" if chance.random() < 0.9 else "BELUM PADAN", updated.isoformat(),
    )  # fmt: skip
