"""Who handles a report: a person, or a unit until it names one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from integration.codes import AssignmentState, Role
from integration.db.base import SEALED, coded, uuid7


class AssignmentRow(SQLModel, table=True):
    """An assignment. `unit_id` is set also when a person is named: it is the unit the person acts for."""

    __tablename__ = "assignment"
    __table_args__ = (
        Index("ix_assignment_report_id_assigned_at_id", "report_id", "assigned_at", "id"),
        Index("ix_assignment_staff_id_assigned_at_id", "staff_id", "assigned_at", "id"),
    )
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    report_id: UUID = Field(foreign_key="report.id")
    role: Role = Field(sa_type=coded(Role))
    staff_id: UUID | None = Field(default=None, foreign_key="staff.id")
    unit_id: UUID | None = Field(default=None, foreign_key="org_unit.id", index=True)
    instruction_sealed: bytes | None = Field(default=None, sa_type=SEALED)
    assigned_at: datetime
    due_at: datetime | None = None
    state: AssignmentState = Field(sa_type=coded(AssignmentState))
    reason: str | None = None
