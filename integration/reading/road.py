"""The reading road itself: plan once, fetch all levels in one snapshot, build, and answer in plain data."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import sqlalchemy as sa

from integration.access.sealing import Sealer
from integration.codes import Language, Role
from integration.db.readers import Row, Snapshot
from integration.reading import cursor
from integration.reading.answer import Answer, Problem
from integration.reading.dialect import Dialect
from integration.reading.figures import TablePlan
from integration.reading.level import Level, Plan
from integration.reading.plan import Planner
from integration.reading.scope import Asking, Clearance, Scope
from integration.reading.selection import Arguments, Pick, Selection
from integration.reading.settle import bubble, refusals
from integration.reading.shape import PageField
from integration.reading.tally import plan_tally
from integration.reading.view import Edge, Leaf, Tally, View


class _Lists(dict[Any, list[Any]]):
    """Lists by parent; a parent without rows has an empty one."""

    def __missing__(self, key: Any) -> list[Any]:
        return []


class Road:
    """Reads any selection of the catalogue's nouns.

    `allowed` is the access table: coordinate and roles to yes or no.
    """

    def __init__(
        self,
        catalog: Mapping[str, View],
        dialect: Dialect,
        sealer: Sealer,
        allowed: Callable[[str, frozenset[Role]], bool],
    ) -> None:
        self._catalog = catalog
        self._dialect = dialect
        self._sealer = sealer
        self._allowed = allowed
        self._roots: dict[str, Edge] = {name: edge for view in catalog.values() for name, edge in view.roots.items()}

    def plan_root(self, pick: Pick, arguments: Arguments, clearance: Clearance) -> Plan | TablePlan:
        """The plan of a root field, by its name. BadRequest if the arguments cannot be planned."""
        scope, edge = self._scope(clearance), self._roots[pick.name]
        if isinstance(edge, Tally):
            return plan_tally(scope, pick, edge, arguments)
        return Planner(scope, arguments, self._sealer).root(pick, edge)

    def plan_rows(self, selection: Selection, arguments: Arguments, clearance: Clearance) -> Plan:
        """The plan that reads rows of the selection's noun by their ids."""
        return Planner(self._scope(clearance), arguments, self._sealer).by_ids(selection)

    def plan_facts(self, noun: str, leaves: Mapping[str, Leaf], clearance: Clearance) -> Plan:
        """The plan that reads facts of a noun's visible rows for a service."""
        return Planner(self._scope(clearance), (), self._sealer).facts(noun, leaves)

    async def rows(self, make: Callable[[Scope], sa.Select[Any]], asking: Asking, snapshot: Snapshot) -> Sequence[Row]:
        """The rows of a statement that a noun makes for itself, such as a sum, over what the viewer may see."""
        scope = self._scope(Clearance(asking.viewer.roles, asking.viewer.purpose is not None))
        compiled = self._dialect.compile(make(scope))
        values = {parameter.name: parameter.get(asking) for parameter in scope.parameters.values()}
        return await snapshot.fetch(compiled.sql, compiled.arguments(values))

    def _scope(self, clearance: Clearance) -> Scope:
        return Scope(self._catalog, self._dialect, clearance, self._allowed)

    async def read(self, plan: Plan | TablePlan, asking: Asking, snapshot: Snapshot) -> Answer:
        """Carry a root plan out."""
        if not isinstance(plan, Plan):
            return await plan.read(asking, snapshot)
        reading = _Reading(self._dialect, plan, asking, snapshot)
        value = await reading.root(plan.root)
        return _answer(plan, reading, value)

    async def read_rows(self, plan: Plan, asking: Asking, snapshot: Snapshot, ids: Sequence[Any]) -> dict[Any, Answer]:
        """Carry a plan by ids out: an answer per id that exists and that this viewer may see."""
        reading = _Reading(self._dialect, plan, asking, snapshot)
        found = await reading.below(plan.root, list(ids))
        answers = {}
        for key, values in found.items():
            answers[key] = _answer(plan, reading, values[0])
        return answers


def _answer(plan: Plan, reading: "_Reading", value: Any) -> Answer:
    problems: list[Problem] = []
    if reading.missed:
        value, problems = (
            bubble(plan, value)
            if not isinstance(value, dict) or plan.root.page or plan.root.single
            else _one(plan, value)
        )
    if plan.refused:
        problems.extend(refusals(plan, value))
    return Answer(value, problems, frozenset(reading.people))


def _one(plan: Plan, value: dict[str, Any]) -> tuple[Any, list[Problem]]:
    """A row read by its id: the list around it is ours, not the client's."""
    settled, problems = bubble(plan, [value])
    shown = [Problem(p.code, p.messages, p.path[1:], p.data) for p in problems]
    return settled[0], shown


