"""What a follow-up belongs to and who helps with it: changed beside its moves, while it is not at its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from integration.codes import PolicyInstrument, PolicyStatus, ProtectionDimension, UserErrorCode
from integration.events.log import Act
from integration.policy import rules
from integration.policy.tables import PlanningDocumentRow, PolicyFollowUpRow, PolicyFollowUpSupportRow
from integration.refusal import Refusal, permit
from integration.reports.moving import required_text
from integration.sop.tables import LegalBasisRow

_MOST_SUPPORTERS = 50


@dataclass(frozen=True, slots=True)
class Revision:
    """What shall be otherwise; None leaves a thing as it is, and an empty list of supporters leaves none."""

    title: str | None = None
    problem: str | None = None
    dimension: ProtectionDimension | None = None
    owner_id: UUID | None = None
    supporters: Sequence[UUID] | None = None
    instrument: PolicyInstrument | None = None
    budget_idr: Decimal | None = None
    planning_document: str | None = None
    plan_item: str | None = None
    legal_basis: str | None = None
    public_summary: str | None = None


def refuse_at_end(follow_up: PolicyFollowUpRow) -> None:
    """Refuse what is rejected or closed."""
    if not rules.MOVES[follow_up.status]:
        raise Refusal(
            UserErrorCode.ILLEGAL_TRANSITION,
            f"Tindak lanjut ini sudah berakhir ({follow_up.status}).",
            f"The follow-up is at its end ({follow_up.status}).",
            ["id"],
        )


def amount(budget_idr: Decimal) -> str:
    """A budget as it is stored; INVALID where it can't be one."""
    if budget_idr < 0 or budget_idr.adjusted() > 15:
        raise Refusal(UserErrorCode.INVALID, "Anggaran tidak masuk akal.", "The budget can't be right.", ["budgetIdr"])
    return f"{budget_idr:f}"


async def take_owner(act: Act, follow_up: PolicyFollowUpRow, owner_id: UUID | None) -> None:
    """Name another agency to answer for it."""
    if owner_id is not None:
        await act.look("Organization", owner_id, field="owner")
        follow_up.owner_id = owner_id


async def revise(act: Act, follow_up: PolicyFollowUpRow, given: Revision) -> list[str]:
    """Take a revision in; the names of what was said.

    Whoever may propose revises what is proposed; later those who decide do.
    """
    is_new = follow_up.status is PolicyStatus.PROPOSED
    permit(act.viewer.roles, among=rules.PROPOSERS | rules.DECIDERS if is_new else rules.DECIDERS)
    refuse_at_end(follow_up)
    for name, longest in (("title", 200), ("problem", 4_000), ("plan_item", 200), ("public_summary", 2_000)):
        value = getattr(given, name)
        if value is not None:
            setattr(follow_up, name, required_text(value, _FIELDS.get(name, name), longest))
    follow_up.dimension = given.dimension or follow_up.dimension
    follow_up.instrument = given.instrument or follow_up.instrument
    if given.budget_idr is not None:
        follow_up.budget_idr = amount(given.budget_idr)
    await take_owner(act, follow_up, given.owner_id)
    if given.planning_document is not None:
        known = await act.session.get(PlanningDocumentRow, given.planning_document)
        _refuse_unknown(known, "planningDocument")
        follow_up.planning_document_code = given.planning_document
    if given.legal_basis is not None:
        found = await act.session.exec(select(LegalBasisRow.id).where(LegalBasisRow.code == given.legal_basis))
        basis = found.first()
        _refuse_unknown(basis, "legalBasis")
        follow_up.legal_basis_id = basis
    if given.supporters is not None:
        await _support(act, follow_up, given.supporters)
    return sorted(name for name in Revision.__slots__ if getattr(given, name) is not None)


_FIELDS = {"plan_item": "planItem", "public_summary": "publicSummary"}


async def _support(act: Act, follow_up: PolicyFollowUpRow, supporters: Sequence[UUID]) -> None:
    if len(supporters) > _MOST_SUPPORTERS:
        most = _MOST_SUPPORTERS
        raise Refusal(UserErrorCode.INVALID, f"Paling banyak {most}.", f"At most {most}.", ["supporters"])
    for at, organization in enumerate(supporters):
        await act.look("Organization", organization, field=f"supporters.{at}")
    mine = col(PolicyFollowUpSupportRow.follow_up_id) == follow_up.id
    await act.session.exec(sa.delete(PolicyFollowUpSupportRow).where(mine))
    for organization in dict.fromkeys(supporters):
        act.session.add(PolicyFollowUpSupportRow(follow_up_id=follow_up.id, organization_id=organization))


def _refuse_unknown(found: object, field: str) -> None:
    if found is None:
        raise Refusal(UserErrorCode.INVALID, "Kode ini tidak dikenal.", "There is no such code.", [field])
