"""The monthly recap counts the archive: no more, no less, and only what one may see."""

import csv
import io
from collections import Counter
from datetime import UTC, datetime

import pytest
import time_machine
from sqlmodel import select

from integration.db.engine import Database
from integration.db.zone import WITA
from integration.events.tables import EventRow
from integration.reports.tables import ReportRow
from tests.procedure.conftest import Office
from tests.procedure.stage import Stage

RECAP = """query($month: String!) { monthlyRecap(month: $month) { month total
  rows { category districtCode district outcome count } outcomes { outcome count } asOf } }"""


async def archived(database: Database) -> Counter[tuple[str, str | None, str | None, str | None]]:
    """The archive counted row by row: month of the last archiving, category, kecamatan, outcome."""
    async with database.write() as session:
        reports = (await session.exec(select(ReportRow).where(ReportRow.status == "ARCHIVED"))).all()
        events = (await session.exec(select(EventRow).where(EventRow.act == "reportArchive"))).all()
    counted: Counter[tuple[str, str | None, str | None, str | None]] = Counter()
    for report in reports:
        last = max(event.at for event in events if event.report_id == report.id)
        last = last if last.tzinfo else last.replace(tzinfo=UTC)
        district = ".".join(report.region_code.split(".")[:3]) if report.region_code else None
        counted[last.astimezone(WITA).strftime("%Y-%m"), report.category, district, report.outcome] += 1
    return counted


@pytest.mark.parametrize("month", ["2024-01", "2024-02", "2024-03", "2026-05", "2023-12"])
async def test_a_recap_equals_the_archive_counted_row_by_row(office: Office, database: Database, month: str) -> None:
    recap = (await office.ask(RECAP, {"month": month}))["monthlyRecap"]
    expected = {key[1:]: count for key, count in (await archived(database)).items() if key[0] == month}
    found = {(row["category"], row["districtCode"], row["outcome"]): row["count"] for row in recap["rows"]}
    assert found == expected
    assert len(found) == len(recap["rows"])
    assert recap["total"] == sum(expected.values())
    by_outcome: Counter[str | None] = Counter()
    for (_, _, outcome), count in expected.items():
        by_outcome[outcome] += count
    assert {one["outcome"]: one["count"] for one in recap["outcomes"]} == by_outcome


async def test_the_demo_has_something_to_count(office: Office) -> None:
    totals = [(await office.ask(RECAP, {"month": f"2024-0{month}"}))["monthlyRecap"]["total"] for month in (1, 2, 3)]
    assert totals == [3, 2, 0]


@pytest.mark.parametrize(
    ("at", "month"),
    [
        (datetime(2026, 4, 30, 15, 59, 59, tzinfo=UTC), "2026-04"),
        (datetime(2026, 4, 30, 16, 0, tzinfo=UTC), "2026-05"),  # midnight in Tenggarong
        (datetime(2026, 12, 31, 15, 59, 59, 999_999, tzinfo=UTC), "2026-12"),
    ],
)
async def test_a_month_begins_at_midnight_here(
    office: Office, stage: Stage, database: Database, at: datetime, month: str
) -> None:
    await stage.put("REPLY_SENT")
    with time_machine.travel(at, tick=False):
        await office.do("reportArchive", {"id": await stage.id_of(), "outcome": "NOT_ELIGIBLE"})
    assert (month, "AID_NOT_RECEIVED", "64.02.06", "NOT_ELIGIBLE") in await archived(database)
    (row,) = (await office.ask(RECAP, {"month": month}))["monthlyRecap"]["rows"]
    assert row == {
        "category": "AID_NOT_RECEIVED", "districtCode": "64.02.06", "district": "Tenggarong",
        "outcome": "NOT_ELIGIBLE", "count": 1,
    }  # fmt: skip


async def test_what_is_taken_up_again_counts_where_it_is_archived_last(office: Office, stage: Stage) -> None:
    await stage.put("REPLY_SENT")
    on = {"id": await stage.id_of()}
    with time_machine.travel(datetime(2026, 4, 20, 1, tzinfo=UTC), tick=False):
        await office.do("reportArchive", {**on, "outcome": "AID_GIVEN"})
        assert (await office.ask(RECAP, {"month": "2026-04"}))["monthlyRecap"]["total"] == 1
        await office.do("reportReopen", {**on, "reason": "Belum."})
    assert (await office.ask(RECAP, {"month": "2026-04"}))["monthlyRecap"]["total"] == 0
    await stage.put("REPLY_SENT")
    with time_machine.travel(datetime(2026, 5, 2, 1, tzinfo=UTC), tick=False):
        await office.do("reportArchive", {**on, "outcome": "AID_GIVEN"})
    totals = [(await office.ask(RECAP, {"month": f"2026-0{month}"}))["monthlyRecap"]["total"] for month in (4, 5)]
    assert totals == [0, 1]


async def test_the_file_holds_the_same_rows(office: Office) -> None:
    answer = await office.get("/recap/2024-01.csv")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="rekap-2024-01.csv"'
    rows = (await office.ask(RECAP, {"month": "2024-01"}))["monthlyRecap"]["rows"]
    assert list(csv.DictReader(io.StringIO(answer.text))) == [
        {name: str(value or "") for name, value in row.items()} for row in rows
    ]


async def test_a_handler_counts_what_is_theirs(office: Office) -> None:
    whole = (await office.ask(RECAP, {"month": "2024-01"}))["monthlyRecap"]["total"]
    mine = (await office.ask(RECAP, {"month": "2024-01"}, "tksk"))["monthlyRecap"]
    assert mine["total"] < whole
    assert {row["districtCode"] for row in mine["rows"]} == {"64.02.06"}
    text = (await office.get("/recap/2024-01.csv", "tksk")).text
    assert sum(int(row["count"]) for row in csv.DictReader(io.StringIO(text))) == mine["total"]


@pytest.mark.parametrize("who", ["citizen", "analyst", "opd-dinkes", "auditor", "verifier"])
async def test_who_handles_no_reports_gets_no_recap(office: Office, who: str) -> None:
    answer = await office.tell(RECAP, {"month": "2024-01"}, who)
    assert answer["data"] == {"monthlyRecap": None}
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["FORBIDDEN"]
    file = await office.get("/recap/2024-01.csv", who)
    assert (file.status_code, file.json()["error"]["code"]) == (403, "FORBIDDEN")


async def test_nobody_signed_in_gets_no_file(office: Office) -> None:
    for who in (None, "nobody-of-that-name"):
        answer = await office.get("/recap/2024-01.csv", who)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize("month", ["2024-13", "2024-1", "2024", "Maret", "2024-01-01", "0000-01"])
async def test_what_is_no_month_is_refused(office: Office, month: str) -> None:
    answer = await office.tell(RECAP, {"month": month})
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["BAD_USER_INPUT"]
    assert (await office.get(f"/recap/{month}.csv")).status_code == 400
