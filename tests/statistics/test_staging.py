"""Bringing a printed table in: what is found in it, who may, what is published when, and what is refused."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from integration.db.engine import Database
from integration.events.tables import EventRow
from tests.procedure.conftest import Office
from tests.statistics.test_series import one, values

TABLES = Path(__file__).parents[2] / "integration" / "data" / "statistics"
DISABILITY = (TABLES / "disability_2024.tsv").read_text(encoding="utf-8")
SHOWN = """table { id version seriesCode state rows errors warnings note decidedAt
  findings { rule severity row column expected printed difference message } }
  errors { code field message currentVersion }"""
TABLE = {
    "seriesCode": "elderly", "title": "Lansia telantar menurut kecamatan", "unit": "orang",
    "definition": "Lansia telantar yang tercatat", "source": "Laporan kecamatan, tabel 2",
    "collectedBy": "Dinas Sosial", "method": "Rekapitulasi kecamatan", "periodFrom": "2025-01-01",
    "periodTo": "2025-12-31", "content": "Kecamatan;A;B;Jumlah\nAnggana;10;20;30\nSebulu;3;40;43\nJumlah;13;60;73\n",
}  # fmt: skip


async def act(office: Office, name: str, told: dict[str, Any], who: str | None = "analyst") -> dict[str, Any]:
    kind = f"{name[0].upper()}{name[1:]}Input"
    query = f"mutation($input: {kind}!) {{ {name}(input: $input) {{ {SHOWN} }} }}"
    payload: dict[str, Any] = (await office.ask(query, {"input": told}, who))[name]
    return payload


async def staged(office: Office, who: str = "analyst", **told: Any) -> dict[str, Any]:
    payload = await act(office, "statisticTableStage", {**TABLE, **told}, who)
    assert payload["errors"] == [], payload
    table: dict[str, Any] = payload["table"]
    return table


async def refused(
    office: Office, name: str, told: dict[str, Any], who: str | None = "analyst"
) -> tuple[str, list[str]]:
    payload = await act(office, name, told, who)
    [error] = payload["errors"]
    return error["code"], error["field"]


async def listed(office: Office, who: str | None) -> list[str]:
    found = await office.ask("{ printedTables(first: 100) { nodes { id } } }", who=who)
    return [one["id"] for one in found["printedTables"]["nodes"]]


async def test_the_table_of_disabilities_is_staged_with_all_that_is_wrong_in_it(office: Office) -> None:
    claims = [{"kind": "kelurahan", "count": 53}, {"kind": "desa", "count": 193, "within": "64.02"}]
    table = await staged(office, seriesCode="disability_again", content=DISABILITY, tolerance="0", claims=claims)
    rules = Counter(finding["rule"] for finding in table["findings"])
    assert rules == {
        "MISSING_REGION": 2, "ROW_TOTAL": 15, "COLUMN_TOTAL": 2, "CELLS_TOTAL": 1, "COLUMN_TOTALS_TOTAL": 1,
        "LOST_COLUMN": 1, "HEADER_SHIFT": 1, "COUNT_AGAINST_CODES": 1, "UNCLEAR_EMPTY": 1, "REGION_SPELLING": 1,
    }  # fmt: skip
    assert (table["state"], table["rows"], table["errors"], table["warnings"]) == ("STAGED", 18, 24, 0)
    told = {finding["rule"]: finding for finding in table["findings"]}
    assert (told["CELLS_TOTAL"]["expected"], told["CELLS_TOTAL"]["printed"]) == ("1271", "1385")
    assert told["CELLS_TOTAL"]["difference"] == "114" and told["LOST_COLUMN"]["message"].startswith(
        "Mungkin satu kolom"
    )
    assert told["COUNT_AGAINST_CODES"]["message"] == "Teks menyebut 53 kelurahan, daftar kode resmi memuat 44."


async def test_the_other_tables_are_clean_or_within_rounding(office: Office) -> None:
    staff = (TABLES / "staff_2024.tsv").read_text(encoding="utf-8")
    assert (await staged(office, seriesCode="staff_again", content=staff))["findings"] == []
    poor = (TABLES / "poor_people_2021_2023.tsv").read_text(encoding="utf-8")
    told: dict[str, Any] = {
        "seriesCode": "poor_again",
        "content": poor,
        "columns": "YEARS",
        "unit": "ribu jiwa",
        "aboutPeople": False,
    }
    rounded = await staged(office, **told)
    assert [one["rule"] for one in rounded["findings"]] == ["ROUNDING", "ROUNDING"] and rounded["errors"] == 0
    strict = await staged(office, **{**told, "seriesCode": "poor_strict"}, tolerance="0.02")
    assert [(one["rule"], one["column"]) for one in strict["findings"]] == [
        ("ROUNDING", "2021"), ("COLUMN_TOTAL", "2022")
    ]  # fmt: skip


async def test_nothing_is_published_before_somebody_accepts_it(office: Office, database: Database) -> None:
    table = await staged(office)
    assert table["id"] in await listed(office, "analyst") and table["id"] not in await listed(office, None)
    assert table["id"] not in await listed(office, "tksk")
    codes = await office.ask("{ statisticSeries(first: 100) { nodes { code } } }", who=None)
    assert "elderly" not in {one["code"] for one in codes["statisticSeries"]["nodes"]}
    # Eighteen kecamatan are not in it: with doubts it takes a reason.
    assert await refused(office, "statisticTableAccept", {"id": table["id"]}) == ("INVALID", ["note"])
    told = {"id": table["id"], "note": "Kecamatan lain belum melapor.", "expectedVersion": 1}
    accepted = await act(office, "statisticTableAccept", told, "secretary")
    assert accepted["errors"] == [] and (accepted["table"]["state"], accepted["table"]["version"]) == ("ACCEPTED", 2)
    assert accepted["table"]["note"] == told["note"] and accepted["table"]["findings"] == table["findings"]
    assert table["id"] in await listed(office, None)
    found = await values(office, "elderly", "admin")
    assert one(found, region="64.02.07", category="A")["value"] == "3"
    assert one(found, region="64.02.06", category=None)["unknownReason"] == "NOT_REPORTED"
    # The one small count, and as much as protects it; the totals stand.
    outside = await values(office, "elderly")
    assert one(outside, region="64.02.07", category="A")["state"] == "SUPPRESSED"
    assert one(outside, region="64.02", category=None)["value"] == "73"
    assert await refused(office, "statisticTableAccept", {"id": table["id"], "note": "x"}) == (
        "ILLEGAL_TRANSITION", ["id"],
    )  # fmt: skip
    async with database.write() as session:
        acts = [row.act for row in await session.exec(select(EventRow).where(EventRow.noun == "PrintedTable"))]
    assert sorted(acts) == ["statisticTableAccept", "statisticTableStage"]


async def test_a_newer_table_replaces_what_it_tells_and_nothing_else(office: Office) -> None:
    first = await staged(office, aboutPeople=False)
    told: dict[str, Any] = {**TABLE, "content": "Kecamatan;A;B\nAnggana;11;-\n", "aboutPeople": False}
    for number, table in enumerate([first, await staged(office, **told)]):
        note = {"id": table["id"], "note": f"Pemutakhiran {number}"}
        assert (await act(office, "statisticTableAccept", note))["errors"] == []
    found = await values(office, "elderly")
    assert one(found, region="64.02.04", category="A")["value"] == "11"
    assert one(found, region="64.02.04", category="B")["unknownReason"] == "UNCLEAR_EMPTY"
    assert one(found, region="64.02", category=None)["value"] == "73"


async def test_figures_that_are_computed_follow_an_accepted_table(office: Office) -> None:
    poor = "Kabupaten/Kota;2024\nKutai Kartanegara;50,00\nKalimantan Timur;200,00\n"
    about: dict[str, Any] = {"seriesCode": "poor_people", "columns": "YEARS", "unit": "ribu jiwa", "aboutPeople": False}
    table = await staged(office, **about, content=poor, periodFrom="2024-01-01", periodTo="2024-12-31")
    await act(office, "statisticTableAccept", {"id": table["id"], "note": "Sementara, tanpa kabupaten lain."})
    share = one(await values(office, "poor_people_share"), region="64.02", year="2024")
    assert (share["value"], share["working"]) == ("25.0", "100 * 50.00 / 200.00")
    change = one(await values(office, "poor_people_change"), region="64.02", year="2024")
    assert change["working"] == "100 * (50.00 / 60.86 - 1)" and change["value"] == "-17.8"


async def test_a_table_can_be_put_aside_once(office: Office) -> None:
    table = await staged(office)
    assert await refused(office, "statisticTableDiscard", {"id": table["id"], "note": " "}) == ("INVALID", ["note"])
    stale = {"id": table["id"], "note": "Salah berkas.", "expectedVersion": 7}
    assert await refused(office, "statisticTableDiscard", stale) == ("CONFLICT", ["expectedVersion"])
    done = await act(office, "statisticTableDiscard", {**stale, "expectedVersion": 1})
    assert done["table"]["state"] == "DISCARDED"
    assert await refused(office, "statisticTableDiscard", {**stale, "expectedVersion": 2}) == (
        "ILLEGAL_TRANSITION", ["id"],
    )  # fmt: skip
    # What was put aside may be brought again.
    assert (await staged(office))["id"] != table["id"]


async def test_a_repetition_stages_nothing_twice(office: Office) -> None:
    told = {**TABLE, "idempotencyKey": "tabel-1"}
    first = await act(office, "statisticTableStage", told)
    assert (await act(office, "statisticTableStage", told))["table"]["id"] == first["table"]["id"]
    assert await refused(office, "statisticTableStage", TABLE) == ("DUPLICATE", ["content"])
    other = {**told, "title": "Lain"}
    assert await refused(office, "statisticTableStage", other) == ("IDEMPOTENCY_MISMATCH", ["idempotencyKey"])


@pytest.mark.parametrize("who", [None, "citizen", "tksk", "member", "opd-dinkes", "auditor", "verifier"])
async def test_others_may_not(office: Office, who: str | None) -> None:
    payload = await act(office, "statisticTableStage", TABLE, who)
    assert payload["table"] is None and payload["errors"][0]["code"] == "FORBIDDEN"
    table = await staged(office)
    for name in ("statisticTableAccept", "statisticTableDiscard"):
        payload = await act(office, name, {"id": table["id"], "note": "x"}, who)
        assert payload["table"] is None and payload["errors"][0]["code"] == "NOT_FOUND"


@pytest.mark.parametrize(
    ("told", "code", "field"),
    [
        ({"content": ""}, "INVALID", ["content"]),
        ({"content": "Yth. Bapak\nterlampir tabel"}, "INVALID", ["content"]),
        ({"content": "Nama;NIK;Umur\nAminah;6402064107809001;70\n"}, "INVALID", ["content"]),
        ({"content": "Nama;Umur\nAminah 0812 0000 1111 081200001111;70\n"}, "INVALID", ["content"]),
        ({"content": "Kecamatan;A\n" + "Anggana;1\n" * 10_001}, "INVALID", ["content"]),
        ({"content": "Kecamatan;A;B\n" + "Anggana;1;2\n" * 2_600}, "INVALID", ["content"]),
        ({"columns": "YEARS"}, "INVALID", ["columns"]),
        ({"seriesCode": "Poor People"}, "INVALID", ["seriesCode"]),
        ({"seriesCode": "poor_people_share"}, "INVALID", ["seriesCode"]),
        ({"seriesCode": "poor_people", "aboutPeople": False}, "INVALID", ["unit"]),
        ({"seriesCode": "disability", "aboutPeople": False}, "INVALID", ["aboutPeople"]),
        ({"source": "  "}, "INVALID", ["source"]),
        ({"method": "Hubungi 081200001111"}, "INVALID", ["method"]),
        ({"periodTo": "2024-12-31"}, "INVALID", ["periodTo"]),
        ({"tolerance": "-1"}, "INVALID", ["tolerance"]),
        ({"claims": [{"kind": "galaksi", "count": 1}]}, "INVALID", ["claims", "0"]),
        ({"claims": [{"kind": "desa", "count": 193}] * 21}, "INVALID", ["claims"]),
    ],
)
async def test_what_is_no_table_of_statistics_is_refused(
    office: Office, told: dict[str, Any], code: str, field: list[str]
) -> None:
    assert await refused(office, "statisticTableStage", {**TABLE, **told}) == (code, field)
