"""The open office."""

from collections.abc import AsyncIterator

import httpx2
import pytest
from pydantic import SecretStr
from sqlmodel import select
from starlette.applications import Starlette

from integration.access.sealing import Sealer
from integration.connectors.whatsapp.fake import FakeCloud
from integration.db.base import now
from integration.db.engine import Database
from integration.reports.tables import ReportRow
from integration.settings import Settings
from integration.worker import Worker
from schema.webhooks import routes
from tests.intake.conftest import Services
from tests.intake.house import House
from tests.sending.office import Clock, Office


@pytest.fixture
async def cloud() -> AsyncIterator[FakeCloud]:
    """A Cloud API of our own."""
    async with FakeCloud() as cloud:
        yield cloud


@pytest.fixture
def sending(settings: Settings, cloud: FakeCloud) -> Settings:
    """Settings to send by it."""
    return settings.model_copy(
        update={
            "whatsapp_token": SecretStr(cloud.token),
            "whatsapp_phone_number_id": cloud.phone_number_id,
            "whatsapp_base_url": cloud.base_url,
        }
    )


@pytest.fixture
async def office(database: Database, sealer: Sealer, sending: Settings, cloud: FakeCloud) -> AsyncIterator[Office]:
    """The webhook, its worker and a Cloud API, over a database with reference and demo data."""
    start = now().replace(microsecond=0)
    clock = Clock(start)
    # The clock of messages stands a little after the tests', so that what is written is due.
    clock.forward(minutes=10)
    worker = Worker(database, sealer, sending, clock)
    app = Starlette(routes=routes(Services(database, sealer, sending, worker.wake)))
    async with database.write() as session:
        before = frozenset((await session.exec(select(ReportRow.id))).all())
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://test") as client:
        house = House(database, sealer, sending, worker, client, before)
        yield Office(house, cloud, clock, start)
