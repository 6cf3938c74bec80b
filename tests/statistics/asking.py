"""Askers at the one door, over a database with reports of two quarters that are over."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from random import Random
from typing import Any

import httpx2
import pytest
from sqlmodel import SQLModel

from integration.codes import ChannelKind, ReportCategory, ReportStatus
from integration.db.engine import Database
from integration.reports.tables import ReportRow
from integration.settings import Settings
from integration.worker import Worker
from schema.app import create_app

DISTRICTS = ("64.02.01", "64.02.02", "64.02.03", None)
CATEGORIES = (ReportCategory.AID_REQUEST, ReportCategory.EMERGENCY, ReportCategory.OTHER)
CHANNELS = (ChannelKind.WHATSAPP, ChannelKind.PHONE)


class Asker:
    """Somebody with a demo token, or without."""

    def __init__(self, http: httpx2.AsyncClient, database: Database, worker: Worker) -> None:
        self._http = http
        self.database = database
        self.worker = worker
        self._is_published = False

    async def tell(self, query: str, variables: dict[str, Any] | None = None, who: str | None = "analyst") -> Any:
        """The whole answer, errors and all. The worker looks at what there is before the first question."""
        if not self._is_published:
            await self.worker.evaluate_signals()
            self._is_published = True
        headers = {} if who is None else {"Authorization": f"Bearer demo-{who}"}
        headers |= {"X-Purpose": "STATISTICS", "Accept-Language": "en"}
        answer = await self._http.post("/graphql", json={"query": query, "variables": variables or {}}, headers=headers)
        return answer.json()

    async def table(self, by: Sequence[str], who: str | None = "analyst", **filters: Any) -> Any:
        """The statistics by some dimensions."""
        body = await self.tell(TABLE, {"by": by, "filter": filters}, who)
        assert "errors" not in body, body
        return body["data"]["reportStatistics"]

    async def add(self, rows: Sequence[SQLModel]) -> None:
        """Put rows into the database."""
        async with self.database.write() as session:
            session.add_all(rows)


TABLE = """query ($by: [ReportDimension!]!, $filter: ReportFilter) { reportStatistics(groupBy: $by, filter: $filter) {
  columns rows { key labels count suppressed } published from to source } }"""


def report(number: int, at: datetime, **what: Any) -> ReportRow:
    """A report of a moment."""
    values = {
        "status": ReportStatus.ARCHIVED,
        "channel": ChannelKind.WHATSAPP,
        "category": ReportCategory.OTHER,
        **what,
    }
    return ReportRow(
        number=f"ST-{number:06}", tracking_hash=f"{number:032}".encode(), received_at=at, updated_at=at, **values
    )


def lots(seed: int, count: int) -> list[ReportRow]:
    """Reports of the first half of 2025, some kinds often and some seldom."""
    random = Random(seed)
    return [
        report(
            at,
            datetime(2025, random.choice((1, 1, 2, 3, 4, 4, 5, 6)), random.randint(2, 27), tzinfo=UTC),
            region_code=random.choices(DISTRICTS, (9, 3, 1, 1))[0],
            category=random.choices(CATEGORIES, (8, 2, 1))[0],
            channel=random.choices(CHANNELS, (5, 1))[0],
        )
        for at in range(count)
    ]


@pytest.fixture
async def asker(settings: Settings, database: Database) -> AsyncIterator[Asker]:
    """The door, open."""
    app = create_app(settings, database, run_worker=False)
    transport = httpx2.ASGITransport(app=app, client=("127.0.0.1", 4711))
    async with httpx2.AsyncClient(transport=transport, base_url="http://testserver") as http:
        yield Asker(http, database, app.state.worker)
