"""How the Cloud API is asked, and what its answers mean."""

from collections.abc import AsyncIterator
from datetime import timedelta
from email.utils import format_datetime

import httpx2
import pytest
from pydantic import SecretStr

from integration.connectors.whatsapp.cloud import LONGEST_CALL, CloudMessenger, cloud_messenger
from integration.connectors.whatsapp.delivery import items, parse
from integration.connectors.whatsapp.fake import Answer, FakeCloud, Silence, refusal
from integration.connectors.whatsapp.port import (
    DeliveryUpdate,
    Doubtful,
    Nature,
    Outgoing,
    Template,
    Unavailable,
    Undeliverable,
    Words,
)
from integration.db.base import now
from integration.events.queue import LEASE
from integration.settings import SettingMissing, Settings

PHONE = "6280055500001"
LETTER = Outgoing("row-1", None, PHONE, Words("Halo"))

PERMANENT = [100, 130472, 131008, 131009, 131021, 131026, 131049, 131051, 132000, 132001, 132005, 132015, 135000]
PASSING = [1, 2, 131000, 131016, 131056, 133004]
EVERYBODY = [0, 4, 10, 190, 200, 299, 368, 80007, 130429, 131031, 131042, 131048, 133010]


@pytest.fixture
async def messenger(sending: Settings) -> AsyncIterator[CloudMessenger]:
    """Ours, as the worker has it."""
    async with cloud_messenger(sending) as messenger:
        assert messenger is not None
        yield messenger


async def nature(messenger: CloudMessenger) -> tuple[str, Nature]:
    """How a message fails."""
    with pytest.raises((Undeliverable, Unavailable)) as failed:
        await messenger.send(LETTER)
    error = failed.value
    assert isinstance(error, Undeliverable | Unavailable)
    permanent = error.failure.nature in (Nature.PERMANENT, Nature.WINDOW)
    assert isinstance(error, Undeliverable) is permanent
    return error.failure.reason, error.failure.nature


async def test_free_text_is_asked_for_as_meta_wants_it(messenger: CloudMessenger, cloud: FakeCloud) -> None:
    assert await messenger.send(LETTER) == cloud.taken[0].provider_id
    assert cloud.asked == [{
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": PHONE,
        "biz_opaque_callback_data": "row-1",
        "type": "text",
        "text": {"body": "Halo", "preview_url": False},
    }]  # fmt: skip


async def test_a_template_too(messenger: CloudMessenger, cloud: FakeCloud) -> None:
    await messenger.send(Outgoing("row-2", "ID.1", PHONE, Template("report_received", "id", ("a", "b"))))
    await messenger.send(Outgoing("row-3", "ID.1", None, Template("plain", "en", ())))
    first, second = cloud.asked
    assert (first["recipient"], "to" in first, first["type"]) == ("ID.1", False, "template")
    assert first["template"] == {
        "name": "report_received",
        "language": {"code": "id"},
        "components": [
            {"type": "body", "parameters": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]}
        ],
    }  # fmt: skip
    assert second["template"] == {"name": "plain", "language": {"code": "en"}}


@pytest.mark.parametrize("status", [400, 500])
@pytest.mark.parametrize(("code", "means"), [
    *((code, Nature.PERMANENT) for code in PERMANENT),
    *((code, Nature.PASSING) for code in PASSING),
    *((code, Nature.EVERYBODY) for code in EVERYBODY),
    (131047, Nature.WINDOW),
])  # fmt: skip
async def test_metas_code_decides(
    messenger: CloudMessenger, cloud: FakeCloud, code: int, means: Nature, status: int
) -> None:
    cloud.script.append(refusal(code, status))
    assert await nature(messenger) == (str(code), means)


@pytest.mark.parametrize(("status", "means"), [
    (400, Nature.PERMANENT), (413, Nature.PERMANENT), (422, Nature.PERMANENT),
    (401, Nature.EVERYBODY), (403, Nature.EVERYBODY), (429, Nature.EVERYBODY),
    (302, Nature.PASSING), (404, Nature.PASSING), (408, Nature.PASSING),
    (500, Nature.PASSING), (502, Nature.PASSING), (503, Nature.PASSING),
])  # fmt: skip
async def test_without_a_code_the_status_decides(
    messenger: CloudMessenger, cloud: FakeCloud, status: int, means: Nature
) -> None:
    cloud.script.append(refusal(None, status))
    assert await nature(messenger) == (f"HTTP_{status}", means)


