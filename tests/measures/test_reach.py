"""How far the one door reaches, over HTTP: every kecamatan is there, silent ones too, and what is unknown is not 0."""

from datetime import timedelta
from typing import Any

import pytest

from integration.db.base import now
from integration.db.zone import WITA
from tests.measures.asked import do, refusal
from tests.procedure.conftest import Office

ROW = """regionCode region reports reportsState population populationYear populationSource perThousand perThousandState
  isSilent lastReportOn silentDays"""
ALL = f"""query($from: Date!, $to: Date!) {{ reach(from: $from, to: $to) {{ rows {{ {ROW} }} total {{ {ROW} }} unmapped
  unmappedState silentDistricts entryPoints {{ channel entryPoint reports }} source formula asOf
  outreach {{ activityId heldOn title kind regionCode windowDays before after state }} }} }}"""
YEAR = {"from": "2024-01-01", "to": "2024-12-31"}
ACTIVITY = "outreachActivity { id heldOn kind title region { code } audience attendance source recordedAt }"


async def reach(office: Office, who: str = "secretary", period: dict[str, str] | None = None) -> dict[str, Any]:
    found: dict[str, Any] = (await office.ask(ALL, period or YEAR, who))["reach"]
    return found


async def test_every_kecamatan_is_there_and_silence_is_a_row(office: Office) -> None:
    found = await reach(office)
    assert len(found["rows"]) == 20
    assert sum(row["reports"] for row in found["rows"]) + found["unmapped"] == found["total"]["reports"] == 14
    silent = [row for row in found["rows"] if row["isSilent"]]
    assert len(silent) == found["silentDistricts"] > 0
    assert all((row["reports"], row["reportsState"], row["lastReportOn"]) == (0, "KNOWN", None) for row in silent)
    heard = next(row for row in found["rows"] if not row["isSilent"])
    assert heard["lastReportOn"].startswith("2024-") and heard["silentDays"] > 200


async def test_a_rate_needs_a_published_number_of_people(office: Office) -> None:
    rows = {row["regionCode"]: row for row in (await reach(office))["rows"]}
    known = rows["64.02.03"]
    assert (known["population"], known["populationYear"]) == (67471, 2020) and "Sensus" in known["populationSource"]
    assert known["perThousand"] == round(1000 * known["reports"] / 67471, 3)
    guessed = rows["64.02.06"]
    assert (guessed["population"], guessed["perThousand"], guessed["perThousandState"]) == (None, None, "UNKNOWN")
    assert guessed["reports"] is not None

    told = {"region": "64.02.06", "year": 2023, "people": 120000, "source": "Kutai Kartanegara dalam Angka"}
    payload = await do(office, "populationRecord", told, "analyst", "done")
    assert payload == {"done": True, "errors": []}
    assert (await do(office, "populationRecord", {**told, "people": 125000}, "analyst", "done"))["done"]
    mended = {row["regionCode"]: row for row in (await reach(office))["rows"]}["64.02.06"]
    assert (mended["population"], mended["populationYear"], mended["perThousandState"]) == (125000, 2023, "KNOWN")
    # A number of later years says nothing of an earlier one.
    before = await reach(office, period={"from": "2022-01-01", "to": "2022-12-31"})
    assert {row["regionCode"]: row for row in before["rows"]}["64.02.06"]["population"] is None


@pytest.mark.parametrize(
    ("other", "field"),
    [({"region": "99"}, "region"), ({"year": 2999}, "year"), ({"people": 0}, "people"), ({"source": ""}, "source")],
)
async def test_a_number_of_people_that_cannot_be_is_refused(office: Office, other: dict[str, Any], field: str) -> None:
    told = {"region": "64.02.06", "year": 2023, "people": 1, "source": "uji", **other}
    assert await refusal(office, "populationRecord", told, "analyst") == ("INVALID", [field])
    assert (await refusal(office, "populationRecord", told, "tksk"))[0] == "FORBIDDEN"


