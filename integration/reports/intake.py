"""What a WhatsApp message does: it is kept once, and begins a report, goes on with one, or just belongs to one."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select, update

from integration.codes import ChannelKind, DeliveryState, MessageDirection, ReportStatus
from integration.connectors.whatsapp.port import DeliveryUpdate, Incoming, Item, SenderChanged
from integration.db.kept import kept
from integration.events import statuses
from integration.events.log import Act
from integration.events.rules import before
from integration.matching.identifiers import find_identifiers
from integration.matching.places import Places
from integration.reports import conversation, correspondence, reporters
from integration.reports.service import Addition, Submission, attach, extend, receive
from integration.reports.tables import MessageRow, ReportRow, ReportSubjectRow

# These say nothing of the problem, so they neither answer a question nor keep a talk going.
_SILENT = ("reaction", "system")
_NUMBER_CHANGED = "Pengirim kini memakai nomor atau akun WhatsApp yang lain."


async def take(act: Act, item: Item, received_at: datetime) -> None:
    """Make of one part of a delivery what it means; doing it again changes nothing."""
    if isinstance(item, DeliveryUpdate):
        await _note_delivery(act, item)
    elif isinstance(item, SenderChanged):
        if not await _known(act, item.provider_id):
            await _change_sender(act, item, received_at)
    elif not await _known(act, item.provider_id):
        await _message(act, item, item.at or received_at, received_at)


async def _message(act: Act, incoming: Incoming, at: datetime, came_in_at: datetime) -> None:
    reporter = await reporters.identify(act, incoming.sender)
    text = incoming.text
    region = None if text is None else (await kept(act.session, Places.load)).find(text)
    niks = find_identifiers(text or "")
    message = _row(act, incoming.provider_id, incoming.kind, text, at, reporter.id)
    if named := await _named(act, incoming, reporter.id):
        await _keep(act, message, named)
        await attach(act, named, message.id)
        return
    further = conversation.Further(at, region, frozenset(act.sealer.index("nik", nik) for nik in niks))
    going_on = conversation.continued(await _open_reports(act, reporter.id), further, act.settings.conversation_window)
    if not incoming.opens:
        await _keep(act, message, None if going_on is None else going_on.id)
        if going_on is not None:
            await attach(act, going_on.id, message.id)
    elif going_on is not None:
        await _keep(act, message, going_on.id)
        await extend(act, going_on.id, Addition(text, incoming.category, region, niks, message.id, at))
    else:
        await receive(
            act,
            Submission(
                channel=ChannelKind.WHATSAPP,
                received_at=at,
                came_in_at=came_in_at,
                description=text,
                reporter_id=reporter.id,
                recipient=reporters.recipient(act, reporter),
                language=reporter.language,
                category=incoming.category,
                message=message,
            ),
        )


async def _change_sender(act: Act, changed: SenderChanged, received_at: datetime) -> None:
    at = changed.at or received_at
    reporter = await reporters.change(act, changed)
    message = _row(act, changed.provider_id, "system", _NUMBER_CHANGED, at, reporters.reporter_id(reporter))
    going_on = None
    if reporter is not None:
        silent = conversation.Further(at, None, frozenset())
        going_on = conversation.continued(
            await _open_reports(act, reporter.id), silent, act.settings.conversation_window
        )
    await _keep(act, message, None if going_on is None else going_on.id)
    if going_on is not None:
        await attach(act, going_on.id, message.id)


async def _named(act: Act, incoming: Incoming, reporter_id: UUID) -> UUID | None:
    """The sender's own report that a button or a reaction is about."""
    if incoming.about_number is not None:
        mine = select(ReportRow.id).where(
            ReportRow.number == incoming.about_number, ReportRow.reporter_id == reporter_id
        )
    elif incoming.reacts_to is not None:
        mine = (
            select(ReportRow.id)
            .join(MessageRow, col(MessageRow.report_id) == col(ReportRow.id))
            .where(
                MessageRow.channel == ChannelKind.WHATSAPP,
                MessageRow.provider_id == incoming.reacts_to,
                ReportRow.reporter_id == reporter_id,
            )
        )
    else:
        return None
    return (await act.session.exec(mine)).first()


async def _open_reports(act: Act, reporter_id: UUID) -> Sequence[conversation.OpenReport]:
    spoke = (
        select(func.max(MessageRow.at))
        .where(
            MessageRow.report_id == ReportRow.id,
            MessageRow.direction == MessageDirection.INBOUND,
            col(MessageRow.kind).not_in(_SILENT),
        )
        .correlate(ReportRow)
        .scalar_subquery()
    )
    rows = (
        await act.session.exec(
            select(ReportRow, spoke)
            .where(
                ReportRow.reporter_id == reporter_id,
                ReportRow.channel == ChannelKind.WHATSAPP,
                col(ReportRow.status).in_(conversation.OPEN),
            )
            .order_by(col(ReportRow.id).desc())
        )
    ).all()
    niks: dict[UUID, set[bytes]] = {report.id: set() for report, _ in rows}
    subjects = await act.session.exec(
        select(ReportSubjectRow.report_id, ReportSubjectRow.nik_index).where(
            col(ReportSubjectRow.report_id).in_(niks), col(ReportSubjectRow.nik_index).is_not(None)
        )
    )
    for report_id, index in subjects.all():
        if index is not None:
            niks[report_id].add(index)
    return [
        conversation.OpenReport(
            id=report.id,
            status=ReportStatus(report.status),
            region_code=report.region_code,
            niks=frozenset(niks[report.id]),
            first_at=report.received_at,
            last_at=last or report.received_at,
        )
        for report, last in rows
    ]


async def _note_delivery(act: Act, update_: DeliveryUpdate) -> None:
    ours = await act.session.exec(
        select(MessageRow.id).where(
            MessageRow.channel == ChannelKind.WHATSAPP,
            MessageRow.provider_id == update_.provider_id,
            MessageRow.direction == MessageDirection.OUTBOUND,
        )
    )
    message_id = ours.first()
    noted = await statuses.note(act.session, update_, message_id, act.at)
    if noted is not None and noted.message_id is not None:
        await correspondence.follow(act.session, noted.message_id, noted.state, noted.provider_id)
    elif message_id is not None:
        await act.session.exec(
            update(MessageRow)
            .where(
                col(MessageRow.id) == message_id,
                col(MessageRow.delivery_state).in_(before(update_.state)) | col(MessageRow.delivery_state).is_(None),
            )
            .values(delivery_state=DeliveryState(update_.state))
        )


async def _known(act: Act, provider_id: str) -> bool:
    found = await act.session.exec(
        select(MessageRow.id).where(MessageRow.channel == ChannelKind.WHATSAPP, MessageRow.provider_id == provider_id)
    )
    return found.first() is not None


def _row(act: Act, provider_id: str, kind: str, text: str | None, at: datetime, reporter_id: UUID | None) -> MessageRow:
    return MessageRow(
        reporter_id=reporter_id,
        channel=ChannelKind.WHATSAPP,
        provider_id=provider_id,
        direction=MessageDirection.INBOUND,
        kind=kind,
        text_sealed=act.sealer.seal_optional("message.text", text),
        at=at,
    )


async def _keep(act: Act, message: MessageRow, report_id: UUID | None) -> None:
    message.report_id = report_id
    act.session.add(message)
    await act.session.flush()
