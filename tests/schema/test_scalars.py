"""Dates, times and amounts are understood in one way only, or not at all."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from graphql import GraphQLError, parse, validate
from hypothesis import given
from hypothesis import strategies as st

from schema.build import schema
from schema.types.scalars import SCALARS

WITA = timezone(timedelta(hours=8))


def complaints(moment: str) -> list[str]:
    query = f'{{ reports(filter: {{receivedAt: {{gte: "{moment}"}}}}) {{ totalCount }} }}'
    return [error.message for error in validate(schema._schema, parse(query))]


def read(python: type, text: object) -> object:
    parser = SCALARS[python].parse_value
    assert parser is not None
    return parser(text)


def write(python: type, value: object) -> object:
    serializer = SCALARS[python].serialize
    assert serializer is not None
    return serializer(value)


@pytest.mark.parametrize("moment", ["2026-11-24T00:30:00Z", "2026-11-24T08:30:00+08:00", "2026-11-24T08:30+08:00"])
def test_a_moment_with_its_offset_is_understood(moment: str) -> None:
    assert complaints(moment) == []
    assert read(datetime, moment) == datetime(2026, 11, 24, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "moment",
    [
        "2025-03-01T08:30:00",
        "2025-03-01",
        "01-03-2025T08:30:00Z",
        "2025-13-01T08:30:00Z",
        "0001-01-01T00:00:00+08:00",
        "",
    ],
)
def test_a_moment_that_could_mean_two_things_is_refused(moment: str) -> None:
    (message,) = complaints(moment)
    assert "offset" in message
    assert moment == "" or moment not in message


def test_a_moment_is_written_in_utc() -> None:
    assert write(datetime, datetime(2026, 11, 24, 8, 30, tzinfo=WITA)) == "2026-11-24T00:30:00Z"


@given(st.datetimes(min_value=datetime(1900, 1, 1), timezones=st.just(WITA)))
def test_a_moment_comes_back_as_it_was(moment: datetime) -> None:
    assert read(datetime, write(datetime, moment)) == moment


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=2))
def test_an_amount_comes_back_as_it_was(amount: Decimal) -> None:
    assert read(Decimal, write(Decimal, amount)) == amount


@pytest.mark.parametrize("text", ["2026-11-24T00:30:00Z", "2026-11-24", "1500000.00"])
@pytest.mark.parametrize("python", [datetime, date, Decimal])
def test_what_is_already_written_is_not_written_again(python: type, text: str) -> None:
    assert write(python, text) == text


@pytest.mark.parametrize(
    ("python", "value"),
    [(datetime, datetime(2026, 11, 24)), (date, datetime(2026, 11, 24, tzinfo=UTC)), (Decimal, 1.5), (date, 20261124)],
)
def test_what_cannot_be_written_safely_is_an_error(python: type, value: object) -> None:
    with pytest.raises(GraphQLError):
        write(python, value)


@pytest.mark.parametrize(
    ("python", "value"),
    [
        (date, "20250301"),
        (date, "2025-W09-6"),
        (date, "2025-02-30"),
        (date, "2025-03-01T00:00:00Z"),
        (date, 20261124),
        (Decimal, "NaN"),
        (Decimal, "1e9"),
        (Decimal, "1.500.000"),
        (Decimal, 1500000.5),
        (Decimal, ""),
        (datetime, 1795000000),
        (datetime, "٢٠٢٦-11-24T00:30:00Z"),
    ],
)
def test_another_form_is_refused_without_being_repeated(python: type, value: object) -> None:
    with pytest.raises(GraphQLError) as refusal:
        read(python, value)
    assert str(value) == "" or str(value) not in str(refusal.value)
