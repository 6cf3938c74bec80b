"""A reporter follows their report by number and code, without a sign-in; nobody else learns even that it exists."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from integration.db.engine import Database
from integration.db.readers import Snapshot
from integration.demo.reports import DEMO_NUMBER, DEMO_TRACKING_CODE
from integration.reports import tracking
from tests.procedure.conftest import Office

FIELDS = "number status sopStep sopStepTitle receivedAt updatedAt lastReply"
TRACK = (
    f"query($number: String!, $code: String!) {{ trackReport(number: $number, trackingCode: $code) {{ {FIELDS} }} }}"
)


async def track(office: Office, number: str, code: str, who: str | None = None) -> Any:
    return (await office.ask(TRACK, {"number": number, "code": code}, who))["trackReport"]


async def test_a_new_report_is_followed_to_its_reply(office: Office) -> None:
    given = {
        "channel": "WEB",
        "description": "Bantuan belum datang.",
        "region": "64.02.06.1006",
        "category": "AID_REQUEST",
    }
    query = """mutation($input: ReportSubmitInput!) { reportSubmit(input: $input) {
      report { id } receipt { number trackingCode } } }"""
    payload = (await office.ask(query, {"input": given}))["reportSubmit"]
    on, receipt = {"id": payload["report"]["id"]}, payload["receipt"]
    shown = await track(office, receipt["number"], receipt["trackingCode"])
    assert shown["receivedAt"].endswith("Z") and shown["updatedAt"] >= shown["receivedAt"]
    assert (shown["number"], shown["status"], shown["sopStep"]) == (receipt["number"], "RECEIVED", 1)
    steps = {step["number"]: step["text"] for step in (await office.ask("{ sopSteps { number text } }"))["sopSteps"]}
    assert (shown["sopStepTitle"], shown["lastReply"]) == (steps[1], None)
    for act in ("reportVerify", "reportAcknowledge", "reportForward"):
        await office.do(act, on)
    await office.do("reportDispose", {**on, "staff": [await office.staff("member")], "instruction": "Cek."}, "lead")
    await office.do("reportStartFollowUp", on, "member")
    await office.do("reportAddAction", {**on, "kind": "VISIT", "result": "Rahasia kantor."}, "member")
    await office.do("reportDraftReply", {**on, "text": "Data NIK 6402064107809001 sudah dipadankan."}, "member")
    drafted = await track(office, receipt["number"], receipt["trackingCode"])
    # What is drafted is not said yet.
    assert (drafted["sopStep"], drafted["lastReply"]) == (7, None)
    await office.do("reportSendReply", on)
    sent = await track(office, receipt["number"], receipt["trackingCode"])
    assert (sent["status"], sent["sopStepTitle"]) == ("REPLY_SENT", steps[8])
    assert sent["lastReply"] == "Data NIK 6402********9001 sudah dipadankan."


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (DEMO_NUMBER, DEMO_TRACKING_CODE),
        (DEMO_NUMBER.lower(), f" {DEMO_TRACKING_CODE[:5].lower()} {DEMO_TRACKING_CODE[5:].lower()} "),
    ],
)
async def test_a_receipt_is_read_as_people_copy_it(office: Office, number: str, code: str) -> None:
    shown = await track(office, number, code)
    assert (shown["status"], shown["sopStep"]) == ("ARCHIVED", 9)
    assert "sudah dipadankan" in shown["lastReply"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (DEMO_NUMBER, "WRONGCODE3"),
        (DEMO_NUMBER, ""),
        (DEMO_NUMBER, DEMO_TRACKING_CODE + "4"),
        ("SIM-2024-000002", DEMO_TRACKING_CODE),
        ("SIM-2099-000001", DEMO_TRACKING_CODE),
        ("", DEMO_TRACKING_CODE),
        ("x" * 5_000, "y" * 5_000),
        ("%", "%"),
    ],
)
@pytest.mark.parametrize("who", [None, "citizen", "admin"])
async def test_a_wrong_code_and_an_unknown_number_are_answered_alike(
    office: Office, number: str, code: str, who: str | None
) -> None:
    answer = await office.tell(TRACK, {"number": number, "code": code}, who)
    assert answer == {"data": {"trackReport": None}}


async def test_they_cost_the_same_work(office: Office, database: Database) -> None:
    sealer = Counting(office.app.state.services.sealer)
    work = []
    for number in (DEMO_NUMBER, "SIM-2099-000001"):
        async with database.readers.snapshot() as snapshot:
            counted = CountingSnapshot(snapshot)
            assert await tracking.track(counted, database.dialect, sealer, number, "WRONGCODE3") is None  # type: ignore[arg-type]
            work.append((counted.statements, sealer.taken()))
    assert work == [(1, ["index"])] * 2


async def test_whoever_tries_too_often_waits_a_minute(office: Office) -> None:
    at = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    with time_machine.travel(at, tick=False):
        for number in range(30):
            assert await track(office, f"SIM-2099-{number:06}", "WRONGCODE3") is None
        answer = await office.tell(TRACK, {"number": DEMO_NUMBER, "code": DEMO_TRACKING_CODE}, None)
    (error,) = answer["errors"]
    assert answer["data"] == {"trackReport": None}
    assert error["extensions"]["code"] == "RATE_LIMITED"
    assert 0 < error["extensions"]["retryAfter"] <= 120
    with time_machine.travel(at + timedelta(minutes=3), tick=False):
        assert (await track(office, DEMO_NUMBER, DEMO_TRACKING_CODE))["number"] == DEMO_NUMBER


async def test_one_report_is_not_tried_over_and_over(office: Office) -> None:
    with time_machine.travel(datetime(2026, 3, 2, 1, 0, tzinfo=UTC), tick=False):
        for _ in range(10):
            assert await track(office, DEMO_NUMBER, "WRONGCODE3") is None
        answer = await office.tell(TRACK, {"number": DEMO_NUMBER, "code": "WRONGCODE3"}, None)
        assert [error["extensions"]["code"] for error in answer["errors"]] == ["RATE_LIMITED"]
        # Nobody else's is held up by it.
        assert await track(office, "SIM-2024-000002", "WRONGCODE3") is None


async def test_tries_of_one_request_count_each(office: Office) -> None:
    with time_machine.travel(datetime(2026, 3, 2, 1, 0, tzinfo=UTC), tick=False):
        tries = " ".join(
            f'a{i}: trackReport(number: "{DEMO_NUMBER}", trackingCode: "X{i}") {{ number }}' for i in range(12)
        )
        answer = await office.tell(f"{{ {tries} }}", None, None)
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["RATE_LIMITED"] * 2


class Counting:
    """A sealer that notes what is asked of it."""

    def __init__(self, sealer: Any) -> None:
        self._sealer = sealer
        self._asked: list[str] = []

    def index(self, label: str, text: str) -> bytes:
        self._asked.append("index")
        found: bytes = self._sealer.index(label, text)
        return found

    def open(self, label: str, sealed: bytes) -> str:
        self._asked.append("open")
        return str(self._sealer.open(label, sealed))

    def taken(self) -> list[str]:
        asked, self._asked = self._asked, []
        return asked


class CountingSnapshot:
    """A snapshot that counts its statements."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.statements = 0

    async def fetch(self, sql: str, arguments: Any) -> Any:
        self.statements += 1
        return await self._snapshot.fetch(sql, arguments)
