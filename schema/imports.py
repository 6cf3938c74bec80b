"""Registry files over HTTP: `POST /imports/registry` takes one in, `GET /imports/{id}/faulty.csv` gives back what is to
be mended, in the columns it came in.
"""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from integration.access.viewer import Viewer
from resolvers.auth import NotLetIn
from resolvers.context import Services
from resolvers.imports import faulty_file, upload
from resolvers.verval_files import row_of
from schema.attachments import signed_in
from schema.body import says_too_large


def routes(services: Services) -> list[Route]:
    """The routes of this file."""

    async def post(request: Request, viewer: Viewer, request_id: str) -> Response:
        if request.headers.get("content-type", "").strip().lower().startswith("multipart/"):
            raise NotLetIn("BAD_USER_INPUT", 415, "Send the file itself as the body, not a form (curl: -T, not -F).")
        too_large = says_too_large(request, services.settings.import_max_bytes)
        name = request.query_params.get("name", "")
        taken = await upload(services, viewer, request_id, name, too_large, request.stream())
        file = taken.inspected
        told = {"size": file.size, "sha256": file.digest.hex(), "format": "XLSX" if file.workbook else "CSV"}
        return JSONResponse({"id": taken.id, **told, "keptSeconds": int(taken.kept.total_seconds())}, 201)

    async def get(request: Request, viewer: Viewer, _request_id: str) -> Response:
        batch = row_of(request.path_params["id"], "ImportBatch")
        pieces = await faulty_file(services, viewer, batch)
        headers = {"Content-Disposition": 'attachment; filename="perlu-diperbaiki.csv"'}
        return StreamingResponse(pieces, headers=headers, media_type="text/csv; charset=utf-8")

    return [
        Route("/imports/registry", signed_in(services, "upload", post), methods=["POST"]),
        Route("/imports/{id}/faulty.csv", signed_in(services, "imports", get), methods=["GET"]),
    ]
