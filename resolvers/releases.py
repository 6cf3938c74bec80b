"""How good a release is, and what changed between two: sums over records, which name nobody."""

from typing import Any
from uuid import UUID

import strawberry

from integration.access.policies import allowed
from integration.codes import Language, RegionLevel
from integration.reading import relay
from integration.reading.answer import Answer, BadRequest
from integration.reading.road import forbidden
from integration.registry import comparison
from integration.registry import indicators as measures
from resolvers.context import Context
from resolvers.errors import coded, of_bad_request


async def registry_indicators(
    info: strawberry.Info[Any, Any], level: RegionLevel, release: str | None = None
) -> measures.Indicators | Answer | None:
    """The indicators of one release."""
    context: Context = info.context
    if not allowed("Query.registryIndicators", context.viewer.roles):
        return Answer(None, [forbidden("Query.registryIndicators")])
    key = None if release is None else _release(context, release, "release")
    try:
        async with context.turn():
            snapshot = await context.snapshot()
            return await measures.indicators(context.services.road, context.asking(()), snapshot, key, level)
    except BadRequest as refused:
        raise of_bad_request(refused, context.viewer.language) from None


async def registry_comparison(
    info: strawberry.Info[Any, Any], before: str, after: str
) -> comparison.Comparison | Answer:
    """What changed from one release to another."""
    context: Context = info.context
    if not allowed("Query.registryComparison", context.viewer.roles):
        return Answer(None, [forbidden("Query.registryComparison")])
    keys = _release(context, before, "from"), _release(context, after, "to")
    async with context.turn():
        snapshot = await context.snapshot()
        return await comparison.compare(context.services.road, context.asking(()), snapshot, *keys)


def _release(context: Context, given: str, argument: str) -> UUID:
    decoded = relay.decode(given)
    if decoded is None or decoded[0] != "RegistryRelease":
        message = {Language.EN: "This is not the id of a release.", Language.ID: "Ini bukan id rilis data."}
        raise coded("BAD_USER_INPUT", message[context.viewer.language], {"argument": argument})
    return decoded[1]
