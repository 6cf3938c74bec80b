"""Where each field comes from, for the second reader: a column, a row, a list or a page of rows, or a few lines of
Python.
"""

from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Any
from uuid import UUID

from integration.registry.importing.findings import suggestion
from tests.reading import actions, figures, policies, reasons, resources
from tests.reading.conditions import (
    Conditions,
    current_record,
    is_expected,
    is_helping,
    is_overdue,
    last_activity,
    on_duty,
    sla_state,
)
from tests.reading.listing import Ledger, Order, Page, by, page
from tests.reading.sight import OFFICE, Sight
from tests.reading.state import Row, State

ROLES = [
    "CITIZEN",
    "ADMIN",
    "TEAM_LEAD",
    "SECRETARY",
    "DIVISION_HEAD",
    "TEAM_MEMBER",
    "TKSK",
    "VILLAGE_OPERATOR",
    "VERIFIER",
    "OPD_CLIENT",
    "ANALYST",
    "AGENCY_HEAD",
    "AUDITOR",
    "SYSTEM_CLIENT",
]

BY_ID, BY_CODE = by("id", "id"), by("code", "code")
PEOPLE, STAFF = by("name", "name_key"), by("name", "name")
REPORTS: dict[str, Order] = {
    f"{name} {direction}": by(f"{name} {direction}", column, descending=direction == "DESC")
    for name, column in {
        "RECEIVED_AT": "received_at", "UPDATED_AT": "updated_at", "DUE_AT": "due_at", "NUMBER": "number",
    }.items()
    for direction in ("ASC", "DESC")
}  # fmt: skip
IMPORTS = by("createdAt DESC", "created_at", descending=True)
PROPOSALS = by("createdAt DESC", "created_at", descending=True)
NEWEST_REPORT = REPORTS["RECEIVED_AT DESC"]


@dataclass(slots=True)
class Call:
    """One query being answered: who asks of which state, and what was noticed on the way."""

    state: State
    sight: Sight
    now: datetime
    ledger: Ledger
    seen: set[str] = field(default_factory=set)
    forbidden: dict[tuple[str, tuple[str, ...]], list[tuple[str | int, ...]]] = field(default_factory=dict)

    @property
    def conditions(self) -> Conditions:
        """Filters as this viewer may use them."""
        return Conditions(self.state, self.sight, self.now, self.seen)

    def visible(self, rows: list[Row]) -> list[Row]:
        """Those of the rows that the viewer may see."""
        return [row for row in rows if self.sight.sees(row)]

    def page(self, noun: str, order: Order, rows: list[Row], given: Mapping[str, Any]) -> Page:
        """A page of the visible ones among these rows."""
        return page(self.state, self.ledger, noun, order, self.visible(rows), given)


def order_of_reports(given: Mapping[str, Any]) -> Order:
    """The order that `orderBy` asks for."""
    wanted = given.get("orderBy") or {"field": "RECEIVED_AT", "direction": "DESC"}
    return REPORTS[f"{wanted['field']} {wanted['direction']}"]


# --- values


