"""How an award is granted."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import select

from integration.awards.codes import ScoreboardSubject
from integration.awards.tables import AwardRow
from integration.codes import Role, UserErrorCode
from integration.db.concurrency import one_at_a_time
from integration.events.log import Act
from integration.refusal import Refusal, permit
from integration.reports.moving import required_text

GRANTERS = frozenset({Role.SECRETARY, Role.AGENCY_HEAD})


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands on the scoreboard of a period: the kecamatan's code, or the agency's id."""

    period: str
    subject: ScoreboardSubject
    is_closed: bool
    rank: int | None
    score: float
    formula: str
    region_code: str | None
    organization_id: UUID | None


async def grant(act: Act, standing: Standing | None, rank: int, note: str | None) -> UUID:
    """Give the award of a rank to whoever has it; its id. There is one for each rank and period."""
    permit(act.viewer.roles, among=GRANTERS)
    if standing is None:
        raise Refusal(
            UserErrorCode.NOT_FOUND,
            "Penerima ini tidak ada dalam papan skor masa itu.",
            "This recipient is not on the scoreboard of that period.",
            ["recipient"],
        )
    if not standing.is_closed:
        raise Refusal(
            UserErrorCode.ILLEGAL_TRANSITION, "Masa ini belum berakhir.", "This period is not over yet.", ["period"]
        )
    if standing.rank != rank:
        is_at = standing.rank or "-"
        raise Refusal(
            UserErrorCode.INVALID,
            f"Peringkat penerima ini {is_at}, bukan {rank}.",
            f"This recipient has rank {is_at}, not {rank}.",
            ["rank"],
        )
    await one_at_a_time(await act.session.connection(), "awards")
    same = select(AwardRow.id).where(
        AwardRow.period == standing.period, AwardRow.subject == standing.subject, AwardRow.rank == rank
    )
    if (await act.session.exec(same)).first() is not None:
        raise Refusal(
            UserErrorCode.DUPLICATE,
            "Penghargaan untuk peringkat dan masa ini sudah diberikan.",
            "The award of this rank and period has been given already.",
            ["rank"],
        )
    row = AwardRow(
        period=standing.period,
        subject=standing.subject,
        rank=rank,
        region_code=standing.region_code,
        organization_id=standing.organization_id,
        score=standing.score,
        formula=standing.formula,
        note=None if note is None else required_text(note, "note", 500),
        granted_at=act.at,
        granted_by_staff_id=act.viewer.staff_id,
    )
    act.session.add(row)
    data = {"period": row.period, "subject": row.subject.value, "rank": rank, "score": row.score}
    act.record("awardGrant", "Award", row.id, data=data)
    await act.session.flush()
    return row.id
