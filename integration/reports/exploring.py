"""Finding out what a report tells: its text is read, and the people it names are looked for in the registry.

A message of WhatsApp is explored where it is taken in. A form is answered first: the report waits in a queue of its own
until the worker has a moment, each in a transaction of its own. A report from before texts were read waits there too.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import exists
from sqlmodel import SQLModel, col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.codes import MessageDirection, ReportStatus
from integration.db.direct import insert
from integration.db.engine import Database
from integration.db.kept import kept
from integration.events.log import Act
from integration.matching.identifiers import find_identifiers
from integration.matching.places import Places
from integration.reports.subjects import Subject, add_subjects, subject_row, suggest, told_in, with_niks
from integration.reports.suggesting import Reading, read_text, suggestions
from integration.reports.tables import MessageRow, ReportRow, ReportSubjectRow, SuggestionRow, UnexploredReportRow

# After that a person must find out what is wrong with it; the report itself can be worked on all the same.
_MOST_TRIES = 5
_log = structlog.get_logger("satupintu.exploring")


def waiting(act: Act, report_id: UUID, told: Sequence[Subject], text: str | None) -> Iterator[SQLModel]:
    """The rows to be written with a report that is explored later: whom the form names is on record at once."""
    if told:
        for subject in with_niks(told, find_identifiers(text or "")):
            index = None if subject.nik is None else act.sealer.index("nik", subject.nik)
            yield subject_row(act, report_id, subject, index)
    yield UnexploredReportRow(report_id=report_id, tries=0)


async def explore(
    act: Act, report_id: UUID, told: Sequence[Subject], text: str | None, at: datetime, message_id: UUID | None
) -> None:
    """Keep what a text written at some time suggests, and look for the people; `told` are those a form named."""
    reading = await keep_reading(act, report_id, text, at, message_id)
    if reading is not None and not told:
        # Nobody filled in whom it is about: the text says, and every NIK of it still counts.
        told = told_in(act, reading.told)
    if subjects := with_niks(told, find_identifiers(text or "")):
        await add_subjects(act, report_id, subjects)


async def keep_reading(
    act: Act, report_id: UUID, text: str | None, at: datetime, message_id: UUID | None
) -> Reading | None:
    """Read a text, and keep what it suggests; a message's text, or without one the report's own."""
    if text is None:
        return None
    reading = read_text(text, await kept(act.session, Places.load), at)
    await insert(act.session, *suggestions(act.sealer, report_id, message_id, reading))
    return reading


async def explore_waiting(database: Database, act_of: Callable[[AsyncSession], Act]) -> int:
    """Explore all reports that wait; how many were done. One that fails is tried again when this is next called."""
    done = 0
    failed: set[UUID] = set()
    while True:
        async with database.look() as session:
            report_id = await _next(session, failed)
        if report_id is None:
            return done
        try:
            async with database.write() as session:
                done += await _explore_one(act_of(session), report_id)
        except Exception as error:  # noqa: BLE001 - one that fails holds up no other
            failed.add(report_id)
            _log.error("exploring.not_done", report=str(report_id), error=type(error).__name__)
            async with database.write() as session:
                await session.exec(
                    update(UnexploredReportRow)
                    .where(col(UnexploredReportRow.report_id) == report_id)
                    .values(tries=col(UnexploredReportRow.tries) + 1)
                )


async def _next(session: AsyncSession, failed: set[UUID]) -> UUID | None:
    waiting_longest = (
        select(UnexploredReportRow.report_id)
        .where(UnexploredReportRow.tries < _MOST_TRIES, col(UnexploredReportRow.report_id).not_in(failed))
        .order_by(col(UnexploredReportRow.report_id))
        .limit(1)
    )
    return (await session.exec(waiting_longest)).first()


async def _explore_one(act: Act, report_id: UUID) -> bool:
    # The report first, as every act does; then whoever comes second finds it done.
    held = select(ReportRow).where(ReportRow.id == report_id).with_for_update()
    report = (await act.session.exec(held)).one()
    mine = delete(UnexploredReportRow).where(col(UnexploredReportRow.report_id) == report_id)
    if not (await act.session.exec(mine)).rowcount:
        return False
    if report.status is ReportStatus.WITHDRAWN:
        return True
    sealed = report.description_sealed
    text = None if sealed is None else act.sealer.open("report.description", sealed)
    of_form = select(ReportSubjectRow).where(ReportSubjectRow.report_id == report_id).order_by(col(ReportSubjectRow.id))
    subjects = (await act.session.exec(of_form)).all()
    unread = await _unread_messages(act, report_id)
    # What somebody wrote first is the report's description too; it is read once.
    first = next((message for message, said in unread if said == text), None)
    message_id = None if first is None else first.id
    if not subjects:
        await explore(act, report_id, (), text, report.received_at, message_id)
    else:
        await keep_reading(act, report_id, text, report.received_at, message_id)
        for subject in subjects:
            await suggest(act, subject)
    for message, said in unread:
        if message.id != message_id:
            await keep_reading(act, report_id, said, message.at, message.id)
    return True


async def _unread_messages(act: Act, report_id: UUID) -> list[tuple[MessageRow, str]]:
    """The reporter's messages that nothing is suggested from, with their texts, in order."""
    read = exists().where(col(SuggestionRow.message_id) == col(MessageRow.id))
    statement = (
        select(MessageRow)
        .where(
            MessageRow.report_id == report_id,
            MessageRow.direction == MessageDirection.INBOUND,
            col(MessageRow.text_sealed).is_not(None),
            ~read,
        )
        .order_by(col(MessageRow.at), col(MessageRow.id))
    )
    return [
        (message, act.sealer.open("message.text", message.text_sealed))
        for message in (await act.session.exec(statement)).all()
        if message.text_sealed is not None
    ]
