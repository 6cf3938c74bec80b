"""The agencies (OPD) and others that take part, and the units inside them."""

from datetime import date
from uuid import UUID

from sqlmodel import Field, SQLModel

from integration.db.base import ORDERED_TEXT, uuid7


class OrganizationRow(SQLModel, table=True):
    """An agency, hospital, village government or partner.

    The agreement is what it may ask of the registry: its number, for which purposes (codes, comma-joined) and until
    which day, local time, inclusive.
    """

    __tablename__ = "organization"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    code: str = Field(unique=True, sa_type=ORDERED_TEXT)
    short_name: str
    name: str
    kind: str
    parent_id: UUID | None = Field(default=None, foreign_key="organization.id", index=True)
    case_kinds: str = ""
    agreement_number: str | None = None
    agreement_purposes: str | None = None
    agreement_valid_to: date | None = None


class OrgUnitRow(SQLModel, table=True):
    """A unit (sekretariat, bidang) of an organization."""

    __tablename__ = "org_unit"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id", index=True)
    code: str = Field(unique=True, sa_type=ORDERED_TEXT)
    name: str
