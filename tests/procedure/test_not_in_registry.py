"""An officer has looked for somebody, and the registry does not have them: the way to a proposal is open."""

from typing import Any

from tests.procedure.conftest import Office

# Of the demo: a subject with two namesakes in the registry.
SUBJECTS = """query($n: String!) { report(number: $n) { version subjects { id name matchState person { id }
  candidates { person { id } } availableActions { name allowed reasonCode message requiredInput } }
  timeline(first: 100) { nodes { act } } } }"""
ACT = """mutation($input: SubjectMarkNotInRegistryInput!) { subjectMarkNotInRegistry(input: $input) {
  report { subjects { id matchState person { id } candidates { score } } } errors { code field } } }"""


async def shown(office: Office, number: str, who: str = "admin") -> Any:
    return (await office.ask(SUBJECTS, {"n": number}, who))["report"]


async def subject_in(office: Office, state: str) -> tuple[str, Any]:
    """A report's number and one of its subjects that is in this state."""
    listed = await office.ask("{ reports(first: 100) { nodes { number subjects { id matchState } } } }")
    for report in listed["reports"]["nodes"]:
        for at, subject in enumerate(report["subjects"]):
            if subject["matchState"] == state:
                return report["number"], (await shown(office, report["number"]))["subjects"][at]
    raise AssertionError(state)


def actions(subject: Any) -> dict[str, Any]:
    return {one["name"]: one for one in subject["availableActions"]}


async def test_whoever_was_suggested_is_ruled_out_and_a_proposal_is_one_act_away(office: Office) -> None:
    number, subject = await subject_in(office, "AMBIGUOUS")
    assert len(subject["candidates"]) == 2
    assert {name: one["allowed"] for name, one in actions(subject).items()} == {
        "subjectConfirmMatch": True,
        "subjectRejectMatch": True,
        "subjectMarkNotInRegistry": True,
        "vervalPropose": True,
    }
    told = {"subject": subject["id"], "note": "Dicari menurut nama dan desa.", "idempotencyKey": "t1"}
    for _ in range(2):
        payload = (await office.ask(ACT, {"input": told}))["subjectMarkNotInRegistry"]
        assert payload["errors"] == []
    report = await shown(office, number)
    (now,) = [one for one in report["subjects"] if one["id"] == subject["id"]]
    assert (now["matchState"], now["person"], now["candidates"]) == ("NOT_IN_REGISTRY", None, [])
    assert [one["act"] for one in report["timeline"]["nodes"]].count("subjectMarkNotInRegistry") == 1
    offered = actions(now)
    assert offered["subjectRejectMatch"]["reasonCode"] == "INVALID"
    assert offered["vervalPropose"] == {
        "name": "vervalPropose", "allowed": True, "reasonCode": None, "message": None,
        "requiredInput": ["action", "reason"],
    }  # fmt: skip
    propose = """mutation($input: VervalProposeInput!) { vervalPropose(input: $input) {
      proposal { status action subject { id } } errors { code } } }"""
    wish = {"subject": subject["id"], "action": "ADD", "reason": "EXCLUSION_ERROR"}
    made = (await office.ask(propose, {"input": wish}))["vervalPropose"]
    assert made == {
        "proposal": {"status": "PROPOSED", "action": "ADD", "subject": {"id": subject["id"]}}, "errors": [],
    }  # fmt: skip


async def test_a_confirmed_match_must_be_rejected_first_and_not_everybody_may(office: Office) -> None:
    _, confirmed = await subject_in(office, "CONFIRMED")
    payload = (await office.ask(ACT, {"input": {"subject": confirmed["id"]}}))["subjectMarkNotInRegistry"]
    assert [error["code"] for error in payload["errors"]] == ["ILLEGAL_TRANSITION"]
    offered = actions(confirmed)
    assert not offered["subjectConfirmMatch"]["allowed"] and not offered["subjectMarkNotInRegistry"]["allowed"]
    assert offered["subjectRejectMatch"]["allowed"]
    number, open_one = await subject_in(office, "AMBIGUOUS")
    for who in ("tksk", "division", "citizen", "analyst"):
        payload = (await office.ask(ACT, {"input": {"subject": open_one["id"]}}, who))["subjectMarkNotInRegistry"]
        assert payload["errors"][0]["code"] in ("FORBIDDEN", "NOT_FOUND"), who
    (same,) = [one for one in (await shown(office, number))["subjects"] if one["id"] == open_one["id"]]
    assert same["matchState"] == "AMBIGUOUS"
