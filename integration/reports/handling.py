"""What handlers do (SOP 5-7): pass a report on with an instruction, follow it up, record actions, draft the reply."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from integration.assignments.tables import AssignmentRow
from integration.codes import AssignmentState, FollowUpActionKind, ProtectionDimension, Role, UserErrorCode
from integration.events.log import Act
from integration.organizations.tables import OrgUnitRow
from integration.refusal import Refusal
from integration.reports.moving import Ask, Step, begin, finish, required_text
from integration.reports.procedure import DispositionRow, FollowUpActionRow, ReplyRow
from integration.reports.rules import LEADS
from integration.routing import service as routing
from integration.staff.tables import StaffRoleRow, StaffRow

# In which capacity somebody is asked, where they hold several roles: the one nearest to the field.
_CAPACITIES = (Role.TKSK, Role.TEAM_MEMBER, Role.DIVISION_HEAD)
_MOST_TARGETS = 20


async def dispose(
    act: Act, ask: Ask, *, staff: Sequence[UUID], units: Sequence[UUID], instruction: str, due_at: datetime | None
) -> UUID:
    """SOP 5: the lead passes a report on to people or units, with an instruction (disposisi); each is assigned."""
    step = await begin(act, "reportDispose", ask)
    said = required_text(instruction, "instruction", 2_000)
    targets = len(set(staff)) + len(set(units))
    if not 1 <= targets <= _MOST_TARGETS:
        raise Refusal(
            UserErrorCode.INVALID,
            f"Pilih 1 sampai {_MOST_TARGETS} petugas atau bidang.",
            f"Choose 1 to {_MOST_TARGETS} people or units.",
            ["staff"],
        )
    if due_at is not None and due_at <= act.at:
        raise Refusal(UserErrorCode.INVALID, "Batas waktu sudah lewat.", "The due time has passed.", ["dueAt"])
    for index, staff_id in enumerate(dict.fromkeys(staff)):
        person, role = await _person(step, staff_id, index)
        await _give(step, role, person.id, person.unit_id, due_at, said)
    for index, unit_id in enumerate(dict.fromkeys(units)):
        await _unit(step, unit_id, index)
        await _give(step, Role.DIVISION_HEAD, None, unit_id, due_at, said)
    done = await finish(step, said, {"staff": [str(one) for one in staff], "units": [str(one) for one in units]})
    # The first assessor is still missing where the lead named none.
    await routing.suggest(act, step.report)
    return done


def _within_unit(act: Act) -> bool:
    """Whether somebody disposes as a division's head: whoever leads all of them is not bound to one."""
    roles = act.viewer.roles
    return Role.DIVISION_HEAD in roles and roles.isdisjoint(LEADS | {Role.AGENCY_HEAD})


async def _person(step: Step, staff_id: UUID, index: int) -> tuple[StaffRow, Role]:
    act = step.act
    person = await act.find(StaffRow, "StaffMember", staff_id, f"staff.{index}")
    held = (await act.session.exec(select(StaffRoleRow.role).where(StaffRoleRow.staff_id == staff_id))).all()
    role = next((role for role in _CAPACITIES if role in held), None)
    if role is None or not person.active or (_within_unit(act) and person.unit_id != act.viewer.unit_id):
        raise Refusal(
            UserErrorCode.INVALID,
            "Petugas ini tidak dapat ditugasi: bukan penindak laporan, tidak aktif, atau di luar bidang Anda.",
            "This person cannot be assigned: no handler, no longer active, or outside your unit.",
            ["staff", str(index)],
        )
    return person, role


async def _unit(step: Step, unit_id: UUID, index: int) -> None:
    act = step.act
    known = await act.session.get(OrgUnitRow, unit_id)
    if known is None or (_within_unit(act) and unit_id != act.viewer.unit_id):
        raise Refusal(
            UserErrorCode.INVALID,
            "Bidang ini tidak ada, atau bukan bidang Anda.",
            "There is no such unit, or it is not yours.",
            ["units", str(index)],
        )


