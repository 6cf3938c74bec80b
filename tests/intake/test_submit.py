"""Reports that come through a form: what is taken, what is refused, and what a retry is answered."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, TypeAlias

import httpx2
import pytest
from sqlmodel import select

from integration.access.tables import AccountRow, IdempotencyRow
from integration.access.viewer import ANONYMOUS
from integration.codes import ChannelKind, MatchState, Priority, ReportStatus
from integration.db.base import now
from integration.events.log import Act
from integration.people.tables import PersonRow
from integration.refusal import Refusal
from integration.reports.form import Form
from integration.reports.form import submit as submit_form
from integration.reports.subjects import Subject
from schema.app import create_app
from tests.intake.house import House

SUBMIT = """
mutation ($input: ReportSubmitInput!) {
  reportSubmit(input: $input) {
    report { number status description }
    receipt { number trackingCode }
    errors { code field message currentVersion }
  }
}
"""
Answer: TypeAlias = dict[str, Any]
Submit: TypeAlias = Callable[..., Awaitable[Answer]]
NIK = "6402065505809001"


@pytest.fixture
async def submit(house: House) -> AsyncIterator[Submit]:
    """Send a form; keyword arguments are the input's, `as_` is who is signed in."""
    app = create_app(house.settings, house.database, run_worker=False)
    transport = httpx2.ASGITransport(app=app)
    async with app.router.lifespan_context(app), httpx2.AsyncClient(transport=transport, base_url="http://a") as client:

        async def send(as_: str | None = None, language: str = "id", **said: Any) -> Answer:
            headers = {"Accept-Language": language} | ({"Authorization": f"Bearer {as_}"} if as_ else {})
            said = {"channel": "WEB", "description": "Ada lansia tinggal sendirian", **said}
            answer = await client.post(
                "/graphql", json={"query": SUBMIT, "variables": {"input": said}}, headers=headers
            )
            body: Answer = answer.json()
            assert "errors" not in body, body
            payload: Answer = body["data"]["reportSubmit"]
            return payload

        yield send


class TestTaken:
    async def test_nobody_signed_in_gets_the_receipt_and_not_the_report(self, house: House, submit: Submit) -> None:
        payload = await submit()
        report = await house.only_report()
        assert payload["report"] is None
        assert payload["errors"] == []
        assert payload["receipt"]["number"] == report.number
        assert house.sealer.index("tracking", payload["receipt"]["trackingCode"]) == report.tracking_hash
        assert (report.status, report.channel, report.version) == (ReportStatus.RECEIVED, ChannelKind.WEB, 1)
        assert report.reporter_id is None
        assert await house.outbox(report) == []

    async def test_the_office_sees_the_report_at_once(self, submit: Submit) -> None:
        payload = await submit(as_="demo-admin", channel="WALK_IN", description=f"Nenek, NIK {NIK}")
        assert payload["report"]["number"] == payload["receipt"]["number"]
        assert payload["report"]["status"] == "RECEIVED"
        assert payload["report"]["description"] == "Nenek, NIK 6402********9001"

    async def test_everything_told_is_kept(self, house: House, submit: Submit) -> None:
        await submit(
            channel="SUPERAPP",
            entryPoint="instagram",
            category="BPJS_ACTIVATION",
            ppksTypes=["PPKS-09", "PPKS-09"],
            region="64.02.02.2007",
            emergency=True,
            reporter={"kind": "LKS", "name": " Siti ", "phone": "0800-1111-0001", "organizationName": "LKS Kasih"},
            subjects=[{"name": "Nek Galuh", "nik": NIK, "approximateAge": 78, "sex": "FEMALE", "note": "tuli"}],
        )
        report = await house.only_report()
        assert (report.entry_point, report.category, report.region_code) == (
            "instagram", "BPJS_ACTIVATION", "64.02.02.2007",
        )  # fmt: skip
        assert report.priority is Priority.EMERGENCY
        reporter = await house.reporter(report)
        assert (reporter.name, reporter.organization_name, reporter.account_id) == ("Siti", "LKS Kasih", None)
        assert house.sealer.open("phone", reporter.phone_sealed or b"") == "6280011110001"
        (subject,) = await house.subjects(report)
        assert (subject.name, subject.approximate_age) == ("Nek Galuh", 78)
        assert house.sealer.open("subject.note", subject.note_sealed or b"") == "tuli"
        (receipt,) = await house.outbox(report)
        assert receipt["number"] == report.number and receipt["text"].startswith("Terima kasih")

    async def test_the_receipt_speaks_the_reporters_language(self, house: House, submit: Submit) -> None:
        await submit(reporter={"kind": "INDIVIDUAL", "phone": "+6280011110001", "language": "EN"})
        (receipt,) = await house.outbox(await house.only_report())
        assert receipt["text"].startswith("Thank you")

    async def test_niks_of_text_and_subjects_are_matched_once(self, house: House, submit: Submit) -> None:
        async with house.database.write() as session:
            people = (await session.exec(select(PersonRow).order_by(PersonRow.id).limit(2))).all()  # type: ignore[arg-type]
            one, other = (house.sealer.open("nik", person.nik_sealed or b"") for person in people)
        await submit(description=f"NIK {one} dan {other}", subjects=[{"name": "Adi", "nik": f"{one[:6]} {one[6:]}"}])
        assert [one.name for one in await house.subjects(await house.only_report())] == ["Adi", None]
        await house.worker.run_pending()
        subjects = await house.subjects(await house.only_report())
        assert [subject.name for subject in subjects] == ["Adi", None]
        assert {subject.match_state for subject in subjects} == {MatchState.SUGGESTED}
        assert [subject.person_id for subject in subjects] == [person.id for person in people]

    async def test_the_place_in_the_text_is_found_unless_one_is_given(self, house: House, submit: Submit) -> None:
        await submit(description="di desa Rempanga")
        await submit(description="di desa Rempanga", region="64.02.07")
        assert [report.region_code for report in await house.reports()] == ["64.02.02.2007", "64.02.07"]

    @pytest.mark.parametrize("told", [None, {"kind": "INDIVIDUAL", "name": "Saya"}])
    async def test_a_citizens_report_is_their_own(self, house: House, submit: Submit, told: Answer | None) -> None:
        payload = await submit(as_="demo-citizen", reporter=told)
        assert payload["report"]["number"] == payload["receipt"]["number"]
        async with house.database.write() as session:
            account = (await session.exec(select(AccountRow).where(AccountRow.subject == "demo-citizen"))).one()
        assert (await house.reporter(await house.only_report())).account_id == account.id

    async def test_a_phone_typed_into_a_form_joins_no_conversation(self, house: House, submit: Submit) -> None:
        await submit(reporter={"kind": "INDIVIDUAL", "phone": "+6280055500001"})
        await house.say("halo")
        web, whatsapp = await house.reports()
        assert web.reporter_id != whatsapp.reporter_id

    async def test_limits_themselves_are_allowed(self, house: House, submit: Submit) -> None:
        people = [{"approximateAge": age} for age in (0, 150)] + [{"name": "a" * 200}] * 48
        payload = await submit(description="x" * 10_000, subjects=people)
        assert payload["errors"] == []
        assert len(await house.subjects(await house.only_report())) == 50


