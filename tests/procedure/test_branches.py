"""Where a report leaves the straight road: asked back, merged, reopened, taken back; and what its reporter is told."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlmodel import col, select

from integration.codes import ReportStatus
from integration.db.engine import Database
from integration.events.tables import EventRow, OutboxRow
from integration.reports.tables import MessageRow, ReportRow
from tests.procedure.conftest import Office
from tests.procedure.stage import OTHER, Stage

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
NEWEST = "{ reports(first: 1) { nodes { id number status description } } }"
TALK = "query($id: ID) { report(id: $id) { status messages { nodes { direction text deliveryState } } } }"
# What counts on, whatever is done.
_COUNTED = {"version", "updated_at", "due_at", "at_risk_at"}


async def test_an_answer_by_whatsapp_brings_a_report_that_was_asked_about_back(office: Office) -> None:
    await office.whatsapp("Min mau lapor bantuan belum cair", "wamid.ASK1")
    report = (await office.ask(NEWEST))["reports"]["nodes"][0]
    on = {"id": report["id"]}
    await office.do("reportVerify", on)
    asked = await office.do("reportRequestInfo", {**on, "question": "Di desa mana?"}, show="status slaState")
    assert asked == {"status": "NEEDS_INFO", "slaState": "PAUSED"}
    # Days later: an answer belongs to the question, however long it took.
    await office.whatsapp("Di desa Jembayan Tengah", "wamid.ASK2", at=1_767_578_400 + 9 * 86_400)
    show = (
        "query($id: ID) { report(id: $id) { status description timeline(first: 20) { nodes { act from to actor } } } }"
    )
    answered = (await office.ask(show, on))["report"]
    assert answered["status"] == "UNDER_VERIFICATION"
    assert answered["description"] == "Min mau lapor bantuan belum cair\nDi desa Jembayan Tengah"
    last = answered["timeline"]["nodes"][-1]
    assert (last["act"], last["from"], last["to"]) == ("reporterAnswered", "NEEDS_INFO", "UNDER_VERIFICATION")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ID", ["kami perlu keterangan", "segera diproses", "Balasan atas"]),
        ("EN", ["need to know", "shortly", "Reply to"]),
    ],
)
async def test_the_reporter_is_told_each_thing_once_in_their_language(
    office: Office, database: Database, language: str, words: list[str]
) -> None:
    on = await submitted(office, {"kind": "INDIVIDUAL", "phone": "+62 800-1234-5678", "language": language})
    await office.do("reportVerify", on)
    await office.do("reportRequestInfo", {**on, "question": "RT 3?"})
    await office.do("reportVerify", on)
    await office.do("reportClassify", {**on, "category": "AID_REQUEST", "region": "64.02.06.1006"})
    await office.do("reportAcknowledge", on)
    await office.do("reportForward", on)
    given = {**on, "staff": [await office.staff("member")], "instruction": "Mohon dicek."}
    await office.do("reportDispose", given, "lead")
    await office.do("reportStartFollowUp", on, "member")
    await office.do("reportAddAction", {**on, "kind": "INFORMATION", "result": "Dijelaskan."}, "member")
    await office.do("reportDraftReply", {**on, "text": "Konsep pertama."}, "member")
    await office.do("reportDraftReply", {**on, "text": "Sudah dijadwalkan."}, "member")
    await office.do("reportSendReply", on)
    talk = (await office.ask(TALK, on))["report"]["messages"]["nodes"]
    told = [message["text"] for message in talk if message["direction"] == "OUTBOUND"][1:]
    assert len(told) == 3
    for text, expected in zip(told, words, strict=True):
        assert expected in text
    assert "Sudah dijadwalkan." in told[-1] and "Konsep pertama." not in " ".join(told)
    assert {message["deliveryState"] for message in talk} == {"QUEUED"}
    assert await templates(database) == [
        "report_received", "report_question", "report_acknowledged", "report_reply",
    ]  # fmt: skip


async def test_who_cannot_be_reached_is_acknowledged_on_record(office: Office, database: Database) -> None:
    on = await submitted(office, {"kind": "ANONYMOUS"})
    await office.do("reportVerify", on)
    assert (await office.do("reportAcknowledge", on))["status"] == "ACKNOWLEDGED"
    assert await templates(database) == []
    async with database.write() as session:
        event = (
            await session.exec(
                select(EventRow).where(EventRow.act == "reportAcknowledge").order_by(col(EventRow.id).desc())
            )
        ).first()
    assert event is not None and event.data == {"message": None, "noContact": True}


@pytest.mark.parametrize("reason", ["OUT_OF_SCOPE", "SPAM", "INSUFFICIENT", "NOT_FOUND"])
async def test_a_rejected_reporter_hears_why_and_until_when_to_object(
    office: Office, database: Database, reason: str
) -> None:
    with time_machine.travel(NOON, tick=False):
        on = await submitted(office, {"kind": "INDIVIDUAL", "phone": "6280012345678"})
        await office.do("reportVerify", on)
        rejected = await office.do(
            "reportReject", {**on, "reason": reason, "note": "Catatan dalam."}, show="reopenableUntil"
        )
    assert rejected["reopenableUntil"] == "2026-04-01T04:00:00Z"
    told = (await office.ask(TALK, on))["report"]["messages"]["nodes"][-1]["text"]
    assert "01-04-2026" in told and "Catatan dalam" not in told
    assert (await templates(database))[-1] == f"report_rejected_{reason.lower()}"


@pytest.mark.parametrize("state", ["RECEIVED", "UNDER_VERIFICATION", "NEEDS_INFO", "ACKNOWLEDGED"])
async def test_a_merge_is_taken_back_to_exactly_what_was(office: Office, stage: Stage, state: str) -> None:
    await stage.put(state)
    before = await stage.row()
    on = {"id": await stage.id_of()}
    into = await stage.id_of(OTHER)
    assert (await office.do("reportMerge", {**on, "into": into}))["status"] == "MERGED"
    assert await office.refused("reportMerge", {"id": into, "into": on["id"]}) in ("INVALID", "ILLEGAL_TRANSITION")
    assert (await office.do("reportUnmerge", on))["status"] == state
    after = await stage.row()
    assert {k: v for k, v in after.items() if k not in _COUNTED} == {
        k: v for k, v in before.items() if k not in _COUNTED
    }


async def test_both_reporters_hear_of_a_merge(office: Office, database: Database) -> None:
    first = await submitted(office, {"kind": "INDIVIDUAL", "phone": "6280012345678"})
    second = await submitted(office, {"kind": "INDIVIDUAL", "phone": "6280087654321", "language": "EN"})
    await office.do("reportMerge", {**first, "into": second["id"]})
    assert (await templates(database))[-2:] == ["report_merged", "report_merged"]
    texts = [(await office.ask(TALK, on))["report"]["messages"]["nodes"][-1]["text"] for on in (first, second)]
    assert "digabung" in texts[0] and "joined" in texts[1]
    show = "query($id: ID) { report(id: $id) { timeline(first: 9) { nodes { act } } } }"
    acts = [(await office.ask(show, on))["report"]["timeline"]["nodes"][-1]["act"] for on in (first, second)]
    assert acts == ["reportMerge", "reportJoined"]


@pytest.mark.parametrize("target", ["itself", "MERGED", "REJECTED", "WITHDRAWN"])
async def test_nothing_is_merged_into_what_has_ended(
    office: Office, stage: Stage, database: Database, target: str
) -> None:
    await stage.put("RECEIVED")
    on = await stage.id_of()
    if target != "itself":
        async with database.write() as session:
            other = (await session.exec(select(ReportRow).where(ReportRow.number == OTHER))).one()
            other.status = ReportStatus(target)
            session.add(other)
    into = on if target == "itself" else await stage.id_of(OTHER)
    before = await stage.trace()
    assert await office.refused("reportMerge", {"id": on, "into": into}) == "INVALID"
    assert await stage.trace() == before


@pytest.mark.parametrize(("late", "code"), [(timedelta(0), None), (timedelta(microseconds=1), "ILLEGAL_TRANSITION")])
async def test_a_merge_can_be_taken_back_for_thirty_days_to_the_moment(
    office: Office, stage: Stage, late: timedelta, code: str | None
) -> None:
    await stage.put("MERGED")
    await stage.change(merged_at=NOON)
    with time_machine.travel(NOON + timedelta(days=30) + late, tick=False):
        payload = await office.act("reportUnmerge", {"id": await stage.id_of()})
    assert [error["code"] for error in payload["errors"]] == ([] if code is None else [code])


@pytest.mark.parametrize("who", ["citizen", "admin", "lead"])
@pytest.mark.parametrize("late", [False, True])
async def test_a_report_can_be_taken_up_again_until_the_moment_it_shows(
    office: Office, stage: Stage, who: str, late: bool
) -> None:
    await stage.put("REPLY_SENT")
    on = {"id": await stage.id_of()}
    with time_machine.travel(NOON, tick=False):
        archived = await office.do("reportArchive", {**on, "outcome": "NOT_FOUND"}, show="reopenableUntil")
    until = datetime.fromisoformat(archived["reopenableUntil"])
    assert until == NOON + timedelta(days=30)
    with time_machine.travel(until + timedelta(microseconds=late), tick=False):
        offered = await office.ask("query($id: ID) { report(id: $id) { availableActions { name allowed } } }", on, who)
        payload = await office.act(
            "reportReopen", {**on, "reason": "Belum selesai."}, who, "status outcome reopenableUntil"
        )
    allowed = {action["name"]: action["allowed"] for action in offered["report"]["availableActions"]}
    assert allowed["reportReopen"] is not late
    if late:
        assert [error["code"] for error in payload["errors"]] == ["ILLEGAL_TRANSITION"]
        assert payload["report"]["status"] == "ARCHIVED"
    else:
        assert payload["errors"] == []
        assert payload["report"]["status"] == "DISPOSITIONED"
        # One window, in one place: while it is open again there is none.
        assert payload["report"]["reopenableUntil"] is None


async def test_a_report_that_was_never_passed_on_is_verified_anew(office: Office, stage: Stage) -> None:
    await stage.put("REJECTED")
    reopened = await office.do("reportReopen", {"id": await stage.id_of(), "reason": "Bukan spam."}, "citizen")
    assert reopened["status"] == "UNDER_VERIFICATION"


@pytest.mark.parametrize("who", ["citizen", "admin"])
async def test_a_withdrawn_report_is_nobodys_work(office: Office, stage: Stage, who: str) -> None:
    await stage.put("IN_FOLLOW_UP")
    on = {"id": await stage.id_of()}
    await office.do("reportWithdraw", on, who)
    show = "query($id: ID) { report(id: $id) { status assignments { state } reporter { name } } }"
    report = (await office.ask(show, on))["report"]
    assert (report["status"], report["reporter"]) == ("WITHDRAWN", {"name": "Nurul Hikmah"})
    assert {assignment["state"] for assignment in report["assignments"]} == {"COMPLETED"}


@pytest.mark.parametrize("who", ["citizen", "admin"])
async def test_an_emergency_goes_on_without_its_reporter(office: Office, database: Database, who: str) -> None:
    on = await submitted(office, None, "citizen")
    await office.do("reportVerify", on)
    await office.do("reportClassify", {**on, "priority": "EMERGENCY"})
    payload = await office.act("reportWithdraw", on, who, "status")
    assert payload["errors"] == []
    assert payload["report"] == (None if who == "citizen" else {"status": "UNDER_VERIFICATION"})
    show = "query($id: ID) { report(id: $id) { status reporter { name } timeline(first: 9) { nodes { act actor } } } }"
    assert (await office.ask(show, on, "citizen"))["report"] is None
    report = (await office.ask(show, on))["report"]
    assert (report["status"], report["reporter"]) == ("UNDER_VERIFICATION", None)
    assert "demo-citizen" not in [event["actor"] for event in report["timeline"]["nodes"]]
    assert [event["actor"] for event in report["timeline"]["nodes"] if event["act"] == "reportVerify"] == ["demo-admin"]
    async with database.write() as session:
        kept = select(MessageRow.reporter_id).join(ReportRow, col(ReportRow.id) == col(MessageRow.report_id))
        reporters = (await session.exec(kept.where(col(ReportRow.reporter_id).is_(None)))).all()
    assert set(reporters) <= {None}


async def test_a_reporter_sees_what_was_done_but_neither_who_did_it_nor_what_they_remarked(
    office: Office, stage: Stage
) -> None:
    on = {"id": await stage.id_of()}
    fields = "act sopStep from to at legalBasis { code }"
    query = f"query($id: ID) {{ report(id: $id) {{ timeline(first: 50) {{ nodes {{ {fields} %s }} }} }} }}"
    mine = (await office.ask(query % "", on, "citizen"))["report"]["timeline"]["nodes"]
    assert mine == (await office.ask(query % "", on, "admin"))["report"]["timeline"]["nodes"]
    assert {event["legalBasis"]["code"] for event in mine} == {"KEP-1167-2022"}
    for hidden in ("actor", "note"):
        answer: dict[str, Any] = await office.tell(query % hidden, on, "citizen")
        assert {event[hidden] for event in answer["data"]["report"]["timeline"]["nodes"]} == {None}
        assert [error["extensions"]["code"] for error in answer["errors"]] == ["FORBIDDEN"]


async def submitted(office: Office, reporter: dict[str, Any] | None, who: str = "admin") -> dict[str, str]:
    """A report by a form; its id as an act is told it."""
    given = {"channel": "WEB", "description": "Bantuan belum datang.", "reporter": reporter}
    query = "mutation($input: ReportSubmitInput!) { reportSubmit(input: $input) { report { id } errors { code } } }"
    payload = (await office.ask(query, {"input": given}, who))["reportSubmit"]
    assert payload["errors"] == []
    return {"id": payload["report"]["id"]}


async def templates(database: Database) -> list[str]:
    """What waits to be sent, in the order it was asked for."""
    async with database.write() as session:
        return list((await session.exec(select(OutboxRow.template).order_by(col(OutboxRow.id)))).all())
