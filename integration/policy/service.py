"""How reports become policy: signals accepted or dismissed, follow-ups proposed, moved on and finished step by step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlmodel import select

from integration.codes import (
    PolicyInstrument,
    PolicySignalState,
    PolicyStatus,
    ProtectionDimension,
    UserErrorCode,
)
from integration.db.zone import written_day
from integration.events.log import Act
from integration.meetings import service as meetings
from integration.meetings.codes import MeetingState
from integration.meetings.tables import MeetingRow
from integration.policy import notices, revising, rules
from integration.policy.evidence import freeze, gather
from integration.policy.finding import Question
from integration.policy.tables import (
    MilestoneRow,
    PolicyDecisionRow,
    PolicyFollowUpReportRow,
    PolicyFollowUpRow,
    PolicySignalRow,
)
from integration.refusal import Refusal, permit
from integration.reports.moving import required_text

_NOUN, _SIGNAL = "PolicyFollowUp", "PolicySignal"
_MOST_MILESTONES = 50


@dataclass(frozen=True, slots=True)
class Proposal:
    """What shall change, why, and who answers for it."""

    title: str
    problem: str
    dimension: ProtectionDimension
    owner_id: UUID | None


@dataclass(frozen=True, slots=True)
class Planned:
    """A milestone to be."""

    title: str
    due_at: date | None


@dataclass(frozen=True, slots=True)
class Advance:
    """A move of a follow-up and what it brings along; None leaves a thing as it is."""

    to: PolicyStatus
    document: str | None = None
    instrument: PolicyInstrument | None = None
    note: str | None = None
    budget_idr: Decimal | None = None
    milestones: Sequence[Planned] = ()
    due_at: date | None = None
    owner_id: UUID | None = None
    meeting_id: UUID | None = None


async def accept(act: Act, signal_id: UUID, proposal: Proposal) -> UUID:
    """Make a follow-up of a signal, with its evidence frozen; the follow-up's id."""
    signal = await _signal(act, signal_id)
    follow_up = await _propose(act, proposal)
    await freeze(act, follow_up, signal)
    _decide(act, signal, PolicySignalState.ACCEPTED)
    signal.follow_up_id = follow_up.id
    act.record("signalAccept", _SIGNAL, signal.id, data={"follow_up": str(follow_up.id), "count": signal.count})
    act.record("policyFollowUpPropose", _NOUN, follow_up.id, data={"signal": str(signal.id)})
    await act.session.flush()
    return follow_up.id


async def dismiss(act: Act, signal_id: UUID, reason: str) -> UUID:
    """Let a signal rest, for a reason; it is not raised again by the same evidence. The signal's id."""
    signal = await _signal(act, signal_id)
    why = required_text(reason, "reason", 1_000)
    _decide(act, signal, PolicySignalState.DISMISSED)
    signal.reason_sealed = act.sealer.seal("signal.reason", why)
    act.record("signalDismiss", _SIGNAL, signal.id, note=why)
    await act.session.flush()
    return signal.id


async def propose(act: Act, proposal: Proposal, reports: Sequence[UUID]) -> UUID:
    """Propose a follow-up from reports the viewer sees, or from none; its id."""
    permit(act.viewer.roles, among=rules.PROPOSERS)
    for at, report_id in enumerate(reports):
        await act.look("Report", report_id, field=f"reports.{at}")
    follow_up = await _propose(act, proposal)
    for report_id in dict.fromkeys(reports):
        act.session.add(PolicyFollowUpReportRow(follow_up_id=follow_up.id, report_id=report_id))
    act.record("policyFollowUpPropose", _NOUN, follow_up.id, data={"reports": len(set(reports))})
    await act.session.flush()
    return follow_up.id


