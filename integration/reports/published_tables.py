"""The figures of periods that are over, as they were when they were fixed: what is published is counted from these."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from integration.codes import ChannelKind, ReportCategory
from integration.db.base import ORDERED_TEXT, coded, uuid7


class PublishedPeriodRow(SQLModel, table=True):
    """A period of so many whole months whose figures are fixed, with reports or without. `start` is its first month,
    as 2024-01.
    """

    __tablename__ = "published_period"
    start: str = Field(primary_key=True, sa_type=ORDERED_TEXT)
    months: int
    fixed_at: datetime


class PublishedCountRow(SQLModel, table=True):
    """How many reports of one kind a month had when its period was fixed. Kinds without reports have no row."""

    __tablename__ = "published_count"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    period: str = Field(foreign_key="published_period.start", index=True, sa_type=ORDERED_TEXT)
    month: str
    district_code: str | None = Field(default=None, sa_type=ORDERED_TEXT)
    category: ReportCategory | None = Field(default=None, sa_type=coded(ReportCategory))
    channel: ChannelKind = Field(sa_type=coded(ChannelKind))
    count: int
