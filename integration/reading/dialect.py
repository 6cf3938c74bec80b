"""All that differs between SQLite and PostgreSQL on the reading road: arrays, parameters, page-per-parent, driver
values.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any, Protocol
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement, FromClause, Select, TableValuedAlias
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import asyncpg as postgresql
from sqlalchemy.dialects.sqlite import pysqlite as sqlite

from integration.reading.view import Kind

TYPES: dict[Kind, Any] = {
    Kind.TEXT: sa.Text(), Kind.CODE: sa.Text(), Kind.INT: sa.Integer(), Kind.FLOAT: sa.Float(), Kind.BOOL: sa.Boolean(),
    Kind.TIME: sa.DateTime(timezone=True), Kind.DATE: sa.Date(), Kind.UUID: sa.Uuid(), Kind.BYTES: sa.LargeBinary(),
    Kind.WORDS: sa.Text(), Kind.LIST: sa.Text(),
}  # fmt: skip

Convert = Callable[[Any], Any]

# Parameters that a request fills; the constants SQLAlchemy names itself never start so.
PREFIX = "in_"


class Compiled:
    """A statement as the driver takes it, with the names (or fixed values) of its parameters in order."""

    def __init__(self, sql: str, names: Sequence[str], fixed: dict[str, Any]) -> None:
        self.sql = sql
        self._names = tuple(name.removeprefix(PREFIX) for name in names)
        self._fixed = fixed

    def arguments(self, values: Mapping[str, Any]) -> list[Any]:
        """The parameters in the statement's order."""
        fixed = self._fixed
        return [fixed[name] if name in fixed else values[name] for name in self._names]


