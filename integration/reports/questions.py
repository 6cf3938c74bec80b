"""What may be asked of the published figures: those for people who may not see the reports behind them.

Figures are published for periods of whole months (a quarter unless set otherwise) that are over, as four dimensions in
a chain: DISTRICT, CATEGORY, MONTH, CHANNEL. A question names at most two that stand next to each other, by grouping or
by filter. So every answer is a sum of counts of one table per period, and what is withheld is decided once for all of a
period's tables together (`integration.statistics.suppression`), whoever asks what and in whichever order.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from integration.db.zone import WITA
from integration.reading.answer import BadRequest

# Next to each other: what can be asked for together.
CHAIN = ("DISTRICT", "CATEGORY", "MONTH", "CHANNEL")
_BY_FILTER = {"region": "DISTRICT", "category": "CATEGORY", "channel": "CHANNEL"}
_DISTRICT_LENGTH = 8


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month of local time, counted from year 0."""

    number: int

    @classmethod
    def of(cls, moment: datetime) -> "Month":
        """The month a moment lies in."""
        return cls.containing(moment.astimezone(WITA).date())

    @classmethod
    def containing(cls, day: date) -> "Month":
        """The month of a local day."""
        return cls(day.year * 12 + day.month - 1)

    @classmethod
    def named(cls, code: str) -> "Month":
        """The month with a code."""
        year, month = map(int, code.split("-"))
        return cls(year * 12 + month - 1)

    @property
    def code(self) -> str:
        """As a group of MONTH is named: 2024-01."""
        return f"{self.number // 12:04}-{self.number % 12 + 1:02}"

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.number // 12, self.number % 12 + 1, 1)

    @property
    def start(self) -> datetime:
        """Its first moment."""
        return datetime.combine(self.first_day, time(), WITA)


def months(since: Month, until: Month) -> Iterator[Month]:
    """The months from one to before another."""
    return (Month(number) for number in range(since.number, until.number))


def period_of(month: Month, length: int) -> tuple[Month, Month]:
    """The published period of so many months that a month lies in; its end is the month after."""
    start = month.number // length * length
    return Month(start), Month(start + length)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: what to group by, which groups are wanted of a dimension, and from which month to before which."""

    group_by: tuple[str, ...]
    wanted: Mapping[str, frozenset[str | None]]
    since: Month | None
    until: Month | None

    def parts(self, length: int) -> tuple[str, ...]:
        """The dimensions a count must tell apart to answer it, in the chain's order. BadRequest if no table does."""
        cut = any(bound is not None and bound.number % length for bound in (self.since, self.until))
        named = {*self.group_by, *self.wanted, *(("MONTH",) if cut else ())}
        found = tuple(name for name in CHAIN if name in named)
        places = [CHAIN.index(name) for name in found]
        if len(places) > 2 or (len(places) == 2 and places[1] - places[0] != 1):
            raise BadRequest(
                "BAD_USER_INPUT",
                "Figures are published by one of DISTRICT, CATEGORY, MONTH, CHANNEL, or by two of them: DISTRICT with "
                "CATEGORY, CATEGORY with MONTH, MONTH with CHANNEL. What you filter by counts as one; so do months "
                "that are no whole published period.",
                "Angka diterbitkan menurut salah satu dari DISTRICT, CATEGORY, MONTH, CHANNEL, atau dua di antaranya: "
                "DISTRICT dengan CATEGORY, CATEGORY dengan MONTH, MONTH dengan CHANNEL. Filter dihitung sebagai satu "
                "dimensi; begitu juga bulan yang bukan masa terbit utuh.",
                ("groupBy",),
            )
        return found


def question(group_by: Sequence[str], given: Any, known: Callable[[str, str], bool]) -> Question:
    """A question from its arguments. BAD_FILTER for what the published figures cannot be narrowed by."""
    path: tuple[str, ...] = ("filter",)
    wanted: dict[str, frozenset[str | None]] = {}
    since = until = None
    if given is None:
        raise _refused(path)
    for name, condition in given.items():
        if condition is None:
            raise _refused((*path, name))
        if name in _BY_FILTER:
            found = _groups(condition, (*path, name), known)
            if found is not None:
                wanted[_BY_FILTER[name]] = found
        elif name == "receivedAt":
            since, until = _months(condition, (*path, name))
        else:
            raise _refused((*path, name))
    return Question(tuple(group_by), wanted, since, until)


def _groups(
    condition: Mapping[str, Any], path: tuple[str, ...], known: Callable[[str, str], bool]
) -> frozenset[str] | None:
    found: frozenset[str] | None = None
    for operator, value in condition.items():
        if value is None or operator not in ("eq", "in", "within"):
            raise _refused((*path, operator))
        if operator == "within" and (len(value) != _DISTRICT_LENGTH or not known("Region", value)):
            raise BadRequest(
                "BAD_FILTER",
                "Published figures can be narrowed to one kecamatan, by its code.",
                "Angka yang diterbitkan hanya dapat dipersempit ke satu kecamatan, dengan kodenya.",
                (*path, operator),
            )
        one = frozenset(map(str, value)) if operator == "in" else frozenset({str(value)})
        found = one if found is None else found & one
    return found


def _months(condition: Mapping[str, Any], path: tuple[str, ...]) -> tuple[Month | None, Month | None]:
    bounds: dict[str, Month] = {}
    for operator, value in condition.items():
        if value is None or operator not in ("gte", "lt"):
            raise _refused((*path, operator))
        try:
            month = Month.of(value)
        except OverflowError:
            raise _refused((*path, operator)) from None
        if month.start != value:
            raise BadRequest(
                "BAD_FILTER",
                "Published figures can be narrowed to whole months: gte and lt at the first moment of a month, "
                "e.g. 2024-01-01T00:00:00+08:00.",
                "Angka yang diterbitkan hanya dapat dipersempit ke bulan utuh: gte dan lt pada saat pertama suatu "
                "bulan, misalnya 2024-01-01T00:00:00+08:00.",
                (*path, operator),
            )
        bounds[operator] = month
    return bounds.get("gte"), bounds.get("lt")


def _refused(path: tuple[str, ...]) -> BadRequest:
    return BadRequest(
        "BAD_FILTER",
        "Published figures can be narrowed by category and channel (eq, in), region (within, one kecamatan) and "
        "whole months of receivedAt (gte, lt) only.",
        "Angka yang diterbitkan hanya dapat dipersempit menurut category dan channel (eq, in), region (within, satu "
        "kecamatan), dan bulan utuh receivedAt (gte, lt).",
        path,
    )
