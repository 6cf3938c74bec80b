"""Conditions a client may set: typed operators that fail closed.

Absent means no condition, null is BAD_FILTER, an unknown code is BAD_FILTER: nothing is ever dropped in silence.
Values are bound, and checked on every request (a plan is reused with other values).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, TypeAlias
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Table

from integration.access.masks import SIXTEEN
from integration.reading import relay
from integration.reading.answer import BadRequest
from integration.reading.scope import Asking, Scope, lies_within, walk
from integration.reading.view import Columns, Kind, Source

Path: TypeAlias = tuple[str | int, ...]
Test: TypeAlias = Callable[[ColumnElement[Any]], ColumnElement[bool]]
# Where a condition applies: on a column of the row, or on some row linked to it.
Target: TypeAlias = Callable[[Columns, Scope, Test], ColumnElement[bool]]
# What nests filters in one another, and how many filters may be so nested. SQLite parses an expression 1,000 deep.
_JOINERS = ("and", "or", "not")
MOST_BRANCHES = 100
Condition: TypeAlias = "Callable[[Spot], ColumnElement[bool]]"


def bad_filter(path: Sequence[str | int], english: str, indonesian: str, code: str = "BAD_FILTER") -> NoReturn:
    """Refuse a filter, naming the operator."""
    raise BadRequest(code, english, indonesian, path)


@dataclass(frozen=True, slots=True)
class Spot:
    """A condition under construction: the value given at a path of the arguments, and the row it is about."""

    scope: Scope
    columns: Columns
    slot: int
    path: Path
    value: Any

    def at(self, step: str | int) -> "Spot":
        """The spot one step deeper."""
        return Spot(self.scope, self.columns, self.slot, (*self.path, step), self.value[step])

    def refuse_null(self) -> None:
        """Null is not a way to say "no condition"."""
        if self.value is None:
            bad_filter(
                self.path,
                "null is not a condition. Leave the operator out to set none.",
                "null bukan syarat. Hilangkan operator ini bila tidak ada syarat.",
            )

    def bind(self, kind: Kind, check: Callable[[Any, Asking], Any] | None = None) -> ColumnElement[Any]:
        """This value as a parameter, checked and converted on every request."""
        return self.scope.dialect.bind(self.scope.new_parameter(kind, self.getter(check)), kind)

    def among(
        self, column: ColumnElement[Any], kind: Kind, check: Callable[[Any, Asking], Any] | None = None
    ) -> ColumnElement[bool]:
        """Whether a column is one of this list of values."""
        getter = self.getter(check, each=True)
        return self.scope.dialect.among(column, self.scope.new_parameter(kind, getter, array=True), kind)

    def getter(self, check: Callable[[Any, Asking], Any] | None, each: bool = False) -> Callable[[Asking], Any]:
        slot, path = self.slot, self.path

        def get(asking: Asking) -> Any:
            value = walk(asking.arguments, slot, path)
            if check is None:
                return value
            return [check(item, asking) for item in value] if each else check(value, asking)

        return get


def on(source: Source) -> Target:
    """Apply the condition to a column or expression of the row itself."""
    return lambda columns, scope, test: test(columns[source] if isinstance(source, str) else source(columns, scope))


def linked(table: Table, there: str, column: str, here: str = "id") -> Target:
    """Apply the condition to some row of a link table."""

    def target(columns: Columns, scope: Scope, test: Test) -> ColumnElement[bool]:
        link = table.alias(scope.alias())
        return sa.exists(sa.select(sa.literal_column("1")).where(link.c[there] == columns[here], test(link.c[column])))

    return target


Check: TypeAlias = "Callable[[Any, Asking], Any]"


def operators(target: Target, kind: Kind, check: Callable[[Path], Check] | None = None) -> Condition:
    """An operator object: any of eq, in, gt, gte, lt, lte, all of which must hold for the same value."""

    def condition(spot: Spot) -> ColumnElement[bool]:
        spot.refuse_null()

        def test(column: ColumnElement[Any]) -> ColumnElement[bool]:
            tests = []
            for name in spot.value:
                operand = spot.at(name)
                operand.refuse_null()
                checked = check(operand.path) if check else None
                tests.append(
                    operand.among(column, kind, checked)
                    if name == "in"
                    else _COMPARE[name](column, operand.bind(kind, checked))
                )
            return sa.and_(sa.true(), *tests)

        return target(spot.columns, spot.scope, test) if spot.value else sa.true()

    return condition


_COMPARE: Mapping[str, Callable[[ColumnElement[Any], ColumnElement[Any]], ColumnElement[bool]]] = {
    "eq": lambda a, b: a == b, "gt": lambda a, b: a > b, "gte": lambda a, b: a >= b, "lt": lambda a, b: a < b,
    "lte": lambda a, b: a <= b,
}  # fmt: skip


def value(target: Target, kind: Kind, check: Callable[[Path], Check] | None = None) -> Condition:
    """A plain argument that must equal."""

    def condition(spot: Spot) -> ColumnElement[bool]:
        spot.refuse_null()
        return target(
            spot.columns, spot.scope, lambda column: column == spot.bind(kind, check(spot.path) if check else _storable)
        )

    return condition


def _storable(given: Any, _asking: Asking) -> Any:
    """A text that no database can hold equals nothing in ours; asking for it is no failure."""
    if isinstance(given, str) and ("\0" in given or any("\ud800" <= character <= "\udfff" for character in given)):
        return "\1"
    return given


def key_of(type_name: str) -> Condition:
    """The row with this opaque id."""
    return value(on("id"), Kind.UUID, ids(type_name, code="BAD_USER_INPUT"))


def codes(source: Source) -> Condition:
    """Operators over codes of a closed list; the contract's enum has checked them already."""
    return operators(on(source), Kind.CODE, _plain_code)


