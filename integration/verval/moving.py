"""How every act on a proposal begins and ends: found, locked, fresh and allowed; then counted and recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select

from integration.codes import UserErrorCode, VervalStatus
from integration.events.log import Act
from integration.refusal import No, Refusal
from integration.sop.tables import LegalBasisRow
from integration.verval import rules
from integration.verval.facts import LEAVES, facts_of
from integration.verval.profiles import profiles
from integration.verval.tables import ProposalRow

NOUN = "VervalProposal"


@dataclass(frozen=True, slots=True)
class Ask:
    """What every act is told: which proposal, what to note, and which version the client believes it is."""

    proposal_id: UUID
    note: str | None = None
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class Under:
    """An act under way on one proposal, allowed already."""

    act: Act
    move: rules.Move
    proposal: ProposalRow
    facts: rules.Facts


async def begin(act: Act, name: str, ask: Ask, field: str = "id") -> Under:
    """Find, lock, compare the version, decide; a Refusal if any of it says no."""
    proposal = await act.find(ProposalRow, NOUN, ask.proposal_id, field)
    if ask.expected_version is not None and ask.expected_version != proposal.version:
        raise Refusal(
            UserErrorCode.CONFLICT,
            "Usulan sudah diubah orang lain. Muat ulang, lalu coba lagi.",
            "Somebody else has changed the proposal. Read it again, then try once more.",
            ["expectedVersion"],
            proposal.version,
        )
    facts = facts_of(await act.look(NOUN, proposal.id, LEAVES))
    refuse(rules.decide(name, facts, act.viewer.roles))
    return Under(act, rules.BY_ACT[name], proposal, facts)


def refuse(no: No | None) -> None:
    """Raise what a rule says against it."""
    if no is not None:
        raise no.refusal()


async def finish(under: Under, note: str | None = None, data: Mapping[str, object] | None = None) -> UUID:
    """Move the proposal where the act leads, count the change, and record the one event."""
    return await move_to(under.act, under.proposal, under.move.target, under.move.act, note, data)


async def move_to(
    act: Act,
    proposal: ProposalRow,
    target: VervalStatus,
    name: str,
    note: str | None = None,
    data: Mapping[str, object] | None = None,
) -> UUID:
    """The same for an act that was allowed elsewhere, such as an answer of the ministry."""
    before = VervalStatus(proposal.status)
    proposal.status = target
    proposal.version += 1
    proposal.updated_at = act.at
    if target in rules.CLOSED:
        proposal.closed_at, proposal.open_key = act.at, None
    act.session.add(proposal)
    await record(act, proposal, name, before, note, data)
    await act.session.flush()
    return proposal.id


async def record(
    act: Act,
    proposal: ProposalRow,
    name: str,
    before: VervalStatus | None,
    note: str | None = None,
    data: Mapping[str, object] | None = None,
) -> None:
    """The event of a change. It is the proposal's alone: what citizens follow of a report stays as it is."""
    act.record(
        name,
        NOUN,
        proposal.id,
        note=note,
        legal_basis_id=await _legal_basis(act, proposal),
        data={"from": before, "to": str(proposal.status), **(data or {})},
    )


async def _legal_basis(act: Act, proposal: ProposalRow) -> UUID | None:
    step = profiles()[proposal.profile].step(VervalStatus(proposal.status))
    if step is None:
        return None
    return (await act.session.exec(select(LegalBasisRow.id).where(col(LegalBasisRow.code) == step.legal_basis))).first()
