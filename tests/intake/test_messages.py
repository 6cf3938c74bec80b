"""What each kind of message says and does."""

from typing import Any, ClassVar

import pytest
from sqlmodel import select

from integration.codes import (
    DeliveryState,
    MatchState,
    MessageDirection,
    Priority,
    ReportCategory,
    ReporterKind,
    ReportStatus,
)
from integration.people.tables import PersonRow
from integration.reports.tables import MatchCandidateRow, MatchEvidenceRow, MessageRow
from tests.intake.house import MORNING, House, delivery, message, status

KINDS: dict[str, tuple[dict[str, Any], str | None]] = {
    "image": ({"image": {"caption": "rumah roboh", "id": "1"}}, "rumah roboh"),
    "video": ({"video": {"id": "1"}}, None),
    "audio": ({"audio": {"id": "1", "voice": True}}, None),
    "document": ({"document": {"caption": "surat", "filename": "x.pdf"}}, "surat"),
    "sticker": ({"sticker": {"id": "1"}}, None),
    "location": (
        {"location": {"latitude": -0.4, "longitude": 117, "name": "Balai desa", "address": "Jl. Mawar"}},
        "Lokasi: -0.4, 117\nBalai desa\nJl. Mawar",
    ),
    "interactive": ({"interactive": {"type": "button_reply", "button_reply": {"id": "x", "title": "Ya"}}}, "Ya"),
    "button": ({"button": {"payload": "YES", "text": "Ya"}}, "Ya"),
    "contacts": (
        {"contacts": [{"name": {"formatted_name": "Pak RT"}, "phones": [{"phone": "+62 800 111"}]}]},
        "Kontak: Pak RT, +62 800 111",
    ),
    "unsupported": ({"errors": [{"code": 131051}]}, None),
    "order": ({"order": {"text": "tiga"}}, None),
    "hologram": ({"hologram": {"depth": 3}}, None),
}


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_opens_a_report_and_is_kept(house: House, kind: str) -> None:
    parts, text = KINDS[kind]
    await house.deliver(delivery(message(kind, **parts)))
    report = await house.only_report()
    assert house.description(report) == text
    (row,) = await house.messages()
    assert (row.kind, house.text(row), row.report_id) == (kind, text, report.id)


@pytest.mark.parametrize("kind", ["TEXT; DROP", "x" * 60, None, 7, {}, "6280011112222"])
async def test_a_kind_that_is_no_word_is_kept_as_unknown(house: House, kind: Any) -> None:
    await house.deliver(delivery({**message(), "type": kind}))
    assert [row.kind for row in await house.messages()] == ["unknown"]


@pytest.mark.parametrize("parts", [
    {"text": "plain"},
    {"text": None},
    {"text": {"body": 7}},
    {"text": {"body": "\ud800"}},
    {"text": {"body": "a\u0000b"}},
])  # fmt: skip
async def test_a_text_in_the_wrong_shape_is_still_a_message(house: House, parts: dict[str, Any]) -> None:
    await house.deliver(delivery(message(**parts)))
    await house.only_report()
    assert [row.state for row in await house.inbox()] == ["DONE"]


async def test_a_message_without_id_is_kept_once(house: House) -> None:
    nameless = message(text="halo")
    del nameless["id"]
    await house.deliver(delivery(nameless), delivery(nameless, note="sent again"))
    assert len(await house.messages()) == 1


async def test_a_message_of_nobody_is_an_anonymous_report(house: House) -> None:
    lost = {**message(text="tolong")}
    del lost["from"]
    await house.deliver(delivery(lost, contacts=[]))
    report = await house.only_report()
    assert (await house.reporter(report)).kind is ReporterKind.ANONYMOUS
    assert await house.outbox(report) == []


@pytest.mark.parametrize("stamp", ["never", "", None, -1, 0, "12345678901234567890", str(MORNING * 10), {}, True])
async def test_an_absurd_time_is_the_time_of_arrival(house: House, stamp: Any) -> None:
    await house.deliver(delivery({**message(text="halo"), "timestamp": stamp}))
    (row,) = await house.inbox()
    assert (await house.only_report()).received_at == row.received_at


