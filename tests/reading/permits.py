"""Who may read what, written a second time: per type, which of its fields which circle of roles may read.

Whoever changes the access table changes this one too; a difference between them is a mistake in one of the two.
"""

from functools import cache

_ALL = (
    "CITIZEN ADMIN TEAM_LEAD SECRETARY DIVISION_HEAD TEAM_MEMBER TKSK VILLAGE_OPERATOR VERIFIER OPD_CLIENT ANALYST "
    "AGENCY_HEAD AUDITOR SYSTEM_CLIENT"
)
_CASE = "ADMIN TEAM_LEAD SECRETARY DIVISION_HEAD TEAM_MEMBER TKSK VILLAGE_OPERATOR AGENCY_HEAD"

CIRCLES = {
    "anyone": _ALL,
    "case workers": _CASE,
    "case workers and citizens": f"{_CASE} CITIZEN SYSTEM_CLIENT",
    "case workers and analysts": f"{_CASE} ANALYST",
    "importers": "ADMIN TEAM_LEAD SECRETARY VERIFIER AGENCY_HEAD",
    "importers and analysts": "ADMIN TEAM_LEAD SECRETARY VERIFIER AGENCY_HEAD ANALYST",
    "office": f"{_CASE} VERIFIER",
    "office and partners": f"{_CASE} VERIFIER ANALYST OPD_CLIENT",
    "office, partners and auditors": f"{_CASE} VERIFIER ANALYST OPD_CLIENT AUDITOR",
}

# What a type's fields need beyond seeing the object; "*" is every other field of the type.
FIELDS = {
    "Report": {
        "*": "anyone",
        "case workers and citizens": "entryPoint outcome category description region reporter dueAt reopenableUntil "
        "messages timeline subjects suggestions",
        "case workers": "assignments dispositions proposals",
        "case workers and analysts": "followUps",
    },
    "Reporter": {"*": "case workers and citizens", "anyone": "kind language"},
    "ReportSubject": {
        "*": "case workers and citizens",
        "anyone": "id matchState",
        "case workers": "candidates person availableActions",
    },
    "MatchCandidate": {"*": "anyone", "case workers": "person"},
    "ReportSuggestion": {"*": "anyone", "case workers and citizens": "value region message"},
    "Message": {"*": "anyone", "case workers and citizens": "text deliveryState"},
    "ReportEvent": {
        "*": "anyone",
        "case workers and citizens": "sopStep from to legalBasis",
        "case workers": "actor note",
    },
    "Disposition": {"*": "case workers", "anyone": "id number at"},
    "Person": {"*": "office", "anyone": "id", "case workers": "reports"},
    "Family": {"*": "office", "anyone": "id"},
    "RegistryRecord": {"*": "anyone", "office": "desil"},
    "Query": {"*": "anyone", "importers and analysts": "importBatches"},
    "ImportBatch": {"*": "anyone", "importers": "findings"},
    "Organization": {"*": "anyone", "office, partners and auditors": "dataSharingAgreement"},
    "Enrolment": {"*": "anyone", "office": "from to"},
    "StaffMember": {
        "*": "anyone",
        "office and partners": "unit district",
        "case workers": "assignments lastActivityAt",
    },
    "Assignment": {"*": "case workers", "anyone": "id role assignedAt state"},
    "PolicyFollowUp": {
        "*": "anyone",
        "office and partners": "owner instrument documentNumber budgetIdr publicSummary dueAt reports "
        "planningDocument planItem legalBasis",
    },
    "PolicySignal": {"*": "anyone", "office and partners": "reason reports"},
    "Milestone": {"*": "anyone", "office and partners": "dueAt completedAt"},
    "PolicyDecision": {"*": "anyone", "office and partners": "document note meeting"},
    "CoordinationMeeting": {"*": "anyone", "office and partners": "place minutesNumber minutes cancelReason"},
    "Commitment": {"*": "anyone", "office and partners": "note"},
    "VervalProposal": {
        "*": "anyone",
        "office": "person region batch changes note deliberations assessments endorsements attachments centralReason "
        "closedAt availableActions timeline",
        "case workers": "subject report",
    },
    "PsksResource": {"*": "anyone", "office": "phone"},
    "VervalChange": {"*": "office", "anyone": "field"},
    "VervalDeliberation": {"*": "anyone", "office": "minutesNumber place organizations"},
    "VervalAssessment": {"*": "anyone", "office": "latitude longitude answers"},
    "VervalFormAnswer": {"*": "anyone", "office": "value"},
    "VervalEndorsement": {"*": "anyone", "office": "documentNumber"},
    "VervalBatch": {"*": "anyone", "office": "proposals differences"},
    "VervalDifference": {"*": "anyone", "office": "proposal"},
    "VervalEvent": {"*": "anyone", "office": "actor note legalBasis"},
    # What may be asked for follows what may be read.
    "ReportFilter": {
        "*": "anyone",
        "case workers and citizens": "category region",
        "case workers": "assignedTo",
        "case workers and analysts": "hasFollowUp",
    },
    "ReportOrderField": {"*": "anyone", "case workers and citizens": "DUE_AT"},
    "ReportDimension": {
        "*": "anyone",
        "case workers": "VILLAGE PPKS_TYPE STATUS UNIT ORGANIZATION DIMENSION",
    },
    "PersonFilter": {"*": "office"},
    "VervalProposalFilter": {"*": "anyone", "office": "region person"},
    "StaffFilter": {"*": "anyone", "office and partners": "unit district", "case workers": "idleSince"},
    "PolicyFollowUpFilter": {"*": "anyone", "office and partners": "owner"},
}


@cache
def _circle(type_name: str, field: str) -> str:
    table = FIELDS.get(type_name, {"*": "anyone"})
    return next((circle for circle, names in table.items() if field in names.split()), table["*"])


def is_kept(type_name: str, field: str) -> bool:
    """Whether a field is kept from some circle; a question open to all is so to people without a role, too."""
    return _circle(type_name, field) != "anyone"


@cache
def permitted(type_name: str, field: str, roles: frozenset[str]) -> bool:
    """Whether one of these roles may use a field, filter or order."""
    return any(role in CIRCLES[_circle(type_name, field)].split() for role in roles)