def plain(value: Any) -> Any:
    """A value as it is written in an answer."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def encode_id(noun: str, key: UUID) -> str:
    """An opaque id."""
    return urlsafe_b64encode(f"{noun}:{key.hex}".encode()).decode().rstrip("=")


def mask_identifier(digits: str | None) -> str | None:
    """The first and last four digits of a NIK or KK."""
    if digits is None:
        return None
    return digits[:4] + "*" * (len(digits) - 8) + digits[-4:]


def mask_phone(number: str | None) -> str | None:
    """The last four digits of a phone number."""
    return None if number is None else "*" * (len(number) - 4) + number[-4:]


def mask_text(text: str | None) -> str | None:
    """A text without whole identity numbers: sixteen digits that are no part of a longer number, however they are
    grouped.
    """
    if text is None:
        return None
    made, at = "", 0
    while at < len(text):
        end = _identifier_end(text, at)
        if end is None:
            made, at = made + text[at], at + 1
        else:
            digits = "".join(filter(str.isdigit, text[at:end]))
            made, at = made + digits[:4] + "*" * 8 + digits[-4:], end
    return made


def _identifier_end(text: str, start: int) -> int | None:
    if not text[start].isdigit() or (start > 0 and text[start - 1].isdigit()):
        return None
    digits, gap, at = 0, 0, start
    while at < len(text) and digits < 16:
        if text[at].isdigit():
            digits, gap = digits + 1, 0
        elif text[at] in " .-\N{EN DASH}" and gap < 2:
            gap += 1
        else:
            return None
        at += 1
    return at if digits == 16 and not text[at : at + 1].isdigit() else None


def _sealed(label: str, column: str, mask: Callable[[str | None], str | None]) -> Callable[[Call, Row], Any]:
    return lambda call, row: mask(call.state.open(label, getattr(row, column)))


def _release(call: Call, record: Row) -> Row:
    release = call.state.get("RegistryRelease", record.release_id)
    assert release is not None
    return release


def _as_of(call: Call, record: Row) -> Any:
    """The day the source gives, else the day it came, in local time."""
    return record.as_of or (_release(call, record).received_at.astimezone(UTC) + timedelta(hours=8)).date()


def _staleness(call: Call, record: Row) -> str:
    """Checked within a year it is fresh, within two it ages; without a day nobody knows."""
    if record.as_of is None:
        return "UNKNOWN"
    if record.as_of >= (call.now - timedelta(days=365)).date():
        return "FRESH"
    return "AGEING" if record.as_of >= (call.now - timedelta(days=730)).date() else "STALE"


def _open_assignments(call: Call, staff: Row) -> int:
    held = call.state.where("Assignment", "staff_id", staff.id)
    return sum(assignment.state in ("ASSIGNED", "ACKNOWLEDGED") for assignment in held)


def _roles(call: Call, staff: Row) -> list[str]:
    held = {row.role.value for row in call.state.where("StaffRole", "staff_id", staff.id)}
    return [role for role in ROLES if role in held]


def _programme_name(call: Call, enrolment: Row) -> str:
    programme = call.state.get("Programme", enrolment.programme_code)
    assert programme is not None
    return str(programme.name)


def _current(call: Call, person: Row) -> Row | None:
    record = current_record(call.state, person)
    return record if record is not None and call.sight.sees(record) else None


def _answered(call: Call, batch: Row, answer: str | None) -> int:
    lines = call.state.where("VervalBatchLine", "batch_id", batch.id)
    return sum(answer is None or line.answer == answer for line in lines)


def _agreement(call: Call, organization: Row) -> Row | None:
    """Shown to the office, analysts and auditors, and to an agency its own; its fields are the organization's."""
    roles, viewer = call.sight.roles, call.sight.viewer
    outside = roles.isdisjoint({*OFFICE, "ANALYST", "AUDITOR"})
    if outside and not ("OPD_CLIENT" in roles and organization.id == viewer.organization_id):
        return None
    return organization if organization.agreement_number is not None else None


