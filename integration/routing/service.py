"""Whom a report should go to, and why: the TKSK of its kecamatan as first assessor, and somebody of its division.

Suggestions are assignments in state SUGGESTED, for the lead to follow or not; an emergency is assigned at once.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import product
from uuid import UUID

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.assignments.rules import OPEN_STATES
from integration.assignments.tables import AssignmentRow
from integration.codes import AssignmentState, Priority, RegionLevel, ReportCategory, ReportStatus, Role
from integration.db.kept import kept
from integration.events.log import Act
from integration.organizations.tables import OrgUnitRow
from integration.regions.tables import RegionRow
from integration.reports.steps import CLOSED, SOP_STEP
from integration.reports.tables import ReportPpksTypeRow, ReportRow
from integration.routing import people, rules, urgency, words
from integration.routing.tables import CompetencyRow, DistrictNeighbourRow, RoutingRuleRow, UrgentNeedRow

# Who follows reports up, in the order they are asked within a division.
_HANDLERS = (Role.TEAM_MEMBER, Role.DIVISION_HEAD)
# After it the work is done, and whoever is missing is no longer needed.
_LAST_STEP = SOP_STEP[ReportStatus.IN_FOLLOW_UP]
_BY_UNIT = "Disposisi kepada bidang, yang menunjuk petugasnya sendiri"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody, or a unit as such, for a report. `is_substitute`: a TKSK from the next kecamatan.

    A TKSK acts for a kecamatan and not for the unit that employs them, so that unit does not see the report by it.
    """

    role: Role
    staff_id: UUID | None
    unit_id: UUID | None
    reason: str
    is_substitute: bool = False


async def is_urgent(act: Act, category: ReportCategory | None, needs: Sequence[str], told: str | None = None) -> bool:
    """Whether a report jumps the queue (child at risk, violence, disaster) for what it is about or `told` in words."""
    if told is not None and urgency.in_words(told):
        return True
    return rules.is_urgent(category, needs, set(await kept(act.session, _urgent_needs)) if needs else set())


async def _urgent_needs(session: AsyncSession) -> Sequence[str]:
    return (await session.exec(select(UrgentNeedRow.ppks_code))).all()


async def triage(act: Act, report: ReportRow, told: str | None = None) -> bool:
    """Let a report that cannot wait jump the queue; True when it was raised.

    For classifying without a priority and for what a reporter adds: it raises, it never lowers. `told` is what has
    just been written; words read before do not count again, so what an officer has lowered stays low.
    """
    if report.priority is Priority.EMERGENCY:
        return False
    if not await is_urgent(act, report.category, await _needs(act, report), told):
        return False
    report.priority = Priority.EMERGENCY
    act.session.add(report)
    return True


async def propose(act: Act, report: ReportRow) -> Sequence[Proposal]:
    """Who should have the report as it stands now; nothing is written. Nobody is asked again who gave it back."""
    returned = select(AssignmentRow.staff_id).where(
        AssignmentRow.report_id == report.id, AssignmentRow.state == AssignmentState.RETURNED
    )
    but = {one for one in await act.session.exec(returned) if one is not None}
    assessor = await _assessor(act, report, but)
    handler = await _handler(act, report, but)
    return [one for one in (assessor, handler) if one is not None]