async def test_the_year_of_a_number_is_that_of_tenggarong(house: House) -> None:
    await house.say("tutup tahun", at=1767196799, sender="6280055500011")  # 31 December 2025, 23:59:59 WITA
    await house.say("tahun baru", at=1767196800, sender="6280055500012")
    assert [report.number for report in await house.reports()] == ["SIM-2025-000001", "SIM-2026-000001"]


class TestCategory:
    LIST: ClassVar[dict[str, Any]] = {
        "type": "list_reply",
        "list_reply": {"id": "category:BPJS_ACTIVATION", "title": "BPJS"},
    }

    async def test_a_list_reply_sets_what_was_not_known(self, house: House) -> None:
        await house.say("halo")
        await house.deliver(delivery(message("interactive", interactive=self.LIST, at=MORNING + 1)))
        assert (await house.only_report()).category is ReportCategory.BPJS_ACTIVATION

    async def test_but_not_what_an_officer_has_set(self, house: House) -> None:
        await house.say("halo")
        await house.change(await house.only_report(), category=ReportCategory.OTHER)
        await house.deliver(delivery(message("interactive", interactive=self.LIST, at=MORNING + 1)))
        assert (await house.only_report()).category is ReportCategory.OTHER

    async def test_an_unknown_category_is_none(self, house: House) -> None:
        reply = {"type": "list_reply", "list_reply": {"id": "category:NONSENSE", "title": "?"}}
        await house.deliver(delivery(message("interactive", interactive=reply)))
        assert (await house.only_report()).category is None


class TestConfirmation:
    async def test_a_button_belongs_to_the_report_it_names(self, house: House) -> None:
        await house.say("halo")
        report = await house.only_report()
        await house.change(report, status=ReportStatus.REPLY_SENT)
        button = {"payload": f"CONFIRM_SOLVED:{report.number}", "text": "Sudah selesai"}
        await house.deliver(delivery(message("button", button=button, at=MORNING + 864000)))
        after = await house.only_report()
        assert after.status is ReportStatus.REPLY_SENT
        assert house.description(after) == "halo"
        assert {row.report_id for row in await house.messages()} == {report.id}
        # An officer who is just closing it is not told that it changed.
        assert after.version == report.version
        assert [event.act for event in await house.events(report)] == ["reportReceived", "messageReceived"]

    async def test_but_not_to_somebody_elses(self, house: House) -> None:
        await house.say("halo")
        first = await house.only_report()
        button = {"payload": f"CONFIRM_SOLVED:{first.number}", "text": "Sudah selesai"}
        await house.deliver(delivery(message("button", button=button, sender="6280055500099")))
        assert len(await house.reports()) == 2


class TestReaction:
    async def test_a_reaction_opens_nothing(self, house: House) -> None:
        await house.deliver(delivery(message("reaction", reaction={"emoji": "👍", "message_id": "wamid.?"})))
        assert await house.reports() == []
        (row,) = await house.messages()
        assert (house.text(row), row.report_id) == ("👍", None)

    async def test_a_reaction_joins_the_open_report_without_a_word(self, house: House) -> None:
        await house.say("halo")
        await house.deliver(delivery(message("reaction", reaction={"emoji": "👍", "message_id": "x"}, at=MORNING + 1)))
        report = await house.only_report()
        assert house.description(report) == "halo"
        assert len([row for row in await house.messages() if row.report_id == report.id]) == 2

    async def test_a_reaction_is_no_answer(self, house: House) -> None:
        await house.say("halo")
        await house.change(await house.only_report(), status=ReportStatus.NEEDS_INFO)
        await house.deliver(delivery(message("reaction", reaction={"emoji": "👍"}, at=MORNING + 1)))
        assert (await house.only_report()).status is ReportStatus.NEEDS_INFO


