"""The outbox: messages to people are rows first, written with the change that causes them, and sent later.

`recipient` is sealed JSON {"userId", "phone"}: the sender takes the user id where there is one, for a phone number may
be withheld or passed on. `payload` is sealed JSON of the template's words.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, update

from integration.codes import ChannelKind, DeliveryState
from integration.db.concurrency import insert_new
from integration.events.log import Act
from integration.events.tables import OutboxRow

# A delivery report may come late, twice or out of order; only what is further on counts. A message that did arrive did
# not fail, so FAILED lies before DELIVERED.
_PROGRESS = (
    DeliveryState.QUEUED,
    DeliveryState.SKIPPED,
    DeliveryState.SENT,
    DeliveryState.FAILED,
    DeliveryState.DELIVERED,
    DeliveryState.READ,
)


@dataclass(frozen=True, slots=True, repr=False)
class Recipient:
    """Where a person is reached on WhatsApp; at least one of the two is there."""

    user_id: str | None
    phone: str | None


async def enqueue(
    act: Act,
    *,
    template: str,
    dedupe_key: str,
    recipient: Recipient,
    payload: Mapping[str, str],
    report_id: UUID,
    message_id: UUID,
) -> bool:
    """Queue a WhatsApp message; False if it was asked for before."""
    row = OutboxRow(
        channel=ChannelKind.WHATSAPP,
        template=template,
        dedupe_key=dedupe_key,
        report_id=report_id,
        message_id=message_id,
        recipient_sealed=act.sealer.seal(
            "outbox.recipient", json.dumps({"userId": recipient.user_id, "phone": recipient.phone})
        ),
        payload_sealed=act.sealer.seal("outbox.payload", json.dumps(dict(payload), ensure_ascii=False)),
        next_at=act.at,
        created_at=act.at,
    )
    return await insert_new(act.session, row)


def before(state: DeliveryState) -> tuple[DeliveryState, ...]:
    """The states a message may come from to reach this one."""
    return _PROGRESS[: _PROGRESS.index(state)]


async def note_delivery(act: Act, message_id: UUID, state: DeliveryState) -> None:
    """Move the outbox row of a message on, never back."""
    await act.session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.message_id) == message_id, col(OutboxRow.state).in_(before(state)))
        .values(state=state)
    )
