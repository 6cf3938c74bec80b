"""Releases of the welfare registry (DTKS until 2025, DTSEN since), their records, and programme enrolments."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from integration.codes import EnrolmentStatus, RecordValidity, RegistryMatchResult, RegistryScheme, RegistryStatus
from integration.db.base import ORDERED_TEXT, coded, uuid7


class RegistryReleaseRow(SQLModel, table=True):
    """One delivery of the registry."""

    __tablename__ = "registry_release"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    scheme: RegistryScheme = Field(sa_type=coded(RegistryScheme))
    period: str = Field(sa_type=ORDERED_TEXT)
    received_at: datetime
    source: str
    people: int
    supersedes_id: UUID | None = Field(default=None, foreign_key="registry_release.id")


class RegistryRecordRow(SQLModel, table=True):
    """What one release says of one person.

    `as_of` is the day the fact was last checked in the source, None where the source gives no day: then nobody knows
    how old it is. `region_code` is where it places the person, `validity` what our checks and the civil registry's mark
    make of the row; both are empty where nobody looked.
    """

    __tablename__ = "registry_record"
    __table_args__ = (Index(None, "release_id", "person_id"),)
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    release_id: UUID = Field(foreign_key="registry_release.id")
    desil: int | None = None
    status: RegistryStatus = Field(sa_type=coded(RegistryStatus))
    as_of: date | None = None
    region_code: str | None = Field(default=None, foreign_key="region.code", sa_type=ORDERED_TEXT)
    validity: RecordValidity | None = Field(default=None, sa_type=coded(RecordValidity))


class ProgrammeRow(SQLModel, table=True):
    """An aid programme (PKH, Sembako, PBI-JK ...)."""

    __tablename__ = "programme"
    code: str = Field(primary_key=True, sa_type=ORDERED_TEXT)
    name: str


class EnrolmentRow(SQLModel, table=True):
    """A person's place in a programme."""

    __tablename__ = "enrolment"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    programme_code: str = Field(foreign_key="programme.code", index=True, sa_type=ORDERED_TEXT)
    status: EnrolmentStatus = Field(sa_type=coded(EnrolmentStatus))
    from_date: date | None = None
    to_date: date | None = None


class RegistryUseRow(SQLModel, table=True):
    """How often an agency asked whether somebody is in the registry, and what it was told: no word of whom.

    One row for each request and result. Without `organization_id` whoever asked belongs to none.
    """

    __tablename__ = "registry_use"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    at: datetime = Field(index=True)
    organization_id: UUID | None = Field(default=None, foreign_key="organization.id", index=True)
    purpose: str | None = Field(default=None, sa_type=ORDERED_TEXT)
    result: RegistryMatchResult = Field(sa_type=coded(RegistryMatchResult))
    count: int
