"""The inbox: a delivery is kept as it came, sealed, before anything is made of it, and worked off in order.

There is no lease and no claim to give back: whoever works holds the turn, a lock that falls with its connection, and a
row stays PENDING until its outcome is written. Turns are taken one delivery at a time across all workers, because the
order of one sender's messages is only known after opening them; a turn is a few milliseconds.
"""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, delete, select, update

from integration.access.sealing import Sealer
from integration.db.base import now
from integration.db.concurrency import one_at_a_time
from integration.db.direct import insert_new
from integration.db.engine import Database
from integration.events.tables import InboxRow

PENDING, DONE, FAILED = "PENDING", "DONE", "FAILED"
_LABEL = "inbox.body"
# Ten tries with doubling pauses span about an hour and a half: longer than a restart, shorter than a shift.
MAX_ATTEMPTS = 10
_FIRST_PAUSE = timedelta(seconds=5)
_LONGEST_PAUSE = timedelta(hours=1)
# Others write in between.
_PRUNED_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery whose turn has come."""

    id: UUID
    source: str
    body_sealed: bytes
    received_at: datetime
    attempts: int


async def store(database: Database, sealer: Sealer, source: str, body: bytes) -> bool:
    """Keep a delivery; False if the very same one is already here."""
    moment = now()
    digest = sealer.index(_LABEL, hashlib.sha256(body).hexdigest())
    row = InboxRow(
        source=source,
        body_hash=digest,
        body_sealed=sealer.seal_bytes(_LABEL, body),
        received_at=moment,
        next_at=moment,
    )
    async with database.write() as session:
        return await insert_new(session, row)


@asynccontextmanager
async def turn(database: Database) -> AsyncIterator[None]:
    """Be the only one working off the inbox until the block ends."""
    if database.dialect == "sqlite":
        # One process has one worker, and two processes repeat each other's work harmlessly (messages are known by id).
        yield
        return
    async with database.engine.begin() as connection:
        await one_at_a_time(connection, "inbox")
        yield


async def oldest_due(database: Database) -> Delivery | None:
    """The delivery to work on next."""
    async with database.write() as session:
        row = (
            await session.exec(
                select(InboxRow)
                .where(InboxRow.state == PENDING, InboxRow.next_at <= now())
                .order_by(col(InboxRow.received_at), col(InboxRow.id))
                .limit(1)
            )
        ).first()
    if row is None:
        return None
    return Delivery(row.id, row.source, row.body_sealed, row.received_at, row.attempts)


def opened(delivery: Delivery, sealer: Sealer) -> bytes:
    """The delivery's bytes as they came."""
    return sealer.open_bytes(_LABEL, delivery.body_sealed)


async def finish(database: Database, delivery: Delivery) -> None:
    """Mark a delivery as worked off."""
    async with database.write() as session:
        await session.exec(
            update(InboxRow)
            .where(col(InboxRow.id) == delivery.id)
            .values(state=DONE, done_at=now(), error=None, attempts=delivery.attempts + 1)
        )


async def prune(database: Database, before: datetime) -> int:
    """Drop what was worked off before a moment; how many. What could not be worked off is kept: somebody wrote it."""
    count = 0
    old = select(InboxRow.id).where(InboxRow.state == DONE, col(InboxRow.done_at) < before).limit(_PRUNED_AT_ONCE)
    while True:
        async with database.write() as session:
            gone = (await session.exec(delete(InboxRow).where(col(InboxRow.id).in_(old)))).rowcount
        count += gone
        if gone < _PRUNED_AT_ONCE:
            return count


async def fail(database: Database, delivery: Delivery, error: str) -> bool:
    """Put a delivery off, longer each time; True when it was the last try. `error` is a class name, never a message."""
    attempts = delivery.attempts + 1
    last = attempts >= MAX_ATTEMPTS
    pause = min(_FIRST_PAUSE * 2 ** (attempts - 1), _LONGEST_PAUSE)
    async with database.write() as session:
        await session.exec(
            update(InboxRow)
            .where(col(InboxRow.id) == delivery.id)
            .values(state=FAILED if last else PENDING, attempts=attempts, next_at=now() + pause, error=error)
        )
    return last
