"""A stand-in for Meta's Cloud API: a real HTTP server on a free loopback port, to try sending without WhatsApp.

It takes what Meta takes and refuses what Meta refuses, unless told to answer otherwise, to say nothing, or to hang up;
and it makes the delivery reports that Meta would send on what it took over.
"""

import asyncio
import json
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from types import TracebackType
from typing import Self

from integration.connectors.whatsapp.content import Json, listed, mapped, words

FAKE_TOKEN = "fake-access-token"  # noqa: S105 - of no use anywhere else
_LONGEST_TEXT, _LONGEST_REFERENCE = 4096, 512


class Silence(StrEnum):
    """Ways not to answer."""

    HANG = "HANG"
    HANG_UP = "HANG_UP"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request is answered. `takes_over`: the person gets the message, whatever the sender gets to hear."""

    takes_over: bool = True
    silence: Silence | None = None
    status: int = 200
    document: Json = None
    headers: Mapping[str, str] = field(default_factory=dict)
    # Called when it is decided and not yet told: the moment to end whoever asked.
    then: Callable[[], object] | None = None
    # It is told when this is set.
    wait: asyncio.Event | None = None


def refusal(code: int | None, status: int = 400, *, transient: bool | None = None, **headers: str) -> Answer:
    """An error as Meta tells it. Its message quotes what was asked, as Meta's do; a header's _ is a dash."""
    document: Json = None
    if code is not None:
        document = {"error": {"message": f"(#{code}) An error", "type": "OAuthException", "code": code}}
        if transient is not None:
            document["error"]["is_transient"] = transient
    dashed = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(takes_over=False, status=status, document=document, headers=dashed)


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that was taken over."""

    provider_id: str
    reference: str
    request: dict[str, Json]

    @property
    def to(self) -> str:
        """The phone number or user id it went to."""
        return str(self.request.get("recipient") or self.request.get("to"))

    @property
    def text(self) -> str | None:
        """Its free text; None for a template."""
        return words(mapped(self.request.get("text")).get("body"))

    @property
    def template(self) -> tuple[str, str, list[str]]:
        """Its template: name, language, and what fills the places."""
        template = mapped(self.request.get("template"))
        values = [
            str(mapped(parameter).get("text"))
            for component in map(mapped, listed(template.get("components")))
            for parameter in listed(component.get("parameters"))
        ]
        return str(template.get("name")), str(mapped(template.get("language")).get("code")), values


class FakeCloud:
    """The server, for as long as the block lasts."""

    def __init__(self, token: str = FAKE_TOKEN, phone_number_id: str = "100200300") -> None:
        self.token = token
        self.phone_number_id = phone_number_id
        self.base_url = ""
        self.asked: list[dict[str, Json]] = []
        self.taken: list[Taken] = []
        # What comes next, in order; then, and by itself, it is a Cloud API in good health.
        self.script: deque[Answer] = deque()
        self._ids = count(1)
        self._news = asyncio.Condition()
        self._server: asyncio.Server | None = None
        self._calls: set[asyncio.Task[None]] = set()

    def taken_of(self, reference: str) -> int:
        """How often the message with this reference was taken over."""
        return Counter(taken.reference for taken in self.taken)[reference]

    async def asked_for(self, number: int) -> None:
        """Wait until so many requests were decided on."""
        async with self._news:
            await self._news.wait_for(lambda: len(self.asked) >= number)

    def report(self, taken: Taken, state: str, code: int | None = None) -> bytes:
        """The delivery that reports on a message: the body of a webhook call, to be signed."""
        status: dict[str, Json] = {
            "id": taken.provider_id,
            "status": state,
            "timestamp": "1767578400",
            "recipient_id": str(taken.request.get("to", "")),
            "biz_opaque_callback_data": taken.reference,
        }
        if code is not None:
            status["errors"] = [{"code": code, "title": "An error", "message": "An error"}]
        value = {"messaging_product": "whatsapp", "statuses": [status]}
        entry = {"id": "1", "changes": [{"field": "messages", "value": value}]}
        return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        host, port = self._server.sockets[0].getsockname()[:2]
        self.base_url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def stop(self) -> None:
        """Listen no more: who connects is refused."""
        if self._server is None:
            return
        self._server.close()
        calls = tuple(self._calls)
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
        await self._server.wait_closed()
        self._server = None

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        call = asyncio.current_task()
        assert call is not None
        self._calls.add(call)
        try:
            while await self._answered(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            # The caller is gone, or the server stops: nobody is left to be told.
            pass
        finally:
            self._calls.discard(call)
            writer.close()

    async def _answered(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request; whether there may be another on this connection."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines if line)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        request = mapped(json.loads(body)) if body else {}
        answer = self._wrong(first, headers.get("authorization", ""), request)
        if answer is None:
            answer = self.script.popleft() if self.script else Answer()
        provider_id = f"wamid.FAKE{next(self._ids):08d}"
        if answer.takes_over:
            self.taken.append(Taken(provider_id, str(request.get("biz_opaque_callback_data", "")), request))
        async with self._news:
            self.asked.append(request)
            self._news.notify_all()
        if answer.then is not None:
            answer.then()
        if answer.wait is not None:
            await answer.wait.wait()
        if answer.silence is Silence.HANG:
            await reader.read()
        if answer.silence is not None:
            return False
        document = answer.document
        if document is None and answer.takes_over:
            document = {"messaging_product": "whatsapp", "messages": [{"id": provider_id}]}
        writer.write(_response(answer, b"" if document is None else json.dumps(document).encode()))
        await writer.drain()
        return True

    def _wrong(self, first: str, authorization: str, request: dict[str, Json]) -> Answer | None:
        method, path, _ = first.split(" ")
        _, _, number, *rest = [*path.split("/"), "", ""]
        if method != "POST" or number != self.phone_number_id or rest[0] != "messages":
            return refusal(100, 404)
        if authorization != f"Bearer {self.token}":
            return refusal(190, 401)
        addressed = ("to" in request) != ("recipient" in request)
        reference = str(request.get("biz_opaque_callback_data", ""))
        if request.get("messaging_product") != "whatsapp" or not addressed or len(reference) > _LONGEST_REFERENCE:
            return refusal(100)
        if request.get("type") == "text":
            body = mapped(request.get("text")).get("body")
            return None if isinstance(body, str) and 0 < len(body) <= _LONGEST_TEXT else refusal(100)
        _, _, values = Taken("", "", request).template
        fits = all(value and "\n" not in value and "\t" not in value and "    " not in value for value in values)
        return None if request.get("type") == "template" and fits else refusal(132000)


def _response(answer: Answer, body: bytes) -> bytes:
    lines = [f"HTTP/1.1 {answer.status} Answer", "Content-Type: application/json", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in answer.headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body
