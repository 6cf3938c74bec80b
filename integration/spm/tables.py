"""Minimum service standards (SPM, standar pelayanan minimal bidang sosial): the services, and what was told of them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from integration.db.base import ORDERED_TEXT, coded, uuid7
from integration.spm.codes import SpmService

# What `month` holds for a figure of the whole year.
WHOLE_YEAR = 0


class SpmServiceRow(SQLModel, table=True):
    """A service that every regency owes. `regency_group` is that of the kinds of people in need it is for."""

    __tablename__ = "spm_service"
    code: SpmService = Field(primary_key=True, sa_type=coded(SpmService))
    position: int
    term: str
    name: str
    regency_group: str
    legal_basis_id: UUID = Field(foreign_key="legal_basis.id")


class SpmTargetRow(SQLModel, table=True):
    """What was told of a service in a month, or in a year (`month` is WHOLE_YEAR).

    `target` is how many people had a right to it, `served` how many of them had it; None is unknown, which is not 0.
    Rows are only added: the last one recorded of a month holds, the ones before say what was believed until then.
    """

    __tablename__ = "spm_target"
    __table_args__ = (
        CheckConstraint("source <> '' AND collected_by <> '' AND method <> ''", name="ck_spm_target_provenance"),
        CheckConstraint("month BETWEEN 0 AND 12", name="ck_spm_target_month"),
        CheckConstraint("target >= 0 AND served >= 0", name="ck_spm_target_counts"),
    )
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    service_code: SpmService = Field(foreign_key="spm_service.code", sa_type=coded(SpmService))
    year: int = Field(index=True)
    month: int
    target: int | None = None
    served: int | None = None
    as_of: date
    source: str = Field(sa_type=ORDERED_TEXT)
    collected_by: str
    method: str
    note: str | None = None
    recorded_at: datetime
    recorded_by_staff_id: UUID | None = Field(default=None, foreign_key="staff.id")
