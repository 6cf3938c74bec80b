"""Working time: how much of it lies between two moments, and when an amount of it is over.

A working day is a day of WITA from midnight to midnight that is neither Saturday, Sunday, public holiday nor joint
leave (cuti bersama). Time runs on such days only; a day's worth is 24 hours of it, so two working days from Friday
16:00 are over on Tuesday 16:00. Emergencies are kept around the clock instead.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Protocol, TypeAlias

from integration.db.zone import WITA

_DAY = timedelta(days=1)
_SATURDAY = 5
_OFF_DAYS = Path(__file__).parents[1] / "data" / "off_days.csv"
_NOTHING = timedelta(0)

IsWorking: TypeAlias = Callable[[date], bool]


class Time(Protocol):
    """A kind of time a limit can be counted in."""

    def after(self, start: datetime, amount: timedelta) -> datetime:
        """The first moment at which this much of it has passed since `start`."""

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much of it lies between two moments; nothing when the end comes first."""


class WorkingTime:
    """Time on working days of WITA."""

    def __init__(self, is_working: IsWorking) -> None:
        self._is_working = is_working

    def after(self, start: datetime, amount: timedelta) -> datetime:
        """See `Time`. The end of a Friday is Saturday 00:00, not Monday."""
        if amount <= _NOTHING:
            return start
        moment = start.astimezone(WITA)
        while True:
            midnight = _midnight_after(moment)
            if self._is_working(moment.date()):
                room = midnight - moment
                if amount <= room:
                    return (moment + amount).astimezone(UTC)
                amount -= room
            moment = midnight

    def between(self, start: datetime, end: datetime) -> timedelta:
        """See `Time`."""
        moment, end = start.astimezone(WITA), end.astimezone(WITA)
        total = _NOTHING
        while moment < end:
            until = min(_midnight_after(moment), end)
            if self._is_working(moment.date()):
                total += until - moment
            moment = until
        return total


class AroundTheClock:
    """Time as it passes, day and night."""

    def after(self, start: datetime, amount: timedelta) -> datetime:
        """See `Time`."""
        return start + max(amount, _NOTHING)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """See `Time`."""
        return max(end - start, _NOTHING)


def _midnight_after(moment: datetime) -> datetime:
    return datetime.combine(moment.date() + _DAY, time(), WITA)


@cache
def _off_days(year: int) -> frozenset[date]:
    known = _kept_off_days()
    return known[year] if year in known else off_days(year)


@cache
def _kept_off_days() -> Mapping[int, frozenset[date]]:
    """By year, out of a file: the library of holidays weighs more than all that is served with it."""
    found: dict[int, set[date]] = {}
    for line in _OFF_DAYS.read_text(encoding="utf-8").split()[1:]:
        day = date.fromisoformat(line)
        found.setdefault(day.year, set()).add(day)
    return {year: frozenset(days) for year, days in found.items()}


def off_days(year: int) -> frozenset[date]:
    """Public holidays and joint leave of a year, as the library of holidays knows them."""
    import holidays  # noqa: PLC0415 - it loads the calendars of all countries

    return frozenset(holidays.country_holidays("ID", years=year, categories=("public", "government")))


def is_working_day(day: date) -> bool:
    """Whether the office works on this day.

    Joint leave is known once decreed and in the library; before that a coming year counts too many working days.
    """
    return day.weekday() < _SATURDAY and day not in _off_days(day.year)


WORKING: Time = WorkingTime(is_working_day)
ALWAYS: Time = AroundTheClock()
