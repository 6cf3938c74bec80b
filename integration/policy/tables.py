"""Policy follow-ups (tindak lanjut kebijakan): what changes because of the reports, and the reports that are the
evidence.
"""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from integration.codes import PolicyInstrument, PolicyStatus, ProtectionDimension
from integration.db.base import coded, uuid7


class PolicyFollowUpRow(SQLModel, table=True):
    """A policy follow-up. `budget_idr` is a decimal in text: SQLite has no exact decimals."""

    __tablename__ = "policy_follow_up"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    title: str
    problem: str
    dimension: ProtectionDimension = Field(sa_type=coded(ProtectionDimension))
    status: PolicyStatus = Field(default=PolicyStatus.PROPOSED, sa_type=coded(PolicyStatus))
    version: int = 1
    owner_id: UUID | None = Field(default=None, foreign_key="organization.id", index=True)
    instrument: PolicyInstrument | None = Field(default=None, sa_type=coded(PolicyInstrument))
    document_number: str | None = None
    budget_idr: str | None = None
    public_summary: str | None = None
    proposed_at: datetime


class PolicyFollowUpReportRow(SQLModel, table=True):
    """A report that is evidence for a follow-up."""

    __tablename__ = "policy_follow_up_report"
    follow_up_id: UUID = Field(foreign_key="policy_follow_up.id", primary_key=True)
    report_id: UUID = Field(foreign_key="report.id", primary_key=True, index=True)


class MilestoneRow(SQLModel, table=True):
    """A step of carrying a follow-up out."""

    __tablename__ = "milestone"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    follow_up_id: UUID = Field(foreign_key="policy_follow_up.id", index=True)
    title: str
    due_at: date | None = None
    completed_at: datetime | None = None


class PolicyDecisionRow(SQLModel, table=True):
    """A decision taken on a follow-up."""

    __tablename__ = "policy_decision"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    follow_up_id: UUID = Field(foreign_key="policy_follow_up.id", index=True)
    at: datetime
    decision: str
    document: str | None = None
    note: str | None = None


class EvidenceSnapshotRow(SQLModel, table=True):
    """Evidence frozen at a moment: how many, by which query, never changed afterwards."""

    __tablename__ = "evidence_snapshot"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    follow_up_id: UUID = Field(foreign_key="policy_follow_up.id", index=True)
    taken_at: datetime
    count: int
    query_hash: str
    description: str
