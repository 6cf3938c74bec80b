"""People and families as the registry knows them. NIK and KK are sealed, found only by blind index."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from integration.codes import Sex
from integration.db.base import ORDERED_TEXT, SEALED, coded, uuid7


class FamilyRow(SQLModel, table=True):
    """A family card (kartu keluarga). `household_index` finds it by the registry's own number of the household."""

    __tablename__ = "family"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    kk_sealed: bytes | None = Field(default=None, sa_type=SEALED)
    kk_index: bytes | None = Field(default=None, index=True, sa_type=SEALED)
    household_index: bytes | None = Field(default=None, index=True, sa_type=SEALED)
    region_code: str | None = Field(default=None, foreign_key="region.code", index=True, sa_type=ORDERED_TEXT)


class PersonRow(SQLModel, table=True):
    """A person. `name_key` is the name folded for search; two people may share one NIK until it is mended.

    `registry_index` finds a person by the registry's own number of them, which stays when the NIK is corrected.
    `merged_into_id` names the person this one turned out to be. Then this row is in no list and never matched, and what
    pointed at it points there (`PersonMergeRow`). It never names a person who is merged themselves.
    """

    __tablename__ = "person"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    name: str
    name_key: str = Field(index=True, sa_type=ORDERED_TEXT)
    nik_sealed: bytes | None = Field(default=None, sa_type=SEALED)
    nik_index: bytes | None = Field(default=None, index=True, sa_type=SEALED)
    registry_index: bytes | None = Field(default=None, index=True, sa_type=SEALED)
    sex: Sex | None = Field(default=None, sa_type=coded(Sex))
    birth_date: date | None = None
    region_code: str | None = Field(default=None, foreign_key="region.code", index=True, sa_type=ORDERED_TEXT)
    deceased: bool | None = None
    family_id: UUID | None = Field(default=None, foreign_key="family.id", index=True)
    family_order: int = 0
    merged_into_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)


class PersonDistinctRow(SQLModel, table=True):
    """Two people an officer has said are not the same, so that it is not suggested again. `person_id` is the smaller
    id.
    """

    __tablename__ = "person_distinct"
    person_id: UUID = Field(foreign_key="person.id", primary_key=True)
    other_id: UUID = Field(foreign_key="person.id", primary_key=True)
    at: datetime
    staff_id: UUID | None = Field(default=None, foreign_key="staff.id")


class PersonPpksRow(SQLModel, table=True):
    """A kind of need recorded for a person."""

    __tablename__ = "person_ppks"
    person_id: UUID = Field(foreign_key="person.id", primary_key=True)
    ppks_code: str = Field(foreign_key="ppks_type.code", primary_key=True, sa_type=ORDERED_TEXT)
    since: date | None = None


class PersonMergeRow(SQLModel, table=True):
    """Two rows found to be one person. `moved` holds, by table, the ids of the rows that were given to the other
    person, so that taking the merge back gives them back.
    """

    __tablename__ = "person_merge"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    into_id: UUID = Field(foreign_key="person.id")
    at: datetime
    staff_id: UUID | None = Field(default=None, foreign_key="staff.id")
    moved: dict[str, list[str]] = Field(default_factory=dict, sa_type=JSON)
    undone_at: datetime | None = None
