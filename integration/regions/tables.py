"""Provinces, regencies, districts and villages by Kemendagri code, and the other names people use for them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from integration.codes import RegionLevel
from integration.db.base import ORDERED_TEXT, coded, uuid7


class RegionRow(SQLModel, table=True):
    """A region.

    Its code carries the hierarchy: 64.02.06 lies within 64.02 (BPS codes differ and are never stored here).
    """

    __tablename__ = "region"
    code: str = Field(primary_key=True, sa_type=ORDERED_TEXT)
    parent_code: str | None = Field(default=None, foreign_key="region.code", index=True, sa_type=ORDERED_TEXT)
    level: RegionLevel = Field(sa_type=coded(RegionLevel))
    kind: str
    name: str = Field(sa_type=ORDERED_TEXT)
    former_parent_code: str | None = None


class RegionAliasRow(SQLModel, table=True):
    """Another name of a region: a spelling, an abbreviation, a former parent."""

    __tablename__ = "region_alias"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    region_code: str = Field(foreign_key="region.code", index=True, sa_type=ORDERED_TEXT)
    alias: str
    kind: str


class PopulationRow(SQLModel, table=True):
    """How many people live in a region, as somebody published it. Without a row it is not known.

    Rows are only added: of a year the last one recorded holds, and what came with the program has no `recorded_at`.
    """

    __tablename__ = "population"
    __table_args__ = (CheckConstraint("source <> '' AND people > 0", name="ck_population_provenance"),)
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    region_code: str = Field(foreign_key="region.code", index=True, sa_type=ORDERED_TEXT)
    year: int
    people: int
    source: str = Field(sa_type=ORDERED_TEXT)
    recorded_at: datetime | None = None
    recorded_by_staff_id: UUID | None = Field(default=None, foreign_key="staff.id")
