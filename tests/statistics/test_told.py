"""Signals, evidence and the scorecard tell those who may not see reports nothing that the published tables withhold."""

from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from integration.codes import ReportStatus
from tests.policy.test_loop import accepting
from tests.statistics.asking import Asker, lots, report

SIGNALS = """{ policySignals { id rule why count of region { code } category windowFrom windowTo raisedAt decidedAt
  followUp { evidence { takenAt count of query description } } } }"""
SCORES = """query ($from: Date!, $to: Date!) { dimensionScorecard(from: $from, to: $to) {
  rows { dimension value state met explanation evidence { kind title } } } }"""
_ACCEPT = """mutation ($input: SignalAcceptInput!) { signalAccept(input: $input) { errors { code } } }"""


async def _signals(asker: Asker, who: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await asker.tell(SIGNALS, who=who))["data"]["policySignals"]
    return [one for one in found if one["rule"].startswith("CATEGORY")]


async def _published(asker: Asker, signal: dict[str, Any]) -> int | None:
    """What the tables say themselves of what a signal is about."""
    filters: dict[str, Any] = {
        "category": {"eq": signal["category"]},
        "receivedAt": {"gte": signal["windowFrom"], "lt": signal["windowTo"]},
    }
    if signal["region"] is not None:
        filters["region"] = {"within": signal["region"]["code"]}
    [row] = (await asker.table([], **filters))["rows"]
    count: int | None = row["count"]
    return count


async def test_a_signal_says_no_more_than_the_tables(asker: Asker) -> None:
    """Whoever reads all that a planner may read of signals knows only what the tables have told."""
    random, rows = Random(3), lots(11, 150)
    for row in rows:
        if random.random() < 0.1:
            row.status = ReportStatus.REJECTED
    running = [report(900 + at, datetime.now(UTC), region_code="64.02.05") for at in range(9)]
    await asker.add([*rows, *running])
    desk, told = await _signals(asker, "secretary"), await _signals(asker, "analyst")
    for owner in (await asker.tell("{ organizations(first: 1) { nodes { id } } }"))["data"]["organizations"]["nodes"]:
        for one in desk:
            body = await asker.tell(_ACCEPT, {"input": accepting(one, owner["id"])}, "secretary")
            assert body["data"]["signalAccept"]["errors"] == []
    decided = await _signals(asker, "analyst")
    assert [one["id"] for one in decided] == [one["id"] for one in told], "who decides tells nobody more"
    assert 2 < len(told) < len(desk) and {one["rule"] for one in told} == {"CATEGORY_QUARTER", "CATEGORY_DISTRICT"}
    for one in decided:
        published = await _published(asker, one)
        assert published is not None and published >= one["count"] == 5 and one["of"] is None
        statements = [one["why"], *(each["description"] for each in one["followUp"]["evidence"])]
        assert all("Sedikitnya 5 laporan" in words and "ambang" not in words for words in statements)
        assert [each["count"] for each in one["followUp"]["evidence"]] == [5]
        assert all(one["windowTo"] <= moment for moment in (one["raisedAt"], one["decidedAt"]))
        assert all(one["windowTo"] <= each["takenAt"] for each in one["followUp"]["evidence"])
    exact = {one["id"]: one for one in desk}
    assert any(exact[one["id"]]["count"] != 5 for one in told)
    # A quarter that runs is told of by nobody, and an id does not say when it was made.
    assert not any(one["region"] and one["region"]["code"] == "64.02.05" for one in told)
    assert sorted(exact) != [one["id"] for one in sorted(desk, key=lambda one: str(one["raisedAt"]))]


async def test_the_scorecard_tells_planners_what_is_published(asker: Asker) -> None:
    rows = lots(11, 150)
    await asker.add(rows)
    span = {"from": "2025-01-01", "to": "2025-06-30"}
    card = (await asker.tell(SCORES, span))["data"]["dimensionScorecard"]["rows"]
    told = {row["dimension"]: row for row in card}
    months = {"gte": "2025-01-01T00:00:00+08:00", "lt": "2025-07-01T00:00:00+08:00"}
    [every] = (await asker.table([], receivedAt=months))["rows"]
    [*_, unclassified] = (await asker.table(["CATEGORY"], receivedAt=months))["rows"]
    assert unclassified["key"] == [None] and told["PREVENTIVE"]["value"] == every["count"] - unclassified["count"]
    # Aid and ways in are published nowhere: what is left is public.
    for name, kinds in (("PROTECTIVE", {"LEGAL_BASIS"}), ("PROMOTIVE", {"OUTREACH"})):
        assert told[name]["state"] == "SUPPRESSED" and told[name]["value"] == len(told[name]["evidence"])
        assert {one["kind"] for one in told[name]["evidence"]} <= kinds and "(withheld)" in told[name]["explanation"]
    assert told["TRANSFORMATIVE"]["state"] == "KNOWN"
    desk = (await asker.tell(SCORES, span, "secretary"))["data"]["dimensionScorecard"]["rows"]
    assert all(row["state"] == "KNOWN" for row in desk)


async def test_planners_find_the_study_s_three_dimensions_met(asker: Asker) -> None:
    card = (await asker.tell(SCORES, {"from": "2024-01-01", "to": "2024-03-31"}))["data"]["dimensionScorecard"]["rows"]
    assert [(row["value"], row["met"]) for row in card] == [(4, True), (14, True), (1, True), (0, False)]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2024-01-02", "2024-03-31"),
        ("2024-01-01", "2024-03-30"),
        ("2024-01-01", "2024-01-31"),
        ("2024-02-01", "2024-04-30"),
        ("2023-10-01", "2024-03-31"),
        ("2024-01-01", "2100-12-31"),
    ],
)
@pytest.mark.parametrize("who", ["analyst", "division", "tksk"])
async def test_other_spans_of_the_scorecard_could_be_subtracted(asker: Asker, who: str, first: str, last: str) -> None:
    [error] = (await asker.tell(SCORES, {"from": first, "to": last}, who))["errors"]
    assert (error["extensions"]["code"], error["extensions"]["argument"]) == ("BAD_USER_INPUT", "from")
    assert "3 months" in error["message"]
    assert "errors" not in await asker.tell(SCORES, {"from": first, "to": last}, "secretary")
