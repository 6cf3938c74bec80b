"""What the procedure does with routing: suggestions for the lead, emergencies at once, and a reason everywhere."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from integration.codes import Priority
from integration.db.base import now
from tests.procedure.conftest import Office
from tests.procedure.stage import Stage
from tests.procedure.test_assignments import answer, held
from tests.procedure.test_branches import submitted
from tests.procedure.test_nine_steps import NEWEST

TENGGARONG = "64.02.06.1006"
WHO = "priority status assignments { id role state reason instruction staff { id name } unit { code } }"
REPORT = f"query($id: ID) {{ report(id: $id) {{ {WHO} receivedAt dueAt slaState }} }}"


async def forwarded(office: Office, region: str = TENGGARONG, category: str = "AID_NOT_RECEIVED") -> Any:
    """A report at the lead's, with whom it shows."""
    on = await submitted(office, None)
    await office.do("reportVerify", on)
    await office.do("reportClassify", {**on, "category": category, "region": region})
    await office.do("reportAcknowledge", on)
    return {**await office.do("reportForward", on, show=WHO), **on}


async def report_of(office: Office, on: Any) -> Any:
    return (await office.ask(REPORT, {"id": on["id"]}))["report"]


def of(report: Any, role: str) -> Any:
    (one,) = [one for one in report["assignments"] if one["role"] == role and one["state"] != "RETURNED"]
    return one


async def test_the_lead_finds_a_suggestion_with_its_reason_and_is_said_to_have_followed_it(office: Office) -> None:
    report = await forwarded(office)
    member, tksk = of(report, "TEAM_MEMBER"), of(report, "TKSK")
    assert (member["state"], tksk["state"]) == ("SUGGESTED", "SUGGESTED")
    assert member["reason"].startswith("Bidang Perlindungan dan Jaminan Sosial menangani ")
    assert tksk["reason"].startswith("TKSK Kecamatan Tenggarong: bertugas, beban ")
    given = {"id": report["id"], "staff": [member["staff"]["id"]], "instruction": "Mohon dicek."}
    after = await office.do("reportDispose", given, "lead", WHO)
    assert of(after, "TEAM_MEMBER")["state"] == "ASSIGNED"
    assert of(after, "TEAM_MEMBER")["reason"] == f"Sesuai saran: {member['reason']}"
    # Who should look first is still suggested; drafting the reply ends that.
    assert (of(after, "TKSK")["state"], of(after, "TKSK")["staff"]) == ("SUGGESTED", tksk["staff"])


async def test_another_choice_is_explained_and_a_vacant_kecamatan_says_so(office: Office) -> None:
    report = await forwarded(office, region="64.02.12")
    assert of(report, "TKSK")["reason"].startswith("PENGGANTI dari kecamatan tetangga: Kecamatan Tabang tidak")
    other = await office.staff("member-pfm")
    given = {"id": report["id"], "staff": [other], "instruction": "Mohon dicek."}
    after = await office.do("reportDispose", given, "lead", WHO)
    chosen = of(after, "TEAM_MEMBER")
    assert chosen["staff"]["id"] == other
    assert chosen["reason"].startswith("Dipilih oleh pemberi disposisi; ")
    assert of(after, "TKSK")["reason"].startswith("PENGGANTI dari kecamatan tetangga: ")


async def test_suggestions_follow_a_new_classification_and_end_with_the_report(office: Office) -> None:
    report = await forwarded(office)
    on = {"id": report["id"]}
    changed = await office.do("reportClassify", {**on, "category": "WRONG_DATA"}, "lead", WHO)
    assert of(changed, "TEAM_MEMBER")["unit"] != of(report, "TEAM_MEMBER")["unit"]
    withdrawn = await office.do("reportWithdraw", on, show=WHO)
    assert withdrawn["assignments"] == []


