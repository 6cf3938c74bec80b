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
from integration.matching.places import Places
from integration.reports import conversation, numbers
from integration.reports.exploring import explore, keep_reading, waiting
from integration.reports.receipts import send_receipt
from integration.reports.subjects import Subject, add_subjects
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
    with it. With `explore_later` the worker reads the text and looks for the people: nobody waits for the registry to
    be told that the report is there, and no fault in a search can refuse it.
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
    explore_later: bool = False


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
    """SOP 1: take a report in, with number, tracking code and receipt."""
    text = submission.description
    region = submission.region_code
    if region is None and text is not None:
        region = (await kept(act.session, Places.load)).find(text)
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
        data={"channel": report.channel.value},
    )
    types = [ReportPpksTypeRow(report_id=report.id, ppks_code=one) for one in dict.fromkeys(submission.ppks_codes)]
    # From here on all other new reports wait for this one.
    report.number = await numbers.next_number(act.session, submission.received_at)
    written: list[SQLModel] = [*submission.unwritten, report, event, clock, *types]
    message = submission.message
    if message is not None:
        message.report_id = report.id
        written.append(message)
    if submission.explore_later:
        written += waiting(act, report.id, submission.subjects, text)
    await insert(act.session, *written)
    if not submission.explore_later:
        message_id = None if message is None else message.id
        await explore(act, report.id, submission.subjects, text, submission.received_at, message_id)
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
    await keep_reading(act, report.id, addition.text, addition.at, addition.message_id)
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
