"""Many at once, things that break, and who somebody is when their number changes."""

import asyncio
from typing import Any

import pytest
from sqlmodel import select

from integration.codes import MessageDirection
from integration.db.engine import Database
from integration.events import inbox
from integration.events.sequencer import assign_positions
from integration.events.tables import EventRow, InboxRow
from integration.reports import intake
from integration.worker import Worker
from tests.intake.house import MORNING, SAMPLES, House, delivery, message


class TestAtOnce:
    async def test_the_same_delivery_eight_times_is_one(self, house: House) -> None:
        body = SAMPLES[0].read_bytes()
        answers = await asyncio.gather(*(house.post(body) for _ in range(8)))
        assert [answer.status_code for answer in answers] == [200] * 8
        await asyncio.gather(*(house.worker.run_pending() for _ in range(3)))
        report = await house.only_report()
        assert len(await house.messages()) == len(await house.inbox()) == 1
        assert len(await house.messages(MessageDirection.OUTBOUND)) == len(await house.outbox(report)) == 1

    async def test_the_same_message_in_eight_deliveries_is_one(self, house: House) -> None:
        one = message(text="halo")
        bodies = [delivery(one, message(text="lain", sender=f"62800666000{n:02d}")) for n in range(8)]
        await asyncio.gather(*(house.post(body) for body in bodies))
        await asyncio.gather(*(house.worker.run_pending() for _ in range(3)))
        assert len(await house.messages()) == len(await house.reports()) == 9

    async def test_two_workers_keep_a_senders_order(self, house: House, database_url: str) -> None:
        lines = [f"baris {n}" for n in range(20)]
        for n, line in enumerate(lines):
            await house.post(delivery(message(text=line, at=MORNING + n)))
        other = Database(database_url)
        workers = [house.worker, Worker(other, house.sealer, house.settings)]
        await asyncio.gather(*(worker.run_pending() for worker in workers))
        await other.close()
        assert house.description(await house.only_report()) == "\n".join(lines)
        assert len(await house.messages()) == 20

    async def test_numbers_have_neither_twins_nor_holes(self, house: House) -> None:
        for n in range(20):
            await house.post(delivery(message(text="halo", sender=f"62800777000{n:02d}")))
        await asyncio.gather(*(house.worker.run_pending() for _ in range(4)))
        assert [report.number for report in await house.reports()] == [f"SIM-2026-{n:06d}" for n in range(1, 21)]


