"""What the procedure leaves behind: dispositions, actions taken, replies drafted and sent."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from integration.codes import FollowUpActionKind, ProtectionDimension
from integration.db.base import SEALED, coded, uuid7


class DispositionRow(SQLModel, table=True):
    """A report passed on with an instruction (lembar disposisi). `parent_id`: the disposition it passes on further."""

    __tablename__ = "disposition"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    report_id: UUID = Field(foreign_key="report.id", index=True)
    number: int
    parent_id: UUID | None = Field(default=None, foreign_key="disposition.id", index=True)
    from_staff_id: UUID | None = Field(default=None, foreign_key="staff.id")
    assignment_id: UUID = Field(foreign_key="assignment.id", index=True)
    instruction_sealed: bytes = Field(sa_type=SEALED)
    due_at: datetime | None = None
    at: datetime


class FollowUpActionRow(SQLModel, table=True):
    """Something done about a report."""

    __tablename__ = "follow_up_action"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    report_id: UUID = Field(foreign_key="report.id", index=True)
    kind: FollowUpActionKind = Field(sa_type=coded(FollowUpActionKind))
    result_sealed: bytes = Field(sa_type=SEALED)
    dimension: ProtectionDimension | None = Field(default=None, sa_type=coded(ProtectionDimension))
    staff_id: UUID | None = Field(default=None, foreign_key="staff.id")
    at: datetime


class ReplyRow(SQLModel, table=True):
    """An answer to the reporter: drafted by a handler, sent by the desk."""

    __tablename__ = "reply"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    report_id: UUID = Field(foreign_key="report.id", index=True)
    text_sealed: bytes = Field(sa_type=SEALED)
    drafter_id: UUID | None = Field(default=None, foreign_key="staff.id")
    drafted_at: datetime
    sender_id: UUID | None = Field(default=None, foreign_key="staff.id")
    sent_at: datetime | None = None
    message_id: UUID | None = Field(default=None, foreign_key="message.id")
