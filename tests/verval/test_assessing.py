"""The visit: photographs over HTTP, then the form, by the version that held on the day."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from integration.access.tables import AccessLogRow
from integration.db.engine import Database
from integration.refusal import Refusal
from integration.verval import forms
from integration.verval.tables import AnswerRow, AttachmentContentRow
from tests.verval.conftest import MINUTES, Desk
from tests.verval.pictures import SECRET, jpeg, png

ANSWERS = {
    "lives_here": "true", "members": "3", "house_ownership": "RENT", "floor_area": "21", "floor": "WOOD",
    "wall": "WOOD", "roof": "ZINC", "water": "RIVER", "toilet": "SHARED", "light": "PLN_450", "fuel": "GAS_3KG",
    "income": "900000", "work": "Buruh tani", "disability_or_illness": "true",
}  # fmt: skip
SHOWN = """id status attachments { id mediaType size sha256 }
    assessments { form formVersion latitude longitude photos recommendation answers { question value } }"""


def visit(proposal: str, **changed: Any) -> dict[str, Any]:
    answers = ANSWERS | changed.pop("answers", {})
    return {
        "id": proposal, "form": "HOUSEHOLD", "formVersion": 1, "latitude": -0.41234, "longitude": 116.98765,
        "recommendation": "SUPPORT", "visitedOn": "2026-11-05",
        "answers": [{"question": code, "value": value} for code, value in answers.items() if value is not None],
    } | changed  # fmt: skip


async def deliberated(desk: Desk) -> str:
    made = await desk.proposed()
    await desk.do("vervalDeliberate", {"id": made["id"], **MINUTES}, "village")
    return str(made["id"])


async def photographed(desk: Desk, proposal: str, count: int = 7) -> list[str]:
    sent = [
        await desk.http.put(f"/attachments/{proposal}", content=jpeg(number), headers=desk.headers("tksk"))
        for number in range(count)
    ]
    assert [answer.status_code for answer in sent] == [201] * count
    return [str(answer.json()["id"]) for answer in sent]


async def test_a_visit_with_seven_photographs(desk: Desk, database: Database) -> None:
    proposal = await deliberated(desk)
    ids = await photographed(desk, proposal, 6)
    assert await desk.refused("vervalAssess", visit(proposal), "tksk") == "INVALID"
    again = await desk.http.put(f"/attachments/{proposal}", content=jpeg(0), headers=desk.headers("tksk"))
    assert again.json()["id"] == ids[0]
    last = await desk.http.put(f"/attachments/{proposal}", content=png(), headers=desk.headers("tksk"))
    done = await desk.do("vervalAssess", visit(proposal), "tksk", SHOWN)
    assert done["status"] == "FIELD_VERIFIED"
    assert [one["id"] for one in done["attachments"]] == [*ids, last.json()["id"]]
    (made,) = done["assessments"]
    assert (made["photos"], made["latitude"], made["longitude"]) == (7, "-0.412340", "116.987650")
    assert {one["question"]: one["value"] for one in made["answers"]} == ANSWERS
    async with database.write() as session:
        kept = [row.content_sealed for row in await session.exec(select(AttachmentContentRow))]
        told = [row.value_sealed for row in await session.exec(select(AnswerRow))]
    assert not any(SECRET in one or b"JFIF" in one or b"IHDR" in one for one in kept)
    assert not any(b"Buruh" in one for one in told)


async def test_photographs_are_for_those_who_see_the_proposal_and_each_showing_is_entered(
    desk: Desk, database: Database
) -> None:
    proposal = await deliberated(desk)
    (photo,) = await photographed(desk, proposal, 1)
    seen = await desk.http.get(f"/attachments/{photo}", headers=desk.headers("verifier"))
    assert (seen.status_code, seen.headers["content-type"]) == (200, "image/jpeg")
    assert SECRET not in seen.content and seen.content.startswith(b"\xff\xd8")
    async with database.write() as session:
        entries = select(AccessLogRow).where(AccessLogRow.operation == "attachment")
        (entry,) = (await session.exec(entries)).all()
    assert (entry.actor, entry.purpose, entry.people_count) == ("demo-verifier", "VERIFICATION", 1)
    for who in ("division-rehsos", "analyst", "citizen", "opd-dinkes"):
        assert (await desk.http.get(f"/attachments/{photo}", headers=desk.headers(who))).status_code == 404
    assert (await desk.http.get(f"/attachments/{photo}")).status_code == 401
    without = await desk.http.get(f"/attachments/{photo}", headers=desk.headers("verifier", None))
    assert without.json()["error"]["code"] == "PURPOSE_REQUIRED"
    assert (await desk.http.get("/attachments/junk", headers=desk.headers("verifier"))).status_code == 404


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\xff\xd8\xff\xd9", jpeg()[:200], b"GIF89a"])
async def test_only_whole_pictures_are_kept(desk: Desk, content: bytes) -> None:
    proposal = await deliberated(desk)
    sent = await desk.http.put(f"/attachments/{proposal}", content=content, headers=desk.headers("tksk"))
    assert (sent.status_code, sent.json()["error"]["code"]) == (400, "INVALID")


async def test_who_cannot_assess_cannot_send_photographs(desk: Desk) -> None:
    made = await desk.proposed()
    for who, status in (("tksk", 409), ("village", 403), ("analyst", 404), ("head", 403)):
        sent = await desk.http.put(f"/attachments/{made['id']}", content=jpeg(), headers=desk.headers(who))
        assert sent.status_code == status, who
    large = await desk.http.put(f"/attachments/{made['id']}", content=b"x" * 8_000_001, headers=desk.headers("tksk"))
    assert large.status_code == 413


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"answers": {"members": "0"}}, ["answers", "members"]),
        ({"answers": {"members": "\u0663"}}, ["answers", "members"]),
        ({"answers": {"floor": "GOLD"}}, ["answers", "floor"]),
        ({"answers": {"lives_here": "ya"}}, ["answers", "lives_here"]),
        ({"answers": {"work": None}}, ["answers", "work"]),
        ({"answers": {"favourite": "1"}}, ["answers"]),
        ({"latitude": 52.5}, ["latitude"]),
        ({"visitedOn": "2999-01-01"}, ["visitedOn"]),
        ({"visitedOn": "2020-01-01"}, ["form"]),
        ({"form": "OTHER"}, ["form"]),
        ({"formVersion": 2}, ["formVersion"]),
    ],
)
async def test_what_the_form_does_not_take_is_refused(desk: Desk, changed: dict[str, Any], field: list[str]) -> None:
    proposal = await deliberated(desk)
    (error,) = (await desk.act("vervalAssess", visit(proposal, **changed), "tksk"))["errors"]
    assert (error["code"], error["field"]) == ("INVALID", field)


async def test_the_forms_can_be_asked_for(desk: Desk) -> None:
    (form,) = (await desk.http.get("/assessment-forms")).json()
    assert (form["code"], form["version"], form["photos"], len(form["questions"])) == ("HOUSEHOLD", 1, 7, 15)


def test_a_visit_goes_by_the_version_of_its_day() -> None:
    (first,) = forms.forms()
    second = replace(first, version=2, valid_from=date(2026, 7, 1))
    known = (first, second)
    assert forms.for_visit(known, "HOUSEHOLD", 1, date(2026, 6, 30)) is first
    assert forms.for_visit(known, "HOUSEHOLD", 2, date(2026, 7, 1)) is second
    for version, day in ((1, date(2026, 7, 1)), (2, date(2026, 6, 30)), (3, date(2026, 8, 1))):
        with pytest.raises(Refusal):
            forms.for_visit(known, "HOUSEHOLD", version, day)