async def test_planners_are_told_what_is_published_of_reports(office: Office) -> None:
    """What may be told of reports is decided where figures are published; a count more, even a 0, would undo that."""
    await office.app.state.worker.evaluate_signals()
    told = await reach(office, "analyst")
    published = await office.ask(
        """{ reportStatistics(groupBy: [DISTRICT], filter: {
          receivedAt: {gte: "2024-01-01T00:00:00+08:00", lt: "2025-01-01T00:00:00+08:00"}
        }) { rows { key count } } }""",
        who="analyst",
    )
    counts = {row["key"][0]: row["count"] for row in published["reportStatistics"]["rows"]}
    assert {row["regionCode"]: row["reports"] for row in told["rows"]} | {None: told["unmapped"]} == counts
    assert None in counts.values() and 0 in counts.values() and told["total"]["reports"] == 14
    assert told["entryPoints"] == [] and told["silentDistricts"] is None
    for row in (*told["rows"], told["total"]):
        is_told = row["reports"] is not None
        assert row["reportsState"] == ("KNOWN" if is_told else "SUPPRESSED")
        assert row["isSilent"] == (row["reports"] == 0 if is_told else None)
        assert (row["lastReportOn"], row["silentDays"]) == (None, None)
    assert {row["regionCode"]: row for row in told["rows"]}["64.02.03"]["population"] == 67471
    assert all((one["before"], one["state"]) == (None, "SUPPRESSED") for one in told["outreach"])
    # Of days that are no published period, they are told nothing.
    for period in ({"from": "2024-01-01", "to": "2024-03-30"}, {"from": "2020-01-01", "to": "2020-12-31"}):
        body = await office.tell(ALL, period, "analyst")
        assert [error["extensions"]["code"] for error in body["errors"]] == ["BAD_USER_INPUT"], period


async def test_the_ways_in_are_told(office: Office) -> None:
    ways = (await reach(office))["entryPoints"]
    assert sum(way["reports"] for way in ways) == 14
    assert any(way["entryPoint"] is not None for way in ways)


async def test_outreach_is_followed_by_what_came_after(office: Office) -> None:
    held = {
        "heldOn": "2024-02-10", "kind": "VISIT", "title": "Sosialisasi SIMASOS", "region": "64.02.03",
        "audience": "Warga", "source": "Laporan kegiatan",
    }  # fmt: skip
    payload = await do(office, "outreachRecord", held, "tksk", ACTIVITY)
    assert payload["errors"] == []
    activity = payload["outreachActivity"]
    # Nobody counted who came, and that is not 0.
    assert (activity["kind"], activity["attendance"], activity["region"]) == ("VISIT", None, {"code": "64.02.03"})
    effects = {one["title"]: one for one in (await reach(office))["outreach"]}
    whole = effects["SIMASOS disampaikan secara lisan dalam rapat bersama OPD"]
    # All of the quarter, but for the one that names no place.
    assert (whole["windowDays"], whole["state"], whole["before"] + whole["after"]) == (90, "KNOWN", 13)
    own = effects["Sosialisasi SIMASOS"]
    assert own["activityId"] == activity["id"] and own["before"] + own["after"] <= 14
    page = await office.ask(
        '{ outreachActivities(filter: {region: {within: "64.02.03"}}) { totalCount nodes { id } } }', who="analyst"
    )
    assert page["outreachActivities"] == {"totalCount": 1, "nodes": [{"id": activity["id"]}]}


async def test_what_comes_after_is_unknown_until_the_days_are_over(office: Office) -> None:
    today = now().astimezone(WITA).date()
    held = {"heldOn": today.isoformat(), "kind": "BROADCAST", "title": "Siaran", "source": "uji", "attendance": 0}
    assert (await do(office, "outreachRecord", held, "secretary", ACTIVITY))["errors"] == []
    [one] = (await reach(office, period={"from": today.isoformat(), "to": today.isoformat()}))["outreach"]
    assert (one["after"], one["state"], one["before"]) == (None, "UNKNOWN", 0)
    tomorrow = (today + timedelta(days=1)).isoformat()
    assert await refusal(office, "outreachRecord", {**held, "heldOn": tomorrow}, "secretary") == ("INVALID", ["heldOn"])
    assert await refusal(office, "outreachRecord", {**held, "region": "1.2"}, "secretary") == ("INVALID", ["region"])
    assert await refusal(office, "outreachRecord", {**held, "attendance": -1}, "secretary") == (
        "INVALID", ["attendance"],
    )  # fmt: skip
    assert (await refusal(office, "outreachRecord", held, "citizen"))[0] == "FORBIDDEN"
