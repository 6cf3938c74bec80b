"""The receipt a reporter is sent: the number and the tracking code, once, in their language."""

from uuid import UUID

from integration.codes import ChannelKind, DeliveryState, Language, MessageDirection
from integration.db.direct import insert
from integration.events import outbox
from integration.events.log import Act
from integration.reports.tables import MessageRow
from integration.texts import catalogue

_TEMPLATE = "report_received"


async def send_receipt(
    act: Act,
    *,
    report_id: UUID,
    reporter_id: UUID | None,
    recipient: outbox.Recipient,
    language: Language,
    number: str,
    code: str,
) -> None:
    """Queue the receipt. Officers see it in the conversation without the code, which is the reporter's alone."""
    told = catalogue.message(_TEMPLATE)
    words = {"number": number, "trackingCode": code}
    hidden = {**words, "trackingCode": "\u2022" * len(code)}
    message = MessageRow(
        report_id=report_id,
        reporter_id=reporter_id,
        channel=ChannelKind.WHATSAPP,
        direction=MessageDirection.OUTBOUND,
        kind="template",
        text_sealed=act.sealer.seal("message.text", told.text(language, hidden)),
        at=act.at,
        delivery_state=DeliveryState.QUEUED,
    )
    await insert(act.session, message)
    await outbox.enqueue(
        act,
        template=_TEMPLATE,
        dedupe_key=f"{_TEMPLATE}:{report_id}",
        recipient=recipient,
        payload={**words, "text": told.text(language, words)},
        language=language,
        report_id=report_id,
        message_id=message.id,
    )
