"""Batches: endorsed proposals go out in one file, and its answers close them. Asked and answered are held side by side.

The official registry changes only by its next release: ACCEPTED closes a proposal and changes nothing in our copy.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlmodel import col, select

from integration.access.masks import mask_numbers
from integration.codes import (
    RegistryScheme,
    Sex,
    UserErrorCode,
    VervalAnswer,
    VervalDifferenceKind,
    VervalField,
    VervalStatus,
)
from integration.events.log import Act
from integration.people.tables import FamilyRow, PersonRow
from integration.reading import relay
from integration.reading.view import Leaf
from integration.refusal import Refusal, permit
from integration.reports.tables import ReportSubjectRow
from integration.verval import exchange, rules
from integration.verval.moving import NOUN, Ask, begin, finish, move_to
from integration.verval.profiles import of_scheme
from integration.verval.tables import (
    BatchLineRow,
    BatchResultRow,
    BatchRow,
    ChangeRow,
    DeliberationRow,
    DifferenceRow,
    EndorsementRow,
    ProposalRow,
)

StepT = TypeVar("StepT", DeliberationRow, EndorsementRow)

MOST_PROPOSALS = 1_000
_SEAL = "verval.batch_line"
_NO_FACTS: Mapping[str, Leaf] = {}
_CLOSES = {
    VervalAnswer.ACCEPTED: VervalStatus.ACCEPTED,
    VervalAnswer.REJECTED: VervalStatus.REJECTED_CENTRAL,
    VervalAnswer.RETURNED: VervalStatus.RETURNED,
}
_SEXES = {Sex.FEMALE: "P", Sex.MALE: "L"}


@dataclass(frozen=True, slots=True, repr=False)
class File:
    """A batch as a file, and the people it names."""

    text: str
    people: tuple[UUID, ...]


async def create(act: Act, scheme: RegistryScheme) -> UUID:
    """Collect the endorsed proposals of a registry that this viewer sees, oldest first; they are SUBMITTED."""
    _senders_only(act)
    profile = of_scheme(scheme)
    ready = profile.before(VervalStatus.SUBMITTED)
    endorsed = (
        select(ProposalRow.id)
        .where(ProposalRow.profile == profile.code, ProposalRow.status == ready)
        .order_by(col(ProposalRow.created_at), col(ProposalRow.id))
    )
    found = (await act.session.exec(endorsed)).all()
    assert act.sight is not None
    seen = await act.sight.seen(NOUN, found)
    chosen = [one for one in found if one in seen][:MOST_PROPOSALS]
    if not chosen:
        raise Refusal(
            UserErrorCode.INVALID,
            f"Belum ada usulan {scheme} yang disahkan.",
            f"There is no endorsed proposal for {scheme}.",
            ["scheme"],
        )
    batch = BatchRow(scheme=scheme, profile=profile.code, staff_id=act.viewer.staff_id, created_at=act.at)
    act.session.add(batch)
    await act.session.flush()
    for number, proposal_id in enumerate(chosen, 1):
        under = await begin(act, "vervalBatchCreate", Ask(proposal_id))
        under.proposal.batch_id = batch.id
        line = await _line(act, under.proposal)
        act.session.add(
            BatchLineRow(
                batch_id=batch.id,
                proposal_id=proposal_id,
                line=number,
                nik_index=act.sealer.index("nik", line["NIK"]) if line["NIK"] else None,
                content_sealed=act.sealer.seal(_SEAL, json.dumps(line)),
            )
        )
        await finish(under, data={"batch": str(batch.id)})
    return batch.id


async def file(act: Act, batch_id: UUID) -> File:
    """The file of a batch, as it was asked. The one place where identity numbers leave whole."""
    _senders_only(act)
    await act.look("VervalBatch", batch_id, _NO_FACTS)
    lines = select(BatchLineRow).where(BatchLineRow.batch_id == batch_id).order_by(col(BatchLineRow.line))
    told = [json.loads(act.sealer.open(_SEAL, row.content_sealed)) for row in await act.session.exec(lines)]
    people = select(ProposalRow.person_id).where(
        col(ProposalRow.id).in_(select(BatchLineRow.proposal_id).where(BatchLineRow.batch_id == batch_id)),
        col(ProposalRow.person_id).is_not(None),
    )
    named = {one for one in await act.session.exec(people) if one is not None}
    return File(exchange.written(told), tuple(sorted(named)))


async def take_result(act: Act, batch_id: UUID, content: bytes) -> UUID:
    """Read the ministry's answers. What does not fit what was asked is kept as a difference and closes nothing."""
    _senders_only(act)
    batch = await act.find(BatchRow, "VervalBatch", batch_id, "batch")
    told = exchange.read(content)
    digest = hashlib.sha256(content).hexdigest()
    before = select(BatchResultRow.id).where(BatchResultRow.batch_id == batch.id, BatchResultRow.sha256 == digest)
    if (await act.session.exec(before)).first() is not None:
        return batch.id
    result = BatchResultRow(batch_id=batch.id, sha256=digest, lines=len(told), staff_id=act.viewer.staff_id, at=act.at)
    act.session.add(result)
    await act.session.flush()
    asked = {
        row.proposal_id: row
        for row in await act.session.exec(select(BatchLineRow).where(BatchLineRow.batch_id == batch.id))
    }
    for line in told:
        decoded = relay.decode(line.id)
        row = asked.get(decoded[1]) if decoded is not None and decoded[0] == NOUN else None
        kind = _difference(act, row, line)
        if kind is None and row is not None and row.answer is None and not await _close(act, batch, row, line):
            kind = VervalDifferenceKind.OTHER_ANSWER
        if kind is not None:
            act.session.add(
                DifferenceRow(
                    result_id=result.id,
                    batch_id=batch.id,
                    line=line.line,
                    kind=kind,
                    proposal_id=None if row is None else row.proposal_id,
                )
            )
    await act.session.flush()
    return batch.id


