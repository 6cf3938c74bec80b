"""Rows written on the driver itself, without the session's bookkeeping: for what is written with every report.

The statements are SQLAlchemy's, compiled once for each database, and the values pass through the types of their
columns, so what is stored is what the session would have stored. All runs in the session's own transaction.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from weakref import ref

import sqlalchemy as sa
from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import make_transient_to_detached
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.db.readers import Row, Snapshot, within

# A statement that changes rows, made for one dialect; its values are `bindparam`s.
Make = Callable[[Dialect], sa.UpdateBase]
_Convert = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class Compiled:
    """A statement's text for the driver, and how its values become the driver's."""

    sql: str
    names: tuple[str, ...]
    converts: tuple[_Convert, ...]

    def arguments(self, values: Mapping[str, Any]) -> list[Any]:
        """Values by the statement's names, in its order."""
        return [
            value if convert is None or value is None else convert(value)
            for value, convert in zip(map(values.__getitem__, self.names), self.converts, strict=True)
        ]


class Direct:
    """A statement made once for each database, and run on the driver."""

    def __init__(self, make: Make) -> None:
        self._make = make
        self._compiled: dict[str, Compiled] = {}

    async def run(self, session: AsyncSession, values: Mapping[str, Any]) -> Sequence[Row]:
        """Run it with these values, after whatever the session still has to write; the rows it returns, raw."""
        dialect = session.get_bind().dialect
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = compile_for_driver(self._make(dialect), dialect)
        return await (await _driver(session)).fetch(compiled.sql, compiled.arguments(values))


async def insert(session: AsyncSession, *rows: SQLModel) -> None:
    """Insert new rows, each after those it points at. They stay outside the session, see `adopt`.

    On PostgreSQL they go in one statement: a round trip to the database costs more than the rows.
    """
    if not rows:
        return
    tables = tuple(_table(row) for row in rows)
    if session.get_bind().dialect.name == "postgresql":
        values = {f"{place}_{key}": value for place, row in enumerate(rows) for key, value in row.__dict__.items()}
        await _together(tables).run(session, values)
    else:
        for table, row in zip(tables, rows, strict=True):
            await _together((table,)).run(session, {f"0_{key}": value for key, value in row.__dict__.items()})


async def insert_new(session: AsyncSession, row: SQLModel) -> bool:
    """Insert a row unless its unique values are taken; on PostgreSQL this waits for whoever is inserting them."""
    return bool(await _unless_taken(_table(row)).run(session, row.__dict__))


def adopt(session: AsyncSession, row: SQLModel) -> None:
    """Let the session know a row that `insert` wrote, for acts that go on with it."""
    make_transient_to_detached(row)
    session.add(row)


def upsert(dialect: Dialect, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    """An insert that may say what to do where the row is there already."""
    return postgresql.insert(table) if dialect.name == "postgresql" else sqlite.insert(table)


@lru_cache(maxsize=100)
def _together(tables: tuple[sa.Table, ...]) -> Direct:
    def make(_dialect: Dialect) -> sa.UpdateBase:
        *before, last = (
            sa.insert(table).values({c: sa.bindparam(f"{place}_{c.key}", type_=c.type) for c in table.c})
            for place, table in enumerate(tables)
        )
        return last.add_cte(*(statement.cte(f"w{place}") for place, statement in enumerate(before)))

    return Direct(make)


@lru_cache(maxsize=100)
def _unless_taken(table: sa.Table) -> Direct:
    def make(dialect: Dialect) -> sa.UpdateBase:
        values = {c: sa.bindparam(c.key, type_=c.type) for c in table.c}
        return upsert(dialect, table).values(values).on_conflict_do_nothing().returning(*table.primary_key)

    return Direct(make)


def _table(row: SQLModel) -> sa.Table:
    table: sa.Table = type(row).__table__  # type: ignore[attr-defined]
    return table


def compile_for_driver(statement: sa.UpdateBase, dialect: Dialect) -> Compiled:
    """A statement whose values are all `bindparam`s."""
    compiled = statement.compile(dialect=dialect)
    names = tuple(compiled.positiontup or ())
    types = [compiled.binds[name].type.dialect_impl(dialect) for name in names]
    return Compiled(str(compiled), names, tuple(one.bind_processor(dialect) for one in types))


async def _driver(session: AsyncSession) -> Snapshot:
    if session.new or session.dirty or session.deleted:
        await session.flush()
    # One transaction has one connection.
    transaction = session.sync_session.get_transaction()
    known: tuple[ref[object], Snapshot] | None = session.info.get("direct")
    if known is None or transaction is None or known[0]() is not transaction:
        connection = await (await session.connection()).get_raw_connection()
        transaction = session.sync_session.get_transaction()
        assert transaction is not None
        # A weak one: the transaction knows its session, and circles keep their memory until the collector comes by.
        known = (ref(transaction), within(session.get_bind().dialect.name, connection.driver_connection))
        session.info["direct"] = known
    return known[1]
