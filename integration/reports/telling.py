"""Telling a reporter something about their report: in their language, as a message they and the desk can read again."""

from uuid import UUID

from integration.codes import ChannelKind, DeliveryState, MessageDirection
from integration.events import outbox
from integration.events.log import Act
from integration.reports import reporters
from integration.reports.tables import MessageRow, ReporterRow, ReportRow
from integration.texts import catalogue


async def tell(act: Act, report: ReportRow, template: str, **words: str) -> UUID | None:
    """Queue a message of the catalogue to the report's reporter; the message's id, or None where nobody is reached."""
    if report.reporter_id is None:
        return None
    reporter = await act.session.get_one(ReporterRow, report.reporter_id)
    recipient = reporters.recipient(act, reporter)
    if recipient is None:
        return None
    filled = {"number": report.number, **words}
    text = catalogue.message(template).text(reporter.language, filled)
    message = MessageRow(
        report_id=report.id,
        reporter_id=reporter.id,
        channel=ChannelKind.WHATSAPP,
        direction=MessageDirection.OUTBOUND,
        kind="text",
        text_sealed=act.sealer.seal("message.text", text),
        at=act.at,
        delivery_state=DeliveryState.QUEUED,
    )
    act.session.add(message)
    await act.session.flush()
    await outbox.enqueue(
        act,
        template=template,
        dedupe_key=f"{template}:{message.id}",
        recipient=recipient,
        payload={**filled, "text": text},
        language=reporter.language,
        report_id=report.id,
        message_id=message.id,
    )
    return message.id
