"""Registry files over HTTP: the file itself on its way in, and the lines of it that somebody has to mend."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from integration.access.policies import IMPORTERS, IMPORTING
from integration.access.viewer import Viewer
from integration.codes import Language
from integration.db.base import now
from integration.events.idempotency import Done
from integration.events.log import Act
from integration.reading import relay
from integration.refusal import Refusal, permit
from integration.registry.importing import batches, faulty, uploads
from integration.registry.importing.files import Inspected
from integration.registry.importing.refusing import TooLarge, too_large
from resolvers.acts import perform
from resolvers.auth import NotLetIn
from resolvers.context import Context, Services

_STATUS = {"FORBIDDEN": 403, "RATE_LIMITED": 429}


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file that can be staged now, for so long."""

    id: str
    inspected: Inspected
    kept: timedelta


async def upload(
    services: Services, viewer: Viewer, request_id: str, name: str, says_too_large: bool, blocks: AsyncIterator[bytes]
) -> Uploaded:
    """Take a file in. NotLetIn, and nothing kept, for whoever may not import, and for what is no registry file."""
    settings = services.settings
    try:
        permit(viewer.roles, among=IMPORTING)
        if says_too_large:
            raise too_large(settings.import_max_bytes)
        database, sealer = services.database, services.sealer
        async with uploads.receiving(database, sealer, settings, viewer.actor, name, blocks) as received:

            async def finish(act: Act) -> Done:
                return Done(await uploads.finish(act, received))

            await perform(Context(services, viewer, now(), request_id), "registryUpload", finish, key=None, said=None)
    except Refusal as refusal:
        raise _not_let_in(refusal, viewer.language) from None
    return Uploaded(relay.encode(uploads.NOUN, received.id), received.inspected, settings.keep_uploads)


async def faulty_file(services: Services, viewer: Viewer, batch_id: UUID) -> AsyncIterator[str]:
    """The file, piece by piece. NotLetIn for whoever may not import, gave no purpose, or names no batch."""
    if viewer.roles.isdisjoint(IMPORTERS):
        raise NotLetIn("FORBIDDEN", 403, "Your role may not read the lines of an import.")
    if viewer.purpose is None:
        raise NotLetIn("PURPOSE_REQUIRED", 400, "Send the header X-Purpose with a code of the list of purposes.")
    batch = await batches.find(services.database, batch_id)
    if batch is None:
        raise NotLetIn("NOT_FOUND", 404, "There is no such import.")
    people = await faulty.people(services.database, batch_id)
    await services.log.enter(viewer, now(), "importFaulty", sorted(map(str, people)))
    return faulty.as_csv(services.database, services.sealer, batch_id, batch.columns)


def _not_let_in(refusal: Refusal, language: Language) -> NotLetIn:
    status = 413 if isinstance(refusal, TooLarge) else _STATUS.get(str(refusal.code), 400)
    return NotLetIn(str(refusal.code), status, refusal.message(language))
