"""GraphQL over HTTP: one JSON object in, one out. What is not GraphQL at all is refused here, with a
status and a code.
"""

import re
import time
from typing import Any

import orjson
import structlog
from prometheus_client import Histogram
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from integration.db.base import uuid7
from resolvers.auth import NotLetIn, viewer_of
from resolvers.context import Services
from schema.body import TooLarge, read_body
from schema.executor import execute_operation
from schema.failures import log_failure

_SECONDS = Histogram("satupintu_graphql_seconds", "Time to answer a GraphQL request.", ["outcome"])
_log = structlog.get_logger("satupintu.graphql")


# GraphQL has escapes of its own inside the text of a query.
_ESCAPED_NUL = re.compile(r"\\u(?:0000|\{0+\})")


class _Refused(Exception):
    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


async def answer(request: Request, services: Services) -> Response:
    """Answer `POST /graphql`."""
    request_id = uuid7().hex
    started = time.perf_counter()
    outcome = "answered"
    try:
        result, status = await _answer(request, services, request_id), 200
        if "errors" in result:
            outcome = "errors"
    except (_Refused, NotLetIn) as refused:
        outcome, status = "refused", refused.status
        result = _errors(refused.code, refused.message)
    except ClientDisconnect:
        return Response(status_code=400)
    except Exception as error:  # noqa: BLE001 - the last net: the client gets a number, the log the place
        outcome, status = "failed", 500
        log_failure(error, request_id, "graphql")
        result = _errors("INTERNAL", f"Something went wrong on our side. Tell us this number: {request_id}", request_id)
    seconds = time.perf_counter() - started
    _SECONDS.labels(outcome).observe(seconds)
    _log.info("graphql", outcome=outcome, status=status, ms=round(seconds * 1000, 1), request_id=request_id)
    headers = {"X-Request-Id": request_id, "Cache-Control": "no-store"}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(orjson.dumps(result), status, headers, media_type="application/json")


async def _answer(request: Request, services: Services, request_id: str) -> dict[str, Any]:
    _check_type(request.headers)
    try:
        body = await read_body(request, services.settings.max_body)
    except TooLarge:
        raise _Refused(413, "BAD_USER_INPUT", f"A request has at most {services.settings.max_body} bytes.") from None
    text, variables, operation_name = _parse(body)
    client_host = request.client.host if request.client else None
    viewer = await viewer_of(services, request.headers, client_host)
    await services.known.renew(services.database.readers)
    return await execute_operation(
        services, viewer, text, variables, operation_name, request_id, client_host=client_host
    )


def _check_type(headers: Headers) -> None:
    # Compared whole: a substring match would let a browser form through without a preflight.
    essence, *parameters = (part.strip().lower() for part in headers.get("content-type", "").split(";"))
    if essence not in ("application/json", "application/graphql-response+json"):
        raise _Refused(415, "BAD_USER_INPUT", "Send the request as 'Content-Type: application/json'.")
    if any(
        p.startswith("charset=") and p.removeprefix("charset=").strip('"') not in ("utf-8", "utf8") for p in parameters
    ):
        raise _Refused(415, "BAD_USER_INPUT", "Send the request in UTF-8.")


def _parse(body: bytes) -> tuple[str, dict[str, Any] | None, str | None]:
    try:
        request = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise _Refused(400, "BAD_USER_INPUT", "The body is not JSON in UTF-8.") from None
    if not isinstance(request, dict) or not isinstance(request.get("query"), str):
        raise _Refused(400, "BAD_USER_INPUT", 'The body must be a JSON object with a string "query".')
    variables, name = request.get("variables"), request.get("operationName")
    if variables is not None and not isinstance(variables, dict):
        raise _Refused(400, "BAD_USER_INPUT", '"variables" must be a JSON object.')
    if name is not None and not isinstance(name, str):
        raise _Refused(400, "BAD_USER_INPUT", '"operationName" must be a string.')
    if _ESCAPED_NUL.search(request["query"]) or (b"u0000" in body and _has_nul(request)):
        # No name or text has one, PostgreSQL cannot store one, and no client sends one but to try us.
        raise _Refused(400, "BAD_USER_INPUT", "The request holds a NUL character.")
    return request["query"], variables, name


def _has_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(_has_nul(key) or _has_nul(item) for key, item in value.items())
    return isinstance(value, list) and any(map(_has_nul, value))


def _errors(code: str, message: str, request_id: str | None = None) -> dict[str, Any]:
    extensions = {"code": code} | ({"requestId": request_id} if request_id else {})
    return {"errors": [{"message": message, "extensions": extensions}]}
