"""Endorsing many proposals with one document, as a decree of the regent lists them: each for itself."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from integration.codes import Language, UserErrorCode, VervalStatus
from integration.events.log import Act
from integration.refusal import Refusal
from integration.reports.moving import required_text
from integration.verval import rules
from integration.verval.facts import LEAVES, facts_of
from integration.verval.moving import NOUN, legal_bases, move
from integration.verval.profiles import profiles
from integration.verval.steps import past
from integration.verval.tables import EndorsementRow, ProposalRow

MOST = 100
_ACT = "vervalEndorse"


async def endorse_all(
    act: Act, ids: Sequence[UUID | Refusal], *, document_number: str, document_date: date, note: str | None
) -> list[Refusal | None]:
    """Endorse each that can be; per proposal, in their order, what it was refused for.

    An id that was refused before it came here keeps its refusal. A document that is none refuses all.
    """
    if not 1 <= len(ids) <= MOST:
        raise Refusal(UserErrorCode.INVALID, f"Kirim 1 sampai {MOST} usulan.", f"Send 1 to {MOST} proposals.", ["ids"])
    number = required_text(document_number, "documentNumber", 100)
    day = past(act, document_date, "documentDate")
    wanted = list(dict.fromkeys(one for one in ids if isinstance(one, UUID)))
    held = select(ProposalRow).where(col(ProposalRow.id).in_(wanted)).order_by(col(ProposalRow.id))
    locked = await act.session.exec(held.with_for_update().execution_options(populate_existing=True))
    proposals = {one.id: one for one in locked}
    assert act.sight is not None
    facts = await act.sight.look_at(NOUN, wanted, LEAVES)
    bases = {code: await legal_bases(act, profiles()[code]) for code in {one.profile for one in proposals.values()}}
    results: list[Refusal | None] = []
    done: set[UUID] = set()
    for index, one in enumerate(ids):
        refusal = one if isinstance(one, Refusal) else _refusal(act, facts.get(one), one in done)
        results.append(None if refusal is None else _of_item(refusal, index))
        if refusal is None and isinstance(one, UUID):
            done.add(one)
            proposal = proposals[one]
            act.session.add(
                EndorsementRow(
                    proposal_id=one,
                    round=proposal.round,
                    document_number=number,
                    document_date=day,
                    staff_id=act.viewer.staff_id,
                    at=act.at,
                )
            )
            move(act, proposal, VervalStatus.ENDORSED, _ACT, bases[proposal.profile], note)
    await act.session.flush()
    return results


def _refusal(act: Act, facts: dict[str, object] | None, is_done: bool) -> Refusal | None:
    if facts is None:
        return Refusal(
            UserErrorCode.NOT_FOUND,
            "Data ini tidak ada atau tidak boleh Anda lihat.",
            "There is no such object, or you may not see it.",
        )
    if is_done:
        return Refusal(
            UserErrorCode.INVALID, "Usulan ini disebut dua kali.", "This proposal is named twice."
        )  # fmt: skip
    no = rules.decide(_ACT, facts_of(facts), act.viewer.roles)
    return None if no is None else no.refusal()


def _of_item(refusal: Refusal, index: int) -> Refusal:
    return Refusal(
        refusal.code, refusal.message(Language.ID), refusal.message(Language.EN), ["ids", str(index)],
        refusal.current_version,
    )  # fmt: skip
