"""Who may see a report.

The one rule behind rows, counts, nested lists and, through `seen_with`, all that hangs on a report.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.access.viewer import WHOLE_OFFICE
from integration.assignments.rules import HOLDING_STATES
from integration.assignments.tables import AssignmentRow
from integration.codes import Role, Sensitivity
from integration.reading.scope import Scope
from integration.reading.view import Columns, table
from integration.reports.tables import ReporterRow

_CASE_ROLES = (Role.DIVISION_HEAD, Role.TEAM_MEMBER, Role.TKSK)
_AREA_ROLES = (Role.TKSK, Role.VILLAGE_OPERATOR)


def visible_to(report: Columns, scope: Scope) -> ColumnElement[bool]:
    """The desk and its leads see all; handlers what is theirs; area workers their area; citizens their own; others
    nothing.
    """
    if scope.has(*WHOLE_OFFICE):
        return sa.true()
    grounds: list[ColumnElement[bool]] = []
    if scope.has(*_CASE_ROLES):
        grounds.append(_assigned(report, scope, lambda held: held.staff_id == scope.viewer("staff_id")))
    if scope.has(Role.DIVISION_HEAD, Role.TEAM_MEMBER):
        grounds.append(_of_unit(report, scope))
    if scope.has(*_AREA_ROLES):
        grounds.append(sa.and_(scope.in_viewer_regions(report.region_code), _not_confidential(report)))
    if scope.has(Role.CITIZEN):
        grounds.append(_own(report, scope))
    return sa.or_(sa.false(), *grounds)


def _not_confidential(report: Columns) -> ColumnElement[bool]:
    rule: ColumnElement[bool] = report.sensitivity != Sensitivity.CONFIDENTIAL
    return rule


def _assigned(report: Columns, scope: Scope, test: Any) -> ColumnElement[bool]:
    held = table(AssignmentRow).alias(scope.alias())
    return sa.exists(
        sa.select(sa.literal_column("1")).where(
            held.c.report_id == report.id, held.c.state.in_(HOLDING_STATES), test(held.c)
        )
    )


def _of_unit(report: Columns, scope: Scope) -> ColumnElement[bool]:
    unit = scope.viewer("unit_id")
    ground = sa.and_(_assigned(report, scope, lambda held: held.unit_id == unit), _not_confidential(report))
    if not scope.has(Role.DIVISION_HEAD):
        return ground
    # A confidential report given to a unit as such is its head's until the head names somebody.
    return sa.or_(ground, _assigned(report, scope, lambda held: sa.and_(held.unit_id == unit, held.staff_id.is_(None))))


def _own(report: Columns, scope: Scope) -> ColumnElement[bool]:
    reporter = table(ReporterRow).alias(scope.alias())
    mine = sa.and_(reporter.c.id == report.reporter_id, reporter.c.account_id == scope.viewer("account_id"))
    return sa.exists(sa.select(sa.literal_column("1")).where(mine))
