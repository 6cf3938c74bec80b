"""Keyset pages: how many, in which order, after what. Offsets are never used: page 2,000 costs what page 1 costs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, FromClause

from integration.codes import Direction
from integration.reading import cursor
from integration.reading.answer import BadRequest
from integration.reading.scope import Asking, Scope, walk
from integration.reading.view import Kind, Many, Order, OrderKey

DEFAULT_SIZE = 20
LARGEST_SIZE = 100


@dataclass(frozen=True, slots=True)
class Paging:
    """How a page is cut.

    `limit` names the parameter with one row more than the page has; `marks` the cursor's values.
    """

    order: Order
    backward: bool
    limit: str
    bounded: bool
    marks: tuple[str, ...]

    @property
    def descending(self) -> bool:
        """The direction rows are fetched in: backward pages are read from their end."""
        return self.order.descending != self.backward


def paging(scope: Scope, edge: Many, slot: int | None, given: Mapping[str, Any], number: int) -> Paging:
    """The page that first/after/last/before and orderBy describe."""
    backward = given.get("last") is not None or (given.get("before") is not None and given.get("first") is None)
    order = _order(edge, given, scope)
    limit = scope.bind(f"limit{number}", Kind.INT, _size_getter(slot))
    mark = "before" if backward else "after"
    if given.get(mark) is None:
        return Paging(order, backward, limit, bounded=False, marks=())
    assert slot is not None
    names = tuple(
        scope.new_parameter(key.kind, _mark_getter(order, slot, mark, index)) for index, key in enumerate(order.keys)
    )
    return Paging(order, backward, limit, bounded=True, marks=names)


def _order(edge: Many, given: Mapping[str, Any], scope: Scope) -> Order:
    wanted = given.get("orderBy")
    if wanted is None:
        return edge.order
    name = str(wanted["field"])
    if not scope.allowed(f"{type(wanted['field']).__name__}.{name}", scope.roles):
        raise BadRequest(
            "FORBIDDEN",
            "Your role may not order by this.",
            "Peran Anda tidak boleh mengurutkan dengan ini.",
            ("orderBy",),
        )
    chosen = edge.orders[name]
    descending = Direction(wanted["direction"]) is Direction.DESC
    return Order(f"{chosen.name}{'-' if descending else '+'}", chosen.keys, descending)


def _size_getter(slot: int | None) -> Callable[[Asking], int]:
    def get(asking: Asking) -> int:
        given = asking.arguments[slot] if slot is not None else {}
        first, last = given.get("first"), given.get("last")
        if first is not None and last is not None:
            raise BadRequest(
                "BAD_USER_INPUT",
                "Give first or last, not both.",
                "Berikan first atau last, jangan keduanya.",
                ("last",),
            )
        if given.get("after") is not None and given.get("before") is not None:
            raise BadRequest(
                "BAD_USER_INPUT",
                "Give after or before, not both.",
                "Berikan after atau before, jangan keduanya.",
                ("before",),
            )
        if (first is not None and given.get("before") is not None) or (
            last is not None and given.get("after") is not None
        ):
            raise BadRequest(
                "BAD_USER_INPUT",
                "first goes with after, last goes with before.",
                "first dipakai dengan after, last dengan before.",
                ("first",),
            )
        size = first if first is not None else last if last is not None else DEFAULT_SIZE
        if not 1 <= size <= LARGEST_SIZE:
            name = "first" if first is not None else "last"
            raise BadRequest(
                "BAD_USER_INPUT",
                f"{name} must be 1 to {LARGEST_SIZE}.",
                f"{name} harus 1 sampai {LARGEST_SIZE}.",
                (name,),
            )
        return int(size) + 1

    return get


def _mark_getter(order: Order, slot: int, name: str, index: int) -> Callable[[Asking], Any]:
    return lambda asking: cursor.decode(order, walk(asking.arguments, slot, (name,)), (name,))[index]


def _of(scope: Scope, rows: FromClause, key: OrderKey) -> ColumnElement[Any]:
    return rows.c[key.source] if isinstance(key.source, str) else key.source(rows.c, scope)


def sort(scope: Scope, rows: FromClause, order: Order, backward: bool) -> list[ColumnElement[Any]]:
    """ORDER BY of an order, empty values last (first when read backward)."""
    descending = order.descending != backward
    made: list[ColumnElement[Any]] = []
    for key in order.keys:
        column = _of(scope, rows, key)
        if key.nullable:
            empty = column.is_(None)
            made.append(empty.desc() if backward else empty.asc())
        made.append(column.desc() if descending != key.flip else column.asc())
    return made


def keyset(scope: Scope, rows: FromClause, page: Paging) -> ColumnElement[bool]:
    """The rows beyond the cursor, in the direction of reading."""
    if not page.bounded:
        return sa.true()
    keys = page.order.keys
    columns = [_of(scope, rows, key) for key in keys]
    marks = [scope.dialect.bind(name, key.kind) for name, key in zip(page.marks, keys, strict=True)]
    if not any(key.nullable for key in keys):
        left, right = sa.tuple_(*columns), sa.tuple_(*marks)
        beyond = left < right if page.descending else left > right
        if not page.order.lead:
            return beyond
        return sa.and_(columns[0] <= marks[0] if page.descending else columns[0] >= marks[0], beyond)
    return _nullable_keyset(page, columns, marks)


def _nullable_keyset(
    page: Paging, columns: list[ColumnElement[Any]], marks: list[ColumnElement[Any]]
) -> ColumnElement[bool]:
    """A row comparison is null where a key is: an order by a nullable key and an id is spelled out, for either kind of
    mark.
    """
    (column, last), (mark, last_mark) = columns, marks

    def beyond(a: ColumnElement[Any], b: ColumnElement[Any]) -> ColumnElement[bool]:
        return a < b if page.descending else a > b

    among_equals = sa.and_(column == mark, beyond(last, last_mark))
    among_empty = sa.and_(column.is_(None), beyond(last, last_mark))
    if page.backward:
        from_empty = sa.or_(column.is_not(None), among_empty)
        from_value = sa.or_(beyond(column, mark), among_equals)
    else:
        from_empty = among_empty
        from_value = sa.or_(beyond(column, mark), among_equals, column.is_(None))
    return sa.or_(sa.and_(mark.is_(None), from_empty), sa.and_(mark.is_not(None), from_value))
