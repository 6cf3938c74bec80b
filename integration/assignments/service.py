"""How assignees answer, and how many reports are given out at once. Giving out one: `integration.reports.handling`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.assignments.rules import OPEN_STATES
from integration.assignments.tables import AssignmentRow
from integration.codes import AssignmentState, Language, Role, UserErrorCode
from integration.events.log import Act
from integration.reading.scope import Scope
from integration.reading.view import Columns, Leaf, flag
from integration.refusal import Refusal
from integration.reports.handling import dispose
from integration.reports.moving import Ask, required_text
from integration.reports.service import locked, touched
from integration.reports.steps import CLOSED
from integration.reports.tables import ReportRow
from integration.routing import service as routing

_RETURNED = "Dikembalikan; alasannya di riwayat laporan"
# What is written on a sheet that says nothing else.
_INSTRUCTION = "Mohon ditindaklanjuti."
_MOST_ITEMS = 100


def _is_mine(held: Columns, scope: Scope) -> ColumnElement[bool]:
    """By name; what a unit was given as a whole is its head's to answer."""
    mine: ColumnElement[bool] = held.staff_id == scope.viewer("staff_id")
    if not scope.has(Role.DIVISION_HEAD):
        return mine
    return sa.or_(mine, sa.and_(held.staff_id.is_(None), held.unit_id == scope.viewer("unit_id")))


_FACTS: Mapping[str, Leaf] = {"is_mine": flag(_is_mine)}


async def acknowledge(act: Act, assignment_id: UUID, note: str | None) -> UUID:
    """The assignee takes the work on."""
    assignment, report = await _begin(act, assignment_id, (AssignmentState.ASSIGNED,))
    assignment.state = AssignmentState.ACKNOWLEDGED
    return await _finish(act, "assignmentAcknowledge", assignment, report, note)


async def give_back(act: Act, assignment_id: UUID, note: str | None) -> UUID:
    """The assignee cannot do it, and says why. The report stays where it is, for the lead to pass on again."""
    assignment, report = await _begin(act, assignment_id, OPEN_STATES)
    why = required_text(note or "", "note", 1_000)
    # The words themselves are sealed, with the event.
    assignment.state, assignment.reason = AssignmentState.RETURNED, _RETURNED
    done = await _finish(act, "assignmentReturn", assignment, report, why)
    # Somebody else is suggested; an emergency has the next one at once.
    await routing.suggest(act, report)
    return done


async def _begin(act: Act, assignment_id: UUID, states: Sequence[AssignmentState]) -> tuple[AssignmentRow, ReportRow]:
    facts = await act.look("Assignment", assignment_id, _FACTS)
    seen = await act.session.get_one(AssignmentRow, assignment_id)
    # The report first: whoever changes anything of it holds it.
    report = await locked(act, seen.report_id)
    assignment = await act.find(AssignmentRow, "Assignment", assignment_id)
    if not facts["is_mine"]:
        raise Refusal(
            UserErrorCode.FORBIDDEN,
            "Hanya yang ditugasi boleh menjawab penugasan ini.",
            "Only whoever it was given to may answer an assignment.",
        )
    if assignment.state not in states or report.status in CLOSED:
        raise Refusal(
            UserErrorCode.ILLEGAL_TRANSITION,
            f"Penugasan ini sudah {assignment.state} dan laporannya {report.status}.",
            f"This assignment is {assignment.state} already and its report {report.status}.",
        )
    return assignment, report


async def _finish(act: Act, name: str, assignment: AssignmentRow, report: ReportRow, note: str | None) -> UUID:
    act.session.add(assignment)
    touched(act, report)
    act.record(
        name,
        "Assignment",
        assignment.id,
        report_id=report.id,
        from_status=report.status,
        to_status=report.status,
        note=note,
        data={"assignment": str(assignment.id)},
    )
    await act.session.flush()
    return assignment.id


@dataclass(frozen=True, slots=True, repr=False)
class Wanted:
    """One report to be given to one person."""

    report_id: UUID
    staff_id: UUID
    instruction: str | None
    expected_version: int | None


async def assign_all(act: Act, items: Sequence[Wanted | Refusal], *, atomic: bool) -> list[Refusal | None]:
    """Give out many reports, each by the rules of a disposition; per item what it was refused for.

    An item that was refused before it came here keeps its refusal. With `atomic` one refusal undoes everything:
    then all of them are raised together.
    """
    if not 1 <= len(items) <= _MOST_ITEMS:
        raise Refusal(
            UserErrorCode.INVALID,
            f"Kirim 1 sampai {_MOST_ITEMS} laporan sekaligus.",
            f"Send 1 to {_MOST_ITEMS} reports at once.",
            ["items"],
        )
    results = [item if isinstance(item, Refusal) else None for item in items]
    wanted = [(index, item) for index, item in enumerate(items) if isinstance(item, Wanted)]
    # In one order for everybody, so that two such calls wait for each other instead of blocking each other.
    for index, item in sorted(wanted, key=lambda pair: pair[1].report_id):
        results[index] = await _assign(act, index, item)
    refusals = [refusal for refusal in results if refusal is not None]
    if atomic and refusals:
        raise ExceptionGroup("items refused", refusals)
    return results


async def _assign(act: Act, index: int, item: Wanted) -> Refusal | None:
    instruction = _INSTRUCTION if item.instruction is None else item.instruction
    try:
        # Should a disposition ever refuse after its first write, that write goes with it.
        async with act.session.begin_nested():
            await dispose(
                act,
                Ask(item.report_id, expected_version=item.expected_version),
                staff=[item.staff_id],
                units=[],
                instruction=instruction,
                due_at=None,
            )
    except Refusal as refusal:
        return of_item(refusal, index)
    return None


def of_item(refusal: Refusal, index: int) -> Refusal:
    """The refusal of one item, with the path of its field in the whole input."""
    # A disposition has a list of people, an item has one.
    field = [part for part in refusal.field or () if not part.isdecimal()]
    return Refusal(
        refusal.code,
        refusal.message(Language.ID),
        refusal.message(Language.EN),
        ["items", str(index), *field],
        refusal.current_version,
    )
