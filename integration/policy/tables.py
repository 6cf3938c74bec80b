"""Policy follow-ups (tindak lanjut kebijakan): what changes because of the reports, and the reports that are the
evidence.
"""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from integration.codes import PolicyInstrument, PolicySignalState, PolicyStatus, ProtectionDimension, ReportCategory
from integration.db.base import ORDERED_TEXT, SEALED, coded, uuid7
from integration.policy.codes import EvidenceKind, OutreachKind, PlanningKind, SignalKind


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
    due_at: date | None = None
    planning_document_code: str | None = Field(default=None, foreign_key="planning_document.code", sa_type=ORDERED_TEXT)
    plan_item: str | None = None
    legal_basis_id: UUID | None = Field(default=None, foreign_key="legal_basis.id")
    proposed_at: datetime


class PlanningDocumentRow(SQLModel, table=True):
    """A plan or report of government that a follow-up belongs to. An empty year is not known."""

    __tablename__ = "planning_document"
    code: str = Field(primary_key=True, sa_type=ORDERED_TEXT)
    kind: PlanningKind = Field(sa_type=coded(PlanningKind))
    title: str
    issuer: str
    from_year: int | None = None
    to_year: int | None = None
    source: str


class PolicyFollowUpSupportRow(SQLModel, table=True):
    """An agency that helps to carry a follow-up out."""

    __tablename__ = "policy_follow_up_support"
    follow_up_id: UUID = Field(foreign_key="policy_follow_up.id", primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id", primary_key=True, index=True)


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
    meeting_id: UUID | None = Field(default=None, foreign_key="coordination_meeting.id", index=True)


class EvidenceSnapshotRow(SQLModel, table=True):
    """Evidence frozen at a moment: how many, by which query, never changed afterwards.

    `query` is the question as JSON and `query_hash` its SHA-256; `members_hash` is that of the ids counted, sorted and
    joined by line breaks, and empty where what was counted are no single reports. The columns `told_...` are what those
    are told who may not see every report (`integration.policy.telling`), empty until there is something.
    """

    __tablename__ = "evidence_snapshot"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    follow_up_id: UUID = Field(foreign_key="policy_follow_up.id", index=True)
    taken_at: datetime
    kind: EvidenceKind = Field(default=EvidenceKind.REPORTS, sa_type=coded(EvidenceKind))
    count: int
    of: int | None = None
    query_hash: str
    description: str
    query: str | None = None
    members_hash: str | None = None
    signal_id: UUID | None = Field(default=None, foreign_key="policy_signal.id", index=True)
    told_at: datetime | None = None
    told_count: int | None = None
    told_of: int | None = None
    told_query: str | None = None
    told_query_hash: str | None = None
    told_description: str | None = None


class EvidenceMemberRow(SQLModel, table=True):
    """A report that was counted."""

    __tablename__ = "evidence_member"
    snapshot_id: UUID = Field(foreign_key="evidence_snapshot.id", primary_key=True)
    report_id: UUID = Field(foreign_key="report.id", primary_key=True, index=True)


class SignalRuleRow(SQLModel, table=True):
    """When the data itself asks for a policy. `threshold` is a number of reports or a percentage, by its kind; `least`
    the size below which a share says nothing; `days` the length of the window where it is no calendar period. A rule
    that is `inactive` is not looked at, for the reason that stands there: what it counts is not recorded yet.
    """

    __tablename__ = "signal_rule"
    code: str = Field(primary_key=True, sa_type=ORDERED_TEXT)
    kind: SignalKind = Field(sa_type=coded(SignalKind))
    threshold: int
    least: int = 0
    days: int | None = None
    title: str
    source: str
    inactive: str | None = None


class PolicySignalRow(SQLModel, table=True):
    """A rule that was met. `key` says by what (rule, place, category, window), so that the same is never raised twice.

    `window_to` is the first moment after the window. While it is NEW the count follows the data; then it stands still.
    `members_hash` is the SHA-256 of the ids counted, sorted and joined by line breaks; `topic` a code of whatever else
    the rule tells apart. The columns `told_...` are what those are told who may not see every report
    (`integration.policy.telling`), empty until there is something. The id says nothing of the moment it was made: that
    is when a count reached a threshold.
    """

    __tablename__ = "policy_signal"
    __table_args__ = (UniqueConstraint("key"),)
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    key: str = Field(sa_type=ORDERED_TEXT)
    rule_code: str = Field(foreign_key="signal_rule.code", index=True, sa_type=ORDERED_TEXT)
    category: ReportCategory | None = Field(default=None, sa_type=coded(ReportCategory))
    region_code: str | None = Field(default=None, foreign_key="region.code", sa_type=ORDERED_TEXT)
    unit_id: UUID | None = Field(default=None, foreign_key="org_unit.id")
    organization_id: UUID | None = Field(default=None, foreign_key="organization.id")
    topic: str | None = Field(default=None, sa_type=ORDERED_TEXT)
    window_from: datetime
    window_to: datetime
    count: int
    of: int | None = None
    why: str
    members_hash: str | None = None
    state: PolicySignalState = Field(default=PolicySignalState.NEW, sa_type=coded(PolicySignalState))
    version: int = 1
    raised_at: datetime
    decided_at: datetime | None = None
    decided_by_staff_id: UUID | None = Field(default=None, foreign_key="staff.id")
    reason_sealed: bytes | None = Field(default=None, sa_type=SEALED)
    follow_up_id: UUID | None = Field(default=None, foreign_key="policy_follow_up.id", index=True)
    told_at: datetime | None = None
    told_count: int | None = None
    told_of: int | None = None
    told_why: str | None = None
    told_from: datetime | None = None
    told_to: datetime | None = None


class PolicySignalReportRow(SQLModel, table=True):
    """A report that met the rule."""

    __tablename__ = "policy_signal_report"
    signal_id: UUID = Field(foreign_key="policy_signal.id", primary_key=True)
    report_id: UUID = Field(foreign_key="report.id", primary_key=True, index=True)


class OutreachActivityRow(SQLModel, table=True):
    """Something done so that people know where to report: a meeting, a broadcast, a visit.

    `attendance` is None where nobody counted.
    """

    __tablename__ = "outreach_activity"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    held_on: date = Field(index=True)
    kind: OutreachKind = Field(default=OutreachKind.OTHER, sa_type=coded(OutreachKind))
    title: str
    region_code: str | None = Field(default=None, foreign_key="region.code", sa_type=ORDERED_TEXT)
    audience: str | None = None
    attendance: int | None = None
    source: str
    recorded_at: datetime | None = None
    recorded_by_staff_id: UUID | None = Field(default=None, foreign_key="staff.id")


class PolicyNoticeRow(SQLModel, table=True):
    """A person who was told what became of a follow-up: once for each kind of news, whatever they reported."""

    __tablename__ = "policy_notice"
    follow_up_id: UUID = Field(foreign_key="policy_follow_up.id", primary_key=True)
    kind: str = Field(primary_key=True)
    reporter_id: UUID = Field(foreign_key="reporter.id", primary_key=True, ondelete="CASCADE")
    message_id: UUID | None = Field(default=None, foreign_key="message.id")
    at: datetime
