"""What two writers at once need: inserting a row only once, and doing one thing at a time across processes."""

import hashlib

from sqlalchemy import func, inspect, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession


async def insert_new(session: AsyncSession, row: SQLModel) -> bool:
    """Insert a row unless its unique values are taken; on PostgreSQL this waits for whoever is inserting them."""
    table = inspect(type(row)).local_table
    make = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = make(table).values(row.model_dump()).on_conflict_do_nothing().returning(*table.primary_key)
    return (await session.exec(statement)).first() is not None


async def one_at_a_time(connection: AsyncConnection, name: str) -> None:
    """Wait until no other transaction does what `name` says, and hold it to this transaction's end."""
    # SQLite has one writer anyway.
    if connection.dialect.name == "postgresql":
        key = int.from_bytes(hashlib.sha256(f"satu-pintu {name}".encode()).digest()[:8], signed=True)
        await connection.execute(select(func.pg_advisory_xact_lock(key)))
