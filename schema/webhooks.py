"""`/webhooks/whatsapp`: Meta's handshake, and signed deliveries, stored and answered; the worker does the rest.

Meta repeats what is not answered with 200 for days, so 200 is only said of what is stored, and everything signed that
is a JSON object is stored: what we don't understand today may have to be read tomorrow.
"""

from collections.abc import Callable
from typing import Protocol

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from integration.access.sealing import Sealer
from integration.connectors.whatsapp.delivery import Malformed, parse
from integration.connectors.whatsapp.signature import is_signed, same
from integration.db.engine import Database
from integration.events import inbox
from integration.settings import Settings
from integration.worker import WHATSAPP
from schema.body import TooLarge, read_body

_SIGNATURE = "x-hub-signature-256"
_log = structlog.get_logger("satupintu.webhooks")


class Services(Protocol):
    """What the routes need of the house."""

    @property
    def database(self) -> Database: ...
    @property
    def sealer(self) -> Sealer: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def wake(self) -> Callable[[], None]: ...


def routes(services: Services) -> list[Route]:
    """The webhook's routes. A production house without WhatsApp's secrets does not start: `SettingMissing`."""
    app_secret, verify_token = services.settings.app_secret, services.settings.verify_token

    async def handshake(request: Request) -> Response:
        asked = request.query_params
        given, challenge = asked.get("hub.verify_token", ""), asked.get("hub.challenge")
        if not same(given, verify_token) or asked.get("hub.mode") != "subscribe" or challenge is None:
            return _error(403, "FORBIDDEN", "The handshake is not Meta's.")
        # Whoever knows the token chooses the challenge: it must never be read as a page.
        return PlainTextResponse(challenge, headers={"X-Content-Type-Options": "nosniff"})

    async def deliver(request: Request) -> Response:
        signature = request.headers.get(_SIGNATURE)
        if signature is None:
            return _error(401, "UNAUTHENTICATED", "The delivery is not signed.")
        try:
            body = await read_body(request, services.settings.max_body)
        except ClientDisconnect:
            return _error(400, "BAD_REQUEST", "The delivery broke off.")
        except TooLarge:
            return _error(413, "TOO_LARGE", f"A delivery has at most {services.settings.max_body} bytes.")
        if not is_signed(body, signature, app_secret):
            return _error(401, "UNAUTHENTICATED", "The signature is wrong.")
        try:
            parse(body)
        except Malformed:
            return _error(400, "BAD_REQUEST", "The delivery is not a JSON object.")
        try:
            await inbox.store(services.database, services.sealer, WHATSAPP, body)
        except Exception as error:  # noqa: BLE001 - Meta will repeat it; a 200 would lose it, a 500 tells nothing
            _log.error("inbox.not_stored", error=type(error).__name__)
            return _error(503, "UNAVAILABLE", "The delivery could not be stored; repeat it later.")
        services.wake()
        return JSONResponse({"received": True})

    return [
        Route("/webhooks/whatsapp", handshake, methods=["GET"], name="whatsapp_handshake"),
        Route("/webhooks/whatsapp", deliver, methods=["POST"], name="whatsapp_delivery"),
    ]


def _error(status: int, code: str, message: str) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": message}}, status)
