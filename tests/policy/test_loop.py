"""From reports to policy over HTTP: the signal of a quarter, what is made of it, and who hears of it."""

import hashlib
from collections import Counter
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from integration.events.outbox import opened
from integration.events.tables import EventRow, OutboxRow
from integration.settings import Settings
from integration.worker import Worker
from tests.meetings import test_meetings as meetings
from tests.procedure.conftest import Office
from tests.procedure.stage import Stage

SIGNALS = """{ policySignals { id rule why count category state version windowFrom reports { totalCount }
  followUp { id } reason } }"""
FOLLOW_UP = """id status version evidence { count query queryHash membersHash description } reports { totalCount }
  milestones { id title completedAt } decisions { decision document note meeting { title minutesNumber } }
  owner { code } dueAt meetings { id state } commitments { text overdue owner { code } }"""
SCORES = """query ($from: Date!, $to: Date!) { dimensionScorecard(from: $from, to: $to) {
  rows { dimension value met explanation evidence { kind title } } } }"""


@pytest.fixture
def worker(stage: Stage, settings: Settings) -> Worker:
    return Worker(stage.database, stage.sealer, settings)


async def do(office: Office, name: str, told: dict[str, Any], who: str = "secretary") -> dict[str, Any]:
    """The payload of an act of the policy loop."""
    shown = "policySignal { id state reason }" if name == "signalDismiss" else f"policyFollowUp {{ {FOLLOW_UP} }}"
    kind = {"policyFollowUpCompleteMilestone": "PolicyFollowUpMilestoneInput"}.get(
        name, name[0].upper() + name[1:] + "Input"
    )
    errors = "errors { code field message currentVersion }"
    query = f"mutation($input: {kind}!) {{ {name}(input: $input) {{ {shown} {errors} }} }}"
    payload: dict[str, Any] = (await office.ask(query, {"input": told}, who))[name]
    return payload


async def done(office: Office, name: str, told: dict[str, Any], who: str = "secretary") -> dict[str, Any]:
    payload = await do(office, name, told, who)
    assert payload["errors"] == [], payload
    found: dict[str, Any] = payload["policyFollowUp"]
    return found


async def refused(
    office: Office, name: str, told: dict[str, Any], who: str = "secretary"
) -> tuple[str, list[str] | None]:
    [error] = (await do(office, name, told, who))["errors"]
    return error["code"], error["field"]


async def scores(office: Office, since: str, until: str, who: str = "analyst") -> dict[str, Any]:
    card = await office.ask(SCORES, {"from": since, "to": until}, who)
    return {row["dimension"]: row for row in card["dimensionScorecard"]["rows"]}


async def the_signal(office: Office, worker: Worker) -> dict[str, Any]:
    await worker.evaluate_signals()
    [signal] = (await office.ask(SIGNALS, who="secretary"))["policySignals"]
    return dict(signal)


def accepting(signal: dict[str, Any], owner: str) -> dict[str, Any]:
    return {
        "id": signal["id"],
        "title": "Pencocokan penerima bantuan setiap bulan",
        "problem": "Tujuh warga tidak menerima bantuan yang menjadi haknya.",
        "dimension": "TRANSFORMATIVE",
        "owner": owner,
    }


async def agency(office: Office, code: str = "DINSOS") -> str:
    found = await office.ask("{ organizations(first: 100) { nodes { id code } } }")
    return str(next(one["id"] for one in found["organizations"]["nodes"] if one["code"] == code))


