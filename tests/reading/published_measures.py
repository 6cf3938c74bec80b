"""The second reader's published shares and times. As for counts, which numbers of reports are withheld it asks of
`integration.statistics.suppression`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil, floor
from types import SimpleNamespace
from typing import Any, TypeAlias

from integration.statistics.suppression import Chain, withheld_beside
from tests.reading.fields import Call
from tests.reading.measuring import days, lengths_of, percent, share_cases, told
from tests.reading.state import Row

# A report with its district.
Placed: TypeAlias = tuple[Row, str | None]
_SMALLEST = 5


def standings_withheld(
    call: Call, name: str, reports: Sequence[Placed], groups: Sequence[Sequence[str | None]],
    tables: Sequence[Mapping[Any, int]], out: frozenset[Any],
) -> frozenset[Any]:  # fmt: skip
    """Which numbers of reports in the part, in the rest and in neither are withheld, by district."""
    first: Counter[tuple[str | None, str | None]] = Counter(
        (_standing(call, name, report), district) for report, district in reports
    )
    chain = Chain((("PART", "REST", "NEITHER"), *map(tuple, groups)), (first, *tables))
    return withheld_beside(chain, frozenset(tuple((p + 1, g) for p, g in cell) for cell in out), _SMALLEST)


def _standing(call: Call, name: str, report: Row) -> str:
    cases = list(share_cases(call, report, name))
    return "NEITHER" if not cases else "PART" if any(cases) else "REST"


def suppressed(name: str) -> SimpleNamespace:
    """A figure that is withheld."""
    return SimpleNamespace(measure=name, state="SUPPRESSED", value=None, cases=None)


def figure(call: Call, name: str, reports: Sequence[Row]) -> SimpleNamespace:
    """What is told of a group whose count is told, and whose part and rest are too."""
    if name == "COUNT":
        return told(name, float(len(reports)), len(reports))
    if name in ("BREACH_RATE", "SERVED_SHARE"):
        cases = [case for report in reports for case in share_cases(call, report, name)]
        shown = len(cases) if name == "SERVED_SHARE" or not cases else None
        return told(name, percent(cases, 0), shown)
    by_report = [list(lengths_of(call, report, name)) for report in reports]
    lengths = [length for of_one in by_report for length in of_one]
    if not lengths:
        return told(name, None, 0)
    place = Fraction(1 if name.startswith("MEDIAN") else 9, 2 if name.startswith("MEDIAN") else 10) * (len(lengths) - 1)
    repeated = len(lengths) - sum(1 for of_one in by_report if of_one)
    if min(floor(place) + 1, len(lengths) - ceil(place)) - repeated < _SMALLEST:
        return suppressed(name)
    return told(name, days(lengths, name, 1), None)
