"""The statements behind measures: one for all numbers of a group's own rows, one for each kind of rows joined to them,
one for all spans of time. All of them group the same visible rows by the same keys.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol, TypeAlias

import sqlalchemy as sa
from sqlalchemy import ColumnElement, FromClause

from integration.db.readers import Row
from integration.reading.dialect import number
from integration.reading.figures import UNKNOWN, Figure, counted, days, percent
from integration.reading.scope import Scope
from integration.reading.view import Columns, Counted, Dimension, Link, Measure, Quantile, Share, Tally

Key: TypeAlias = tuple[str | None, ...]
_ONE: ColumnElement[int] = sa.literal_column("1")


@dataclass(frozen=True, slots=True)
class Ground:
    """The rows that count, joined to what they are grouped by: one row for each group a row belongs to."""

    rows: FromClause
    source: FromClause
    keys: Sequence[ColumnElement[Any]]
    tests: Sequence[ColumnElement[bool]]

    @classmethod
    def of(
        cls, scope: Scope, rows: FromClause, dimensions: Sequence[Dimension], tests: Sequence[ColumnElement[bool]]
    ) -> "Ground":
        """Rows that meet tests, by dimensions."""
        source, keys = rows, []
        for index, dimension in enumerate(dimensions):
            columns: Columns = rows.c
            if dimension.link is not None:
                link, joined_on = dimension.link(rows.c, scope)
                source, columns = source.outerjoin(link, joined_on), link.c
            key = columns[dimension.source] if isinstance(dimension.source, str) else dimension.source(columns, scope)
            keys.append(key.label(f"k{index}"))
        return cls(rows, source, keys, tests)

    def grouped(self, link: tuple[FromClause, ColumnElement[bool]] | None, *columns: Any) -> sa.Select[Any]:
        """These columns for each group of the rows, or of what is linked to them; no groups, one row."""
        source = self.source if link is None else self.source.join(*link)
        found = sa.select(*self.keys, *columns).select_from(source).where(*self.tests)
        return found.group_by(*_places(len(self.keys))) if self.keys else found


class Reading(Protocol):
    """Measures that one statement answers."""

    def statement(self, scope: Scope, ground: Ground) -> sa.Select[Any]:
        """Each group's key, and numbers."""
        ...

    def figures(self, rows: Sequence[Row], width: int) -> Mapping[str, Mapping[Key, Figure]]:
        """What the numbers say, by measure and key; a group that is missing is unknown."""
        ...


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of the group's own rows, or of those linked to them."""

    shares: Mapping[str, Share]
    link: "Link | None"

    def statement(self, scope: Scope, ground: Ground) -> sa.Select[Any]:
        link = None if self.link is None else self.link(ground.rows.c, scope)
        columns = ground.rows.c if link is None else link[0].c
        numbers = [
            _how_many(test(columns, scope)) for share in self.shares.values() for test in (share.part, share.whole)
        ]
        return ground.grouped(link, *numbers)

    def figures(self, rows: Sequence[Row], width: int) -> Mapping[str, Mapping[Key, Figure]]:
        found: dict[str, dict[Key, Figure]] = {}
        for place, name in enumerate(self.shares):
            at = width + 2 * place
            found[name] = {tuple(row[:width]): percent(row[at] or 0, row[at + 1] or 0) for row in rows}
        return found


@dataclass(frozen=True, slots=True)
class Quantiles:
    """Quantiles of spans of time. `counts_rows` adds how many rows the spans belong to."""

    spans: Any
    quantiles: Mapping[str, Quantile]
    counts_rows: bool = False

    @property
    def shares(self) -> Sequence[Fraction]:
        """The different shares, in the order of their columns."""
        return sorted({one.at for one in self.quantiles.values()})

    def statement(self, scope: Scope, ground: Ground) -> sa.Select[Any]:
        spans = self.spans(scope, frozenset(one.kind for one in self.quantiles.values()))
        # Groups are sorted, which by code points is fastest.
        keys = [scope.dialect.by_code_point(key.element).label(key.key) for key in ground.keys]
        lengths = (
            sa.select(*keys, spans.c.kind, spans.c.length, spans.c.row_id)
            .select_from(ground.source.join(spans, spans.c.row_id == ground.rows.c.id))
            .where(*ground.tests)
            .subquery(scope.alias())
        )
        return scope.dialect.quantiles(lengths, len(keys) + 1, self.shares, self.counts_rows)

    def figures(self, rows: Sequence[Row], width: int) -> Mapping[str, Mapping[Key, Figure]]:
        return {
            name: {key: days(self.quantiles[name].at, cases, length) for key, (cases, length, _) in told.items()}
            for name, told in self.lengths(rows, width).items()
        }

    def lengths(self, rows: Sequence[Row], width: int) -> Mapping[str, Mapping[Key, tuple[int, float, int]]]:
        """By measure and key: how many cases, their quantile in microseconds, and the last number of the row."""
        found: dict[str, dict[Key, tuple[int, float, int]]] = {name: {} for name in self.quantiles}
        for row in rows:
            key, kind, cases = tuple(row[:width]), row[width], row[width + 1]
            for name, quantile in self.quantiles.items():
                if quantile.kind == kind:
                    found[name][key] = cases, row[width + 2 + self.shares.index(quantile.at)], row[-1]
        return found


def readings(edge: Tally, names: Sequence[str]) -> Sequence[Reading]:
    """As few statements as answer these measures; a count alone needs none, as it comes with the groups."""
    measures = {name: edge.measures[name].how for name in names}
    by_link: dict[Any, dict[str, Share]] = {}
    for name, how in measures.items():
        if isinstance(how, Share):
            by_link.setdefault(how.link, {})[name] = how
    quantiles = {name: how for name, how in measures.items() if isinstance(how, Quantile)}
    found: list[Reading] = [Shares(shares, link) for link, shares in by_link.items()]
    return [*found, Quantiles(edge.spans, quantiles)] if quantiles else found


def told(
    measures: Mapping[str, Measure], key: Key, count: int, found: Mapping[str, Mapping[Key, Figure]]
) -> Sequence[Figure]:
    """The figures of a group, in the order of the measures."""
    return [
        counted(count) if isinstance(one.how, Counted) else found[name].get(key, UNKNOWN)
        for name, one in measures.items()
    ]


def _how_many(test: ColumnElement[bool]) -> ColumnElement[int]:
    return sa.func.sum(sa.case((test, _ONE), else_=number(0)))


def _places(count: int) -> Sequence[ColumnElement[Any]]:
    return [number(at + 1) for at in range(count)]
