"""Batches: endorsed proposals go out in one file, and its answers close them. Asked and answered are held side by side.

The official registry changes only by its next release: ACCEPTED closes a proposal and changes nothing in our copy.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select

from integration.access.masks import mask_numbers
from integration.codes import (
    RegistryScheme,
    UserErrorCode,
    VervalAnswer,
    VervalDifferenceKind,
    VervalStatus,
)
from integration.events.log import Act
from integration.reading import relay
from integration.reading.view import Leaf
from integration.refusal import Refusal, permit
from integration.verval import exchange, rules
from integration.verval.batch_lines import lines
from integration.verval.moving import NOUN, Bases, begin_all, legal_bases, move
from integration.verval.profiles import of_scheme, profiles
from integration.verval.tables import (
    BatchLineRow,
    BatchResultRow,
    BatchRow,
    DifferenceRow,
    ProposalRow,
)

MOST_PROPOSALS = 1_000
_SEAL = "verval.batch_line"
_NO_FACTS: Mapping[str, Leaf] = {}
_CLOSES = {
    VervalAnswer.ACCEPTED: VervalStatus.ACCEPTED,
    VervalAnswer.REJECTED: VervalStatus.REJECTED_CENTRAL,
    VervalAnswer.RETURNED: VervalStatus.RETURNED,
}


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
    chosen = await begin_all(act, "vervalBatchCreate", [one for one in found if one in seen][:MOST_PROPOSALS])
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
    bases = await legal_bases(act, profile)
    for number, (proposal, line) in enumerate(zip(chosen, await lines(act, chosen), strict=True), 1):
        proposal.batch_id = batch.id
        act.session.add(
            BatchLineRow(
                batch_id=batch.id,
                proposal_id=proposal.id,
                line=number,
                nik_index=act.sealer.index("nik", line["NIK"]) if line["NIK"] else None,
                content_sealed=act.sealer.seal(_SEAL, json.dumps(line)),
            )
        )
        move(act, proposal, VervalStatus.SUBMITTED, "vervalBatchCreate", bases, data={"batch": str(batch.id)})
    await act.session.flush()
    return batch.id


async def file(act: Act, batch_id: UUID) -> File:
    """The file of a batch, as it was asked. The one place where identity numbers leave whole."""
    _senders_only(act)
    await act.look("VervalBatch", batch_id, _NO_FACTS)
    kept = select(BatchLineRow).where(BatchLineRow.batch_id == batch_id).order_by(col(BatchLineRow.line))
    told = [json.loads(act.sealer.open(_SEAL, row.content_sealed)) for row in await act.session.exec(kept)]
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
    bases = await legal_bases(act, profiles()[batch.profile])
    held = select(ProposalRow).where(col(ProposalRow.id).in_(asked)).order_by(col(ProposalRow.id))
    proposals = {
        one.id: one for one in await act.session.exec(held.with_for_update().execution_options(populate_existing=True))
    }
    for line in told:
        decoded = relay.decode(line.id)
        row = asked.get(decoded[1]) if decoded is not None and decoded[0] == NOUN else None
        kind = _difference(act, row, line)
        if kind is None and row is not None and row.answer is None:
            is_closed = _close(act, batch, row, proposals[row.proposal_id], line, bases)
            kind = None if is_closed else VervalDifferenceKind.OTHER_ANSWER
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


def _close(
    act: Act, batch: BatchRow, row: BatchLineRow, proposal: ProposalRow, told: exchange.Told, bases: Bases
) -> bool:
    """Give the proposal its answer; False where it is no longer with the ministry by this batch."""
    if proposal.status is not VervalStatus.SUBMITTED or proposal.batch_id != batch.id:
        return False
    assert told.answer is not None
    # The ministry's words stand open in the database: no number in them that could be somebody's.
    reason = mask_numbers(told.reason) if told.reason and told.answer is not VervalAnswer.ACCEPTED else None
    row.answer, row.reason, row.answered_at = told.answer, reason, act.at
    proposal.central_reason = reason
    act.session.add(row)
    move(act, proposal, _CLOSES[told.answer], "vervalBatchResult", bases, reason, {"batch": str(batch.id)})
    return True


def _senders_only(act: Act) -> None:
    permit(act.viewer.roles, among=rules.SENDERS)
