"""`GET /recap/{month}.csv`: the monthly recap as a file, under the same token and the same rules."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from integration.db.base import uuid7
from resolvers.auth import NotLetIn, viewer_of
from resolvers.context import Services
from resolvers.recap import recap_file
from schema.failures import log_failure


def routes(services: Services) -> list[Route]:
    """The recap's route."""

    async def file(request: Request) -> Response:
        month = request.path_params["month"]
        request_id = uuid7().hex
        headers = {"X-Request-Id": request_id, "Cache-Control": "no-store"}
        try:
            if "authorization" not in request.headers:
                raise NotLetIn("UNAUTHENTICATED", 401, "Send a token as 'Authorization: Bearer TOKEN'.")
            viewer = await viewer_of(services, request.headers, request.client.host if request.client else None)
            text = await recap_file(services, viewer, month)
        except NotLetIn as refused:
            if refused.status == 401:
                headers["WWW-Authenticate"] = "Bearer"
            error = {"code": refused.code, "message": refused.message}
            return JSONResponse({"error": error}, refused.status, headers)
        except Exception as error:  # noqa: BLE001 - the last net: the client gets a number, the log the place
            log_failure(error, request_id, "recap")
            told = f"Something went wrong on our side. Tell us this number: {request_id}"
            return JSONResponse({"error": {"code": "INTERNAL", "message": told}}, 500, headers)
        # The month was read as one, so it is safe in a header.
        headers["Content-Disposition"] = f'attachment; filename="rekap-{month}.csv"'
        return Response(text, headers=headers, media_type="text/csv; charset=utf-8")

    return [Route("/recap/{month}.csv", file, methods=["GET"])]
