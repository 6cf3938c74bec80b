"""Questions that a statistic answers: who may ask, in which snapshot, and what a bad question is told."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import strawberry

from integration.access.policies import allowed
from integration.db.readers import Snapshot
from integration.reading.answer import Answer, BadRequest
from integration.reading.road import Road, forbidden
from integration.reading.scope import Asking
from resolvers.context import Context
from resolvers.errors import of_bad_request

Found = TypeVar("Found")


async def answer(
    info: strawberry.Info[Any, Any], coordinate: str, ask: Callable[[Road, Asking, Snapshot], Awaitable[Found]]
) -> Found | Answer:
    """What `ask` finds for this viewer; null with FORBIDDEN for whoever the access table does not let ask."""
    context: Context = info.context
    if not allowed(coordinate, context.viewer.roles):
        return Answer(None, [forbidden(coordinate)])
    try:
        async with context.turn():
            return await ask(context.services.road, context.asking(()), await context.snapshot())
    except BadRequest as refused:
        raise of_bad_request(refused, context.viewer.language) from None
