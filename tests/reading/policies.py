"""Policy and meetings for the second reader: which rows belong together, in which order."""

from collections.abc import Callable
from typing import Any

from tests.reading.listing import by

FOLLOW_UPS = by("proposedAt DESC", "proposed_at", descending=True)
MEETINGS, COMMITMENTS = by("startsAt DESC", "starts_at", descending=True), by("dueAt", "due_at")
_NEWEST_REPORT = by("RECEIVED_AT DESC", "received_at", descending=True)

# By when something happened, and by when it was told to those who do not see every report.
SIGNALS, SIGNALS_TOLD = by("raisedAt DESC", "raised_at", descending=True), by("told DESC", "told_at", descending=True)
TOLD_ORDERS = {"PolicyFollowUp.evidence": by("told", "told_at")}


def _told(exact: str, told: str) -> Callable[[Any, Any], Any]:
    return lambda call, row: getattr(row, exact if call.sight.sees_counts else told)


def _decided_at(call: Any, signal: Any) -> Any:
    if call.sight.sees_counts or signal.decided_at is None:
        return signal.decided_at
    return max(signal.decided_at, signal.told_at)


COMPUTED: dict[str, Callable[[Any, Any], Any]] = {
    "PolicySignal.decidedAt": _decided_at,
    **{
        f"{noun}.{name}": _told(*columns)
        for noun, fields in {
            "PolicySignal": {
                "why": ("why", "told_why"), "count": ("count", "told_count"), "of": ("of", "told_of"),
                "windowFrom": ("window_from", "told_from"), "windowTo": ("window_to", "told_to"),
                "raisedAt": ("raised_at", "told_at"),
            },
            "EvidenceSnapshot": {
                "takenAt": ("taken_at", "told_at"), "count": ("count", "told_count"), "of": ("of", "told_of"),
                "query": ("query", "told_query"), "queryHash": ("query_hash", "told_query_hash"),
                "description": ("description", "told_description"),
            },
        }.items()
        for name, columns in fields.items()
    },
}  # fmt: skip

TO_ONE = {
    "PolicyFollowUp.planningDocument": ("PlanningDocument", "planning_document_code"),
    "PolicyFollowUp.legalBasis": ("LegalBasis", "legal_basis_id"),
    "PolicyFollowUp.owner": ("Organization", "owner_id"),
    "PolicySignal.region": ("Region", "region_code"),
    "PolicySignal.unit": ("OrgUnit", "unit_id"),
    "PolicyDecision.meeting": ("CoordinationMeeting", "meeting_id"),
    "AgendaItem.followUp": ("PolicyFollowUp", "follow_up_id"),
    "MeetingAttendance.organization": ("Organization", "organization_id"),
    "Commitment.owner": ("Organization", "owner_id"),
    "Commitment.meeting": ("CoordinationMeeting", "meeting_id"),
    "Commitment.followUp": ("PolicyFollowUp", "follow_up_id"),
    "PolicySignal.organization": ("Organization", "organization_id"),
    "PolicySignal.followUp": ("PolicyFollowUp", "follow_up_id"),
}

TO_MANY = {
    "PolicyFollowUp.milestones": ("Milestone", "follow_up_id", by("dueAt", "due_at")),
    "PolicyFollowUp.decisions": ("PolicyDecision", "follow_up_id", by("at", "at")),
    "PolicyFollowUp.commitments": ("Commitment", "follow_up_id", COMMITMENTS),
    "CoordinationMeeting.agenda": ("AgendaItem", "meeting_id", by("position", "position")),
    "CoordinationMeeting.attendance": ("MeetingAttendance", "meeting_id", by("id", "id")),
    "CoordinationMeeting.commitments": ("Commitment", "meeting_id", COMMITMENTS),
    "PolicyFollowUp.evidence": ("EvidenceSnapshot", "follow_up_id", by("takenAt", "taken_at")),
}

LINKED = {
    "PolicyFollowUp.supporters": (
        "PolicyFollowUpSupport",
        "follow_up_id",
        "Organization",
        "organization_id",
        by("code", "code"),
    ),
    "PolicyFollowUp.meetings": ("AgendaItem", "follow_up_id", "CoordinationMeeting", "meeting_id", MEETINGS),
    "PolicySignal.reports": ("PolicySignalReport", "signal_id", "Report", "report_id", _NEWEST_REPORT),
    "PolicyFollowUp.reports": ("PolicyFollowUpReport", "follow_up_id", "Report", "report_id", _NEWEST_REPORT),
}