async def test_seven_reports_become_a_policy_and_seven_people_hear_of_it(
    office: Office, stage: Stage, worker: Worker
) -> None:
    signal = await the_signal(office, worker)
    assert (signal["rule"], signal["count"], signal["category"], signal["state"]) == (
        "CATEGORY_QUARTER", 7, "AID_NOT_RECEIVED", "NEW",
    )  # fmt: skip
    assert "7 laporan bantuan belum diterima di kabupaten" in signal["why"] and "ambang 5" in signal["why"]
    assert signal["reports"]["totalCount"] == 7

    first = await scores(office, "2024-01-01", "2024-03-31", "secretary")
    assert [first[one]["met"] for one in ("PROTECTIVE", "PREVENTIVE", "PROMOTIVE", "TRANSFORMATIVE")] == [
        True, True, True, False,
    ]  # fmt: skip
    assert first["PREVENTIVE"]["value"] == 14 and first["TRANSFORMATIVE"]["value"] == 0
    assert Counter(one["kind"] for one in first["PROTECTIVE"]["evidence"])["LEGAL_BASIS"] == 4

    follow_up = await done(office, "signalAccept", accepting(signal, await agency(office)))
    [evidence] = follow_up["evidence"]
    assert (evidence["count"], follow_up["reports"]["totalCount"]) == (7, 7)
    assert len(evidence["queryHash"]) == len(evidence["membersHash"]) == 64
    on = {"id": follow_up["id"]}
    await done(office, "policyFollowUpAdvance", {**on, "to": "UNDER_REVIEW"})
    meeting = await meetings.planned(office, agenda=[{"topic": "Bantuan yang belum diterima"}])
    scheduled = await done(office, "policyFollowUpAdvance", {**on, "to": "SCHEDULED", "meeting": meeting["id"]})
    assert scheduled["meetings"] == [{"id": meeting["id"], "state": "SCHEDULED"}]
    told = meetings.minutes(await meetings.agencies(office))
    told["commitments"] = [{**one, "followUp": follow_up["id"]} for one in told["commitments"]]
    await meetings.done(office, "meetingRecord", {"id": meeting["id"], **told})
    approved = {
        **on,
        "to": "APPROVED",
        "meeting": meeting["id"],
        "instrument": "SOP",
        "dueAt": "2027-06-30",
        "milestones": [{"title": "SOP pencocokan berlaku", "dueAt": "2027-03-31"}, {"title": "Evaluasi"}],
    }
    assert await refused(office, "policyFollowUpAdvance", {**approved, "meeting": None}) == ("INVALID", ["document"])
    follow_up = await done(office, "policyFollowUpAdvance", approved)
    assert follow_up["decisions"][-1] == {
        "decision": "APPROVED",
        "document": "005/12/BAPPEDA/2026",
        "note": None,
        "meeting": {"title": meeting["title"], "minutesNumber": "005/12/BAPPEDA/2026"},
    }
    assert [(one["text"], one["overdue"]) for one in follow_up["commitments"]] == [
        ("Menyerahkan data NIK", True), ("Memadankan data", False),
    ]  # fmt: skip
    today = date.today().isoformat()
    assert (await scores(office, "2024-01-01", today, "secretary"))["TRANSFORMATIVE"]["value"] == 0
    for milestone in follow_up["milestones"]:
        finished = await done(office, "policyFollowUpCompleteMilestone", {**on, "milestone": milestone["id"]})
    assert all(one["completedAt"] for one in finished["milestones"])
    after = (await scores(office, "2024-01-01", "2100-01-01", "secretary"))["TRANSFORMATIVE"]
    assert (after["value"], after["met"]) == (1, True)
    assert [one["title"] for one in after["evidence"]] == ["Pencocokan penerima bantuan setiap bulan"]

    letters = await outbox(stage, "policy_changed")
    assert len(letters) == 7
    assert len({letter.recipient for letter in letters}) == 7
    assert all(
        "Anda melapor, kami ubah" in letter.text and "SOP pencocokan berlaku" in letter.text for letter in letters
    )


