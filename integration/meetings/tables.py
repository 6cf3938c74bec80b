"""Coordination meetings of agencies: what was on the agenda, who came, what was said and what was promised."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from integration.db.base import SEALED, coded, uuid7
from integration.meetings.codes import CommitmentState, MeetingLevel, MeetingState


class MeetingRow(SQLModel, table=True):
    """A meeting. `starts_at` is when it is planned, and once it is held, when it was.

    Minutes and the reason of a cancellation are words about people, and sealed.
    """

    __tablename__ = "coordination_meeting"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    title: str
    level: MeetingLevel = Field(sa_type=coded(MeetingLevel))
    state: MeetingState = Field(default=MeetingState.SCHEDULED, sa_type=coded(MeetingState))
    version: int = 1
    starts_at: datetime = Field(index=True)
    place: str | None = None
    minutes_number: str | None = None
    minutes_sealed: bytes | None = Field(default=None, sa_type=SEALED)
    cancel_reason_sealed: bytes | None = Field(default=None, sa_type=SEALED)


class AgendaItemRow(SQLModel, table=True):
    """Something a meeting talks about; a policy follow-up is on an agenda once."""

    __tablename__ = "agenda_item"
    __table_args__ = (UniqueConstraint("meeting_id", "follow_up_id"),)
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    meeting_id: UUID = Field(foreign_key="coordination_meeting.id", index=True)
    position: int
    topic: str
    follow_up_id: UUID | None = Field(default=None, foreign_key="policy_follow_up.id", index=True)


class AttendanceRow(SQLModel, table=True):
    """An agency that is invited. `attended` is empty until the meeting is on record."""

    __tablename__ = "meeting_attendance"
    __table_args__ = (UniqueConstraint("meeting_id", "organization_id"),)
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    meeting_id: UUID = Field(foreign_key="coordination_meeting.id")
    organization_id: UUID = Field(foreign_key="organization.id", index=True)
    attended: bool | None = None


class CommitmentRow(SQLModel, table=True):
    """What an agency promised in a meeting, and until which day, local time, inclusive. Whether it is overdue is never
    stored.
    """

    __tablename__ = "commitment"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    meeting_id: UUID = Field(foreign_key="coordination_meeting.id", index=True)
    follow_up_id: UUID | None = Field(default=None, foreign_key="policy_follow_up.id", index=True)
    owner_id: UUID = Field(foreign_key="organization.id", index=True)
    text: str
    due_at: date = Field(index=True)
    state: CommitmentState = Field(default=CommitmentState.OPEN, sa_type=coded(CommitmentState))
    version: int = 1
    closed_at: datetime | None = None
    note_sealed: bytes | None = Field(default=None, sa_type=SEALED)