COMPUTED: dict[str, Callable[[Call, Row], Any]] = {
    "Report.sopStep": lambda _call, report: reasons.STEPS[report.status],
    "Report.slaState": lambda call, report: sla_state(report, call.now),
    "Report.citizenConfirmed": lambda _call, report: report.outcome_confirmed_at is not None,
    "Report.verifiedOutcome": lambda _call, report: report.outcome_verified_at is not None,
    "Report.description": _sealed("report.description", "description_sealed", mask_text),
    "Reporter.phone": _sealed("phone", "phone_sealed", mask_phone),
    "ReportSubject.nik": _sealed("nik", "nik_sealed", mask_identifier),
    "ReportSubject.note": _sealed("subject.note", "note_sealed", mask_text),
    "ReportSubject.searchedBy": lambda _call, subject: [
        one for one in ("NIK", "NAME", "VILLAGE", "AGE") if one in (subject.searched or "").split(",")
    ],
    "ReportSuggestion.value": _sealed("suggestion.value", "value_sealed", mask_text),
    "ReportSuggestion.start": lambda _call, one: one.starts,
    "ReportSuggestion.end": lambda _call, one: one.ends,
    "Message.text": _sealed("message.text", "text_sealed", mask_text),
    "ReportEvent.sequence": lambda _call, event: str(event.id.int),
    "ReportEvent.from": lambda _call, event: event.from_status,
    "ReportEvent.to": lambda _call, event: event.to_status,
    "Disposition.instruction": _sealed("disposition.instruction", "instruction_sealed", mask_text),
    "ReportEvent.note": _sealed("event.note", "note_sealed", mask_text),
    "Assignment.instruction": _sealed("assignment.instruction", "instruction_sealed", mask_text),
    "Person.nik": _sealed("nik", "nik_sealed", mask_identifier),
    "Person.currentRegistry": _current,
    "PolicySignal.rule": lambda _call, signal: signal.rule_code,
    "PolicySignal.reason": _sealed("signal.reason", "reason_sealed", mask_text),
    "Organization.dataSharingAgreement": _agreement,
    "DataSharingAgreement.number": lambda _call, row: row.agreement_number,
    "DataSharingAgreement.purposes": lambda _call, row: row.agreement_purposes.split(","),
    "DataSharingAgreement.validTo": lambda _call, row: row.agreement_valid_to,
    "DataSharingAgreement.inForce": lambda call, row: row.agreement_valid_to >= (call.now + timedelta(hours=8)).date(),
    "CoordinationMeeting.minutes": _sealed("meeting.minutes", "minutes_sealed", mask_text),
    "CoordinationMeeting.cancelReason": _sealed("meeting.reason", "cancel_reason_sealed", mask_text),
    "Commitment.note": _sealed("commitment.note", "note_sealed", mask_text),
    "Commitment.overdue": lambda call, promise: is_overdue(promise, call.now),
    "OutreachActivity.title": lambda _call, one: mask_text(one.title),
    "OutreachActivity.audience": lambda _call, one: mask_text(one.audience),
    "PsksResource.name": lambda _call, one: mask_text(one.name),
    "PsksResource.phone": _sealed("phone", "phone_sealed", mask_phone),
    "PsksResource.isActive": lambda call, one: is_helping(one, call.now),
    "Award.note": lambda _call, one: mask_text(one.note),
    "Family.kk": _sealed("kk", "kk_sealed", mask_identifier),
    "RegistryRecord.scheme": lambda call, record: _release(call, record).scheme,
    "RegistryRecord.staleness": _staleness,
    "RegistryRecord.asOf": _as_of,
    "ImportBatch.problem": lambda call, one: (
        (one.problem or "\n").split("\n")[call.sight.viewer.language == "EN"] or None
    ),
    "ImportFinding.suggestion": lambda call, one: suggestion(one.rule, one.detail, call.sight.viewer.language),
    "Enrolment.programme": lambda _call, enrolment: enrolment.programme_code,
    "Enrolment.programmeName": _programme_name,
    "Enrolment.from": lambda _call, enrolment: enrolment.from_date,
    "Enrolment.to": lambda _call, enrolment: enrolment.to_date,
    "StaffMember.roles": _roles,
    "StaffMember.openAssignments": _open_assignments,
    "StaffMember.lastActivityAt": lambda call, staff: last_activity(call.state, staff),
    "VervalProposal.note": _sealed("verval.note", "note_sealed", mask_text),
    "VervalProposal.expectedInNextRelease": lambda call, proposal: is_expected(call.state, proposal),
    **{
        f"VervalBatch.{name}": lambda call, batch, answer=answer: _answered(call, batch, answer)  # type: ignore[misc]
        for name, answer in {
            "lines": None,
            "accepted": "ACCEPTED",
            "rejected": "REJECTED",
            "returned": "RETURNED",
        }.items()
    },
    "VervalChange.value": _sealed("verval.change", "value_sealed", mask_text),
    "VervalAssessment.latitude": _sealed("verval.place", "latitude_sealed", str),
    "VervalAssessment.longitude": _sealed("verval.place", "longitude_sealed", str),
    "VervalFormAnswer.value": _sealed("verval.answer", "value_sealed", mask_text),
    "VervalEvent.from": lambda _call, event: event.data.get("from"),
    "VervalEvent.to": lambda _call, event: event.data.get("to"),
    "VervalEvent.note": _sealed("event.note", "note_sealed", mask_text),
    **figures.COMPUTED,
    **policies.COMPUTED,
    **actions.COMPUTED,
    "StaffMember.onDuty": lambda call, staff: on_duty(call.state, staff, call.now),
}

