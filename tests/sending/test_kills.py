"""The worker is killed, with SIGKILL, at any point of a sending: nothing taken over is sent twice, nothing is lost."""

import asyncio
import sys
from contextlib import suppress
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from integration.codes import DeliveryState
from integration.connectors.whatsapp.fake import Answer, Silence
from integration.events.queue import GRACE, LEASE
from integration.events.rules import SentForm
from tests.project.running import ROOT, environment, keep_key
from tests.sending.office import BUDI, SITI, Office

# One round of a real worker, which says when it has written down everything, and then only waits for its end.
ROUND = """
import asyncio, sys
from integration.access.sealing import Sealer
from integration.db.engine import Database
from integration.settings import Settings
from integration.worker import Worker

async def main():
    settings = Settings(_env_file=None)
    database = Database(settings.database)
    await Worker(database, Sealer(settings.master_key()), settings).run_pending()
    print("written", flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


async def killed(office: Office, database_url: str, answer: Answer | None) -> None:
    """Let a worker of its own process send until `answer` is decided on, or to the end, and kill it there."""
    data = keep_key(office.house.settings.data)
    settings = {
        "data": str(data),
        "database_url": database_url,
        "whatsapp_token": office.cloud.token,
        "whatsapp_phone_number_id": office.cloud.phone_number_id,
        "whatsapp_base_url": office.cloud.base_url,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", ROUND, cwd=ROOT, env=environment(settings), stdout=asyncio.subprocess.PIPE
    )
    if answer is not None:
        # Nothing of an answer leaves before its worker is dead.
        office.cloud.script.append(replace(answer, silence=Silence.HANG_UP, then=process.kill))
    assert process.stdout is not None
    if await process.stdout.readline():
        process.kill()
    await process.wait()


@pytest.fixture
async def waiting(office: Office) -> UUID:
    """A message that is due. The real workers of these tests live by the real clock."""
    return await office.write("report_acknowledged", number="SIM-2026-000001")


BEFORE = Answer(takes_over=False)
AFTER = Answer(takes_over=True)


async def test_before_it_was_taken_over_it_is_sent_once(office: Office, database_url: str, waiting: UUID) -> None:
    await killed(office, database_url, BEFORE)
    assert (await office.row(waiting)).state is DeliveryState.QUEUED
    # Whoever comes next can't know, and listens for a while.
    await office.work()
    await office.work(seconds=GRACE.total_seconds() - 1)
    assert len(office.cloud.asked) == 1
    await office.work(seconds=1)
    await office.work(days=1)
    assert len(office.taken(waiting)) == 1
    assert await office.outcomes(waiting) == ["INTERRUPTED", "SENT"]
    assert (await office.message(waiting)).delivery_state is DeliveryState.SENT


@pytest.mark.parametrize("state", ["sent", "delivered", "read"])
async def test_after_it_was_taken_over_its_report_settles_it(
    office: Office, database_url: str, waiting: UUID, state: str
) -> None:
    await killed(office, database_url, AFTER)
    (taken,) = office.taken(waiting)
    assert (await office.row(waiting)).provider_id is None
    await office.work()
    await office.reported(taken, state)
    await office.work(days=1)
    assert len(office.taken(waiting)) == len(office.cloud.asked) == 1
    row, message = await office.row(waiting), await office.message(waiting)
    assert (row.state, row.provider_id) == (state.upper(), taken.provider_id)
    assert (message.delivery_state, message.provider_id) == (state.upper(), taken.provider_id)


async def test_a_report_that_still_lies_unread_is_read_first(office: Office, database_url: str, waiting: UUID) -> None:
    await killed(office, database_url, AFTER)
    (taken,) = office.taken(waiting)
    await office.work()
    # It came, but cannot be worked off yet.
    answer = await office.house.post(office.cloud.report(taken, "delivered"))
    assert answer.status_code == 200
    office.clock.forward(seconds=GRACE.total_seconds())
    async with office.sender() as sender:
        await sender.run_due()
        assert len(office.cloud.asked) == 1
        await office.work()
        await sender.run_due()
    assert len(office.taken(waiting)) == 1
    assert (await office.row(waiting)).state is DeliveryState.DELIVERED


async def test_after_it_was_written_down_nothing_is_left_to_do(
    office: Office, database_url: str, waiting: UUID
) -> None:
    await killed(office, database_url, None)
    assert (await office.row(waiting)).state is DeliveryState.SENT
    await office.work(days=1)
    assert len(office.taken(waiting)) == len(office.cloud.asked) == 1


async def test_before_it_was_begun_nothing_has_happened(office: Office, waiting: UUID) -> None:
    async with office.sender() as sender:
        round_ = asyncio.create_task(sender.run_due())
        round_.cancel()
        await asyncio.gather(round_, return_exceptions=True)
    await office.work()
    assert len(office.taken(waiting)) == 1


async def test_while_it_is_under_way_nobody_else_sends_it(office: Office, waiting: UUID) -> None:
    # As a worker leaves it that has begun, and is perhaps only slow.
    await office.change(
        waiting, attempt_id=await office.attempt(waiting), attempts=1, form=SentForm.TEMPLATE,
        next_at=office.clock.at + LEASE,
    )  # fmt: skip
    later = await office.write("report_merged", number="SIM-2026-000001", other="SIM-2026-000002")
    other = await office.write("report_acknowledged", BUDI, number="SIM-2026-000003")
    await office.work(seconds=LEASE.total_seconds() - 1)
    assert [taken.to for taken in office.cloud.taken] == [BUDI]
    assert office.taken(other) and not office.taken(later)
    await office.work(seconds=1)
    await office.work(seconds=GRACE.total_seconds())
    assert [taken.to for taken in office.cloud.taken] == [BUDI, SITI, SITI]
    assert [taken.reference for taken in office.cloud.taken[1:]] == [str(waiting), str(later)]


class TestLostAnswers:
    """The worker lives, but the answer is lost on the way."""

    @pytest.mark.parametrize("takes_over", [False, True])
    async def test_it_listens_before_it_sends_again(self, office: Office, waiting: UUID, takes_over: bool) -> None:
        office.cloud.script.append(Answer(takes_over=takes_over, silence=Silence.HANG_UP))
        await office.work()
        row = await office.row(waiting)
        assert (row.state, row.reason, row.doubtful_since is None) == (DeliveryState.QUEUED, "NO_ANSWER", False)
        await office.work(seconds=GRACE.total_seconds() - 1)
        assert len(office.cloud.asked) == 1
        if takes_over:
            await office.reported(office.taken(waiting)[0], "sent")
        await office.work(days=1)
        assert len(office.taken(waiting)) == 1
        assert (await office.row(waiting)).state is DeliveryState.SENT

    async def test_a_report_that_it_failed_is_believed(self, office: Office, waiting: UUID) -> None:
        office.cloud.script.append(Answer(silence=Silence.HANG_UP))
        await office.work()
        await office.reported(office.taken(waiting)[0], "failed", 131026)
        await office.work(days=1)
        row = await office.row(waiting)
        assert (row.state, row.reason, len(office.cloud.asked)) == (DeliveryState.FAILED, "131026", 1)

    @pytest.mark.parametrize("answer", [Answer(), Answer(silence=Silence.HANG_UP), Answer(status=500, document={})])
    async def test_a_report_quicker_than_the_answer_is_enough(
        self, office: Office, waiting: UUID, answer: Answer
    ) -> None:
        # The answer is slow, and then perhaps none; meanwhile its report comes in and another worker works it off.
        release = asyncio.Event()
        office.cloud.script.append(replace(answer, wait=release))
        round_ = asyncio.create_task(office.work())
        await office.cloud.asked_for(1)
        await office.house.post(office.cloud.report(office.taken(waiting)[0], "delivered"))
        await office.quiet_worker().run_pending()
        release.set()
        await round_
        await office.work(days=1)
        assert (await office.message(waiting)).delivery_state is DeliveryState.DELIVERED
        row = await office.row(waiting)
        assert (row.state, row.attempts, len(office.taken(waiting))) == (DeliveryState.DELIVERED, 1, 1)

    async def test_what_no_report_ever_tells_of_is_sent_again(self, office: Office, waiting: UUID) -> None:
        # The one case in which somebody gets a message twice: better than never.
        office.cloud.script.append(Answer(silence=Silence.HANG_UP))
        await office.work()
        await office.work(seconds=GRACE.total_seconds())
        assert len(office.taken(waiting)) == 2
        # The first one's report comes at last, and takes nothing back.
        await office.reported(office.taken(waiting)[0], "failed", 131026)
        assert (await office.row(waiting)).state is DeliveryState.SENT
        await office.reported(office.taken(waiting)[0], "delivered")
        assert (await office.row(waiting)).state is DeliveryState.DELIVERED


async def test_an_outcome_that_could_not_be_written_is_written_later(office: Office, waiting: UUID) -> None:
    # The database is in no state to be written to while the answer is on its way, and is again later.
    answered = asyncio.Event()
    office.cloud.script.append(Answer(wait=answered))
    async with office.sender() as sender:
        round_ = asyncio.create_task(sender.run_due())
        await office.cloud.asked_for(1)
        await _execute(office, "ALTER TABLE outbox_attempt RENAME TO away")
        answered.set()
        await round_
        # A second round that cannot write it either keeps it, too.
        with suppress(DBAPIError):
            await sender.run_due()
        await _execute(office, "ALTER TABLE away RENAME TO outbox_attempt")
        await sender.run_due()
    assert (await office.row(waiting)).state is DeliveryState.SENT
    await office.work(days=1)
    assert len(office.taken(waiting)) == 1


async def _execute(office: Office, statement: str) -> None:
    async with office.house.database.engine.begin() as connection:
        await connection.execute(text(statement))
