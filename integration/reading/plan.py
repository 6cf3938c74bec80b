"""From a selection to a plan: one flat statement per list level, to-one edges joined, access asked once per field.

How many statements these are in the end is the database's matter, see `fetching`.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, FromClause, Select

from integration.access.sealing import Sealer
from integration.reading import relay
from integration.reading.answer import BadRequest
from integration.reading.builder import compile_items
from integration.reading.dialect import Convert
from integration.reading.fetching import Listing, statements
from integration.reading.filters import Spot
from integration.reading.level import Flat, Level, Plan
from integration.reading.paging import Paging, keyset, paging, sort
from integration.reading.scope import Scope
from integration.reading.selection import Arguments, Pick, Selection
from integration.reading.shape import Below, Constant, Field, Made, Nested, Object, PageField, Refused, Value
from integration.reading.view import Columns, Computed, Edge, Kind, Leaf, Lookup, Many, One, View

_NOTHING = partial(sa.literal_column, "1")


class Planner:
    """Makes one plan. `allowed` is the access table, asked once for each selected field."""

    def __init__(self, scope: Scope, arguments: Arguments, sealer: Sealer) -> None:
        self._scope = scope
        self._arguments = arguments
        self._sealer = sealer
        self._refused: list[tuple[tuple[str, ...], str]] = []
        self._listings: list[Listing] = []

    def root(self, pick: Pick, edge: Edge) -> Plan:
        """The plan of a root field."""
        assert isinstance(edge, Many | Lookup)
        return self._finish(self._level(pick, edge, None, ()), pick.items_required)

    def by_ids(self, selection: Selection) -> Plan:
        """The plan that reads rows of one noun by a list of their keys."""
        pick = Pick("", "", required=False, children=selection)
        kind = Kind.UUID
        edge = Many(selection.type_name, here="", there=self._scope.catalog[selection.type_name].key)
        return self._finish(self._level(pick, edge, kind, ()), False)

    def facts(self, noun: str, leaves: Mapping[str, Leaf]) -> Plan:
        """The plan that reads some facts of rows of one noun by their keys, for a service instead of a client."""
        edge = Many(noun, here="", there=self._scope.catalog[noun].key)
        rows, level = self._scope.rows(noun), Level(noun, noun, Kind.UUID, self._scope.alias())
        flat = Flat(self._scope, level, rows)
        fields = [Field(name, name, False, self._value(flat, rows, name, leaf)) for name, leaf in leaves.items()]
        level.variants = [Object(noun, fields)]
        level.items = [compile_items(level.variants[0], [])]
        condition = self._scope.visible(noun, rows.c)
        level.rows = self._add(level, self._list(level, flat, rows, edge, condition, []))
        return self._finish(level, False)

    def _finish(self, level: Level, required_items: bool) -> Plan:
        made = statements(self._scope.dialect, self._listings[::-1])
        return Plan(level, made, required_items, list(self._scope.parameters.values()), self._refused)

    def _add(self, level: Level, select: Select[Any]) -> int:
        """The place of a listing: what is below it was added before and comes after it, so from the end."""
        self._listings.append(Listing(level.name if level.rows is None else self._scope.alias(), select))
        return -len(self._listings)

    # --- levels

    def _level(
        self, pick: Pick, edge: Many | Lookup, keys: Kind | None, path: tuple[str, ...],
        parent: str | None = None, above: tuple[str, str] | None = None,
    ) -> Level:  # fmt: skip
        scope, view = self._scope, self._scope.catalog[edge.target]
        assert pick.children is not None
        level = Level(edge.target, pick.children.type_name, keys, scope.alias(), above, single=isinstance(edge, Lookup))
        rows = scope.rows(edge.target)
        flat = Flat(scope, level, rows)
        condition = self._condition(pick, edge, rows, parent)
        if isinstance(edge, Many) and edge.paged:
            self._page(level, flat, rows, view, edge, pick, condition, path)
        else:
            level.variants = [self._object(flat, rows, view, pick.children, path)]
            order = sort(scope, rows, edge.order, backward=False) if isinstance(edge, Many) else []
            level.rows = self._add(level, self._list(level, flat, rows, edge, condition, order))
        level.items = [compile_items(node, [below for below, _ in level.below]) for node in level.variants]
        return level

    def _condition(self, pick: Pick, edge: Many | Lookup, rows: FromClause, parent: str | None) -> ColumnElement[bool]:
        scope = self._scope
        if parent is not None and isinstance(edge, Many):
            tests = [scope.visible_from(parent, edge, edge.target, rows.c)]
        else:
            tests = [scope.visible(edge.target, rows.c)]
        given = self._arguments[pick.slot] if pick.slot is not None else {}

        def spot(name: str) -> Spot:
            assert pick.slot is not None
            return Spot(scope, rows.c, pick.slot, (name,), given[name])

        if isinstance(edge, Many):
            tests += [] if edge.only is None else [edge.only(rows.c, scope)]
            tests += [condition(spot(name)) for name, condition in edge.filters.items() if name in given]
        elif edge.by:
            named = [name for name in edge.by if given.get(name) is not None]
            if len(named) != 1:
                names = ", ".join(edge.by)
                raise BadRequest(
                    "BAD_USER_INPUT", f"Give exactly one of: {names}.", f"Berikan tepat satu dari: {names}."
                )
            tests.append(edge.by[named[0]](spot(named[0])))
        return sa.and_(*tests)

    def _list(
        self, level: Level, flat: Flat, rows: FromClause, edge: Many | Lookup,
        condition: ColumnElement[bool], order: list[ColumnElement[Any]],
    ) -> Select[Any]:  # fmt: skip
        source, parent = self._parent(flat.source, rows, edge)
        statement = self._select(flat, source).where(condition)
        if level.keys is not None and parent is not None:
            among = self._among_keys(parent, level, level.keys)
            statement = statement.where(among).add_columns(parent.label("parent_"))
        return statement.order_by(*order)

    def _among_keys(self, parent: ColumnElement[Any], level: Level, kind: Kind) -> ColumnElement[bool]:
        dialect = self._scope.dialect
        return dialect.among_keys(parent, dialect.keys(kind, level.above), kind)

    def _parent(
        self, source: FromClause, rows: FromClause, edge: Many | Lookup
    ) -> tuple[FromClause, ColumnElement[Any] | None]:
        """Where the parent's key stands: in the rows themselves, or in a link table joined to them."""
        if isinstance(edge, Lookup) or edge.here is None:
            return source, None
        if edge.through is None:
            assert edge.there is not None
            return source, rows.c[edge.there]
        link = self._scope.occurrence(edge.through.rows)
        key = self._scope.catalog[edge.target].key
        return source.join(link, link.c[edge.through.there] == rows.c[key]), link.c[edge.through.here]

    def _select(self, flat: Flat, source: FromClause) -> Select[Any]:
        return sa.select(*(flat.columns or [_NOTHING().label("c0")])).select_from(source)

    def _page(
        self, level: Level, flat: Flat, rows: FromClause, view: View, edge: Many, pick: Pick,
        condition: ColumnElement[bool], path: tuple[str, ...],
    ) -> None:  # fmt: skip
        scope = self._scope
        assert pick.children is not None
        given = self._arguments[pick.slot] if pick.slot is not None else {}
        level.page = page = paging(scope, edge, pick.slot, given, number=len(scope.parameters))
        level.page_fields = tuple(self._page_fields(level, flat, rows, view, pick.children, path))
        names = {
            name for f in level.page_fields for name in (f.name, *(n for _, n in (*f.edge_fields, *f.info_fields)))
        }
        source, parent = self._parent(flat.source, rows, edge)
        if names & {"nodes", "edges", "pageInfo"}:
            if names & {"cursor", "startCursor", "endCursor"}:
                level.cursor_columns = tuple(
                    self._cursor_column(flat, rows, page, index) for index in range(len(page.order.keys))
                )
            order = sort(scope, rows, page.order, page.backward)
            where = sa.and_(condition, keyset(scope, rows, page))
            level.rows = self._add(level, self._page_rows(level, flat, source, parent, where, order, page))
        if "totalCount" in names:
            level.count = self._add(level, self._count(level, rows, edge, condition))

    def _count(self, level: Level, rows: FromClause, edge: Many, condition: ColumnElement[bool]) -> Select[Any]:
        source, parent = self._parent(rows, rows, edge)
        counted = sa.select(sa.func.count().label("count_")).select_from(source).where(condition)
        if parent is None or level.keys is None:
            return counted
        among = self._among_keys(parent, level, level.keys)
        return counted.add_columns(parent.label("parent_")).where(among).group_by(parent)

    def _page_rows(
        self, level: Level, flat: Flat, source: FromClause, parent: ColumnElement[Any] | None,
        where: ColumnElement[bool], order: list[ColumnElement[Any]], page: Paging,
    ) -> Select[Any]:  # fmt: skip
        dialect = self._scope.dialect
        limit = dialect.bind(page.limit, Kind.INT)
        if parent is None or level.keys is None:
            return self._select(flat, source).where(where).order_by(*order).limit(limit)
        keys = dialect.keys(level.keys, level.above)
        return dialect.page_per_parent(keys, level.keys, self._select(flat, source).where(where), parent, order, limit)

    def _cursor_column(self, flat: Flat, rows: FromClause, page: Paging, index: int) -> tuple[int, Convert | None]:
        key = page.order.keys[index]
        column = flat.add(rows, f"order {page.order.name} {index}", lambda: _expression(self._scope, rows, key.source))
        return column, self._scope.dialect.from_driver(key.kind)

    def _page_fields(
        self, level: Level, flat: Flat, rows: FromClause, view: View, selection: Selection, path: tuple[str, ...]
    ) -> list[PageField]:
        made = []
        for pick in selection.picks:
            if pick.name == "nodes":
                assert pick.children is not None
                made.append(self._variant(level, flat, rows, view, pick, pick.children, (*path, pick.key)))
            elif pick.name == "edges":
                assert pick.children is not None
                made.append(self._edges(level, flat, rows, view, pick, (*path, pick.key)))
            elif pick.name == "pageInfo":
                assert pick.children is not None
                info = tuple((inner.key, inner.name) for inner in pick.children.picks)
                made.append(PageField(pick.key, pick.name, pick.required, info_fields=info))
            else:
                made.append(PageField(pick.key, pick.name, pick.required))
        return made

    def _variant(
        self,
        level: Level,
        flat: Flat,
        rows: FromClause,
        view: View,
        pick: Pick,
        selection: Selection,
        path: tuple[str, ...],
    ) -> PageField:
        level.variants.append(self._object(flat, rows, view, selection, path))
        return PageField(pick.key, pick.name, pick.required, pick.items_required, variant=len(level.variants) - 1)

    def _edges(
        self, level: Level, flat: Flat, rows: FromClause, view: View, pick: Pick, path: tuple[str, ...]
    ) -> PageField:
        """Edges of one selection; each alias of `node` in them is a key of its own, so they are one object each."""
        assert pick.children is not None
        holder = Object(pick.children.type_name)
        for inner in pick.children.picks:
            if inner.name == "node":
                assert inner.children is not None
                node = self._object(flat, rows, view, inner.children, (*path, inner.key))
                presence = flat.add(rows, view.key, lambda: rows.c[view.key])
                holder.fields.append(Field(inner.key, inner.name, inner.required, Nested(node, presence)))
            else:
                # The cursor is filled in when the page is cut; __typename is the edge's.
                holder.fields.append(Field(inner.key, inner.name, False, Constant(pick.children.type_name)))
        level.variants.append(holder)
        edges = tuple((inner.key, inner.name) for inner in pick.children.picks)
        return PageField(
            pick.key, pick.name, pick.required, pick.items_required, len(level.variants) - 1, edge_fields=edges
        )

    # --- objects

    def _object(self, flat: Flat, rows: FromClause, view: View, selection: Selection, path: tuple[str, ...]) -> Object:
        node = Object(selection.type_name)
        if view.people:
            index = flat.add(rows, view.key, lambda: rows.c[view.key])
            if index not in flat.level.people:
                flat.level.people.append(index)
        for pick in selection.picks:
            node.fields.append(self._field(flat, rows, view, pick, (*path, pick.key)))
        return node

    def _field(self, flat: Flat, rows: FromClause, view: View, pick: Pick, path: tuple[str, ...]) -> Field:
        if pick.name == "__typename":
            return Field(pick.key, pick.name, True, Constant(view.noun))
        coordinate = f"{view.noun}.{pick.name}"
        if not self._scope.allowed(coordinate, self._scope.roles):
            self._refused.append((path, coordinate))
            return Field(pick.key, pick.name, pick.required, Refused(coordinate))
        if pick.name in view.fields:
            return Field(pick.key, pick.name, pick.required, self._value(flat, rows, pick.name, view.fields[pick.name]))
        # KeyError here means a field that no view declares: it cannot be read, and a test says so before a client does.
        edge = view.edges[pick.name]
        if isinstance(edge, Computed):
            return Field(pick.key, pick.name, pick.required, self._made(flat, rows, edge, pick))
        if isinstance(edge, One):
            there, presence = flat.join(view.noun, rows, pick.name, edge)
            assert pick.children is not None
            node = self._object(flat, there, self._scope.catalog[edge.target], pick.children, path)
            return Field(pick.key, pick.name, pick.required, Nested(node, presence))
        assert edge.here is not None
        here = edge.here
        index = flat.add(rows, here, lambda: rows.c[here])
        above = (flat.level.name, f"c{index}")
        level = self._level(pick, edge, _kind_of(rows.c[here]), path, view.noun, above)
        flat.level.below.append((level, index))
        return Field(pick.key, pick.name, pick.required, Below(level, index, pick.items_required))

    def _made(self, flat: Flat, rows: FromClause, edge: Computed, pick: Pick) -> Made:
        assert pick.children is not None
        node = Object(edge.target)
        for inner in pick.children.picks:
            content = (
                Constant(edge.target)
                if inner.name == "__typename"
                else Value(edge.names.index(inner.name), None, False)
            )
            node.fields.append(Field(inner.key, inner.name, inner.required, content))
        items, roles = compile_items(node, []), self._scope.roles
        values = {name: self._value(flat, rows, f"{edge.target} {name}", leaf) for name, leaf in edge.sources.items()}

        def make(*columns: Any) -> list[dict[str, Any]]:
            facts = {
                name: column if value.convert is None else value.convert(column)
                for (name, value), column in zip(values.items(), columns, strict=True)
            }
            return items(edge.make(facts, roles), None)

        return Made(tuple(value.index for value in values.values()), make)

    def _value(self, flat: Flat, rows: FromClause, name: str, leaf: Leaf) -> Value:
        source = leaf.source
        if isinstance(source, str):
            column = rows.c[source]
            index = flat.add(rows, source, lambda: column)
            # Columns made by an expression do not know whether they can be null.
            may_be_null = bool(getattr(column, "nullable", True)) or leaf.step is not None
        else:
            index = flat.add(rows, f"={name}", lambda: source(rows.c, self._scope))
            may_be_null = True
        return Value(index, self._converter(leaf), may_be_null)

    def _converter(self, leaf: Leaf) -> Convert | None:
        if leaf.seal is not None:
            assert leaf.step is not None
            return partial(_open, self._sealer, leaf.seal, leaf.step)
        if leaf.relay is not None:
            return _null_through(relay.maker(leaf.relay))
        if leaf.kind is Kind.WORDS:
            assert leaf.enum is not None
            return partial(_sorted_words, {member.value: rank for rank, member in enumerate(leaf.enum)})
        convert = self._scope.dialect.from_driver(leaf.kind)
        if leaf.step is None:
            return convert
        step = _null_through(leaf.step)
        return step if convert is None else (lambda value: step(convert(value)))


def _expression(
    scope: Scope, rows: FromClause, source: "str | Callable[[Columns, Scope], ColumnElement[Any]]"
) -> ColumnElement[Any]:
    return rows.c[source] if isinstance(source, str) else source(rows.c, scope)


def _kind_of(column: ColumnElement[Any]) -> Kind:
    if isinstance(column.type, sa.Uuid):
        return Kind.UUID
    return Kind.INT if isinstance(column.type, sa.Integer) else Kind.TEXT


def _open(sealer: Sealer, label: str, step: Convert, value: bytes | None) -> Any:
    return None if value is None else step(sealer.open(label, value))


def _sorted_words(rank: dict[str, int], value: str | None) -> list[str]:
    return sorted(value.split(","), key=lambda word: rank[word]) if value else []


def _null_through(step: Convert) -> Convert:
    return lambda value: None if value is None else step(value)
