"""Values of `Road.rows` as both databases mean them: SQLite gives days, moments and ids as text."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID


def day(value: Any) -> date | None:
    """A calendar day."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def needed_day(value: Any) -> date:
    """A calendar day of a column that has one in every row."""
    found = day(value)
    assert found is not None
    return found


def moment(value: Any) -> datetime | None:
    """An instant in UTC."""
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return None if value is None else value.astimezone(UTC)


def key(value: Any) -> UUID:
    """An id."""
    return UUID(hex=value) if isinstance(value, str) else UUID(int=value.int)
