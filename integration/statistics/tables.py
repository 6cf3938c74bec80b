"""Series of statistics, their figures, and the printed tables they come from with what was found in them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from integration.codes import Severity
from integration.db.base import ORDERED_TEXT, coded, uuid7
from integration.statistics.codes import (
    PrintedTableState,
    StatisticColumns,
    StatisticGap,
    StatisticState,
    TableRule,
)


def _said(*columns: str) -> str:
    return " AND ".join(f"length(trim({column})) > 0" for column in columns)


class PrintedTableRow(SQLModel, table=True):
    """A table as somebody printed it, what it says of itself, and how far it has come.

    `content` is the text as it came; it holds sums, and no text with identity or telephone numbers is taken in.
    `tolerance` is a decimal in text, in the table's unit. `note` says why it was accepted with doubts, or discarded.
    """

    __tablename__ = "printed_table"
    __table_args__ = (
        CheckConstraint(_said("source", "collected_by", "method"), name="ck_printed_table_provenance"),
        Index("ix_printed_table_series_code", "series_code"),
    )
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    series_code: str = Field(sa_type=ORDERED_TEXT)
    title: str
    title_en: str
    concept: str
    definition: str
    classification: str
    measure: str
    unit: str
    source: str
    collected_by: str
    method: str
    licence: str
    about_people: bool
    columns: StatisticColumns = Field(sa_type=coded(StatisticColumns))
    period_from: date
    period_to: date
    as_of: date
    tolerance: str
    content: str
    state: PrintedTableState = Field(sa_type=coded(PrintedTableState))
    version: int = 1
    rows: int
    errors: int
    warnings: int
    note: str | None = None
    created_at: datetime
    created_by: str
    decided_at: datetime | None = None
    decided_by: str | None = None


class TableFindingRow(SQLModel, table=True):
    """Something that does not fit in a printed table, as it was found when the table came. Numbers are decimals in
    text; `message` is Indonesian.
    """

    __tablename__ = "table_finding"
    table_id: UUID = Field(foreign_key="printed_table.id", primary_key=True)
    place: int = Field(primary_key=True)
    rule: TableRule = Field(sa_type=coded(TableRule))
    severity: Severity = Field(sa_type=coded(Severity))
    row: str | None = None
    column: str | None = None
    expected: str | None = None
    printed: str | None = None
    difference: str | None = None
    message: str
    message_en: str


class StatisticSeriesRow(SQLModel, table=True):
    """A series of figures about one thing, in one unit, with where it comes from.

    A series with a `formula` is computed from others. `about_people` marks counts of people in need, whose small
    figures are withheld. `loaded` is a digest of the data files a series was loaded from.
    """

    __tablename__ = "statistic_series"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint(_said("source", "collected_by", "method"), name="ck_statistic_series_provenance"),
    )
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    code: str = Field(sa_type=ORDERED_TEXT)
    title: str
    title_en: str
    concept: str
    definition: str
    classification: str
    measure: str
    unit: str
    source: str
    collected_by: str
    method: str
    licence: str
    about_people: bool
    formula: str | None = None
    as_of: date
    updated_at: datetime
    table_id: UUID | None = Field(default=None, foreign_key="printed_table.id", index=True)
    loaded: str | None = None


class StatisticValueRow(SQLModel, table=True):
    """A figure of a series: known, or unknown for a reason; never one of these by being empty.

    `key` is region, group, category and period in one; `place` its place in the printed table. `value` is a decimal in
    text. `doubts` are the rules of the findings that touch it, joined by commas. `working` shows how a computed one
    was computed. `withheld` ones are shown only to those who may see small counts of people.
    """

    __tablename__ = "statistic_value"
    __table_args__ = (
        UniqueConstraint("series_id", "key"),
        CheckConstraint("(state = 'KNOWN') = (value IS NOT NULL)", name="ck_statistic_value_known"),
        CheckConstraint("(state = 'UNKNOWN') = (gap IS NOT NULL)", name="ck_statistic_value_unknown"),
    )
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    series_id: UUID = Field(foreign_key="statistic_series.id")
    key: str = Field(sa_type=ORDERED_TEXT)
    place: int
    region_code: str | None = Field(default=None, foreign_key="region.code", index=True, sa_type=ORDERED_TEXT)
    row_group: str | None = None
    category: str | None = None
    period_from: date
    period_to: date
    state: StatisticState = Field(sa_type=coded(StatisticState))
    value: str | None = None
    gap: StatisticGap | None = Field(default=None, sa_type=coded(StatisticGap))
    doubts: str = ""
    working: str | None = None
    withheld: bool = False
    as_of: date
    table_id: UUID | None = Field(default=None, foreign_key="printed_table.id", index=True)
