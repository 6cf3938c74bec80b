"""Whose turn it is in the outbox, and what an attempt came to. Each function is a step within the caller's transaction.

An attempt is entered and committed before the message leaves. If nothing is heard of it by the end of its lease, its
worker has died, and the message may have been taken over or not. Such a message waits for `GRACE`, counted from when
somebody notices: WhatsApp reports what it took over, with our reference, and that report settles it (see
`integration.events.statuses`). Only if none came, and nothing received meanwhile waits unread, is it sent again.

What remains: a message that was taken over, whose answer was lost, and whose report takes longer than `GRACE` to come
in. It is sent twice. The other choice would be not to send it at all, and a reporter without a receipt is worse off.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.codes import ChannelKind, DeliveryState
from integration.events import inbox, rules
from integration.events.tables import InboxRow, OutboxAttemptRow, OutboxRow

# Longer than any call may take (`LONGEST_CALL` of the connector).
LEASE = timedelta(minutes=1)
# Reports come within seconds; after an outage of ours WhatsApp brings them again within minutes.
GRACE = timedelta(minutes=15)
SENT, INTERRUPTED = "SENT", "INTERRUPTED"


async def next_due(session: AsyncSession, at: datetime) -> OutboxRow | None:
    """The next message to try, kept from other workers; a person's later ones wait until the earlier are out."""
    earlier = aliased(OutboxRow)

    def held_back(same_person: ColumnElement[bool]) -> ColumnElement[bool]:
        return exists().where(
            same_person,
            col(earlier.state) == DeliveryState.QUEUED,
            col(earlier.channel) == ChannelKind.WHATSAPP,
            col(earlier.id) < col(OutboxRow.id),
        )

    unread = exists().where(
        col(InboxRow.state) == inbox.PENDING,
        col(InboxRow.received_at) >= col(OutboxRow.doubtful_since),
        col(InboxRow.received_at) <= col(OutboxRow.next_at),
    )
    statement = (
        select(OutboxRow)
        .where(
            OutboxRow.channel == ChannelKind.WHATSAPP,
            OutboxRow.state == DeliveryState.QUEUED,
            col(OutboxRow.next_at) <= at,
            ~held_back(col(earlier.user_index) == col(OutboxRow.user_index)),
            ~held_back(col(earlier.phone_index) == col(OutboxRow.phone_index)),
            col(OutboxRow.doubtful_since).is_(None) | ~unread,
        )
        .order_by(col(OutboxRow.id))
        .limit(1)
        .with_for_update(skip_locked=True, of=OutboxRow)
    )
    return (await session.exec(statement)).first()


def begin(session: AsyncSession, row: OutboxRow, form: rules.SentForm, at: datetime) -> OutboxAttemptRow:
    """Enter an attempt. Once this is committed the message may leave, and nobody else sends it until the lease ends."""
    attempt = OutboxAttemptRow(outbox_id=row.id, at=at, form=form)
    row.attempt_id, row.form, row.attempts, row.next_at = attempt.id, form, row.attempts + 1, at + LEASE
    session.add_all((row, attempt))
    return attempt


async def interrupted(session: AsyncSession, row: OutboxRow, at: datetime) -> None:
    """An attempt whose worker was not heard of again: from now on, wait for news of the message."""
    attempt = await session.get_one(OutboxAttemptRow, row.attempt_id)
    _end(session, attempt, INTERRUPTED, at)
    if row.attempts >= rules.MAX_ATTEMPTS:
        fail(session, row, INTERRUPTED)
    else:
        _doubt(session, row, attempt, INTERRUPTED, at + GRACE)


def unreadable(session: AsyncSession, row: OutboxRow, reason: str, at: datetime) -> None:
    """It can't be opened, as with a wrong key: put off like what can't be sent."""
    row.attempts += 1
    if row.attempts >= rules.MAX_ATTEMPTS:
        fail(session, row, reason)
    else:
        again(session, row, reason, at + rules.pause(row.attempts))


