"""What delivery reports say of messages of ours, also of those whose answer we never got.

Every message leaves with the id of its row as reference; every report on it brings the reference back. So a message
that was taken over is known as sent even if the worker died before it could write that down.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.codes import DeliveryState
from integration.connectors.whatsapp.port import DeliveryUpdate, Failure, Nature
from integration.events import queue, rules
from integration.events.tables import OutboxAttemptRow, OutboxRow

_ARRIVED = (DeliveryState.DELIVERED, DeliveryState.READ)
_UNKNOWN = Failure("UNKNOWN", Nature.PERMANENT)


@dataclass(frozen=True, slots=True)
class Noted:
    """Where a message stands after a report."""

    message_id: UUID | None
    state: DeliveryState
    provider_id: str | None


async def note(session: AsyncSession, update: DeliveryUpdate, message_id: UUID | None, at: datetime) -> Noted | None:
    """Move a message on, never back; None if it is none of the outbox. `message_id`: by the provider's id."""
    row = await _row(session, update, message_id)
    if row is None:
        return None
    attempt = await _attempt(session, row, update.provider_id)
    if row.provider_id is None and attempt is None:
        attempt = await _adopt(session, row, update.provider_id, at)
    if row.provider_id == update.provider_id and update.state is DeliveryState.FAILED:
        _failed(session, row, attempt, update.failure or _UNKNOWN, at)
    elif _further(row, update):
        row.state, row.reason, row.attempt_id, row.doubtful_since = update.state, None, None, None
        session.add(row)
    await session.flush()
    return Noted(row.message_id, row.state, row.provider_id)


def _further(row: OutboxRow, update: DeliveryUpdate) -> bool:
    # Of an attempt before this one only that it arrived is still of interest.
    current = row.provider_id == update.provider_id or update.state in _ARRIVED
    return current and row.state in rules.before(update.state)


async def _row(session: AsyncSession, update: DeliveryUpdate, message_id: UUID | None) -> OutboxRow | None:
    tried = select(OutboxAttemptRow.outbox_id).where(OutboxAttemptRow.provider_id == update.provider_id)
    conditions: list[ColumnElement[bool]] = []
    if (reference := _reference(update.reference)) is not None:
        conditions.append(col(OutboxRow.id) == reference)
    conditions.append(col(OutboxRow.id).in_(tried))
    if message_id is not None:
        conditions.append(col(OutboxRow.message_id) == message_id)
    for condition in conditions:
        found = await session.exec(select(OutboxRow).where(condition).order_by(col(OutboxRow.id)).with_for_update())
        if (row := found.first()) is not None:
            return row
    return None


async def _attempt(session: AsyncSession, row: OutboxRow, provider_id: str) -> OutboxAttemptRow | None:
    found = await session.exec(
        select(OutboxAttemptRow).where(
            OutboxAttemptRow.outbox_id == row.id, OutboxAttemptRow.provider_id == provider_id
        )
    )
    return found.first()


async def _adopt(session: AsyncSession, row: OutboxRow, provider_id: str, at: datetime) -> OutboxAttemptRow | None:
    """The report brings the id that the answer did not: what was in doubt, or still under way, was taken over."""
    found = await session.exec(
        select(OutboxAttemptRow)
        .where(OutboxAttemptRow.outbox_id == row.id, col(OutboxAttemptRow.provider_id).is_(None))
        .order_by(col(OutboxAttemptRow.id).desc())
    )
    attempt = found.first()
    if attempt is not None:
        attempt.provider_id, attempt.outcome, attempt.ended_at = provider_id, queue.SENT, attempt.ended_at or at
        session.add(attempt)
    row.provider_id, row.attempt_id, row.doubtful_since = provider_id, None, None
    session.add(row)
    return attempt


def _failed(
    session: AsyncSession, row: OutboxRow, attempt: OutboxAttemptRow | None, failure: Failure, at: datetime
) -> None:
    """Taken over, but not delivered: as if it had been refused at once."""
    if row.state not in rules.before(DeliveryState.FAILED):
        return
    if attempt is not None:
        attempt.outcome = failure.reason
        session.add(attempt)
    passing = failure.nature in (Nature.PASSING, Nature.EVERYBODY)
    if attempt is not None and failure.nature is Nature.WINDOW and attempt.form is rules.SentForm.TEXT:
        queue.again(session, row, failure.reason, at, refused_at=at)
    elif attempt is not None and passing and row.attempts < rules.MAX_ATTEMPTS:
        queue.again(session, row, failure.reason, at + rules.pause(row.attempts))
    else:
        queue.fail(session, row, failure.reason)


def _reference(text: str | None) -> UUID | None:
    try:
        return None if text is None else UUID(text)
    except ValueError:
        return None
