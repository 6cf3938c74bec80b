"""How every act on a proposal begins and ends: found, locked, fresh and allowed; then counted and recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from sqlmodel import col, select

from integration.codes import VervalStatus
from integration.events.log import Act
from integration.refusal import No
from integration.sop.tables import LegalBasisRow
from integration.verval import rules
from integration.verval.facts import LEAVES, facts_of
from integration.verval.profiles import profiles
from integration.verval.tables import ProposalRow

NOUN = "VervalProposal"
# The decree that provides for each step of a procedure.
Bases: TypeAlias = Mapping[VervalStatus, UUID]


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
    proposal = await act.find(ProposalRow, NOUN, ask.proposal_id, field, ask.expected_version)
    facts = facts_of(await act.look(NOUN, proposal.id, LEAVES))
    refuse(rules.decide(name, facts, act.viewer.roles))
    return Under(act, rules.BY_ACT[name], proposal, facts)


async def begin_all(act: Act, name: str, proposal_ids: Sequence[UUID]) -> list[ProposalRow]:
    """The same for many that this viewer sees, in their order; whoever may not do it with one does it with none.

    What has moved on in the meantime is left out.
    """
    wanted = select(ProposalRow).where(col(ProposalRow.id).in_(proposal_ids)).order_by(col(ProposalRow.id))
    locked = await act.session.exec(wanted.with_for_update().execution_options(populate_existing=True))
    proposals = {one.id: one for one in locked}
    assert act.sight is not None
    facts = await act.sight.look_at(NOUN, proposal_ids, LEAVES)
    chosen = []
    for one in proposal_ids:
        if one not in facts or one not in proposals:
            continue
        of_one = facts_of(facts[one])
        if of_one.status in rules.sources(rules.BY_ACT[name], of_one.profile):
            refuse(rules.decide(name, of_one, act.viewer.roles))
            chosen.append(proposals[one])
    return chosen


def refuse(no: No | None) -> None:
    """Raise what a rule says against it."""
    if no is not None:
        raise no.refusal()


async def finish(under: Under, note: str | None = None, data: Mapping[str, object] | None = None) -> UUID:
    """Move the proposal where the act leads, count the change, and record the one event."""
    bases = await legal_bases(under.act, under.facts.profile)
    move(under.act, under.proposal, under.move.target, under.move.act, bases, note, data)
    await under.act.session.flush()
    return under.proposal.id


def move(
    act: Act,
    proposal: ProposalRow,
    target: VervalStatus,
    name: str,
    bases: Bases,
    note: str | None = None,
    data: Mapping[str, object] | None = None,
) -> None:
    """The same for an act that was allowed elsewhere, to be written with others."""
    before = VervalStatus(proposal.status)
    proposal.status = target
    proposal.version += 1
    proposal.updated_at = act.at
    if target in rules.CLOSED:
        proposal.closed_at, proposal.open_key = act.at, None
    act.session.add(proposal)
    _record(act, proposal, name, before, bases, note, data)


async def record(
    act: Act, proposal: ProposalRow, name: str, before: VervalStatus | None, note: str | None = None
) -> None:
    """The event of a change. It is the proposal's alone: what citizens follow of a report stays as it is."""
    _record(act, proposal, name, before, await legal_bases(act, profiles()[proposal.profile]), note, None)


def _record(
    act: Act,
    proposal: ProposalRow,
    name: str,
    before: VervalStatus | None,
    bases: Bases,
    note: str | None,
    data: Mapping[str, object] | None,
) -> None:
    act.record(
        name,
        NOUN,
        proposal.id,
        note=note,
        legal_basis_id=bases.get(VervalStatus(proposal.status)),
        data={"from": before, "to": str(proposal.status), **(data or {})},
    )


async def legal_bases(act: Act, profile: rules.Profile) -> Bases:
    """The decrees behind the steps of a procedure."""
    codes = {step.legal_basis for step in profile.steps}
    found = await act.session.exec(
        select(LegalBasisRow.code, LegalBasisRow.id).where(col(LegalBasisRow.code).in_(codes - {None}))
    )
    ids = dict(found.all())
    return {step.status: ids[step.legal_basis] for step in profile.steps if step.legal_basis in ids}
