"""The minimum service standards: asked for, and recorded."""

from dataclasses import dataclass
from typing import Any

import strawberry

from integration.access.policies import allowed
from integration.events.idempotency import Done
from integration.events.log import Act
from integration.reading.answer import Answer, BadRequest
from integration.spm import service
from integration.spm.indicators import Indicator, Indicators, indicators
from resolvers.acts import UserError, perform, said
from resolvers.answering import answer
from resolvers.context import Context

_FIELD = "Query.spmIndicators"


@dataclass(frozen=True, slots=True, repr=False)
class SpmActed:
    """In the shape of SpmPayload."""

    indicator: Indicator | None
    errors: list[UserError]


async def spm_indicators(info: strawberry.Info[Any, Any], year: int) -> Indicators | Answer:
    """All services in a year."""
    return await answer(info, _FIELD, lambda road, asking, snapshot: indicators(road, asking, snapshot, year))


async def spm_record(info: strawberry.Info[Any, Any], input: Any) -> SpmActed:  # noqa: A002 - the schema's name
    """Record a figure."""
    context: Context = info.context

    async def do(act: Act) -> Done:
        told = service.Told(
            input.service, input.year, input.month, input.target, input.served, input.as_of, input.source,
            input.collected_by, input.method, input.note,
        )  # fmt: skip
        return Done(await service.record(act, told))

    outcome = await perform(context, "spmRecord", do, key=input.idempotency_key, said=said(input))
    return SpmActed(await _indicator(context, input), outcome.errors)


async def _indicator(context: Context, told: Any) -> Indicator | None:
    if not allowed(_FIELD, context.viewer.roles):
        return None
    # What was read before the act knows nothing of it.
    await context.close()
    try:
        async with context.turn():
            found = await indicators(context.services.road, context.asking(()), await context.snapshot(), told.year)
    except BadRequest:
        return None
    return next(one for one in found.rows if one.service == told.service)