# --- other rows: the type and the column that holds its key

TO_ONE = {
    "Disposition.from": ("StaffMember", "from_staff_id"), "Disposition.assignment": ("Assignment", "assignment_id"),
    "Disposition.parent": ("Disposition", "parent_id"),
    "Report.region": ("Region", "region_code"), "Report.reporter": ("Reporter", "reporter_id"),
    "ReportSubject.region": ("Region", "region_code"), "ReportSubject.person": ("Person", "person_id"),
    "MatchCandidate.person": ("Person", "person_id"),
    "ReportSuggestion.region": ("Region", "region_code"), "ReportSuggestion.message": ("Message", "message_id"),
    "ReportEvent.legalBasis": ("LegalBasis", "legal_basis_id"), "Person.region": ("Region", "region_code"),
    "Person.family": ("Family", "family_id"), "Family.region": ("Region", "region_code"),
    "ImportBatch.release": ("RegistryRelease", "release_id"),
    "RegistryRecord.release": ("RegistryRelease", "release_id"),
    "RegistryRelease.supersedes": ("RegistryRelease", "supersedes_id"), "StaffMember.unit": ("OrgUnit", "unit_id"),
    "StaffMember.district": ("Region", "district_code"), "Assignment.report": ("Report", "report_id"),
    "Assignment.staff": ("StaffMember", "staff_id"), "Assignment.unit": ("OrgUnit", "unit_id"),
    "OrgUnit.organization": ("Organization", "organization_id"), "Region.parent": ("Region", "parent_code"),
    "SopStep.legalBasis": ("LegalBasis", "legal_basis_id"),
    "Viewer.staff": ("StaffMember", "staff_id"), "Viewer.unit": ("OrgUnit", "unit_id"),
    "Viewer.organization": ("Organization", "organization_id"),
    "VervalProposal.person": ("Person", "person_id"), "VervalProposal.subject": ("ReportSubject", "subject_id"),
    "VervalProposal.report": ("Report", "report_id"), "VervalProposal.region": ("Region", "region_code"),
    "VervalProposal.batch": ("VervalBatch", "batch_id"),
    "VervalDifference.proposal": ("VervalProposal", "proposal_id"),
    "VervalEvent.legalBasis": ("LegalBasis", "legal_basis_id"),
    **figures.TO_ONE,
    **resources.TO_ONE,
    **policies.TO_ONE,
}  # fmt: skip

_ASSIGNED = by("assignedAt DESC", "assigned_at", descending=True)
_RECEIVED = Order("receivedAt DESC", lambda state, record: _received(state, record), descending=True)  # noqa: PLW0108 - stands below

