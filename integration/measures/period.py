"""A period of local days that a statistic is about, and who may choose it freely.

Whoever does not see the rows behind a count may ask for whole years that are over, and for nothing else: two periods
that overlap in part would give by subtraction what is too small to tell.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.db.zone import WITA
from integration.reading.answer import BadRequest
from integration.reading.scope import Asking, Scope
from integration.reading.view import Kind

_LONGEST = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class Period:
    """Both days are in it."""

    first: date
    last: date

    @property
    def since(self) -> datetime:
        """Its first moment."""
        return datetime.combine(self.first, time(), WITA)

    @property
    def until(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.last + timedelta(days=1), time(), WITA)

    def holds(self, scope: Scope, column: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether a moment lies in it."""
        return sa.and_(column >= self._moment(scope, "since"), column < self._moment(scope, "until"))

    def begun(self, scope: Scope, column: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether a moment lies before its end."""
        return column < self._moment(scope, "until")

    def last_day(self, scope: Scope) -> ColumnElement[Any]:
        """Its last day as a parameter."""
        return scope.dialect.bind(scope.bind("period_last", Kind.DATE, lambda _asking: self.last), Kind.DATE)

    def first_day(self, scope: Scope) -> ColumnElement[Any]:
        """Its first day as a parameter."""
        return scope.dialect.bind(scope.bind("period_first", Kind.DATE, lambda _asking: self.first), Kind.DATE)

    def _moment(self, scope: Scope, name: str) -> ColumnElement[Any]:
        value: datetime = getattr(self, name)
        return scope.dialect.bind(scope.bind(f"period_{name}", Kind.TIME, lambda _asking: value), Kind.TIME)


def sensible(first: date, last: date) -> Period:
    """The period asked for; BadRequest for one that is none, or too long."""
    if last < first:
        raise BadRequest(
            "BAD_USER_INPUT", "The period ends before it begins.", "Masa akhir mendahului masa awal.", ("to",)
        )
    if last - first > _LONGEST or first.year < 2000 or last.year > 2100:
        raise BadRequest(
            "BAD_USER_INPUT",
            "Ask for at most three years, from 2000 to 2100.",
            "Paling lama tiga tahun, antara 2000 dan 2100.",
            ("to",),
        )
    return Period(first, last)


def chosen(asking: Asking, first: date, last: date) -> Period:
    """The same; BadRequest also for one that this viewer may not ask for."""
    period = sensible(first, last)
    if asking.viewer.sees_every_report:
        return period
    is_year = first == date(first.year, 1, 1) and last == date(first.year, 12, 31)
    if not is_year or period.until > asking.now:
        raise BadRequest(
            "BAD_USER_INPUT",
            "Ask for a whole year that is over, from 1 January to 31 December: of other periods counts could be found "
            "by subtraction that are too small to tell.",
            "Pilih satu tahun penuh yang sudah berakhir, 1 Januari sampai 31 Desember: dari masa lain, jumlah yang "
            "terlalu kecil dapat dihitung dengan pengurangan.",
            ("from",),
        )
    return period
