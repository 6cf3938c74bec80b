"""Orders, pages and cursors, by sorting whole lists in memory.

A cursor is opaque, so this reader does not make the road's: it names the list and the row, and a `Ledger` learns
which of the
road's cursors stands where it names one. That a cursor always means the same place, and only that one, is checked
there.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import total_ordering
from typing import Any
from uuid import UUID

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

    def _place(self, state: State, row: Row) -> tuple[bool, Any, Any]:
        value = self.key(state, row)
        parts = (value if value is not None else 0, getattr(row, "id", None) or 0)
        return (value is None, *((Down(part) for part in parts) if self.descending else parts))

    def places(self, state: State, noun: str) -> dict[int, int]:
        """Where each row of a type stands among all of them, by the row's identity: sorted once for each state."""
        kept: dict[int, int] | None = state.places.get((noun, self.name))
        if kept is None:
            ordered = sorted(state.all(noun), key=lambda row: self._place(state, row))
            kept = state.places[noun, self.name] = {id(row): place for place, row in enumerate(ordered)}
        return kept

    def sort(self, state: State, rows: Sequence[Row]) -> list[Row]:
        """The rows, all of one type, in this order."""
        if not rows:
            return []
        places = self.places(state, rows[0].noun)
        return sorted(rows, key=lambda row: places[id(row)])


def by(name: str, column: str, descending: bool = False) -> Order:
    """An order by a column."""
    return Order(name, lambda _state, row: getattr(row, column), descending)


@dataclass(slots=True)
class Ledger:
    """Which of the road's cursors this reader has met, and where each stands."""

    places: dict[str, str] = field(default_factory=dict)
    cursors: dict[str, str] = field(default_factory=dict)
    _lists: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def meet(self, cursor: object, mark: str) -> bool:
        """Whether the road's cursor, met where this reader names a place, means just this place."""
        if not isinstance(cursor, str):
            return False
        if cursor not in self.places and mark not in self.cursors:
            self.places[cursor], self.cursors[mark] = mark, cursor
            self._lists[mark.rpartition("|")[0]].append(cursor)
        return self.places.get(cursor) == mark and self.cursors.get(mark) == cursor

    def of(self, lists: str) -> list[str]:
        """The cursors met so far in lists of a noun in an order."""
        return self._lists[f"{_SIGN}{lists}"]


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
    rest, places = ordered, order.places(state, noun)
    if after is not None:
        place = places[id(_pointed_at(state, ledger, noun, order, after))]
        rest = [row for row in ordered if places[id(row)] > place]
    if before is not None:
        place = places[id(_pointed_at(state, ledger, noun, order, before))]
        rest = [row for row in ordered if places[id(row)] < place]
    size = given.get("first") or given.get("last") or 20
    shown = rest[-size:] if backward else rest[:size]
    left = len(rest) > len(shown)
    # Where a cursor was given, what it points at lies on the other side.
    if backward:
        return Page(noun, order, shown, left, before is not None, len(ordered))
    return Page(noun, order, shown, after is not None, left, len(ordered))


def check_cursor(state: State, ledger: Ledger, noun: str, order: Order, cursor: str) -> None:
    """Raise `BadCursor` if a cursor does not belong to lists of this noun in this order."""
    _pointed_at(state, ledger, noun, order, cursor)


def _pointed_at(state: State, ledger: Ledger, noun: str, order: Order, cursor: str) -> Row:
    lists, _, digits = ledger.places.get(cursor, "").rpartition("|")
    if lists != f"{_SIGN}{noun} {order.name}":
        raise BadCursor
    (row,) = state.where(noun, "id", UUID(digits))
    return row