class _Reading:
    """One execution of a plan."""

    def __init__(self, dialect: Dialect, plan: Plan, asking: Asking, snapshot: Snapshot) -> None:
        self._dialect = dialect
        self._fetched = plan.statements.begin(snapshot)
        self._values: dict[str, Any] = {parameter.name: parameter.get(asking) for parameter in plan.parameters}
        self.missed = False
        self.people: set[str] = set()

    def _miss(self) -> None:
        self.missed = True

    async def root(self, level: Level) -> Any:
        """The value of a root level."""
        if level.page is not None:
            return (await self._pages(level, None))[None]
        built = (await self._build(level, await self._fetch(level.rows, level, None)))[0]
        if level.single:
            return built[0] if built else None
        return built

    async def below(self, level: Level, keys: list[Any]) -> Mapping[Any, Any]:
        """What a level holds for each of these keys of the level above."""
        if level.page is not None:
            return await self._pages(level, keys)
        lists = _Lists()
        if keys:
            rows = await self._fetch(level.rows, level, keys)
            for row, item in zip(rows, (await self._build(level, rows))[0], strict=True):
                lists.setdefault(row[-1], []).append(item)
        return lists

    async def _fetch(self, place: int | None, level: Level, keys: list[Any] | None) -> Sequence[Row]:
        assert place is not None
        values = self._values
        if keys is not None:
            assert level.keys is not None
            convert = self._dialect.to_driver(level.keys, array=True)
            values = {**values, "keys": keys if convert is None else convert(keys)}
        return await self._fetched.rows(place, keys, values)

    async def _build(self, level: Level, rows: Sequence[Row]) -> list[list[dict[str, Any]]]:
        """One list of objects per variant of the level, after everything below it was fetched."""
        for index in level.people:
            self.people.update(_id_text(row[index]) for row in rows if row[index] is not None)
        taken = []
        for below, index in level.below:
            keys = list(dict.fromkeys(row[index] for row in rows if row[index] is not None))
            taken.append((await self.below(below, keys)).__getitem__)
        return [items(rows, self._miss, *taken) for items in level.items]

    # --- pages

    async def _pages(self, level: Level, keys: list[Any] | None) -> dict[Any, Any]:
        page = level.page
        assert page is not None
        groups: dict[Any, list[Row]] = {key: [] for key in ([None] if keys is None else keys)}
        if level.rows is not None and groups:
            for row in await self._fetch(level.rows, level, keys):
                groups[None if keys is None else row[-1]].append(row)
        counts = await self._counts(level, keys) if level.count is not None and groups else {}
        size = self._values[page.limit] - 1
        more = {key: len(rows) > size for key, rows in groups.items()}
        cut = {key: rows[:size][::-1] if page.backward else rows[:size] for key, rows in groups.items()}
        built = await self._build(level, [row for rows in cut.values() for row in rows])
        pages, start = {}, 0
        for key, rows in cut.items():
            part = [items[start : start + len(rows)] for items in built]
            pages[key] = {
                field.key: self._page_field(level, field, rows, part, more[key], counts.get(key, 0))
                for field in level.page_fields
            }
            start += len(rows)
        return pages

    async def _counts(self, level: Level, keys: list[Any] | None) -> dict[Any, int]:
        rows = await self._fetch(level.count, level, keys)
        return {None: rows[0][0]} if keys is None else {row[1]: row[0] for row in rows}

    def _page_field(
        self, level: Level, field: PageField, rows: list[Row], part: list[list[dict[str, Any]]], more: bool, count: int
    ) -> Any:
        if field.name == "nodes":
            return part[field.variant]
        if field.name == "edges":
            edges = part[field.variant]
            marks = [key for key, name in field.edge_fields if name == "cursor"]
            for row, edge in zip(rows, edges, strict=True) if marks else ():
                edge.update(dict.fromkeys(marks, _cursor(level, row)))
            return edges
        if field.name == "totalCount":
            return count
        return self._page_info(level, field, rows, more) if field.name == "pageInfo" else level.type_name

    def _page_info(self, level: Level, field: PageField, rows: list[Row], more: bool) -> dict[str, Any]:
        page = level.page
        assert page is not None
        facts: dict[str, Callable[[], Any]] = {
            "hasNextPage": lambda: page.bounded if page.backward else more,
            "hasPreviousPage": lambda: more if page.backward else page.bounded,
            "startCursor": lambda: _cursor(level, rows[0]) if rows else None,
            "endCursor": lambda: _cursor(level, rows[-1]) if rows else None,
            "__typename": lambda: "PageInfo",
        }
        return {key: facts[name]() for key, name in field.info_fields}


def _cursor(level: Level, row: Row) -> str:
    assert level.page is not None
    values = [row[index] if convert is None else convert(row[index]) for index, convert in level.cursor_columns]
    return cursor.encode(level.page.order, values)


def _id_text(value: Any) -> str:
    return cast(str, value if isinstance(value, str) else value.hex)


def forbidden(coordinate: str) -> Problem:
    """The error for a root field that a role may not read at all."""
    return Problem(
        "FORBIDDEN",
        {
            Language.EN: f"Your role may not read {coordinate}.",
            Language.ID: f"Peran Anda tidak boleh membaca {coordinate}.",
        },
        data={"count": 1},
    )
