"""Proposals to correct the registry, what each step leaves behind, and the batches they go to the ministry in."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from integration.codes import (
    RegistryScheme,
    VervalAction,
    VervalAnswer,
    VervalDifferenceKind,
    VervalField,
    VervalReason,
    VervalRecommendation,
    VervalStatus,
)
from integration.db.base import ORDERED_TEXT, SEALED, coded, uuid7


class ProposalRow(SQLModel, table=True):
    """A proposal to add, change or remove what the registry says of one person.

    `round` counts how often it was put forward: what an earlier round left behind no longer counts. `open_key` is set
    while it is open, so that the same proposal cannot be made twice.
    """

    __tablename__ = "verval_proposal"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    version: int = 1
    profile: str
    scheme: RegistryScheme = Field(sa_type=coded(RegistryScheme))
    action: VervalAction = Field(sa_type=coded(VervalAction))
    reason: VervalReason = Field(sa_type=coded(VervalReason))
    status: VervalStatus = Field(sa_type=coded(VervalStatus), index=True)
    is_objection: bool = False
    round: int = 1
    open_key: str | None = Field(default=None, unique=True)
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    subject_id: UUID | None = Field(default=None, foreign_key="report_subject.id", index=True)
    report_id: UUID | None = Field(default=None, foreign_key="report.id", index=True)
    region_code: str | None = Field(default=None, foreign_key="region.code", index=True, sa_type=ORDERED_TEXT)
    note_sealed: bytes | None = Field(default=None, sa_type=SEALED)
    proposer_id: UUID | None = Field(default=None, foreign_key="account.id")
    batch_id: UUID | None = Field(default=None, foreign_key="verval_batch.id", index=True)
    central_reason: str | None = None
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None = None


class ChangeRow(SQLModel, table=True):
    """One detail as it should be."""

    __tablename__ = "verval_change"
    __table_args__ = (UniqueConstraint("proposal_id", "field"),)
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    proposal_id: UUID = Field(foreign_key="verval_proposal.id")
    field: VervalField = Field(sa_type=coded(VervalField))
    value_sealed: bytes = Field(sa_type=SEALED)


class DeliberationRow(SQLModel, table=True):
    """The minutes of a village's deliberation (berita acara)."""

    __tablename__ = "verval_deliberation"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    proposal_id: UUID = Field(foreign_key="verval_proposal.id", index=True)
    round: int
    minutes_number: str
    held_on: date
    place: str
    attendance: int
    organizations: list[str] = Field(default_factory=list, sa_type=JSON)
    staff_id: UUID | None = Field(default=None, foreign_key="staff.id")
    at: datetime


class AssessmentRow(SQLModel, table=True):
    """A visit to the household, by one version of a form."""

    __tablename__ = "verval_assessment"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    proposal_id: UUID = Field(foreign_key="verval_proposal.id", index=True)
    round: int
    form: str
    form_version: int
    latitude_sealed: bytes = Field(sa_type=SEALED)
    longitude_sealed: bytes = Field(sa_type=SEALED)
    recommendation: VervalRecommendation = Field(sa_type=coded(VervalRecommendation))
    visited_on: date
    photos: int
    assessor_id: UUID | None = Field(default=None, foreign_key="account.id")
    at: datetime


class AnswerRow(SQLModel, table=True):
    """An answer to one question of the form."""

    __tablename__ = "verval_answer"
    __table_args__ = (UniqueConstraint("assessment_id", "question"),)
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    assessment_id: UUID = Field(foreign_key="verval_assessment.id")
    position: int
    question: str
    value_sealed: bytes = Field(sa_type=SEALED)


class EndorsementRow(SQLModel, table=True):
    """The document by which the head of the agency endorses on behalf of the regent."""

    __tablename__ = "verval_endorsement"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    proposal_id: UUID = Field(foreign_key="verval_proposal.id", index=True)
    round: int
    document_number: str
    document_date: date
    staff_id: UUID | None = Field(default=None, foreign_key="staff.id")
    at: datetime


class AttachmentRow(SQLModel, table=True):
    """A photograph of a visit, without what a camera writes into it. `sha256` is of the bytes that are kept."""

    __tablename__ = "verval_attachment"
    __table_args__ = (UniqueConstraint("proposal_id", "sha256"),)
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    proposal_id: UUID = Field(foreign_key="verval_proposal.id")
    round: int
    media_type: str
    size: int
    sha256: str
    staff_id: UUID | None = Field(default=None, foreign_key="staff.id")
    at: datetime


class AttachmentContentRow(SQLModel, table=True):
    """The bytes of a photograph, sealed, apart from what lists read."""

    __tablename__ = "verval_attachment_content"
    attachment_id: UUID = Field(foreign_key="verval_attachment.id", primary_key=True)
    content_sealed: bytes = Field(sa_type=SEALED)


class BatchRow(SQLModel, table=True):
    """Endorsed proposals that went out in one file."""

    __tablename__ = "verval_batch"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    scheme: RegistryScheme = Field(sa_type=coded(RegistryScheme))
    profile: str
    staff_id: UUID | None = Field(default=None, foreign_key="staff.id")
    created_at: datetime


class BatchLineRow(SQLModel, table=True):
    """One proposal in a batch, as it was asked: the NIK of the file's line by its blind index."""

    __tablename__ = "verval_batch_line"
    batch_id: UUID = Field(foreign_key="verval_batch.id", primary_key=True)
    proposal_id: UUID = Field(foreign_key="verval_proposal.id", primary_key=True)
    line: int
    nik_index: bytes | None = Field(default=None, sa_type=SEALED)
    content_sealed: bytes = Field(sa_type=SEALED)
    answer: VervalAnswer | None = Field(default=None, sa_type=coded(VervalAnswer))
    reason: str | None = None
    answered_at: datetime | None = None


class BatchResultRow(SQLModel, table=True):
    """A result file that was read, by its hash: the same file read again changes nothing."""

    __tablename__ = "verval_batch_result"
    __table_args__ = (UniqueConstraint("batch_id", "sha256"),)
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    batch_id: UUID = Field(foreign_key="verval_batch.id")
    sha256: str
    lines: int
    staff_id: UUID | None = Field(default=None, foreign_key="staff.id")
    at: datetime


class DifferenceRow(SQLModel, table=True):
    """A line of a result file that does not fit what was asked."""

    __tablename__ = "verval_difference"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    result_id: UUID = Field(foreign_key="verval_batch_result.id", index=True)
    batch_id: UUID = Field(foreign_key="verval_batch.id", index=True)
    line: int
    kind: VervalDifferenceKind = Field(sa_type=coded(VervalDifferenceKind))
    proposal_id: UUID | None = Field(default=None, foreign_key="verval_proposal.id")
