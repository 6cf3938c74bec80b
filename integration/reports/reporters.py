"""Who writes by WhatsApp: one person behind a scoped user id, a phone number, or both, either of which may change.

Only people who wrote by WhatsApp are looked up here. A phone number typed into a form proves nothing, so it never joins
somebody's messages to a report that another person filed.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, update
from sqlmodel import col, select

from integration.codes import ChannelKind, ReporterKind
from integration.connectors.whatsapp.port import Sender, SenderChanged
from integration.events.log import Act
from integration.events.outbox import Recipient
from integration.reports.tables import MessageRow, ReporterRow, ReportRow


async def identify(act: Act, sender: Sender) -> ReporterRow:
    """The reporter behind a sender, made if new; what of id and phone was unknown is learnt."""
    reporter = await _find(act, sender)
    if reporter is None:
        known = sender.user_id or sender.phone
        reporter = ReporterRow(kind=ReporterKind.INDIVIDUAL if known else ReporterKind.ANONYMOUS)
        act.session.add(reporter)
    reporter.name = sender.name or reporter.name
    await _reach(act, reporter, sender)
    return reporter


async def change(act: Act, changed: SenderChanged) -> ReporterRow | None:
    """Move a reporter to a new number or user id; None if nobody known wrote from the old one."""
    reporter = await _find(act, changed.before)
    if reporter is None:
        return None
    if changed.after.phone is not None and changed.after.user_id is None:
        # A new number brings a new user id, not told here: the next message tells it, until then the number is the key.
        reporter.sender_index = reporter.sender_sealed = None
    await _reach(act, reporter, changed.after)
    return reporter


def recipient(act: Act, reporter: ReporterRow) -> Recipient | None:
    """Where a reporter is reached."""
    user, phone = reporter.sender_sealed, reporter.phone_sealed
    if user is None and phone is None:
        return None
    return Recipient(
        None if user is None else act.sealer.open("sender", user),
        None if phone is None else act.sealer.open("phone", phone),
    )


async def _find(act: Act, sender: Sender) -> ReporterRow | None:
    """By user id first. A phone whose reporter has another user id was passed on to somebody else."""
    if sender.user_id is not None:
        known = await _whatsapp(act, col(ReporterRow.sender_index) == act.sealer.index("sender", sender.user_id))
        if known:
            return known[0]
    if sender.phone is None:
        return None
    for reporter in await _whatsapp(act, col(ReporterRow.phone_index) == act.sealer.index("phone", sender.phone)):
        if sender.user_id is None or reporter.sender_index is None:
            return reporter
    return None


async def _reach(act: Act, reporter: ReporterRow, sender: Sender) -> None:
    """Set how a reporter is reached now, and settle it with whoever was reached so before."""
    if sender.user_id is not None:
        index = act.sealer.index("sender", sender.user_id)
        if reporter.sender_index != index:
            reporter.sender_index, reporter.sender_sealed = index, act.sealer.seal("sender", sender.user_id)
    if sender.phone is not None:
        index = act.sealer.index("phone", sender.phone)
        if reporter.phone_index != index:
            reporter.phone_index, reporter.phone_sealed = index, act.sealer.seal("phone", sender.phone)
    act.session.add(reporter)
    await act.session.flush()
    same = [
        column == index
        for column, index in (
            (col(ReporterRow.sender_index), reporter.sender_index if sender.user_id else None),
            (col(ReporterRow.phone_index), reporter.phone_index if sender.phone else None),
        )
        if index is not None
    ]
    for condition in same:
        for other in await _whatsapp(act, condition):
            if other.id != reporter.id:
                await _settle(act, reporter, other)


async def _settle(act: Act, reporter: ReporterRow, other: ReporterRow) -> None:
    same_user = other.sender_index is None or other.sender_index == reporter.sender_index
    if not same_user or other.account_id is not None:
        # The number has a new owner: what we send to the old one must not reach the new one.
        other.phone_index = other.phone_sealed = None
        act.session.add(other)
        await act.session.flush()
        return
    # One person met under the phone number and under the user id before we knew that they belong together.
    await act.session.exec(
        update(ReportRow).where(col(ReportRow.reporter_id) == other.id).values(reporter_id=reporter.id)
    )
    await act.session.exec(
        update(MessageRow).where(col(MessageRow.reporter_id) == other.id).values(reporter_id=reporter.id)
    )
    await act.session.exec(delete(ReporterRow).where(col(ReporterRow.id) == other.id))


async def _whatsapp(act: Act, condition: ColumnElement[bool]) -> list[ReporterRow]:
    wrote = exists().where(col(MessageRow.reporter_id) == col(ReporterRow.id), col(MessageRow.provider_id).is_not(None))
    reported = exists().where(
        col(ReportRow.reporter_id) == col(ReporterRow.id), col(ReportRow.channel) == ChannelKind.WHATSAPP
    )
    # Whoever has a user id was met on WhatsApp, whatever they said there.
    met = col(ReporterRow.sender_index).is_not(None) | wrote | reported
    found = await act.session.exec(select(ReporterRow).where(condition, met).order_by(col(ReporterRow.id)))
    return list(found.all())


def reporter_id(reporter: ReporterRow | None) -> UUID | None:
    """The id of a reporter, if there is one."""
    return None if reporter is None else reporter.id