class TestStatus:
    async def sent(self, house: House) -> MessageRow:
        """The receipt, as the provider took it over."""
        await house.say("halo")
        (receipt,) = await house.messages(MessageDirection.OUTBOUND)
        async with house.database.write() as session:
            receipt.provider_id = "wamid.OURS"
            session.add(receipt)
        return receipt

    @pytest.mark.parametrize(("told", "ends"), [
        (["sent"], DeliveryState.SENT),
        (["sent", "delivered", "read"], DeliveryState.READ),
        (["read", "delivered", "sent"], DeliveryState.READ),
        (["sent", "failed", "sent"], DeliveryState.FAILED),
        (["delivered", "failed"], DeliveryState.DELIVERED),
        (["failed", "delivered"], DeliveryState.DELIVERED),
        (["played"], DeliveryState.READ),
    ])  # fmt: skip
    async def test_a_state_never_goes_back(self, house: House, told: list[str], ends: DeliveryState) -> None:
        await self.sent(house)
        for state in told:
            await house.deliver(status("wamid.OURS", state))
        (receipt,) = await house.messages(MessageDirection.OUTBOUND)
        assert receipt.delivery_state is ends

    async def test_an_unknown_message_or_a_citizens_is_left_alone(self, house: House) -> None:
        receipt = await self.sent(house)
        (said,) = await house.messages()
        await house.deliver(status("wamid.NOBODY", "read"), status(said.provider_id or "", "read"))
        assert [m.delivery_state for m in await house.messages()] == [None]
        assert [m.delivery_state for m in await house.messages(MessageDirection.OUTBOUND)] == [receipt.delivery_state]


class TestNik:
    async def niks(self, house: House) -> list[str]:
        async with house.database.write() as session:
            rows = (await session.exec(select(PersonRow).order_by(PersonRow.id).limit(2))).all()  # type: ignore[arg-type]
            return [house.sealer.open("nik", row.nik_sealed or b"") for row in rows]

    async def test_one_person_is_suggested_with_the_reason(self, house: House) -> None:
        nik, _ = await self.niks(house)
        await house.say(f"BPJS mati, NIK {nik[:4]}-{nik[4:8]}-{nik[8:12]}-{nik[12:]}")
        (subject,) = await house.subjects(await house.only_report())
        assert subject.match_state is MatchState.SUGGESTED
        async with house.database.write() as session:
            (candidate,) = (
                await session.exec(select(MatchCandidateRow).where(MatchCandidateRow.subject_id == subject.id))
            ).all()
            evidence = (
                await session.exec(select(MatchEvidenceRow).where(MatchEvidenceRow.candidate_id == candidate.id))
            ).all()
        assert candidate.person_id == subject.person_id
        assert candidate.score > 0.95
        strongest = max(evidence, key=lambda one: one.weight)
        assert (strongest.field, strongest.comparison) == ("nik", "exact")

    async def test_two_people_with_one_nik_are_left_to_an_officer(self, house: House) -> None:
        nik, _ = await self.niks(house)
        async with house.database.write() as session:
            session.add(PersonRow(name="Kembar", name_key="kembar", nik_index=house.sealer.index("nik", nik)))
        await house.say(f"NIK {nik}")
        (subject,) = await house.subjects(await house.only_report())
        assert (subject.match_state, subject.person_id) == (MatchState.AMBIGUOUS, None)
        async with house.database.write() as session:
            found = await session.exec(select(MatchCandidateRow).where(MatchCandidateRow.subject_id == subject.id))
            assert len(found.all()) == 2

    async def test_several_niks_are_several_subjects_and_the_same_one_is_one(self, house: House) -> None:
        one, other = await self.niks(house)
        await house.say(f"an {one} dan {other}, sekali lagi {one}")
        await house.say(f"NIK {one}", at=MORNING + 5)
        assert len(await house.subjects(await house.only_report())) == 2

    async def test_a_report_without_emergency_is_normal_and_private(self, house: House) -> None:
        await house.say("halo")
        assert (await house.only_report()).priority is Priority.NORMAL
