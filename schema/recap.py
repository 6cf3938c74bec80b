"""`GET /recap/{month}.csv` and `GET /registry-use/{since}/{until}.csv`: sums as files."""

from collections.abc import Mapping

from starlette.routing import Route

from integration.access.viewer import Viewer
from resolvers.context import Services
from resolvers.recap import recap_file
from resolvers.registry import use_file
from schema.files import csv_route


def routes(services: Services) -> list[Route]:
    """The routes of the sums."""
    return [
        csv_route(services, "/recap/{month}.csv", "rekap-{month}.csv", _recap),
        csv_route(services, "/registry-use/{since}/{until}.csv", "pemanfaatan-{since}-{until}.csv", _use),
    ]


async def _recap(services: Services, viewer: Viewer, path: Mapping[str, str]) -> str:
    return await recap_file(services, viewer, path["month"])


async def _use(services: Services, viewer: Viewer, path: Mapping[str, str]) -> str:
    return await use_file(services, viewer, path["since"], path["until"])
