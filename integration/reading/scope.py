"""What a view's functions may use when a plan is made: the asker's terms as parameters, other nouns, the clock.

A plan is shared by all viewers of the same clearance, so a viewer's own values (staff id, regions ...) are parameters,
never part of a statement's text.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, FromClause

from integration.access.sealing import Sealer
from integration.access.viewer import Viewer
from integration.codes import Role
from integration.reading.dialect import Dialect
from integration.reading.selection import Arguments
from integration.reading.view import Columns, Kind, Many, One, Rows, SeenWith, View
from integration.settings import Settings


@dataclass(frozen=True, slots=True)
class Asking:
    """One request: who asks, when, with which arguments."""

    viewer: Viewer
    now: datetime
    arguments: Arguments
    sealer: Sealer
    known: Callable[[str, str], bool]
    settings: Settings


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value a statement waits for, and how to get it from a request (raising BadRequest if it will not do)."""

    name: str
    get: Callable[[Asking], Any]


@dataclass(frozen=True, slots=True)
class Clearance:
    """The part of a viewer that decides what a plan may contain: everyone with an equal one shares plans."""

    roles: frozenset[Role]
    has_purpose: bool


@dataclass(slots=True)
class Scope:
    """The hands a view works with while a plan is made."""

    catalog: Mapping[str, View]
    dialect: Dialect
    clearance: Clearance
    allowed: Callable[[str, frozenset[Role]], bool]
    parameters: dict[str, Parameter] = field(default_factory=dict)
    _aliases: int = 0

    @property
    def roles(self) -> frozenset[Role]:
        """The roles this plan is made for."""
        return self.clearance.roles

    def has(self, *roles: Role) -> bool:
        """Whether the plan's viewers hold one of these roles."""
        return not self.roles.isdisjoint(roles)

    # --- parameters

    def bind(self, name: str, kind: Kind, get: Callable[[Asking], Any], array: bool = False) -> str:
        """Register a parameter and give its name for `dialect.bind`, `values` or `among`."""
        if name not in self.parameters:
            convert = self.dialect.to_driver(kind, array)
            self.parameters[name] = Parameter(name, get if convert is None else lambda asking: convert(get(asking)))
        return name

    def viewer(self, attribute: str, kind: Kind = Kind.UUID) -> ColumnElement[Any]:
        """One of the viewer's own values as a parameter."""
        name = self.bind(f"viewer_{attribute}", kind, lambda asking: getattr(asking.viewer, attribute))
        return self.dialect.bind(name, kind)

    def now(self) -> ColumnElement[Any]:
        """The moment of the request as a parameter."""
        return self.dialect.bind(self.bind("now", Kind.TIME, lambda asking: asking.now), Kind.TIME)

    def new_parameter(self, kind: Kind, get: Callable[[Asking], Any], array: bool = False) -> str:
        """A parameter of its own for an argument."""
        return self.bind(f"p{len(self.parameters)}", kind, get, array)

    # --- other nouns

    def alias(self) -> str:
        """A fresh name for one occurrence of a table."""
        self._aliases += 1
        return f"t{self._aliases}"

    def rows(self, noun: str) -> FromClause:
        """A fresh occurrence of a noun's rows."""
        return self.occurrence(self.catalog[noun].rows)

    def occurrence(self, rows: Rows) -> FromClause:
        """A fresh occurrence of a table or of rows made for this plan."""
        return rows.alias(self.alias()) if isinstance(rows, sa.Table) else rows(self).alias(self.alias())

    def visible(self, noun: str, columns: Columns) -> ColumnElement[bool]:
        """The condition under which this plan's viewers may see a row of a noun."""
        view = self.catalog[noun]
        if view.visible is not None:
            return view.visible(columns, self)
        return sa.true() if view.seen_with is None else self.seen_with(view.seen_with, columns)

    def seen_with(self, with_: SeenWith, columns: Columns) -> ColumnElement[bool]:
        """Whether this plan's viewers may see a row of another noun that points at this one."""
        there = self.rows(with_.noun)
        rule = self.visible(with_.noun, there.c)
        if isinstance(rule, sa.True_):
            return rule
        return sa.exists(sa.select(sa.literal_column("1")).where(there.c[with_.there] == columns[with_.here], rule))

    def visible_from(self, noun: str, edge: One | Many, target: str, columns: Columns) -> ColumnElement[bool]:
        """The same for a row reached by an edge from a row of `noun` that is visible already."""
        with_ = self.catalog[target].seen_with
        # A link table in between would be another relation than the rule speaks of.
        is_direct = isinstance(edge, One) or edge.through is None
        if with_ is None or not is_direct or (with_.noun, with_.there, with_.here) != (noun, edge.here, edge.there):
            return self.visible(target, columns)
        return sa.true() if with_.gate is None else with_.gate(columns, self)

    # --- regions

    def in_viewer_regions(self, column: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether a region code lies within one of the viewer's regions."""
        name = self.bind("viewer_regions", Kind.TEXT, lambda asking: list(asking.viewer.regions), array=True)
        regions = self.dialect.values(name, Kind.TEXT)
        return sa.exists(
            sa.select(sa.literal_column("1")).select_from(regions).where(lies_within(column, regions.c.value))
        )


def lies_within(code: ColumnElement[Any], region: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a region code is a region or below it.

    Codes carry the hierarchy, dot by dot; 64.02 does not contain 64.021.
    """
    dotted = region + sa.literal_column("'.'")
    return sa.func.substr(code + sa.literal_column("'.'"), sa.literal_column("1"), sa.func.length(dotted)) == dotted


def walk(arguments: Arguments, slot: int, path: Sequence[str | int]) -> Any:
    """The value at a path below one slot of arguments."""
    value: Any = arguments[slot]
    for step in path:
        value = value[step]
    return value
