"""How assignments are read: by the office, where the report may be seen, and by whoever is assigned."""

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.access.masks import mask_text
from integration.access.viewer import OFFICE
from integration.assignments.tables import AssignmentRow
from integration.codes import AssignmentState, Role
from integration.reading.scope import Scope
from integration.reading.view import Columns, One, SeenWith, View, code, moment, relay_id, table, text, unsealed


def _office(_assignment: Columns, scope: Scope) -> ColumnElement[bool]:
    return sa.true() if scope.has(*OFFICE) else sa.false()


_WITH_REPORT = SeenWith("Report", "id", "report_id", gate=_office)


def visible_to(assignment: Columns, scope: Scope) -> ColumnElement[bool]:
    """Within the office: with its report, or as one's own."""
    if not scope.has(*OFFICE):
        return sa.false()
    with_report = scope.seen_with(_WITH_REPORT, assignment)
    if isinstance(with_report, sa.True_):
        return with_report
    return sa.or_(with_report, assignment.staff_id == scope.viewer("staff_id"))


assignment = View(
    "Assignment",
    table(AssignmentRow),
    visible=visible_to,
    seen_with=_WITH_REPORT,
    fields={
        "id": relay_id("Assignment"),
        "role": code(Role, "role"),
        "instruction": unsealed("assignment.instruction", "instruction_sealed", mask_text),
        "assignedAt": moment("assigned_at"),
        "dueAt": moment("due_at"),
        "state": code(AssignmentState, "state"),
        "reason": text("reason"),
    },
    edges={
        "report": One("Report", "report_id"),
        "staff": One("StaffMember", "staff_id"),
        "unit": One("OrgUnit", "unit_id"),
    },
)
VIEWS = (assignment,)
