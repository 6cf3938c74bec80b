"""Writing many rows at once, on the driver itself: COPY on PostgreSQL, one prepared statement on SQLite."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel.ext.asyncio.session import AsyncSession


async def insert_rows(
    session: AsyncSession, table: sa.Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert rows of plain values (UUID, date, bytes, numbers, text), given in the order of `columns`."""
    if not rows:
        return
    raw = await (await session.connection()).get_raw_connection()
    driver = raw.driver_connection
    assert driver is not None
    if session.get_bind().dialect.name == "postgresql":
        await driver.copy_records_to_table(table.name, records=rows, columns=list(columns))
        return
    names = ", ".join(f'"{name}"' for name in columns)
    places = ", ".join("?" * len(columns))
    steps = [(index, step) for index, name in enumerate(columns) if (step := _step(table.c[name].type)) is not None]
    made = [_made(row, steps) for row in rows]
    await driver.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({places})', made)  # noqa: S608 - our names


def _made(row: Sequence[Any], steps: Sequence[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    made = list(row)
    for index, step in steps:
        if made[index] is not None:
            made[index] = step(made[index])
    return made


def _hex(value: UUID) -> str:
    return value.hex


def _iso(value: date) -> str:
    return value.isoformat()


def _step(kind: Any) -> Callable[[Any], Any] | None:
    """How SQLite keeps a type that it does not have."""
    if isinstance(kind, sa.Uuid):
        return _hex
    return _iso if isinstance(kind, sa.Date) else None
