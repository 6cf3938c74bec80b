"""The people routing chooses from, with what each has in hand: read fresh for every choice."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.assignments.rules import OPEN_STATES
from integration.assignments.tables import AssignmentRow
from integration.codes import AssignmentState, Role
from integration.routing.rules import Candidate
from integration.routing.tables import StaffCompetencyRow
from integration.staff.tables import DutyShiftRow, StaffRoleRow, StaffRow


async def holding(
    session: AsyncSession,
    role: Role,
    at: datetime,
    *,
    units: Collection[UUID] | None = None,
    districts: Collection[str] | None = None,
    staff: Collection[UUID] | None = None,
    backup: bool | None = None,
) -> Sequence[Candidate]:
    """Who holds a role and works for the office, by id; `backup` asks for that kind of turn of duty."""
    query = (
        select(StaffRow)
        .join(StaffRoleRow, col(StaffRoleRow.staff_id) == StaffRow.id)
        .where(StaffRoleRow.role == role, col(StaffRow.active))
        .order_by(col(StaffRow.id))
    )
    if units is not None:
        query = query.where(col(StaffRow.unit_id).in_(units))
    if districts is not None:
        query = query.where(col(StaffRow.district_code).in_(districts))
    if staff is not None:
        query = query.where(col(StaffRow.id).in_(staff))
    rows = (await session.exec(query)).all()
    ids = [row.id for row in rows]
    on_duty = await _on_duty(session, ids, at, backup)
    open_, last_given = await _in_hand(session, ids)
    competencies = await _competencies(session, ids)
    return [
        Candidate(
            id=row.id,
            on_duty=row.id in on_duty,
            capacity=row.capacity,
            open=open_.get(row.id, 0),
            last_given_at=last_given.get(row.id),
            competencies=frozenset(competencies[row.id]),
            unit_id=row.unit_id,
            district_code=row.district_code,
        )
        for row in rows
    ]


async def _on_duty(session: AsyncSession, ids: Sequence[UUID], at: datetime, backup: bool | None) -> set[UUID]:
    query = select(DutyShiftRow.staff_id).where(
        col(DutyShiftRow.staff_id).in_(ids),
        DutyShiftRow.starts_at <= at,
        or_(col(DutyShiftRow.ends_at).is_(None), col(DutyShiftRow.ends_at) > at),
    )
    if backup is not None:
        query = query.where(col(DutyShiftRow.is_backup) == backup)
    return set(await session.exec(query))


async def _in_hand(session: AsyncSession, ids: Sequence[UUID]) -> tuple[dict[UUID, int], dict[UUID, datetime]]:
    theirs = col(AssignmentRow.staff_id).in_(ids)
    counted = await session.exec(
        select(AssignmentRow.staff_id, func.count())
        .where(theirs, col(AssignmentRow.state).in_(OPEN_STATES))
        .group_by(col(AssignmentRow.staff_id))
    )
    given = await session.exec(
        select(AssignmentRow.staff_id, func.max(AssignmentRow.assigned_at))
        .where(theirs, AssignmentRow.state != AssignmentState.SUGGESTED)
        .group_by(col(AssignmentRow.staff_id))
    )
    return {one: count for one, count in counted if one}, {one: moment for one, moment in given if one and moment}


async def _competencies(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = defaultdict(set)
    held = await session.exec(select(StaffCompetencyRow).where(col(StaffCompetencyRow.staff_id).in_(ids)))
    for row in held:
        found[row.staff_id].add(row.competency_code)
    return found
