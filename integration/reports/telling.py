"""Telling a reporter something about their report: in their language, as a message they and the desk can read again."""

from collections.abc import Mapping
from uuid import UUID

from integration.codes import ChannelKind, DeliveryState, Language, MessageDirection
from integration.events import outbox
from integration.events.log import Act
from integration.reports import reporters
from integration.reports.tables import MessageRow, ReporterRow, ReportRow

# Why a report ends early, as its reporter hears it; the officer's note is for the office.
_REJECTED = {
    "out_of_scope": ("hal ini di luar kewenangan Dinas Sosial.", "this is not for the social office."),
    "spam": ("pesan ini bukan laporan.", "the message is not a report."),
    "insufficient": ("keterangannya belum cukup.", "there is too little to go by."),
    "not_found": ("orang yang dilaporkan tidak ditemukan.", "the person reported was not found."),
}
_TEXTS: Mapping[str, Mapping[Language, str]] = {
    **{
        f"report_rejected_{reason}": {
            Language.ID: f"Laporan Anda {{number}} tidak dapat kami lanjutkan: {indonesian} Bila keliru, Anda dapat "
            "meminta laporan dibuka kembali sampai {until}.",
            Language.EN: f"We cannot go on with your report {{number}}: {english} If this is a mistake you can ask to "
            "reopen it until {until}.",
        }
        for reason, (indonesian, english) in _REJECTED.items()
    },
    "report_acknowledged": {
        Language.ID: "Laporan Anda {number} telah kami terima dan akan segera diproses. Dinas Sosial Kutai Kartanegara",
        Language.EN: "We have received your report {number} and will soon deal with it. "
        "Social Office of Kutai Kartanegara",
    },
    "report_question": {
        Language.ID: "Tentang laporan Anda {number}, kami perlu keterangan: {text} Balas pesan ini untuk menjawab.",
        Language.EN: "About your report {number} we need to know: {text} Answer this message to reply.",
    },
    "report_merged": {
        Language.ID: "Laporan Anda {number} digabung dengan laporan {text} tentang hal yang sama; ditangani bersama.",
        Language.EN: "Your report {number} was joined with {text} about the same matter; both are handled together.",
    },
    "report_reply": {
        Language.ID: "Balasan atas laporan Anda {number}: {text}",
        Language.EN: "Reply to your report {number}: {text}",
    },
}


async def tell(act: Act, report: ReportRow, template: str, **words: str) -> UUID | None:
    """Queue a message to the report's reporter; the message's id, or None where nobody can be reached."""
    if report.reporter_id is None:
        return None
    reporter = await act.session.get_one(ReporterRow, report.reporter_id)
    recipient = reporters.recipient(act, reporter)
    if recipient is None:
        return None
    text = _TEXTS[template][reporter.language].format(number=report.number, **words)
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
        payload={"number": report.number, "text": text},
        report_id=report.id,
        message_id=message.id,
    )
    return message.id