def skip(session: AsyncSession, row: OutboxRow, reason: str) -> None:
    """It can't be sent in any form."""
    row.state, row.reason = DeliveryState.SKIPPED, reason
    session.add(row)


async def sent(session: AsyncSession, attempt_id: UUID, provider_id: str | None, at: datetime) -> OutboxRow:
    """It was taken over."""
    attempt, row = await _under_way(session, attempt_id)
    _end(session, attempt, SENT, at)
    attempt.provider_id = provider_id or attempt.provider_id
    row.provider_id = provider_id or row.provider_id
    row.attempt_id = row.doubtful_since = row.reason = None
    # A report on it may have been quicker than the answer.
    if row.state in rules.before(DeliveryState.SENT):
        row.state = DeliveryState.SENT
    session.add(row)
    return row


async def refused(session: AsyncSession, attempt_id: UUID, reason: str, at: datetime, *, window: bool) -> OutboxRow:
    """It was refused for good; free text because of the window only as free text."""
    attempt, row = await _under_way(session, attempt_id)
    _end(session, attempt, reason, at)
    if _is_current(row, attempt):
        if window and attempt.form is rules.SentForm.TEXT:
            again(session, row, reason, at, refused_at=at)
        else:
            fail(session, row, reason)
    return row


async def put_off(
    session: AsyncSession, attempt_id: UUID, reason: str, at: datetime, asked_for: timedelta | None
) -> OutboxRow:
    """It was not taken over, but may be later."""
    attempt, row = await _under_way(session, attempt_id)
    _end(session, attempt, reason, at)
    if _is_current(row, attempt):
        if row.attempts >= rules.MAX_ATTEMPTS:
            fail(session, row, reason)
        else:
            again(session, row, reason, at + rules.pause(row.attempts, asked_for))
    return row


async def doubt(session: AsyncSession, attempt_id: UUID, reason: str, at: datetime) -> OutboxRow:
    """It left, and nobody knows whether it was taken over."""
    attempt, row = await _under_way(session, attempt_id)
    _end(session, attempt, reason, at)
    if _is_current(row, attempt):
        if row.attempts >= rules.MAX_ATTEMPTS:
            fail(session, row, reason)
        else:
            _doubt(session, row, attempt, reason, at + max(GRACE, rules.pause(row.attempts)))
    return row


def again(
    session: AsyncSession, row: OutboxRow, reason: str, next_at: datetime, *, refused_at: datetime | None = None
) -> None:
    """Back into the queue; the provider has told that it did not deliver, so there is no doubt."""
    row.state, row.reason, row.next_at = DeliveryState.QUEUED, reason, next_at
    row.attempt_id = row.doubtful_since = row.provider_id = None
    row.refused_at = refused_at or row.refused_at
    session.add(row)


def fail(session: AsyncSession, row: OutboxRow, reason: str) -> None:
    """Give it up, visibly."""
    row.state, row.reason, row.attempt_id, row.doubtful_since = DeliveryState.FAILED, reason, None, None
    session.add(row)


def _doubt(session: AsyncSession, row: OutboxRow, attempt: OutboxAttemptRow, reason: str, next_at: datetime) -> None:
    row.reason, row.next_at, row.attempt_id = reason, next_at, None
    row.doubtful_since = row.doubtful_since or attempt.at
    session.add(row)


def _end(session: AsyncSession, attempt: OutboxAttemptRow, outcome: str, at: datetime) -> None:
    attempt.outcome, attempt.ended_at = outcome, at
    session.add(attempt)


def _is_current(row: OutboxRow, attempt: OutboxAttemptRow) -> bool:
    """Whether the attempt still decides: no report has settled the message, no other worker has taken it."""
    return row.state is DeliveryState.QUEUED and row.attempt_id == attempt.id


async def _under_way(session: AsyncSession, attempt_id: UUID) -> tuple[OutboxAttemptRow, OutboxRow]:
    attempt = await session.get_one(OutboxAttemptRow, attempt_id)
    row = (await session.exec(select(OutboxRow).where(OutboxRow.id == attempt.outbox_id).with_for_update())).one()
    return attempt, row
