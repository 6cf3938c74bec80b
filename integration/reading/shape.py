"""The shape of an answer: a tree of nodes that the planner makes, the builder compiles and `settle` walks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from integration.reading.level import Level


@dataclass(frozen=True, slots=True)
class Constant:
    """The same for every row: `__typename`."""

    value: Any


@dataclass(frozen=True, slots=True)
class Value:
    """A column of the row, converted; `may_be_null` is false where the database itself excludes null."""

    index: int
    convert: Callable[[Any], Any] | None
    may_be_null: bool


@dataclass(frozen=True, slots=True)
class Nested:
    """An object joined into the same row; absent where its key column is null."""

    node: "Object"
    presence: int


@dataclass(frozen=True, slots=True)
class Made:
    """Objects that a function makes of several columns of the row, already in shape."""

    indexes: tuple[int, ...]
    make: Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Below:
    """What another level holds under this row's key: a list, or a page."""

    level: "Level"
    index: int
    required_items: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """A field this viewer's role may never see: null, with one error for the whole selection."""

    coordinate: str


Content: TypeAlias = Constant | Value | Nested | Made | Below | Refused


@dataclass(frozen=True, slots=True)
class Field:
    """One response key of an object."""

    key: str
    name: str
    required: bool
    content: Content


@dataclass(slots=True)
class Object:
    """An object of a type and its response keys, in the order they were asked for."""

    type_name: str
    fields: list[Field] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PageField:
    """One response key of a connection: nodes or edges (of one variant of the level), pageInfo,
    totalCount, __typename.
    """

    key: str
    name: str
    required: bool
    items_required: bool = False
    variant: int = 0
    edge_fields: tuple[tuple[str, str], ...] = ()
    info_fields: tuple[tuple[str, str], ...] = ()
