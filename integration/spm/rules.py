"""What follows from the figures of a minimum service standard, and what may be recorded of one. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from integration.codes import Role
from integration.statistics.codes import StatisticState

RECORDERS = frozenset({Role.ADMIN, Role.SECRETARY, Role.ANALYST})
FORMULA = (
    "unserved = max(target - served, 0); unservedPercent = 100 * unserved / target. Unknown unless both are known. "
    "A year is what was recorded of the year, never a sum of months: the same people are served in several."
)


def unserved(target: int | None, served: int | None) -> int | None:
    """How many had a right to the service and did not have it; None where one of the two is unknown."""
    return None if target is None or served is None else max(target - served, 0)


def unserved_percent(target: int | None, served: int | None) -> float | None:
    """The same as a share of those who had a right to it; None where nobody had."""
    left = unserved(target, served)
    return None if left is None or not target else round(100 * left / target, 1)


def state(target: int | None, served: int | None) -> StatisticState:
    """Whether it is known how many were not served."""
    return StatisticState.UNKNOWN if unserved(target, served) is None else StatisticState.KNOWN


def months_over(year: int, today: date) -> int:
    """How many months of a year are over."""
    if year != today.year:
        return 12 if year < today.year else 0
    return today.month - 1


def missing_months(known: Iterable[int], year: int, today: date) -> list[int]:
    """The months that are over and of which it is not known how many were served."""
    there = set(known)
    return [month for month in range(1, months_over(year, today) + 1) if month not in there]


def is_stale(last: date | None, limit: timedelta, today: date) -> bool:
    """Whether the last known figure is too old; nothing known is."""
    return last is None or today - last > limit


def runs_above(months: Mapping[int, tuple[int | None, int | None]], percent: int, least: int) -> list[tuple[int, int]]:
    """First and last of two or more months in a row with more than `percent` of at least `least` people unserved.

    Months are counted on without a break (12 * year + month), each with target and served. An unknown month says
    nothing, so it ends a row.
    """

    def is_above(month: int) -> bool:
        target, served = months.get(month, (None, None))
        left = unserved(target, served)
        return left is not None and target is not None and target >= max(least, 1) and 100 * left > percent * target

    runs: list[tuple[int, int]] = []
    for month in sorted(filter(is_above, months)):
        if runs and runs[-1][1] == month - 1:
            runs[-1] = runs[-1][0], month
        else:
            runs.append((month, month))
    return [(first, last) for first, last in runs if last > first]
