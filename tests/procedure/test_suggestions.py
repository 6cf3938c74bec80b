"""What a message tells is shown with the words that tell it, and decides nothing until an officer does."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from integration.access.masks import mask_text, shown_at
from tests.procedure.conftest import Office

NIK = "6402064108499000"
TEXT = (
    f"Mohon bantuan sembako untuk Ibu Salasiah, NIK {NIK[:6]} {NIK[6:12]} {NIK[12:]}, "
    "umur 76 tahun di kelurahan Panji, Tenggarong."
)
SHOW = """query($n: String!) { report(number: $n) { category region { code } description messages { nodes { id text } }
  suggestions { id field value region { code } start end confidence message { id text } } } }"""
NEWEST = "{ reports(first: 1) { nodes { number } } }"


async def newest(office: Office, who: str = "admin") -> Any:
    number = (await office.ask(NEWEST))["reports"]["nodes"][0]["number"]
    return (await office.ask(SHOW, {"n": number}, who))["report"]


def stretch(suggestion: Any, text: str) -> str:
    return text[suggestion["start"] : suggestion["end"]]


async def test_each_thing_told_is_shown_with_its_words(office: Office) -> None:
    await office.whatsapp(TEXT, "wamid.SARAN1")
    report = await newest(office)
    told = {one["field"]: one for one in report["suggestions"]}
    assert {name: one["value"] for name, one in told.items()} == {
        "NAME": "Salasiah",
        "NIK": "6402********9000",
        "AGE": "76",
        "VILLAGE": "64.02.06.1006",
        "DISTRICT": "64.02.06",
        "CATEGORY": "AID_REQUEST",
    }
    (message,) = [one for one in report["messages"]["nodes"] if "Salasiah" in (one["text"] or "")]
    assert {one["message"]["id"] for one in told.values()} == {message["id"]}
    words = {name: stretch(one, message["text"]) for name, one in told.items()}
    assert words | {"CATEGORY": None} == {
        "NAME": "Salasiah",
        "NIK": "6402********9000",
        "AGE": "76",
        "VILLAGE": "Panji",
        "DISTRICT": "Tenggarong",
        "CATEGORY": None,
    }
    assert "bantuan" in words["CATEGORY"].lower()
    assert {name: one["region"] for name, one in told.items() if one["region"]} == {
        "VILLAGE": {"code": "64.02.06.1006"},
        "DISTRICT": {"code": "64.02.06"},
    }
    assert all(0 < one["confidence"] <= 1 for one in told.values())
    assert report["category"] is None


async def test_a_further_message_has_suggestions_of_its_own(office: Office) -> None:
    await office.whatsapp("Ada warga perlu bantuan sembako di desa Jonggon.", "wamid.SARAN2")
    await office.whatsapp("Namanya Pak Rahman Hakim, umurnya 61 tahun.", "wamid.SARAN3", at=1_767_578_460)
    report = await newest(office)
    by_text: dict[str, set[str]] = {}
    for one in report["suggestions"]:
        by_text.setdefault(one["message"]["text"], set()).add(one["field"])
    assert {"NAME", "AGE"} <= by_text["Namanya Pak Rahman Hakim, umurnya 61 tahun."]
    assert "CATEGORY" in by_text["Ada warga perlu bantuan sembako di desa Jonggon."]


async def test_a_form_is_read_too_and_points_at_its_description(office: Office) -> None:
    query = """mutation($input: ReportSubmitInput!) { reportSubmit(input: $input) {
      receipt { number } errors { code } } }"""
    told = {"channel": "WALK_IN", "description": f"  Kartu BPJS milik Nur'aini {NIK} tidak aktif. "}
    answer = (await office.ask(query, {"input": told}))["reportSubmit"]
    assert answer["errors"] == []
    await office.app.state.worker.run_pending()
    report = (await office.ask(SHOW, {"n": answer["receipt"]["number"]}))["report"]
    assert {one["message"] and one["message"]["text"] for one in report["suggestions"]} == {None}
    told_of = {one["field"]: stretch(one, report["description"]) for one in report["suggestions"]}
    assert told_of["NIK"] == "6402********9000"
    assert "BPJS" in told_of["CATEGORY"]


async def test_who_may_not_read_the_report_reads_no_suggestion(office: Office) -> None:
    await office.whatsapp(TEXT, "wamid.SARAN4")
    number = (await office.ask(NEWEST))["reports"]["nodes"][0]["number"]
    for who in ("analyst", "auditor", "opd-dinkes"):
        assert (await office.ask("query($n: String!) { report(number: $n) { id } }", {"n": number}, who))[
            "report"
        ] is None


@given(st.text(alphabet="0123456789 .-a", max_size=60), st.integers(0, 60))
def test_a_place_of_a_text_is_found_in_the_masked_text(text: str, place: int) -> None:
    """What stands before a place that is within no number is shown before it."""
    at = min(place, len(text))
    assert 0 <= shown_at(text, at) <= len(mask_text(text))
    assert shown_at(text, len(text)) == len(mask_text(text))
    around = f"{text}|"
    assert mask_text(around)[shown_at(around, len(text))] == "|"
