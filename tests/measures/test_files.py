"""What is counted about the regency as files: the rows of the answer, as the same viewer is told it."""

import csv
import io

from tests.measures.test_spm import record
from tests.procedure.conftest import Office


async def lines(office: Office, path: str, who: str | None) -> list[dict[str, str]]:
    answer = await office.get(path, who)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text)))


async def test_each_measure_is_a_file(office: Office) -> None:
    await record(office)
    year = "from=2024-01-01&to=2024-12-31"
    spm = await lines(office, "/statistics/spm-indicators.csv?year=2024", "analyst")
    assert len(spm) == 5 * 13
    march = next(row for row in spm if row["service"] == "NEGLECTED_ELDERLY" and row["month"] == "3")
    assert (march["target"], march["unserved"], march["state"]) == ("120", "40", "KNOWN")
    # What is unknown is an empty cell.
    assert next(row for row in spm if row["month"] == "4")["unserved"] == ""
    reach = await lines(office, f"/statistics/reach.csv?{year}", "secretary")
    assert len(reach) == 20 and sum(int(row["reports"]) for row in reach) > 0
    await office.app.state.worker.evaluate_signals()
    assert {row["reports"] for row in await lines(office, f"/statistics/reach.csv?{year}", "analyst")} == {"", "0"}
    assert len(await lines(office, f"/statistics/ppks-coverage.csv?{year}", "analyst")) == 26
    assert len(await lines(office, "/statistics/psks-counts.csv", "analyst")) == 240
    scores = await lines(office, "/statistics/scoreboard.csv?period=2025-Q4&subject=DISTRICT", "analyst")
    assert len(scores) == 20 and "validityRatio" in scores[0]
    listed = (await office.get("/statistics.json", None)).json()["dataset"]
    assert {"spm-indicators", "reach", "scoreboard"} <= {one["kode"] for one in listed}


async def test_what_may_not_be_asked_is_no_file(office: Office) -> None:
    for path, who, status in (
        ("/statistics/spm-indicators.csv?year=2024", None, 403),
        ("/statistics/spm-indicators.csv", "analyst", 400),
        ("/statistics/spm-indicators.csv?year=x", "analyst", 400),
        ("/statistics/scoreboard.csv?period=2099&subject=DISTRICT", "analyst", 400),
        ("/statistics/reach.csv?from=2024-01-01&to=x", "secretary", 400),
    ):
        assert (await office.get(path, who)).status_code == status, path
