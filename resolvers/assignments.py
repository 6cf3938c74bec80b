"""The acts of assignments: answering one, and giving out many at once."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol
from uuid import UUID

import strawberry

from integration.assignments import service
from integration.codes import Language, UserErrorCode
from integration.db.base import uuid7
from integration.events.idempotency import Done
from integration.events.log import Act
from integration.reading import relay
from integration.refusal import Refusal
from resolvers.acts import UserError, kept, perform, row_id, said, told_again
from resolvers.context import Context
from resolvers.report_acts import ReportActed


class AssignmentActInput(Protocol):
    """As `schema.inputs.assignments` declares it; resolvers don't know the schema."""

    id: str
    note: str | None
    idempotency_key: str | None


class ReportsAssignItem(Protocol):
    id: str
    staff: str
    instruction: str | None
    expected_version: int | None


class ReportsAssignInput(Protocol):
    atomic: bool | None
    idempotency_key: str | None

    @property
    def items(self) -> Sequence[ReportsAssignItem]: ...


@dataclass(frozen=True, slots=True, repr=False)
class AssignmentActed:
    """In the shape of AssignmentPayload: the assignment as it is now, done or refused."""

    assignment: object | None
    errors: list[UserError]


@dataclass(frozen=True, slots=True, repr=False)
class ReportsAssigned:
    """In the shape of ReportsAssignPayload: a result per item, in their order."""

    results: list[ReportActed]
    errors: list[UserError]


def assignment_act(
    name: str, act_on: Callable[[Act, UUID, str | None], Awaitable[UUID]]
) -> Callable[[strawberry.Info[Any, Any], Any], Awaitable[AssignmentActed]]:
    """The resolver of one answer to an assignment."""

    async def resolver(
        info: strawberry.Info[Any, Any],
        input: AssignmentActInput,  # noqa: A002 - the schema's name
    ) -> AssignmentActed:
        context: Context = info.context

        async def do(act: Act) -> Done:
            return Done(await act_on(act, row_id(input.id, "Assignment", "id"), input.note))

        outcome = await perform(context, name, do, key=input.idempotency_key, said=said(input))
        target = relay.decode(input.id)
        known = target[1] if target is not None and target[0] == "Assignment" else None
        shown = None if known is None else await context.read_object(info, "Assignment", known)
        return AssignmentActed(shown, outcome.errors)

    return resolver


assignment_acknowledge = assignment_act("assignmentAcknowledge", service.acknowledge)
assignment_return = assignment_act("assignmentReturn", service.give_back)


async def reports_assign(
    info: strawberry.Info[Any, Any],
    input: ReportsAssignInput,  # noqa: A002 - the schema's argument is called so
) -> ReportsAssigned:
    """Give out up to a hundred reports in one transaction; a repetition is told of each item what the first one was."""
    context: Context = info.context
    atomic = bool(input.atomic)

    async def do(act: Act) -> Done:
        wanted = [_wanted(item, index) for index, item in enumerate(input.items)]
        results = await service.assign_all(act, wanted, atomic=atomic)
        # The call has no object of its own that could be found again.
        return Done(uuid7(), {"results": json.dumps([kept(result) for result in results])})

    given = {"atomic": atomic, "items": [asdict(item) for item in input.items]}  # type: ignore[call-overload]
    outcome = await perform(context, "reportsAssign", do, key=input.idempotency_key, said=given)
    if outcome.told is not None:
        before = json.loads(outcome.told["results"])
        refused = [[] if one is None else [told_again(one, context.viewer.language)] for one in before]
        return ReportsAssigned(await _results(info, input, refused), [])
    by_item = _by_item(outcome.errors)
    if not by_item:
        return ReportsAssigned([], outcome.errors)
    # Of a call that is refused as a whole, no item was done.
    others = replace(_UNDONE[context.viewer.language], field=["items"])
    refused = [by_item.get(index, [replace(others, field=["items", str(index)])]) for index in range(len(input.items))]
    return ReportsAssigned(await _results(info, input, refused), [others])


_UNDONE: Mapping[Language, UserError] = {
    Language.ID: UserError(
        UserErrorCode.INVALID, "Tidak ada yang ditugaskan, karena ada laporan yang ditolak (atomic).", None, None
    ),
    Language.EN: UserError(
        UserErrorCode.INVALID, "Nothing was given out, because some report was refused (atomic).", None, None
    ),
}


def _wanted(item: ReportsAssignItem, index: int) -> service.Wanted | Refusal:
    try:
        return service.Wanted(
            row_id(item.id, "Report", "id"),
            row_id(item.staff, "StaffMember", "staff"),
            item.instruction,
            item.expected_version,
        )
    except Refusal as refusal:
        return service.of_item(refusal, index)


def _by_item(errors: Sequence[UserError]) -> dict[int, list[UserError]]:
    found: dict[int, list[UserError]] = {}
    for error in errors:
        if error.field is not None and len(error.field) > 1 and error.field[0] == "items":
            found.setdefault(int(error.field[1]), []).append(error)
    return found


async def _results(
    info: strawberry.Info[Any, Any], given: ReportsAssignInput, refused: Sequence[list[UserError]]
) -> list[ReportActed]:
    context: Context = info.context
    results = []
    for item, errors in zip(given.items, refused, strict=True):
        known = relay.decode(item.id)
        is_report = known is not None and known[0] == "Report"
        shown = await context.read_object(info, "Report", known[1]) if known is not None and is_report else None
        results.append(ReportActed(shown, errors))
    return results
