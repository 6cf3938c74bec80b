"""The agencies (OPD) and others that take part, and the units inside them."""

from uuid import UUID

from sqlmodel import Field, SQLModel

from integration.db.base import ORDERED_TEXT, uuid7


class OrganizationRow(SQLModel, table=True):
    """An agency, hospital, village government or partner."""

    __tablename__ = "organization"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    code: str = Field(unique=True, sa_type=ORDERED_TEXT)
    short_name: str
    name: str
    kind: str
    parent_id: UUID | None = Field(default=None, foreign_key="organization.id", index=True)
    case_kinds: str = ""


class OrgUnitRow(SQLModel, table=True):
    """A unit (sekretariat, bidang) of an organization."""

    __tablename__ = "org_unit"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id", index=True)
    code: str = Field(unique=True, sa_type=ORDERED_TEXT)
    name: str
