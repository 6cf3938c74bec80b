"""The open house."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import httpx2
import pytest
from sqlmodel import select
from starlette.applications import Starlette

from integration.access.sealing import Sealer
from integration.db.engine import Database
from integration.reports.tables import ReportRow
from integration.settings import Settings
from integration.worker import Worker
from schema.webhooks import routes
from tests.intake.house import House


@dataclass
class Services:
    database: Database
    sealer: Sealer
    settings: Settings
    wake: Callable[[], None]


@pytest.fixture
async def house(database: Database, sealer: Sealer, settings: Settings) -> AsyncIterator[House]:
    """The webhook and its worker over a database with reference and demo data."""
    worker = Worker(database, sealer, settings)
    app = Starlette(routes=routes(Services(database, sealer, settings, worker.wake)))
    async with database.write() as session:
        before = frozenset((await session.exec(select(ReportRow.id))).all())
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://test") as client:
        yield House(database, sealer, settings, worker, client, before)
