"""The 12 kinds of social welfare resources (PSKS), and who and what there is of them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from integration.db.base import ORDERED_TEXT, SEALED, uuid7


class PsksTypeRow(SQLModel, table=True):
    """A kind of resource that can help: a worker, a volunteer corps, an institution."""

    __tablename__ = "psks_type"
    code: str = Field(primary_key=True, sa_type=ORDERED_TEXT)
    term: str
    name: str
    definition: str


class PsksResourceRow(SQLModel, table=True):
    """A person or body who helps. `active_to` is the day it ended; None while it helps.

    `open_key` is set while it is active (kind, place and folded name), so that the same is not recorded twice.
    """

    __tablename__ = "psks_resource"
    __table_args__ = (CheckConstraint("source <> ''", name="ck_psks_resource_provenance"),)
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    version: int = 1
    type_code: str = Field(foreign_key="psks_type.code", index=True, sa_type=ORDERED_TEXT)
    name: str
    name_key: str = Field(index=True, sa_type=ORDERED_TEXT)
    region_code: str = Field(foreign_key="region.code", index=True, sa_type=ORDERED_TEXT)
    phone_sealed: bytes | None = Field(default=None, sa_type=SEALED)
    active_from: date | None = None
    active_to: date | None = None
    open_key: str | None = Field(default=None, unique=True, sa_type=ORDERED_TEXT)
    source: str = Field(sa_type=ORDERED_TEXT)
    as_of: date
    recorded_at: datetime
    recorded_by_staff_id: UUID | None = Field(default=None, foreign_key="staff.id")


class PsksStocktakeRow(SQLModel, table=True):
    """Somebody looked everywhere in a kecamatan for a kind of resource: what is not on record there is not there."""

    __tablename__ = "psks_stocktake"
    __table_args__ = (CheckConstraint("source <> ''", name="ck_psks_stocktake_provenance"),)
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    region_code: str = Field(foreign_key="region.code", index=True, sa_type=ORDERED_TEXT)
    type_code: str = Field(foreign_key="psks_type.code", sa_type=ORDERED_TEXT)
    source: str = Field(sa_type=ORDERED_TEXT)
    as_of: date
    recorded_at: datetime
    recorded_by_staff_id: UUID | None = Field(default=None, foreign_key="staff.id")
