"""What a person gets: the right words, in their language, once, one after the other, and never in silence nothing."""

import asyncio

from integration.codes import DeliveryState, Language
from integration.connectors.whatsapp.fake import Answer, refusal
from integration.events import rules
from integration.worker import Worker
from tests.sending.office import BUDI, SITI, Office


async def test_the_receipt_reaches_who_wrote(office: Office) -> None:
    await office.hear()
    report = await office.house.only_report()
    (taken,) = office.cloud.taken
    (receipt,) = await office.house.outbox(report)
    assert taken.to == SITI
    assert taken.text == receipt["text"] and report.number in receipt["text"]
    (row,) = await office.rows()
    assert (row.state, row.provider_id, row.attempts) == (DeliveryState.SENT, taken.provider_id, 1)
    message = await office.message(row.id)
    assert (message.delivery_state, message.provider_id) == (DeliveryState.SENT, taken.provider_id)
    assert await office.outcomes(row.id) == ["SENT"]


async def test_delivery_is_followed_to_the_end(office: Office) -> None:
    await office.hear()
    (taken,) = office.cloud.taken
    (row,) = await office.rows()
    for state in ("sent", "delivered", "read"):
        await office.reported(taken, state)
        assert (await office.row(row.id)).state == (await office.message(row.id)).delivery_state == state.upper()
    await office.work(days=1)
    assert len(office.cloud.taken) == 1


async def test_a_person_with_a_user_id_is_reached_by_it_even_without_a_phone(office: Office) -> None:
    contact = {"user_id": "ID.77", "profile": {"name": "Siti"}}
    await office.hear(sender="", from_user_id="ID.77", contacts=[contact])
    assert [taken.to for taken in office.cloud.taken] == ["ID.77"]
    assert "to" not in office.cloud.taken[0].request


async def test_somebody_who_can_be_reached_nowhere_is_no_riddle(office: Office) -> None:
    await office.hear()
    row = await office.write(to=None, words="halo")
    await office.work()
    assert (await office.row(row)).state is DeliveryState.SKIPPED


async def test_a_template_speaks_the_reporters_language(office: Office) -> None:
    row = await office.write(
        "report_question", BUDI, language=Language.EN, number="SIM-2026-000007", question="Which house?\n\tWhich road?"
    )
    await office.work()
    (taken,) = office.taken(row)
    assert taken.template == ("report_question", "en", ["SIM-2026-000007", "Which house? Which road?"])


class TestOrder:
    async def test_a_later_message_waits_for_the_earlier(self, office: Office) -> None:
        await office.hear()
        first = await office.write(words="satu")
        second = await office.write(words="dua")
        other = await office.write("report_acknowledged", BUDI, number="SIM-2026-000001")
        office.cloud.script += [refusal(131056), refusal(131056)]
        # One of the two refusals meets the other person, whose turn it also is.
        await office.work()
        assert not office.taken(second)
        await office.work(seconds=10)
        await office.work(seconds=10)
        told = [taken.text for taken in office.cloud.taken if taken.to == SITI]
        assert told[1:] == ["satu", "dua"]
        assert len(office.taken(first)) == len(office.taken(other)) == 1

    async def test_one_person_by_phone_and_by_user_id_is_one_person(self, office: Office) -> None:
        await office.hear(from_user_id="ID.1", contacts=[{"wa_id": SITI, "user_id": "ID.1", "profile": {}}])
        first = await office.write(user_id="ID.1", words="satu")
        second = await office.write(to=None, user_id="ID.1", words="dua")
        third = await office.write(words="tiga")
        office.cloud.script.append(refusal(131056))
        await office.work()
        assert not (office.taken(first) or office.taken(second) or office.taken(third))
        await office.work(seconds=10)
        assert [taken.text for taken in office.cloud.taken[1:]] == ["satu", "dua", "tiga"]

    async def test_a_message_that_was_given_up_holds_nobody_back(self, office: Office) -> None:
        await office.hear()
        first, second = await office.write(words="satu"), await office.write(words="dua")
        office.cloud.script.append(refusal(131026))
        await office.work()
        assert (await office.row(first)).state is DeliveryState.FAILED
        assert len(office.taken(second)) == 1

    async def test_one_persons_trouble_is_not_anothers(self, office: Office) -> None:
        await office.hear()
        await office.hear(BUDI)
        stuck = await office.write(words="satu")
        office.cloud.script.append(refusal(None, 503))
        await office.work()
        row = await office.write(to=BUDI, words="halo")
        await office.work()
        assert len(office.taken(row)) == 1 and not office.taken(stuck)


