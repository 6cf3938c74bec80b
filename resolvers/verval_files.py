"""Files of proposals, outside GraphQL: photographs in and out, batches out, results in. The same acts and rules."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar
from uuid import UUID

from integration.access.viewer import Viewer
from integration.db.base import now
from integration.events.idempotency import Done
from integration.events.log import Act
from integration.reading import relay
from integration.reading.sight import Sight
from integration.refusal import Refusal
from integration.verval import assessing, batches
from resolvers.acts import perform
from resolvers.auth import NotLetIn
from resolvers.context import Context, Services

T = TypeVar("T")
_STATUS = {"NOT_FOUND": 404, "FORBIDDEN": 403, "CONFLICT": 409, "ILLEGAL_TRANSITION": 409}


def row_of(given: str, noun: str) -> UUID:
    """The row behind an id in a path; 404 for what is none."""
    decoded = relay.decode(given)
    if decoded is None or decoded[0] != noun:
        raise NotLetIn("NOT_FOUND", 404, f"This is not the id of a {noun}.")
    return decoded[1]


async def keep_photo(services: Services, viewer: Viewer, request_id: str, proposal: UUID, content: bytes) -> str:
    """Keep a photograph of a proposal; its id."""
    context = Context(services, viewer, now(), request_id)

    async def act_on(act: Act) -> Done:
        return Done(await assessing.attach(act, proposal, content))

    outcome = await perform(context, "vervalAttach", act_on, key=None, said=None)
    if outcome.object_id is None:
        error = outcome.errors[0]
        raise NotLetIn(str(error.code), _STATUS.get(str(error.code), 400), error.message)
    return relay.encode("VervalAttachment", outcome.object_id)


async def photo(services: Services, viewer: Viewer, attachment: UUID) -> assessing.Photo:
    """A photograph, entered in the access log before it leaves."""
    found = await seen(services, viewer, lambda act: assessing.photo(act, attachment))
    people = () if found.person_id is None else (str(found.person_id),)
    await services.log.enter(viewer, now(), "attachment", people)
    return found


async def seen(services: Services, viewer: Viewer, look: Callable[[Act], Awaitable[T]]) -> T:
    """What an act's eyes see, changing nothing. It needs a purpose, for these files are of people."""
    if viewer.purpose is None:
        raise NotLetIn("PURPOSE_REQUIRED", 400, "Send the header X-Purpose with a code of the list of purposes.")
    try:
        async with services.database.write() as session:
            asking = Context(services, viewer, now(), "").asking(())
            sight = Sight(services.facts, asking, partial(services.database.inside, session))
            return await look(Act(session, viewer, now(), services.sealer, services.settings, sight))
    except Refusal as refused:
        raise NotLetIn(
            str(refused.code), _STATUS.get(str(refused.code), 400), refused.message(viewer.language)
        ) from None


async def batch_file(services: Services, viewer: Viewer, batch: UUID) -> str:
    """The file of a batch, entered in the access log with everybody it names before it leaves."""
    found = await seen(services, viewer, lambda act: batches.file(act, batch))
    await services.log.enter(viewer, now(), "vervalBatch", [str(one) for one in found.people])
    return found.text


async def take_result(services: Services, viewer: Viewer, request_id: str, batch: UUID, content: bytes) -> None:
    """Read a result file, as `vervalBatchResult` does."""
    context = Context(services, viewer, now(), request_id)

    async def act_on(act: Act) -> Done:
        return Done(await batches.take_result(act, batch, content))

    outcome = await perform(context, "vervalBatchResult", act_on, key=None, said=None)
    if outcome.object_id is None:
        error = outcome.errors[0]
        raise NotLetIn(str(error.code), _STATUS.get(str(error.code), 400), error.message)
