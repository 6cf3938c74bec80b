"""The one event log, the raw inbox and the outbox. What carries words of people is sealed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from integration.codes import ChannelKind, DeliveryState, ReportStatus
from integration.db.base import SEALED, coded, uuid7
from integration.events.rules import SentForm


class EventRow(SQLModel, table=True):
    """Something that happened, written in the change's own transaction.

    `position` is given after commit, by the sequencer.
    """

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_report_id_id", "report_id", "id"),
        Index("ix_event_actor_staff_id_at", "actor_staff_id", "at"),
    )
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    position: int | None = Field(default=None, unique=True, sa_type=BigInteger)
    at: datetime
    act: str
    noun: str
    noun_id: UUID
    report_id: UUID | None = Field(default=None, foreign_key="report.id")
    sop_step: int | None = None
    from_status: ReportStatus | None = Field(default=None, sa_type=coded(ReportStatus))
    to_status: ReportStatus | None = Field(default=None, sa_type=coded(ReportStatus))
    actor: str | None = None
    actor_staff_id: UUID | None = Field(default=None, foreign_key="staff.id")
    note_sealed: bytes | None = Field(default=None, sa_type=SEALED)
    legal_basis_id: UUID | None = Field(default=None, foreign_key="legal_basis.id")
    data: dict[str, object] = Field(default_factory=dict, sa_type=JSON)


class InboxRow(SQLModel, table=True):
    """A delivery from outside, kept as it came before anything is made of it."""

    __tablename__ = "inbox"
    __table_args__ = (UniqueConstraint("source", "body_hash"), Index("ix_inbox_state_next_at", "state", "next_at"))
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    source: str
    body_hash: bytes = Field(sa_type=SEALED)
    body_sealed: bytes = Field(sa_type=SEALED)
    received_at: datetime
    state: str = "PENDING"
    attempts: int = 0
    next_at: datetime
    error: str | None = None
    done_at: datetime | None = None


class OutboxRow(SQLModel, table=True):
    """A message to be sent by the worker; `dedupe_key` makes asking twice harmless.

    `attempt_id` is the attempt under way, whose turn lasts until `next_at`. `doubtful_since` is set while nobody knows
    whether an attempt of then was taken over; `refused_at` is when WhatsApp said that its 24 hours are over.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_state_next_at", "state", "next_at"),)
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    channel: ChannelKind = Field(sa_type=coded(ChannelKind))
    template: str
    dedupe_key: str = Field(unique=True)
    report_id: UUID | None = Field(default=None, foreign_key="report.id", index=True)
    message_id: UUID | None = Field(default=None, foreign_key="message.id", index=True)
    recipient_sealed: bytes = Field(sa_type=SEALED)
    user_index: bytes | None = Field(default=None, index=True, sa_type=SEALED)
    phone_index: bytes | None = Field(default=None, index=True, sa_type=SEALED)
    payload_sealed: bytes = Field(sa_type=SEALED)
    state: DeliveryState = Field(default=DeliveryState.QUEUED, sa_type=coded(DeliveryState))
    reason: str | None = None
    attempts: int = 0
    next_at: datetime
    created_at: datetime
    provider_id: str | None = None
    form: SentForm | None = Field(default=None, sa_type=coded(SentForm))
    attempt_id: UUID | None = None
    doubtful_since: datetime | None = None
    refused_at: datetime | None = None


class OutboxAttemptRow(SQLModel, table=True):
    """One try to send a message, entered before it is made; without an outcome it is under way or was cut off."""

    __tablename__ = "outbox_attempt"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    outbox_id: UUID = Field(foreign_key="outbox.id", index=True)
    at: datetime
    form: SentForm = Field(sa_type=coded(SentForm))
    provider_id: str | None = Field(default=None, index=True)
    outcome: str | None = None
    ended_at: datetime | None = None
