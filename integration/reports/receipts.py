"""The receipt a reporter is sent: the number and the tracking code, once, in their language."""

from uuid import UUID

from integration.codes import ChannelKind, DeliveryState, Language, MessageDirection
from integration.events import outbox
from integration.events.log import Act
from integration.reports.tables import MessageRow

_TEMPLATE = "report_received"
_TEXTS = {
    Language.ID: (
        "Terima kasih, laporan Anda kami terima dengan nomor {number}. Kode pelacakan: {code}. Simpan keduanya untuk "
        "memantau laporan, dan jangan berikan kodenya kepada orang lain. Dinas Sosial Kutai Kartanegara"
    ),
    Language.EN: (
        "Thank you, we have received your report; its number is {number}. Tracking code: {code}. Keep both to follow "
        "the report, and do not give the code to others. Social Office of Kutai Kartanegara"
    ),
}


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
    text = _TEXTS[language]
    message = MessageRow(
        report_id=report_id,
        reporter_id=reporter_id,
        channel=ChannelKind.WHATSAPP,
        direction=MessageDirection.OUTBOUND,
        kind="template",
        text_sealed=act.sealer.seal("message.text", text.format(number=number, code="\u2022" * len(code))),
        at=act.at,
        delivery_state=DeliveryState.QUEUED,
    )
    act.session.add(message)
    await act.session.flush()
    await outbox.enqueue(
        act,
        template=_TEMPLATE,
        dedupe_key=f"{_TEMPLATE}:{report_id}",
        recipient=recipient,
        payload={"number": number, "trackingCode": code, "text": text.format(number=number, code=code)},
        report_id=report_id,
        message_id=message.id,
    )
