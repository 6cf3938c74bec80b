"""Orders, pages and cursors, by sorting whole lists in memory.

A cursor is opaque, so this reader does not make the road's: it names the list and the row, and a `Ledger` learns
which of the
road's cursors stands where it names one. That a cursor always means the same place, and only that one, is checked
there.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import total_ordering
from typing import Any

from tests.reading.state import Row, State

_SIGN = "\N{PILCROW SIGN}"


class BadCursor(Exception):
    """A cursor that was not given by this list in this order."""


@total_ordering
@dataclass(frozen=True, slots=True)
class Down:
    """A value that sorts the other way round."""

    value: Any

    def __lt__(self, other: "Down") -> bool:
        return bool(other.value < self.value)


@dataclass(frozen=True, slots=True)
class Order:
    """A named order: by some value, empty ones last, equal ones by id. Descending turns value and id, not the empty
    ones.
    """

    name: str
    key: Callable[[State, Row], Any]
    descending: bool = False

    def place(self, state: State, row: Row) -> tuple[bool, Any, Any]:
        """Where a row stands, to be compared."""
        value = self.key(state, row)
        parts = (value if value is not None else 0, getattr(row, "id", None) or 0)
        return (value is None, *((Down(part) for part in parts) if self.descending else parts))

    def sort(self, state: State, rows: Sequence[Row]) -> list[Row]:
        """The rows in this order."""
        return sorted(rows, key=lambda row: self.place(state, row))


def by(name: str, column: str, descending: bool = False) -> Order:
    """An order by a column."""
    return Order(name, lambda _state, row: getattr(row, column), descending)


@dataclass(slots=True)
class Ledger:
    """Which of the road's cursors this reader has met, and where each stands."""

    places: dict[str, str] = field(default_factory=dict)
    cursors: dict[str, str] = field(default_factory=dict)

    def meet(self, cursor: object, mark: str) -> bool:
        """Whether the road's cursor, met where this reader names a place, means just this place."""
        if not isinstance(cursor, str):
            return False
        return self.places.setdefault(cursor, mark) == mark and self.cursors.setdefault(mark, cursor) == cursor

    def of(self, lists: str) -> list[str]:
        """The cursors met so far in lists of a noun in an order."""
        return [cursor for mark, cursor in self.cursors.items() if mark.startswith(f"{_SIGN}{lists}|")]


def mark_of(order: Order, row: Row) -> str:
    """How this reader names a row's place in lists of its noun in this order."""
    return f"{_SIGN}{row.noun} {order.name}|{row.id.hex}"


def is_mark(value: object) -> bool:
    """Whether this stands for a cursor of the road."""
    return isinstance(value, str) and value.startswith(_SIGN)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the rows, what lies around it, and how many there are in all."""

    noun: str
    order: Order
    rows: list[Row]
    more_before: bool
    more_after: bool
    total: int


def page(state: State, ledger: Ledger, noun: str, order: Order, rows: Sequence[Row], given: Mapping[str, Any]) -> Page:
    """The page that the arguments describe; they were checked before."""
    ordered = order.sort(state, rows)
    after, before = given.get("after"), given.get("before")
    backward = given.get("last") is not None or (before is not None and given.get("first") is None)
    rest = ordered
    if after is not None:
        place = _place(state, ledger, noun, order, after)
        rest = [row for row in ordered if order.place(state, row) > place]
    if before is not None:
        place = _place(state, ledger, noun, order, before)
        rest = [row for row in ordered if order.place(state, row) < place]
    size = given.get("first") or given.get("last") or 20
    shown = rest[-size:] if backward else rest[:size]
    left = len(rest) > len(shown)
    # Where a cursor was given, what it points at lies on the other side.
    if backward:
        return Page(noun, order, shown, left, before is not None, len(ordered))
    return Page(noun, order, shown, after is not None, left, len(ordered))


def check_cursor(state: State, ledger: Ledger, noun: str, order: Order, cursor: str) -> None:
    """Raise `BadCursor` if a cursor does not belong to lists of this noun in this order."""
    _place(state, ledger, noun, order, cursor)


def _place(state: State, ledger: Ledger, noun: str, order: Order, cursor: str) -> tuple[bool, Any, Any]:
    lists, _, digits = ledger.places.get(cursor, "").rpartition("|")
    if lists != f"{_SIGN}{noun} {order.name}":
        raise BadCursor
    row = next(row for row in state.all(noun) if row.id.hex == digits)
    return order.place(state, row)
