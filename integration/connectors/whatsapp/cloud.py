"""Meta's WhatsApp Cloud API, as far as we send by it; nothing else knows how it wants to be asked.

Nothing it raises carries a person's number, our token or Meta's words: those quote what was sent.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from email.utils import parsedate_to_datetime

import httpx2

from integration.connectors.whatsapp.content import Json, listed, mapped, word
from integration.connectors.whatsapp.failures import answered
from integration.connectors.whatsapp.port import (
    Doubtful,
    Failure,
    Nature,
    Outgoing,
    Template,
    Unavailable,
    Undeliverable,
)
from integration.db.base import now
from integration.settings import Settings

# In all, however slowly the answer drips. A lease on a message must be longer than this.
LONGEST_CALL = timedelta(seconds=30)
_TIMEOUT = httpx2.Timeout(connect=5, pool=5, write=10, read=20)
_LONGEST_WAIT = timedelta(days=1)
# Until here nothing of the message has left this machine.
_NOT_SENT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.ProxyError,
    httpx2.UnsupportedProtocol,
    httpx2.LocalProtocolError,
)


class CloudMessenger:
    """Sends through an HTTP client that knows where and as whom."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        self._client = client

    async def send(self, message: Outgoing) -> str | None:
        """Hand over one message. By user id where there is one: a phone number may be withheld or passed on."""
        if message.user_id is None and message.phone is None:
            raise Undeliverable(Failure("NO_ADDRESS", Nature.PERMANENT))
        try:
            async with asyncio.timeout(LONGEST_CALL.total_seconds()):
                answer = await self._client.post("messages", json=_request(message))
        # Without the cause, here and below: it holds the request.
        except _NOT_SENT:
            raise Unavailable(Failure("UNREACHABLE", Nature.EVERYBODY)) from None
        except (TimeoutError, httpx2.TimeoutException):
            raise Doubtful("TIMEOUT") from None
        except httpx2.HTTPError:
            raise Doubtful("NO_ANSWER") from None
        return _understood(answer)


@asynccontextmanager
async def cloud_messenger(settings: Settings) -> AsyncIterator[CloudMessenger | None]:
    """A messenger for as long as the block lasts; None without a token, and then nothing is sent."""
    access = settings.whatsapp_access
    if access is None:
        yield None
        return
    async with httpx2.AsyncClient(
        base_url=f"{access.base_url.rstrip('/')}/{access.api_version}/{access.phone_number_id}/",
        headers={"Authorization": f"Bearer {access.token.get_secret_value()}"},
        timeout=_TIMEOUT,
    ) as client:
        yield CloudMessenger(client)


def _request(message: Outgoing) -> dict[str, Json]:
    address = {"to": message.phone} if message.user_id is None else {"recipient": message.user_id}
    request: dict[str, Json] = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **address,
        "biz_opaque_callback_data": message.reference,
    }
    content = message.content
    if isinstance(content, Template):
        template: dict[str, Json] = {"name": content.name, "language": {"code": content.language}}
        if content.values:
            values = [{"type": "text", "text": value} for value in content.values]
            template["components"] = [{"type": "body", "parameters": values}]
        return {**request, "type": "template", "template": template}
    return {**request, "type": "text", "text": {"body": content.text, "preview_url": False}}


def _understood(answer: httpx2.Response) -> str | None:
    try:
        document = mapped(answer.json())
    except (ValueError, RecursionError):
        document = {}
    if answer.is_success:
        told = [word(mapped(sent).get("id"), 512) for sent in listed(document.get("messages"))]
        return told[0] if told else None
    error = mapped(document.get("error"))
    code = error.get("code")
    failure = answered(
        code if isinstance(code, int) and not isinstance(code, bool) else None,
        answer.status_code,
        transient=error.get("is_transient") is True,
    )
    if failure.nature in (Nature.PASSING, Nature.EVERYBODY):
        raise Unavailable(failure, _retry_after(answer.headers.get("Retry-After")))
    raise Undeliverable(failure)


def _retry_after(header: str | None) -> timedelta | None:
    """Seconds or a date, as HTTP has it; nothing that is neither, past or absurdly far."""
    if header is None:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=int(text[:9])), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
        wait = moment - now()
    except (ValueError, TypeError):
        return None
    return min(wait, _LONGEST_WAIT) if wait > timedelta() else None
