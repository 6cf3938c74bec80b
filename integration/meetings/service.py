"""How agencies are called together, what came of it, and what they promised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import col, select

from integration.codes import Role, UserErrorCode
from integration.events.log import Act
from integration.meetings.codes import CommitmentState, MeetingLevel, MeetingState
from integration.meetings.rules import CALLERS, RECORDERS
from integration.meetings.tables import AgendaItemRow, AttendanceRow, CommitmentRow, MeetingRow
from integration.reading.view import Leaf, text
from integration.refusal import Refusal, permit
from integration.reports.moving import required_text

MEETING, COMMITMENT = "CoordinationMeeting", "Commitment"
_MOST = 50
_LONGEST_MINUTES = 20_000
_TITLE: dict[str, Leaf] = {"title": text("title")}


@dataclass(frozen=True, slots=True)
class Topic:
    """An agenda item to be: a topic, a policy follow-up, or both."""

    topic: str | None
    follow_up_id: UUID | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A meeting to be."""

    title: str
    level: MeetingLevel
    starts_at: datetime
    place: str | None
    agenda: Sequence[Topic]
    organizations: Sequence[UUID]


@dataclass(frozen=True, slots=True)
class Promise:
    """What an agency promised, and by which day."""

    text: str
    owner_id: UUID
    due_at: date
    follow_up_id: UUID | None


@dataclass(frozen=True, slots=True)
class Minutes:
    """What came of a meeting. `starts_at` is when it was held, where that was not as planned."""

    number: str
    text: str | None
    attended: Sequence[UUID]
    commitments: Sequence[Promise]
    starts_at: datetime | None


async def schedule(act: Act, plan: Plan) -> UUID:
    """Call agencies together; the meeting's id."""
    permit(act.viewer.roles, among=CALLERS)
    _enough(plan.agenda, "agenda")
    _enough(plan.organizations, "organizations")
    meeting = MeetingRow(
        title=required_text(plan.title, "title", 200),
        level=plan.level,
        starts_at=plan.starts_at,
        place=None if plan.place is None else required_text(plan.place, "place", 200),
    )
    act.session.add(meeting)
    await act.session.flush()
    for at, topic in enumerate(plan.agenda):
        await _put_on_agenda(act, meeting, at + 1, topic, f"agenda.{at}")
    for at, organization in enumerate(plan.organizations):
        await act.look("Organization", organization, field=f"organizations.{at}")
    for organization in dict.fromkeys(plan.organizations):
        act.session.add(AttendanceRow(meeting_id=meeting.id, organization_id=organization))
    act.record("meetingSchedule", MEETING, meeting.id, data={"agencies": len(set(plan.organizations))})
    await act.session.flush()
    return meeting.id


async def reschedule(
    act: Act, meeting_id: UUID, starts_at: datetime, place: str | None, expected_version: int | None
) -> UUID:
    """Move a meeting to another time, and perhaps place; its id."""
    meeting = await _planned(act, meeting_id, expected_version, CALLERS)
    before, meeting.starts_at = meeting.starts_at, starts_at
    if place is not None:
        meeting.place = required_text(place, "place", 200)
    _changed(act, "meetingReschedule", meeting, {"from": before.isoformat(), "to": starts_at.isoformat()})
    await act.session.flush()
    return meeting.id


async def record(act: Act, meeting_id: UUID, minutes: Minutes, expected_version: int | None) -> UUID:
    """Put on record what came of a meeting: who came, the minutes, and what was promised; its id."""
    meeting = await _planned(act, meeting_id, expected_version, RECORDERS)
    meeting.starts_at = minutes.starts_at or meeting.starts_at
    if meeting.starts_at > act.at:
        raise Refusal(
            UserErrorCode.INVALID,
            "Rapat ini belum berlangsung. Bila diadakan lebih awal, isi waktu sebenarnya.",
            "The meeting has not been held yet. If it was held earlier than planned, say when.",
            ["startsAt"],
        )
    _enough(minutes.attended, "attended")
    meeting.minutes_number = required_text(minutes.number, "minutesNumber", 200)
    if minutes.text is not None:
        said = required_text(minutes.text, "minutes", _LONGEST_MINUTES)
        meeting.minutes_sealed = act.sealer.seal("meeting.minutes", said)
    meeting.state = MeetingState.HELD
    await _take_attendance(act, meeting, minutes.attended)
    await _take_promises(act, meeting, minutes.commitments)
    data = {"agencies": len(set(minutes.attended)), "commitments": len(minutes.commitments)}
    _changed(act, "meetingRecord", meeting, data)
    await act.session.flush()
    return meeting.id


async def cancel(act: Act, meeting_id: UUID, reason: str, expected_version: int | None) -> UUID:
    """Call a meeting off, for a reason; its id."""
    meeting = await _planned(act, meeting_id, expected_version, CALLERS)
    why = required_text(reason, "reason", 1_000)
    meeting.state = MeetingState.CANCELLED
    meeting.cancel_reason_sealed = act.sealer.seal("meeting.reason", why)
    _changed(act, "meetingCancel", meeting, {}, why)
    await act.session.flush()
    return meeting.id


async def complete(act: Act, commitment_id: UUID, note: str | None, expected_version: int | None) -> UUID:
    """A promise was kept; its id."""
    said = None if note is None else required_text(note, "note", 1_000)
    return await _close(act, "commitmentComplete", commitment_id, CommitmentState.DONE, said, expected_version)


async def drop(act: Act, commitment_id: UUID, reason: str, expected_version: int | None) -> UUID:
    """A promise is no longer waited for, for a reason; its id."""
    why = required_text(reason, "reason", 1_000)
    return await _close(act, "commitmentCancel", commitment_id, CommitmentState.CANCELLED, why, expected_version)


