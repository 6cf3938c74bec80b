"""Rows as files that programs and spreadsheets read: CSV (RFC 4180, UTF-8) and NDJSON, a JSON object a line."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

import orjson

# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Value: TypeAlias = str | int | float | bool | Decimal | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows under named columns, each as long as `columns`. Numbers are numbers, texts may come from anybody."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]


def harmless(text: str) -> str:
    """A text that no spreadsheet computes."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_csv(sheet: Sheet) -> str:
    """A header and a line a row; what is not there is empty."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(map(harmless, sheet.columns))
    writer.writerows([_cell(value) for value in row] for row in sheet.rows)
    return file.getvalue()


def as_ndjson(sheet: Sheet) -> str:
    """A JSON object a row, with every column; numbers keep all their digits."""
    made = [
        orjson.dumps({name: _json(value) for name, value in zip(sheet.columns, row, strict=True)}) for row in sheet.rows
    ]
    return "".join(f"{line.decode()}\n" for line in made)


def _cell(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return harmless(value)
        case Decimal():
            return f"{value:f}"
    return str(value)


def _json(value: Value) -> object:
    return orjson.Fragment(f"{value:f}") if isinstance(value, Decimal) else value
