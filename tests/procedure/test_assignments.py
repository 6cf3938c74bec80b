"""Assignees answer; many reports are given out at once, each by the rules of one."""

import asyncio
from typing import Any

import pytest

from integration.codes import AssignmentState
from integration.db.engine import Database
from tests.procedure.conftest import Office
from tests.procedure.stage import Stage
from tests.procedure.test_branches import submitted
from tests.procedure.test_handling import unit

HELD = (
    "query($id: ID) { report(id: $id) { status version assignments { id state reason staff { name } unit { code } } } }"
)
TIMELINE = "query($id: ID) { report(id: $id) { timeline(first: 99) { nodes { act note actor from to } } } }"
BULK = """mutation($input: ReportsAssignInput!) { reportsAssign(input: $input) {
  results { report { id status version } errors { code field message currentVersion } } errors { code field } } }"""


async def answer(office: Office, act: str, told: dict[str, Any], who: str) -> Any:
    """The payload of an answer to an assignment."""
    query = f"""mutation($input: AssignmentActInput!) {{ {act}(input: $input) {{
      assignment {{ id state reason report {{ status }} }} errors {{ code field message }} }} }}"""
    return (await office.ask(query, {"input": told}, who))[act]


def made(assignments: list[Any]) -> list[Any]:
    """Those that somebody made, without what is only suggested."""
    return [one for one in assignments if one["state"] != "SUGGESTED"]


async def held(office: Office, report: str, name: str) -> str:
    """The id of somebody's assignment."""
    assignments = (await office.ask(HELD, {"id": report}))["report"]["assignments"]
    return str(next(a["id"] for a in assignments if a["staff"] and a["staff"]["name"] == name))


async def test_an_assignee_takes_on_what_they_were_given(office: Office, stage: Stage) -> None:
    await stage.put("DISPOSITIONED")
    report = await stage.id_of()
    given = {"id": await held(office, report, "Fitriani"), "note": "Siap.", "idempotencyKey": "siap"}
    payload = await answer(office, "assignmentAcknowledge", given, "member")
    assert payload["errors"] == []
    assert (payload["assignment"]["state"], payload["assignment"]["report"]["status"]) == (
        "ACKNOWLEDGED",
        "DISPOSITIONED",
    )
    after = await stage.trace()
    assert await answer(office, "assignmentAcknowledge", given, "member") == payload
    assert await stage.trace() == after
    again = await answer(office, "assignmentAcknowledge", {"id": given["id"]}, "member")
    assert [error["code"] for error in again["errors"]] == ["ILLEGAL_TRANSITION"]
    assert again["assignment"]["state"] == "ACKNOWLEDGED"


async def test_an_assignee_gives_back_with_a_reason_and_the_report_stays(office: Office, stage: Stage) -> None:
    await stage.put("IN_FOLLOW_UP")
    report = await stage.id_of()
    given = {"id": await held(office, report, "Fitriani")}
    before = await stage.trace()
    for note in (None, "  "):
        payload = await answer(office, "assignmentReturn", {**given, "note": note}, "member")
        assert [(error["code"], error["field"]) for error in payload["errors"]] == [("INVALID", ["note"])]
    assert await stage.trace() == before
    why = "Di luar bidang kami; NIK 6402064107809001 milik warga lain."
    payload = await answer(office, "assignmentReturn", {**given, "note": why}, "member")
    assert payload["errors"] == [] and payload["assignment"]["state"] == "RETURNED"
    event = (await office.ask(TIMELINE, {"id": report}))["report"]["timeline"]["nodes"][-1]
    assert event == {
        "act": "assignmentReturn",
        "note": "Di luar bidang kami; NIK 6402********9001 milik warga lain.",
        "actor": "demo-member",
        "from": "IN_FOLLOW_UP",
        "to": "IN_FOLLOW_UP",
    }
    assert "6402064107809001" not in str(await office.ask(HELD, {"id": report}))
    # The lead gives it to somebody else.
    again = {"id": report, "staff": [await office.staff("member-pfm")], "instruction": "Mohon dicek."}
    assert (await office.do("reportDispose", again, "lead"))["status"] == "IN_FOLLOW_UP"