async def test_what_meta_calls_transient_is(messenger: CloudMessenger, cloud: FakeCloud) -> None:
    cloud.script += [refusal(999999, 400, transient=True), refusal(999999, 400), refusal(999999, 500)]
    assert [await nature(messenger) for _ in range(3)] == [
        ("999999", Nature.PASSING), ("999999", Nature.PERMANENT), ("999999", Nature.PASSING),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "document", [[], "error", {"error": "no"}, {"error": {"code": "100"}}, {"error": {"code": True}}]
)
async def test_an_error_in_no_known_shape_is_one_all_the_same(
    messenger: CloudMessenger, cloud: FakeCloud, document: object
) -> None:
    cloud.script.append(Answer(takes_over=False, status=500, document=document))
    assert await nature(messenger) == ("HTTP_500", Nature.PASSING)


@pytest.mark.parametrize("document", [[], "fine", {"messages": "x"}, {"messages": [{"id": 7}]}, {"messages": [{}]}])
async def test_taken_over_without_an_id_is_taken_over(
    messenger: CloudMessenger, cloud: FakeCloud, document: object
) -> None:
    cloud.script.append(Answer(document=document))
    assert await messenger.send(LETTER) is None


@pytest.mark.parametrize(("header", "wait"), [
    ("30", timedelta(seconds=30)), ("0", timedelta()), ("999999999999", timedelta(days=1)),
    ("soon", None), ("-5", None), ("\u00b2", None), ("Wed, 21 Oct 2015 07:28:00 GMT", None), (None, None),
])  # fmt: skip
async def test_how_long_to_wait_is_as_asked(
    messenger: CloudMessenger, cloud: FakeCloud, header: str | None, wait: timedelta | None
) -> None:
    headers = {} if header is None else {"Retry_After": header}
    cloud.script.append(refusal(131056, 400, transient=None, **headers))
    with pytest.raises(Unavailable) as refused:
        await messenger.send(LETTER)
    assert refused.value.retry_after == wait


async def test_it_may_be_asked_as_a_date(messenger: CloudMessenger, cloud: FakeCloud) -> None:
    cloud.script.append(refusal(131056, Retry_After=format_datetime(now() + timedelta(hours=1), usegmt=True)))
    with pytest.raises(Unavailable) as refused:
        await messenger.send(LETTER)
    wait = refused.value.retry_after
    assert wait is not None and timedelta(minutes=55) < wait <= timedelta(hours=1)


@pytest.mark.parametrize("takes_over", [True, False])
async def test_no_answer_leaves_it_in_doubt(messenger: CloudMessenger, cloud: FakeCloud, takes_over: bool) -> None:
    cloud.script.append(Answer(takes_over=takes_over, silence=Silence.HANG_UP))
    with pytest.raises(Doubtful, match="NO_ANSWER"):
        await messenger.send(LETTER)


async def test_an_answer_that_does_not_come_leaves_it_in_doubt(cloud: FakeCloud) -> None:
    cloud.script.append(Answer(silence=Silence.HANG))
    async with httpx2.AsyncClient(
        base_url=f"{cloud.base_url}/v1/{cloud.phone_number_id}/",
        headers={"Authorization": f"Bearer {cloud.token}"},
        timeout=httpx2.Timeout(30, read=0.05),
    ) as client:
        with pytest.raises(Doubtful, match="TIMEOUT"):
            await CloudMessenger(client).send(LETTER)
    assert len(cloud.taken) == 1


async def test_what_never_left_is_not_in_doubt(messenger: CloudMessenger, cloud: FakeCloud) -> None:
    await cloud.stop()
    assert await nature(messenger) == ("UNREACHABLE", Nature.EVERYBODY)


async def test_a_message_to_nobody_is_refused(messenger: CloudMessenger) -> None:
    with pytest.raises(Undeliverable, match="NO_ADDRESS"):
        await messenger.send(Outgoing("row-4", None, None, Words("Halo")))


