"""How a report comes to be and grows. Every channel goes through `receive`; nothing else makes a report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlmodel import SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.clocks import service as clocks
from integration.codes import ChannelKind, Language, Priority, ReportCategory, ReportStatus
from integration.db.base import uuid7
from integration.db.direct import adopt, insert
from integration.db.kept import kept
from integration.events.log import Act
from integration.events.outbox import Recipient
from integration.matching.identifiers import find_identifiers
from integration.matching.places import Places
from integration.reports import conversation, numbers
from integration.reports.receipts import send_receipt
from integration.reports.subjects import Subject, add_subjects, told_in, with_niks
from integration.reports.suggesting import Reading, read_text, suggestions
from integration.reports.tables import MessageRow, ReportPpksTypeRow, ReportRow
from integration.routing import service as routing
from integration.routing import urgency
from integration.sop.tables import SopStepRow

# Somebody who keeps writing must not make a report too long to read; the messages themselves are all kept.
_LONGEST_GROWN = 100_000


@dataclass(frozen=True, slots=True, repr=False)
class Submission:
    """A new report, checked: what its reporter told, whichever way it came.

    `unwritten` are new rows that the report points at, `message` is the new one that brought it; both are written
    with it.
    """

    channel: ChannelKind
    received_at: datetime
    description: str | None
    reporter_id: UUID | None
    # When it reached us, where that was after it was written.
    came_in_at: datetime | None = None
    recipient: Recipient | None = None
    language: Language = Language.ID
    entry_point: str | None = None
    category: ReportCategory | None = None
    priority: Priority = Priority.NORMAL
    region_code: str | None = None
    ppks_codes: Sequence[str] = ()
    subjects: Sequence[Subject] = field(default_factory=tuple)
    unwritten: Sequence[SQLModel] = ()
    message: MessageRow | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Receipt:
    """What the reporter gets in hand. The code is kept only as a keyed hash."""

    report_id: UUID
    number: str
    tracking_code: str


@dataclass(frozen=True, slots=True, repr=False)
class Addition:
    """What a further message adds to a report."""

    text: str | None
    category: ReportCategory | None
    region_code: str | None
    niks: Sequence[str]
    message_id: UUID
    at: datetime


async def receive(act: Act, submission: Submission) -> Receipt:
    """SOP 1: take a report in, with number, tracking code and receipt; whom and where it names is matched exactly."""
    text = submission.description
    places = await kept(act.session, Places.load)
    reading = None if text is None else read_text(text, places, submission.received_at)
    region = submission.region_code
    if region is None and text is not None:
        region = places.find(text)
    code = numbers.tracking_code()
    report = ReportRow(
        id=uuid7(),
        number="",
        tracking_hash=act.sealer.index("tracking", code),
        channel=submission.channel,
        entry_point=submission.entry_point,
        status=ReportStatus.RECEIVED,
        category=submission.category,
        priority=await _priority(act, submission),
        description_sealed=act.sealer.seal_optional("report.description", text),
        region_code=region,
        reporter_id=submission.reporter_id,
        received_at=submission.received_at,
        updated_at=act.at,
    )
    clock = await clocks.first(act.session, report, act.at, submission.came_in_at or submission.received_at)
    event = act.event(
        "reportReceived",
        "Report",
        report.id,
        report_id=report.id,
        sop_step=1,
        to_status=report.status,
        legal_basis_id=(await kept(act.session, _bases)).get(1),
        data={"channel": report.channel.value, **_suggestion(reading)},
    )
    types = [ReportPpksTypeRow(report_id=report.id, ppks_code=one) for one in dict.fromkeys(submission.ppks_codes)]
    # From here on all other new reports wait for this one.
    report.number = await numbers.next_number(act.session, submission.received_at)
    written: list[SQLModel] = [*submission.unwritten, report, event, clock, *types]
    message = submission.message
    if message is not None:
        message.report_id = report.id
        written.append(message)
    if reading is not None:
        written += suggestions(act.sealer, report.id, None if message is None else message.id, reading)
    await insert(act.session, *written)
    subjects = with_niks(submission.subjects, find_identifiers(text or ""))
    if reading is not None and not submission.subjects:
        # Nobody filled in whom it is about: the text says, and every NIK of it still counts.
        subjects = with_niks(told_in(act, reading.told), find_identifiers(reading.text))
    if subjects:
        await add_subjects(act, report.id, subjects)
    if report.priority is Priority.EMERGENCY:
        # It does not wait for the desk: whoever is next has it with the receipt.
        adopt(act.session, report)
        await routing.suggest(act, report)
    if submission.recipient is not None:
        await send_receipt(
            act,
            report_id=report.id,
            reporter_id=submission.reporter_id,
            recipient=submission.recipient,
            language=submission.language,
            number=report.number,
            code=code,
        )
    return Receipt(report.id, report.number, code)


def _suggestion(reading: Reading | None) -> dict[str, object]:
    """The category and kind of need the text speaks for: on record, and nothing more, until an officer sets one."""
    suggested = None if reading is None else reading.suggested
    if suggested is None:
        return {}
    kind = {} if suggested.ppks_code is None else {"suggestedPpksType": suggested.ppks_code}
    return {"suggestedCategory": suggested.category.value, "confidence": suggested.confidence, **kind}


async def _priority(act: Act, submission: Submission) -> Priority:
    if await routing.is_urgent(act, submission.category, submission.ppks_codes, submission.description):
        return Priority.EMERGENCY
    return submission.priority


async def _bases(session: AsyncSession) -> Mapping[int, UUID | None]:
    """The legal basis of each step of the procedure."""
    return dict((await session.exec(select(SopStepRow.number, SopStepRow.legal_basis_id))).all())


async def extend(act: Act, report_id: UUID, addition: Addition) -> None:
    """Add a reporter's further message to an open report; if we had asked, this is the answer."""
    report = await locked(act, report_id)
    _append(act, report, addition.text)
    was_raised = await _raise(act, report, addition)
    report.region_code = conversation.finer(report.region_code, addition.region_code)
    await add_subjects(act, report.id, [Subject(nik=nik) for nik in addition.niks])
    if addition.text is not None:
        reading = read_text(addition.text, await kept(act.session, Places.load), addition.at)
        await insert(act.session, *suggestions(act.sealer, report.id, addition.message_id, reading))
    data = {"message": str(addition.message_id)}
    if report.status is ReportStatus.NEEDS_INFO:
        report.status = ReportStatus.UNDER_VERIFICATION
        await _record(act, "reporterAnswered", report, 2, data, ReportStatus.NEEDS_INFO, report.status)
    else:
        await _record(act, "reportExtended", report, None, data)
    touched(act, report)
    await clocks.start(act, report)
    if was_raised:
        await routing.suggest(act, report)