# The type, the column that holds our key, and the order.
TO_MANY = {
    "Report.subjects": ("ReportSubject", "report_id", BY_ID),
    "Report.suggestions": ("ReportSuggestion", "report_id", BY_ID),
    "Report.assignments": ("Assignment", "report_id", _ASSIGNED),
    "Report.messages": ("Message", "report_id", by("at", "at")),
    "Report.dispositions": ("Disposition", "report_id", by("number", "number")),
    "Report.timeline": ("ReportEvent", "report_id", BY_ID),
    "ReportSubject.candidates": ("MatchCandidate", "subject_id", by("score", "score", descending=True)),
    "MatchCandidate.evidence": ("MatchEvidence", "candidate_id", by("weight", "weight", descending=True)),
    "Person.registryRecords": ("RegistryRecord", "person_id", _RECEIVED),
    "ImportBatch.findingCounts": ("FindingCount", "batch_id", by("rule", "rule")),
    "ImportBatch.findings": ("ImportFinding", "batch_id", by("row", "row")),
    "Person.enrolments": ("Enrolment", "person_id", by("from", "from_date", descending=True)),
    "Family.members": ("Person", "family_id", by("order", "family_order")),
    "StaffMember.assignments": ("Assignment", "staff_id", _ASSIGNED),
    "Organization.units": ("OrgUnit", "organization_id", BY_CODE),
    "Region.children": ("Region", "parent_code", BY_CODE),
    **figures.TO_MANY,
    **policies.TO_MANY,
    "Person.proposals": ("VervalProposal", "person_id", PROPOSALS),
    "Report.proposals": ("VervalProposal", "report_id", PROPOSALS),
    "VervalProposal.changes": ("VervalChange", "proposal_id", by("field", "field")),
    "VervalProposal.deliberations": ("VervalDeliberation", "proposal_id", BY_ID),
    "VervalProposal.assessments": ("VervalAssessment", "proposal_id", BY_ID),
    "VervalProposal.endorsements": ("VervalEndorsement", "proposal_id", BY_ID),
    "VervalProposal.attachments": ("VervalAttachment", "proposal_id", BY_ID),
    "VervalProposal.timeline": ("VervalEvent", "noun_id", BY_ID),
    "VervalBatch.differences": ("VervalDifference", "batch_id", BY_ID),
    "VervalAssessment.answers": ("VervalFormAnswer", "assessment_id", by("position", "position")),
}

# The same through a link: the links, their column for our key, the type, their column for its key, and the order.
LINKED = {
    **policies.LINKED,
    "VervalBatch.proposals": ("VervalBatchLine", "batch_id", "VervalProposal", "proposal_id", PROPOSALS),
    "Report.ppksTypes": ("ReportPpksType", "report_id", "PpksType", "ppks_code", BY_CODE),
    "Report.followUps": ("PolicyFollowUpReport", "report_id", "PolicyFollowUp", "follow_up_id", policies.FOLLOW_UPS),
    "Person.ppks": ("PersonPpks", "person_id", "PpksType", "ppks_code", BY_CODE),
    "Person.reports": ("ReportSubject", "person_id", "Report", "report_id", NEWEST_REPORT),
}  # fmt: skip


def _received(state: State, record: Row) -> Any:
    release = state.get("RegistryRelease", record.release_id)
    return None if release is None else release.received_at


def _key(row: Row) -> Any:
    return row.code if row.noun in ("Region", "PpksType") else row.id


def related(call: Call, coordinate: str, row: Row) -> tuple[str, Order, list[Row]]:
    """The rows of an edge to many, each once, visible or not: their type, order, and they themselves."""
    if coordinate in TO_MANY:
        noun, column, order = TO_MANY[coordinate]
        order = order if call.sight.sees_counts else policies.TOLD_ORDERS.get(coordinate, order)
        return noun, order, call.state.where(noun, column, _key(row))
    links, ours, noun, theirs, order = LINKED[coordinate]
    found = call.state.where(links, ours, _key(row))
    keys = dict.fromkeys(getattr(link, theirs) for link in found)
    rows = [call.state.get(noun, key) for key in keys]
    return noun, order, [there for there in rows if there is not None]


def list_of(coordinate: str) -> tuple[str, Order]:
    """The type and the order of an edge's lists."""
    if coordinate in TO_MANY:
        noun, _, order = TO_MANY[coordinate]
        return noun, order
    return LINKED[coordinate][2], LINKED[coordinate][4]
