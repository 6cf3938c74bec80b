"""What people outside the handling unit say of an outcome, and who a described person is."""

from typing import Any

import pytest
from sqlmodel import col, select

from integration.access.sealing import Sealer
from integration.access.tables import AccessLogRow
from integration.db.engine import Database
from integration.people.tables import PersonRow
from integration.reading import relay
from tests.procedure.conftest import Office
from tests.procedure.stage import Stage

FLAGS = "status citizenConfirmed verifiedOutcome"
NEWEST = "{ reports(first: 1) { nodes { id } } }"
SUBJECTS = """query($id: ID) { report(id: $id) { version subjects { id matchState person { id name }
  candidates { person { id } score } } } }"""


async def test_its_reporter_confirms_and_another_unit_checks(office: Office, stage: Stage) -> None:
    await stage.put("REPLY_SENT")
    on = {"id": await stage.id_of()}
    told = await office.do("outcomeConfirm", {**on, "note": "Sudah kami terima."}, "citizen", FLAGS)
    assert told == {"status": "REPLY_SENT", "citizenConfirmed": True, "verifiedOutcome": False}
    assert await office.refused("outcomeConfirm", on, "citizen") == "ILLEGAL_TRANSITION"
    await office.do("reportArchive", {**on, "outcome": "AID_GIVEN"})
    for handled in ("division", "member"):
        assert await office.refused("outcomeVerify", on, handled) == "FORBIDDEN"
    # Who stated the outcome does not check it.
    assert await office.refused("outcomeVerify", on, "admin") == "FORBIDDEN"
    told = await office.do("outcomeVerify", on, "secretary", FLAGS)
    assert told == {"status": "ARCHIVED", "citizenConfirmed": True, "verifiedOutcome": True}
    assert await office.refused("outcomeVerify", on, "lead") == "ILLEGAL_TRANSITION"


async def test_what_was_said_of_an_outcome_ends_with_it(office: Office, stage: Stage) -> None:
    await stage.put("ARCHIVED")
    on = {"id": await stage.id_of()}
    await office.do("outcomeConfirm", on, "citizen")
    await office.do("outcomeVerify", on, "lead")
    reopened = await office.do("reportReopen", {**on, "reason": "Kambuh."}, "citizen", f"{FLAGS} outcome")
    assert reopened == {
        "status": "DISPOSITIONED", "citizenConfirmed": False, "verifiedOutcome": False, "outcome": None,
    }  # fmt: skip


async def decide(office: Office, act: str, told: dict[str, Any], who: str = "admin") -> Any:
    query = f"""mutation($input: SubjectConfirmMatchInput!) {{ {act}(input: $input) {{
      report {{ version }} errors {{ code field currentVersion }} }} }}"""
    return (await office.ask(query, {"input": told}, who))[act]


async def codes(office: Office, act: str, told: dict[str, Any], who: str = "admin") -> list[str]:
    return [error["code"] for error in (await decide(office, act, told, who))["errors"]]


async def described(office: Office, report: str) -> dict[str, Any]:
    """The one subject of a report."""
    (subject,) = (await office.ask(SUBJECTS, {"id": report}))["report"]["subjects"]
    assert isinstance(subject, dict)
    return subject


async def test_an_officer_confirms_who_was_suggested(office: Office, stage: Stage) -> None:
    report = await stage.id_of()
    subject = await described(office, report)
    assert subject["matchState"] == "SUGGESTED"
    told = {"subject": subject["id"], "person": subject["person"]["id"], "idempotencyKey": "dia"}
    first = await decide(office, "subjectConfirmMatch", told)
    assert first["errors"] == []
    after = await stage.trace()
    assert await decide(office, "subjectConfirmMatch", told) == first
    assert await stage.trace() == after
    confirmed = await described(office, report)
    assert (confirmed["matchState"], confirmed["person"]) == ("CONFIRMED", subject["person"])
    other = {"subject": subject["id"], "person": subject["person"]["id"]}
    assert await codes(office, "subjectConfirmMatch", other) == ["ILLEGAL_TRANSITION"]
    timeline = "query($id: ID) { report(id: $id) { timeline(first: 99) { nodes { act sopStep } } } }"
    last = (await office.ask(timeline, {"id": report}))["report"]["timeline"]["nodes"][-1]
    assert last == {"act": "subjectConfirmMatch", "sopStep": 2}


async def test_whom_an_officer_ruled_out_is_not_suggested_again(
    office: Office, database: Database, sealer: Sealer
) -> None:
    nik = await some_nik(database, sealer)
    await office.whatsapp(f"Min tolong cek NIK {nik} belum dapat bantuan", "wamid.RULED1")
    report = (await office.ask(NEWEST))["reports"]["nodes"][0]["id"]
    subject = await described(office, report)
    assert subject["matchState"] == "SUGGESTED"
    told = {"subject": subject["id"], "person": subject["person"]["id"], "note": "Nama tidak cocok."}
    assert await codes(office, "subjectRejectMatch", told) == []
    # Told once more, it would otherwise be found once more.
    await office.whatsapp(f"NIK nya {nik} ya min", "wamid.RULED2", at=1_767_578_460)
    again = await described(office, report)
    assert (again["matchState"], again["person"], again["candidates"]) == ("UNMATCHED", None, [])
    assert await codes(office, "subjectRejectMatch", told) == ["INVALID"]
    # An officer may still change their mind.
    assert await codes(office, "subjectConfirmMatch", told) == []
    assert (await described(office, report))["matchState"] == "CONFIRMED"
    assert await codes(office, "subjectRejectMatch", told) == []
    assert (await described(office, report))["matchState"] == "UNMATCHED"


