"""Reports, who made them, whom they are about, and what was said.

Free text is sealed: nearly half of it carries a NIK.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from integration.codes import (
    ChannelKind,
    DeliveryState,
    Language,
    MatchState,
    MessageDirection,
    Priority,
    ReportCategory,
    ReporterKind,
    ReportOutcome,
    ReportStatus,
    Sensitivity,
    Sex,
)
from integration.db.base import ORDERED_TEXT, SEALED, coded, uuid7
from integration.matching.codes import SuggestionField


class ReporterRow(SQLModel, table=True):
    """Who reports.

    A WhatsApp user is known by the scoped id (`sender_index`) and perhaps by phone; both only as blind index.
    """

    __tablename__ = "reporter"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    kind: ReporterKind = Field(sa_type=coded(ReporterKind))
    name: str | None = None
    organization_name: str | None = None
    language: Language = Field(default=Language.ID, sa_type=coded(Language))
    sender_index: bytes | None = Field(default=None, index=True, sa_type=SEALED)
    sender_sealed: bytes | None = Field(default=None, sa_type=SEALED)
    phone_index: bytes | None = Field(default=None, index=True, sa_type=SEALED)
    phone_sealed: bytes | None = Field(default=None, sa_type=SEALED)
    account_id: UUID | None = Field(default=None, foreign_key="account.id", index=True)


class ReportRow(SQLModel, table=True):
    """A social problem reported through the one door."""

    __tablename__ = "report"
    __table_args__ = (
        Index("ix_report_received_at_id", "received_at", "id"),
        Index("ix_report_updated_at_id", "updated_at", "id"),
        Index("ix_report_due_at_id", "due_at", "id"),
    )
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    number: str = Field(unique=True, sa_type=ORDERED_TEXT)
    tracking_hash: bytes = Field(sa_type=SEALED)
    version: int = 1
    channel: ChannelKind = Field(sa_type=coded(ChannelKind))
    entry_point: str | None = None
    status: ReportStatus = Field(sa_type=coded(ReportStatus))
    category: ReportCategory | None = Field(default=None, sa_type=coded(ReportCategory))
    priority: Priority = Field(default=Priority.NORMAL, sa_type=coded(Priority))
    sensitivity: Sensitivity = Field(default=Sensitivity.PRIVATE, sa_type=coded(Sensitivity))
    outcome: ReportOutcome | None = Field(default=None, sa_type=coded(ReportOutcome))
    description_sealed: bytes | None = Field(default=None, sa_type=SEALED)
    region_code: str | None = Field(default=None, foreign_key="region.code", index=True, sa_type=ORDERED_TEXT)
    reporter_id: UUID | None = Field(default=None, foreign_key="reporter.id", index=True)
    received_at: datetime
    updated_at: datetime
    due_at: datetime | None = None
    at_risk_at: datetime | None = None
    reopenable_until: datetime | None = None
    merged_into_id: UUID | None = Field(default=None, foreign_key="report.id", index=True)
    merged_from: ReportStatus | None = Field(default=None, sa_type=coded(ReportStatus))
    merged_at: datetime | None = None
    outcome_confirmed_at: datetime | None = None
    outcome_verified_at: datetime | None = None


class ReportNumberRow(SQLModel, table=True):
    """The last receipt number given in a year; its row lock makes numbers unique and without holes."""

    __tablename__ = "report_number"
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    last: int


class ReportPpksTypeRow(SQLModel, table=True):
    """A kind of need a report is about."""

    __tablename__ = "report_ppks_type"
    report_id: UUID = Field(foreign_key="report.id", primary_key=True)
    ppks_code: str = Field(foreign_key="ppks_type.code", primary_key=True, index=True, sa_type=ORDERED_TEXT)


class ReportSubjectRow(SQLModel, table=True):
    """Somebody a report is about, as described; `person_id` is the suggested or confirmed registry person.

    `matched_imports` is how many imports had been applied when an undecided subject was last looked for again.
    `certain`: name and place were told as such and spelt as known. `searched` holds, joined by commas, what led to
    nobody when the registry was found not to have them.
    """

    __tablename__ = "report_subject"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    report_id: UUID = Field(foreign_key="report.id", index=True)
    name: str | None = None
    nik_sealed: bytes | None = Field(default=None, sa_type=SEALED)
    nik_index: bytes | None = Field(default=None, index=True, sa_type=SEALED)
    approximate_age: int | None = None
    birth_date: date | None = None
    certain: bool | None = None
    searched: str | None = None
    sex: Sex | None = Field(default=None, sa_type=coded(Sex))
    region_code: str | None = Field(default=None, foreign_key="region.code", sa_type=ORDERED_TEXT)
    note_sealed: bytes | None = Field(default=None, sa_type=SEALED)
    match_state: MatchState = Field(default=MatchState.UNMATCHED, sa_type=coded(MatchState))
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    matched_imports: int | None = None


class UnexploredReportRow(SQLModel, table=True):
    """A report whose text is still to be read and whose people are still to be looked for."""

    __tablename__ = "unexplored_report"
    report_id: UUID = Field(foreign_key="report.id", primary_key=True)
    tries: int = 0


class MatchCandidateRow(SQLModel, table=True):
    """A registry person that may be the subject; `score` is 0 to 1."""

    __tablename__ = "match_candidate"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    subject_id: UUID = Field(foreign_key="report_subject.id", index=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    score: float


class MatchRejectionRow(SQLModel, table=True):
    """An officer has said that the subject is not this person: it is not suggested again."""

    __tablename__ = "match_rejection"
    subject_id: UUID = Field(foreign_key="report_subject.id", primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", primary_key=True)
    staff_id: UUID | None = Field(default=None, foreign_key="staff.id")
    at: datetime


class MatchEvidenceRow(SQLModel, table=True):
    """Why a candidate was found: one comparison of one field."""

    __tablename__ = "match_evidence"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    candidate_id: UUID = Field(foreign_key="match_candidate.id", index=True)
    field: str
    comparison: str
    weight: float


class MessageRow(SQLModel, table=True):
    """A message to or from a reporter; the provider's id makes redelivery harmless."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("channel", "provider_id"),
        Index("ix_message_report_id_at_id", "report_id", "at", "id"),
    )
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    report_id: UUID | None = Field(default=None, foreign_key="report.id")
    reporter_id: UUID | None = Field(default=None, foreign_key="reporter.id", index=True)
    channel: ChannelKind = Field(sa_type=coded(ChannelKind))
    provider_id: str | None = None
    direction: MessageDirection = Field(sa_type=coded(MessageDirection))
    kind: str
    text_sealed: bytes | None = Field(default=None, sa_type=SEALED)
    at: datetime
    delivery_state: DeliveryState | None = Field(default=None, sa_type=coded(DeliveryState))


class SuggestionRow(SQLModel, table=True):
    """Something a text of a report tells, as read by the program: of a message, or else of the description.

    A place's code stands open, as that of a report; every value is sealed, and a NIK is kept masked. It stands from
    `starts` to `ends` (characters of the text as it is shown), `confidence` is 0 to 1.
    """

    __tablename__ = "report_suggestion"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    report_id: UUID = Field(foreign_key="report.id", index=True)
    message_id: UUID | None = Field(default=None, foreign_key="message.id", index=True)
    field: SuggestionField = Field(sa_type=coded(SuggestionField))
    value_sealed: bytes = Field(sa_type=SEALED)
    region_code: str | None = Field(default=None, foreign_key="region.code", sa_type=ORDERED_TEXT)
    starts: int | None = None
    ends: int | None = None
    confidence: float
