"""How policy follow-ups are read: by the office, by those who plan, and by the agency that owns one."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.access.masks import mask_text
from integration.access.viewer import OFFICE, WHOLE_OFFICE
from integration.codes import (
    PolicyInstrument,
    PolicySignalState,
    PolicyStatus,
    ProtectionDimension,
    ReportCategory,
    Role,
)
from integration.meetings.view import AGENDA, LATEST, SOONEST
from integration.policy.codes import EvidenceKind, PlanningKind
from integration.policy.tables import (
    EvidenceSnapshotRow,
    MilestoneRow,
    PlanningDocumentRow,
    PolicyDecisionRow,
    PolicyFollowUpReportRow,
    PolicyFollowUpRow,
    PolicyFollowUpSupportRow,
    PolicySignalReportRow,
    PolicySignalRow,
)
from integration.reading.filters import code_of, fields, ids, on, operators
from integration.reading.scope import Scope
from integration.reading.view import (
    ID,
    Columns,
    Kind,
    Many,
    One,
    OrderKey,
    SeenWith,
    Source,
    Through,
    View,
    by,
    code,
    day,
    integer,
    moment,
    relay_id,
    table,
    text,
    unsealed,
)

NEWEST = by("proposedAt", OrderKey("proposed_at", Kind.TIME), ID, descending=True)
EVIDENCE = table(PolicyFollowUpReportRow)
BY_CODE = by("code", OrderKey("code", Kind.TEXT))
_SUPPORT = table(PolicyFollowUpSupportRow)


def visible_to(follow_up: Columns, scope: Scope) -> ColumnElement[bool]:
    """The office and planners see all; a partner agency what it owns or helps with."""
    if scope.has(*OFFICE, Role.ANALYST):
        return sa.true()
    if scope.has(Role.OPD_CLIENT):
        support, ours = _SUPPORT.alias(scope.alias()), scope.viewer("organization_id")
        helped = sa.exists(
            sa.select(sa.literal_column("1")).where(
                support.c.follow_up_id == follow_up.id, support.c.organization_id == ours
            )
        )
        return sa.or_(follow_up.owner_id == ours, helped)
    return sa.false()


def _is_told(row: Columns, scope: Scope) -> ColumnElement[bool]:
    """Whether anything is told of a count to this viewer: of each to those who see every report, to others of those
    that undo no cover (`integration.policy.telling`).
    """
    if scope.has(*WHOLE_OFFICE):
        return sa.true()
    told: ColumnElement[bool] = row.told_at.is_not(None)
    return told


def _exact_or_told(exact: str, told: str) -> Source:
    """A column for those who see every report, and another for all others."""
    return lambda row, scope: row[exact] if scope.has(*WHOLE_OFFICE) else row[told]


def _decided_at(signal: Columns, scope: Scope) -> ColumnElement[Any]:
    """Not before the signal was told of: who decided early would say that it was there by then."""
    if scope.has(*WHOLE_OFFICE):
        decided: ColumnElement[Any] = signal.decided_at
        return decided
    return sa.case((signal.decided_at < signal.told_at, signal.told_at), else_=signal.decided_at)


def _evidence_visible(evidence: Columns, scope: Scope) -> ColumnElement[bool]:
    return sa.and_(scope.seen_with(_EVIDENCE_WITH_FOLLOW_UP, evidence), _is_told(evidence, scope))


_RAISED_AT = _exact_or_told("raised_at", "told_at")
_TAKEN_AT = _exact_or_told("taken_at", "told_at")
_WITH_FOLLOW_UP = SeenWith("PolicyFollowUp", "id", "follow_up_id")
_EVIDENCE_WITH_FOLLOW_UP = SeenWith("PolicyFollowUp", "id", "follow_up_id", gate=_is_told)

_filter = fields(
    "PolicyFollowUpFilter",
    {
        "status": code_of(on("status")),
        "dimension": code_of(on("dimension")),
        "owner": operators(on("owner_id"), Kind.UUID, ids("Organization")),
    },
)

follow_up = View(
    "PolicyFollowUp",
    table(PolicyFollowUpRow),
    visible=visible_to,
    fields={
        "id": relay_id("PolicyFollowUp"),
        "title": text("title"),
        "problem": text("problem"),
        "dimension": code(ProtectionDimension, "dimension"),
        "status": code(PolicyStatus, "status"),
        "version": integer("version"),
        "instrument": code(PolicyInstrument, "instrument"),
        "documentNumber": text("document_number"),
        "budgetIdr": text("budget_idr"),
        "publicSummary": text("public_summary"),
        "dueAt": day("due_at"),
        "planItem": text("plan_item"),
    },
    edges={
        "owner": One("Organization", "owner_id"),
        "supporters": Many(
            "Organization", "id", order=BY_CODE, through=Through(_SUPPORT, "follow_up_id", "organization_id")
        ),
        "planningDocument": One("PlanningDocument", "planning_document_code", "code"),
        "legalBasis": One("LegalBasis", "legal_basis_id"),
        "milestones": Many(
            "Milestone", "id", "follow_up_id", by("dueAt", OrderKey("due_at", Kind.DATE, nullable=True), ID)
        ),
        "decisions": Many("PolicyDecision", "id", "follow_up_id", by("at", OrderKey("at", Kind.TIME), ID)),
        "meetings": Many(
            "CoordinationMeeting", "id", order=LATEST, through=Through(AGENDA, "follow_up_id", "meeting_id")
        ),
        "commitments": Many("Commitment", "id", "follow_up_id", SOONEST),
        "evidence": Many("EvidenceSnapshot", "id", "follow_up_id", by("takenAt", OrderKey(_TAKEN_AT, Kind.TIME), ID)),
        "reports": Many(
            "Report",
            "id",
            order=by("receivedAt-", OrderKey("received_at", Kind.TIME), ID, descending=True),
            through=Through(EVIDENCE, "follow_up_id", "report_id"),
            paged=True,
        ),
    },
    roots={"policyFollowUps": Many("PolicyFollowUp", order=NEWEST, paged=True, filters={"filter": _filter})},
)
milestone = View(
    "Milestone",
    table(MilestoneRow),
    visible=None,
    seen_with=_WITH_FOLLOW_UP,
    fields={
        "id": relay_id("Milestone"),
        "title": text("title"),
        "dueAt": day("due_at"),
        "completedAt": moment("completed_at"),
    },
)
decision = View(
    "PolicyDecision",
    table(PolicyDecisionRow),
    visible=None,
    seen_with=_WITH_FOLLOW_UP,
    fields={"at": moment("at"), "decision": text("decision"), "document": text("document"), "note": text("note")},
    edges={"meeting": One("CoordinationMeeting", "meeting_id")},
)
evidence = View(
    "EvidenceSnapshot",
    table(EvidenceSnapshotRow),
    visible=_evidence_visible,
    seen_with=_EVIDENCE_WITH_FOLLOW_UP,
    fields={
        "takenAt": moment(_TAKEN_AT),
        "kind": code(EvidenceKind, "kind"),
        "count": integer(_exact_or_told("count", "told_count")),
        "of": integer(_exact_or_told("of", "told_of")),
        "query": text(_exact_or_told("query", "told_query")),
        "queryHash": text(_exact_or_told("query_hash", "told_query_hash")),
        "membersHash": text("members_hash"),
        "description": text(_exact_or_told("description", "told_description")),
    },
)


def _signal_visible(signal: Columns, scope: Scope) -> ColumnElement[bool]:
    """Those who see every report see every signal, planners those that are told of."""
    if scope.has(*WHOLE_OFFICE, Role.ANALYST):
        return _is_told(signal, scope)
    return sa.false()


signal = View(
    "PolicySignal",
    table(PolicySignalRow),
    visible=_signal_visible,
    fields={
        "id": relay_id("PolicySignal"),
        "version": integer("version"),
        "rule": text("rule_code"),
        "why": text(_exact_or_told("why", "told_why")),
        "count": integer(_exact_or_told("count", "told_count")),
        "of": integer(_exact_or_told("of", "told_of")),
        "category": code(ReportCategory, "category"),
        "state": code(PolicySignalState, "state"),
        "topic": text("topic"),
        "windowFrom": moment(_exact_or_told("window_from", "told_from")),
        "windowTo": moment(_exact_or_told("window_to", "told_to")),
        "raisedAt": moment(_RAISED_AT),
        "decidedAt": moment(_decided_at),
        "reason": unsealed("signal.reason", "reason_sealed", mask_text),
    },
    edges={
        "region": One("Region", "region_code", "code"),
        "unit": One("OrgUnit", "unit_id"),
        "organization": One("Organization", "organization_id"),
        "followUp": One("PolicyFollowUp", "follow_up_id"),
        "reports": Many(
            "Report",
            "id",
            order=by("receivedAt-", OrderKey("received_at", Kind.TIME), ID, descending=True),
            through=Through(table(PolicySignalReportRow), "signal_id", "report_id"),
            paged=True,
        ),
    },
    roots={
        "policySignals": Many(
            "PolicySignal",
            order=by("raisedAt", OrderKey(_RAISED_AT, Kind.TIME), ID, descending=True),
            filters={"state": code_of(on("state"))},
        )
    },
)
planning_document = View(
    "PlanningDocument",
    table(PlanningDocumentRow),
    visible=None,
    key="code",
    fields={
        "code": text("code"),
        "kind": code(PlanningKind, "kind"),
        "title": text("title"),
        "issuer": text("issuer"),
        "fromYear": integer("from_year"),
        "toYear": integer("to_year"),
        "source": text("source"),
    },
    roots={"planningDocuments": Many("PlanningDocument", order=BY_CODE)},
)
VIEWS = (follow_up, milestone, decision, evidence, signal, planning_document)
