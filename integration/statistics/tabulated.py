"""A statistic as a plain table: what a file or a page of it shows, with where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

Cell: TypeAlias = str | int | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Columns with their rows. A cell that is not known or withheld is None, and a column `state` says which."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    source: str
    formula: str
    as_of: datetime
