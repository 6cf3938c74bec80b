"""How dates, times and money are written on the wire. Inputs that could mean two things are refused.

Text that is already written passes through on output: the reading road hands over finished values. No message here
repeats the value it refuses, which may be somebody's birth date.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATE_TIME = re.compile(
    _DATE.pattern + r"[Tt][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_DECIMAL = re.compile(r"-?[0-9]{1,30}([.][0-9]{1,30})?")


def _parser(form: re.Pattern[str], parse: Callable[[str], object], refusal: str) -> Callable[[object], object]:
    def read(value: object) -> object:
        if not isinstance(value, str) or not form.fullmatch(value):
            raise GraphQLError(refusal)
        try:
            return parse(value)
        except (ValueError, OverflowError):
            raise GraphQLError(refusal) from None

    return read


def _instant(value: str) -> datetime:
    return datetime.fromisoformat(value.upper()).astimezone(UTC)


def _write_instant(value: object) -> str:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return _written(value, "DateTime")


def _write_date(value: object) -> str:
    # A datetime is a date to Python, but which day it is depends on the time zone.
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return _written(value, "Date")


def _write_decimal(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) and value.is_finite() else _written(value, "Decimal")


def _written(value: object, scalar: str) -> str:
    if isinstance(value, str):
        return value
    raise GraphQLError(f"{scalar} cannot represent a value of type {type(value).__name__}.")


def _scalar(
    name: str,
    description: str,
    python: type,
    write: Callable[[object], str],
    read: Callable[[object], object],
    specification: str | None = None,
) -> ScalarDefinition:
    return ScalarDefinition(
        name=name,
        description=description,
        specified_by_url=specification,
        serialize=write,
        parse_value=read,
        parse_literal=None,
        origin=python,
    )


SCALARS: dict[object, ScalarDefinition] = {
    datetime: _scalar(
        "DateTime",
        "A moment, as text in ISO 8601. Answers are in UTC and end in Z, e.g. 2026-11-24T00:30:00Z; show people WITA "
        "(Asia/Makassar, UTC+8). Inputs may have any offset, but must have one: 2026-11-24T08:30:00+08:00.",
        datetime,
        _write_instant,
        _parser(
            _DATE_TIME,
            _instant,
            "A DateTime is written in ISO 8601 with its offset from UTC, e.g. 2026-11-24T08:30:00+08:00.",
        ),
        "https://www.rfc-editor.org/rfc/rfc3339",
    ),
    date: _scalar(
        "Date",
        "A calendar day as it is written in Kutai Kartanegara, as text: YYYY-MM-DD, e.g. 2026-11-24.",
        date,
        _write_date,
        _parser(_DATE, date.fromisoformat, "A Date is written YYYY-MM-DD, e.g. 2026-11-24."),
    ),
    Decimal: _scalar(
        "Decimal",
        'An exact decimal number, as text so that no digit is lost, e.g. "1500000.00". Amounts of money are in rupiah.',
        Decimal,
        _write_decimal,
        _parser(_DECIMAL, Decimal, 'A Decimal is written as text, with a point and no exponent, e.g. "1500000.00".'),
    ),
}
