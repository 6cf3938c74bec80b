"""Proposals to correct the registry, by lot."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from integration import codes
from integration.db.base import uuid7
from integration.events.tables import EventRow
from integration.people.tables import PersonRow
from integration.reports.tables import ReportRow
from integration.verval.tables import (
    AnswerRow,
    AssessmentRow,
    AttachmentRow,
    BatchLineRow,
    BatchResultRow,
    BatchRow,
    ChangeRow,
    DeliberationRow,
    DifferenceRow,
    EndorsementRow,
    ProposalRow,
)

if TYPE_CHECKING:
    from tests.reading.world import World

_PROFILES = {codes.RegistryScheme.DTKS: "VERVAL_DTKS_2021", codes.RegistryScheme.DTSEN: "VERVAL_DTSEN_2025"}
PLACES = ("64.02.06", "64.02.06.1001", "64.02.06.2012", "64.02.05", "64.02.01.2001", "64.02")
# So many stand before the office's verification, visited by those who may do it too.
_VERIFIED = 6


def add_proposals(world: "World", reports: list[ReportRow], people: list[PersonRow]) -> None:
    """Proposals in every state, of reports and people that are there, with what steps left behind."""
    about, accounts = [*people, None], [row.id for row in world._state.all("Account")]
    rows = [_proposal(world, world._one(reports).id, world._one(about)) for _ in range(world._size)]
    staff = [row.staff_id for row in world._state.all("Account") if row.staff_id]
    verifying = {row.staff_id for row in world._state.all("StaffRole") if row.role in ("VERIFIER", "DIVISION_HEAD")}
    may_verify = [row.id for row in world._state.all("Account") if row.staff_id in verifying]
    batches = [
        BatchRow(
            scheme=world._one(list(codes.RegistryScheme)), profile="VERVAL_DTSEN_2025", created_at=world._moment(),
            staff_id=world._maybe(world._one(staff)),
        )
        for _ in range(8)
    ]  # fmt: skip
    world._add(batches)
    for row in rows:
        row.batch_id = world._maybe(world._one(batches).id, 0.4)
        row.proposer_id = world._maybe(world._one(accounts), 0.8)
    world._add(rows)
    world._add([
        BatchLineRow(
            batch_id=batch.id, proposal_id=row.id, line=n, content_sealed=b"x",
            answer=world._maybe(world._one(list(codes.VervalAnswer))),
        )
        for batch in batches for n, row in enumerate(world._some(rows, 9))
    ])  # fmt: skip
    results = [
        BatchResultRow(batch_id=batch.id, sha256=f"{n}", lines=3, at=world._moment()) for n, batch in enumerate(batches)
    ]
    world._add(results)
    world._add([
        DifferenceRow(
            result_id=one.id, batch_id=one.batch_id, line=2, kind=world._one(list(codes.VervalDifferenceKind)),
            proposal_id=world._maybe(world._one(rows).id),
        )
        for one in results for _ in range(world._random.randint(0, 3))
    ])  # fmt: skip
    for row in rows[:_VERIFIED]:
        row.status, row.open_key, row.closed_at = codes.VervalStatus.FIELD_VERIFIED, row.id.hex, None
    each = [row for row in rows for _ in range(world._random.randint(0, 2))]
    world._add([
        ChangeRow(proposal_id=row.id, field=one, value_sealed=world._sealer.seal("verval.change", world._text()))
        for row in rows for one in world._some(list(codes.VervalField), 3)
    ])  # fmt: skip
    day = date(2026, 5, 5)
    world._add([
        DeliberationRow(
            proposal_id=row.id, round=row.round, minutes_number="1/BA/2026", held_on=day, place="Balai desa",
            attendance=world._one((1, 40)), organizations=world._one(([], ["RT 1", 'BPD, "PKK"'])), at=world._moment(),
        )
        for row in each
    ])  # fmt: skip
    visits = [
        AssessmentRow(
            proposal_id=row.id, round=row.round, form="HOUSEHOLD", form_version=1,
            latitude_sealed=world._sealer.seal("verval.place", "-0.4"), photos=7, visited_on=day,
            longitude_sealed=world._sealer.seal("verval.place", "116.98"), at=world._moment(),
            recommendation=world._one(list(codes.VervalRecommendation)),
            assessor_id=world._one(may_verify if row in rows[:_VERIFIED] else accounts),
        )
        for row in each
    ]  # fmt: skip
    world._add(visits)
    world._add([
        AnswerRow(assessment_id=one.id, position=n, question=f"q{n}",
        value_sealed=world._sealer.seal("verval.answer", world._text()))
        for one in visits for n in range(world._random.randint(0, 3))
    ])  # fmt: skip
    world._add([
        EndorsementRow(proposal_id=row.id, round=1, document_number="9/2026", document_date=day, at=world._moment())
        for row in each
    ])  # fmt: skip
    world._add([
        AttachmentRow(
            proposal_id=row.id, round=1, media_type="image/jpeg", size=n, sha256=f"{n:064x}", at=world._moment()
        )
        for n, row in enumerate(each)
    ])  # fmt: skip
    world._add([
        EventRow(
            at=world._moment(), act="vervalPropose", noun="VervalProposal", noun_id=row.id, actor="demo-verifier",
            note_sealed=world._maybe(world._sealer.seal("event.note", world._text())),
            legal_basis_id=world._maybe(world._one(world._state.all("LegalBasis")).id),
            data={"from": world._maybe("PROPOSED"), "to": "RETURNED"},
        )
        for row in each
    ])  # fmt: skip


def _proposal(world: "World", report: UUID, person: PersonRow | None) -> ProposalRow:
    status = world._one(list(codes.VervalStatus))
    ended = status in ("ACCEPTED", "REJECTED_CENTRAL", "WITHDRAWN")
    key, scheme = uuid7(), world._one(list(codes.RegistryScheme))
    return ProposalRow(
        id=key, profile=_PROFILES[scheme], scheme=scheme, status=status,
        action=world._one(list(codes.VervalAction)), reason=world._one(list(codes.VervalReason)),
        is_objection=world._random.random() < 0.3, round=world._one((1, 2)), open_key=None if ended else key.hex,
        person_id=None if person is None else person.id, report_id=world._maybe(report),
        region_code=world._maybe(world._one(PLACES), 0.8), created_at=world._moment(), updated_at=world._moment(),
        note_sealed=world._maybe(world._sealer.seal("verval.note", world._text())),
        central_reason=world._maybe("Data ganda", 0.2),
        closed_at=world._one((world._moment(), datetime(2026, 9, 1, tzinfo=UTC))) if ended else None,
    )  # fmt: skip
