"""How coordination meetings and commitments are read: by the office and those who plan; by a partner agency where it is
invited, or where it promised something.
"""

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.access.masks import mask_text
from integration.access.viewer import OFFICE
from integration.codes import Role
from integration.meetings.codes import CommitmentState, MeetingLevel, MeetingState
from integration.meetings.rules import today
from integration.meetings.tables import AgendaItemRow, AttendanceRow, CommitmentRow, MeetingRow
from integration.reading.filters import code_of, fields, ids, on, operators, yes
from integration.reading.scope import Scope
from integration.reading.view import (
    ID,
    Columns,
    Kind,
    Many,
    One,
    OrderKey,
    SeenWith,
    View,
    by,
    code,
    day,
    flag,
    integer,
    moment,
    relay_id,
    table,
    text,
    unsealed,
)

LATEST = by("startsAt", OrderKey("starts_at", Kind.TIME), ID, descending=True)
SOONEST = by("dueAt", OrderKey("due_at", Kind.DATE), ID)
AGENDA = table(AgendaItemRow)
_WITH_MEETING = SeenWith("CoordinationMeeting", "id", "meeting_id")


def _invited(meeting_id: ColumnElement[object], scope: Scope) -> ColumnElement[bool]:
    row = table(AttendanceRow).alias(scope.alias())
    return sa.exists(
        sa.select(sa.literal_column("1")).where(
            row.c.meeting_id == meeting_id, row.c.organization_id == scope.viewer("organization_id")
        )
    )


def _meeting_visible(meeting: Columns, scope: Scope) -> ColumnElement[bool]:
    if scope.has(*OFFICE, Role.ANALYST):
        return sa.true()
    return _invited(meeting.id, scope) if scope.has(Role.OPD_CLIENT) else sa.false()


def _commitment_visible(commitment: Columns, scope: Scope) -> ColumnElement[bool]:
    if scope.has(*OFFICE, Role.ANALYST):
        return sa.true()
    if scope.has(Role.OPD_CLIENT):
        return sa.or_(commitment.owner_id == scope.viewer("organization_id"), _invited(commitment.meeting_id, scope))
    return sa.false()


def _overdue(commitment: Columns, scope: Scope) -> ColumnElement[bool]:
    """Open though its day, which still counts, is over."""
    name = scope.bind("today", Kind.DATE, lambda asking: today(asking.now))
    is_open = commitment.state == sa.literal_column(f"'{CommitmentState.OPEN.value}'")
    return sa.and_(is_open, commitment.due_at < scope.dialect.bind(name, Kind.DATE))


meeting = View(
    "CoordinationMeeting",
    table(MeetingRow),
    visible=_meeting_visible,
    fields={
        "id": relay_id("CoordinationMeeting"),
        "version": integer("version"),
        "title": text("title"),
        "level": code(MeetingLevel, "level"),
        "state": code(MeetingState, "state"),
        "startsAt": moment("starts_at"),
        "place": text("place"),
        "minutesNumber": text("minutes_number"),
        "minutes": unsealed("meeting.minutes", "minutes_sealed", mask_text),
        "cancelReason": unsealed("meeting.reason", "cancel_reason_sealed", mask_text),
    },
    edges={
        "agenda": Many("AgendaItem", "id", "meeting_id", by("position", OrderKey("position", Kind.INT), ID)),
        "attendance": Many("MeetingAttendance", "id", "meeting_id", by("id", ID)),
        "commitments": Many("Commitment", "id", "meeting_id", SOONEST),
    },
    roots={
        "coordinationMeetings": Many(
            "CoordinationMeeting",
            order=LATEST,
            paged=True,
            filters={
                "filter": fields(
                    "CoordinationMeetingFilter", {"level": code_of(on("level")), "state": code_of(on("state"))}
                )
            },
        )
    },
)
agenda_item = View(
    "AgendaItem",
    AGENDA,
    visible=None,
    seen_with=_WITH_MEETING,
    fields={"id": relay_id("AgendaItem"), "position": integer("position"), "topic": text("topic")},
    edges={"followUp": One("PolicyFollowUp", "follow_up_id")},
)
attendance = View(
    "MeetingAttendance",
    table(AttendanceRow),
    visible=None,
    seen_with=_WITH_MEETING,
    fields={"attended": flag("attended")},
    edges={"organization": One("Organization", "organization_id")},
)
commitment = View(
    "Commitment",
    table(CommitmentRow),
    visible=_commitment_visible,
    fields={
        "id": relay_id("Commitment"),
        "version": integer("version"),
        "text": text("text"),
        "dueAt": day("due_at"),
        "state": code(CommitmentState, "state"),
        "overdue": flag(_overdue),
        "closedAt": moment("closed_at"),
        "note": unsealed("commitment.note", "note_sealed", mask_text),
    },
    edges={
        "owner": One("Organization", "owner_id"),
        "meeting": One("CoordinationMeeting", "meeting_id"),
        "followUp": One("PolicyFollowUp", "follow_up_id"),
    },
    roots={
        "commitments": Many(
            "Commitment",
            order=SOONEST,
            paged=True,
            filters={
                "filter": fields(
                    "CommitmentFilter",
                    {
                        "state": code_of(on("state")),
                        "overdue": yes(_overdue),
                        "owner": operators(on("owner_id"), Kind.UUID, ids("Organization")),
                    },
                )
            },
        )
    },
)
VIEWS = (meeting, agenda_item, attendance, commitment)
