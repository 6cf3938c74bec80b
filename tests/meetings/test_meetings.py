"""Agencies are called together, minutes are kept, and what was promised is asked for when its day is over."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from integration.db.base import now
from integration.events.tables import EventRow
from integration.meetings.rules import today
from integration.meetings.tables import MeetingRow
from tests.procedure.conftest import Office
from tests.procedure.stage import Stage

MEETING = """id version title level state startsAt place minutesNumber minutes cancelReason
  agenda { position topic followUp { id title } } attendance { organization { code } attended }
  commitments { id text dueAt state overdue owner { code } followUp { id } meeting { id } }"""
COMMITMENT = "id version text state overdue dueAt closedAt note"


async def do(office: Office, name: str, told: dict[str, Any], who: str = "secretary") -> dict[str, Any]:
    """The payload of an act on a meeting or a commitment."""
    shown = f"meeting {{ {MEETING} }}" if name.startswith("meeting") else f"commitment {{ {COMMITMENT} }}"
    errors = "errors { code field message currentVersion }"
    query = f"mutation($input: {name[0].upper()}{name[1:]}Input!) {{ {name}(input: $input) {{ {shown} {errors} }} }}"
    payload: dict[str, Any] = (await office.ask(query, {"input": told}, who))[name]
    return payload


async def done(office: Office, name: str, told: dict[str, Any], who: str = "secretary") -> dict[str, Any]:
    payload = await do(office, name, told, who)
    assert payload["errors"] == [], payload
    found: dict[str, Any] = payload["meeting" if name.startswith("meeting") else "commitment"]
    return found


async def refused(
    office: Office, name: str, told: dict[str, Any], who: str = "secretary"
) -> tuple[str, list[str] | None]:
    [error] = (await do(office, name, told, who))["errors"]
    assert error["message"]
    return error["code"], error["field"]


async def agencies(office: Office) -> dict[str, str]:
    """Ids of agencies by code."""
    found = await office.ask("{ organizations(first: 100) { nodes { id code } } }")
    return {one["code"]: one["id"] for one in found["organizations"]["nodes"]}


async def follow_up(office: Office) -> dict[str, Any]:
    """A policy follow-up of the demo."""
    found = await office.ask("{ policyFollowUps(first: 1) { nodes { id title } } }", who="analyst")
    one: dict[str, Any] = found["policyFollowUps"]["nodes"][0]
    return one


async def planned(office: Office, who: str = "analyst", **other: Any) -> dict[str, Any]:
    """A meeting that was to begin an hour ago, of two agencies, about a follow-up and something else."""
    ids, about = await agencies(office), await follow_up(office)
    told = {
        "title": "Rapat koordinasi data bantuan",
        "level": "REGENCY",
        "startsAt": (now() - timedelta(hours=1)).isoformat(),
        "place": "Ruang rapat Bappeda",
        "agenda": [{"followUp": about["id"]}, {"topic": "Lain-lain"}],
        "organizations": [ids["DINSOS"], ids["DINKES"]],
        **other,
    }
    return await done(office, "meetingSchedule", told, who)


def minutes(ids: dict[str, str], **other: Any) -> dict[str, Any]:
    day = today(now())
    return {
        "minutesNumber": "005/12/BAPPEDA/2026",
        "minutes": "Warga dengan NIK 6402064408499000 belum menerima bantuan.",
        "attended": [ids["DINSOS"], ids["DISDUKCAPIL"]],
        "commitments": [
            {
                "text": "Menyerahkan data NIK",
                "owner": ids["DISDUKCAPIL"],
                "dueAt": (day - timedelta(days=1)).isoformat(),
            },
            {"text": "Memadankan data", "owner": ids["DINSOS"], "dueAt": day.isoformat()},
        ],
        **other,
    }


async def held(office: Office) -> dict[str, Any]:
    meeting = await planned(office)
    return await done(office, "meetingRecord", {"id": meeting["id"], **minutes(await agencies(office))})


_OF_DEMO = (
    "Memadankan NIK penerima bantuan yang dilaporkan",
    "Mengusulkan anggaran pencocokan data dalam RKPD 2025",
)


async def overdue(office: Office, who: str | None = "secretary", wanted: bool = True) -> list[str]:
    asked = "query($f: CommitmentFilter) { commitments(filter: $f) { nodes { text overdue } totalCount } }"
    found = (await office.ask(asked, {"f": {"overdue": wanted}}, who))["commitments"]
    assert found["totalCount"] == len(found["nodes"])
    assert all(one["overdue"] is wanted for one in found["nodes"])
    return [one["text"] for one in found["nodes"] if one["text"] not in _OF_DEMO]


async def test_a_meeting_is_called_held_and_its_promises_are_asked_for(office: Office, stage: Stage) -> None:
    about = await follow_up(office)
    meeting = await planned(office)
    assert (meeting["state"], meeting["version"], meeting["level"]) == ("SCHEDULED", 1, "REGENCY")
    assert [one["topic"] for one in meeting["agenda"]] == [about["title"], "Lain-lain"]
    assert [one["followUp"] and one["followUp"]["id"] for one in meeting["agenda"]] == [about["id"], None]
    assert [(one["organization"]["code"], one["attended"]) for one in meeting["attendance"]] == [
        ("DINSOS", None), ("DINKES", None),
    ]  # fmt: skip
    ids = await agencies(office)
    after = await done(office, "meetingRecord", {"id": meeting["id"], "expectedVersion": 1, **minutes(ids)})
    assert (after["state"], after["version"], after["minutesNumber"]) == ("HELD", 2, "005/12/BAPPEDA/2026")
    assert after["minutes"] == "Warga dengan NIK 6402********9000 belum menerima bantuan."
    assert [(one["organization"]["code"], one["attended"]) for one in after["attendance"]] == [
        ("DINSOS", True), ("DINKES", False), ("DISDUKCAPIL", True),
    ]  # fmt: skip
    assert [(one["text"], one["overdue"], one["owner"]["code"]) for one in after["commitments"]] == [
        ("Menyerahkan data NIK", True, "DISDUKCAPIL"), ("Memadankan data", False, "DINSOS"),
    ]  # fmt: skip
    assert all(one["meeting"]["id"] == meeting["id"] for one in after["commitments"])
    assert await overdue(office) == ["Menyerahkan data NIK"]
    assert await overdue(office, wanted=False) == ["Memadankan data"]
    late = after["commitments"][0]["id"]
    kept = await done(office, "commitmentComplete", {"id": late, "note": "Diserahkan lewat surat"}, "head")
    assert (kept["state"], kept["overdue"], kept["note"], kept["version"]) == (
        "DONE", False, "Diserahkan lewat surat", 2,
    )  # fmt: skip
    assert kept["closedAt"] and await overdue(office) == []
    async with stage.database.write() as session:
        acts = (await session.exec(select(EventRow.act).where(EventRow.noun == "CoordinationMeeting"))).all()
        sealed = (await session.exec(select(MeetingRow.minutes_sealed).order_by(col(MeetingRow.id)))).all()[-1]
    assert sorted(acts) == ["meetingRecord", "meetingSchedule"]
    assert sealed is not None and b"6402064408499000" not in sealed


async def test_a_day_that_is_not_over_is_in_time(office: Office) -> None:
    meeting = await planned(office)
    told = minutes(await agencies(office))
    told["commitments"] = told["commitments"][1:]
    await done(office, "meetingRecord", {"id": meeting["id"], **told})
    assert await overdue(office) == []


async def test_a_meeting_is_moved_or_called_off_before_it_was_held(office: Office) -> None:
    meeting = await planned(office)
    later = (now() + timedelta(days=7)).replace(microsecond=0)
    moved = await done(office, "meetingReschedule", {"id": meeting["id"], "startsAt": later.isoformat()}, "analyst")
    assert moved["startsAt"] == later.isoformat().replace("+00:00", "Z") and moved["place"] == meeting["place"]
    told = {"id": meeting["id"], **minutes(await agencies(office))}
    assert await refused(office, "meetingRecord", told) == ("INVALID", ["startsAt"])
    off = await done(office, "meetingCancel", {"id": meeting["id"], "reason": "Tidak kuorum"}, "lead")
    assert (off["state"], off["cancelReason"]) == ("CANCELLED", "Tidak kuorum")
    for name, other in (
        ("meetingCancel", {"reason": "Lagi"}),
        ("meetingReschedule", {"startsAt": later.isoformat()}),
        ("meetingRecord", minutes(await agencies(office))),
    ):
        assert await refused(office, name, {"id": meeting["id"], **other}) == ("ILLEGAL_TRANSITION", ["id"])


async def test_a_meeting_held_on_another_day_is_recorded_with_it(office: Office) -> None:
    meeting = await planned(office, startsAt=(now() + timedelta(days=3)).isoformat())
    when = (now() - timedelta(days=1)).replace(microsecond=0).isoformat()
    told = {"id": meeting["id"], **minutes(await agencies(office)), "startsAt": when}
    assert (await done(office, "meetingRecord", told))["startsAt"] == when.replace("+00:00", "Z")


async def test_what_is_wrong_with_a_meeting_is_said(office: Office) -> None:
    ids, about = await agencies(office), await follow_up(office)
    fine = {
        "title": "Rapat", "level": "PROVINCE", "startsAt": now().isoformat(),
        "agenda": [{"topic": "Data"}], "organizations": [ids["DINSOS"]],
    }  # fmt: skip
    item = {"followUp": about["id"]}
    for wrong, field in (
        ({"title": "  "}, ["title"]),
        ({"agenda": []}, ["agenda"]),
        ({"agenda": [{"topic": "Data"}, {}]}, ["agenda", "1", "topic"]),
        ({"agenda": [item, item]}, ["agenda", "1", "followUp"]),
        ({"agenda": [{"followUp": ids["DINSOS"]}]}, ["agenda", "0", "followUp"]),
        ({"organizations": []}, ["organizations"]),
        ({"organizations": [about["id"]]}, ["organizations", "0"]),
        ({"organizations": [ids["DINSOS"]] * 51}, ["organizations"]),
    ):
        assert await refused(office, "meetingSchedule", {**fine, **wrong}) == ("INVALID", field), wrong
    found = await office.ask("{ coordinationMeetings { totalCount } }")
    assert found["coordinationMeetings"]["totalCount"] == 1, "only that of the demo"
    meeting = await done(office, "meetingSchedule", fine)
    told = {"id": meeting["id"], **minutes(ids)}
    promise = told["commitments"][0]
    for wrong, field in (
        ({"minutesNumber": ""}, ["minutesNumber"]),
        ({"attended": []}, ["attended"]),
        ({"commitments": [{**promise, "text": " "}]}, ["commitments", "0", "text"]),
        ({"commitments": [{**promise, "owner": about["id"]}]}, ["commitments", "0", "owner"]),
    ):
        assert await refused(office, "meetingRecord", {**told, **wrong}) == ("INVALID", field), wrong
    assert await refused(office, "meetingRecord", {**told, "expectedVersion": 7}) == ("CONFLICT", ["expectedVersion"])
    found = await office.ask("{ commitments { totalCount } coordinationMeetings { nodes { state } } }")
    assert found["commitments"]["totalCount"] == 2, "only those of the demo"
    assert found["coordinationMeetings"]["nodes"] == [{"state": "SCHEDULED"}, {"state": "HELD"}]


async def test_a_promise_is_closed_once(office: Office) -> None:
    meeting = await held(office)
    on = {"id": meeting["commitments"][0]["id"]}
    assert await refused(office, "commitmentCancel", {**on, "reason": " "}) == ("INVALID", ["reason"])
    dropped = await done(office, "commitmentCancel", {**on, "reason": "Data sudah ada"})
    assert (dropped["state"], dropped["note"], dropped["overdue"]) == ("CANCELLED", "Data sudah ada", False)
    assert await refused(office, "commitmentComplete", on) == ("ILLEGAL_TRANSITION", ["id"])


async def test_the_same_call_twice_is_one_meeting(office: Office) -> None:
    when = now().isoformat()
    first = await planned(office, idempotencyKey="rapat-1", startsAt=when)
    again = await planned(office, idempotencyKey="rapat-1", startsAt=when)
    assert first["id"] == again["id"]


@pytest.mark.parametrize("who", ["admin", "division", "tksk", "verifier", "opd-dinkes", "citizen", "auditor", None])
async def test_only_planners_and_deciders_call_agencies_together(office: Office, who: str) -> None:
    ids = await agencies(office)
    told = {
        "title": "Rapat", "level": "REGENCY", "startsAt": now().isoformat(),
        "agenda": [{"topic": "Data"}], "organizations": [ids["DINSOS"]],
    }  # fmt: skip
    assert (await refused(office, "meetingSchedule", told, who))[0] == "FORBIDDEN"


@pytest.mark.parametrize("who", ["analyst", "lead", "admin", "opd-dinkes", "citizen"])
async def test_only_the_secretary_and_the_head_put_meetings_and_promises_on_record(office: Office, who: str) -> None:
    meeting = await planned(office)
    told = {"id": meeting["id"], **minutes(await agencies(office))}
    assert (await refused(office, "meetingRecord", told, who))[0] in {"FORBIDDEN", "NOT_FOUND"}
    promise = (await done(office, "meetingRecord", told))["commitments"][0]
    assert (await refused(office, "commitmentComplete", {"id": promise["id"]}, who))[0] in {"FORBIDDEN", "NOT_FOUND"}


async def test_a_partner_sees_where_it_is_called_and_what_it_promised(office: Office) -> None:
    ids = await agencies(office)
    asked = "{ coordinationMeetings { nodes { title } } commitments { nodes { text meeting { title } } } }"
    apart = await planned(office, organizations=[ids["DINSOS"]], title="Tanpa Dinkes")
    promise = {"text": "Menyediakan obat", "owner": ids["DINKES"], "dueAt": "2027-01-01"}
    other = {"text": "Menyediakan gedung", "owner": ids["DISPERKIM"], "dueAt": "2027-01-01"}
    told = {"id": apart["id"], **minutes(ids, attended=[ids["DINSOS"]], commitments=[promise, other])}
    await done(office, "meetingRecord", told)
    assert await office.ask(asked, who="opd-dinkes") == {
        "coordinationMeetings": {"nodes": []},
        "commitments": {"nodes": [{"text": "Menyediakan obat", "meeting": None}]},
    }
    called = await planned(office, title="Dengan Dinkes")
    told = {"id": called["id"], **minutes(ids, attended=[ids["DINSOS"]], commitments=[other])}
    await done(office, "meetingRecord", told)
    seen = await office.ask(asked, who="opd-dinkes")
    assert [one["title"] for one in seen["coordinationMeetings"]["nodes"]] == ["Dengan Dinkes"]
    assert [one["text"] for one in seen["commitments"]["nodes"]] == ["Menyediakan obat", "Menyediakan gedung"]
    for who in ("citizen", "auditor", None):
        nothing = await office.ask(asked, who=who)
        assert nothing == {"coordinationMeetings": {"nodes": []}, "commitments": {"nodes": []}}