@pytest.mark.parametrize("act", ["assignmentAcknowledge", "assignmentReturn"])
async def test_nobody_answers_for_somebody_else(office: Office, stage: Stage, act: str) -> None:
    await stage.put("DISPOSITIONED")
    given = {"id": await held(office, await stage.id_of(), "Fitriani"), "note": "Tidak bisa."}
    before = await stage.trace()
    expected = {"admin": "FORBIDDEN", "lead": "FORBIDDEN", "division": "FORBIDDEN", "tksk": "FORBIDDEN"}
    expected |= dict.fromkeys(("citizen", "member-pfm", "analyst", "opd-dinkes"), "NOT_FOUND")
    for who, code in expected.items():
        assert [error["code"] for error in (await answer(office, act, given, who))["errors"]] == [code], who
    assert await stage.trace() == before


async def test_what_a_unit_was_given_is_its_heads_to_answer(office: Office, stage: Stage, database: Database) -> None:
    await stage.put("FORWARDED")
    on = {"id": await stage.id_of()}
    given = {**on, "units": [await unit(database, "DINSOS-LINJAMSOS")], "instruction": "Mohon dicek."}
    show = "assignments { id state reason }"
    (assignment,) = made((await office.do("reportDispose", given, "lead", show))["assignments"])
    assert assignment.pop("reason") == "Disposisi kepada bidang, yang menunjuk petugasnya sendiri"
    assert assignment.pop("state") == "ASSIGNED"
    refused = await answer(office, "assignmentAcknowledge", assignment, "member")
    assert [error["code"] for error in refused["errors"]] == ["FORBIDDEN"]
    done = await answer(office, "assignmentAcknowledge", assignment, "division")
    assert done["errors"] == [] and done["assignment"]["state"] == "ACKNOWLEDGED"


@pytest.mark.parametrize("state", ["REPLY_SENT", "ARCHIVED"])
async def test_nothing_is_given_back_when_it_is_over(office: Office, stage: Stage, state: str) -> None:
    await stage.put(state)
    given = {"id": await held(office, await stage.id_of(), "Fitriani"), "note": "Terlambat."}
    payload = await answer(office, "assignmentReturn", given, "member")
    assert [error["code"] for error in payload["errors"]] == ["ILLEGAL_TRANSITION"]


async def three(office: Office) -> list[str]:
    """Three reports of which two have come to the lead."""
    made = []
    for forwarded in (True, False, True):
        on = await submitted(office, None)
        await office.do("reportVerify", on)
        if forwarded:
            await office.do("reportClassify", {**on, "category": "AID_REQUEST", "region": "64.02.06.1006"})
            await office.do("reportAcknowledge", on)
            await office.do("reportForward", on)
        made.append(on["id"])
    return made


async def test_each_report_is_given_out_for_itself(office: Office) -> None:
    first, unready, last = await three(office)
    member, verifier = await office.staff("member"), await office.staff("verifier")
    items = [
        {"id": first, "staff": member},
        {"id": unready, "staff": member},
        {"id": last, "staff": verifier, "instruction": "Mohon dicek."},
        {"id": last, "staff": member, "expectedVersion": 1},
        {"id": last, "staff": member, "instruction": "Mohon dicek."},
        {"id": member, "staff": member},
        {"id": first, "staff": first},
    ]
    payload = (await office.ask(BULK, {"input": {"items": items, "idempotencyKey": "pagi"}}, "lead"))["reportsAssign"]
    assert payload["errors"] == []
    told = [[(error["code"], error["field"]) for error in result["errors"]] for result in payload["results"]]
    assert told == [
        [],
        [("ILLEGAL_TRANSITION", ["items", "1"])],
        [("INVALID", ["items", "2", "staff"])],
        [("CONFLICT", ["items", "3", "expectedVersion"])],
        [],
        [("INVALID", ["items", "5", "id"])],
        [("INVALID", ["items", "6", "staff"])],
    ]
    assert payload["results"][3]["errors"][0]["currentVersion"] == 5
    statuses = [result["report"] and result["report"]["status"] for result in payload["results"]]
    done, waits = "DISPOSITIONED", "UNDER_VERIFICATION"
    assert statuses == [done, waits, done, done, done, None, done]
    # A repetition is told the same of each item, though by now all would be refused or done once more.
    assert (await office.ask(BULK, {"input": {"items": items, "idempotencyKey": "pagi"}}, "lead"))[
        "reportsAssign"
    ] == payload
    (given,) = made((await office.ask(HELD, {"id": first}))["report"]["assignments"])
    assert given["state"] == AssignmentState.ASSIGNED
    assert given["reason"].startswith(("Sesuai saran: ", "Dipilih oleh pemberi disposisi; "))


