"""`trackReport`: for whoever holds a number and its code, without a sign-in."""

from typing import Any

import strawberry

from integration.access.policies import allowed
from integration.codes import Language
from integration.reading.answer import Answer
from integration.reading.road import forbidden
from integration.reports import tracking
from resolvers.context import Context
from resolvers.errors import coded


async def track_report(
    info: strawberry.Info[Any, Any], number: str, tracking_code: str
) -> tracking.PublicStatus | Answer | None:
    """Where a report stands; null for a wrong code and for an unknown number alike."""
    context: Context = info.context
    if not allowed("Query.trackReport", context.viewer.roles):
        return Answer(None, [forbidden("Query.trackReport")])
    _count(context, number)
    services = context.services
    async with context.turn():
        return await tracking.track(
            await context.snapshot(), services.database.dialect, services.sealer, number, tracking_code
        )


def _count(context: Context, number: str) -> None:
    """Each try counts, right or wrong: for its sender first, so that one sender can't shut many reporters out."""
    settings, rates = context.services.settings, context.services.rates
    wait = rates.take("track from", settings.tracks_per_address, context.client_host or "unknown")
    wait = wait or rates.take("track of", settings.tracks_per_report, tracking.tidy(number))
    if wait is not None:
        message = {
            Language.EN: f"Too many tries. Try again in {wait} seconds.",
            Language.ID: f"Terlalu banyak percobaan. Coba lagi {wait} detik lagi.",
        }
        raise coded("RATE_LIMITED", message[context.viewer.language], {"retryAfter": wait})
