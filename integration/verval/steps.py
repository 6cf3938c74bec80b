"""The steps of a proposal: put forward again, deliberated, verified, endorsed; given back or withdrawn."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from integration.codes import UserErrorCode
from integration.db.zone import WITA
from integration.events.log import Act
from integration.refusal import Refusal
from integration.reports.moving import required_text
from integration.verval import rules
from integration.verval.changes import Change, checked, keep
from integration.verval.moving import Ask, begin, finish, refuse
from integration.verval.service import LONGEST_NOTE
from integration.verval.tables import DeliberationRow, EndorsementRow

_MOST_ORGANIZATIONS, _MOST_PEOPLE = 50, 10_000


async def revise(act: Act, ask: Ask, changes: Sequence[Change] | None) -> UUID:
    """Put a draft or a returned proposal forward (again); the steps after it begin anew."""
    under = await begin(act, "vervalRevise", ask)
    proposal = under.proposal
    if changes is not None:
        kept = await checked(act, changes)
        refuse(
            rules.fits(
                proposal.action,
                proposal.reason,
                has_person=proposal.person_id is not None,
                has_name=True,
                changes=len(kept),
            )
        )
        await keep(act, proposal.id, kept)
    proposal.round += 1
    return await finish(under, remark(ask))


async def deliberate(
    act: Act,
    ask: Ask,
    *,
    minutes_number: str,
    held_on: date,
    place: str,
    attendance: int,
    organizations: Sequence[str] | None,
) -> UUID:
    """The village has deliberated: its minutes (berita acara), where and when, and who was there."""
    under = await begin(act, "vervalDeliberate", ask)
    if not 1 <= attendance <= _MOST_PEOPLE:
        raise Refusal(
            UserErrorCode.INVALID,
            f"Jumlah hadir 1 sampai {_MOST_PEOPLE}.",
            f"The attendance is 1 to {_MOST_PEOPLE}.",
            ["attendance"],
        )
    present = [required_text(one, f"organizations.{index}", 200) for index, one in enumerate(organizations or ())]
    if len(present) > _MOST_ORGANIZATIONS:
        raise Refusal(
            UserErrorCode.INVALID,
            f"Paling banyak {_MOST_ORGANIZATIONS} lembaga.",
            f"At most {_MOST_ORGANIZATIONS} organizations.",
            ["organizations"],
        )
    act.session.add(
        DeliberationRow(
            proposal_id=under.proposal.id,
            round=under.proposal.round,
            minutes_number=required_text(minutes_number, "minutesNumber", 100),
            held_on=past(act, held_on, "heldOn"),
            place=required_text(place, "place", 200),
            attendance=attendance,
            organizations=present,
            staff_id=act.viewer.staff_id,
            at=act.at,
        )
    )
    return await finish(under, remark(ask))


async def verify(act: Act, ask: Ask) -> UUID:
    """The office has compared proposal, minutes and assessment, by somebody else than the assessor."""
    return await finish(await begin(act, "vervalVerify", ask), remark(ask))


async def endorse(act: Act, ask: Ask, *, document_number: str, document_date: date) -> UUID:
    """Endorsed on behalf of the regent (Bupati), with the document that says so; not without minutes."""
    under = await begin(act, "vervalEndorse", ask)
    act.session.add(
        EndorsementRow(
            proposal_id=under.proposal.id,
            round=under.proposal.round,
            document_number=required_text(document_number, "documentNumber", 100),
            document_date=past(act, document_date, "documentDate"),
            staff_id=act.viewer.staff_id,
            at=act.at,
        )
    )
    return await finish(under, remark(ask))


async def give_back(act: Act, ask: Ask, reason: str) -> UUID:
    """Back to the proposer, with the reason."""
    under = await begin(act, "vervalReturn", ask)
    return await finish(under, required_text(reason, "reason", LONGEST_NOTE))


async def withdraw(act: Act, ask: Ask) -> UUID:
    """The proposer, or the desk, takes it back."""
    return await finish(await begin(act, "vervalWithdraw", ask), remark(ask))


def past(act: Act, day: date, field: str) -> date:
    """A day that was; INVALID for one to come."""
    if day > act.at.astimezone(WITA).date():
        raise Refusal(UserErrorCode.INVALID, "Tanggal ini belum tiba.", "This day has not come yet.", [field])
    return day


def remark(ask: Ask) -> str | None:
    """What was noted with an act, if anything."""
    return None if ask.note is None else required_text(ask.note, "note", LONGEST_NOTE)
