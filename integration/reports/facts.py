"""What decisions about a report rest on, in SQL: for `availableActions` and, by the service, inside the act itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.assignments.rules import HOLDING_STATES, OPEN_STATES
from integration.assignments.tables import AssignmentRow
from integration.clocks.view import is_escalated
from integration.codes import Priority, ReportStatus, Role
from integration.reading.scope import Scope
from integration.reading.view import Columns, Kind, Leaf, code, flag, moment, table
from integration.reports.procedure import DispositionRow, FollowUpActionRow, ReplyRow
from integration.reports.rules import HANDLERS, UNMERGE_WINDOW, Facts
from integration.reports.tables import ReporterRow

_ONE: ColumnElement[Any] = sa.literal_column("1")


def _held(report: Columns, scope: Scope, test: Any) -> ColumnElement[bool]:
    held = table(AssignmentRow).alias(scope.alias())
    mine = sa.select(_ONE).where(held.c.report_id == report.id, held.c.state.in_(OPEN_STATES), test(held.c))
    return sa.exists(mine)


def _holds_unit(report: Columns, scope: Scope) -> ColumnElement[bool]:
    unit = scope.viewer("unit_id")
    return _held(report, scope, lambda held: held.unit_id == unit)


def _is_assignee(report: Columns, scope: Scope) -> ColumnElement[bool]:
    """By name; a division head also by the unit."""
    staff = scope.viewer("staff_id")
    named = _held(report, scope, lambda held: held.staff_id == staff)
    return sa.or_(named, _holds_unit(report, scope)) if scope.has(Role.DIVISION_HEAD) else named


def _handled_here(report: Columns, scope: Scope) -> ColumnElement[bool]:
    """By the viewer or their unit, now or earlier. Whoever only held it at the desk did not handle it."""
    held = table(AssignmentRow).alias(scope.alias())
    mine = sa.or_(held.c.staff_id == scope.viewer("staff_id"), held.c.unit_id == scope.viewer("unit_id"))
    return sa.exists(
        sa.select(_ONE).where(
            held.c.report_id == report.id, held.c.state.in_(HOLDING_STATES), held.c.role.in_(sorted(HANDLERS)), mine
        )
    )


def _is_reporter(report: Columns, scope: Scope) -> ColumnElement[bool]:
    reporter = table(ReporterRow).alias(scope.alias())
    mine = sa.and_(reporter.c.id == report.reporter_id, reporter.c.account_id == scope.viewer("account_id"))
    return sa.exists(sa.select(_ONE).where(mine))


def _is_drafter(report: Columns, scope: Scope) -> ColumnElement[bool]:
    reply = table(ReplyRow).alias(scope.alias())
    mine = sa.and_(
        reply.c.report_id == report.id, reply.c.sent_at.is_(None), reply.c.drafter_id == scope.viewer("staff_id")
    )
    return sa.exists(sa.select(_ONE).where(mine))


def _any(row: type[Any]) -> Any:
    def there(report: Columns, scope: Scope) -> ColumnElement[bool]:
        other = table(row).alias(scope.alias())
        return sa.exists(sa.select(_ONE).where(other.c.report_id == report.id))

    return there


def _four_eyes_off(_report: Columns, scope: Scope) -> ColumnElement[Any]:
    return scope.dialect.bind(
        scope.bind("may_send_own_draft", Kind.BOOL, lambda asking: asking.settings.may_send_own_draft), Kind.BOOL
    )


LEAVES: Mapping[str, Leaf] = {
    "status": code(ReportStatus, "status"),
    "now": moment(lambda _report, scope: scope.now()),
    "has_category": flag(lambda report, _scope: report.category.is_not(None)),
    "has_region": flag(lambda report, _scope: report.region_code.is_not(None)),
    "is_emergency": flag(lambda report, _scope: report.priority == Priority.EMERGENCY),
    "is_assignee": flag(_is_assignee),
    "holds_unit": flag(_holds_unit),
    "is_reporter": flag(_is_reporter),
    "is_drafter": flag(_is_drafter),
    "has_action": flag(_any(FollowUpActionRow)),
    "was_disposed": flag(_any(DispositionRow)),
    "reopenable_until": moment("reopenable_until"),
    "merged_at": moment("merged_at"),
    "status_before_merge": code(ReportStatus, "merged_from"),
    "is_confirmed": flag(lambda report, _scope: report.outcome_confirmed_at.is_not(None)),
    "is_verified": flag(lambda report, _scope: report.outcome_verified_at.is_not(None)),
    "handled_here": flag(_handled_here),
    "may_send_own_draft": flag(_four_eyes_off),
    "is_escalated": flag(is_escalated),
}


def facts_of(values: Mapping[str, Any]) -> Facts:
    """The facts from what the road read."""
    merged_at, until = _time(values["merged_at"]), _time(values["reopenable_until"])
    now = _time(values["now"])
    before = values["status_before_merge"]
    assert now is not None
    return Facts(
        status=ReportStatus(values["status"]),
        now=now,
        has_category=values["has_category"],
        has_region=values["has_region"],
        is_emergency=values["is_emergency"],
        is_assignee=values["is_assignee"],
        holds_unit=values["holds_unit"],
        is_reporter=values["is_reporter"],
        is_drafter=values["is_drafter"],
        has_action=values["has_action"],
        was_disposed=values["was_disposed"],
        reopenable_until=until,
        unmergeable_until=None if merged_at is None else merged_at + UNMERGE_WINDOW,
        status_before_merge=None if before is None else ReportStatus(before),
        is_confirmed=values["is_confirmed"],
        is_verified=values["is_verified"],
        handled_here=values["handled_here"],
        may_send_own_draft=values["may_send_own_draft"],
        is_escalated=values["is_escalated"],
    )


def _time(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)
