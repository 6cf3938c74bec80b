"""A report whose subject is missing or wrong in the registry becomes a proposal in one mutation."""

from typing import Any

import pytest

from tests.verval.conftest import DOCUMENT, MINUTES, NIK, Desk

SHOWN = """id status action reason scheme profile isObjection round expectedInNextRelease
    person { name nik } report { number } subject { name } region { code }
    changes { field value } note timeline { nodes { act from to actor legalBasis { code } } }"""


async def test_a_subject_that_the_registry_does_not_know_is_proposed_from_its_report(desk: Desk) -> None:
    told = {
        "subject": await desk.subject("SIM-2024-000012"), "action": "ADD", "reason": "EXCLUSION_ERROR",
        "changes": [{"field": "NAME", "value": " Siti Rahmah "}, {"field": "NIK", "value": "6402 1641 0788 9321"}],
        "note": "Belum terdaftar, NIK 6402164107889321.",
    }  # fmt: skip
    made = await desk.do("vervalPropose", told, "admin", SHOWN)
    assert (made["status"], made["scheme"], made["profile"]) == ("PROPOSED", "DTSEN", "VERVAL_DTSEN_2025")
    assert made["report"] == {"number": "SIM-2024-000012"} and made["person"] is None
    assert made["region"] == {"code": "64.02.16"}
    assert made["changes"] == [
        {"field": "NAME", "value": "Siti Rahmah"}, {"field": "NIK", "value": "6402********9321"},
    ]  # fmt: skip
    assert made["note"] == "Belum terdaftar, NIK 6402********9321."
    assert made["timeline"]["nodes"] == [
        {"act": "vervalPropose", "from": None, "to": "PROPOSED", "actor": "demo-admin",
         "legalBasis": {"code": "PERMENSOS-3-2025"}},
    ]  # fmt: skip
    report = await desk.ask('{ report(number: "SIM-2024-000012") { proposals { id } } }', who="admin")
    assert report["report"]["proposals"] == [{"id": made["id"]}]


async def test_the_same_open_proposal_is_not_made_twice(desk: Desk) -> None:
    first = await desk.proposed()
    again = {"person": await desk.person(), "action": "REMOVE", "reason": "MOVED"}
    assert await desk.refused("vervalPropose", again, "admin") == "DUPLICATE"
    await desk.do("vervalWithdraw", {"id": first["id"]}, "tksk")
    await desk.do("vervalPropose", again, "admin")
    shown = "query($id: ID!) { person(id: $id) { proposals { status } } }"
    found = await desk.ask(shown, {"id": again["person"]}, "admin")
    assert [one["status"] for one in found["person"]["proposals"]] == ["PROPOSED", "WITHDRAWN"]


async def test_a_repetition_gives_the_same_proposal(desk: Desk) -> None:
    told = {"person": await desk.person(), "action": "REMOVE", "reason": "DECEASED", "idempotencyKey": "satu"}
    first = await desk.do("vervalPropose", told, "tksk")
    assert await desk.do("vervalPropose", told, "tksk") == first
    changed = told | {"reason": "MOVED", "changes": [{"field": "DECEASED", "value": "true"}]}
    assert await desk.refused("vervalPropose", changed, "tksk") == "IDEMPOTENCY_MISMATCH"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"action": "ADD", "reason": "DECEASED"}, ["reason"]),
        ({"action": "ADD", "reason": "EXCLUSION_ERROR"}, ["action"]),
        ({"action": "UPDATE", "reason": "NIK_MISMATCH"}, ["changes"]),
        ({"changes": [{"field": "NIK", "value": "123"}]}, ["changes", "0", "value"]),
        ({"changes": [{"field": "BIRTH_DATE", "value": "2090-01-01"}]}, ["changes", "0", "value"]),
        ({"changes": [{"field": "REGION", "value": "99"}]}, ["changes", "0", "value"]),
        ({"changes": [{"field": "SEX", "value": "L"}]}, ["changes", "0", "value"]),
        ({"changes": [{"field": "NAME", "value": "A"}, {"field": "NAME", "value": "B"}]}, ["changes", "1", "field"]),
        ({"person": None}, ["subject"]),
        ({"note": " "}, ["note"]),
    ],
)
async def test_what_is_no_proposal_is_refused(desk: Desk, told: dict[str, Any], field: list[str]) -> None:
    given = {"person": await desk.person(), "action": "REMOVE", "reason": "DECEASED"} | told
    (error,) = (await desk.act("vervalPropose", given, "admin"))["errors"]
    assert (error["code"], error["field"]) == ("INVALID", field)


