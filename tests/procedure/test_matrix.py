"""Over HTTP, every act from every state by everybody: as the matrix says, and as `availableActions` says beforehand."""

from typing import Any

import pytest

from tests.procedure import matrix
from tests.procedure.conftest import Office, input_of
from tests.procedure.stage import ASSIGNED, OTHER, Stage

VIEWERS = {
    "admin": "A", "lead": "L", "secretary": "S", "head": "H", "division": "D", "member": "M", "tksk": "T",
    "citizen": "C",
}  # fmt: skip
# They may not see the report, so for them there is none.
OUTSIDERS = ("division-rehsos", "member-pfm", "verifier", "opd-dinkes", "analyst", "auditor", None)
ACTIONS = "query($id: ID) { report(id: $id) { availableActions { name allowed reasonCode message requiredInput } } }"


@pytest.mark.parametrize("state", matrix.STATES)
async def test_everybody_may_do_what_the_matrix_says_and_nothing_else(office: Office, stage: Stage, state: str) -> None:
    inputs = await told(office, stage)
    await stage.put(state)
    for who, letter in VIEWERS.items():
        expected = {act: verdict(act, state, letter) for act in matrix.ACTS}
        if hidden(letter, state):
            expected = dict.fromkeys(matrix.ACTS, "NOT_FOUND")
            assert (await office.ask(ACTIONS, {"id": inputs["reportVerify"]["id"]}, who))["report"] is None
        else:
            assert await offered(office, inputs, who) == expected, (state, who)
        await all_refused(office, stage, who, inputs, {act: code for act, code in expected.items() if code})
        for act in [act for act, code in expected.items() if code is None]:
            done = await office.act(act, inputs[act], who, "status version")
            assert done["errors"] == [], (state, act, who)
            after = await stage.trace()
            assert after.status == matrix.leads_to(act, state, before="NEEDS_INFO", disposed=state in ASSIGNED), (
                act,
                who,
            )
            assert after.version == 8
            await stage.put(state)


@pytest.mark.parametrize("state", ["RECEIVED", "IN_FOLLOW_UP", "ARCHIVED"])
async def test_for_whom_a_report_is_hidden_there_is_none(office: Office, stage: Stage, state: str) -> None:
    inputs = await told(office, stage)
    await stage.put(state)
    for who in OUTSIDERS:
        assert (await office.ask(ACTIONS, {"id": inputs["reportVerify"]["id"]}, who))["report"] is None
        await all_refused(office, stage, who, inputs, dict.fromkeys(matrix.ACTS, "NOT_FOUND"))


@pytest.mark.parametrize("state", ["UNDER_VERIFICATION", "FORWARDED", "IN_FOLLOW_UP"])
async def test_the_head_acts_as_the_lead_on_what_was_escalated(office: Office, stage: Stage, state: str) -> None:
    inputs = await told(office, stage)
    await stage.put(state)
    await stage.escalate()
    expected = {act: matrix.verdict(act, state, "AGENCY_HEAD", escalated=True) for act in matrix.ACTS}
    assert None in expected.values()
    assert await offered(office, inputs, "head") == expected
    await all_refused(office, stage, "head", inputs, {act: code for act, code in expected.items() if code})
    for act in [act for act, code in expected.items() if code is None]:
        await stage.put(state)
        await stage.escalate()
        assert (await office.act(act, inputs[act], "head", "status"))["errors"] == [], act


async def told(office: Office, stage: Stage) -> dict[str, dict[str, Any]]:
    """What each act is told, so that nothing but act, state and role is left to refuse it."""
    given: dict[str, dict[str, Any]] = {
        "reportRequestInfo": {"question": "RT berapa?"},
        "reportClassify": {"category": "INFORMATION"},
        "reportReject": {"reason": "OUT_OF_SCOPE"},
        "reportMerge": {"into": await stage.id_of(OTHER)},
        "reportDispose": {"staff": [await office.staff("member")], "instruction": "Mohon dicek."},
        "reportAddAction": {"kind": "VISIT", "result": "Dikunjungi."},
        "reportDraftReply": {"text": "Sudah diantar."},
        "reportArchive": {"outcome": "AID_GIVEN"},
        "reportReopen": {"reason": "Belum selesai."},
    }
    report = await stage.id_of()
    return {act: {"id": report, **given.get(act, {})} for act in matrix.ACTS}


def verdict(act: str, state: str, letter: str) -> str | None:
    if act == "outcomeVerify" and state == "ARCHIVED" and letter in "DM":
        return "FORBIDDEN"  # theirs is the unit that handled it
    return matrix.verdict(act, state, matrix.ROLES[letter])


def hidden(letter: str, state: str) -> bool:
    """Handlers see what they were given."""
    return letter in "DM" and state not in ASSIGNED


async def offered(office: Office, inputs: dict[str, dict[str, Any]], who: str) -> dict[str, str | None]:
    """What `availableActions` says: the act and the code it would be refused with."""
    report = (await office.ask(ACTIONS, {"id": inputs["reportVerify"]["id"]}, who))["report"]
    for action in report["availableActions"]:
        assert action["allowed"] is (action["reasonCode"] is None) is (action["message"] is None)
        assert set(action["requiredInput"]) <= set(inputs[action["name"]])
    return {action["name"]: action["reasonCode"] for action in report["availableActions"]}


async def all_refused(
    office: Office, stage: Stage, who: str | None, inputs: dict[str, dict[str, Any]], expected: dict[str, str]
) -> None:
    """All these acts are tried, one after the other in one request, and leave no trace."""
    before = await stage.trace()
    declared = ", ".join(f"${act}: {input_of(act)}!" for act in expected)
    acts = " ".join(f"{act}(input: ${act}) {{ errors {{ code message }} }}" for act in expected)
    query = f"mutation({declared}) {{ {acts} }}"
    answer = await office.ask(query, {act: inputs[act] for act in expected}, who)
    codes = {act: [error["code"] for error in payload["errors"]] for act, payload in answer.items()}
    assert codes == {act: [code] for act, code in expected.items()}, who
    assert await stage.trace() == before
