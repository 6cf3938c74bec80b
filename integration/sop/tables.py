"""The nine steps of the complaint procedure and the decrees they rest on."""

from datetime import date
from uuid import UUID

from sqlmodel import Field, SQLModel

from integration.codes import Role
from integration.db.base import ORDERED_TEXT, coded, uuid7


class LegalBasisRow(SQLModel, table=True):
    """A law, decree or letter. `states_aim`: whether it says what the agency's service is for, and for whom."""

    __tablename__ = "legal_basis"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    code: str = Field(unique=True, sa_type=ORDERED_TEXT)
    title: str
    number: str | None = None
    year: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    states_aim: bool = False


class SopStepRow(SQLModel, table=True):
    """One step, in the decree's own words."""

    __tablename__ = "sop_step"
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    text: str
    role: Role = Field(sa_type=coded(Role))
    legal_basis_id: UUID = Field(foreign_key="legal_basis.id")
