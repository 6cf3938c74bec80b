"""One report from a WhatsApp message to the archive, over HTTP alone, by everybody the procedure names."""

from datetime import datetime
from typing import Any

from integration.db.zone import WITA
from tests.procedure.conftest import Office

NEWEST = "{ reports(first: 1, orderBy: {field: UPDATED_AT, direction: DESC}) { nodes { id number status version } } }"


async def test_a_report_goes_through_all_nine_steps(office: Office) -> None:
    await office.whatsapp("Min, nenek Galuh di desa Rempanga Loa Kulu belum pernah dapat bantuan", "wamid.NINE1")
    report = (await office.ask(NEWEST))["reports"]["nodes"][0]
    on = {"id": report["id"]}
    assert report["status"] == "RECEIVED"
    assert (await office.do("reportVerify", on))["status"] == "UNDER_VERIFICATION"
    classified = {
        **on,
        "category": "AID_NOT_RECEIVED",
        "ppksTypes": ["PPKS-08"],
        "region": "64.02.02",
        "priority": "HIGH",
    }
    assert (await office.do("reportClassify", classified))["status"] == "UNDER_VERIFICATION"
    assert (await office.do("reportAcknowledge", on))["status"] == "ACKNOWLEDGED"
    assert (await office.do("reportForward", on))["status"] == "FORWARDED"
    given = {**on, "staff": [await office.staff("division")], "instruction": "Mohon dikunjungi dan dicek datanya."}
    assert (await office.do("reportDispose", given, "lead"))["status"] == "DISPOSITIONED"
    further = {**on, "staff": [await office.staff("member")], "instruction": "Kunjungi minggu ini."}
    assert (await office.do("reportDispose", further, "division"))["status"] == "DISPOSITIONED"
    assert (await office.do("reportStartFollowUp", on, "member"))["status"] == "IN_FOLLOW_UP"
    done = {**on, "kind": "AID", "result": "Sembako diserahkan.", "dimension": "PROTECTIVE"}
    assert (await office.do("reportAddAction", done, "member"))["status"] == "IN_FOLLOW_UP"
    reply = {**on, "text": "Bantuan sembako sudah kami antar."}
    assert (await office.do("reportDraftReply", reply, "member"))["status"] == "REPLY_DRAFTED"
    assert (await office.do("reportSendReply", on))["status"] == "REPLY_SENT"
    show = """status sopStep outcome reopenableUntil
      timeline(first: 50) { nodes { act sopStep from to at actor note legalBasis { code } } }
      messages { nodes { direction text deliveryState } } assignments { state staff { name } instruction reason }"""
    ended = await office.do("reportArchive", {**on, "outcome": "AID_GIVEN"}, show=show)
    assert (ended["status"], ended["sopStep"], ended["outcome"]) == ("ARCHIVED", 9, "AID_GIVEN")
    assert ended["reopenableUntil"] is not None
    steps = [event["sopStep"] for event in ended["timeline"]["nodes"]]
    assert steps == [1, 2, 2, 3, 4, 5, 5, 6, 6, 7, 8, 9]
    assert {event["legalBasis"]["code"] for event in ended["timeline"]["nodes"]} == {"KEP-1167-2022"}
    told = [message["text"] for message in ended["messages"]["nodes"] if message["direction"] == "OUTBOUND"]
    assert [report["number"] in text for text in told] == [True, True, True]
    assert "Bantuan sembako sudah kami antar." in told[-1]
    assert {assignment["state"] for assignment in ended["assignments"]} == {"COMPLETED"}
    lines = trace(ended["timeline"]["nodes"])
    print("\n" + "\n".join(lines))
    assert [line.split(".")[0] for line in lines] == [str(step) for step in range(1, 10)]


def trace(events: list[dict[str, Any]]) -> list[str]:
    """The nine lines a head of office asks for: step, who, when, and how long after the step before."""
    lines, before = [], None
    for step in range(1, 10):
        last = [event for event in events if event["sopStep"] == step][-1]
        at = datetime.fromisoformat(last["at"])
        waited = "" if before is None else f", {(at - before).total_seconds():.1f} s later"
        local = at.astimezone(WITA).strftime("%d-%m-%Y %H.%M.%S WITA")
        lines.append(f"{step}. {last['act']} by {last['actor']} at {local}{waited}")
        before = at
    return lines


async def test_a_skipped_step_is_named(office: Office) -> None:
    await office.whatsapp("Min mau lapor bantuan belum cair", "wamid.NINE2")
    report = (await office.ask(NEWEST))["reports"]["nodes"][0]
    payload = await office.act("reportForward", {"id": report["id"]})
    (error,) = payload["errors"]
    assert error["code"] == "ILLEGAL_TRANSITION"
    assert "langkah 1" in error["message"]
    assert "langkah 3" in error["message"]
    assert payload["report"]["status"] == "RECEIVED"
