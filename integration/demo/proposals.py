"""Two proposals to correct the registry, just put forward, so that there is something to deliberate on and to see."""

from datetime import UTC, datetime

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.access.sealing import Sealer
from integration.access.tables import AccountRow
from integration.codes import RegistryScheme, VervalAction, VervalField, VervalReason, VervalStatus
from integration.demo.people import Registry
from integration.events.tables import EventRow
from integration.people.tables import PersonRow
from integration.sop.tables import LegalBasisRow
from integration.verval.tables import ChangeRow, ProposalRow

_AT = datetime(2026, 10, 5, 2, 30, tzinfo=UTC)
_PROPOSALS = (
    ("6402060805619000", VervalAction.UPDATE, VervalReason.DECEASED, VervalField.DECEASED, "true",
     "Keluarga menyampaikan yang bersangkutan sudah meninggal."),
    ("6402060805619000", VervalAction.DESIL_REVIEW, VervalReason.DESIL_DISPUTED, None, "",
     "Pencari nafkah meninggal, penghasilan keluarga turun."),
)  # fmt: skip


async def load_proposals(session: AsyncSession, sealer: Sealer, registry: Registry) -> None:
    """Write the proposals as `vervalPropose` would have."""
    proposer = (await session.exec(select(AccountRow.id).where(AccountRow.subject == "demo-tksk"))).one()
    basis = (await session.exec(select(LegalBasisRow.id).where(LegalBasisRow.code == "PERMENSOS-3-2025"))).one()
    for nik, action, reason, field, value, note in _PROPOSALS:
        person = await session.get_one(PersonRow, registry.by_nik[nik])
        proposal = ProposalRow(
            profile="VERVAL_DTSEN_2025",
            scheme=RegistryScheme.DTSEN,
            action=action,
            reason=reason,
            status=VervalStatus.PROPOSED,
            open_key=f"{person.id.hex}:{RegistryScheme.DTSEN}:{action}",
            person_id=person.id,
            region_code=person.region_code,
            note_sealed=sealer.seal("verval.note", note),
            proposer_id=proposer,
            created_at=_AT,
            updated_at=_AT,
        )
        session.add(proposal)
        await session.flush()
        if field is not None:
            sealed = sealer.seal("verval.change", value)
            session.add(ChangeRow(proposal_id=proposal.id, field=field, value_sealed=sealed))
        session.add(
            EventRow(
                at=_AT,
                act="vervalPropose",
                noun="VervalProposal",
                noun_id=proposal.id,
                actor="demo-tksk",
                note_sealed=sealer.seal("event.note", note),
                legal_basis_id=basis,
                data={"from": None, "to": "PROPOSED"},
            )
        )
        await session.flush()