async def suggest(act: Act, report: ReportRow) -> Sequence[AssignmentRow]:
    """Write down who should have the report; suggestions that no longer hold go, and all once it is followed up.

    An emergency is not left to suggestions: who is next has it at once. A role that is filled is left alone, and once
    the lead has passed the report on, only the first assessor (TKSK) can still be missing.
    """
    before = (await act.session.exec(select(AssignmentRow).where(AssignmentRow.report_id == report.id))).all()
    taken = {row.role for row in before if row.state in OPEN_STATES}
    was_disposed = report.status in (ReportStatus.DISPOSITIONED, ReportStatus.IN_FOLLOW_UP)
    taken |= set(_HANDLERS) if was_disposed or not taken.isdisjoint(_HANDLERS) else set()
    is_open = report.status not in CLOSED and SOP_STEP[report.status] <= _LAST_STEP
    wanted = [one for one in await propose(act, report) if one.role not in taken] if is_open else []
    at_once = report.priority is Priority.EMERGENCY and report.status is not ReportStatus.NEEDS_INFO
    for row in before:
        if row.state is AssignmentState.SUGGESTED:
            await act.session.delete(row)
    await act.session.flush()
    rows = [_assignment(act, report, one, at_once=at_once) for one in wanted]
    act.session.add_all(rows)
    await act.session.flush()
    held = {(row.role, row.staff_id, row.unit_id) for row in before if row.state is AssignmentState.SUGGESTED}
    for row, proposal in zip(rows, wanted, strict=True):
        if at_once or (row.role, row.staff_id, row.unit_id) not in held:
            _tell(act, report, row, proposal)
    return rows


async def forget(act: Act, report: ReportRow) -> None:
    """Drop what was only suggested: the report needs nobody any more."""
    await act.session.exec(
        delete(AssignmentRow).where(
            col(AssignmentRow.report_id) == report.id, col(AssignmentRow.state) == AssignmentState.SUGGESTED
        )
    )


async def explain(act: Act, report: ReportRow, staff_id: UUID | None, role: Role) -> str:
    """The reason of an assignment somebody makes by hand: their choice, beside what the rules would have said.

    Without a person it goes to a unit as such.
    """
    if staff_id is None:
        return _BY_UNIT
    followed = await _suggested(act, report, staff_id, role)
    if followed is not None:
        return f"Sesuai saran: {followed}"
    (chosen, *_) = await people.holding(act.session, role, act.at, staff=[staff_id]) or (None,)
    if chosen is None:
        return "Dipilih oleh pemberi disposisi; tidak memegang peran ini dalam daftar petugas"
    duty = "bertugas" if chosen.on_duty else "sedang tidak bertugas"
    return f"Dipilih oleh pemberi disposisi; {duty}, beban {chosen.open} dari {chosen.capacity}"


async def _suggested(act: Act, report: ReportRow, staff_id: UUID, role: Role) -> str | None:
    """The reason of a suggestion of this person: as the lead read it, else as it would be made now."""
    found = await act.session.exec(
        select(AssignmentRow).where(
            AssignmentRow.report_id == report.id, AssignmentRow.state == AssignmentState.SUGGESTED
        )
    )
    shown = found.all()
    of = shown or await propose(act, report)
    return next((one.reason for one in of if (one.role, one.staff_id) == (role, staff_id)), None)


async def _assessor(act: Act, report: ReportRow, but: Collection[UUID]) -> Proposal | None:
    district = await _district(act, report)
    if district is None:
        return None
    emergency = report.priority is Priority.EMERGENCY
    own = await people.holding(act.session, Role.TKSK, act.at, districts=[district.code])
    choice = rules.choose([one for one in own if one.id not in but], is_emergency=emergency)
    if choice is not None:
        reason = f"TKSK Kecamatan {district.name}: {words.by_load(choice)}{words.over_capacity(choice)}"
        return Proposal(Role.TKSK, choice.candidate.id, None, reason)
    pairs = [(row.district_code, row.neighbour_code) for row in await act.session.exec(select(DistrictNeighbourRow))]
    next_to = rules.neighbours(pairs, district.code)
    others = await people.holding(act.session, Role.TKSK, act.at, districts=next_to)
    choice = rules.choose([one for one in others if one.id not in but], is_emergency=emergency)
    if choice is None:
        # Nobody next door either: the division has the report alone.
        return None
    why = "tidak memiliki TKSK" if not own else "tidak memiliki TKSK yang bertugas dan masih longgar"
    if any(one.id in but for one in own):
        why = "tidak memiliki TKSK lain, dan TKSK-nya mengembalikan penugasan"
    there = await act.session.get(RegionRow, choice.candidate.district_code)
    reason = (
        f"PENGGANTI dari kecamatan tetangga: Kecamatan {district.name} {why}; TKSK Kecamatan "
        f"{there.name if there else ''}: {words.by_load(choice)}{words.over_capacity(choice)}"
    )
    return Proposal(Role.TKSK, choice.candidate.id, None, reason, is_substitute=True)


