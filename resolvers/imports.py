"""The lines of an import that somebody has to mend, as a file: for those who import, entered in the access log."""

from collections.abc import AsyncIterator
from uuid import UUID

from integration.access.policies import IMPORTERS
from integration.access.viewer import Viewer
from integration.db.base import now
from integration.registry.importing import batches, faulty
from resolvers.auth import NotLetIn
from resolvers.context import Services


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
