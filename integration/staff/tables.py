"""The people who work on reports: roles in the procedure, district, employment, capacity, duty."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from integration.codes import EmploymentStatus, Role
from integration.db.base import ORDERED_TEXT, coded, uuid7


class StaffRow(SQLModel, table=True):
    """A member of staff. The age band is for aggregates only; no assignment reads it."""

    __tablename__ = "staff"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    name: str = Field(sa_type=ORDERED_TEXT)
    unit_id: UUID | None = Field(default=None, foreign_key="org_unit.id", index=True)
    employment: EmploymentStatus = Field(sa_type=coded(EmploymentStatus))
    age_band: str
    district_code: str | None = Field(default=None, foreign_key="region.code", index=True, sa_type=ORDERED_TEXT)
    capacity: int = 10
    active: bool = True


class StaffRoleRow(SQLModel, table=True):
    """A role a member of staff holds in the nine steps."""

    __tablename__ = "staff_role"
    staff_id: UUID = Field(foreign_key="staff.id", primary_key=True)
    role: Role = Field(primary_key=True, sa_type=coded(Role))


class DutyShiftRow(SQLModel, table=True):
    """A turn of duty (piket), open-ended when `ends_at` is empty."""

    __tablename__ = "duty_shift"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    staff_id: UUID = Field(foreign_key="staff.id", index=True)
    starts_at: datetime
    ends_at: datetime | None = None
    is_backup: bool = False
