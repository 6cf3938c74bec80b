"""`monthlyRecap` and its file: one sum, asked for in two ways."""

from typing import Any

import strawberry

from integration.access.policies import allowed
from integration.access.viewer import Viewer
from integration.codes import Language
from integration.db.base import now
from integration.reading.answer import Answer, BadRequest
from integration.reading.road import forbidden
from integration.reading.scope import Asking
from integration.reports import recap
from resolvers.auth import NotLetIn
from resolvers.context import Context, Services
from resolvers.errors import of_bad_request

_FIELD = "Query.monthlyRecap"


async def monthly_recap(info: strawberry.Info[Any, Any], month: str) -> recap.Recap | Answer:
    """The recap, for whoever handles reports."""
    context: Context = info.context
    if not allowed(_FIELD, context.viewer.roles):
        return Answer(None, [forbidden(_FIELD)])
    try:
        async with context.turn():
            return await recap.monthly_recap(context.services.road, context.asking(()), await context.snapshot(), month)
    except BadRequest as refused:
        raise of_bad_request(refused, context.viewer.language) from None


async def recap_file(services: Services, viewer: Viewer, month: str) -> str:
    """The same as CSV; NotLetIn where it is refused."""
    if not allowed(_FIELD, viewer.roles):
        raise NotLetIn("FORBIDDEN", 403, forbidden(_FIELD).messages[viewer.language])
    asking = Asking(viewer, now(), (), services.sealer, services.known.has, services.settings)
    try:
        async with services.database.readers.snapshot() as snapshot:
            return recap.as_csv(await recap.monthly_recap(services.road, asking, snapshot, month))
    except BadRequest as refused:
        raise NotLetIn(refused.code, 400, refused.messages[Language.EN]) from None
