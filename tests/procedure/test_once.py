"""An act under a key happens once; a stale version changes nothing; of two people at once one is told no."""

import asyncio
from itertools import pairwise
from typing import Any

import pytest

from tests.procedure import matrix
from tests.procedure.conftest import Office
from tests.procedure.stage import Stage
from tests.procedure.test_matrix import VIEWERS, told, verdict

SHOWN = "status version"


def where_allowed(act: str) -> tuple[str, str]:
    """A state the act goes from, and somebody who may do it."""
    for state in matrix.STATES:
        for who, letter in VIEWERS.items():
            if letter in matrix.letters(act, state) and verdict(act, state, letter) is None:
                return state, who
    raise AssertionError(act)


async def test_a_repeated_act_is_answered_as_before_and_done_once(office: Office, stage: Stage) -> None:
    inputs = await told(office, stage)
    for act in matrix.ACTS:
        state, who = where_allowed(act)
        await stage.put(state)
        given = {**inputs[act], "idempotencyKey": f"key of {act}"}
        first = await office.act(act, given, who, SHOWN)
        after = await stage.trace()
        assert first["errors"] == [] and after.version == 8, act
        assert await office.act(act, given, who, SHOWN) == first
        assert await stage.trace() == after


async def test_a_key_stands_for_one_input(office: Office, stage: Stage) -> None:
    inputs = await told(office, stage)
    for act in matrix.ACTS:
        state, who = where_allowed(act)
        await stage.put(state)
        given = {**inputs[act], "idempotencyKey": "one for all acts"}
        assert (await office.act(act, given, who, SHOWN))["errors"] == []
        after = await stage.trace()
        assert await office.refused(act, {**given, "expectedVersion": 7}, who) == "IDEMPOTENCY_MISMATCH"
        assert await stage.trace() == after


async def test_a_key_is_its_clients_own(office: Office, stage: Stage) -> None:
    report = {"id": await stage.id_of(), "idempotencyKey": "the same words"}
    await stage.put("RECEIVED")
    assert (await office.do("reportVerify", report, "admin"))["status"] == "UNDER_VERIFICATION"
    # Somebody else's act under the same key is an act of its own, refused by the state.
    assert await office.refused("reportVerify", report, "admin-backup") == "ILLEGAL_TRANSITION"


async def test_a_refused_act_does_not_use_its_key_up(office: Office, stage: Stage) -> None:
    report = {"id": await stage.id_of(), "idempotencyKey": "again later"}
    await stage.put("ARCHIVED")
    assert await office.refused("reportVerify", report) == "ILLEGAL_TRANSITION"
    await stage.put("RECEIVED")
    assert (await office.do("reportVerify", report))["status"] == "UNDER_VERIFICATION"


@pytest.mark.parametrize("key", ["", "   ", "x" * 256])
async def test_a_key_that_is_none_is_refused(office: Office, stage: Stage, key: str) -> None:
    await stage.put("RECEIVED")
    payload = await office.act("reportVerify", {"id": await stage.id_of(), "idempotencyKey": key}, show=SHOWN)
    assert [(error["code"], error["field"]) for error in payload["errors"]] == [("INVALID", ["idempotencyKey"])]
    assert payload["report"]["status"] == "RECEIVED"


async def test_a_stale_version_is_told_the_one_of_now_and_changes_nothing(office: Office, stage: Stage) -> None:
    inputs = await told(office, stage)
    for act in matrix.ACTS:
        state, who = where_allowed(act)
        await stage.put(state)
        before = await stage.trace()
        for stale in (6, 8):
            payload = await office.act(act, {**inputs[act], "expectedVersion": stale}, who, SHOWN)
            (error,) = payload["errors"]
            assert (error["code"], error["currentVersion"], error["field"]) == ("CONFLICT", 7, ["expectedVersion"])
            assert payload["report"] == {"status": state, "version": 7}
        assert await stage.trace() == before
        assert (await office.act(act, {**inputs[act], "expectedVersion": 7}, who, SHOWN))["errors"] == []


@pytest.mark.parametrize("act", ["reportVerify", "reportDispose", "reportAddAction", "reportSendReply", "reportMerge"])
async def test_twenty_calls_at_once_under_one_key_are_one_change_and_one_answer(
    office: Office, stage: Stage, act: str
) -> None:
    given = {**(await told(office, stage))[act], "idempotencyKey": "twenty"}
    state, who = where_allowed(act)
    await stage.put(state)
    before = await stage.trace()
    first, *others = await asyncio.gather(*(office.act(act, given, who, SHOWN) for _ in range(20)))
    assert first["errors"] == []
    assert [other for other in others if other != first] == []
    after = await stage.trace()
    # A merge is told on both reports; a disposition is followed by the suggestion of a first assessor.
    assert (after.version, after.events - before.events) == (8, 2 if act in ("reportMerge", "reportDispose") else 1)


async def test_of_two_people_at_once_one_is_told_no(office: Office, stage: Stage) -> None:
    inputs = await told(office, stage)
    for act, state in (
        ("reportVerify", "RECEIVED"),
        ("reportSendReply", "REPLY_DRAFTED"),
        ("reportArchive", "REPLY_SENT"),
    ):
        await stage.put(state)
        before = await stage.trace()
        both = [office.act(act, inputs[act], who, SHOWN) for who in ("admin", "admin-backup")]
        codes = sorted(error["code"] for payload in await asyncio.gather(*both) for error in payload["errors"])
        assert codes == ["ILLEGAL_TRANSITION"], act
        after = await stage.trace()
        assert (after.version, after.events - before.events) == (8, 1)


async def test_of_two_people_with_one_version_one_is_told_of_the_conflict(office: Office, stage: Stage) -> None:
    await stage.put("IN_FOLLOW_UP")
    given = {"id": await stage.id_of(), "kind": "CALL", "result": "Ditelepon.", "expectedVersion": 7}
    both = [office.act("reportAddAction", given, who, SHOWN) for who in ("member", "tksk")]
    errors = [error for payload in await asyncio.gather(*both) for error in payload["errors"]]
    assert [(error["code"], error["currentVersion"]) for error in errors] == [("CONFLICT", 8)]


async def test_two_who_need_not_agree_are_both_done(office: Office, stage: Stage) -> None:
    await stage.put("IN_FOLLOW_UP")
    given = {"id": await stage.id_of(), "kind": "CALL", "result": "Ditelepon."}
    both = [office.act("reportAddAction", given, who, SHOWN) for who in ("member", "tksk")]
    assert [payload["errors"] for payload in await asyncio.gather(*both)] == [[], []]
    assert (await stage.trace()).version == 9


async def test_two_reports_are_not_merged_into_each_other(office: Office, stage: Stage) -> None:
    await stage.put("RECEIVED")
    here = await stage.id_of()
    submitted = {"channel": "WEB", "description": "Laporan yang sama."}
    query = "mutation($input: ReportSubmitInput!) { reportSubmit(input: $input) { report { id } } }"
    there = (await office.ask(query, {"input": submitted}))["reportSubmit"]["report"]["id"]
    pairs: list[dict[str, Any]] = [{"id": a, "into": b} for a, b in pairwise((here, there, here))]
    both = [
        office.act("reportMerge", pair, who, SHOWN) for pair, who in zip(pairs, ("admin", "admin-backup"), strict=True)
    ]
    payloads = await asyncio.gather(*both)
    assert sorted(len(payload["errors"]) for payload in payloads) == [0, 1]
    codes = {error["code"] for payload in payloads for error in payload["errors"]}
    assert codes <= {"INVALID", "ILLEGAL_TRANSITION"}