def code_of(target: Target) -> Condition:
    """A plain argument with a code of a closed list."""
    return value(target, Kind.CODE, _plain_code)


def _plain_code(_path: Path) -> Check:
    return lambda code, _asking: str(code)


def known(noun: str) -> Callable[[Path], Check]:
    """A check that a code exists in an open list."""

    def checker(path: Path) -> Check:
        def check(code: Any, asking: Asking) -> Any:
            if not asking.known(noun, code):
                bad_filter(path, f"There is no such {noun} code.", f"Kode {noun} ini tidak dikenal.")
            return code

        return check

    return checker


def ids(*types: str, code: str = "BAD_FILTER") -> Callable[[Path], Check]:
    """A check that an id is one of ours, of one of these types; gives the row's id."""

    def checker(path: Path) -> Check:
        def check(given: Any, _asking: Asking) -> UUID:
            decoded = relay.decode(given)
            if decoded is None or decoded[0] not in types:
                wanted = " or ".join(types)
                bad_filter(path, f"This is not the id of a {wanted}.", f"Ini bukan id {wanted}.", code)
            return decoded[1]

        return check

    return checker


def within(source: Source) -> Condition:
    """A region and everything below it."""

    def condition(spot: Spot) -> ColumnElement[bool]:
        spot.refuse_null()
        if not spot.value:
            return sa.true()
        operand = spot.at("within")
        operand.refuse_null()
        region = operand.bind(Kind.TEXT, known("Region")(operand.path))
        return on(source)(
            spot.columns, spot.scope, lambda column: sa.func.coalesce(lies_within(column, region), sa.false())
        )

    return condition


def yes(source: Callable[[Columns, Scope], ColumnElement[bool]]) -> Condition:
    """A yes-or-no question about the row."""

    def condition(spot: Spot) -> ColumnElement[bool]:
        spot.refuse_null()
        return source(spot.columns, spot.scope) == spot.bind(Kind.BOOL)

    return condition


def by_nik(source: str) -> Condition:
    """Exactly this NIK, by blind index. Needs a purpose: asking for somebody by NIK is itself a disclosure."""

    def checker(path: Path) -> Check:
        def check(given: Any, asking: Asking) -> bytes:
            if not isinstance(given, str) or not SIXTEEN.fullmatch(given.strip()):
                bad_filter(path, "A NIK has 16 digits.", "NIK terdiri atas 16 angka.")
            return asking.sealer.index("nik", "".join(c for c in given if c.isdigit()))

        return check

    def condition(spot: Spot) -> ColumnElement[bool]:
        spot.refuse_null()
        if not spot.scope.clearance.has_purpose:
            raise BadRequest(
                "PURPOSE_REQUIRED",
                "Looking somebody up by NIK needs a purpose: send the header X-Purpose with a code of the list.",
                "Mencari orang dengan NIK memerlukan tujuan: kirim header X-Purpose dengan kode dari daftar tujuan.",
                spot.path,
            )
        return on(source)(spot.columns, spot.scope, lambda column: column == spot.bind(Kind.BYTES, checker(spot.path)))

    return condition


def _refuse_too_many(spot: Spot) -> None:
    """Refuse what would make a statement that a database cannot parse, before any of it is made."""
    count, rest = 0, [spot.value]
    while rest:
        one = rest.pop()
        for name, inner in one.items():
            if name in _JOINERS:
                nested = [branch for branch in (inner if isinstance(inner, list) else [inner]) if branch is not None]
                count += len(nested)
                rest += nested
        if count > MOST_BRANCHES:
            bad_filter(
                spot.path,
                f"A filter has at most {MOST_BRANCHES} branches (and, or, not).",
                f"Satu filter paling banyak memiliki {MOST_BRANCHES} cabang (and, or, not).",
            )


def fields(type_name: str, conditions: Mapping[str, Condition]) -> Condition:
    """A filter object: all its conditions must hold; `and`, `or`, `not` nest it. Each field has its own access rule."""

    def condition(spot: Spot) -> ColumnElement[bool]:
        spot.refuse_null()
        if not any(step in _JOINERS for step in spot.path):
            _refuse_too_many(spot)
        tests = []
        for name in spot.value:
            inner = spot.at(name)
            if name not in _JOINERS and not spot.scope.allowed(f"{type_name}.{name}", spot.scope.roles):
                raise BadRequest(
                    "FORBIDDEN",
                    "Your role may not filter by this.",
                    "Peran Anda tidak boleh menyaring dengan ini.",
                    inner.path,
                )
            if name in ("and", "or"):
                inner.refuse_null()
                each = [condition(inner.at(index)) for index in range(len(inner.value))]
                tests.append(sa.and_(sa.true(), *each) if name == "and" else sa.or_(sa.false(), *each))
            elif name == "not":
                # "Not true" and not "false": a row whose value is unknown does not meet the condition.
                tests.append(sa.not_(sa.func.coalesce(condition(inner), sa.false())))
            else:
                tests.append(conditions[name](inner))
        return sa.and_(sa.true(), *tests)

    return condition
