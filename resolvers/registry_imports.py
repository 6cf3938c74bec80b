"""The acts on registry imports: an uploaded file is staged, then applied or discarded."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import strawberry

from integration.events.idempotency import Done
from integration.events.log import Act
from integration.reading import relay
from integration.registry.importing import requests, uploads
from integration.registry.importing.requests import NOUN, Order
from resolvers.acts import UserError, perform
from resolvers.context import Context
from resolvers.report_acts import row_id, said

Resolver = Callable[[strawberry.Info[Any, Any], Any], Awaitable["RegistryImportActed"]]


@dataclass(frozen=True, slots=True, repr=False)
class RegistryImportActed:
    """In the shape of RegistryImportPayload: the batch as it is now, done or refused."""

    import_batch: object | None
    errors: list[UserError]


def _act(name: str, do: Callable[[Act, Any], Awaitable[UUID]]) -> Resolver:
    async def resolver(info: strawberry.Info[Any, Any], input: Any) -> RegistryImportActed:  # noqa: A002 - the schema's name
        context: Context = info.context

        async def done(act: Act) -> Done:
            return Done(await do(act, input))

        outcome = await perform(context, name, done, key=input.idempotency_key, said=said(input))
        named = relay.decode(getattr(input, "id", ""))
        shown = outcome.object_id or outcome.about or (named[1] if named is not None and named[0] == NOUN else None)
        return RegistryImportActed(
            None if shown is None else await context.read_object(info, NOUN, shown), outcome.errors
        )

    return resolver


async def _stage(act: Act, told: Any) -> UUID:
    upload = row_id(told.upload, uploads.NOUN, "upload")
    return await requests.stage(act, Order(upload, told.scheme, told.period, bool(told.supplement)))


registry_import_stage = _act("registryImportStage", _stage)
registry_import_apply = _act("registryImportApply", lambda act, told: requests.apply(act, row_id(told.id, NOUN, "id")))
registry_import_discard = _act(
    "registryImportDiscard", lambda act, told: requests.discard(act, row_id(told.id, NOUN, "id"))
)
