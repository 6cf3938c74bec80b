"""Answers that are also given as a file: under the same token, the same rules, and the same words when refused."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from integration.access.viewer import Viewer
from integration.db.base import uuid7
from resolvers.auth import NotLetIn, viewer_of
from resolvers.context import Services
from schema.failures import log_failure

# From the viewer and the parts of the path to the file's text; NotLetIn where it is refused.
Make = Callable[[Services, Viewer, Mapping[str, str]], Awaitable[str]]


def csv_route(services: Services, path: str, name: str, make: Make) -> Route:
    """A route that gives CSV. `name` is the file's, with the parts of the path in braces: they were read as dates."""

    async def file(request: Request) -> Response:
        request_id = uuid7().hex
        headers = {"X-Request-Id": request_id, "Cache-Control": "no-store"}
        try:
            if "authorization" not in request.headers:
                raise NotLetIn("UNAUTHENTICATED", 401, "Send a token as 'Authorization: Bearer TOKEN'.")
            viewer = await viewer_of(services, request.headers, request.client.host if request.client else None)
            text = await make(services, viewer, request.path_params)
        except NotLetIn as refused:
            if refused.status == 401:
                headers["WWW-Authenticate"] = "Bearer"
            error = {"code": refused.code, "message": refused.message}
            return JSONResponse({"error": error}, refused.status, headers)
        except Exception as error:  # noqa: BLE001 - the last net: the client gets a number, the log the place
            log_failure(error, request_id, name.partition("-")[0])
            told = f"Something went wrong on our side. Tell us this number: {request_id}"
            return JSONResponse({"error": {"code": "INTERNAL", "message": told}}, 500, headers)
        # The parts of the path were read as months or days, so they are safe in a header.
        headers["Content-Disposition"] = f'attachment; filename="{name.format(**request.path_params)}"'
        return Response(text, headers=headers, media_type="text/csv; charset=utf-8")

    return Route(path, file, methods=["GET"])