async def test_a_suggested_match_decides_nothing(desk: Desk) -> None:
    told = {"subject": await desk.subject(), "action": "REMOVE", "reason": "DECEASED"}
    assert await desk.refused("vervalPropose", told, "admin") == "INVALID"
    made = await desk.do("vervalPropose", told | {"person": await desk.person()}, "admin", SHOWN)
    assert made["person"] == {"name": "Salasiah", "nik": "6402********9000"}


async def test_whom_one_may_not_see_one_cannot_propose(desk: Desk) -> None:
    told = {"person": await desk.person(), "action": "REMOVE", "reason": "DECEASED"}
    for who in ("division-rehsos", "analyst", "citizen", "opd-dinkes", None):
        assert await desk.refused("vervalPropose", told, who) in ("NOT_FOUND", "FORBIDDEN")
    assert await desk.refused("vervalPropose", told, "head") == "FORBIDDEN"


async def test_an_objection_needs_an_active_record(desk: Desk) -> None:
    told = {"person": await desk.person(), "reason": "INCLUSION_ERROR", "note": "Sudah mampu."}
    made = await desk.do("vervalObject", told, "village", SHOWN)
    assert (made["isObjection"], made["action"], made["status"]) == (True, "REMOVE", "PROPOSED")
    assert made["timeline"]["nodes"][0]["act"] == "vervalObject"
    assert await desk.refused("vervalObject", told | {"reason": "INCOMPLETE"}, "village") == "INVALID"
    dtks = await desk.act("vervalObject", told | {"scheme": "DTKS", "reason": "DESIL_DISPUTED"}, "village")
    assert [error["field"] for error in dtks["errors"]] in ([["person"]], [])


async def test_who_sees_a_proposal(desk: Desk) -> None:
    made = await desk.proposed()
    insiders = ("admin", "lead", "secretary", "head", "tksk", "village", "verifier")
    outsiders = ("division-rehsos", "member-pfm", "opd-dinkes", "analyst", "auditor", "citizen", None)
    for who in insiders:
        found = await desk.ask("query($id: ID!) { node(id: $id) { id } }", {"id": made["id"]}, who)
        assert found["node"] == {"id": made["id"]}, who
    for outsider in outsiders:
        found = await desk.ask("query($id: ID!) { node(id: $id) { id } }", {"id": made["id"]}, outsider)
        assert found["node"] is None, outsider
        listed = await desk.ask("{ vervalProposals { totalCount } }", who=outsider)
        assert listed["vervalProposals"] == {"totalCount": 0}, outsider


async def test_a_draft_is_put_forward_and_a_returned_one_begins_anew(desk: Desk) -> None:
    draft = await desk.proposed(draft=True)
    assert draft["status"] == "DRAFT"
    changes = [{"field": "DECEASED", "value": "true"}]
    forward = await desk.do("vervalRevise", {"id": draft["id"], "changes": changes}, "tksk", SHOWN)
    assert (forward["status"], forward["changes"]) == ("PROPOSED", [{"field": "DECEASED", "value": "true"}])
    await desk.do("vervalDeliberate", {"id": draft["id"], **MINUTES}, "village")
    back = await desk.do("vervalReturn", {"id": draft["id"], "reason": "Alamat keliru."}, "tksk", "status")
    assert back["status"] == "RETURNED"
    again = await desk.do("vervalRevise", {"id": draft["id"]}, "tksk", "status round deliberations { round }")
    assert (again["status"], again["round"] > again["deliberations"][0]["round"]) == ("PROPOSED", True)


async def test_a_stale_version_is_a_conflict(desk: Desk) -> None:
    made = await desk.proposed()
    told = {"id": made["id"], "expectedVersion": made["version"] + 1, **MINUTES}
    (error,) = (await desk.act("vervalDeliberate", told, "village"))["errors"]
    assert (error["code"], error["currentVersion"]) == ("CONFLICT", made["version"])


async def test_minutes_and_documents_are_of_days_that_were(desk: Desk) -> None:
    made = await desk.proposed()
    for wrong in ({"heldOn": "2999-01-01"}, {"attendance": 0}, {"place": " "}, {"minutesNumber": ""}):
        assert await desk.refused("vervalDeliberate", {"id": made["id"], **MINUTES, **wrong}, "village") == "INVALID"
    assert await desk.refused("vervalEndorse", {"id": made["id"], **DOCUMENT}, "head") == "ILLEGAL_TRANSITION"
    assert NIK not in str(await desk.ask("{ vervalProposals { nodes { person { name nik } note } } }"))
