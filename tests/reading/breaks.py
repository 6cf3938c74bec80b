"""Deliberate breaks of the reading road, one thing each: whoever changes a test of it sees that it still notices."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlalchemy.sql.functions import coalesce

from integration.codes import AssignmentState
from integration.db.readers import PostgresReaders, Row, SqliteReaders
from integration.reading import fetching, filters, plan, road
from integration.reading.answer import Problem
from integration.reading.level import Level
from integration.reading.paging import keyset
from integration.reading.scope import Clearance, Scope
from integration.reading.settle import refusals
from integration.reading.view import One
from integration.reports import facts as report_facts
from integration.reports import rules as report_rules
from integration.reports import visibility
from integration.verval import rules as proposal_rules
from resolvers.context import Context
from schema import documents, executor

Patch = pytest.MonkeyPatch


def plan_key_without_directives(patch: Patch) -> None:
    """A plan is found again although @skip and @include have other values."""
    # Kept texts outlive the test; those prepared while broken must not.
    patch.setattr(executor, "DOCUMENTS", documents.Documents(executor.GRAPHQL))
    patch.setattr(documents, "_switches", lambda _document: ())


def plan_key_without_clearance(patch: Patch) -> None:
    """A plan made for one role serves another."""
    patch.setattr(Clearance, "__eq__", lambda _self, _other: True)
    patch.setattr(Clearance, "__hash__", lambda _self: 0)


def join_without_row_rule(patch: Patch) -> None:
    """A row reached by a to-one edge is shown without asking who may see it."""
    real = Scope.visible_from

    def visible_from(self: Scope, noun: str, edge: Any, target: str, columns: Any) -> ColumnElement[bool]:
        return sa.true() if isinstance(edge, One) else real(self, noun, edge, target, columns)

    patch.setattr(Scope, "visible_from", visible_from)


def unknown_meets_not(patch: Patch) -> None:
    """`not` of a condition on an empty column is unknown instead of true."""

    class Wounded:
        """SQLAlchemy as the filters alone see it: others may well say `not` of a coalesced value."""

        def __getattr__(self, name: str) -> Any:
            return getattr(sa, name)

        def not_(self, clause: Any) -> Any:
            return sa.not_(next(iter(clause.clauses)) if isinstance(clause, coalesce) else clause)

    patch.setattr(filters, "sa", Wounded())


def cursor_includes_its_row(patch: Patch) -> None:
    """The row a cursor points at comes again on the next page."""

    def with_own(scope: Scope, rows: Any, page: Any) -> ColumnElement[bool]:
        found = keyset(scope, rows, page)
        if not page.bounded:
            return found
        key, mark = page.order.keys[-1], page.marks[-1]
        return sa.or_(found, rows.c[key.source] == scope.dialect.bind(mark, key.kind))

    patch.setattr(plan, "keyset", with_own)


def next_page_off_by_one(patch: Patch) -> None:
    """A full last page claims that there is another."""
    real = road._Reading._page_info

    def page_info(self: Any, level: Level, field: Any, rows: list[Row], more: bool) -> dict[str, Any]:
        assert level.page is not None
        return real(self, level, field, rows, more or len(rows) == self._values[level.page.limit] - 1)

    patch.setattr(road._Reading, "_page_info", page_info)


def mask_dropped(patch: Patch) -> None:
    """A sealed value is opened and shown whole."""
    patch.setattr(
        plan, "_open", lambda sealer, label, _step, value: None if value is None else sealer.open(label, value)
    )


def forbidden_counted_once(patch: Patch) -> None:
    """However often a refused field occurs, it counts as one."""

    def once(made: Any, value: Any) -> Iterator[Problem]:
        yield from (replace(problem, data={"count": 1}) for problem in refusals(made, value))

    patch.setattr(road, "refusals", once)


def distinct_dropped(patch: Patch) -> None:
    """What is reached twice through a link comes twice."""
    patch.setattr(sa.Select, "distinct", lambda self: self)


def confidential_shown_to_the_area(patch: Patch) -> None:
    """A confidential report is like any other."""
    patch.setattr(visibility, "_not_confidential", lambda _report: sa.true())


def row_rules_forgotten(patch: Patch) -> None:
    """A row rule is forgotten for lists: whoever may ask sees all."""
    patch.setattr(Scope, "visible", lambda _self, _noun, _columns: sa.true())


def own_draft_may_be_sent(patch: Patch) -> None:
    """Whoever drafted a reply is offered to send it."""
    _without_guard(patch, report_rules, "reportSendReply")


def own_visit_may_be_verified(patch: Patch) -> None:
    """Whoever made the field assessment is offered to verify it."""
    _without_guard(patch, proposal_rules, "vervalVerify")


def given_back_is_still_held(patch: Patch) -> None:
    """Whoever gave an assignment back is still offered to act on it."""
    patch.setattr(report_facts, "OPEN_STATES", tuple(AssignmentState))


def _without_guard(patch: Patch, rules: Any, act: str) -> None:
    patch.setattr(rules, "BY_ACT", {**rules.BY_ACT, act: replace(rules.BY_ACT[act], guard=None)})


def a_snapshot_for_each_statement(patch: Patch) -> None:
    """Each level is read in a moment of its own."""

    class Loose:
        def __init__(self, real: Any) -> None:
            self._real = real

        async def fetch(self, sql: str, arguments: Sequence[Any]) -> Sequence[Row]:
            async with self._real() as snapshot:
                rows: Sequence[Row] = await snapshot.fetch(sql, arguments)
                return rows

    for readers in (SqliteReaders, PostgresReaders):
        real: Any = readers.snapshot

        @asynccontextmanager
        async def snapshot(self: Any, single: bool = False, real: Any = real) -> Any:  # noqa: ARG001
            yield Loose(lambda: real(self))

        patch.setattr(readers, "snapshot", snapshot)


def connection_kept(patch: Patch) -> list[Any]:
    """An operation does not give its connection back. They are in the list, to be closed after the test."""
    kept: list[Any] = []

    async def close(self: Context, _error: BaseException | None = None) -> None:
        kept.append(self._open)
        self._open = None

    patch.setattr(Context, "close", close)
    return kept


def a_statement_for_each_row(patch: Patch) -> None:
    """What lies below is read parent by parent."""
    real = road._Reading.below

    async def below(self: Any, level: Level, keys: Iterable[Any]) -> Mapping[Any, Any]:
        found: dict[Any, Any] = {}
        for key in keys:
            found |= {key: (await real(self, level, [key]))[key]}
        return found

    patch.setattr(road._Reading, "below", below)
    at_once = fetching._AllAtOnce.rows

    async def anew(self: Any, *asked: Any) -> Sequence[Row]:
        self.found = None
        return await at_once(self, *asked)

    patch.setattr(fetching._AllAtOnce, "rows", anew)


# What the second reader must notice.
OF_ANSWERS = (
    plan_key_without_directives, plan_key_without_clearance, join_without_row_rule, unknown_meets_not,
    cursor_includes_its_row, next_page_off_by_one, mask_dropped, forbidden_counted_once, distinct_dropped,
    confidential_shown_to_the_area, row_rules_forgotten,
)  # fmt: skip
# What it must notice when everybody is asked what may be done with everything: lot seldom asks the one who may.
OF_ACTIONS = (own_draft_may_be_sent, own_visit_may_be_verified, given_back_is_still_held)
