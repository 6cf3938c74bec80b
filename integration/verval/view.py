"""How proposals and what their steps left behind are read, and who may see a proposal."""

import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.access.masks import mask_text
from integration.access.viewer import WHOLE_OFFICE
from integration.codes import (
    RegistryScheme,
    Role,
    VervalAction,
    VervalField,
    VervalReason,
    VervalRecommendation,
    VervalStatus,
)
from integration.events.tables import EventRow
from integration.reading.filters import codes, fields, ids, on, operators, within, yes
from integration.reading.scope import Scope
from integration.reading.view import (
    ID,
    Columns,
    Kind,
    Leaf,
    Many,
    One,
    OrderKey,
    SeenWith,
    View,
    by,
    code,
    day,
    flag,
    integer,
    moment,
    relay_id,
    table,
    text,
    unsealed,
)
from integration.registry.tables import RegistryReleaseRow
from integration.verval.facts import AVAILABLE_ACTIONS
from integration.verval.tables import (
    AnswerRow,
    AssessmentRow,
    AttachmentRow,
    ChangeRow,
    DeliberationRow,
    EndorsementRow,
    ProposalRow,
)

_CASE_ROLES = (Role.DIVISION_HEAD, Role.TEAM_MEMBER, Role.TKSK)
_AREA_ROLES = (Role.TKSK, Role.VILLAGE_OPERATOR, Role.VERIFIER)
_ONE: ColumnElement[Any] = sa.literal_column("1")


def visible_to(proposal: Columns, scope: Scope) -> ColumnElement[bool]:
    """The desk and its leads see all; area workers their area; handlers what is of their reports and their people."""
    if scope.has(*WHOLE_OFFICE):
        return sa.true()
    grounds: list[ColumnElement[bool]] = []
    if scope.has(*_AREA_ROLES):
        grounds.append(scope.in_viewer_regions(proposal.region_code))
    if scope.has(*_CASE_ROLES):
        for noun, key in (("Report", proposal.report_id), ("Person", proposal.person_id)):
            there = scope.rows(noun)
            grounds.append(
                sa.exists(sa.select(_ONE).select_from(there).where(there.c.id == key, scope.visible(noun, there.c)))
            )
    return sa.or_(sa.false(), *grounds)


def _is_expected(proposal: Columns, scope: Scope) -> ColumnElement[bool]:
    """Accepted, and no release of that registry has come since."""
    release = table(RegistryReleaseRow).alias(scope.alias())
    since = sa.exists(
        sa.select(_ONE).where(release.c.scheme == proposal.scheme, release.c.received_at > proposal.closed_at)
    )
    return sa.and_(proposal.status == VervalStatus.ACCEPTED, sa.not_(since))


def _is_open(proposal: Columns, _scope: Scope) -> ColumnElement[bool]:
    there: ColumnElement[bool] = proposal.open_key.is_not(None)
    return there


_filter = fields(
    "VervalProposalFilter",
    {
        "status": codes("status"),
        "action": codes("action"),
        "reason": codes("reason"),
        "scheme": codes("scheme"),
        "region": within("region_code"),
        "person": operators(on("person_id"), Kind.UUID, ids("Person")),
        "isObjection": yes(lambda proposal, _scope: proposal.is_objection),
        "isOpen": yes(_is_open),
    },
)
_CREATED = OrderKey("created_at", Kind.TIME)
NEWEST_PROPOSAL = by("createdAt", _CREATED, ID, descending=True)
_WITH_PROPOSAL = SeenWith("VervalProposal", "id", "proposal_id")


def _of_data(name: str) -> Leaf:
    """A status of an event; what an event is about stands in its `data`."""
    return Leaf(
        lambda event, _scope: sa.cast(event.data, sa.Text), Kind.TEXT, step=lambda data: json.loads(data).get(name)
    )


def _names(data: str) -> list[str]:
    return [str(one) for one in json.loads(data)]


