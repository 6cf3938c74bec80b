"""`GET /imports/{id}/faulty.csv`: the lines of an import to be mended, in the columns they came in."""

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from integration.access.viewer import Viewer
from resolvers.context import Services
from resolvers.imports import faulty_file
from resolvers.verval_files import row_of
from schema.attachments import signed_in


def routes(services: Services) -> list[Route]:
    """The route of this file."""

    async def get(request: Request, viewer: Viewer, _request_id: str) -> Response:
        batch = row_of(request.path_params["id"], "ImportBatch")
        pieces = await faulty_file(services, viewer, batch)
        headers = {"Content-Disposition": 'attachment; filename="perlu-diperbaiki.csv"'}
        return StreamingResponse(pieces, headers=headers, media_type="text/csv; charset=utf-8")

    return [Route("/imports/{id}/faulty.csv", signed_in(services, "imports", get), methods=["GET"])]