async def _raise(act: Act, report: ReportRow, addition: Addition) -> bool:
    """Whether this message makes it an emergency. What an earlier one said is an officer's to judge by now."""
    is_new = report.category is None and addition.category is not None
    report.category = report.category or addition.category
    return (is_new or urgency.in_words(addition.text or "")) and await routing.triage(act, report, addition.text)


async def attach(act: Act, report_id: UUID, message_id: UUID) -> None:
    """Note a message that belongs to a report but tells nothing new of the problem: nobody at work is disturbed."""
    act.record("messageReceived", "Report", report_id, report_id=report_id, data={"message": str(message_id)})


async def locked(act: Act, report_id: UUID) -> ReportRow:
    """The report as it is now, kept from other writers until the transaction ends."""
    found = await act.session.exec(
        select(ReportRow).where(ReportRow.id == report_id).with_for_update().execution_options(populate_existing=True)
    )
    return found.one()


def touched(act: Act, report: ReportRow) -> None:
    """Count the change, so that whoever read the report before knows it is another now."""
    report.version += 1
    report.updated_at = act.at
    act.session.add(report)


def _append(act: Act, report: ReportRow, text: str | None) -> None:
    if text is None:
        return
    told = report.description_sealed
    whole = text if told is None else f"{act.sealer.open('report.description', told)}\n{text}"
    if len(whole) <= _LONGEST_GROWN:
        report.description_sealed = act.sealer.seal("report.description", whole)


async def _record(
    act: Act,
    name: str,
    report: ReportRow,
    sop_step: int | None,
    data: Mapping[str, object],
    from_: ReportStatus | None = None,
    to: ReportStatus | None = None,
) -> None:
    basis = None
    if sop_step is not None:
        basis = (await kept(act.session, _bases)).get(sop_step)
    act.record(
        name,
        "Report",
        report.id,
        report_id=report.id,
        sop_step=sop_step,
        from_status=from_,
        to_status=to,
        legal_basis_id=basis,
        data=data,
    )