proposal = View(
    "VervalProposal",
    table(ProposalRow),
    visible=visible_to,
    fields={
        "id": relay_id("VervalProposal"),
        "version": integer("version"),
        "action": code(VervalAction, "action"),
        "reason": code(VervalReason, "reason"),
        "status": code(VervalStatus, "status"),
        "scheme": code(RegistryScheme, "scheme"),
        "profile": text("profile"),
        "isObjection": flag("is_objection"),
        "round": integer("round"),
        "note": unsealed("verval.note", "note_sealed", mask_text),
        "centralReason": text("central_reason"),
        "createdAt": moment("created_at"),
        "updatedAt": moment("updated_at"),
        "closedAt": moment("closed_at"),
        "expectedInNextRelease": flag(_is_expected),
    },
    edges={
        "person": One("Person", "person_id"),
        "subject": One("ReportSubject", "subject_id"),
        "report": One("Report", "report_id"),
        "region": One("Region", "region_code", "code"),
        "batch": One("VervalBatch", "batch_id"),
        "changes": Many("VervalChange", "id", "proposal_id", by("field", OrderKey("field", Kind.CODE), ID)),
        "deliberations": Many("VervalDeliberation", "id", "proposal_id"),
        "assessments": Many("VervalAssessment", "id", "proposal_id"),
        "endorsements": Many("VervalEndorsement", "id", "proposal_id"),
        "attachments": Many("VervalAttachment", "id", "proposal_id"),
        "timeline": Many("VervalEvent", "id", "noun_id", paged=True),
        "availableActions": AVAILABLE_ACTIONS,
    },
    roots={"vervalProposals": Many("VervalProposal", order=NEWEST_PROPOSAL, paged=True, filters={"filter": _filter})},
)
change = View(
    "VervalChange",
    table(ChangeRow),
    visible=None,
    seen_with=_WITH_PROPOSAL,
    fields={
        "field": code(VervalField, "field"),
        "value": unsealed("verval.change", "value_sealed", mask_text),
    },
)
deliberation = View(
    "VervalDeliberation",
    table(DeliberationRow),
    visible=None,
    seen_with=_WITH_PROPOSAL,
    fields={
        "id": relay_id("VervalDeliberation"),
        "round": integer("round"),
        "minutesNumber": text("minutes_number"),
        "heldOn": day("held_on"),
        "place": text("place"),
        "attendance": integer("attendance"),
        "organizations": Leaf(lambda held, _scope: sa.cast(held.organizations, sa.Text), Kind.TEXT, step=_names),
        "at": moment("at"),
    },
)
assessment = View(
    "VervalAssessment",
    table(AssessmentRow),
    visible=None,
    seen_with=_WITH_PROPOSAL,
    fields={
        "id": relay_id("VervalAssessment"),
        "round": integer("round"),
        "form": text("form"),
        "formVersion": integer("form_version"),
        "latitude": unsealed("verval.place", "latitude_sealed", str),
        "longitude": unsealed("verval.place", "longitude_sealed", str),
        "recommendation": code(VervalRecommendation, "recommendation"),
        "visitedOn": day("visited_on"),
        "photos": integer("photos"),
        "at": moment("at"),
    },
    edges={
        "answers": Many("VervalFormAnswer", "id", "assessment_id", by("position", OrderKey("position", Kind.INT), ID))
    },
)
answer = View(
    "VervalFormAnswer",
    table(AnswerRow),
    visible=None,
    seen_with=SeenWith("VervalAssessment", "id", "assessment_id"),
    fields={"question": text("question"), "value": unsealed("verval.answer", "value_sealed", mask_text)},
)
endorsement = View(
    "VervalEndorsement",
    table(EndorsementRow),
    visible=None,
    seen_with=_WITH_PROPOSAL,
    fields={
        "id": relay_id("VervalEndorsement"),
        "round": integer("round"),
        "documentNumber": text("document_number"),
        "documentDate": day("document_date"),
        "at": moment("at"),
    },
)
attachment = View(
    "VervalAttachment",
    table(AttachmentRow),
    visible=None,
    seen_with=_WITH_PROPOSAL,
    fields={
        "id": relay_id("VervalAttachment"),
        "round": integer("round"),
        "mediaType": text("media_type"),
        "size": integer("size"),
        "sha256": text("sha256"),
        "at": moment("at"),
    },
)
event = View(
    "VervalEvent",
    table(EventRow),
    visible=None,
    seen_with=SeenWith("VervalProposal", "id", "noun_id"),
    fields={
        "id": relay_id("VervalEvent"),
        "act": text("act"),
        "from": _of_data("from"),
        "to": _of_data("to"),
        "at": moment("at"),
        "actor": text("actor"),
        "note": unsealed("event.note", "note_sealed", mask_text),
    },
    edges={"legalBasis": One("LegalBasis", "legal_basis_id")},
)
VIEWS = (proposal, change, deliberation, assessment, answer, endorsement, attachment, event)
