"""The worker as it runs: taking in and sending go on beside one another, and it ends when told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from structlog.testing import capture_logs

from integration.connectors.whatsapp.fake import Answer
from integration.db.base import now
from integration.worker import Worker
from tests.intake.house import delivery, message
from tests.sending.office import BUDI, SITI, Office


@asynccontextmanager
async def working(worker: Worker) -> AsyncIterator[asyncio.Event]:
    """The worker at work; told to stop at the end, it ends what it has begun."""
    stop = asyncio.Event()
    task = asyncio.create_task(worker.run(stop))
    try:
        yield stop
    finally:
        stop.set()
        worker.wake()
        await task


async def test_who_writes_gets_an_answer(office: Office) -> None:
    async with working(office.worker):
        await write(office, SITI)
        await office.cloud.asked_for(1)
    assert [taken.to for taken in office.cloud.taken] == [SITI]
    assert [row.state for row in await office.rows()] == ["SENT"]


async def test_an_answer_that_does_not_come_holds_nobody_up(office: Office) -> None:
    release = asyncio.Event()
    office.cloud.script.append(Answer(wait=release))
    async with working(office.worker):
        await write(office, SITI)
        await office.cloud.asked_for(1)
        await write(office, BUDI)
        await office.cloud.asked_for(2)
        release.set()
    assert [taken.to for taken in office.cloud.taken] == [SITI, BUDI]
    assert [row.state for row in await office.rows()] == ["SENT", "SENT"]


async def test_told_to_stop_it_ends_what_it_has_begun_and_begins_nothing(office: Office) -> None:
    release = asyncio.Event()
    office.cloud.script.append(Answer(wait=release))
    first = await office.write("report_acknowledged", SITI, number="SIM-2026-000001")
    later = await office.write("report_merged", SITI, number="SIM-2026-000001", other="SIM-2026-000002")
    async with working(office.worker) as stop:
        await office.cloud.asked_for(1)
        stop.set()
        release.set()
    assert ((await office.row(first)).state, (await office.row(later)).state) == ("SENT", "QUEUED")


async def test_without_a_token_it_says_so_once_and_takes_in_all_the_same(office: Office) -> None:
    worker = office.quiet_worker()
    with capture_logs() as told:
        async with working(worker):
            pass
    assert [entry["event"] for entry in told].count("outbox.off") == 1


async def write(office: Office, sender: str) -> None:
    """Somebody writes, and the worker hears that something came."""
    at = int(now().timestamp()) - 1
    answer = await office.house.post(delivery(message(text="Tolong", at=at, sender=sender)))
    assert answer.status_code == 200
