"""How what hangs on a report is read: reporter, subjects, candidates, messages, events, dispositions. Each is seen
with its report.
"""

from integration.access.masks import mask_identifier, mask_phone, mask_text
from integration.codes import (
    DeliveryState,
    Language,
    MatchState,
    MessageDirection,
    ReporterKind,
    ReportStatus,
    Sex,
)
from integration.events.tables import EventRow
from integration.matching.codes import SearchedField, SuggestionField
from integration.reading.view import (
    ID,
    Kind,
    Leaf,
    Many,
    One,
    OrderKey,
    SeenWith,
    View,
    by,
    code,
    integer,
    moment,
    number,
    relay_id,
    table,
    text,
    unsealed,
    words,
)
from integration.reports.procedure import DispositionRow
from integration.reports.subject_actions import SUBJECT_ACTIONS
from integration.reports.tables import (
    MatchCandidateRow,
    MatchEvidenceRow,
    MessageRow,
    ReporterRow,
    ReportSubjectRow,
    SuggestionRow,
)

_WITH_REPORT = SeenWith("Report", "id", "report_id")

reporter = View(
    "Reporter",
    table(ReporterRow),
    visible=None,
    seen_with=SeenWith("Report", "reporter_id", "id"),
    fields={
        "kind": code(ReporterKind, "kind"),
        "name": text("name"),
        "phone": unsealed("phone", "phone_sealed", mask_phone),
        "organizationName": text("organization_name"),
        "language": code(Language, "language"),
    },
)
subject = View(
    "ReportSubject",
    table(ReportSubjectRow),
    visible=None,
    seen_with=_WITH_REPORT,
    fields={
        "id": relay_id("ReportSubject"),
        "name": text("name"),
        "nik": unsealed("nik", "nik_sealed", mask_identifier),
        "approximateAge": integer("approximate_age"),
        "sex": code(Sex, "sex"),
        "note": unsealed("subject.note", "note_sealed", mask_text),
        "matchState": code(MatchState, "match_state"),
        "searchedBy": words(SearchedField, "searched"),
    },
    edges={
        "availableActions": SUBJECT_ACTIONS,
        "region": One("Region", "region_code", "code"),
        # The suggested person is shown too: `matchState` says whether an officer has confirmed it.
        "person": One("Person", "person_id"),
        "candidates": Many(
            "MatchCandidate", "id", "subject_id", by("score", OrderKey("score", Kind.FLOAT), ID, descending=True)
        ),
    },
)
candidate = View(
    "MatchCandidate",
    table(MatchCandidateRow),
    visible=None,
    seen_with=SeenWith("ReportSubject", "id", "subject_id"),
    fields={"score": number("score")},
    edges={
        "person": One("Person", "person_id"),
        "evidence": Many(
            "MatchEvidence", "id", "candidate_id", by("weight", OrderKey("weight", Kind.FLOAT), ID, descending=True)
        ),
    },
)
evidence = View(
    "MatchEvidence",
    table(MatchEvidenceRow),
    visible=None,
    seen_with=SeenWith("MatchCandidate", "id", "candidate_id"),
    fields={"field": text("field"), "comparison": text("comparison"), "weight": number("weight")},
)
message = View(
    "Message",
    table(MessageRow),
    visible=None,
    seen_with=_WITH_REPORT,
    fields={
        "id": relay_id("Message"),
        "direction": code(MessageDirection, "direction"),
        "kind": text("kind"),
        "text": unsealed("message.text", "text_sealed", mask_text),
        "at": moment("at"),
        "deliveryState": code(DeliveryState, "delivery_state"),
    },
)
event = View(
    "ReportEvent",
    table(EventRow),
    visible=None,
    seen_with=_WITH_REPORT,
    fields={
        "id": relay_id("ReportEvent"),
        # Ids grow with time, so they order events without waiting for the feed's position.
        "sequence": Leaf(
            "id", Kind.UUID, step=lambda value: str(int(value, 16) if isinstance(value, str) else value.int)
        ),
        "act": text("act"),
        "sopStep": integer("sop_step"),
        "from": code(ReportStatus, "from_status"),
        "to": code(ReportStatus, "to_status"),
        "at": moment("at"),
        "actor": text("actor"),
        "note": unsealed("event.note", "note_sealed", mask_text),
    },
    edges={"legalBasis": One("LegalBasis", "legal_basis_id")},
)
disposition = View(
    "Disposition",
    table(DispositionRow),
    visible=None,
    seen_with=_WITH_REPORT,
    fields={
        "id": relay_id("Disposition"),
        "number": integer("number"),
        "instruction": unsealed("disposition.instruction", "instruction_sealed", mask_text),
        "dueAt": moment("due_at"),
        "at": moment("at"),
    },
    edges={
        "from": One("StaffMember", "from_staff_id"),
        "assignment": One("Assignment", "assignment_id"),
        "parent": One("Disposition", "parent_id"),
    },
)
suggestion = View(
    "ReportSuggestion",
    table(SuggestionRow),
    visible=None,
    seen_with=_WITH_REPORT,
    fields={
        "id": relay_id("ReportSuggestion"),
        "field": code(SuggestionField, "field"),
        "value": unsealed("suggestion.value", "value_sealed", mask_text),
        "start": integer("starts"),
        "end": integer("ends"),
        "confidence": number("confidence"),
    },
    edges={"region": One("Region", "region_code", "code"), "message": One("Message", "message_id")},
)
PARTS = (reporter, subject, candidate, evidence, message, event, disposition, suggestion)
