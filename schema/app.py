"""The ASGI application: the routes, what lives as long as the process, and the worker beside it."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from integration.access.known import KnownCodes
from integration.access.log import AccessLog
from integration.access.policies import allowed
from integration.access.sealing import Sealer
from integration.catalog import CATALOG
from integration.db.current import is_current
from integration.db.engine import Database
from integration.reading.dialect import dialect
from integration.reading.road import Road
from integration.reading.sight import Plans
from integration.settings import Settings
from integration.worker import Worker
from resolvers.context import Services
from schema import attachments, http, imports, recap, webhooks
from schema.graphiql import page
from schema.statistics.routes import routes as statistics_routes

_SDL = Path(__file__).with_name("schema.graphql")


def build_services(settings: Settings, database: Database, worker: Worker, sealer: Sealer) -> Services:
    """What requests need of the house."""
    road = Road(CATALOG, dialect(database.dialect), sealer, allowed)
    return Services(database, sealer, settings, road, Plans(road), KnownCodes(), AccessLog(database), worker.wake)


def create_app(settings: Settings, database: Database | None = None, run_worker: bool = True) -> Starlette:
    """The application.

    It expects a migrated database; `scripts/serve` sees to that. Given a database, it does not close it.
    """
    own_database = database is None
    database = database or Database(settings.database, settings.read_connections)
    sealer = Sealer(settings.master_key())
    worker = Worker(database, sealer, settings)
    services = build_services(settings, database, worker, sealer)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        stop = asyncio.Event()
        task: asyncio.Task[None] | None = None
        try:
            await services.known.renew(database.readers)
            # What was loaded so far lives for ever: the collector need not look at it again, and may look less often.
            gc.freeze()
            gc.set_threshold(50_000, 20, 50)
            task = asyncio.create_task(worker.run(stop)) if run_worker else None
            yield
        finally:
            stop.set()
            worker.wake()
            if task is not None:
                await task
            if own_database:
                await database.close()

    app = Starlette(routes=_routes(services), lifespan=lifespan)
    app.state.services = services
    app.state.worker = worker
    return app


def _routes(services: Services) -> list[BaseRoute]:
    async def graphql(request: Request) -> Response:
        return await http.answer(request, services)

    async def sdl(_request: Request) -> Response:
        return PlainTextResponse(_SDL.read_text(encoding="utf-8"))

    async def alive(_request: Request) -> Response:
        return JSONResponse({"alive": True})

    async def ready(_request: Request) -> Response:
        try:
            is_ready = await is_current(services.database)
        except Exception:  # noqa: BLE001 - whatever keeps the database from answering, we are not ready
            is_ready = False
        return JSONResponse({"ready": is_ready}, 200 if is_ready else 503)

    async def metrics(_request: Request) -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return [
        Route("/graphql", graphql, methods=["POST"]),
        *page.routes(services),
        Route("/schema.graphql", sdl, methods=["GET"]),
        Route("/healthz", alive, methods=["GET"]),
        Route("/readyz", ready, methods=["GET"]),
        Route("/metrics", metrics, methods=["GET"]),
        *recap.routes(services),
        *attachments.routes(services),
        *imports.routes(services),
        *webhooks.routes(services),
        *statistics_routes(services),
    ]