async def advance(act: Act, follow_up_id: UUID, given: Advance, expected_version: int | None) -> UUID:
    """Move a follow-up on. Each move is kept as a decision with its document; its id."""
    follow_up = await _begin(act, follow_up_id, expected_version)
    before = follow_up.status
    if given.to not in rules.MOVES[before]:
        ways = ", ".join(sorted(rules.MOVES[before])) or "-"
        raise Refusal(
            UserErrorCode.ILLEGAL_TRANSITION,
            f"Dari {before} tidak dapat langsung ke {given.to}. Yang mungkin: {ways}.",
            f"From {before} it can't go to {given.to}. Possible: {ways}.",
            ["to"],
        )
    await _take_in(act, follow_up, given)
    meeting = await _meeting(act, follow_up, given)
    note = (given.note or "").strip() or None
    has_proof = bool(follow_up.document_number) or meeting is not None
    # A day to come back to is asked for with each deferral; the one of an earlier approval says nothing.
    due_at = given.due_at if given.to is PolicyStatus.DEFERRED else follow_up.due_at
    standing = rules.Standing(has_proof, follow_up.owner_id is not None, due_at, note)
    lacking = rules.missing(given.to, standing)
    if lacking:
        raise Refusal(
            UserErrorCode.INVALID,
            f"Untuk {given.to} masih diperlukan: {', '.join(lacking)}.",
            f"For {given.to} this is still needed: {', '.join(lacking)}.",
            [lacking[0]],
        )
    follow_up.status = given.to
    act.session.add(
        PolicyDecisionRow(
            follow_up_id=follow_up.id,
            at=act.at,
            decision=given.to.value,
            document=given.document or (None if meeting is None else meeting.minutes_number),
            note=note,
            meeting_id=None if meeting is None else meeting.id,
        )
    )
    data = {"from": before.value, "to": given.to.value}
    await _finish(act, "policyFollowUpAdvance", follow_up, data)
    if given.to is PolicyStatus.DEFERRED and given.due_at is not None:
        until = written_day(given.due_at)
        await notices.tell_reporters(act, follow_up, notices.DEFERRED, until=until, reason=note or "")
    elif given.to is PolicyStatus.REJECTED:
        await notices.tell_reporters(act, follow_up, notices.REJECTED, reason=note or "")
    return follow_up.id


async def complete(
    act: Act, follow_up_id: UUID, milestone_id: UUID, note: str | None, expected_version: int | None
) -> UUID:
    """Finish a milestone. With the first, those whose reports it rests on hear what changed; the follow-up's id."""
    follow_up = await _begin(act, follow_up_id, expected_version)
    found = await act.session.exec(
        select(MilestoneRow).where(MilestoneRow.id == milestone_id, MilestoneRow.follow_up_id == follow_up.id)
    )
    milestone = found.first()
    if milestone is None:
        raise Refusal(
            UserErrorCode.NOT_FOUND,
            "Tindak lanjut ini tidak mempunyai tonggak tersebut.",
            "The follow-up has no such milestone.",
            ["milestone"],
        )
    if follow_up.status not in rules.UNDER_WAY:
        raise Refusal(
            UserErrorCode.ILLEGAL_TRANSITION,
            f"Tonggak baru dapat diselesaikan setelah disetujui; statusnya kini {follow_up.status}.",
            f"A milestone can be finished once the follow-up is approved; it is {follow_up.status}.",
            ["id"],
        )
    if milestone.completed_at is not None:
        raise Refusal(
            UserErrorCode.ILLEGAL_TRANSITION,
            "Tonggak ini sudah selesai.",
            "The milestone is finished already.",
            ["milestone"],
        )
    milestone.completed_at = act.at
    act.session.add(milestone)
    await _finish(
        act,
        "policyFollowUpCompleteMilestone",
        follow_up,
        {"milestone": str(milestone.id)},
        (note or "").strip() or None,
    )
    await notices.tell_reporters(act, follow_up, notices.DONE, milestone=milestone.title)
    return follow_up.id


async def revise(act: Act, follow_up_id: UUID, given: revising.Revision, expected_version: int | None) -> UUID:
    """Change what a follow-up says and belongs to; its id."""
    follow_up = await act.find(PolicyFollowUpRow, _NOUN, follow_up_id, expected_version=expected_version)
    said = await revising.revise(act, follow_up, given)
    await _finish(act, "policyFollowUpRevise", follow_up, {"said": said})
    return follow_up.id


async def add_evidence(act: Act, follow_up_id: UUID, question: Question, expected_version: int | None) -> UUID:
    """Have something counted and frozen as evidence of a follow-up; its id."""
    follow_up = await act.find(PolicyFollowUpRow, _NOUN, follow_up_id, expected_version=expected_version)
    await gather(act, follow_up, question)
    await _finish(act, "policyFollowUpAddEvidence", follow_up, {"kind": question.kind})
    return follow_up.id