@pytest.mark.parametrize("answer", [
    refusal(190, 401), refusal(131026), refusal(None, 500), Answer(silence=Silence.HANG_UP),
])  # fmt: skip
async def test_no_failure_tells_of_anybody(messenger: CloudMessenger, cloud: FakeCloud, answer: Answer) -> None:
    cloud.script.append(answer)
    with pytest.raises((Undeliverable, Unavailable, Doubtful)) as failed:
        await messenger.send(Outgoing("row-5", "ID.4711", PHONE, Words("Ibu Siti sakit")))
    error = failed.value
    assert error.__cause__ is None and error.__suppress_context__ | (error.__context__ is None)
    told = repr(error) + str(error.args) + str(vars(error))
    assert not any(secret in told for secret in (cloud.token, PHONE, "ID.4711", "Siti"))


def test_a_message_is_never_printed() -> None:
    assert PHONE not in repr(LETTER) and "Halo" not in repr(LETTER)


def test_nobody_else_sends_while_a_call_may_last() -> None:
    assert LEASE > LONGEST_CALL


@pytest.mark.parametrize(("errors", "means"), [
    ([{"code": 131047}], ("131047", Nature.WINDOW)),
    ([{"code": 131026}], ("131026", Nature.PERMANENT)),
    ([{"code": 131000}], ("131000", Nature.PASSING)),
    ([{"code": 424242}], ("424242", Nature.PERMANENT)),
    ([{"title": "?"}, {"code": 130429}], ("130429", Nature.EVERYBODY)),
    ([], ("UNKNOWN", Nature.PERMANENT)),
    ("broken", ("UNKNOWN", Nature.PERMANENT)),
])  # fmt: skip
def test_a_report_of_a_failure_says_why(errors: object, means: tuple[str, Nature]) -> None:
    status = {"id": "wamid.1", "status": "failed", "errors": errors, "biz_opaque_callback_data": "row-6"}
    value = {"messaging_product": "whatsapp", "statuses": [status]}
    document = {"object": "whatsapp_business_account", "entry": [{"changes": [{"field": "messages", "value": value}]}]}
    (update,) = items(document, now(), lambda text: text)
    assert isinstance(update, DeliveryUpdate) and update.failure is not None
    assert (update.reference, update.failure.reason, update.failure.nature) == ("row-6", *means)


async def test_the_fake_reports_as_meta_does(messenger: CloudMessenger, cloud: FakeCloud) -> None:
    await messenger.send(LETTER)
    (update,) = items(parse(cloud.report(cloud.taken[0], "read")), now(), lambda text: text)
    assert isinstance(update, DeliveryUpdate)
    assert (update.provider_id, update.reference, update.failure) == (cloud.taken[0].provider_id, "row-1", None)


class TestSettings:
    def test_without_a_token_nothing_is_sent(self, settings: Settings) -> None:
        assert settings.whatsapp_access is None
        assert settings.model_copy(update={"whatsapp_token": SecretStr("")}).whatsapp_access is None

    def test_sending_makes_no_production(self, sending: Settings) -> None:
        assert sending.demo and sending.whatsapp_access is not None

    @pytest.mark.parametrize(("change", "named"), [
        ({"whatsapp_phone_number_id": None}, "PHONE_NUMBER_ID"),
        ({"whatsapp_base_url": "graph.facebook.com"}, "BASE_URL"),
        ({"whatsapp_token": SecretStr("two words")}, "TOKEN"),
        ({"whatsapp_token": SecretStr("l\u00edne\n")}, "TOKEN"),
    ])  # fmt: skip
    def test_what_is_missing_or_wrong_is_named(self, sending: Settings, change: dict[str, object], named: str) -> None:
        with pytest.raises(SettingMissing, match=named) as missing:
            _ = sending.model_copy(update=change).whatsapp_access
        assert "two" not in str(missing.value)

    async def test_the_address_is_as_set(self, sending: Settings, cloud: FakeCloud) -> None:
        elsewhere = sending.model_copy(update={"whatsapp_base_url": f"{cloud.base_url}/"})
        async with cloud_messenger(elsewhere) as messenger:
            assert messenger is not None and await messenger.send(LETTER)
