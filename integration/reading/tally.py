"""Counting and measuring in groups: over the same visible rows as the lists, and told as a table in plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from integration.db.readers import Row, Snapshot
from integration.reading.answer import Answer, BadRequest
from integration.reading.dialect import Compiled
from integration.reading.figures import MOST_ROWS, Figure, Figures, Shown, TablePlan
from integration.reading.filters import Spot
from integration.reading.measuring import Ground, Key, Reading, readings, told
from integration.reading.scope import Asking, Parameter, Scope
from integration.reading.selection import Arguments, Pick
from integration.reading.view import Dimension, Tally, Words

MOST_DIMENSIONS = 3


@dataclass(slots=True)
class TallyPlan:
    """A planned table of the rows a viewer may see: the statement of its groups, those of its measures, and how it is
    shown.
    """

    statement: Compiled
    measuring: Sequence[tuple[Reading, Compiled]]
    parameters: list[Parameter]
    shown: Shown
    source: Words

    @property
    def is_one_statement(self) -> bool:
        """Whether all is read by a single statement."""
        return not self.measuring

    async def read(self, asking: Asking, snapshot: Snapshot) -> Answer:
        """Count, measure, and fill the table."""
        values = {parameter.name: parameter.get(asking) for parameter in self.parameters}

        async def fetch(statement: Compiled) -> Sequence[Row]:
            return await snapshot.fetch(statement.sql, statement.arguments(values))

        counted = await fetch(self.statement)
        self.shown.check(len(counted))
        width = len(self.shown.names)
        found: dict[str, Mapping[Key, Figure]] = {}
        for reading, statement in self.measuring:
            found |= reading.figures(await fetch(statement), width)
        # Nothing is withheld where every row behind a figure may be seen.
        rows = [
            (
                list(row[:width]),
                list(row[width : 2 * width]),
                row[2 * width],
                False,
                told(self.shown.measures, tuple(row[:width]), row[2 * width], found),
            )
            for row in counted
        ]
        return self.shown.fill(Figures(rows, self.source), asking)


def plan_tally(scope: Scope, pick: Pick, edge: Tally, arguments: Arguments) -> TablePlan:
    """The plan of a table; BadRequest for dimensions that can't be counted by."""
    assert pick.slot is not None and pick.children is not None
    given = arguments[pick.slot]
    names, measures = ([str(name) for name in given[argument]] for argument in ("groupBy", "measures"))
    _check(scope, given["groupBy"], names, measures)
    shown = Shown.of(names, {name: edge.measures[name] for name in measures}, pick.children)
    if edge.published is not None and not scope.has(*edge.counted_by):
        return edge.published(scope, shown, pick.slot)
    report = scope.rows(edge.target)
    tests = [scope.visible(edge.target, report.c)]
    tests += [
        condition(Spot(scope, report.c, pick.slot, (name,), given[name]))
        for name, condition in edge.filters.items()
        if name in given
    ]
    dimensions = [edge.dimensions[name] for name in names]
    ground = Ground.of(scope, report, dimensions, tests)
    compile_ = scope.dialect.compile
    measuring = [(one, compile_(one.statement(scope, ground))) for one in readings(edge, measures)]
    statement = compile_(_groups(scope, ground, dimensions))
    return TallyPlan(statement, measuring, list(scope.parameters.values()), shown, edge.source)


def _check(scope: Scope, given: Sequence[Any], names: list[str], measures: list[str]) -> None:
    if len(set(names)) != len(names) or len(names) > MOST_DIMENSIONS:
        raise BadRequest(
            "BAD_USER_INPUT",
            f"Group by at most {MOST_DIMENSIONS} different dimensions.",
            f"Kelompokkan menurut paling banyak {MOST_DIMENSIONS} dimensi yang berbeda.",
            ("groupBy",),
        )
    if len(set(measures)) != len(measures):
        raise BadRequest("BAD_USER_INPUT", "Name each measure once.", "Sebut tiap ukuran sekali.", ("measures",))
    for dimension in given:
        if not scope.allowed(f"{type(dimension).__name__}.{dimension}", scope.roles):
            raise BadRequest(
                "FORBIDDEN",
                "Your role may not group by this.",
                "Peran Anda tidak boleh mengelompokkan menurut ini.",
                ("groupBy",),
            )


def _groups(scope: Scope, ground: Ground, dimensions: Sequence[Dimension]) -> sa.Select[Any]:
    """The groups with their labels and counts, in order."""
    # Labels are looked up once per group, not once per row counted.
    found = ground.grouped(None, sa.func.count().label("n")).subquery("grouped")
    shown = [found.c[f"k{index}"] for index in range(len(ground.keys))]
    labels = [d.label(key, scope) if d.label else key for d, key in zip(dimensions, shown, strict=True)]
    order = [part for key in shown for part in (key.is_(None), scope.dialect.by_code_point(key))]
    return sa.select(*shown, *labels, found.c.n).order_by(*order).limit(MOST_ROWS + 1)
