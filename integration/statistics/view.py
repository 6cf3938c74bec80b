"""How statistics are read: series and their figures by everyone, small counts of people by the office; a printed table
by everyone once it was accepted, before that by those who bring tables in.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.access.viewer import OFFICE
from integration.codes import Language, Severity
from integration.reading.filters import code_of, fields, known, on, operators, within
from integration.reading.scope import Scope
from integration.reading.view import (
    ID,
    Columns,
    Kind,
    Leaf,
    Many,
    One,
    OrderKey,
    SeenWith,
    View,
    by,
    code,
    day,
    flag,
    integer,
    moment,
    relay_id,
    table,
    text,
    words,
)
from integration.statistics.codes import (
    PrintedTableState,
    StatisticColumns,
    StatisticGap,
    StatisticState,
    TableRule,
)
from integration.statistics.roles import STAGERS
from integration.statistics.tables import PrintedTableRow, StatisticSeriesRow, StatisticValueRow, TableFindingRow

_ABOUT = {
    name: text(column)
    for name, column in {
        "concept": "concept",
        "definition": "definition",
        "classification": "classification",
        "measure": "measure",
        "unit": "unit",
        "source": "source",
        "collectedBy": "collected_by",
        "method": "method",
        "licence": "licence",
    }.items()
}
BY_PLACE = by("place", OrderKey("place", Kind.INT), ID)


def _told(indonesian: str, english: str) -> Leaf:
    """A text kept in both languages, in the reader's."""

    def source(columns: Columns, scope: Scope) -> ColumnElement[Any]:
        name = scope.bind("viewer_language", Kind.TEXT, lambda asking: str(asking.viewer.language))
        is_english = scope.dialect.bind(name, Kind.TEXT) == sa.literal_column(f"'{Language.EN.value}'")
        return sa.case((is_english, columns[english]), else_=columns[indonesian])

    return Leaf(source, Kind.TEXT)


def _shown(value: Columns, scope: Scope) -> ColumnElement[bool]:
    """Whether a figure is shown to these viewers."""
    return sa.true() if scope.has(*OFFICE) else sa.not_(value.withheld)


def _value(value: Columns, scope: Scope) -> ColumnElement[Any]:
    return sa.case((_shown(value, scope), value.value))


def _working(value: Columns, scope: Scope) -> ColumnElement[Any]:
    return sa.case((_shown(value, scope), value.working))


def _state(value: Columns, scope: Scope) -> ColumnElement[Any]:
    suppressed: ColumnElement[Any] = sa.literal_column(f"'{StatisticState.SUPPRESSED.value}'")
    return sa.case((_shown(value, scope), value.state), else_=suppressed)


def _gap(value: Columns, scope: Scope) -> ColumnElement[Any]:
    # Of what is withheld it is not said either whether there is a figure.
    return sa.case((_shown(value, scope), value.gap))


def _doubts(value: Columns, scope: Scope) -> ColumnElement[Any]:
    return sa.case((_shown(value, scope), value.doubts), else_=sa.literal_column("''"))


def _table_visible(printed: Columns, scope: Scope) -> ColumnElement[bool]:
    if scope.has(*STAGERS):
        return sa.true()
    accepted: ColumnElement[bool] = printed.state == sa.literal_column(f"'{PrintedTableState.ACCEPTED.value}'")
    return accepted


def _series_code(value: Columns, scope: Scope) -> ColumnElement[Any]:
    series = table(StatisticSeriesRow).alias(scope.alias())
    return sa.select(series.c.code).where(series.c.id == value.series_id).scalar_subquery()


_code = operators(on("code"), Kind.TEXT, known("StatisticSeries"))
_value_filter = fields(
    "StatisticValueFilter",
    {
        "series": operators(on(_series_code), Kind.TEXT, known("StatisticSeries")),
        "region": within("region_code"),
    },
)

series = View(
    "StatisticSeries",
    table(StatisticSeriesRow),
    visible=None,
    fields={
        "id": relay_id("StatisticSeries"),
        "code": text("code"),
        "title": _told("title", "title_en"),
        **_ABOUT,
        "formula": text("formula"),
        "aboutPeople": flag("about_people"),
        "asOf": day("as_of"),
        "updatedAt": moment("updated_at"),
    },
    edges={
        "values": Many("StatisticValue", "id", "series_id", BY_PLACE, paged=True),
        "table": One("PrintedTable", "table_id"),
    },
    roots={
        "statisticSeries": Many(
            "StatisticSeries",
            order=by("code", OrderKey("code", Kind.TEXT)),
            filters={"filter": fields("StatisticSeriesFilter", {"code": _code})},
            paged=True,
        )
    },
)
value = View(
    "StatisticValue",
    table(StatisticValueRow),
    visible=None,
    fields={
        "group": text("row_group"),
        "category": text("category"),
        "periodFrom": day("period_from"),
        "periodTo": day("period_to"),
        "state": code(StatisticState, _state),
        "value": text(_value),
        "unknownReason": code(StatisticGap, _gap),
        "doubts": words(TableRule, _doubts),
        "working": text(_working),
        "asOf": day("as_of"),
    },
    edges={
        "series": One("StatisticSeries", "series_id"),
        "region": One("Region", "region_code", "code"),
        "table": One("PrintedTable", "table_id"),
    },
    roots={
        "statisticValues": Many("StatisticValue", order=BY_PLACE, filters={"filter": _value_filter}, paged=True),
    },
)
printed_table = View(
    "PrintedTable",
    table(PrintedTableRow),
    visible=_table_visible,
    fields={
        "id": relay_id("PrintedTable"),
        "version": integer("version"),
        "seriesCode": text("series_code"),
        "title": _told("title", "title_en"),
        **_ABOUT,
        "aboutPeople": flag("about_people"),
        "columns": code(StatisticColumns, "columns"),
        "periodFrom": day("period_from"),
        "periodTo": day("period_to"),
        "asOf": day("as_of"),
        "tolerance": text("tolerance"),
        "state": code(PrintedTableState, "state"),
        "rows": integer("rows"),
        "errors": integer("errors"),
        "warnings": integer("warnings"),
        "note": text("note"),
        "createdAt": moment("created_at"),
        "decidedAt": moment("decided_at"),
    },
    edges={
        "findings": Many("TableFinding", "id", "table_id", by("place", OrderKey("place", Kind.INT))),
    },
    roots={
        "printedTables": Many(
            "PrintedTable",
            order=by("createdAt", OrderKey("created_at", Kind.TIME), ID, descending=True),
            filters={"state": code_of(on("state"))},
            paged=True,
        )
    },
)
finding = View(
    "TableFinding",
    table(TableFindingRow),
    visible=None,
    seen_with=SeenWith("PrintedTable", "id", "table_id"),
    key="place",
    fields={
        "rule": code(TableRule, "rule"),
        "severity": code(Severity, "severity"),
        "row": text("row"),
        "column": text("column"),
        "expected": text("expected"),
        "printed": text("printed"),
        "difference": text("difference"),
        "message": _told("message", "message_en"),
    },
)
VIEWS = (series, value, printed_table, finding)
