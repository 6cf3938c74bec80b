"""Statistics as files: what the same viewer is told by GraphQL, for programs and spreadsheets."""

import csv
import io
import json
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.spreadsheets import Sheet, as_csv, as_ndjson
from tests.procedure.conftest import Office
from tests.statistics.test_series import values

COUNTS = """query ($by: [ReportDimension!]!) { reportStatistics(groupBy: $by) { columns
  rows { key labels count suppressed } } }"""


async def lines(office: Office, path: str, who: str | None = None) -> list[dict[str, str]]:
    answer = await office.get(path, who)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/csv; charset=utf-8")
    assert "\r\n" in answer.text and not answer.text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


async def objects(office: Office, path: str, who: str | None = None) -> list[dict[str, Any]]:
    answer = await office.get(path, who)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    return [json.loads(line, parse_float=Decimal) for line in answer.text.splitlines()]


@pytest.mark.parametrize("who", [None, "admin"])
async def test_a_series_is_the_same_as_a_file(office: Office, who: str | None) -> None:
    told = await values(office, "disability", who)
    for found in (
        await lines(office, "/statistics/disability.csv", who),
        await objects(office, "/statistics/disability.ndjson", who),
    ):
        assert len(found) == len(told) == 252
        for row, figure in zip(found, told, strict=True):
            assert row["regionCode"] == figure["region"]["code"]
            assert (row["category"] or None) == figure["category"]
            assert row["state"] == figure["state"]
            assert (str(row["value"]) if row["value"] else None) == figure["value"]
            assert row["unit"] == "orang" and row["source"] and row["asOf"] == "2024-12-31"
    withheld = [figure for figure in told if figure["state"] == "SUPPRESSED"]
    assert bool(withheld) == (who is None)


async def test_numbers_keep_their_digits(office: Office) -> None:
    [area] = await objects(office, "/statistics/land_area.ndjson")
    assert area["value"] == Decimal("27263.10")
    assert '"value":27263.10,' in (await office.get("/statistics/land_area.ndjson")).text
    [change] = await lines(office, "/statistics/poverty_rate_change_indonesia.csv")
    assert change["value"] == "-0.21"


async def test_every_statistic_describes_itself(office: Office) -> None:
    listed = (await office.get("/statistics.json", None)).json()["dataset"]
    assert {"poor_people", "disability", "report-statistics", "dimension-scorecard"} <= {one["kode"] for one in listed}
    for one in listed:
        assert all(one["standarData"][part] for part in ("konsep", "definisi", "klasifikasi", "ukuran", "satuan")), one
        assert all(one[part] for part in ("judul", "sumber", "produsenData", "caraPengumpulan", "berkas"))
        assert (await office.get(one["berkas"]["json"], None)).json() == one
    poor = next(one for one in listed if one["kode"] == "poor_people_share")
    assert poor["rumus"] == "100 * poor_people[64.02] / poor_people[64]"


@pytest.mark.parametrize("who", ["admin", "analyst", "tksk"])
async def test_counts_of_reports_are_those_of_the_question(office: Office, who: str) -> None:
    await office.app.state.worker.evaluate_signals()
    by = ["CHANNEL", "MONTH"]
    told = (await office.ask(COUNTS, {"by": by}, who))["reportStatistics"]["rows"]
    found = await objects(office, f"/statistics/report-statistics.ndjson?by={','.join(by)}", who)
    assert [([one["channel"], one["month"]], one["count"], one["suppressed"]) for one in found] == [
        (row["key"], row["count"], row["suppressed"]) for row in told
    ]
    wanted = quote(json.dumps({"channel": {"eq": "WHATSAPP"}}))
    only = await lines(office, f"/statistics/report-statistics.csv?by=CHANNEL&filter={wanted}", "admin")
    assert [one["channel"] for one in only] == ["WHATSAPP"]


