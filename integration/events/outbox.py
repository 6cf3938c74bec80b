"""The outbox: messages to people are rows first, written with the change that causes them, and sent later.

`recipient` is sealed JSON {"userId", "phone"}, beside blind indexes of both: whoever shares one of them is the same
person, whose messages go out in order. `payload` is sealed JSON: the whole `text`, the `language`, and by their names
the words that fill the catalogue's template.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.access.sealing import Sealer
from integration.codes import ChannelKind, DeliveryState, Language
from integration.db.direct import insert_new
from integration.events import rules
from integration.events.log import Act
from integration.events.tables import OutboxRow
from integration.texts import catalogue

_RECIPIENT, _PAYLOAD = "outbox.recipient", "outbox.payload"
# Under the labels by which the reporter is known, so that one can be found from the other.
_USER_INDEX, _PHONE_INDEX = "sender", "phone"


@dataclass(frozen=True, slots=True, repr=False)
class Recipient:
    """Where a person is reached on WhatsApp; at least one of the two is there."""

    user_id: str | None
    phone: str | None


@dataclass(frozen=True, slots=True, repr=False)
class Letter:
    """A message as it may go out: its text, and what fills its template where WhatsApp holds one."""

    recipient: Recipient
    language: Language
    text: str
    template_values: tuple[str, ...] | None
    offer: rules.Offer


async def enqueue(
    act: Act,
    *,
    template: str,
    dedupe_key: str,
    recipient: Recipient,
    payload: Mapping[str, str],
    report_id: UUID,
    message_id: UUID,
    language: Language = Language.ID,
) -> bool:
    """Queue a WhatsApp message; False if it was asked for before.

    `template` is its code in the catalogue. `payload` holds the whole "text", and the words of the template by name.
    """
    row = OutboxRow(
        channel=ChannelKind.WHATSAPP,
        template=template,
        dedupe_key=dedupe_key,
        report_id=report_id,
        message_id=message_id,
        recipient_sealed=act.sealer.seal(
            _RECIPIENT, json.dumps({"userId": recipient.user_id, "phone": recipient.phone})
        ),
        payload_sealed=act.sealer.seal(_PAYLOAD, json.dumps({**payload, "language": language}, ensure_ascii=False)),
        next_at=act.at,
        created_at=act.at,
    )
    _index(row, recipient, act.sealer)
    return await insert_new(act.session, row)


def opened(row: OutboxRow, sealer: Sealer) -> Letter:
    """The letter in a row."""
    payload: dict[str, str] = json.loads(sealer.open(_PAYLOAD, row.payload_sealed))
    language = Language(payload.get("language", Language.ID))
    values = body = None
    message = catalogue.catalogue().get(row.template)
    # A template whose words were not given can't be filled.
    if message is not None and message.template and all(name in payload for name in message.names(language)):
        values = message.values(language, payload)
        body = message.filled(language, values)
    offer = rules.Offer(
        text=len(payload["text"]),
        longest_text=catalogue.LONGEST_TEXT,
        template=None if body is None else len(body),
        longest_template=catalogue.LONGEST_TEMPLATE,
    )
    return Letter(_recipient(row, sealer), language, payload["text"], values, offer)


async def index_recipients(session: AsyncSession, sealer: Sealer) -> None:
    """Give the rows from before there were indexes theirs, so that they, too, go out in order."""
    rows = await session.exec(
        select(OutboxRow).where(
            col(OutboxRow.user_index).is_(None),
            col(OutboxRow.phone_index).is_(None),
            OutboxRow.state == DeliveryState.QUEUED,
        )
    )
    for row in rows.all():
        # One that can't be opened is told of when its turn comes.
        with suppress(Exception):
            _index(row, _recipient(row, sealer), sealer)
            session.add(row)


def _recipient(row: OutboxRow, sealer: Sealer) -> Recipient:
    kept: dict[str, str | None] = json.loads(sealer.open(_RECIPIENT, row.recipient_sealed))
    return Recipient(kept["userId"], kept["phone"])


def _index(row: OutboxRow, recipient: Recipient, sealer: Sealer) -> None:
    row.user_index = None if recipient.user_id is None else sealer.index(_USER_INDEX, recipient.user_id)
    row.phone_index = None if recipient.phone is None else sealer.index(_PHONE_INDEX, recipient.phone)
