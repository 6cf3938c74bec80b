"""What two writers at once need: doing one thing at a time across processes."""

import hashlib

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection


async def one_at_a_time(connection: AsyncConnection, name: str) -> None:
    """Wait until no other transaction does what `name` says, and hold it to this transaction's end."""
    # SQLite has one writer anyway.
    if connection.dialect.name == "postgresql":
        key = int.from_bytes(hashlib.sha256(f"satu-pintu {name}".encode()).digest()[:8], signed=True)
        await connection.execute(select(func.pg_advisory_xact_lock(key)))
