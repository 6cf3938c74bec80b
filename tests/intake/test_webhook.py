"""The door itself: what Meta is answered, and what is stored."""

import json
from collections.abc import AsyncIterator

import pytest

from integration.connectors.whatsapp.signature import sign
from integration.settings import DEMO_VERIFY_TOKEN
from tests.intake.house import PATH, House, delivery, message

LIMIT = 1024 * 1024


class TestHandshake:
    async def test_the_right_word_gets_the_challenge_back(self, house: House) -> None:
        asked = {"hub.mode": "subscribe", "hub.verify_token": DEMO_VERIFY_TOKEN, "hub.challenge": "1158201444"}
        answer = await house.client.get(PATH, params=asked)
        assert (answer.status_code, answer.text) == (200, "1158201444")
        assert answer.headers["content-type"].startswith("text/plain")

    @pytest.mark.parametrize("wrong", [
        {"hub.verify_token": "another"},
        {"hub.verify_token": ""},
        {"hub.verify_token": "tökén"},
        {"hub.mode": "unsubscribe"},
        {"hub.mode": None},
        {"hub.challenge": None},
    ])  # fmt: skip
    async def test_anything_else_is_refused(self, house: House, wrong: dict[str, str | None]) -> None:
        asked = {"hub.mode": "subscribe", "hub.verify_token": DEMO_VERIFY_TOKEN, "hub.challenge": "1", **wrong}
        answer = await house.client.get(PATH, params={k: v for k, v in asked.items() if v is not None})
        assert answer.status_code == 403


class TestSignature:
    @pytest.mark.parametrize("header", [
        None,
        "",
        "sha256=",
        "sha256=" + "0" * 64,
        "sha1=" + "0" * 40,
        "sha256=ÿ",
        sign(b"{}", "another-secret"),
        sign(b"{ }", "demo-app-secret"),
        sign(b"{}", "demo-app-secret").removeprefix("sha256="),
    ])  # fmt: skip
    async def test_unsigned_or_wrongly_signed_is_not_kept(self, house: House, header: str | None) -> None:
        headers = [] if header is None else [(b"X-Hub-Signature-256", header.encode("latin-1"))]
        answer = await house.client.post(PATH, content=b"{}", headers=headers)
        assert answer.status_code == 401
        assert answer.json()["error"]["code"] == "UNAUTHENTICATED"
        assert await house.inbox() == []

    async def test_the_signature_covers_every_byte(self, house: House) -> None:
        body = delivery(message(text="halo"))
        signed = {"X-Hub-Signature-256": sign(body, house.settings.app_secret)}
        assert (await house.client.post(PATH, content=body + b"\n", headers=signed)).status_code == 401
        assert (await house.client.post(PATH, content=body, headers=signed)).status_code == 200


class TestSize:
    async def test_one_mebibyte_is_taken(self, house: House) -> None:
        body = b'{"x":"' + b"a" * (LIMIT - 8) + b'"}'
        assert len(body) == LIMIT
        assert (await house.post(body)).status_code == 200

    async def test_a_byte_more_is_not(self, house: House) -> None:
        answer = await house.post(b'{"x":"' + b"a" * (LIMIT - 7) + b'"}')
        assert answer.status_code == 413
        assert await house.inbox() == []

    async def test_a_body_without_length_is_not_read_to_its_end(self, house: House) -> None:
        sent = 0

        async def endless() -> AsyncIterator[bytes]:
            nonlocal sent
            while sent < 64 * LIMIT:
                sent += 65536
                yield b"a" * 65536

        headers = {"X-Hub-Signature-256": "sha256=" + "0" * 64}
        answer = await house.client.post(PATH, content=endless(), headers=headers)
        assert answer.status_code == 413
        assert sent <= LIMIT + 2 * 65536
        assert await house.inbox() == []

    async def test_a_lying_length_does_not_help(self, house: House) -> None:
        headers = {"X-Hub-Signature-256": "sha256=" + "0" * 64, "Content-Length": "99999999999999999999"}
        assert (await house.client.post(PATH, content=b"{}", headers=headers)).status_code == 413


MALFORMED = {
    "nothing": b"",
    "blank": b"   ",
    "not json": b"hello",
    "half": b'{"object": ',
    "a list": b"[]",
    "a text": b'"x"',
    "a number": b"1",
    "null": b"null",
    "not utf-8": b'{"a": "\xff"}',
    "utf-16": '{"a": 1}'.encode("utf-16"),
    "a raw nul": b'{"a": "\x00"}',
    "no number": b'{"a": NaN}',
    "two documents": b"{}{}",
    "deep": b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "huge number": b'{"a":' + b"9" * 10_000 + b"}",
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED)
async def test_what_is_no_json_object_is_refused(house: House, body: bytes) -> None:
    answer = await house.post(body)
    assert answer.status_code == 400
    assert set(answer.json()["error"]) == {"code", "message"}
    assert await house.inbox() == []


STRANGE = {
    "empty": {},
    "another object": {"object": "page", "entry": [{"changes": [{"field": "messages", "value": {}}]}]},
    "another field": {"object": "whatsapp_business_account", "entry": [{"changes": [{"field": "flows", "value": {}}]}]},
    "wrong shapes": {"object": "whatsapp_business_account", "entry": [1, {"changes": "x"}, {"changes": [None, {}]}]},
    "wrong values": {
        "object": "whatsapp_business_account",
        "entry": [
            {"changes": [{"field": "messages", "value": {"messages": ["x", {}], "statuses": {}, "contacts": 1}}]}
        ],
    },
    "unknown status": json.loads(delivery(contacts=[], statuses=[{"id": "wamid.X", "status": "teleported"}, {}, 7])),
    "echoes": json.loads(delivery(contacts=[], message_echoes=[{"id": "wamid.E"}])),
}


@pytest.mark.parametrize("document", STRANGE.values(), ids=STRANGE)
async def test_what_is_signed_but_strange_is_kept_and_does_nothing(house: House, document: object) -> None:
    await house.deliver(json.dumps(document).encode())
    (row,) = await house.inbox()
    assert (row.state, row.error, row.attempts) == ("DONE", None, 1)
    assert json.loads(house.sealer.open_bytes("inbox.body", row.body_sealed)) == document
    assert await house.reports() == []


async def test_a_database_that_is_away_makes_meta_try_again(house: House) -> None:
    async with house.database.engine.begin() as connection:
        await connection.exec_driver_sql("ALTER TABLE inbox RENAME TO inbox_away")
    assert (await house.post(delivery(message(text="halo")))).status_code == 503
    async with house.database.engine.begin() as connection:
        await connection.exec_driver_sql("ALTER TABLE inbox_away RENAME TO inbox")
    await house.say("halo")
    assert len(await house.reports()) == 1
