"""`GET /statistics/...`: every statistic as CSV and NDJSON with its description, and the list of them."""

from collections.abc import Awaitable, Callable

import orjson
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from integration.access.viewer import Viewer
from integration.db.base import uuid7
from integration.spreadsheets import Sheet, as_csv, as_ndjson
from resolvers.auth import NotLetIn, viewer_of
from resolvers.context import Services
from resolvers.statistics import printed_layout
from resolvers.verval_files import row_of
from schema.failures import log_failure
from schema.statistics import pages, series
from schema.statistics.asking import ask
from schema.statistics.offered import TWINS

Handler = Callable[[Request, Viewer, str], Awaitable[Response]]
_FORMS = {"csv": "text/csv; charset=utf-8; header=present", "ndjson": "application/x-ndjson"}


def open_to_all(services: Services, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """A route that needs no token and heeds one; what is refused is told as JSON, what breaks gets a number."""

    async def route(request: Request) -> Response:
        request_id = uuid7().hex
        headers = {"X-Request-Id": request_id, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        try:
            viewer = await viewer_of(services, request.headers, request.client.host if request.client else None)
            answer = await handler(request, viewer, request_id)
        except NotLetIn as refused:
            if refused.status == 401:
                headers["WWW-Authenticate"] = "Bearer"
            answer = JSONResponse({"error": {"code": refused.code, "message": refused.message}}, refused.status)
        except Exception as error:  # noqa: BLE001 - the last net: the client gets a number, the log the place
            log_failure(error, request_id, "statistics")
            told = f"Something went wrong on our side. Tell us this number: {request_id}"
            answer = JSONResponse({"error": {"code": "INTERNAL", "message": told}}, 500)
        answer.headers.update(headers)
        return answer

    return route


def routes(services: Services) -> list[BaseRoute]:
    """The routes of statistics."""

    async def listed(_request: Request, viewer: Viewer, request_id: str) -> Response:
        found = [series.metadata(one) for one in await series.catalogue(services, viewer, request_id)]
        return _json({"dataset": found + [series.metadata_of_twin(twin) for twin in TWINS.values()]})

    async def file(request: Request, viewer: Viewer, request_id: str) -> Response:
        name, _, ending = request.path_params["name"].rpartition(".")
        told = dict(request.query_params)
        twin = TWINS.get(name)
        if ending == "json":
            if twin is not None:
                return _json(series.metadata_of_twin(twin))
            return _json(series.metadata(await series.series(services, viewer, request_id, name)))
        if ending not in _FORMS:
            raise NotLetIn("NOT_FOUND", 404, "A statistic ends in .csv, .ndjson or .json.")
        if twin is not None:
            return _file(name, ending, await twin_sheet(services, viewer, request_id, name, told))
        if told:
            raise NotLetIn("BAD_USER_INPUT", 400, "A series is given whole: the address has no parameters.")
        return _file(name, ending, series.sheet_of(await series.series(services, viewer, request_id, name)))

    return [
        *_pages(services),
        Route("/statistics.json", open_to_all(services, listed), methods=["GET"]),
        Route("/statistics/{name}", open_to_all(services, file), methods=["GET"]),
    ]


def _pages(services: Services) -> list[BaseRoute]:
    async def overview(_request: Request, viewer: Viewer, request_id: str) -> Response:
        return pages.list_page(await series.catalogue(services, viewer, request_id), viewer.language)

    async def table(request: Request, viewer: Viewer, request_id: str) -> Response:
        given = request.path_params["id"]
        row = row_of(given, "PrintedTable")
        found = (await ask(services, viewer, request_id, pages.TABLE, {"id": given}))["node"]
        if found is None:
            raise NotLetIn("NOT_FOUND", 404, "There is no such table, or you may not see it.")
        return pages.table_page(found, await printed_layout(services, viewer, row), viewer.language)

    return [
        Route("/statistics", open_to_all(services, overview), methods=["GET"]),
        Route("/statistics/tables/{id}", open_to_all(services, table), methods=["GET"]),
    ]


async def twin_sheet(services: Services, viewer: Viewer, request_id: str, name: str, told: dict[str, str]) -> Sheet:
    """The rows of an answer, as the same viewer is told it by GraphQL."""
    twin = TWINS[name]
    return twin.sheet(await ask(services, viewer, request_id, twin.query, twin.variables(told)))


def _json(value: object) -> Response:
    return Response(orjson.dumps(value, option=orjson.OPT_INDENT_2), media_type="application/json")


def _file(name: str, ending: str, sheet: Sheet) -> Response:
    text = as_csv(sheet) if ending == "csv" else as_ndjson(sheet)
    # The name is one of ours: a known series or twin.
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    return Response(text, headers=headers, media_type=_FORMS[ending])
