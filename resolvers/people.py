"""The acts on people: merging two rows, taking it back, telling two apart."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

import strawberry

from integration.events.idempotency import Done
from integration.events.log import Act
from integration.people import service
from resolvers.acts import UserError, perform, row_id, said
from resolvers.context import Context


class PersonMergeInput(Protocol):
    """As `schema.inputs.people` declares them; resolvers don't know the schema."""

    id: str
    into: str
    reason: str


class PersonUnmergeInput(Protocol):
    id: str
    reason: str


class PersonRejectDuplicateInput(Protocol):
    id: str
    other: str
    reason: str | None


@dataclass(frozen=True, slots=True, repr=False)
class PersonActed:
    """In the shape of PersonPayload: the person as they are now; null where the act was refused."""

    person: object | None
    errors: list[UserError]


def _act(
    name: str, do: Callable[[Act, Any], Awaitable[UUID]]
) -> Callable[[strawberry.Info[Any, Any], Any], Awaitable[PersonActed]]:
    async def resolver(
        info: strawberry.Info[Any, Any],
        input: Any,  # noqa: A002 - the schema's name
    ) -> PersonActed:
        context: Context = info.context

        async def done(act: Act) -> Done:
            return Done(await do(act, input))

        outcome = await perform(context, name, done, key=input.idempotency_key, said=said(input))
        shown = await context.read_object(info, "Person", outcome.object_id) if outcome.object_id else None
        return PersonActed(shown, outcome.errors)

    return resolver


async def _merge(act: Act, told: PersonMergeInput) -> UUID:
    return await service.merge(act, row_id(told.id, "Person", "id"), row_id(told.into, "Person", "into"), told.reason)


async def _unmerge(act: Act, told: PersonUnmergeInput) -> UUID:
    return await service.unmerge(act, row_id(told.id, "Person", "id"), told.reason)


async def _reject(act: Act, told: PersonRejectDuplicateInput) -> UUID:
    other = row_id(told.other, "Person", "other")
    return await service.reject_duplicate(act, row_id(told.id, "Person", "id"), other, told.reason)


person_merge = _act("personMerge", _merge)
person_unmerge = _act("personUnmerge", _unmerge)
person_reject_duplicate = _act("personRejectDuplicate", _reject)