def _difference(act: Act, row: BatchLineRow | None, told: exchange.Told) -> VervalDifferenceKind | None:
    """What keeps a line from being an answer to what was asked."""
    if row is None:
        return VervalDifferenceKind.UNKNOWN_PROPOSAL
    if row.nik_index is not None and told.nik is not None and act.sealer.index("nik", told.nik) != row.nik_index:
        return VervalDifferenceKind.OTHER_NIK
    if told.answer is None:
        return VervalDifferenceKind.UNKNOWN_ANSWER
    if told.answer is not VervalAnswer.ACCEPTED and not told.reason:
        return VervalDifferenceKind.REASON_MISSING
    if row.answer is not None and row.answer is not told.answer:
        return VervalDifferenceKind.OTHER_ANSWER
    return None


async def _close(act: Act, batch: BatchRow, row: BatchLineRow, told: exchange.Told) -> bool:
    """Give the proposal its answer; False where it is no longer with the ministry by this batch."""
    statement = select(ProposalRow).where(ProposalRow.id == row.proposal_id)
    proposal = (await act.session.exec(statement.with_for_update().execution_options(populate_existing=True))).one()
    if proposal.status is not VervalStatus.SUBMITTED or proposal.batch_id != batch.id:
        return False
    assert told.answer is not None
    # The ministry's words stand open in the database: no number in them that could be somebody's.
    reason = mask_numbers(told.reason) if told.reason and told.answer is not VervalAnswer.ACCEPTED else None
    row.answer, row.reason, row.answered_at = told.answer, reason, act.at
    proposal.central_reason = reason
    act.session.add(row)
    await move_to(act, proposal, _CLOSES[told.answer], "vervalBatchResult", reason, {"batch": str(batch.id)})
    return True


async def _line(act: Act, proposal: ProposalRow) -> dict[str, str]:
    """What the file says of one proposal."""
    person = None if proposal.person_id is None else await act.session.get_one(PersonRow, proposal.person_id)
    family = None if person is None or person.family_id is None else await act.session.get(FamilyRow, person.family_id)
    subject = None if proposal.subject_id is None else await act.session.get(ReportSubjectRow, proposal.subject_id)
    of_changes = select(ChangeRow).where(ChangeRow.proposal_id == proposal.id)
    wanted = {
        row.field: act.sealer.open("verval.change", row.value_sealed) for row in await act.session.exec(of_changes)
    }
    minutes = await _last(act, DeliberationRow, proposal)
    document = await _last(act, EndorsementRow, proposal)
    known = person or subject
    sealed = None if known is None else known.nik_sealed
    sex = None if known is None else known.sex
    yes = {True: "YA", False: "TIDAK"}
    return {
        "ID_USULAN": relay.encode(NOUN, proposal.id),
        "JENIS_USULAN": str(proposal.action),
        "ALASAN": str(proposal.reason),
        "SANGGAHAN": yes[proposal.is_objection],
        # Somebody new is known by what is proposed of them.
        "NIK": act.sealer.open("nik", sealed) if sealed is not None else wanted.get(VervalField.NIK, ""),
        "NO_KK": "" if family is None or family.kk_sealed is None else act.sealer.open("kk", family.kk_sealed),
        "NAMA": (known.name if known is not None else None) or wanted.get(VervalField.NAME, ""),
        "JENIS_KELAMIN": "" if sex is None else _SEXES[sex],
        "TANGGAL_LAHIR": "" if person is None or person.birth_date is None else person.birth_date.isoformat(),
        "KODE_WILAYAH": proposal.region_code or "",
        "NIK_USULAN": wanted.get(VervalField.NIK, ""),
        "NO_KK_USULAN": wanted.get(VervalField.KK, ""),
        "NAMA_USULAN": wanted.get(VervalField.NAME, ""),
        "JENIS_KELAMIN_USULAN": _SEXES[Sex(wanted[VervalField.SEX])] if VervalField.SEX in wanted else "",
        "TANGGAL_LAHIR_USULAN": wanted.get(VervalField.BIRTH_DATE, ""),
        "KODE_WILAYAH_USULAN": wanted.get(VervalField.REGION, ""),
        "MENINGGAL_USULAN": yes[wanted[VervalField.DECEASED] == "true"] if VervalField.DECEASED in wanted else "",
        "NO_BERITA_ACARA": "" if minutes is None else minutes.minutes_number,
        "TANGGAL_BERITA_ACARA": "" if minutes is None else minutes.held_on.isoformat(),
        "NO_PENGESAHAN": "" if document is None else document.document_number,
        "TANGGAL_PENGESAHAN": "" if document is None else document.document_date.isoformat(),
    }


async def _last(act: Act, row: type[StepT], of: ProposalRow) -> StepT | None:
    of_round = select(row).where(row.proposal_id == of.id, row.round == of.round).order_by(col(row.id).desc())
    return (await act.session.exec(of_round)).first()


def _senders_only(act: Act) -> None:
    permit(act.viewer.roles, among=rules.SENDERS)
