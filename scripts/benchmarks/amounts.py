"""How much data a measurement runs on, and between which days it lies."""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Amounts:
    """Rows of the five nouns that the others hang on."""

    reports: int
    people: int
    families: int
    assignments: int
    follow_ups: int


FULL = Amounts(reports=200_000, people=300_000, families=90_000, assignments=300_000, follow_ups=2_000)
QUICK = Amounts(reports=2_000, people=3_000, families=900, assignments=3_000, follow_ups=20)

# Reports come evenly between these; whatever is submitted while measuring is newer, and is taken out by it.
FIRST_DAY = datetime(2021, 1, 1, tzinfo=UTC)
LAST_DAY = datetime(2026, 7, 1, tzinfo=UTC)
