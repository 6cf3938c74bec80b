"""The pieces of a plan: levels, and the flat statement of one while it is put together."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, FromClause

from integration.reading.builder import Items
from integration.reading.dialect import Convert
from integration.reading.fetching import Statements
from integration.reading.paging import Paging
from integration.reading.scope import Parameter, Scope
from integration.reading.shape import Object, PageField
from integration.reading.view import Kind, One


@dataclass(slots=True)
class Level:
    """One list of an answer: its rows, what it builds, and the levels below it.

    `keys` says that it is fetched for the keys of the level above; its rows then end with the parent's key. `above`
    is the listing and the column that these keys are in, `rows` and `count` are the places of its own listings.
    """

    target: str
    type_name: str
    keys: Kind | None
    name: str
    above: tuple[str, str] | None = None
    rows: int | None = None
    count: int | None = None
    page: Paging | None = None
    page_fields: tuple[PageField, ...] = ()
    cursor_columns: tuple[tuple[int, Convert | None], ...] = ()
    variants: list[Object] = field(default_factory=list)
    items: list[Items] = field(default_factory=list)
    below: list[tuple["Level", int]] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    single: bool = False


@dataclass(slots=True)
class Plan:
    """Everything about a selection that does not depend on the values of a request."""

    root: Level
    statements: Statements
    required_items: bool
    parameters: list[Parameter]
    refused: list[tuple[tuple[str, ...], str]]

    @property
    def is_one_statement(self) -> bool:
        """Whether all is read by a single statement."""
        return self.statements.is_one


class Flat:
    """A flat statement under construction: one noun, its joins, and the columns asked of them."""

    def __init__(self, scope: Scope, level: Level, rows: FromClause) -> None:
        self.scope = scope
        self.level = level
        self.source: FromClause = rows
        self.columns: list[ColumnElement[Any]] = []
        self._known: dict[tuple[str, str], int] = {}
        self._joins: dict[tuple[str, str], tuple[FromClause, int]] = {}

    def add(self, rows: FromClause, name: str, make: Callable[[], ColumnElement[Any]]) -> int:
        """The index of a column, selected once however often it is asked for."""
        key = (rows.name if isinstance(rows, sa.Alias | sa.Subquery) else str(id(rows)), name)
        if key not in self._known:
            self._known[key] = len(self.columns)
            self.columns.append(make().label(f"c{len(self.columns)}"))
        return self._known[key]

    def join(self, noun: str, here: FromClause, edge_name: str, edge: One) -> tuple[FromClause, int]:
        """The rows of a to-one edge, joined once, and the column that tells whether there is one."""
        key = (here.name if isinstance(here, sa.Alias | sa.Subquery) else "", edge_name)
        if key not in self._joins:
            scope, there = self.scope, self.scope.rows(edge.target)
            tests = [] if edge.here is None else [there.c[edge.there] == here.c[edge.here]]
            if edge.on is not None:
                tests.append(edge.on(here.c, there.c, scope))
            tests.append(scope.visible_from(noun, edge, edge.target, there.c))
            self.source = self.source.outerjoin(there, sa.and_(*tests))
            view = scope.catalog[edge.target]
            presence = self.add(there, view.key, lambda: there.c[view.key])
            self._joins[key] = (there, presence)
        return self._joins[key]