async def _handler(act: Act, report: ReportRow, but: Collection[UUID]) -> Proposal | None:
    rule = rules.division(await _rules(act), report.category, await _needs(act, report))
    if rule is None:
        return None
    unit = (await act.session.exec(select(OrgUnitRow).where(OrgUnitRow.code == rule.unit_code))).first()
    if unit is None:
        return None
    emergency = report.priority is Priority.EMERGENCY
    wanted = None if rule.competency is None else await act.session.get(CompetencyRow, rule.competency)
    # The trained before all others, and members before their head.
    for competency, role in product((None,) if wanted is None else (wanted, None), _HANDLERS):
        candidates = await people.holding(act.session, role, act.at, units=[unit.id])
        left = [one for one in candidates if one.id not in but]
        choice = rules.choose(left, None if competency is None else competency.code, is_emergency=emergency)
        if choice is not None:
            who = words.handler(role, wanted.term if wanted else None, is_trained=competency is not None)
            reason = f"{unit.name} menangani {rule.why}; {who}, {words.by_load(choice)}{words.over_capacity(choice)}"
            return Proposal(role, choice.candidate.id, unit.id, reason)
    nobody = "tidak ada petugas yang bertugas dan masih longgar, bidang menunjuk sendiri"
    return Proposal(Role.DIVISION_HEAD, None, unit.id, f"{unit.name} menangani {rule.why}; {nobody}")


async def _district(act: Act, report: ReportRow) -> RegionRow | None:
    code = report.region_code
    while code is not None:
        region = await act.session.get(RegionRow, code)
        if region is None or region.level is RegionLevel.DISTRICT:
            return region
        code = region.parent_code
    return None


async def _needs(act: Act, report: ReportRow) -> Sequence[str]:
    found = await act.session.exec(
        select(ReportPpksTypeRow.ppks_code)
        .where(ReportPpksTypeRow.report_id == report.id)
        .order_by(col(ReportPpksTypeRow.ppks_code))
    )
    return found.all()


async def _rules(act: Act) -> Sequence[rules.Rule]:
    return [
        rules.Rule(row.code, row.unit_code, row.why, row.category, row.ppks_code, row.competency_code)
        for row in await act.session.exec(select(RoutingRuleRow))
    ]


def _assignment(act: Act, report: ReportRow, proposal: Proposal, *, at_once: bool) -> AssignmentRow:
    return AssignmentRow(
        report_id=report.id,
        role=proposal.role,
        staff_id=proposal.staff_id,
        unit_id=proposal.unit_id,
        assigned_at=act.at,
        due_at=report.due_at,
        state=AssignmentState.ASSIGNED if at_once else AssignmentState.SUGGESTED,
        reason=proposal.reason,
    )


def _tell(act: Act, report: ReportRow, row: AssignmentRow, proposal: Proposal) -> None:
    is_made = row.state is AssignmentState.ASSIGNED
    act.record(
        "assignmentMade" if is_made else "assignmentSuggested",
        "Assignment",
        row.id,
        # The report's timeline tells what was done, not what might be.
        report_id=report.id if is_made else None,
        data={
            "report": str(report.id),
            "role": row.role.value,
            "staff": str(row.staff_id) if row.staff_id else None,
            "unit": str(row.unit_id) if row.unit_id else None,
            "substitute": proposal.is_substitute,
        },
    )