class Dialect(Protocol):
    """What the planner needs to know of a database.

    `together`: the lists of a plan are fetched by one statement, in which those below refer to those above.
    """

    name: str
    together: bool

    def compile(self, statement: Select[Any]) -> Compiled:
        """The statement's text and parameter order."""
        ...

    def bind(self, name: str, kind: Kind) -> ColumnElement[Any]:
        """A parameter with one value."""
        ...

    def values(self, name: str, kind: Kind) -> FromClause:
        """A parameter with a list of values, as rows with one column `value`."""
        ...

    def among(self, column: ColumnElement[Any], name: str, kind: Kind) -> ColumnElement[bool]:
        """Whether a column equals one of a parameter's values."""
        ...

    def keys(self, kind: Kind, above: tuple[str, str] | None) -> ColumnElement[Any]:
        """The keys a list is fetched for: the parameter `keys`, or a column of a listing in the same statement."""
        ...

    def among_keys(self, column: ColumnElement[Any], keys: ColumnElement[Any], kind: Kind) -> ColumnElement[bool]:
        """Whether a column equals one of the keys."""
        ...

    def joined(self, column: ColumnElement[Any]) -> ColumnElement[str]:
        """All values of a group in one text, joined by commas, in no order."""
        ...

    def by_code_point(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """A text as it sorts on both databases alike, whatever language a server was set up for."""
        ...

    def local_month(self, column: ColumnElement[Any]) -> ColumnElement[str]:
        """The month of an instant in WITA (Asia/Makassar, UTC+8 all year), as YYYY-MM."""
        ...

    def local_day(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """The day of an instant in WITA."""
        ...

    def microseconds(self, start: ColumnElement[Any], end: ColumnElement[Any]) -> ColumnElement[int]:
        """How long it is from one instant to another, exactly."""
        ...

    def quantiles(self, rows: FromClause, width: int, shares: Sequence[Fraction], counts: bool) -> Select[Any]:
        """By the first `width` columns: how many rows, and for each share the quantile of `length` (percentile_cont) as
        a float; with `counts` also how many different `row_id`.
        """
        ...

    def page_per_parent(
        self, keys: ColumnElement[Any], kind: Kind, flat: Select[Any], parent: ColumnElement[Any],
        order: Sequence[ColumnElement[Any]], limit: ColumnElement[int],
    ) -> Select[Any]:  # fmt: skip
        """The first `limit` rows of each parent, from a flat statement; the parent key comes last."""
        ...

    def to_driver(self, kind: Kind, array: bool) -> Convert | None:
        """How a Python value becomes a parameter; None where it goes as it is."""
        ...

    def from_driver(self, kind: Kind) -> Convert | None:
        """How a database value becomes plain data; None where it is already."""
        ...


class Sqlite:
    """Arrays travel as JSON, times as text, a page per parent is cut by a window function."""

    name = "sqlite"
    # A statement costs no way here, and values of some kinds do not pass through JSON.
    together = False
    _dialect = sqlite.dialect(paramstyle="qmark")

    def compile(self, statement: Select[Any]) -> Compiled:
        compiled = statement.compile(dialect=self._dialect, compile_kwargs={"render_postcompile": True})
        return Compiled(str(compiled), compiled.positiontup or (), _fixed(compiled.params))

    def bind(self, name: str, kind: Kind) -> ColumnElement[Any]:
        return sa.bindparam(PREFIX + name, None, type_=TYPES[kind])

    def values(self, name: str, kind: Kind) -> FromClause:
        return _json_rows(self._array(name), kind)

    def _array(self, name: str) -> ColumnElement[Any]:
        return sa.bindparam(PREFIX + name, None, type_=sa.Text())

    def among(self, column: ColumnElement[Any], name: str, kind: Kind) -> ColumnElement[bool]:
        return self.among_keys(column, self._array(name), kind)

    def keys(self, kind: Kind, above: tuple[str, str] | None) -> ColumnElement[Any]:  # noqa: ARG002 - known by then
        return self._array("keys")

    def among_keys(self, column: ColumnElement[Any], keys: ColumnElement[Any], kind: Kind) -> ColumnElement[bool]:
        return column.in_(sa.select(_json_rows(keys, kind).c.value))

    def joined(self, column: ColumnElement[Any]) -> ColumnElement[str]:
        return sa.func.group_concat(column, sa.literal_column("','"))

    def by_code_point(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        return column

    def local_month(self, column: ColumnElement[Any]) -> ColumnElement[str]:
        return sa.func.strftime(sa.literal_column("'%Y-%m'"), column, sa.literal_column("'+8 hours'"))

    def local_day(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        return sa.func.date(column, sa.literal_column("'+8 hours'"))

    def microseconds(self, start: ColumnElement[Any], end: ColumnElement[Any]) -> ColumnElement[int]:
        def parts(moment: ColumnElement[Any]) -> tuple[ColumnElement[int], ColumnElement[int]]:
            # strftime would round a fraction up; it is the last six digits of the text.
            whole = sa.func.substr(moment, sa.literal_column("1"), sa.literal_column("19"))
            seconds = sa.func.strftime(sa.literal_column("'%s'"), whole, type_=sa.Integer())
            return seconds, sa.func.substr(moment, sa.literal_column("21"), type_=sa.Integer())

        (since, from_), (until, to) = parts(start), parts(end)
        return (until - since) * sa.literal_column("1000000") + (to - from_)

    def quantiles(self, rows: FromClause, width: int, shares: Sequence[Fraction], counts: bool) -> Select[Any]:
        group = list(rows.c)[:width]
        place = sa.func.row_number().over(partition_by=group, order_by=rows.c.length)
        cases = sa.func.count().over(partition_by=group)
        ranked = sa.select(*rows.c, place.label("place_"), cases.label("cases_")).subquery("ranked_")
        found: list[ColumnElement[Any]] = []
        for share in shares:
            over, under = (sa.literal_column(str(part), sa.Integer()) for part in share.as_integer_ratio())
            steps = (ranked.c.cases_ - number(1)) * over
            # The first neighbour is after so many others; the division cuts off the rest, which lies between the two.
            low, high = (
                sa.func.max(sa.case((ranked.c.place_ == steps // under + number(next_), ranked.c.length)))
                for next_ in (1, 2)
            )
            rest = sa.func.max(steps % under)
            between = sa.func.coalesce(high - low, number(0)) * rest
            found.append(low + sa.cast(between, sa.Float()) / under)
        if counts:
            found.append(sa.func.count(ranked.c.row_id.distinct()))
        keys = list(ranked.c)[:width]
        return sa.select(*keys, sa.func.max(ranked.c.cases_), *found).group_by(*map(number, range(1, width + 1)))

    def page_per_parent(
        self, keys: ColumnElement[Any], kind: Kind, flat: Select[Any], parent: ColumnElement[Any],
        order: Sequence[ColumnElement[Any]], limit: ColumnElement[int],
    ) -> Select[Any]:  # fmt: skip
        rank = sa.func.row_number().over(partition_by=parent, order_by=list(order)).label("rank_")
        ranked = (
            flat.where(self.among_keys(parent, keys, kind)).add_columns(rank, parent.label("parent_")).subquery("page_")
        )
        shown = [column for column in ranked.c if column.key != "rank_"]
        return sa.select(*shown).where(ranked.c.rank_ <= limit).order_by(ranked.c.parent_, ranked.c.rank_)

    def to_driver(self, kind: Kind, array: bool) -> Convert | None:
        one = _TO_SQLITE.get(kind)
        if not array:
            return one
        if one is None:
            return lambda values: json.dumps(list(values))
        return lambda values: json.dumps([one(value) for value in values])

    def from_driver(self, kind: Kind) -> Convert | None:
        return _FROM_SQLITE.get(kind)


class Postgres:
    """Arrays are arrays; a page per parent is a lateral join, so that a parent with many rows costs no more than a
    page.
    """

    name = "postgresql"
    together = True
    _dialect = postgresql.dialect()  # type: ignore[no-untyped-call]

    def compile(self, statement: Select[Any]) -> Compiled:
        compiled = statement.compile(dialect=self._dialect, compile_kwargs={"render_postcompile": True})
        return Compiled(str(compiled), compiled.positiontup or (), _fixed(compiled.params))

    def bind(self, name: str, kind: Kind) -> ColumnElement[Any]:
        return sa.bindparam(PREFIX + name, None, type_=TYPES[kind])

    def values(self, name: str, kind: Kind) -> FromClause:
        return _unnested(self._array(name, kind), kind)

    def _array(self, name: str, kind: Kind) -> ColumnElement[Any]:
        return sa.bindparam(PREFIX + name, None, type_=ARRAY(TYPES[kind]))

    def among(self, column: ColumnElement[Any], name: str, kind: Kind) -> ColumnElement[bool]:
        return self.among_keys(column, self._array(name, kind), kind)

    def keys(self, kind: Kind, above: tuple[str, str] | None) -> ColumnElement[Any]:
        if above is None:
            return self._array("keys", kind)
        rows, column = sa.table(above[0]), sa.column(above[1], TYPES[kind])
        # As an array it is one value to the planner, as the parameter would be: an index is looked up by it.
        distinct = sa.select(column).select_from(rows).where(column.is_not(None)).distinct()
        return sa.func.array(distinct.scalar_subquery(), type_=ARRAY(TYPES[kind]))

    def among_keys(self, column: ColumnElement[Any], keys: ColumnElement[Any], kind: Kind) -> ColumnElement[bool]:  # noqa: ARG002
        return column == sa.any_(keys)

    def joined(self, column: ColumnElement[Any]) -> ColumnElement[str]:
        return sa.func.string_agg(column, sa.literal_column("','"))

    def by_code_point(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        return sa.collate(column, "C")

    def local_month(self, column: ColumnElement[Any]) -> ColumnElement[str]:
        local = sa.func.timezone(sa.literal_column("'Asia/Makassar'"), column)
        return sa.func.to_char(local, sa.literal_column("'YYYY-MM'"))

    def local_day(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        return sa.cast(sa.func.timezone(sa.literal_column("'Asia/Makassar'"), column), sa.Date())

    def microseconds(self, start: ColumnElement[Any], end: ColumnElement[Any]) -> ColumnElement[int]:
        # As a float, whose rounding is exact for centuries; extract() would reckon in decimals, which is slow.
        seconds = sa.func.date_part(sa.literal_column("'epoch'"), end - start, type_=sa.Float())
        return sa.cast(seconds * sa.literal_column("1000000"), sa.BigInteger())

    def quantiles(self, rows: FromClause, width: int, shares: Sequence[Fraction], counts: bool) -> Select[Any]:
        found: list[ColumnElement[Any]] = [
            sa.func.percentile_cont(sa.literal_column(str(float(share)), sa.Float())).within_group(rows.c.length)
            for share in shares
        ]
        if counts:
            found.append(sa.func.count(rows.c.row_id.distinct()))
        keys = list(rows.c)[:width]
        return sa.select(*keys, sa.func.count(), *found).group_by(*map(number, range(1, width + 1)))

    def page_per_parent(
        self, keys: ColumnElement[Any], kind: Kind, flat: Select[Any], parent: ColumnElement[Any],
        order: Sequence[ColumnElement[Any]], limit: ColumnElement[int],
    ) -> Select[Any]:  # fmt: skip
        # Rows keep their order: a lateral subquery can only be joined by a nested loop.
        keys_ = _unnested(keys, kind)
        page = flat.where(parent == keys_.c.value).order_by(*order).limit(limit).lateral("page_")
        return sa.select(*page.c, keys_.c.value.label("parent_")).select_from(sa.join(keys_, page, sa.true()))

    def to_driver(self, kind: Kind, array: bool) -> Convert | None:  # noqa: ARG002 - asyncpg takes every kind
        return list if array else None

    def from_driver(self, kind: Kind) -> Convert | None:
        return _FROM_POSTGRES.get(kind)


def _json_rows(array: ColumnElement[Any], kind: Kind) -> TableValuedAlias:
    return sa.func.json_each(array).table_valued(sa.column("value", TYPES[kind]))


def _unnested(array: ColumnElement[Any], kind: Kind) -> TableValuedAlias:
    return sa.func.unnest(array).table_valued(sa.column("value", TYPES[kind])).render_derived()


def dialect(name: str) -> Dialect:
    """The dialect of a database by its name."""
    return Sqlite() if name == "sqlite" else Postgres()


def number(value: int) -> ColumnElement[int]:
    """A whole number that is part of a statement's text."""
    return sa.literal_column(str(value), sa.Integer())


def _fixed(parameters: Any) -> dict[str, Any]:
    # Constants of the statement itself. Enum members are strings here; drivers must get real strings.
    return {
        name: str(value) if isinstance(value, str) else value
        for name, value in parameters.items()
        if not name.startswith(PREFIX)
    }


def _bool(value: int | None) -> bool | None:
    return None if value is None else value != 0


def _time(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat()[:-6] + "Z"


def _time_of_text(value: str | None) -> str | None:
    """SQLite keeps "2026-01-05 01:20:00.000000"; like isoformat, whole seconds show no fraction."""
    if value is None:
        return None
    moment = f"{value[:10]}T{value[11:]}"
    return moment[:-7] + "Z" if moment.endswith(".000000") else moment + "Z"


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _sqlite_time(value: datetime | None) -> str | None:
    return None if value is None else value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def _sqlite_uuid(value: UUID | str | None) -> str | None:
    return value.hex if isinstance(value, UUID) else value


def _sqlite_day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


_FROM_SQLITE: dict[Kind, Convert] = {Kind.BOOL: _bool, Kind.TIME: _time_of_text}
_FROM_POSTGRES: dict[Kind, Convert] = {Kind.TIME: _time, Kind.DATE: _day}
_TO_SQLITE: dict[Kind, Convert] = {Kind.TIME: _sqlite_time, Kind.UUID: _sqlite_uuid, Kind.DATE: _sqlite_day}
