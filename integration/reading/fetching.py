"""How a plan's rows come: a statement for each list, or one for all.

A list that stands below another is fetched for the keys of that one's rows. Both ways give the same rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy import Select

from integration.db.readers import Row, Snapshot
from integration.reading.dialect import Compiled, Dialect


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows that a plan fetches, and the name by which lists below refer to them.

    Their columns have names; the last one is the parent's key where there is a parent.
    """

    name: str
    select: Select[Any]


class Fetch(Protocol):
    """The rows of one execution of a plan."""

    async def rows(self, place: int, keys: Sequence[Any] | None, values: Mapping[str, Any]) -> Sequence[Row]:
        """The rows of the listing at this place, for these keys of the list above if there is one.

        `values` are those of the statement's parameters, the keys among them.
        """
        ...


class Statements(Protocol):
    """A plan's statements. `is_one` says that all its rows come by a single one."""

    @property
    def is_one(self) -> bool: ...

    def begin(self, snapshot: Snapshot) -> Fetch:
        """One execution."""
        ...


def statements(dialect: Dialect, listings: Sequence[Listing]) -> Statements:
    """The statements for these listings; one that others refer to comes before them."""
    if dialect.together and len(listings) > 1:
        return _Together(dialect.compile(_in_one_row(listings)))
    return _Apart([dialect.compile(one.select) for one in listings])


def _in_one_row(listings: Sequence[Listing]) -> Select[Any]:
    """One row with a value for each listing: an array of each of its columns.

    Arrays of a column's own type are read as fast as rows; arrays of whole rows take twice as long.
    """
    parts = [one.select.cte(one.name) for one in listings]
    # An aggregate keeps the order of sorted rows as long as nothing but it happens to them.
    return sa.select(*(sa.select(sa.func.row(*map(sa.func.array_agg, part.c))).scalar_subquery() for part in parts))


@dataclass(frozen=True, slots=True)
class _Apart:
    compiled: Sequence[Compiled]

    @property
    def is_one(self) -> bool:
        return len(self.compiled) <= 1

    def begin(self, snapshot: Snapshot) -> Fetch:
        return _OneByOne(self.compiled, snapshot)


@dataclass(frozen=True, slots=True)
class _OneByOne:
    compiled: Sequence[Compiled]
    snapshot: Snapshot

    async def rows(self, place: int, keys: Sequence[Any] | None, values: Mapping[str, Any]) -> Sequence[Row]:  # noqa: ARG002 - bound already
        statement = self.compiled[place]
        return await self.snapshot.fetch(statement.sql, statement.arguments(values))


@dataclass(frozen=True, slots=True)
class _Together:
    compiled: Compiled
    is_one: bool = True

    def begin(self, snapshot: Snapshot) -> Fetch:
        return _AllAtOnce(self.compiled, snapshot)


@dataclass(slots=True)
class _AllAtOnce:
    compiled: Compiled
    snapshot: Snapshot
    found: Row | None = None

    async def rows(self, place: int, keys: Sequence[Any] | None, values: Mapping[str, Any]) -> Sequence[Row]:
        if self.found is None:
            (self.found,) = await self.snapshot.fetch(self.compiled.sql, self.compiled.arguments(values))
        columns = self.found[place]
        # An aggregate of no rows is null.
        rows = [] if columns[0] is None else list(zip(*columns, strict=True))
        if keys is None:
            return rows
        # A page fetches one row more than it shows, and with that row what is below it.
        wanted = set(keys)
        return [row for row in rows if row[-1] in wanted]
