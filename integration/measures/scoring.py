"""How a scoreboard scores and ranks, and the periods it is made for. Pure.

Three shares, each of what the one before has let through: of all records the valid ones, of these the complete ones, of
these the fresh ones. Their product is the share of records that are all three, so whatever is added that is not all
three makes it smaller, and a second record of the same person is not valid. The number of records is no part of it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from integration.measures.period import Period

FORMULA = (
    "score = 100 * validity * completeness * freshness, where validity = valid / records, completeness = complete / "
    "valid, freshness = fresh / complete; so score = 100 * fresh / records. Ranked are those with at least `least` "
    "records, equal scores share a rank. The number of records does not raise a score."
)
_PERIOD = re.compile(r"(20[0-9]{2})(?:-Q([1-4]))?")


@dataclass(frozen=True, slots=True)
class Parts:
    """Counts of one subject, each among those of the count before."""

    records: int
    valid: int
    complete: int
    fresh: int

    def has_no_few(self, smallest: int) -> bool:
        """Whether neither a count nor what it leaves of the one before is of few people."""
        left = (self.records - self.valid, self.valid - self.complete, self.complete - self.fresh)
        return all(n == 0 or n >= smallest for n in (self.records, self.valid, self.complete, self.fresh, *left))

    @property
    def score(self) -> float:
        """From 0 to 100; 0 where there is nothing."""
        return round(100 * self.fresh / self.records, 1) if self.records else 0.0


def ranks(scores: Sequence[tuple[int, float]], least: int) -> list[int | None]:
    """The rank of each (records, score): 1 for the best, equal ones together, None with fewer than `least` records."""
    ranked = [score for records, score in scores if records >= least]
    return [None if records < least else 1 + sum(other > score for other in ranked) for records, score in scores]


def period_of(text: str) -> Period | None:
    """A year (2026) or a quarter (2026-Q3); None for anything else."""
    found = _PERIOD.fullmatch(text)
    if found is None:
        return None
    year = int(found[1])
    if found[2] is None:
        return Period(date(year, 1, 1), date(year, 12, 31))
    first = 3 * int(found[2]) - 2
    following = date(year + (first == 10), 1 if first == 10 else first + 3, 1)
    return Period(date(year, first, 1), following - timedelta(days=1))
