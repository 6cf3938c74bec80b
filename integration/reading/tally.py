"""Counting in groups: one statement over the same visible rows as the lists, and a table in plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, TypeAlias

import sqlalchemy as sa
from sqlalchemy import ColumnElement, FromClause

from integration.codes import Language
from integration.db.readers import Snapshot
from integration.reading.answer import Answer, BadRequest
from integration.reading.builder import Items, compile_items
from integration.reading.dialect import Compiled
from integration.reading.filters import Spot
from integration.reading.scope import Asking, Parameter, Scope
from integration.reading.selection import Arguments, Pick, Selection
from integration.reading.shape import Constant, Field, Object, Value
from integration.reading.view import Columns, Dimension, Tally

MOST_DIMENSIONS = 3
MOST_ROWS = 5_000
# Key, labels, count, and whether it is withheld.
TableRow: TypeAlias = tuple[Sequence[str | None], Sequence[str | None], int | None, bool]


class TablePlan(Protocol):
    """A planned table of figures."""

    async def read(self, asking: Asking, snapshot: Snapshot) -> Answer:
        """Count, and fill the table."""
        ...


@dataclass(frozen=True, slots=True)
class Figures:
    """A table in plain data. `since` and `until` are the days it speaks of, both included; without them it speaks of
    all reports up to now.
    """

    rows: Sequence[TableRow]
    source: Mapping[Language, str]
    published: bool = False
    since: date | None = None
    until: date | None = None


@dataclass(slots=True)
class Shown:
    """What was selected of a table, and the functions that build its rows."""

    names: list[str]
    selection: Selection
    rows: dict[str, Items] = field(default_factory=dict)

    @classmethod
    def of(cls, names: list[str], selection: Selection) -> "Shown":
        """For a selection of the table's type."""
        shown = cls(names, selection)
        for inner in selection.picks:
            if inner.name == "rows":
                assert inner.children is not None
                shown.rows[inner.key] = compile_items(_row(inner.children), [])
        return shown

    def fill(self, figures: Figures, asking: Asking) -> Answer:
        """The table as an answer. BadRequest if it has too many groups."""
        if len(figures.rows) > MOST_ROWS:
            raise BadRequest(
                "BAD_USER_INPUT",
                f"These dimensions give more than {MOST_ROWS} groups. Narrow the filter or leave one out.",
                f"Dimensi ini menghasilkan lebih dari {MOST_ROWS} kelompok. Persempit filter atau kurangi dimensi.",
                ("groupBy",),
            )
        facts = {
            "columns": self.names,
            "asOf": _moment(asking.now),
            "published": figures.published,
            "from": figures.since and figures.since.isoformat(),
            "to": figures.until and figures.until.isoformat(),
            "source": figures.source[asking.viewer.language],
            "__typename": self.selection.type_name,
        }
        return Answer(
            {
                pick.key: self.rows[pick.key](figures.rows, None) if pick.name == "rows" else facts[pick.name]
                for pick in self.selection.picks
            }
        )


def _moment(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


@dataclass(slots=True)
class TallyPlan:
    """A planned count of the rows a viewer may see: its statement, and how the table is shown."""

    statement: Compiled
    parameters: list[Parameter]
    shown: Shown
    source: Mapping[Language, str]

    async def read(self, asking: Asking, snapshot: Snapshot) -> Answer:
        """Count, and fill the table."""
        values = {parameter.name: parameter.get(asking) for parameter in self.parameters}
        counted = await snapshot.fetch(self.statement.sql, self.statement.arguments(values))
        width = len(self.shown.names)
        # Nothing is withheld where every row behind a count may be seen.
        rows = [(list(row[:width]), list(row[width : 2 * width]), row[2 * width], False) for row in counted]
        return self.shown.fill(Figures(rows, self.source), asking)


def plan_tally(scope: Scope, pick: Pick, edge: Tally, arguments: Arguments) -> TablePlan:
    """The plan of a count; BadRequest for dimensions that can't be counted by."""
    assert pick.slot is not None and pick.children is not None
    given = arguments[pick.slot]
    names = [str(name) for name in given["groupBy"]]
    _check(scope, given["groupBy"], names)
    shown = Shown.of(names, pick.children)
    if edge.published is not None and not scope.has(*edge.counted_by):
        return edge.published(scope, shown, pick.slot)
    report = scope.rows(edge.target)
    tests = [scope.visible(edge.target, report.c)]
    tests += [
        condition(Spot(scope, report.c, pick.slot, (name,), given[name]))
        for name, condition in edge.filters.items()
        if name in given
    ]
    statement = _statement(scope, report, [edge.dimensions[name] for name in names], tests)
    return TallyPlan(scope.dialect.compile(statement), list(scope.parameters.values()), shown, edge.source)


def _check(scope: Scope, given: Sequence[Any], names: list[str]) -> None:
    if len(set(names)) != len(names) or len(names) > MOST_DIMENSIONS:
        raise BadRequest(
            "BAD_USER_INPUT",
            f"Group by at most {MOST_DIMENSIONS} different dimensions.",
            f"Kelompokkan menurut paling banyak {MOST_DIMENSIONS} dimensi yang berbeda.",
            ("groupBy",),
        )
    for dimension in given:
        if not scope.allowed(f"{type(dimension).__name__}.{dimension}", scope.roles):
            raise BadRequest(
                "FORBIDDEN",
                "Your role may not group by this.",
                "Peran Anda tidak boleh mengelompokkan menurut ini.",
                ("groupBy",),
            )


def _statement(
    scope: Scope, rows: FromClause, dimensions: Sequence[Dimension], tests: Sequence[ColumnElement[bool]]
) -> sa.Select[Any]:
    source, keys = rows, []
    for index, dimension in enumerate(dimensions):
        columns: Columns = rows.c
        if dimension.link is not None:
            link, joined_on = dimension.link(rows.c, scope)
            source, columns = source.outerjoin(link, joined_on), link.c
        key = columns[dimension.source] if isinstance(dimension.source, str) else dimension.source(columns, scope)
        keys.append(key.label(f"k{index}"))
    # Labels are looked up once per group, not once per row counted.
    grouped = sa.select(*keys, sa.func.count().label("n")).select_from(source).where(*tests)
    grouped = grouped.group_by(*(sa.literal_column(str(i + 1)) for i in range(len(keys)))) if keys else grouped
    found = grouped.subquery("grouped")
    shown = [found.c[f"k{index}"] for index in range(len(keys))]
    labels = [d.label(key, scope) if d.label else key for d, key in zip(dimensions, shown, strict=True)]
    order = [part for key in shown for part in (key.is_(None), scope.dialect.by_code_point(key))]
    return sa.select(*shown, *labels, found.c.n).order_by(*order).limit(MOST_ROWS + 1)


def _row(selection: Selection) -> Object:
    contents: Mapping[str, Value | Constant] = {
        "key": Value(0, None, may_be_null=False),
        "labels": Value(1, None, may_be_null=False),
        "count": Value(2, None, may_be_null=False),
        "suppressed": Value(3, None, may_be_null=False),
        "__typename": Constant(selection.type_name),
    }
    return Object(selection.type_name, [Field(p.key, p.name, p.required, contents[p.name]) for p in selection.picks])
