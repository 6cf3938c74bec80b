"""The acts on registry imports: an uploaded file is staged, then applied or discarded."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from integration.events.log import Act
from integration.registry.importing import requests, uploads
from integration.registry.importing.requests import NOUN, Order
from resolvers.acts import Resolver, Service, UserError, acting, row_id


@dataclass(frozen=True, slots=True, repr=False)
class RegistryImportActed:
    """In the shape of RegistryImportPayload: the batch as it is now, done or refused."""

    import_batch: object | None
    errors: list[UserError]


def _act(name: str, service: Service) -> Resolver[RegistryImportActed]:
    return acting(name, NOUN, service, RegistryImportActed)


async def _stage(act: Act, told: Any) -> UUID:
    upload = row_id(told.upload, uploads.NOUN, "upload")
    return await requests.stage(act, Order(upload, told.scheme, told.period, bool(told.supplement)))


registry_import_stage = _act("registryImportStage", _stage)
registry_import_apply = _act("registryImportApply", lambda act, told: requests.apply(act, row_id(told.id, NOUN, "id")))
registry_import_discard = _act(
    "registryImportDiscard", lambda act, told: requests.discard(act, row_id(told.id, NOUN, "id"))
)