async def test_a_signed_document_approves_without_a_meeting(office: Office, worker: Worker) -> None:
    signal = await the_signal(office, worker)
    on = {"id": (await done(office, "signalAccept", accepting(signal, await agency(office))))["id"]}
    for status in ("UNDER_REVIEW", "SCHEDULED"):
        await done(office, "policyFollowUpAdvance", {**on, "to": status})
    approved = {**on, "to": "APPROVED", "document": "050/123/DINSOS/2026", "dueAt": "2027-06-30"}
    assert await refused(office, "policyFollowUpAdvance", {**approved, "document": None}) == ("INVALID", ["document"])
    decision = (await done(office, "policyFollowUpAdvance", approved))["decisions"][-1]
    assert (decision["document"], decision["meeting"]) == ("050/123/DINSOS/2026", None)


async def test_a_meeting_decides_only_what_it_talked_about_and_only_once_it_was_held(
    office: Office, worker: Worker
) -> None:
    signal = await the_signal(office, worker)
    on = {"id": (await done(office, "signalAccept", accepting(signal, await agency(office))))["id"]}
    meeting = await meetings.planned(office, agenda=[{"topic": "Hal lain"}])
    with_it = {**on, "meeting": meeting["id"]}
    assert await refused(office, "policyFollowUpAdvance", {**with_it, "to": "UNDER_REVIEW"}) == ("INVALID", ["meeting"])
    await done(office, "policyFollowUpAdvance", {**on, "to": "UNDER_REVIEW"})
    await done(office, "policyFollowUpAdvance", {**on, "to": "SCHEDULED"})
    approved = {**with_it, "to": "APPROVED", "dueAt": "2027-06-30"}
    assert await refused(office, "policyFollowUpAdvance", approved) == ("INVALID", ["meeting"])
    told = meetings.minutes(await meetings.agencies(office))
    await meetings.done(office, "meetingRecord", {"id": meeting["id"], **told})
    # Held, and it talked about something else.
    assert await refused(office, "policyFollowUpAdvance", approved) == ("INVALID", ["meeting"])
    await done(office, "policyFollowUpAdvance", {**on, "to": "DEFERRED", "dueAt": "2027-01-15", "note": "Nanti."})
    await done(office, "policyFollowUpAdvance", {**on, "to": "UNDER_REVIEW"})
    late = {**with_it, "to": "SCHEDULED"}
    assert await refused(office, "policyFollowUpAdvance", late) == ("ILLEGAL_TRANSITION", ["meeting"])


async def outbox(stage: Stage, template: str) -> list[Any]:
    async with stage.database.write() as session:
        rows = await session.exec(select(OutboxRow).where(OutboxRow.template == template))
        return [opened(row, stage.sealer) for row in rows.all()]


async def test_the_same_evidence_is_never_a_second_signal(office: Office, stage: Stage, worker: Worker) -> None:
    signal = await the_signal(office, worker)
    assert await worker.evaluate_signals() == 0
    assert (await the_signal(office, worker))["id"] == signal["id"]
    await done(office, "signalAccept", accepting(signal, await agency(office)))
    again = await the_signal(office, worker)
    assert (again["id"], again["state"]) == (signal["id"], "ACCEPTED")
    assert await refused(office, "signalAccept", accepting(signal, await agency(office))) == (
        "ILLEGAL_TRANSITION",
        ["id"],
    )
    async with stage.database.write() as session:
        raised = await session.exec(select(EventRow).where(EventRow.act == "policySignalRaised"))
        assert len(raised.all()) == 1


async def test_a_dismissed_signal_rests_with_its_reason(office: Office, worker: Worker) -> None:
    signal = await the_signal(office, worker)
    assert await refused(office, "signalDismiss", {"id": signal["id"], "reason": "  "}) == ("INVALID", ["reason"])
    payload = await do(office, "signalDismiss", {"id": signal["id"], "reason": "Sudah ditangani pusat"}, "head")
    assert payload["errors"] == [] and payload["policySignal"]["state"] == "DISMISSED"
    after = await the_signal(office, worker)
    assert (after["state"], after["reason"]) == ("DISMISSED", "Sudah ditangani pusat")


