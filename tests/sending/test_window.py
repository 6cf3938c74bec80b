"""WhatsApp's 24 hours: free text till the last second of them, then the approved template, then nothing, said aloud."""

from datetime import UTC, datetime, timedelta

import pytest

from integration.codes import DeliveryState
from integration.connectors.whatsapp.fake import refusal
from integration.events.rules import TOO_LONG, WINDOW_CLOSED, Offer, SentForm, Skip, form
from tests.intake.house import delivery, message
from tests.sending.office import BUDI, SITI, Office

HEARD = datetime(2026, 1, 5, 2, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
BOTH, TEXT_ONLY = Offer(100, 4096, 100, 1024), Offer(100, 4096, None, 1024)
LONG_TEXT, LONG_BOTH = Offer(5000, 4096, 100, 1024), Offer(5000, 4096, 2000, 1024)


@pytest.mark.parametrize(("offer", "after", "refused", "ends"), [
    (BOTH, timedelta(), None, SentForm.TEXT),
    (BOTH, DAY - SECOND, None, SentForm.TEXT),
    (BOTH, DAY, None, SentForm.TEMPLATE),
    (BOTH, None, None, SentForm.TEMPLATE),
    (TEXT_ONLY, DAY - SECOND, None, SentForm.TEXT),
    (TEXT_ONLY, DAY, None, Skip(WINDOW_CLOSED)),
    (TEXT_ONLY, None, None, Skip(WINDOW_CLOSED)),
    # WhatsApp's clock decides; a message since then opens the window again.
    (BOTH, timedelta(hours=2), timedelta(hours=1), SentForm.TEMPLATE),
    (TEXT_ONLY, timedelta(hours=2), timedelta(hours=1), Skip(WINDOW_CLOSED)),
    (BOTH, timedelta(hours=2), -SECOND, SentForm.TEXT),
    (BOTH, timedelta(hours=2), timedelta(), SentForm.TEMPLATE),
    # A long text may still fit as what it has approved.
    (LONG_TEXT, timedelta(), None, SentForm.TEMPLATE),
    (LONG_BOTH, timedelta(), None, Skip(TOO_LONG)),
    (LONG_BOTH, DAY, None, Skip(TOO_LONG)),
])  # fmt: skip
def test_the_form_is_decided(
    offer: Offer, after: timedelta | None, refused: timedelta | None, ends: SentForm | Skip
) -> None:
    heard_at = None if after is None else HEARD
    refused_at = None if refused is None else HEARD + refused
    assert form(offer, at=HEARD + (after or timedelta()), heard_at=heard_at, refused_at=refused_at) == ends


async def test_the_last_second_is_free_text_and_the_next_is_not(office: Office) -> None:
    await office.hear()
    heard = (await office.house.messages())[0].at
    first = await office.write("report_acknowledged", number="SIM-2026-000001")
    office.clock.at = heard + DAY - SECOND
    await office.work()
    assert office.taken(first)[0].text
    second = await office.write("report_acknowledged", number="SIM-2026-000001")
    third = await office.write(words="halo")
    await office.work(seconds=1)
    assert office.taken(second)[0].template == ("report_acknowledged", "id", ["SIM-2026-000001"])
    row = await office.row(third)
    assert (row.state, row.reason) == (DeliveryState.SKIPPED, WINDOW_CLOSED)
    assert (await office.message(third)).delivery_state is DeliveryState.SKIPPED
    # A template opens nothing: only the person does.
    await office.work(seconds=1)
    assert len(office.cloud.taken) == 3


async def test_a_further_message_opens_it_again(office: Office) -> None:
    await office.hear()
    row = await office.write(words="halo")
    await office.change(row, next_at=office.clock.at + 2 * DAY)
    office.clock.forward(days=1, hours=23)
    later = int(office.start.timestamp()) - 1
    # The same person, as the house knows them by now.
    await office.house.deliver(delivery(message(text="masih", at=later)))
    heard = max(one.at for one in await office.house.messages())
    office.clock.at = heard + DAY - SECOND
    await office.change(row, next_at=office.clock.at)
    await office.work()
    assert office.taken(row)[0].text == "halo"


async def test_a_sign_opens_nothing_nor_does_somebody_else(office: Office) -> None:
    at = int(office.start.timestamp())
    await office.house.deliver(delivery(message("reaction", reaction={"emoji": "👍"}, sender=SITI, at=at)))
    await office.hear(BUDI)
    row = await office.write(words="halo", to=SITI)
    await office.work()
    assert (await office.row(row)).state is DeliveryState.SKIPPED


async def test_who_wrote_under_a_user_id_is_heard_under_the_phone(office: Office) -> None:
    await office.hear(from_user_id="ID.1", contacts=[{"wa_id": SITI, "user_id": "ID.1", "profile": {}}])
    rows = [await office.write(words="a", user_id="ID.1", to=None), await office.write(words="b", to=SITI)]
    await office.work()
    assert [office.taken(row)[0].text for row in rows] == ["a", "b"]


class TestRefused:
    """Our clock said open, WhatsApp says closed."""

    async def test_at_once_the_template_goes_instead(self, office: Office) -> None:
        await office.hear()
        row = await office.write("report_acknowledged", number="SIM-2026-000001")
        office.cloud.script.append(refusal(131047))
        await office.work()
        assert office.taken(row)[0].template[0] == "report_acknowledged"
        assert await office.outcomes(row) == ["131047", "SENT"]

    async def test_without_a_template_it_is_skipped_with_the_reason(self, office: Office) -> None:
        await office.hear()
        row = await office.write(words="halo")
        office.cloud.script.append(refusal(131047))
        await office.work()
        after = await office.row(row)
        assert (after.state, after.reason, office.taken(row)) == (DeliveryState.SKIPPED, WINDOW_CLOSED, [])
        assert (await office.message(row)).delivery_state is DeliveryState.SKIPPED

    async def test_later_by_report_the_template_goes_instead(self, office: Office) -> None:
        await office.hear()
        row = await office.write("report_acknowledged", number="SIM-2026-000001")
        await office.work()
        await office.reported(office.taken(row)[0], "failed", 131047)
        text, template = office.taken(row)
        assert text.text and template.template[0] == "report_acknowledged"
        await office.reported(template, "delivered")
        assert (await office.message(row)).delivery_state is DeliveryState.DELIVERED

    async def test_a_template_that_is_refused_so_has_failed(self, office: Office) -> None:
        row = await office.write("report_acknowledged", number="SIM-2026-000001")
        office.cloud.script.append(refusal(131047))
        await office.work()
        assert (await office.row(row)).state is DeliveryState.FAILED