async def _signal(act: Act, signal_id: UUID) -> PolicySignalRow:
    signal = await act.find(PolicySignalRow, _SIGNAL, signal_id)
    permit(act.viewer.roles, among=rules.DECIDERS)
    if signal.state is not PolicySignalState.NEW:
        raise Refusal(
            UserErrorCode.ILLEGAL_TRANSITION,
            f"Sinyal ini sudah diputuskan ({signal.state}).",
            f"The signal has been decided on already ({signal.state}).",
            ["id"],
        )
    return signal


def _decide(act: Act, signal: PolicySignalRow, state: PolicySignalState) -> None:
    signal.state, signal.decided_at, signal.decided_by_staff_id = state, act.at, act.viewer.staff_id
    signal.version += 1
    act.session.add(signal)


async def _propose(act: Act, proposal: Proposal) -> PolicyFollowUpRow:
    if proposal.owner_id is not None:
        await act.look("Organization", proposal.owner_id, field="owner")
    follow_up = PolicyFollowUpRow(
        title=required_text(proposal.title, "title", 200),
        problem=required_text(proposal.problem, "problem", 4_000),
        dimension=proposal.dimension,
        owner_id=proposal.owner_id,
        proposed_at=act.at,
    )
    act.session.add(follow_up)
    await act.session.flush()
    return follow_up


async def _meeting(act: Act, follow_up: PolicyFollowUpRow, given: Advance) -> MeetingRow | None:
    """The meeting that shall decide, or has."""
    if given.meeting_id is None:
        return None
    if given.to is PolicyStatus.SCHEDULED:
        return await meetings.put_on_agenda(act, given.meeting_id, follow_up.id, "meeting")
    meeting = await act.find(MeetingRow, meetings.MEETING, given.meeting_id, "meeting")
    if given.to not in rules.DECISIONS or meeting.state is not MeetingState.HELD:
        raise Refusal(
            UserErrorCode.INVALID,
            "Rapat yang belum terlaksana hanya untuk SCHEDULED, yang sudah terlaksana untuk keputusan.",
            "A meeting to come is for SCHEDULED, one that was held for a decision.",
            ["meeting"],
        )
    if not await meetings.on_agenda(act, meeting.id, follow_up.id):
        raise Refusal(
            UserErrorCode.INVALID,
            "Tindak lanjut ini tidak ada dalam agenda rapat tersebut.",
            "The meeting did not have this follow-up on its agenda.",
            ["meeting"],
        )
    return meeting


async def _take_in(act: Act, follow_up: PolicyFollowUpRow, given: Advance) -> None:
    await revising.take_owner(act, follow_up, given.owner_id)
    if given.document is not None:
        follow_up.document_number = required_text(given.document, "document", 200)
    if given.budget_idr is not None:
        follow_up.budget_idr = revising.amount(given.budget_idr)
    follow_up.instrument = given.instrument or follow_up.instrument
    follow_up.due_at = given.due_at or follow_up.due_at
    if len(given.milestones) > _MOST_MILESTONES:
        raise Refusal(
            UserErrorCode.INVALID,
            f"Paling banyak {_MOST_MILESTONES} tonggak sekaligus.",
            f"At most {_MOST_MILESTONES} milestones at once.",
            ["milestones"],
        )
    for at, planned in enumerate(given.milestones):
        title = required_text(planned.title, f"milestones.{at}.title", 200)
        act.session.add(MilestoneRow(follow_up_id=follow_up.id, title=title, due_at=planned.due_at))


async def _begin(act: Act, follow_up_id: UUID, expected_version: int | None) -> PolicyFollowUpRow:
    follow_up = await act.find(PolicyFollowUpRow, _NOUN, follow_up_id, expected_version=expected_version)
    permit(act.viewer.roles, among=rules.DECIDERS)
    return follow_up


async def _finish(
    act: Act, name: str, follow_up: PolicyFollowUpRow, data: Mapping[str, object], note: str | None = None
) -> None:
    follow_up.version += 1
    act.session.add(follow_up)
    act.record(name, _NOUN, follow_up.id, data=data, note=note)
    await act.session.flush()