async def _give(
    step: Step, role: Role, staff_id: UUID | None, unit_id: UUID | None, due_at: datetime | None, instruction: str
) -> None:
    act, report = step.act, step.report
    assignment = AssignmentRow(
        report_id=report.id,
        role=role,
        staff_id=staff_id,
        unit_id=unit_id,
        instruction_sealed=act.sealer.seal("assignment.instruction", instruction),
        assigned_at=act.at,
        due_at=due_at,
        state=AssignmentState.ASSIGNED,
        reason=await routing.explain(act, report, staff_id, role),
    )
    act.session.add(assignment)
    await act.session.flush()
    earlier = select(DispositionRow).where(DispositionRow.report_id == report.id)
    parent = (await act.session.exec(earlier.order_by(col(DispositionRow.number).desc()))).first()
    count = select(func.count()).select_from(DispositionRow).where(col(DispositionRow.report_id) == report.id)
    act.session.add(
        DispositionRow(
            report_id=report.id,
            number=(await act.session.exec(count)).one() + 1,
            parent_id=parent.id if parent is not None and step.facts.was_disposed else None,
            from_staff_id=act.viewer.staff_id,
            assignment_id=assignment.id,
            instruction_sealed=act.sealer.seal("disposition.instruction", instruction),
            due_at=due_at,
            at=act.at,
        )
    )
    await act.session.flush()


async def start_follow_up(act: Act, ask: Ask) -> UUID:
    """SOP 6: an assignee begins; what was asked of them is thereby taken on."""
    step = await begin(act, "reportStartFollowUp", ask)
    mine = select(AssignmentRow).where(
        AssignmentRow.report_id == step.report.id,
        col(AssignmentRow.state) == AssignmentState.ASSIGNED,
        col(AssignmentRow.staff_id) == act.viewer.staff_id,
    )
    for assignment in (await act.session.exec(mine)).all():
        assignment.state = AssignmentState.ACKNOWLEDGED
        act.session.add(assignment)
    return await finish(step, ask.note)


async def add_action(
    act: Act,
    ask: Ask,
    *,
    kind: FollowUpActionKind,
    result: str,
    dimension: ProtectionDimension | None,
    at: datetime | None,
) -> UUID:
    """SOP 6: record what was done. An action lies in the past, after the report came in."""
    step = await begin(act, "reportAddAction", ask)
    said = required_text(result, "result")
    done_at = at or act.at
    if not step.report.received_at <= done_at <= act.at:
        raise Refusal(
            UserErrorCode.INVALID,
            "Waktu tindakan harus antara laporan diterima dan sekarang.",
            "An action lies between the report's receipt and now.",
            ["at"],
        )
    act.session.add(
        FollowUpActionRow(
            report_id=step.report.id,
            kind=kind,
            result_sealed=act.sealer.seal("action.result", said),
            dimension=dimension,
            staff_id=act.viewer.staff_id,
            at=done_at,
        )
    )
    return await finish(step, said, {"kind": str(kind), "dimension": str(dimension) if dimension else None})


async def draft_reply(act: Act, ask: Ask, text: str) -> UUID:
    """SOP 7: a handler drafts the reply; drafting again replaces what was not sent."""
    step = await begin(act, "reportDraftReply", ask)
    said = required_text(text, "text", 4_000)
    unsent = select(ReplyRow).where(ReplyRow.report_id == step.report.id, col(ReplyRow.sent_at).is_(None))
    for earlier in (await act.session.exec(unsent)).all():
        await act.session.delete(earlier)
    act.session.add(
        ReplyRow(
            report_id=step.report.id,
            text_sealed=act.sealer.seal("reply.text", said),
            drafter_id=act.viewer.staff_id,
            drafted_at=act.at,
        )
    )
    return await finish(step, said)