REFUSED: dict[str, tuple[dict[str, Any], list[list[str]]]] = {
    "whatsapp": ({"channel": "WHATSAPP"}, [["channel"]]),
    "lapor": ({"channel": "SP4N_LAPOR"}, [["channel"]]),
    "empty": ({"description": ""}, [["description"]]),
    "blank": ({"description": " \n "}, [["description"]]),
    "long": ({"description": "x" * 10_001}, [["description"]]),
    "region": ({"region": "64.99"}, [["region"]]),
    "ppks": ({"ppksTypes": ["PPKS-09", "PPKS-99"]}, [["ppksTypes", "1"]]),
    "phone": ({"reporter": {"kind": "INDIVIDUAL", "phone": "tidak ada"}}, [["reporter", "phone"]]),
    "short phone": ({"reporter": {"kind": "INDIVIDUAL", "phone": "12"}}, [["reporter", "phone"]]),
    "long phone": ({"reporter": {"kind": "INDIVIDUAL", "phone": "0" * 500}}, [["reporter", "phone"]]),
    "long name": ({"reporter": {"kind": "INDIVIDUAL", "name": "x" * 201}}, [["reporter", "name"]]),
    "control character": ({"reporter": {"kind": "INDIVIDUAL", "name": "x\x01"}}, [["reporter", "name"]]),
    "nik as name": ({"subjects": [{"name": f"Adi {NIK}"}]}, [["subjects", "0", "name"]]),
    "organization": (
        {"reporter": {"kind": "LKS", "organizationName": "x" * 201}}, [["reporter", "organizationName"]],
    ),
    "entry point": ({"entryPoint": "x" * 101}, [["entryPoint"]]),
    "nik": ({"subjects": [{"nik": NIK}, {"nik": NIK[:-1]}]}, [["subjects", "1", "nik"]]),
    "impossible nik": ({"subjects": [{"nik": "6402069905809001"}]}, [["subjects", "0", "nik"]]),
    "age": ({"subjects": [{"approximateAge": 151}]}, [["subjects", "0", "approximateAge"]]),
    "negative age": ({"subjects": [{"approximateAge": -1}]}, [["subjects", "0", "approximateAge"]]),
    "subject region": ({"subjects": [{"region": "x"}]}, [["subjects", "0", "region"]]),
    "note": ({"subjects": [{"note": "x" * 2_001}]}, [["subjects", "0", "note"]]),
    "crowd": ({"subjects": [{}] * 51}, [["subjects"]]),
    "types": ({"ppksTypes": ["PPKS-01"] * 51}, [["ppksTypes"]]),
    "key": ({"idempotencyKey": " "}, [["idempotencyKey"]]),
    "long key": ({"idempotencyKey": "k" * 256}, [["idempotencyKey"]]),
    "all at once": (
        {"description": "", "region": "x", "subjects": [{"nik": "1"}]},
        [["description"], ["subjects", "0", "nik"], ["region"]],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
async def test_what_is_wrong_is_named_and_nothing_is_done(house: House, submit: Submit, case: str) -> None:
    said, fields = REFUSED[case]
    payload = await submit(**{"reporter": {"kind": "INDIVIDUAL", "phone": "0800 1111 0001"}, **said})
    assert [error["field"] for error in payload["errors"]] == fields
    assert {error["code"] for error in payload["errors"]} == {"INVALID"}
    assert payload["report"] is None and payload["receipt"] is None
    assert await house.reports() == []
    assert NIK not in str(payload["errors"])


@pytest.mark.parametrize("broken", ["a\0b", "a\ud800"])
async def test_what_no_database_can_hold_is_refused_however_it_came(house: House, broken: str) -> None:
    form = Form(ChannelKind.WEB, broken, entry_point=broken, region_code=broken, subjects=[Subject(note=broken)])
    with pytest.raises(ExceptionGroup) as refused:
        async with house.database.write() as session:
            await submit_form(Act(session, ANONYMOUS, now(), house.sealer, house.settings), form)
    fields = [error.field for error in refused.value.exceptions if isinstance(error, Refusal)]
    assert fields == [["description"], ["entryPoint"], ["subjects", "0", "note"], ["region"]]


async def test_refusals_speak_the_viewers_language(submit: Submit) -> None:
    (indonesian,) = (await submit(description=""))["errors"]
    (english,) = (await submit(description="", language="en"))["errors"]
    assert indonesian["message"] == "Isi laporan harus diisi."
    assert english["message"] == "The description must not be empty."


class TestKey:
    async def test_a_retry_is_answered_as_before(self, house: House, submit: Submit) -> None:
        first = await submit(idempotencyKey="k1", as_="demo-admin")
        again = await submit(idempotencyKey="k1", as_="demo-admin")
        assert first == again
        await house.only_report()

    async def test_another_input_is_a_mismatch(self, house: House, submit: Submit) -> None:
        await submit(idempotencyKey="k1")
        payload = await submit(idempotencyKey="k1", description="lain")
        (error,) = payload["errors"]
        assert (error["code"], error["field"]) == ("IDEMPOTENCY_MISMATCH", ["idempotencyKey"])
        assert payload["receipt"] is None
        await house.only_report()

    async def test_keys_are_each_clients_own(self, house: House, submit: Submit) -> None:
        for who in (None, "demo-admin", "demo-citizen"):
            await submit(idempotencyKey="k1", as_=who)
        assert len(await house.reports()) == 3

    async def test_no_key_means_a_new_report_each_time(self, house: House, submit: Submit) -> None:
        await submit()
        await submit()
        assert len(await house.reports()) == 2

    async def test_a_refused_act_leaves_the_key_free(self, house: House, submit: Submit) -> None:
        await submit(idempotencyKey="k1", description="")
        payload = await submit(idempotencyKey="k1")
        assert payload["errors"] == []
        await house.only_report()

    async def test_what_is_left_out_and_what_is_null_are_the_same(self, house: House, submit: Submit) -> None:
        assert await submit(idempotencyKey="k1") == await submit(idempotencyKey="k1", subjects=None, region=None)
        await house.only_report()

    async def test_twenty_at_once_are_one(self, house: House, submit: Submit) -> None:
        payloads = await asyncio.gather(*(submit(idempotencyKey="k1") for _ in range(20)))
        assert all(payload == payloads[0] for payload in payloads)
        assert payloads[0]["errors"] == []
        await house.only_report()

    async def test_twenty_different_at_once_leave_one_and_nineteen_mismatches(
        self, house: House, submit: Submit
    ) -> None:
        payloads = await asyncio.gather(*(submit(idempotencyKey="k1", description=f"{n}") for n in range(20)))
        codes = [error["code"] for payload in payloads for error in payload["errors"]]
        assert codes == ["IDEMPOTENCY_MISMATCH"] * 19
        await house.only_report()

    async def test_the_key_is_not_kept_in_the_clear(self, house: House, submit: Submit) -> None:
        await submit(idempotencyKey="nama-pelapor-siti")
        async with house.database.write() as session:
            (row,) = (await session.exec(select(IdempotencyRow))).all()
        assert "siti" not in row.key


async def test_twenty_reports_at_once_have_twenty_numbers(house: House, submit: Submit) -> None:
    payloads = await asyncio.gather(*(submit(description=f"laporan {n}") for n in range(20)))
    numbers = sorted(payload["receipt"]["number"] for payload in payloads)
    assert numbers == [report.number for report in await house.reports()]
    serials = [int(number.rsplit("-", 1)[1]) for number in numbers]
    assert serials == list(range(serials[0], serials[0] + 20))
