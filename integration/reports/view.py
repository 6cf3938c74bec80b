"""How reports are read: the report itself, its filter and orders. Who may see one is in `visibility.py`."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.access.masks import mask_text
from integration.access.policies import HANDLERS
from integration.assignments.rules import OPEN_STATES
from integration.assignments.tables import AssignmentRow
from integration.clocks.view import sla_state
from integration.codes import (
    ChannelKind,
    Priority,
    ReportCategory,
    ReportOutcome,
    ReportStatus,
    Sensitivity,
    SlaState,
)
from integration.policy.view import EVIDENCE, NEWEST
from integration.ppks.view import BY_CODE
from integration.reading.filters import codes, fields, ids, key_of, known, linked, on, operators, value, within, yes
from integration.reading.scope import Scope
from integration.reading.view import (
    ID,
    Columns,
    Kind,
    Leaf,
    Lookup,
    Many,
    One,
    Order,
    OrderKey,
    Tally,
    Through,
    View,
    by,
    code,
    flag,
    integer,
    moment,
    relay_id,
    table,
    text,
    unsealed,
)
from integration.reports.actions import AVAILABLE_ACTIONS
from integration.reports.measures import MEASURES, spans
from integration.reports.parts import PARTS
from integration.reports.published import PublishedPlan
from integration.reports.statistics import DIMENSIONS, SOURCE
from integration.reports.steps import SOP_STEP
from integration.reports.tables import ReportPpksTypeRow, ReportRow
from integration.reports.visibility import visible_to


def _has_follow_up(report: Columns, scope: Scope) -> ColumnElement[bool]:
    link, there = EVIDENCE.alias(scope.alias()), scope.rows("PolicyFollowUp")
    return sa.exists(
        sa.select(sa.literal_column("1")).where(
            link.c.report_id == report.id, there.c.id == link.c.follow_up_id, scope.visible("PolicyFollowUp", there.c)
        )
    )


def _assigned_to(report: Columns, scope: Scope, test: Any) -> ColumnElement[bool]:
    held = table(AssignmentRow).alias(scope.alias())
    return sa.exists(
        sa.select(sa.literal_column("1")).where(
            held.c.report_id == report.id, held.c.state.in_(OPEN_STATES), test(held.c.staff_id)
        )
    )


_filter = fields(
    "ReportFilter",
    {
        "status": codes("status"),
        "category": codes("category"),
        "region": within("region_code"),
        "channel": codes("channel"),
        "receivedAt": operators(on("received_at"), Kind.TIME),
        "ppksType": operators(linked(table(ReportPpksTypeRow), "report_id", "ppks_code"), Kind.TEXT, known("PpksType")),
        "assignedTo": operators(_assigned_to, Kind.UUID, ids("StaffMember")),
        "slaState": codes(sla_state),
        "hasFollowUp": yes(_has_follow_up),
    },
)


def _order(name: str, *keys: OrderKey) -> Order:
    return by(name, *keys, descending=True)


_RECEIVED = OrderKey("received_at", Kind.TIME)
NEWEST_FIRST = _order("receivedAt-", _RECEIVED, ID)
_ORDERS = {
    "RECEIVED_AT": _order("receivedAt", _RECEIVED, ID),
    "UPDATED_AT": _order("updatedAt", OrderKey("updated_at", Kind.TIME), ID),
    "DUE_AT": _order("dueAt", OrderKey("due_at", Kind.TIME, nullable=True), ID),
    "NUMBER": _order("number", OrderKey("number", Kind.TEXT)),
}

report = View(
    "Report",
    table(ReportRow),
    visible=visible_to,
    fields={
        "id": relay_id("Report"),
        "number": text("number"),
        "version": integer("version"),
        "channel": code(ChannelKind, "channel"),
        "entryPoint": text("entry_point"),
        "status": code(ReportStatus, "status"),
        "sopStep": Leaf("status", Kind.CODE, step=lambda status: SOP_STEP[status]),
        "outcome": code(ReportOutcome, "outcome"),
        "category": code(ReportCategory, "category"),
        "priority": code(Priority, "priority"),
        "sensitivity": code(Sensitivity, "sensitivity"),
        "description": unsealed("report.description", "description_sealed", mask_text),
        "receivedAt": moment("received_at"),
        "updatedAt": moment("updated_at"),
        "dueAt": moment("due_at"),
        "slaState": code(SlaState, sla_state),
        "reopenableUntil": moment("reopenable_until"),
        "citizenConfirmed": flag(lambda report, _scope: report.outcome_confirmed_at.is_not(None)),
        "verifiedOutcome": flag(lambda report, _scope: report.outcome_verified_at.is_not(None)),
    },
    edges={
        "ppksTypes": Many(
            "PpksType", "id", order=BY_CODE, through=Through(table(ReportPpksTypeRow), "report_id", "ppks_code")
        ),
        "region": One("Region", "region_code", "code"),
        "reporter": One("Reporter", "reporter_id"),
        "subjects": Many("ReportSubject", "id", "report_id"),
        "suggestions": Many("ReportSuggestion", "id", "report_id"),
        "assignments": Many(
            "Assignment", "id", "report_id", _order("assignedAt", OrderKey("assigned_at", Kind.TIME), ID)
        ),
        "dispositions": Many("Disposition", "id", "report_id", by("number", OrderKey("number", Kind.INT), ID)),
        "followUps": Many("PolicyFollowUp", "id", order=NEWEST, through=Through(EVIDENCE, "report_id", "follow_up_id")),
        "proposals": Many(
            "VervalProposal", "id", "report_id", _order("createdAt", OrderKey("created_at", Kind.TIME), ID)
        ),
        "messages": Many("Message", "id", "report_id", by("at", OrderKey("at", Kind.TIME), ID), paged=True),
        "availableActions": AVAILABLE_ACTIONS,
        "timeline": Many("ReportEvent", "id", "report_id", by("id", ID), paged=True),
    },
    roots={
        "report": Lookup("Report", {"id": key_of("Report"), "number": value(on("number"), Kind.TEXT)}),
        "reportStatistics": Tally(
            "Report", DIMENSIONS, MEASURES, spans, {"filter": _filter}, SOURCE, HANDLERS, PublishedPlan
        ),
        "reports": Many("Report", order=NEWEST_FIRST, paged=True, filters={"filter": _filter}, orders=_ORDERS),
    },
)
VIEWS = (report, *PARTS)