@pytest.mark.parametrize("who", ["admin", "analyst"])
async def test_measures_stand_in_files_with_their_units(office: Office, who: str) -> None:
    await office.app.state.worker.evaluate_signals()
    names = ["P90_STEP_2", "COUNT", "SERVED_SHARE"]
    query = """query ($by: [ReportDimension!]!, $measures: [ReportMeasure!]!) {
      reportStatistics(groupBy: $by, measures: $measures) { rows { key values { value state cases } } } }"""
    told = await office.ask(query, {"by": ["DISTRICT"], "measures": names}, who)
    path = f"/statistics/report-statistics.ndjson?by=DISTRICT&measures={','.join(names)}"
    found = await objects(office, path, who)
    assert [
        ([one["district"]], [one["p90Step2"], one["p90Step2State"], one["p90Step2Cases"]],
         [one["servedShare"], one["servedShareState"], one["servedShareCases"]])
        for one in found
    ] == [
        (row["key"], *([None if v["value"] is None else Decimal(str(v["value"])), v["state"], v["cases"]]
         for v in (row["values"][0], row["values"][2])))
        for row in told["reportStatistics"]["rows"]
    ]  # fmt: skip
    assert {(one["p90Step2Unit"], one["servedShareUnit"]) for one in found} == {("hari", "persen")}
    described = (await office.get("/statistics/report-statistics.json", None)).json()
    assert {one["kode"]: one["satuan"] for one in described["ukuran"]}["MEDIAN_TO_REPLY"] == "hari"
    assert all(one["judul"] and one["rumus"] for one in described["ukuran"])


async def test_the_other_answers_are_files_too(office: Office) -> None:
    await office.app.state.worker.evaluate_signals()
    scores = await lines(office, "/statistics/dimension-scorecard.csv?from=2024-01-01&to=2024-03-31", "analyst")
    assert [row["dimension"] for row in scores] == ["PROTECTIVE", "PREVENTIVE", "PROMOTIVE", "TRANSFORMATIVE"]
    assert len(await objects(office, "/statistics/registry-indicators.ndjson?level=DISTRICT", "admin")) > 0
    staff = await lines(office, "/statistics/staff-summary.csv", "admin")
    assert sum(int(row["count"]) for row in staff) == 106
    releases = (await office.ask("{ registryReleases { id } }"))["registryReleases"]
    path = f"/statistics/registry-comparison.csv?from={releases[1]['id']}&to={releases[0]['id']}"
    assert (await office.get(path)).status_code == 200


@pytest.mark.parametrize(
    ("path", "who", "status", "code"),
    [
        ("/statistics/none.csv", None, 404, "NOT_FOUND"),
        ("/statistics/poor_people.pdf", None, 404, "NOT_FOUND"),
        ("/statistics/poor_people", None, 404, "NOT_FOUND"),
        ("/statistics/poor_people.csv?region=64", None, 400, "BAD_USER_INPUT"),
        ("/statistics/report-statistics.csv", "admin", 400, "BAD_USER_INPUT"),
        ("/statistics/report-statistics.csv?by=AGE", "admin", 400, "BAD_USER_INPUT"),
        ("/statistics/report-statistics.csv?by=CHANNEL&filter=x", "admin", 400, "BAD_USER_INPUT"),
        ("/statistics/report-statistics.csv?by=CHANNEL&measures=SPEED", "admin", 400, "BAD_USER_INPUT"),
        ("/statistics/report-statistics.csv?by=CHANNEL&measures=BREACH_RATE", None, 400, "BAD_USER_INPUT"),
        ("/statistics/report-statistics.csv?by=UNIT", "analyst", 403, "FORBIDDEN"),
        ("/statistics/dimension-scorecard.csv?from=2024-01-01&to=2024-03-31", None, 403, "FORBIDDEN"),
        ("/statistics/poor_people.csv", "stranger", 401, "UNAUTHENTICATED"),
    ],
)
async def test_what_is_refused_is_refused_as_by_the_question(
    office: Office, path: str, who: str | None, status: int, code: str
) -> None:
    answer = await office.get(path, who)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


TEXT = st.text(st.characters(categories=["L", "N", "P", "S", "Z", "Cc"], exclude_characters="\0"), max_size=12)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**31), 2**31 - 1),
    TEXT,
    st.decimals(allow_nan=False, allow_infinity=False, places=3),
)


@given(st.lists(st.tuples(TEXT, VALUES), max_size=5), st.sampled_from("=+-@\t\r"))
def test_no_text_is_a_formula_and_nothing_is_lost(rows: list[tuple[Any, ...]], sign: str) -> None:
    sheet = Sheet(("name", "value"), [*rows, (f"{sign}cmd|' /C calc'!A0", 1)])
    read = list(csv.reader(io.StringIO(as_csv(sheet), newline="")))
    assert read[0] == ["name", "value"]
    for cells, row in zip(read[1:], sheet.rows, strict=True):
        assert cells[0] == row[0] or cells[0] == f"'{row[0]}"
        for cell, value in zip(cells, row, strict=True):
            assert not isinstance(value, str) or not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    told = [json.loads(line) for line in as_ndjson(sheet).split("\n")[:-1]]
    assert [one["name"] for one in told] == [row[0] for row in sheet.rows]
