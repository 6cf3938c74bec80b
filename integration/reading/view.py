"""The words a noun's `view.py` is written in: fields, edges, orders, and who may see a row.

A view declares everything of a noun that can be read. A source is a column's name, or a function from the columns of
this occurrence and the `Scope` to an SQL expression. What no view declares cannot be read.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import ColumnElement, FromClause, Table
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from integration.codes import Language, Role

if TYPE_CHECKING:
    from integration.reading.figures import Shown, TablePlan
    from integration.reading.filters import Condition
    from integration.reading.scope import Scope

Columns: TypeAlias = ReadOnlyColumnCollection[str, Any]
Source: TypeAlias = "str | Callable[[Columns, Scope], ColumnElement[Any]]"
Rows: TypeAlias = "Table | Callable[[Scope], FromClause]"
Visible: TypeAlias = "Callable[[Columns, Scope], ColumnElement[bool]]"
Words: TypeAlias = Mapping[Language, str]


class Kind(Enum):
    """How a value is bound, leaves the database and is shown."""

    TEXT = "text"
    CODE = "code"  # a closed list: the stored string is the contract's enum name
    INT = "int"
    FLOAT = "float"
    BOOL = "bool"
    TIME = "time"
    DATE = "date"
    UUID = "uuid"
    BYTES = "bytes"
    WORDS = "words"  # comma-joined text, shown as a sorted list
    LIST = "list"  # a JSON array in text


@dataclass(frozen=True, slots=True)
class Leaf:
    """A field with a value: where it comes from, and the Python step it takes on its way out."""

    source: Source
    kind: Kind
    enum: type[StrEnum] | None = None
    seal: str | None = None  # the label the stored bytes are sealed under
    relay: str | None = None  # the type name of an opaque id
    step: Callable[[Any], Any] | None = None


def text(source: Source) -> Leaf:
    """Text as it is stored."""
    return Leaf(source, Kind.TEXT)


def code(enum: type[StrEnum], source: Source) -> Leaf:
    """A closed list."""
    return Leaf(source, Kind.CODE, enum=enum)


def integer(source: Source) -> Leaf:
    """A 32-bit number."""
    return Leaf(source, Kind.INT)


def number(source: Source) -> Leaf:
    """A floating-point number."""
    return Leaf(source, Kind.FLOAT)


def flag(source: Source) -> Leaf:
    """True or false."""
    return Leaf(source, Kind.BOOL)


def moment(source: Source) -> Leaf:
    """An instant: ISO 8601 in UTC with Z."""
    return Leaf(source, Kind.TIME)


def day(source: Source) -> Leaf:
    """A calendar day: YYYY-MM-DD."""
    return Leaf(source, Kind.DATE)


def relay_id(type_name: str, source: Source = "id") -> Leaf:
    """An opaque id that tells the type it belongs to."""
    return Leaf(source, Kind.UUID, relay=type_name)


def unsealed(label: str, source: Source, step: Callable[[str], str]) -> Leaf:
    """A sealed text, opened and then masked: `step` is not optional, so nothing sealed is shown whole by accident."""
    return Leaf(source, Kind.BYTES, seal=label, step=step)


def words(enum: type[StrEnum], source: Source) -> Leaf:
    """A list of codes, joined by commas in the statement, sorted as the enum is."""
    return Leaf(source, Kind.WORDS, enum=enum)


@dataclass(frozen=True, slots=True)
class OrderKey:
    """One key of an order.

    `nullable` keys sort empty values last in both directions; `flip` runs against the order (not in pages).
    """

    source: Source
    kind: Kind
    nullable: bool = False
    flip: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """A stable order; its last key is unique. Its name is part of every cursor made under it.

    `lead`: its keys stand in different tables, so a page is found by the index of the first alone.
    """

    name: str
    keys: tuple[OrderKey, ...]
    descending: bool = False
    lead: bool = False


ID = OrderKey("id", Kind.UUID)


def by(name: str, *keys: OrderKey, descending: bool = False) -> Order:
    """An order over these keys."""
    return Order(name, keys, descending)


@dataclass(frozen=True, slots=True)
class One:
    """An edge to at most one row: a join. `on` adds to (or, without names, is) the join condition."""

    target: str
    here: str | None = None
    there: str = "id"
    on: "Callable[[Columns, Columns, Scope], ColumnElement[bool]] | None" = None


@dataclass(frozen=True, slots=True)
class Through:
    """A link table between two nouns, or rows that link them."""

    rows: "Rows"
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class Many:
    """An edge to many rows: a batch over the keys of a page. Without `here` it starts at the root.

    `paged` makes it a connection. `filters` are its arguments beside those of paging, `orders` what `orderBy` may
    choose, `only` leaves rows out whatever is asked.
    """

    target: str
    here: str | None = None
    there: str | None = None
    order: Order = field(default_factory=lambda: by("id", ID))
    through: Through | None = None
    paged: bool = False
    filters: "Mapping[str, Condition]" = field(default_factory=dict)
    orders: Mapping[str, Order] = field(default_factory=dict)
    only: "Visible | None" = None


@dataclass(frozen=True, slots=True)
class Computed:
    """A list of objects that Python makes of columns of the row. `make` gets them by name, with the roles asked for,
    and gives one sequence per object, in the order of `names`."""

    target: str
    names: tuple[str, ...]
    sources: Mapping[str, Leaf]
    make: Callable[[Mapping[str, Any], frozenset[Role]], Sequence[Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class Lookup:
    """A root edge to one row by one of several unique arguments; exactly one must be given. None: a
    single row exists.
    """

    target: str
    by: "Mapping[str, Condition]" = field(default_factory=dict)


# Rows to join to a noun's rows, and on what.
Link: TypeAlias = "Callable[[Columns, Scope], tuple[FromClause, ColumnElement[bool]]]"


@dataclass(frozen=True, slots=True)
class Dimension:
    """Something rows are counted by: a key, and a label looked up by it. `link` adds rows to join, once per key they
    have.
    """

    source: Source
    label: "Callable[[ColumnElement[Any], Scope], ColumnElement[Any]] | None" = None
    link: "Link | None" = None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many rows a group has."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many in a hundred rows of `whole` are also in `part`: of the group's own, or of those linked to them."""

    part: "Visible"
    whole: "Visible"
    link: "Link | None" = None


