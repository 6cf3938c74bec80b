"""Time limits as data, and the clocks that run on reports."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from integration.clocks.escalation import Recipient, Trigger
from integration.codes import Priority, ReportCategory
from integration.db.base import ORDERED_TEXT, coded, uuid7


class ClockPolicyRow(SQLModel, table=True):
    """How long a step may take: exactly one of `working_days` and `hours` (around the clock), and who says so."""

    __tablename__ = "clock_policy"
    code: str = Field(primary_key=True, sa_type=ORDERED_TEXT)
    step: int
    category: ReportCategory | None = Field(default=None, sa_type=coded(ReportCategory))
    priority: Priority | None = Field(default=None, sa_type=coded(Priority))
    working_days: int | None = None
    hours: int | None = None
    at_risk_percent: int
    source: str


class ClockRow(SQLModel, table=True):
    """The time a report spends at one step. `pauses` are pairs of moments in ISO 8601. Without a policy it only counts.

    `opened_at` is when we first knew of it: later than `started_at` where a report was under way before it reached us.
    `next_at` is when somebody else must be told; empty when there is nobody left to tell.
    """

    __tablename__ = "clock"
    __table_args__ = (
        Index(
            "uq_clock_report_id_running",
            "report_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    report_id: UUID = Field(foreign_key="report.id", index=True)
    step: int
    policy_code: str | None = Field(default=None, foreign_key="clock_policy.code", sa_type=ORDERED_TEXT)
    started_at: datetime
    opened_at: datetime
    pauses: list[list[str]] = Field(default_factory=list, sa_type=JSON)
    paused_at: datetime | None = None
    due_at: datetime | None = Field(default=None, index=True)
    at_risk_at: datetime | None = None
    ended_at: datetime | None = None
    next_at: datetime | None = Field(default=None, index=True)


class EscalationRuleRow(SQLModel, table=True):
    """After how long the next one in the chain is told: exactly one of `working_minutes` and `minutes`."""

    __tablename__ = "escalation_rule"
    code: str = Field(primary_key=True, sa_type=ORDERED_TEXT)
    step: int | None = None
    priority: Priority | None = Field(default=None, sa_type=coded(Priority))
    trigger: Trigger = Field(sa_type=coded(Trigger))
    to: Recipient = Field(sa_type=coded(Recipient))
    working_minutes: int | None = None
    minutes: int | None = None
    source: str


class HandOverRow(SQLModel, table=True):
    """A report handed on, once per clock and link of the chain. Without `to_staff_id` nobody held the role.

    `assignment_id` is the assignment made for it; empty where the person had the report already.
    """

    __tablename__ = "hand_over"
    __table_args__ = (UniqueConstraint("clock_id", "trigger", "to"),)
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    report_id: UUID = Field(foreign_key="report.id", index=True)
    clock_id: UUID = Field(foreign_key="clock.id")
    rule_code: str = Field(foreign_key="escalation_rule.code", sa_type=ORDERED_TEXT)
    trigger: Trigger = Field(sa_type=coded(Trigger))
    to: Recipient = Field(sa_type=coded(Recipient))
    at: datetime
    from_staff_id: UUID | None = Field(default=None, foreign_key="staff.id")
    to_staff_id: UUID | None = Field(default=None, foreign_key="staff.id")
    assignment_id: UUID | None = Field(default=None, foreign_key="assignment.id", index=True)