class TestTrying:
    async def test_pauses_double_and_nothing_is_sent_before_its_time(self, office: Office) -> None:
        await office.hear()
        row = await office.write(words="halo")
        tried = len(office.cloud.asked)
        for pause in (10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600):
            office.cloud.script.append(refusal(131000, 500))
            await office.work()
            tried += 1
            await office.work(seconds=pause - 1)
            assert len(office.cloud.asked) == tried, pause
            office.clock.forward(seconds=1)
        await office.work()
        assert len(office.taken(row)) == 1
        assert await office.outcomes(row) == ["131000"] * 11 + ["SENT"]
        assert (await office.row(row)).attempts == 12

    async def test_a_provider_that_names_a_time_is_given_it(self, office: Office) -> None:
        await office.hear()
        row = await office.write(words="halo")
        office.cloud.script.append(refusal(131056, 400, Retry_After="90"))
        await office.work()
        await office.work(seconds=89)
        assert not office.taken(row)
        await office.work(seconds=1)
        assert len(office.taken(row)) == 1

    async def test_what_is_permanent_is_tried_once(self, office: Office) -> None:
        await office.hear()
        row = await office.write(words="halo")
        office.cloud.script.append(refusal(131026))
        await office.work()
        await office.work(days=5)
        after = await office.row(row)
        assert (after.state, after.reason, after.attempts) == (DeliveryState.FAILED, "131026", 1)
        assert (await office.message(row)).delivery_state is DeliveryState.FAILED
        assert not office.taken(row)

    async def test_what_never_passes_is_given_up_in_the_end(self, office: Office) -> None:
        await office.hear()
        row = await office.write(words="halo")
        await office.change(row, attempts=rules.MAX_ATTEMPTS - 1)
        office.cloud.script.append(refusal(None, 500))
        await office.work()
        after = await office.row(row)
        assert (after.state, after.reason) == (DeliveryState.FAILED, "HTTP_500")

    async def test_a_limit_on_all_of_us_stops_the_round(self, office: Office) -> None:
        people = [f"628005550{number:04d}" for number in range(50)]
        for person in people:
            await office.write("report_acknowledged", person, number="SIM-2026-000001")
        office.cloud.script += [refusal(130429, 429)] * len(people)
        await office.work()
        # Those already under way may still ask; nobody else does.
        assert len(office.cloud.asked) <= 16
        office.cloud.script.clear()
        await office.work(hours=1)
        assert sorted(taken.to for taken in office.cloud.taken) == people

    async def test_an_expired_token_loses_nothing(self, office: Office) -> None:
        await office.hear()
        row = await office.write(words="halo")
        good, office.cloud.token = office.cloud.token, "another"
        for _ in range(12):
            await office.work(hours=1)
        assert not office.taken(row)
        office.cloud.token = good
        await office.work(hours=1)
        assert len(office.taken(row)) == 1

    async def test_a_provider_that_is_away_loses_nothing(self, office: Office) -> None:
        row = await office.write("report_acknowledged", number="SIM-2026-000001")
        await office.cloud.stop()
        await office.work()
        after = await office.row(row)
        assert (after.state, after.reason) == (DeliveryState.QUEUED, "UNREACHABLE")
        # Nothing left, so there is nothing to wait for.
        assert after.doubtful_since is None

    async def test_a_row_that_cannot_be_opened_holds_nobody_up(self, office: Office) -> None:
        await office.hear()
        broken, whole = await office.write(words="satu"), await office.write("report_acknowledged", BUDI, number="1")
        await office.change(broken, payload_sealed=b"\x01" + bytes(40))
        await office.work()
        assert len(office.taken(whole)) == 1
        assert (await office.row(broken)).reason == "InvalidTag"


class TestLaterFailure:
    async def test_one_that_passes_is_sent_again(self, office: Office) -> None:
        await office.hear()
        row = await office.write(words="halo")
        await office.work()
        (first,) = office.taken(row)
        await office.reported(first, "failed", 131000)
        await office.work(seconds=10)
        assert len(office.taken(row)) == 2
        # The first one's report comes once more.
        await office.house.deliver(office.cloud.report(first, "failed", 131000) + b" ")
        assert (await office.row(row)).state is DeliveryState.SENT
        await office.reported(office.taken(row)[1], "delivered")
        assert (await office.message(row)).delivery_state is DeliveryState.DELIVERED

    async def test_one_that_is_permanent_is_the_end(self, office: Office) -> None:
        await office.hear()
        row = await office.write(words="halo")
        await office.work()
        await office.reported(office.taken(row)[0], "failed", 131026)
        await office.work(days=1)
        after = await office.row(row)
        assert (after.state, after.reason, len(office.taken(row))) == (DeliveryState.FAILED, "131026", 1)


async def test_without_a_token_messages_wait(office: Office) -> None:
    row = await office.write("report_acknowledged", number="SIM-2026-000001")
    await office.quiet_worker().run_pending()
    assert office.cloud.asked == []
    assert (await office.row(row)).state is DeliveryState.QUEUED
    await office.work(days=30)
    assert len(office.taken(row)) == 1


async def test_an_answer_without_an_id_is_still_an_answer(office: Office) -> None:
    await office.hear()
    row = await office.write(words="halo")
    office.cloud.script.append(Answer(document={"messages": []}))
    await office.work()
    assert (await office.row(row)).state is DeliveryState.SENT
    (taken,) = office.taken(row)
    await office.reported(taken, "delivered")
    after = await office.row(row)
    assert (after.state, after.provider_id) == (DeliveryState.DELIVERED, taken.provider_id)


async def test_two_workers_send_each_message_once_and_in_order(office: Office) -> None:
    house = office.house
    people = [f"628005551{number:04d}" for number in range(6)]
    for number in ("1", "2", "3", "4"):
        for person in people:
            await office.write("report_acknowledged", person, number=number)
    other = Worker(house.database, house.sealer, house.settings, office.clock)
    await _both(office.worker, other)
    await _both(office.worker, other)
    for person in people:
        told = [taken.template[2][0] for taken in office.cloud.taken if taken.to == person]
        assert told == ["1", "2", "3", "4"]


async def _both(one: Worker, other: Worker) -> None:
    await asyncio.gather(one.run_pending(), other.run_pending())
