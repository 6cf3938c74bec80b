"""The files of a batch: what goes to the ministry, and what comes back. Text in, text out; no database.

The header out is `integration/data/verval_batch_columns.csv`. Back come ID_USULAN, HASIL, ALASAN and, to be compared,
NIK; with commas or semicolons, with or without a byte order mark.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from integration.codes import UserErrorCode, VervalAnswer
from integration.refusal import Refusal
from integration.spreadsheets import harmless

_COLUMNS = Path(__file__).parent.parent / "data" / "verval_batch_columns.csv"
MOST_BYTES, MOST_LINES = 5_000_000, 10_000
_LONGEST_CELL = 1_000
ANSWERS: Mapping[str, VervalAnswer] = {
    "DITERIMA": VervalAnswer.ACCEPTED,
    "DITETAPKAN": VervalAnswer.ACCEPTED,
    "ACCEPTED": VervalAnswer.ACCEPTED,
    "DITOLAK": VervalAnswer.REJECTED,
    "REJECTED": VervalAnswer.REJECTED,
    "DIKEMBALIKAN": VervalAnswer.RETURNED,
    "RETURNED": VervalAnswer.RETURNED,
}


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """A line of a result file. `nik` None: the file does not say."""

    line: int
    id: str
    nik: str | None
    answer: VervalAnswer | None
    reason: str


@cache
def columns() -> tuple[str, ...]:
    """The header of the file out."""
    with _COLUMNS.open(encoding="utf-8", newline="") as file:
        return tuple(line["column"] for line in csv.DictReader(file))


def written(lines: Iterable[Mapping[str, str]]) -> str:
    """The file out."""
    made = io.StringIO()
    table = csv.DictWriter(made, columns(), lineterminator="\r\n")
    table.writeheader()
    table.writerows({name: harmless(value) for name, value in line.items()} for line in lines)
    return made.getvalue()


def read(content: bytes) -> list[Told]:
    """The lines of a result file; INVALID where it is none."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _no("Berkas ini bukan CSV dalam UTF-8.", "The file is no CSV in UTF-8.") from None
    head = text.partition("\n")[0]
    table = csv.DictReader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    try:
        names = {name.strip().upper(): name for name in table.fieldnames or () if name}
        if "ID_USULAN" not in names or "HASIL" not in names:
            raise _no("Kolom ID_USULAN dan HASIL harus ada.", "The columns ID_USULAN and HASIL are required.")
        told: list[Told] = []
        for row in table:
            if len(told) >= MOST_LINES:
                raise _no(f"Paling banyak {MOST_LINES} baris.", f"At most {MOST_LINES} lines.")
            told.append(_told(table.line_num, {key: row.get(name) for key, name in names.items()}))
    except csv.Error:
        raise _no("Berkas ini bukan CSV yang utuh.", "The file is no whole CSV.") from None
    return told


def _told(line: int, row: Mapping[str, str | None]) -> Told:
    cells = {name: (value or "").strip()[:_LONGEST_CELL] for name, value in row.items()}
    return Told(
        line,
        cells["ID_USULAN"],
        "".join(c for c in cells["NIK"] if c.isdigit()) if "NIK" in cells else None,
        ANSWERS.get(cells["HASIL"].upper()),
        cells.get("ALASAN", "").replace("\0", ""),
    )


def _no(indonesian: str, english: str) -> Refusal:
    return Refusal(UserErrorCode.INVALID, indonesian, english, ["file"])
