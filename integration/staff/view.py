"""How staff are read: by the office itself and by those who plan; the summary counts the same rows."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, FromClause

from integration.access.viewer import OFFICE
from integration.assignments.rules import OPEN_STATES
from integration.assignments.tables import AssignmentRow
from integration.codes import EmploymentStatus, Role
from integration.events.tables import EventRow
from integration.organizations.tables import OrgUnitRow
from integration.reading.filters import Spot, code_of, fields, known, linked, on, operators, within, yes
from integration.reading.scope import Scope
from integration.reading.view import (
    ID,
    Columns,
    Kind,
    Lookup,
    Many,
    One,
    OrderKey,
    Source,
    View,
    by,
    code,
    flag,
    integer,
    moment,
    relay_id,
    table,
    text,
    words,
)
from integration.staff.tables import DutyShiftRow, StaffRoleRow, StaffRow

ASSIGNED_NEWEST = by("assignedAt", OrderKey("assigned_at", Kind.TIME), ID, descending=True)


def visible_to(_staff: Columns, scope: Scope) -> ColumnElement[bool]:
    """The office sees its people, and so do those who plan with them."""
    return sa.true() if scope.has(*OFFICE, Role.ANALYST) else sa.false()


def _roles(staff: Columns, scope: Scope) -> ColumnElement[Any]:
    held = table(StaffRoleRow).alias(scope.alias())
    return sa.select(scope.dialect.joined(held.c.role)).where(held.c.staff_id == staff.id).scalar_subquery()


def _open_assignments(staff: Columns, scope: Scope) -> ColumnElement[Any]:
    theirs = table(AssignmentRow).alias(scope.alias())
    return (
        sa.select(sa.func.count())
        .where(theirs.c.staff_id == staff.id, theirs.c.state.in_(OPEN_STATES))
        .scalar_subquery()
    )


def _on_duty(staff: Columns, scope: Scope) -> ColumnElement[bool]:
    shift, now = table(DutyShiftRow).alias(scope.alias()), scope.now()
    still = sa.or_(shift.c.ends_at.is_(None), shift.c.ends_at > now)
    return sa.exists(
        sa.select(sa.literal_column("1")).where(shift.c.staff_id == staff.id, shift.c.starts_at <= now, still)
    )


def _last_activity(staff: Columns, scope: Scope) -> ColumnElement[Any]:
    theirs = table(EventRow).alias(scope.alias())
    return sa.select(sa.func.max(theirs.c.at)).where(theirs.c.actor_staff_id == staff.id).scalar_subquery()


def _idle_since(spot: Spot) -> ColumnElement[bool]:
    spot.refuse_null()
    theirs = table(EventRow).alias(spot.scope.alias())
    theirs_since = sa.and_(theirs.c.actor_staff_id == spot.columns.id, theirs.c.at >= spot.bind(Kind.TIME))
    return sa.not_(sa.exists(sa.select(sa.literal_column("1")).where(theirs_since)))


def _unit_code(staff: Columns, scope: Scope) -> ColumnElement[Any]:
    unit = table(OrgUnitRow).alias(scope.alias())
    return sa.select(unit.c.code).where(unit.c.id == staff.unit_id).scalar_subquery()


def _plainly(column: str) -> Source:
    """A column in the order of the printed table, also on a server that sorts as dictionaries do."""
    return lambda row, scope: scope.dialect.by_code_point(row[column])


def _summary_rows(scope: Scope) -> FromClause:
    staff = scope.rows("StaffMember")
    return (
        sa.select(
            sa.literal_column("1", sa.Integer).label("one"),
            staff.c.employment,
            staff.c.age_band,
            sa.func.count().label("count"),
        )
        .where(scope.visible("StaffMember", staff.c), staff.c.active)
        .group_by(staff.c.employment, staff.c.age_band)
        .subquery()
    )


def _summary(scope: Scope) -> FromClause:
    staff = scope.rows("StaffMember")
    counted = sa.select(sa.literal_column("1", sa.Integer).label("one"), sa.func.count().label("total"))
    return counted.where(scope.visible("StaffMember", staff.c), staff.c.active).subquery()


_filter = fields(
    "StaffFilter",
    {
        "role": code_of(linked(table(StaffRoleRow), "staff_id", "role")),
        "unit": operators(on(_unit_code), Kind.TEXT, known("OrgUnit")),
        "district": within("district_code"),
        "employment": code_of(on("employment")),
        "onDuty": yes(_on_duty),
        "idleSince": _idle_since,
    },
)

member = View(
    "StaffMember",
    table(StaffRow),
    visible=visible_to,
    fields={
        "id": relay_id("StaffMember"),
        "name": text("name"),
        "employment": code(EmploymentStatus, "employment"),
        "roles": words(Role, _roles),
        "openAssignments": integer(_open_assignments),
        "capacity": integer("capacity"),
        "active": flag("active"),
        "onDuty": flag(_on_duty),
        "lastActivityAt": moment(_last_activity),
    },
    edges={
        "unit": One("OrgUnit", "unit_id"),
        "district": One("Region", "district_code", "code"),
        "assignments": Many("Assignment", "id", "staff_id", ASSIGNED_NEWEST, paged=True),
    },
    roots={
        "staffMembers": Many(
            "StaffMember",
            order=by("staffName", OrderKey("name", Kind.TEXT), ID),
            paged=True,
            filters={"filter": _filter},
            # Whoever left is still named where they worked, but is nobody to choose; the summary counts alike.
            only=lambda staff, _scope: staff.active,
        )
    },
)
summary = View(
    "StaffSummary",
    _summary,
    visible=None,
    key="one",
    fields={"total": integer("total")},
    edges={
        "rows": Many(
            "StaffSummaryRow",
            "one",
            "one",
            by(
                "employment",
                OrderKey(_plainly("employment"), Kind.CODE),
                OrderKey(_plainly("age_band"), Kind.TEXT, flip=True),
            ),
        )
    },
    roots={"staffSummary": Lookup("StaffSummary")},
)
summary_row = View(
    "StaffSummaryRow",
    _summary_rows,
    visible=None,
    key="one",
    fields={"employment": code(EmploymentStatus, "employment"), "ageBand": text("age_band"), "count": integer("count")},
)
VIEWS = (member, summary, summary_row)
