"""Asking our own GraphQL: a file holds exactly what the same viewer is told by the question behind it."""

from collections.abc import Mapping
from typing import Any

from integration.access.viewer import Viewer
from resolvers.auth import NotLetIn
from resolvers.context import Services
from schema.executor import execute_operation

_STATUS = {"FORBIDDEN": 403, "UNAUTHENTICATED": 401, "NOT_FOUND": 404, "RATE_LIMITED": 429, "INTERNAL": 500}


async def ask(
    services: Services, viewer: Viewer, request_id: str, query: str, variables: Mapping[str, Any]
) -> dict[str, Any]:
    """The answer's data. NotLetIn with the first error there is: half an answer makes no file."""
    await services.known.renew(services.database.readers)
    answer = await execute_operation(services, viewer, query, dict(variables), None, request_id, allow_mutations=False)
    for error in answer.get("errors", ()):
        code = error.get("extensions", {}).get("code", "BAD_USER_INPUT")
        raise NotLetIn(code, _STATUS.get(code, 400), error["message"])
    data: dict[str, Any] = answer["data"]
    return data
