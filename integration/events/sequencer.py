"""The feed's order: positions are given to events after their commit, by one writer at a time.

An event of a slow transaction gets its position when it appears, after those already numbered, so a reader that has
come as far as position n will never miss one that turns up later.
"""

from sqlalchemy import func
from sqlmodel import col, select, update

from integration.db.concurrency import one_at_a_time
from integration.db.engine import Database
from integration.events.tables import EventRow

_AT_ONCE = 1000


async def assign_positions(database: Database) -> int:
    """Number all events that have no position yet; returns how many."""
    total = 0
    while True:
        async with database.write() as session:
            await one_at_a_time(await session.connection(), "sequencer")
            waiting = (
                await session.exec(
                    select(EventRow.id)
                    .where(col(EventRow.position).is_(None))
                    .order_by(col(EventRow.id))
                    .limit(_AT_ONCE)
                )
            ).all()
            if waiting:
                last = (await session.exec(select(func.max(EventRow.position)))).one() or 0
                await session.exec(
                    update(EventRow),
                    params=[{"id": id_, "position": last + step} for step, id_ in enumerate(waiting, 1)],
                )
        total += len(waiting)
        if len(waiting) < _AT_ONCE:
            return total