async def test_who_is_put_off_is_told_why_once(office: Office, stage: Stage, worker: Worker) -> None:
    signal = await the_signal(office, worker)
    on = {"id": (await done(office, "signalAccept", accepting(signal, await agency(office))))["id"]}
    for status in ("UNDER_REVIEW", "SCHEDULED"):
        await done(office, "policyFollowUpAdvance", {**on, "to": status})
    put_off = {**on, "to": "DEFERRED", "dueAt": "2027-01-15", "note": "Anggaran belum tersedia."}
    assert await refused(office, "policyFollowUpAdvance", {**put_off, "note": None}) == ("INVALID", ["note"])
    assert await refused(office, "policyFollowUpAdvance", {**put_off, "dueAt": None}) == ("INVALID", ["dueAt"])
    assert await outbox(stage, "policy_deferred") == []
    await done(office, "policyFollowUpAdvance", put_off)
    for status in ("UNDER_REVIEW", "SCHEDULED"):
        await done(office, "policyFollowUpAdvance", {**on, "to": status})
    await done(office, "policyFollowUpAdvance", put_off)
    letters = await outbox(stage, "policy_deferred")
    assert len(letters) == 7 and all("15-01-2027" in letter.text for letter in letters)
    for status in ("UNDER_REVIEW", "SCHEDULED"):
        await done(office, "policyFollowUpAdvance", {**on, "to": status})
    await done(office, "policyFollowUpAdvance", {**on, "to": "REJECTED", "note": "Sudah ada program pusat."})
    told = await outbox(stage, "policy_rejected")
    assert len(told) == 7 and all("tidak dilanjutkan" in letter.text for letter in told)


@pytest.mark.parametrize("who", ["admin", "analyst", "lead", "division", "tksk", "opd-dinkes", "citizen", "auditor"])
async def test_only_the_secretary_and_the_head_decide(office: Office, worker: Worker, who: str) -> None:
    signal = await the_signal(office, worker)
    code, _ = await refused(office, "signalAccept", accepting(signal, await agency(office)), who)
    assert code in {"FORBIDDEN", "NOT_FOUND"}
    assert (await the_signal(office, worker))["state"] == "NEW"


async def test_planners_are_told_the_threshold_and_no_reports(office: Office, worker: Worker) -> None:
    exact = await the_signal(office, worker)
    [seen] = (await office.ask(SIGNALS, who="analyst"))["policySignals"]
    assert (seen["id"], seen["count"], seen["reports"]["totalCount"]) == (exact["id"], 5, 0)
    assert seen["why"] == (
        "Sedikitnya 5 laporan bantuan belum diterima di kabupaten, 01-01-2024 sampai sebelum 01-04-2024."
    )
    await done(office, "signalAccept", accepting(exact, await agency(office)))
    query = "{ policyFollowUps(first: 9) { nodes { evidence { count of query queryHash description } } } }"
    nodes = (await office.ask(query, who="analyst"))["policyFollowUps"]["nodes"]
    evidence = [one for node in nodes for one in node["evidence"]]
    # That of the signal and that of the demo; three reports about BPJS are nothing to tell.
    assert [(one["count"], one["of"]) for one in evidence] == [(5, None), (5, None)]
    assert all("Sedikitnya 5 laporan" in one["description"] for one in evidence)
    assert all(one["queryHash"] == hashlib.sha256(one["query"].encode()).hexdigest() for one in evidence)


@pytest.mark.parametrize("who", ["opd-dinkes", "citizen", None])
async def test_the_scorecard_is_for_the_office_and_planners(office: Office, who: str | None) -> None:
    body = await office.tell(SCORES, {"from": "2024-01-01", "to": "2024-03-31"}, who)
    assert [error["extensions"]["code"] for error in body["errors"]] == ["FORBIDDEN"]


async def test_a_period_that_ends_before_it_begins_is_refused(office: Office) -> None:
    body = await office.tell(SCORES, {"from": "2024-03-31", "to": "2024-01-01"})
    assert [error["extensions"]["code"] for error in body["errors"]] == ["BAD_USER_INPUT"]