@pytest.mark.parametrize("state", ["UNDER_VERIFICATION", "ACKNOWLEDGED", "FORWARDED"])
async def test_classified_as_an_emergency_it_has_its_people_at_once(office: Office, stage: Stage, state: str) -> None:
    await stage.put(state)
    on = {"id": await stage.id_of()}
    report = await office.do("reportClassify", {**on, "ppksTypes": ["PPKS-06"]}, show=WHO)
    assert report["priority"] == "EMERGENCY"
    assert {(one["role"], one["state"]) for one in report["assignments"]} == {
        ("TKSK", "ASSIGNED"), ("TEAM_MEMBER", "ASSIGNED"),
    }  # fmt: skip
    assert all(one["reason"] for one in report["assignments"])
    # Whoever says how urgent it is has decided; nothing is raised over their head.
    await stage.put(state)
    report = await office.do("reportClassify", {**on, "ppksTypes": ["PPKS-06"], "priority": "HIGH"}, show=WHO)
    assert report["priority"] == "HIGH"


@pytest.mark.parametrize(
    ("text", "priority"),
    [
        ("Min, tetangga saya di Loa Kulu SERING DIPUKUL, suaminya mabuk", "EMERGENCY"),
        ("rumah nenek Galuh di desa Rempanga roboh? bukan, rumah roboh kena puting-beliung", "EMERGENCY"),
        ("ada bayi dibuang di depan masjid, Rempanga", "EMERGENCY"),
        ("mau tanya bantuan nenek Galuh di Rempanga", "NORMAL"),
        ("kaki nenek terpukul pintu, minta kursi roda", "NORMAL"),
    ],
)
async def test_a_danger_named_in_the_words_of_a_message_jumps_the_queue(
    office: Office, text: str, priority: str
) -> None:
    await office.whatsapp(text, "wamid.DANGER")
    report = await report_of(office, (await office.ask(NEWEST))["reports"]["nodes"][0])
    assert report["priority"] == priority
    roles = [one["role"] for one in report["assignments"]]
    assert ("TEAM_MEMBER" in roles) is (priority == "EMERGENCY")


async def test_what_an_officer_lowered_stays_low_until_a_new_message_says_otherwise(office: Office) -> None:
    at = int(now().timestamp())
    await office.whatsapp("bantuan banjir tahun lalu belum cair, Rempanga", "wamid.LOW1", at=at)
    on = {"id": (await office.ask(NEWEST))["reports"]["nodes"][0]["id"]}
    assert (await report_of(office, on))["priority"] == "EMERGENCY"
    await office.do("reportVerify", on)
    await office.do("reportClassify", {**on, "category": "AID_NOT_RECEIVED", "priority": "NORMAL"})
    await office.whatsapp("RT 4 pak", "wamid.LOW2", at=at + 1)
    assert (await report_of(office, on))["priority"] == "NORMAL"
    await office.whatsapp("sekarang rumahnya kebanjiran lagi", "wamid.LOW3", at=at + 2)
    assert (await report_of(office, on))["priority"] == "EMERGENCY"


async def test_an_emergency_given_back_goes_to_the_next_and_not_to_the_same_again(office: Office, stage: Stage) -> None:
    await stage.put("FORWARDED", priority=Priority.EMERGENCY)
    on = {"id": await stage.id_of()}
    first = of(await office.do("reportClassify", {**on, "category": "AID_NOT_RECEIVED"}, show=WHO), "TKSK")
    assert first["staff"]["id"] == await office.staff("tksk")
    given = {"id": await held(office, on["id"], first["staff"]["name"]), "note": "Sedang di luar daerah."}
    assert (await answer(office, "assignmentReturn", given, "tksk"))["errors"] == []
    after = of(await report_of(office, on), "TKSK")
    assert (after["state"], after["staff"]["id"] == first["staff"]["id"]) == ("ASSIGNED", False)
    assert after["reason"].startswith("PENGGANTI dari kecamatan tetangga: ")


async def test_a_message_that_was_long_under_way_is_not_late_when_it_reaches_us(office: Office) -> None:
    sent = now() - timedelta(days=30)
    await office.whatsapp("mau lapor bantuan belum cair", "wamid.LATE", at=int(sent.timestamp()))
    report = await report_of(office, (await office.ask(NEWEST))["reports"]["nodes"][0])
    assert datetime.fromisoformat(report["receivedAt"]) == sent.replace(microsecond=0)
    assert report["slaState"] == "ON_TRACK"
    assert datetime.fromisoformat(report["dueAt"]) > now()