async def on_agenda(act: Act, meeting_id: UUID, follow_up_id: UUID) -> bool:
    """Whether a meeting talks, or talked, about a follow-up."""
    found = await act.session.exec(
        select(AgendaItemRow.id).where(
            AgendaItemRow.meeting_id == meeting_id, col(AgendaItemRow.follow_up_id) == follow_up_id
        )
    )
    return found.first() is not None


async def put_on_agenda(act: Act, meeting_id: UUID, follow_up_id: UUID, field: str) -> MeetingRow:
    """Have a meeting that is to come talk about a follow-up; the meeting."""
    meeting = await act.find(MeetingRow, MEETING, meeting_id, field)
    _refuse_unless_planned(meeting, field)
    if not await on_agenda(act, meeting.id, follow_up_id):
        items = await act.session.exec(select(AgendaItemRow.id).where(AgendaItemRow.meeting_id == meeting.id))
        await _put_on_agenda(act, meeting, len(items.all()) + 1, Topic(None, follow_up_id), field)
        _changed(act, "meetingAgenda", meeting, {"follow_up": str(follow_up_id)})
    return meeting


async def _planned(act: Act, meeting_id: UUID, expected_version: int | None, among: frozenset[Role]) -> MeetingRow:
    meeting = await act.find(MeetingRow, MEETING, meeting_id, expected_version=expected_version)
    permit(act.viewer.roles, among=among)
    _refuse_unless_planned(meeting, "id")
    return meeting


def _refuse_unless_planned(meeting: MeetingRow, field: str) -> None:
    if meeting.state is not MeetingState.SCHEDULED:
        raise Refusal(
            UserErrorCode.ILLEGAL_TRANSITION,
            f"Rapat ini tidak lagi direncanakan ({meeting.state}).",
            f"The meeting is no longer planned ({meeting.state}).",
            [field],
        )


async def _put_on_agenda(act: Act, meeting: MeetingRow, position: int, topic: Topic, field: str) -> None:
    about = topic.topic
    if topic.follow_up_id is not None:
        facts = await act.look("PolicyFollowUp", topic.follow_up_id, _TITLE, f"{field}.followUp")
        if await on_agenda(act, meeting.id, topic.follow_up_id):
            raise Refusal(
                UserErrorCode.INVALID,
                "Tindak lanjut ini sudah ada dalam agenda.",
                "The follow-up is on the agenda already.",
                [*field.split("."), "followUp"],
            )
        about = about or facts["title"]
    item = AgendaItemRow(
        meeting_id=meeting.id,
        position=position,
        topic=required_text(about or "", f"{field}.topic", 200),
        follow_up_id=topic.follow_up_id,
    )
    act.session.add(item)
    await act.session.flush()


async def _take_attendance(act: Act, meeting: MeetingRow, attended: Sequence[UUID]) -> None:
    for at, organization in enumerate(attended):
        await act.look("Organization", organization, field=f"attended.{at}")
    found = await act.session.exec(select(AttendanceRow).where(AttendanceRow.meeting_id == meeting.id))
    invited = {row.organization_id: row for row in found.all()}
    came = set(attended)
    for row in invited.values():
        row.attended = row.organization_id in came
        act.session.add(row)
    for organization in dict.fromkeys(attended):
        if organization not in invited:
            act.session.add(AttendanceRow(meeting_id=meeting.id, organization_id=organization, attended=True))


async def _take_promises(act: Act, meeting: MeetingRow, promises: Sequence[Promise]) -> None:
    _few(promises, "commitments")
    for at, promise in enumerate(promises):
        field = f"commitments.{at}"
        await act.look("Organization", promise.owner_id, field=f"{field}.owner")
        if promise.follow_up_id is not None:
            await act.look("PolicyFollowUp", promise.follow_up_id, field=f"{field}.followUp")
        row = CommitmentRow(
            meeting_id=meeting.id,
            follow_up_id=promise.follow_up_id,
            owner_id=promise.owner_id,
            text=required_text(promise.text, f"{field}.text", 500),
            due_at=promise.due_at,
        )
        act.session.add(row)


async def _close(
    act: Act, name: str, commitment_id: UUID, state: CommitmentState, note: str | None, expected_version: int | None
) -> UUID:
    commitment = await act.find(CommitmentRow, COMMITMENT, commitment_id, expected_version=expected_version)
    permit(act.viewer.roles, among=RECORDERS)
    if commitment.state is not CommitmentState.OPEN:
        raise Refusal(
            UserErrorCode.ILLEGAL_TRANSITION,
            f"Komitmen ini sudah selesai ({commitment.state}).",
            f"The commitment is closed already ({commitment.state}).",
            ["id"],
        )
    commitment.state, commitment.closed_at = state, act.at
    commitment.note_sealed = act.sealer.seal_optional("commitment.note", note)
    commitment.version += 1
    act.session.add(commitment)
    act.record(name, COMMITMENT, commitment.id, data={"meeting": str(commitment.meeting_id)}, note=note)
    await act.session.flush()
    return commitment.id


def _changed(act: Act, name: str, meeting: MeetingRow, data: Mapping[str, object], note: str | None = None) -> None:
    meeting.version += 1
    act.session.add(meeting)
    act.record(name, MEETING, meeting.id, data=data, note=note)


def _enough(given: Sequence[object], field: str) -> None:
    if not given:
        raise Refusal(UserErrorCode.INVALID, "Isi paling sedikit satu.", "Give at least one.", [field])
    _few(given, field)


def _few(given: Sequence[object], field: str) -> None:
    if len(given) > _MOST:
        raise Refusal(UserErrorCode.INVALID, f"Paling banyak {_MOST}.", f"At most {_MOST}.", [field])
