"""What an agency agreed with the social office on data of the registry: entered, and ended before its time."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from integration.codes import Role, UserErrorCode
from integration.db.zone import WITA
from integration.events.log import Act
from integration.organizations.tables import OrganizationRow
from integration.refusal import Refusal, permit
from integration.reports.moving import required_text

# The office signs; nobody else enters what was signed.
KEEPERS = frozenset({Role.ADMIN, Role.SECRETARY})
_NOUN = "Organization"
_LONGEST_NUMBER, _LONGEST_NOTE = 100, 2_000


async def record_agreement(
    act: Act,
    organization_id: UUID,
    *,
    number: str,
    purposes: Sequence[str],
    valid_to: date,
    known: frozenset[str],
    note: str | None = None,
) -> UUID:
    """Enter an agreement, in the place of the one before. `known` are the purposes people may be looked up for.

    It holds at once, up to and including `valid_to`, local time.
    """
    organization = await _begin(act, organization_id)
    number = required_text(number, "number", _LONGEST_NUMBER)
    chosen = list(dict.fromkeys(purposes))
    if not chosen:
        raise _no("Sebutkan paling sedikit satu tujuan.", "Name at least one purpose.", "purposes")
    unknown = next((index for index, code in enumerate(purposes) if code not in known), None)
    if unknown is not None:
        codes = ", ".join(sorted(known))
        raise _no(f"Tujuan adalah salah satu dari: {codes}.", f"A purpose is one of: {codes}.", "purposes", unknown)
    if valid_to < _today(act):
        raise _no("Perjanjian ini sudah berakhir.", "This agreement is over already.", "validTo")
    organization.agreement_number = number
    organization.agreement_purposes = ",".join(sorted(chosen))
    organization.agreement_valid_to = valid_to
    return await _finish(act, "agreementRecord", organization, note)


async def end_agreement(act: Act, organization_id: UUID, note: str) -> UUID:
    """End the agreement in force; from this moment nothing is answered by it."""
    organization = await _begin(act, organization_id)
    reason = required_text(note, "note", _LONGEST_NOTE)
    if organization.agreement_valid_to is None or organization.agreement_valid_to < _today(act):
        raise Refusal(
            UserErrorCode.ILLEGAL_TRANSITION,
            "Instansi ini tidak mempunyai perjanjian yang berlaku.",
            "This organization has no agreement in force.",
            ["organization"],
        )
    organization.agreement_valid_to = _today(act) - timedelta(days=1)
    return await _finish(act, "agreementEnd", organization, reason)


async def _begin(act: Act, organization_id: UUID) -> OrganizationRow:
    organization = await act.find(OrganizationRow, _NOUN, organization_id, "organization")
    permit(act.viewer.roles, among=KEEPERS)
    return organization


async def _finish(act: Act, name: str, organization: OrganizationRow, note: str | None) -> UUID:
    act.session.add(organization)
    assert organization.agreement_valid_to is not None
    act.record(
        name,
        _NOUN,
        organization.id,
        note=note,
        data={
            "number": organization.agreement_number,
            "purposes": organization.agreement_purposes,
            "validTo": organization.agreement_valid_to.isoformat(),
        },
    )
    await act.session.flush()
    return organization.id


def _today(act: Act) -> date:
    return act.at.astimezone(WITA).date()


def _no(indonesian: str, english: str, field: str, index: int | None = None) -> Refusal:
    return Refusal(UserErrorCode.INVALID, indonesian, english, [field] if index is None else [field, str(index)])
