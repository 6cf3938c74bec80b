"""Which kinds of need were recorded, over HTTP on the demo data: most never were, and that is said."""

from typing import Any

from sqlmodel import select

from integration.ppks.tables import PpksTypeRow
from tests.procedure.conftest import Office
from tests.procedure.stage import Stage

ALL = """query($from: Date!, $to: Date!) { ppksCoverage(from: $from, to: $to) { recordedTypes neverRecordedTypes
  expectedTypes warning source formula asOf
  rows { code term spmService isRecorded everRecorded reports people proposals state } } }"""
YEAR = {"from": "2024-01-01", "to": "2024-12-31"}


async def coverage(office: Office, who: str = "secretary", **period: str) -> dict[str, Any]:
    found: dict[str, Any] = (await office.ask(ALL, period or YEAR, who))["ppksCoverage"]
    return found


async def test_all_26_kinds_are_there_and_what_was_never_recorded_says_so(office: Office) -> None:
    found = await coverage(office)
    assert len(found["rows"]) == 26 and found["source"] and found["formula"] and found["asOf"]
    never = [row for row in found["rows"] if not row["everRecorded"]]
    assert len(never) == found["neverRecordedTypes"] > 10
    assert all((row["reports"], row["people"], row["proposals"]) == (0, 0, 0) for row in never)
    recorded = {row["code"]: row for row in found["rows"] if row["isRecorded"]}
    # The reports of the story: an older person, a person with a disability, a victim of violence.
    assert [recorded[code]["reports"] for code in ("PPKS-08", "PPKS-09", "PPKS-19")] == [1, 1, 1]
    assert recorded["PPKS-08"]["spmService"] == "NEGLECTED_ELDERLY"
    services = {row["spmService"] for row in found["rows"]} - {None}
    assert len(services) == 5


async def test_a_list_of_another_length_is_warned_of(office: Office, stage: Stage) -> None:
    found = await coverage(office)
    assert (found["expectedTypes"], found["warning"]) == (26, None)
    async with stage.database.write() as session:
        one = (await session.exec(select(PpksTypeRow))).all()[0]
        session.add(PpksTypeRow(**{**one.model_dump(), "code": "PPKS-27"}))
    assert (await coverage(office))["warning"] == "Daftar memuat 27 jenis; seharusnya 26 (Permensos 8/2012)."


async def test_a_period_counts_its_own_reports(office: Office) -> None:
    february = {
        row["code"]: row for row in (await coverage(office, **{"from": "2024-02-01", "to": "2024-02-29"}))["rows"]
    }
    assert (february["PPKS-09"]["reports"], february["PPKS-19"]["reports"]) == (1, 0)
    assert february["PPKS-19"]["everRecorded"]


async def test_a_planner_is_told_whether_and_not_how_often(office: Office) -> None:
    all_of_it, told = await coverage(office), await coverage(office, "analyst")
    for whole, row in zip(all_of_it["rows"], told["rows"], strict=True):
        assert (row["isRecorded"], row["everRecorded"]) == (whole["isRecorded"], whole["everRecorded"])
        if row["isRecorded"]:
            assert (row["reports"], row["people"], row["proposals"], row["state"]) == (None, None, None, "SUPPRESSED")
        else:
            assert (row["reports"], row["state"]) == (0, "KNOWN")


async def test_a_planner_may_not_cut_the_year_into_days(office: Office) -> None:
    for period in (
        {"from": "2024-01-01", "to": "2024-12-30"},
        {"from": "2023-01-01", "to": "2024-12-31"},
        {"from": "2099-01-01", "to": "2099-12-31"},
    ):
        answer = await office.tell(ALL, period, "analyst")
        assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT", period
    assert await coverage(office, "secretary", **{"from": "2024-01-01", "to": "2024-12-30"})


async def test_citizens_and_partners_may_not_ask(office: Office) -> None:
    for who in (None, "citizen", "opd-dinkes"):
        answer = await office.tell(ALL, YEAR, who)
        assert answer["data"] == {"ppksCoverage": None}
        assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    backwards = await office.tell(ALL, {"from": "2024-02-01", "to": "2024-01-01"}, "secretary")
    assert backwards["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT", "argument": "to"}
