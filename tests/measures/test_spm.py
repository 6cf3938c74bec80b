"""Minimum service standards over HTTP: what is unknown stays unknown, and what is old is said to be."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from integration.db.base import now
from integration.db.engine import Database
from integration.db.zone import WITA
from integration.events.tables import EventRow
from integration.spm.codes import SpmService
from integration.spm.rules import missing_months, runs_above, unserved, unserved_percent
from integration.spm.tables import SpmTargetRow
from tests.procedure.conftest import Office

FIGURE = "month target served unserved unservedPercent state asOf source revisions note"
INDICATOR = f"service term legalBasis year {{ {FIGURE} }} months {{ {FIGURE} }} missingMonths lastAsOf isStale alert"
ALL = f"""query($year: Int!) {{ spmIndicators(year: $year) {{ year staleAfterDays source formula asOf
  rows {{ {INDICATOR} }} }} }}"""
RECORD = f"""mutation($input: SpmRecordInput!) {{ spmRecord(input: $input) {{ indicator {{ {INDICATOR} }}
  errors {{ code field message }} }} }}"""


def told(**other: Any) -> dict[str, Any]:
    return {
        "service": "NEGLECTED_ELDERLY", "year": 2024, "month": 3, "target": 120, "served": 80, "asOf": "2024-03-31",
        "source": "Rekap layanan Bidang Rehabilitasi Sosial", "collectedBy": "Bidang Rehabilitasi Sosial",
        "method": "rekap layanan bulanan", **other,
    }  # fmt: skip


async def record(office: Office, who: str = "secretary", **other: Any) -> dict[str, Any]:
    payload: dict[str, Any] = (await office.ask(RECORD, {"input": told(**other)}, who))["spmRecord"]
    return payload


async def of_year(office: Office, year: int = 2024, who: str = "analyst") -> dict[str, dict[str, Any]]:
    found = (await office.ask(ALL, {"year": year}, who))["spmIndicators"]
    return {row["service"]: row for row in found["rows"]}


async def test_a_month_nobody_told_of_is_unknown_and_not_zero(office: Office) -> None:
    assert (await record(office))["errors"] == []
    services = await of_year(office)
    assert len(services) == 5
    elderly = services["NEGLECTED_ELDERLY"]
    assert "Menteri Sosial" in elderly["legalBasis"] and elderly["term"]
    march, april = elderly["months"][2], elderly["months"][3]
    assert (march["target"], march["served"], march["unserved"], march["unservedPercent"]) == (120, 80, 40, 33.3)
    assert (march["state"], march["asOf"], march["revisions"]) == ("KNOWN", "2024-03-31", 1)
    assert (april["state"], april["target"], april["unserved"], april["source"]) == ("UNKNOWN", None, None, None)
    assert elderly["missingMonths"] == [1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    # Months are not added up to a year.
    assert elderly["year"]["state"] == "UNKNOWN"


async def test_half_a_figure_leaves_the_unserved_unknown(office: Office) -> None:
    indicator = (await record(office, served=None))["indicator"]
    march = indicator["months"][2]
    assert (march["target"], march["served"], march["unserved"], march["state"]) == (120, None, None, "UNKNOWN")
    assert 3 in indicator["missingMonths"]


async def test_the_last_figure_told_holds_and_the_ones_before_are_kept(office: Office, database: Database) -> None:
    await record(office)
    indicator = (await record(office, served=100, who="analyst"))["indicator"]
    march = indicator["months"][2]
    assert (march["served"], march["unserved"], march["revisions"]) == (100, 20, 2)
    async with database.write() as session:
        kept = (await session.exec(select(SpmTargetRow.served).order_by(col(SpmTargetRow.served)))).all()
        events = (await session.exec(select(EventRow.id).where(EventRow.act == "spmRecord"))).all()
    assert kept == [80, 100] and len(events) == 2


async def test_a_repetition_records_nothing_twice(office: Office) -> None:
    await record(office, idempotencyKey="spm-1")
    indicator = (await record(office, idempotencyKey="spm-1"))["indicator"]
    assert indicator["months"][2]["revisions"] == 1
    [error] = (await record(office, idempotencyKey="spm-1", served=1))["errors"]
    assert error["code"] == "IDEMPOTENCY_MISMATCH"


async def test_old_figures_raise_an_alert(office: Office) -> None:
    today = now().astimezone(WITA).date()
    elderly = (await of_year(office))["NEGLECTED_ELDERLY"]
    assert (elderly["isStale"], elderly["lastAsOf"]) == (True, None) and "Belum ada" in elderly["alert"]
    await record(office)
    elderly = (await of_year(office))["NEGLECTED_ELDERLY"]
    assert elderly["isStale"] and "31-03-2024" in elderly["alert"] and "62 hari" in elderly["alert"]
    last = today.replace(day=1)
    await record(office, year=last.year, month=last.month, asOf=last.isoformat())
    elderly = (await of_year(office))["NEGLECTED_ELDERLY"]
    assert (elderly["isStale"], elderly["alert"], elderly["lastAsOf"]) == (False, None, last.isoformat())


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"month": 13}, "month"),
        ({"year": 2018}, "year"),
        ({"target": -1}, "target"),
        ({"served": 2_000_000_000}, "served"),
        ({"asOf": "2024-02-28"}, "asOf"),
        ({"asOf": "2999-01-01"}, "asOf"),
        ({"source": " "}, "source"),
        ({"method": ""}, "method"),
        ({"target": None, "served": None}, "note"),
    ],
)
async def test_a_figure_that_cannot_be_is_refused(office: Office, other: dict[str, Any], field: str) -> None:
    payload = await record(office, **other)
    [error] = payload["errors"]
    assert (error["code"], error["field"]) == ("INVALID", [field]) and error["message"]
    assert all(row["months"][2]["revisions"] == 0 for row in (await of_year(office)).values())


async def test_whoever_does_not_record_figures_may_not(office: Office) -> None:
    for who in ("tksk", "lead", "verifier"):
        payload = await record(office, who=who)
        assert [error["code"] for error in payload["errors"]] == ["FORBIDDEN"]
    answer = await office.tell(ALL, {"year": 2024}, None)
    assert answer["data"] == {"spmIndicators": None}
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    refused = await office.tell(ALL, {"year": 1990}, "analyst")
    assert refused["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT", "argument": "year"}


async def test_no_figure_stands_without_saying_where_it_comes_from(database: Database) -> None:
    nameless = SpmTargetRow(
        service_code=SpmService.NEGLECTED_ELDERLY, year=2024, month=1, target=1, served=1, as_of=date(2024, 1, 31),
        source="", collected_by="x", method="x", recorded_at=now(),
    )  # fmt: skip
    with pytest.raises(IntegrityError):
        async with database.write() as session:
            session.add(nameless)


def test_what_is_derived() -> None:
    assert (unserved(10, 12), unserved(10, 4), unserved(None, 4), unserved(0, 0)) == (0, 6, None, 0)
    assert (unserved_percent(0, 0), unserved_percent(8, 7)) == (None, 12.5)
    today = now().astimezone(WITA).date()
    assert missing_months([1], today.year + 1, today) == []
    assert len(missing_months([], (today - timedelta(days=400)).year, today)) == 12


def test_two_months_in_a_row_are_needed_and_an_unknown_one_breaks_the_row() -> None:
    bad, good = (100, 70), (100, 80)
    assert runs_above({1: bad, 2: bad, 3: bad, 4: good}, 20, 10) == [(1, 3)]
    # Exactly the threshold is not above it.
    assert runs_above({1: bad, 2: good}, 20, 10) == []
    assert runs_above({1: bad, 2: (100, None), 3: bad}, 20, 10) == []
    assert runs_above({1: bad, 3: bad}, 20, 10) == []
    assert runs_above({1: (9, 0), 2: (9, 0)}, 20, 10) == []
