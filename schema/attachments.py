"""Files of proposals over HTTP: photographs, forms, batches out and results in."""

from collections.abc import Awaitable, Callable

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from integration.access.viewer import Viewer
from integration.db.base import uuid7
from integration.verval import exchange
from integration.verval.assessing import MOST_BYTES
from integration.verval.forms import forms
from resolvers.auth import NotLetIn, viewer_of
from resolvers.context import Services
from resolvers.verval_files import batch_file, keep_photo, photo, row_of, take_result
from schema.body import TooLarge, read_body
from schema.failures import log_failure

Handler = Callable[[Request, Viewer, str], Awaitable[Response]]


def signed_in(services: Services, name: str, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """A route for whoever has a token; what is refused is told as JSON, what breaks gets a number."""

    async def route(request: Request) -> Response:
        request_id = uuid7().hex
        headers = {"X-Request-Id": request_id, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        try:
            if "authorization" not in request.headers:
                raise NotLetIn("UNAUTHENTICATED", 401, "Send a token as 'Authorization: Bearer TOKEN'.")
            viewer = await viewer_of(services, request.headers, request.client.host if request.client else None)
            answer = await handler(request, viewer, request_id)
        except NotLetIn as refused:
            if refused.status == 401:
                headers["WWW-Authenticate"] = "Bearer"
            answer = JSONResponse({"error": {"code": refused.code, "message": refused.message}}, refused.status)
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception as error:  # noqa: BLE001 - the last net: the client gets a number, the log the place
            log_failure(error, request_id, name)
            told = f"Something went wrong on our side. Tell us this number: {request_id}"
            answer = JSONResponse({"error": {"code": "INTERNAL", "message": told}}, 500)
        answer.headers.update(headers)
        return answer

    return route


async def body_of(request: Request, most: int) -> bytes:
    """The file that was sent; 413 where it is too large."""
    try:
        return await read_body(request, most)
    except TooLarge:
        raise NotLetIn("BAD_USER_INPUT", 413, f"A file has at most {most} bytes.") from None


def routes(services: Services) -> list[Route]:
    """The routes of all these files."""

    async def put(request: Request, viewer: Viewer, request_id: str) -> Response:
        proposal = row_of(request.path_params["id"], "VervalProposal")
        content = await body_of(request, MOST_BYTES)
        return JSONResponse({"id": await keep_photo(services, viewer, request_id, proposal, content)}, 201)

    async def get(request: Request, viewer: Viewer, _request_id: str) -> Response:
        found = await photo(services, viewer, row_of(request.path_params["id"], "VervalAttachment"))
        return Response(found.content, media_type=found.media_type)

    async def batch(request: Request, viewer: Viewer, _request_id: str) -> Response:
        text = await batch_file(services, viewer, row_of(request.path_params["id"], "VervalBatch"))
        headers = {"Content-Disposition": 'attachment; filename="usulan-verval.csv"'}
        return Response(text, headers=headers, media_type="text/csv; charset=utf-8")

    async def result(request: Request, viewer: Viewer, request_id: str) -> Response:
        given = request.path_params["id"]
        row = row_of(given, "VervalBatch")
        await take_result(services, viewer, request_id, row, await body_of(request, exchange.MOST_BYTES))
        return JSONResponse({"batch": given})

    async def all_forms(_request: Request) -> Response:
        return JSONResponse(
            [
                {
                    "code": form.code,
                    "version": form.version,
                    "validFrom": form.valid_from.isoformat(),
                    "photos": form.photos,
                    "questions": [
                        {
                            "code": question.code,
                            "kind": question.kind,
                            "indonesian": question.indonesian,
                            "english": question.english,
                            "options": list(question.options),
                            "least": question.least,
                            "most": question.most,
                            "optional": question.optional,
                        }
                        for question in form.questions
                    ],
                }
                for form in forms()
            ]
        )

    return [
        Route("/attachments/{id}", signed_in(services, "attachment", put), methods=["PUT"]),
        Route("/attachments/{id}", signed_in(services, "attachment", get), methods=["GET"]),
        Route("/verval-batches/{id}.csv", signed_in(services, "verval_batch", batch), methods=["GET"]),
        Route("/verval-batches/{id}/result", signed_in(services, "verval_result", result), methods=["PUT"]),
        Route("/assessment-forms", all_forms, methods=["GET"]),
    ]
