"""What the outbox must know of the talk with a person: when they last wrote, and which message of ours got how far."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.codes import ChannelKind, DeliveryState, MessageDirection
from integration.reports.tables import MessageRow, ReporterRow

# WhatsApp opens its window for what a person says; a sign on one of our messages may not count, so it does not here.
_OPENS_NOTHING = ("reaction", "system")


async def heard_at(session: AsyncSession, user_index: bytes | None, phone_index: bytes | None) -> datetime | None:
    """When somebody last wrote from this user id or this phone number."""
    same = [
        column == index
        for column, index in ((col(ReporterRow.sender_index), user_index), (col(ReporterRow.phone_index), phone_index))
        if index is not None
    ]
    last: datetime | None = None
    # One by one, so that each is answered by its index.
    for condition in same:
        found = await session.exec(
            select(func.max(MessageRow.at))
            .join(ReporterRow, col(ReporterRow.id) == col(MessageRow.reporter_id))
            .where(
                condition,
                MessageRow.channel == ChannelKind.WHATSAPP,
                MessageRow.direction == MessageDirection.INBOUND,
                col(MessageRow.kind).not_in(_OPENS_NOTHING),
            )
        )
        at = found.one()
        last = max((moment for moment in (last, at) if moment is not None), default=None)
    return last


async def follow(session: AsyncSession, message_id: UUID, state: DeliveryState, provider_id: str | None) -> None:
    """Let the message in the conversation say what became of it, under the provider's id."""
    message = await session.get(MessageRow, message_id)
    if message is None:
        return
    message.delivery_state = state
    if provider_id is not None and message.provider_id != provider_id:
        taken = await session.exec(
            select(MessageRow.id).where(
                MessageRow.channel == ChannelKind.WHATSAPP, MessageRow.provider_id == provider_id
            )
        )
        # A provider that gives an id twice must not keep us from noting that the message is out.
        if taken.first() is None:
            message.provider_id = provider_id
    session.add(message)
    await session.flush()
