"""The files of `integration/data` as they are read: lines by column name."""

import csv
from collections.abc import Mapping
from pathlib import Path

DATA = Path(__file__).parent / "data"

Line = Mapping[str, str]


def read_csv(path: Path) -> list[dict[str, str]]:
    """The lines of a data file, by column name."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