async def test_all_or_nothing_is_nothing_where_one_is_refused(office: Office) -> None:
    reports = await three(office)
    member = await office.staff("member")
    given: dict[str, Any] = {
        "items": [{"id": report, "staff": member} for report in reports],
        "atomic": True,
        "idempotencyKey": "semua",
    }
    payload = (await office.ask(BULK, {"input": given}, "lead"))["reportsAssign"]
    assert [error["code"] for error in payload["errors"]] == ["INVALID"]
    assert [[error["code"] for error in result["errors"]] for result in payload["results"]] == [
        ["INVALID"], ["ILLEGAL_TRANSITION"], ["INVALID"],
    ]  # fmt: skip
    statuses = [result["report"]["status"] for result in payload["results"]]
    assert statuses == ["FORWARDED", "UNDER_VERIFICATION", "FORWARDED"]
    for report in reports:
        assert made((await office.ask(HELD, {"id": report}))["report"]["assignments"]) == []
    # Refused, it did not use its key up.
    fit = {**given, "items": [given["items"][0], given["items"][2]]}
    payload = (await office.ask(BULK, {"input": fit}, "lead"))["reportsAssign"]
    assert payload["errors"] == [] and [result["errors"] for result in payload["results"]] == [[], []]


async def test_twenty_at_once_under_one_key_give_out_once(office: Office, stage: Stage) -> None:
    first, _, last = await three(office)
    member = await office.staff("member")
    given = {"items": [{"id": report, "staff": member} for report in (last, first)], "idempotencyKey": "sekali"}
    before = await stage.trace()
    asked = [office.ask(BULK, {"input": given}, "lead") for _ in range(20)]
    one, *others = await asyncio.gather(*asked)
    assert all(other == one for other in others)
    assert (await stage.trace()).events == before.events + 2
    mismatch = (await office.ask(BULK, {"input": {**given, "atomic": True}}, "lead"))["reportsAssign"]
    assert mismatch["results"] == [] and [error["code"] for error in mismatch["errors"]] == ["IDEMPOTENCY_MISMATCH"]


async def test_two_who_give_out_the_same_in_opposite_order_both_get_an_answer(office: Office) -> None:
    first, _, last = await three(office)
    member = await office.staff("member")
    orders = ((first, last), (last, first))
    asked = [
        office.ask(BULK, {"input": {"items": [{"id": report, "staff": member} for report in order]}}, who)
        for order, who in zip(orders, ("lead", "secretary"), strict=True)
    ]
    for payload in await asyncio.gather(*asked):
        assert [result["errors"] for result in payload["reportsAssign"]["results"]] == [[], []]
    for report in (first, last):
        assert len(made((await office.ask(HELD, {"id": report}))["report"]["assignments"])) == 2


@pytest.mark.parametrize("count", [0, 101])
async def test_a_call_gives_out_one_to_a_hundred(office: Office, stage: Stage, count: int) -> None:
    items = [{"id": await stage.id_of(), "staff": await office.staff("member")}] * count
    payload = (await office.ask(BULK, {"input": {"items": items}}, "lead"))["reportsAssign"]
    assert payload["results"] == []
    assert [(error["code"], error["field"]) for error in payload["errors"]] == [("INVALID", ["items"])]


@pytest.mark.parametrize(("who", "code"), [("admin", "FORBIDDEN"), ("citizen", "NOT_FOUND"), (None, "NOT_FOUND")])
async def test_who_may_not_dispose_one_may_not_give_out_many(office: Office, who: str | None, code: str) -> None:
    reports = await three(office)
    member = await office.staff("member")
    given = {"items": [{"id": report, "staff": member} for report in reports]}
    payload = (await office.ask(BULK, {"input": given}, who))["reportsAssign"]
    assert [[error["code"] for error in result["errors"]] for result in payload["results"]] == [[code]] * 3