@dataclass(frozen=True, slots=True)
class Quantile:
    """How long the spans of one kind last, in days: the length that a share `at` of them does not exceed, with
    interpolation between neighbours (as percentile_cont of SQL).
    """

    kind: int
    at: Fraction


@dataclass(frozen=True, slots=True)
class Measure:
    """What is told of a group beside its name: how it is computed, and its header in words."""

    how: Counted | Share | Quantile
    label: Words
    unit: Words
    formula: Words


@dataclass(frozen=True, slots=True)
class Tally:
    """A root edge that counts and measures a noun's rows in groups, under the same rule and filter as its lists.

    With `published`, only `counted_by` count the rows they may see; all others are shown what is published of all rows.
    `source` says where the numbers come from. `spans` gives spans of time of the kinds asked for, with the row they
    belong to, as (row_id, kind, length in microseconds).
    """

    target: str
    dimensions: Mapping[str, Dimension]
    measures: Mapping[str, Measure]
    spans: "Callable[[Scope, frozenset[int]], FromClause]"
    filters: "Mapping[str, Condition]" = field(default_factory=dict)
    source: Words = field(default_factory=dict)
    counted_by: frozenset[Role] = frozenset()
    published: "Callable[[Scope, Shown, int], TablePlan] | None" = None


Edge: TypeAlias = One | Many | Lookup | Tally


@dataclass(frozen=True, slots=True)
class SeenWith:
    """A row is seen where a visible row of another noun points at it: `noun.there` equals its own `here`.

    Reached from such a row it needs no second look; `gate` is what its rule asks beyond that.
    """

    noun: str
    there: str
    here: str
    gate: "Visible | None" = None


@dataclass(frozen=True, slots=True)
class View:
    """How a noun is read. `people` marks nouns whose every showing is entered in the access log, by their `key`.

    A row must meet `visible` where it is given; without it `seen_with` is the whole rule, and without both everyone
    sees it.
    """

    noun: str
    rows: Rows
    visible: "Visible | None"
    fields: Mapping[str, Leaf] = field(default_factory=dict)
    edges: Mapping[str, One | Many | Computed] = field(default_factory=dict)
    roots: Mapping[str, Edge] = field(default_factory=dict)
    key: str = "id"
    people: bool = False
    seen_with: SeenWith | None = None


def table(row: type[Any]) -> Table:
    """The table behind a row class."""
    found = row.__table__
    assert isinstance(found, Table)
    return found
