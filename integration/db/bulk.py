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
    if rows:
        await insert_kept(session, table, columns, as_kept(session.get_bind().dialect.name, table, columns, rows))


async def insert_kept(
    session: AsyncSession, table: sa.Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert rows that `as_kept` has made."""
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
    await driver.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({places})', rows)  # noqa: S608 - our names


async def learn_sizes(session: AsyncSession, *tables: sa.Table) -> None:
    """Let PostgreSQL know that tables have grown: until then it plans as if they were empty."""
    if session.get_bind().dialect.name == "postgresql":
        names = ", ".join(f'"{table.name}"' for table in tables)
        await (await session.connection()).exec_driver_sql(f"ANALYZE {names}")


def as_kept(
    dialect: str, table: sa.Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> list[Sequence[Any]]:
    """Rows in the types the driver of a database takes; what is left are such as pass cheaply to another process."""
    if not rows:
        return []
    kept = {
        index: step for index, name in enumerate(columns) if (step := _step(table.c[name].type, dialect)) is not None
    }
    by_column: list[Sequence[Any]] = list(zip(*rows, strict=True))
    for index, step in kept.items():
        by_column[index] = [None if value is None else step(value) for value in by_column[index]]
    return list(zip(*by_column, strict=True))


def _step(kind: Any, dialect: str) -> Callable[[Any], Any] | None:
    if isinstance(kind, sa.Uuid):
        return _hex
    if isinstance(kind, sa.Enum):
        return str.__str__
    return _iso if isinstance(kind, sa.Date) and dialect == "sqlite" else None


def _hex(value: UUID) -> str:
    return value.hex


def _iso(value: date) -> str:
    return value.isoformat()