async def test_whom_the_registry_learns_of_later_is_suggested_then(
    office: Office, database: Database, sealer: Sealer
) -> None:
    nik = "6402064107809001"
    await office.whatsapp(f"Min tolong cek NIK {nik} belum dapat bantuan", "wamid.LATER1")
    report = (await office.ask(NEWEST))["reports"]["nodes"][0]["id"]
    assert (await described(office, report))["matchState"] == "UNMATCHED"
    async with database.write() as session:
        person = (await session.exec(select(PersonRow).limit(1))).one()
        person.nik_index, person.nik_sealed = sealer.index("nik", nik), sealer.seal("nik", nik)
        session.add(person)
    await office.whatsapp(f"NIK nya {nik} ya min", "wamid.LATER2", at=1_767_578_460)
    later = await described(office, report)
    assert (later["matchState"], later["person"]["id"]) == ("SUGGESTED", relay.encode("Person", person.id))


async def test_of_several_the_one_that_is_left_is_suggested(office: Office, stage: Stage) -> None:
    report = await stage.id_of("SIM-2024-000011")
    subject = await described(office, report)
    assert (subject["matchState"], len(subject["candidates"])) == ("AMBIGUOUS", 2)
    first, second = (candidate["person"]["id"] for candidate in subject["candidates"])
    assert await codes(office, "subjectRejectMatch", {"subject": subject["id"], "person": first}) == []
    left = await described(office, report)
    assert (left["matchState"], left["person"]["id"]) == ("SUGGESTED", second)
    assert [candidate["person"]["id"] for candidate in left["candidates"]] == [second]


async def test_ruling_another_out_leaves_a_confirmed_one(office: Office, stage: Stage) -> None:
    report = await stage.id_of("SIM-2024-000011")
    subject = await described(office, report)
    first, second = (candidate["person"]["id"] for candidate in subject["candidates"])
    assert await codes(office, "subjectConfirmMatch", {"subject": subject["id"], "person": first}) == []
    assert await codes(office, "subjectRejectMatch", {"subject": subject["id"], "person": second}) == []
    left = await described(office, report)
    assert (left["matchState"], left["person"]["id"]) == ("CONFIRMED", first)


async def test_a_stale_version_decides_nothing(office: Office, stage: Stage) -> None:
    report = await stage.id_of()
    subject = await described(office, report)
    version = (await office.ask(SUBJECTS, {"id": report}))["report"]["version"]
    told = {"subject": subject["id"], "person": subject["person"]["id"], "expectedVersion": version - 1}
    before = await stage.trace()
    for act in ("subjectConfirmMatch", "subjectRejectMatch"):
        (error,) = (await decide(office, act, told))["errors"]
        assert (error["code"], error["currentVersion"]) == ("CONFLICT", version)
    assert await stage.trace() == before


@pytest.mark.parametrize("act", ["subjectConfirmMatch", "subjectRejectMatch"])
async def test_only_the_desk_and_its_leads_decide_who_it_is(office: Office, stage: Stage, act: str) -> None:
    subject = await described(office, await stage.id_of())
    told = {"subject": subject["id"], "person": subject["person"]["id"]}
    before = await stage.trace()
    seen = dict.fromkeys(("head", "division", "member", "tksk", "citizen"), "FORBIDDEN")
    hidden = dict.fromkeys(("member-pfm", "verifier", "opd-dinkes", "analyst", "auditor"), "NOT_FOUND")
    for who, code in (seen | hidden).items():
        assert await codes(office, act, told, who) == [code], who
    assert await stage.trace() == before
    swapped = {"subject": told["person"], "person": told["subject"]}
    assert await codes(office, act, swapped) == ["INVALID"]


async def test_whose_person_is_shown_with_the_answer_is_on_record(
    office: Office, stage: Stage, database: Database
) -> None:
    subject = await described(office, await stage.id_of())
    told = {"subject": subject["id"], "person": subject["person"]["id"]}
    query = """mutation Pastikan($input: SubjectConfirmMatchInput!) { subjectConfirmMatch(input: $input) {
      report { subjects { person { name } } } } }"""
    await office.ask(query, {"input": told})
    async with database.write() as session:
        entry = (await session.exec(select(AccessLogRow).order_by(col(AccessLogRow.id).desc()))).first()
    assert entry is not None and (entry.operation, entry.people_count) == ("Pastikan", 1)


async def some_nik(database: Database, sealer: Sealer) -> str:
    """A NIK that one person of the registry has."""
    async with database.write() as session:
        people = (await session.exec(select(PersonRow).order_by(col(PersonRow.id)))).all()
    sealed = {sealer.open("nik", person.nik_sealed) for person in people if person.nik_sealed is not None}
    counts = [person.nik_index for person in people]
    return next(nik for nik in sorted(sealed) if counts.count(sealer.index("nik", nik)) == 1)