class TestBreaking:
    async def test_a_crash_after_the_answer_loses_nothing(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        body = delivery(*(message(text=f"baris {n}", at=MORNING + n) for n in range(3)))
        assert (await house.post(body)).status_code == 200
        take, seen = intake.take, 0

        async def killed(act: Any, item: Any, received_at: Any) -> None:
            nonlocal seen
            seen += 1
            await take(act, item, received_at)
            if seen == 2:
                raise asyncio.CancelledError

        with monkeypatch.context() as patch:
            patch.setattr(intake, "take", killed)
            with pytest.raises(asyncio.CancelledError):
                await house.worker.run_pending()
        assert [house.text(row) for row in await house.messages()] == ["baris 0"]
        await Worker(house.database, house.sealer, house.settings).run_pending()
        assert house.description(await house.only_report()) == "baris 0\nbaris 1\nbaris 2"

    async def test_a_poisoned_message_holds_up_nobody(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        take = intake.take

        async def poisoned(act: Any, item: Any, received_at: Any) -> None:
            await take(act, item, received_at)
            if item.text == "racun 6402066002809000":
                raise ValueError(item.text)

        poison = message(text="racun 6402066002809000", sender="6280055500002")
        with monkeypatch.context() as patch:
            patch.setattr(intake, "take", poisoned)
            await house.deliver(
                delivery(message(text="sebelum"), poison, message(text="sesudah", sender="6280055500003")),
                delivery(message(text="berikut", sender="6280055500004")),
            )
            told = {house.description(report) for report in await house.reports()}
            assert told == {"sebelum", "sesudah", "berikut"}
            first, second = await house.inbox()
            assert (first.state, first.attempts, first.error) == ("PENDING", 1, "ValueError")
            assert second.state == "DONE"
            # Not due yet: it is put off.
            assert await house.worker.run_pending() == 0
            for _ in range(inbox.MAX_ATTEMPTS):
                await self.make_due(house)
                await house.worker.run_pending()
            first, _ = await house.inbox()
            assert (first.state, first.attempts, first.error) == ("FAILED", inbox.MAX_ATTEMPTS, "ValueError")
        assert b"racun" in house.sealer.open_bytes("inbox.body", first.body_sealed)

    async def test_what_failed_once_is_made_good(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        async def broken(*_: Any) -> None:
            raise OSError

        with monkeypatch.context() as patch:
            patch.setattr(intake, "take", broken)
            await house.say("halo")
        assert await house.reports() == []
        await self.make_due(house)
        await house.worker.run_pending()
        assert house.description(await house.only_report()) == "halo"
        (row,) = await house.inbox()
        assert (row.state, row.error) == ("DONE", None)

    async def make_due(self, house: House) -> None:
        """As if the pause were over."""
        async with house.database.write() as session:
            for row in (await session.exec(select(InboxRow))).all():
                row.next_at = row.received_at
                session.add(row)

    async def test_a_woken_worker_works_at_once(self, house: House) -> None:
        stop = asyncio.Event()
        running = asyncio.create_task(house.worker.run(stop))
        await house.post(delivery(message(text="halo")))
        async with asyncio.timeout(20):
            while not await house.reports():  # noqa: ASYNC110 - what we wait for is what a person would see
                await asyncio.sleep(0)
        stop.set()
        await running


class TestSequencer:
    async def test_every_event_has_its_place_and_none_twice(self, house: House) -> None:
        await house.deliver(*(sample.read_bytes() for sample in SAMPLES))
        await asyncio.gather(*(assign_positions(house.database) for _ in range(4)))
        async with house.database.write() as session:
            events = (await session.exec(select(EventRow.id, EventRow.position).order_by(EventRow.position))).all()  # type: ignore[arg-type]
        assert [position for _, position in events] == list(range(1, len(events) + 1))


class TestIdentity:
    USER = "ID.10000000000000000042"

    def contact(self, phone: str | None = None, user: str | None = None) -> dict[str, Any]:
        parts = {"profile": {"name": "Warga"}, "wa_id": phone, "user_id": user}
        return {key: value for key, value in parts.items() if value is not None}

    async def write(self, house: House, text: str, at: int, phone: str | None = None, user: str | None = None) -> None:
        said = {**message(text=text, at=MORNING + at), "from": phone}
        said = {key: value for key, value in said.items() if value is not None}
        await house.deliver(delivery(said, contacts=[self.contact(phone, user)]))

    async def change_number(self, house: House, **system: Any) -> None:
        told = message("system", system={"type": "user_changed_number", "body": "x", **system}, at=MORNING + 100)
        await house.deliver(delivery(told, contacts=[]))

    PHONE, NEW = "6280055500001", "6280055500888"

    @pytest.mark.parametrize("order", [
        [("p", None), ("p", "u"), (None, "u")],
        [(None, "u"), ("p", "u"), ("p", None)],
        [("p", "u"), (None, "u"), ("p", None)],
        [("p", None), (None, "u"), ("p", "u"), (None, "u"), ("p", None)],
    ])  # fmt: skip
    async def test_id_and_phone_are_one_person_once_met_together(
        self, house: House, order: list[tuple[str | None, str | None]]
    ) -> None:
        for step, (phone, user) in enumerate(order):
            await self.write(house, f"{step}", step, phone and self.PHONE, user and self.USER)
        reporters = {report.reporter_id for report in await house.reports()}
        assert len(reporters) == 1
        assert {row.reporter_id for row in await house.messages()} == reporters

    async def test_the_new_number_goes_on_with_the_report(self, house: House) -> None:
        await self.write(house, "lama", 0, self.PHONE, self.USER)
        await self.change_number(house, wa_id=self.NEW)
        await self.write(house, "baru", 200, self.NEW, "ID.20000000000000000042")
        assert house.description(await house.only_report()) == "lama\nbaru"

    async def test_the_new_user_id_goes_on_with_the_report(self, house: House) -> None:
        await self.write(house, "lama", 0, None, self.USER)
        system = {"type": "user_changed_user_id", "user_id": "ID.9", "previous_user_id": self.USER}
        told = message("system", system=system, at=MORNING + 100)
        del told["from"]
        await house.deliver(delivery(told, contacts=[]))
        await self.write(house, "baru", 200, None, "ID.9")
        assert house.description(await house.only_report()) == "lama\nbaru"

    async def test_whoever_gets_an_old_number_does_not_get_the_report(self, house: House) -> None:
        await self.write(house, "pemilik lama", 0, self.PHONE, self.USER)
        await self.write(house, "pemilik baru", 60, self.PHONE, "ID.7")
        old, new = await house.reports()
        assert (await house.reporter(old)).phone_sealed is None
        assert (await house.reporter(new)).phone_sealed is not None

    async def test_a_change_of_somebody_unknown_is_kept_without_effect(self, house: House) -> None:
        await self.change_number(house, wa_id=self.NEW)
        assert await house.reports() == []
        assert [row.kind for row in await house.messages()] == ["system"]

    async def test_each_message_of_a_batch_finds_its_own_contact(self, house: House) -> None:
        users = ["ID.1", "ID.2"]
        nameless = [{k: v for k, v in message(text=user).items() if k != "from"} for user in users]
        await house.deliver(
            delivery(*nameless, contacts=[{"user_id": user, "profile": {"name": user}} for user in users])
        )
        assert {house.description(r): (await house.reporter(r)).name for r in await house.reports()} == {
            "ID.1": "ID.1",
            "ID.2": "ID.2",
        }

    async def test_a_batch_of_one_nameless_sender_is_theirs(self, house: House) -> None:
        nameless = [{k: v for k, v in message(text=text).items() if k != "from"} for text in ("satu", "dua")]
        await house.deliver(delivery(*nameless, contacts=[self.contact(user=self.USER)]))
        assert house.description(await house.only_report()) == "satu\ndua"

    async def test_a_number_in_a_profile_name_is_hidden(self, house: House) -> None:
        contact = {"wa_id": self.PHONE, "profile": {"name": "Toko\u0000 Budi 0812-3456-7890"}}
        await house.deliver(delivery(message(text="halo"), contacts=[contact]))
        assert (await house.reporter(await house.only_report())).name == "Toko Budi ********7890"
