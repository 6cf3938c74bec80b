"""Policy and meetings for the second reader: which rows belong together, in which order."""

from tests.reading.listing import by

FOLLOW_UPS = by("proposedAt DESC", "proposed_at", descending=True)
MEETINGS, COMMITMENTS = by("startsAt DESC", "starts_at", descending=True), by("dueAt", "due_at")
_NEWEST_REPORT = by("RECEIVED_AT DESC", "received_at", descending=True)

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
