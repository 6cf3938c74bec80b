"""Who came, went, moved or changed decile between two releases: one row for each person and change.

Listed is whom a release counts (ACTIVE), as in `comparison.py`. The rows stand in the order of people, so that a page
is found by the keys of people and records; nothing is sorted but the two changes a person can have at most.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, FromClause

from integration.codes import RegistryStatus
from integration.reading.filters import Condition, Spot, fields, ids, on, value, within
from integration.reading.scope import Scope
from integration.reading.view import Kind, Many, One, Order, OrderKey, SeenWith, View, code, integer, table
from integration.registry.codes import RegistryChangeKind
from integration.registry.tables import RegistryRecordRow, RegistryReleaseRow

_BY_PERSON = Order("person", (OrderKey("person_id", Kind.UUID), OrderKey("kind", Kind.TEXT)), lead=True)


def _literal(kind: RegistryChangeKind) -> ColumnElement[str]:
    return sa.literal_column(f"'{kind}'", sa.Text)


def _rows(scope: Scope) -> FromClause:
    """Every pair of releases; the root's arguments name the one that is read."""
    older, newer = (table(RegistryReleaseRow).alias(scope.alias()) for _ in range(2))
    before, after = (table(RegistryRecordRow).alias(scope.alias()) for _ in range(2))
    person = scope.rows("Person")
    kinds = sa.union_all(*(sa.select(_literal(kind).label("kind")) for kind in RegistryChangeKind)).subquery(
        scope.alias()
    )
    was, is_ = before.c.id.is_not(None), after.c.id.is_not(None)
    happened = {
        RegistryChangeKind.ENTERED: sa.and_(is_, sa.not_(was)),
        RegistryChangeKind.LEFT: sa.and_(was, sa.not_(is_)),
        RegistryChangeKind.DESIL_CHANGED: sa.and_(was, is_, before.c.desil.is_distinct_from(after.c.desil)),
        RegistryChangeKind.MOVED: sa.and_(was, is_, before.c.region_code.is_distinct_from(after.c.region_code)),
    }
    joined: Any = older.join(newer, sa.true()).join(person, sa.true())
    for record, release in ((before, older), (after, newer)):
        listed = sa.and_(
            record.c.release_id == release.c.id,
            record.c.person_id == person.c.id,
            record.c.status == RegistryStatus.ACTIVE,
        )
        joined = joined.outerjoin(record, listed)
    joined = joined.outerjoin(
        kinds, sa.or_(*(sa.and_(kinds.c.kind == _literal(k), test) for k, test in happened.items()))
    )
    # Asked of functions, so that no planner turns the outer joins into others: people must stay outermost, for their
    # order is that of the pages. Most people are the same in both, and are left before the kinds are gone through.
    differs = sa.or_(
        was != is_,
        before.c.desil.is_distinct_from(after.c.desil),
        before.c.region_code.is_distinct_from(after.c.region_code),
    )
    changed = sa.and_(differs, sa.func.coalesce(kinds.c.kind, sa.literal_column("''")) != sa.literal_column("''"))
    return sa.select(
        older.c.id.label("older"), newer.c.id.label("newer"), person.c.id.label("person_id"), kinds.c.kind,
        before.c.desil.label("desil_from"), after.c.desil.label("desil_to"),
        before.c.region_code.label("region_from"), after.c.region_code.label("region_to"),
        sa.case((after.c.id.is_(None), before.c.region_code), else_=after.c.region_code).label("region_code"),
        # Whether the viewer may see somebody costs more than whether they changed: it is asked of whoever did.
        sa.case((kinds.c.kind.is_not(None), person.c.id)).label("changed_id"),
    ).select_from(joined).where(changed).subquery()  # fmt: skip


def _release(column: str) -> Condition:
    return value(on(column), Kind.UUID, ids("RegistryRelease", code="BAD_USER_INPUT"))


def _kinds(spot: Spot) -> ColumnElement[bool]:
    spot.refuse_null()
    return spot.among(spot.columns.kind, Kind.CODE, lambda kind, _asking: str(kind))


change = View(
    "RegistryChange",
    _rows,
    visible=None,
    seen_with=SeenWith("Person", "id", "changed_id"),
    key="person_id",
    fields={
        "kind": code(RegistryChangeKind, "kind"),
        "desilFrom": integer("desil_from"),
        "desilTo": integer("desil_to"),
    },
    edges={
        "person": One("Person", "person_id"),
        "regionFrom": One("Region", "region_from", "code"),
        "regionTo": One("Region", "region_to", "code"),
    },
    roots={
        "registryChanges": Many(
            "RegistryChange",
            order=_BY_PERSON,
            paged=True,
            filters={
                "from": _release("older"),
                "to": _release("newer"),
                "filter": fields("RegistryChangeFilter", {"kind": _kinds, "region": within("region_code")}),
            },
        )
    },
)
VIEWS = (change,)
