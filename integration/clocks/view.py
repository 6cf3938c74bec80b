"""How a clock shows on its report, in SQL: the same answers as `rules.state_of`, row by row."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.clocks.escalation import Recipient
from integration.clocks.tables import ClockRow, HandOverRow
from integration.codes import ReportStatus
from integration.reading.scope import Scope
from integration.reading.view import Columns, table
from integration.reports.steps import CLOSED


def sla_state(report: Columns, scope: Scope) -> ColumnElement[Any]:
    """How a report keeps its time at the moment of the request."""
    now = scope.now()
    return sa.case(
        (report.status.in_(CLOSED), sa.literal_column("'DONE'")),
        (report.status == ReportStatus.NEEDS_INFO, sa.literal_column("'PAUSED'")),
        (report.due_at < now, sa.literal_column("'BREACHED'")),
        (report.at_risk_at <= now, sa.literal_column("'AT_RISK'")),
        else_=sa.literal_column("'ON_TRACK'"),
    )


def is_escalated(report: Columns, scope: Scope) -> ColumnElement[bool]:
    """Whether the step the report is in was brought before the head of the agency."""
    clock, told = table(ClockRow).alias(scope.alias()), table(HandOverRow).alias(scope.alias())
    return sa.exists(
        sa.select(sa.literal_column("1")).where(
            clock.c.report_id == report.id,
            clock.c.ended_at.is_(None),
            told.c.clock_id == clock.c.id,
            told.c.to == Recipient.AGENCY_HEAD,
        )
    )


def ran_over(clock: Columns, scope: Scope) -> ColumnElement[bool]:
    """Whether a step took, or is taking, longer than its limit; it does not while we wait for the reporter."""
    over: ColumnElement[bool] = clock.due_at < sa.func.coalesce(clock.ended_at, clock.paused_at, scope.now())
    return over


def is_judged(clock: Columns, scope: Scope) -> ColumnElement[bool]:
    """Whether it is certain of a step with a limit that it was or was not kept."""
    return sa.and_(clock.due_at.is_not(None), sa.or_(clock.ended_at.is_not(None), ran_over(clock, scope)))
