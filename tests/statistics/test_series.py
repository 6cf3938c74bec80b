"""What comes with the house can be asked for: the study's tables and figures, each with where it comes from."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from integration.db.base import now
from integration.db.engine import Database
from integration.statistics.series import compute
from integration.statistics.tables import StatisticSeriesRow, StatisticValueRow
from tests.procedure.conftest import Office

VALUES = """query ($series: String!, $after: String) {
  statisticValues(first: 100, after: $after, filter: { series: { eq: $series } }) { totalCount
    pageInfo { hasNextPage endCursor }
    nodes { region { code name } group category periodFrom periodTo state value unknownReason doubts working } } }"""


async def values(office: Office, series: str, who: str | None = None) -> list[dict[str, Any]]:
    """All figures of a series."""
    found: list[dict[str, Any]] = []
    after = None
    while True:
        page = (await office.ask(VALUES, {"series": series, "after": after}, who))["statisticValues"]
        found += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            assert len(found) == page["totalCount"]
            return found
        after = page["pageInfo"]["endCursor"]


def one(found: list[dict[str, Any]], **where: Any) -> dict[str, Any]:
    """The one figure of a place: region by code, group, category, year."""
    [figure] = [
        figure
        for figure in found
        if (figure["region"] or {}).get("code") == where.get("region")
        and figure["group"] == where.get("group")
        and figure["category"] == where.get("category")
        and ("year" not in where or figure["periodFrom"].startswith(where["year"]))
    ]
    return figure


async def test_every_series_says_where_it_comes_from(office: Office) -> None:
    answer = await office.ask(
        "{ statisticSeries(first: 100) { nodes { code title concept definition classification measure unit source "
        "collectedBy method licence asOf updatedAt values { totalCount } } } }",
        who=None,
    )
    found = answer["statisticSeries"]["nodes"]
    assert {"poor_people", "staff", "disability", "region_counts", "simasos_reports"} <= {one["code"] for one in found}
    assert all(all(text for text in series.values()) for series in found)
    assert all(series["values"]["totalCount"] > 0 for series in found)


async def test_poor_people_of_three_years(office: Office) -> None:
    found = await values(office, "poor_people")
    assert len(found) == 33
    assert one(found, region="64.02", year="2023")["value"] == "60.86"
    assert one(found, region="64", year="2021")["value"] == "241.77"
    assert one(found, region="64", year="2021")["doubts"] == ["ROUNDING"]
    assert one(found, region="64", year="2023")["doubts"] == []


async def test_computed_figures_show_their_working(office: Office) -> None:
    share = one(await values(office, "poor_people_share"), region="64.02", year="2023")
    assert (share["value"], share["working"]) == ("26.3", "100 * 60.86 / 231.08")
    change = await values(office, "poor_people_change")
    assert one(change, region="64.02", year="2023")["value"] == "-3.2"
    first = one(change, region="64.02", year="2021")
    assert (first["state"], first["value"], first["unknownReason"]) == ("UNKNOWN", None, "NO_INPUT")


async def test_figures_of_the_text(office: Office) -> None:
    expected = {
        "protection_target_rpjmn": ["98"], "dtks_coverage": ["40"], "poverty_rate_indonesia": ["9.36"],
        "poverty_rate_change_indonesia": ["-0.21"], "poor_people_indonesia": ["25.90"], "land_area": ["27263.10"],
        "poverty_target_rpjmn": ["6.5", "7.5"], "ppks_banjarbaru": ["13883"], "psks_banjarbaru": ["514"],
        "simasos_reports": ["14", "7", "3", "4"],
    }  # fmt: skip
    assert {code: [figure["value"] for figure in await values(office, code)] for code in expected} == expected
    counts = await values(office, "region_counts")
    assert one(counts, region="64.02", category="kelurahan")["doubts"] == ["COUNT_AGAINST_CODES"]
    assert one(counts, region="64.02", category="desa")["doubts"] == []


async def test_the_table_of_staff_is_whole(office: Office) -> None:
    found = await values(office, "staff")
    assert one(found, group=None, category=None)["value"] == "106"
    assert one(found, group="ASN", category=None)["value"] == "73"
    assert one(found, group="NON-ASN", category=">55")["value"] == "1"
    assert all(figure["doubts"] == [] for figure in found)


async def test_what_a_table_does_not_tell_is_unknown_and_never_zero(office: Office) -> None:
    found = await values(office, "disability", "admin")
    assert len(found) == 21 * 12
    for code in ("64.02.15", "64.02.19"):
        missing = [figure for figure in found if figure["region"]["code"] == code]
        assert len(missing) == 12
        assert {(m["state"], m["value"], m["unknownReason"]) for m in missing} == {("UNKNOWN", None, "NOT_REPORTED")}
    states = Counter((figure["state"], figure["unknownReason"]) for figure in found)
    assert states["UNKNOWN", "UNCLEAR_EMPTY"] == 45
    assert not [figure for figure in found if figure["value"] == "0"]
    column = one(found, region="64.02", category="Tuna Rungu")
    assert (column["value"], column["doubts"]) == ("90", ["COLUMN_TOTAL"])
    blind = one(found, region="64.02", category="Total Blind")
    assert (blind["value"], set(blind["doubts"])) == ("31", {"COLUMN_TOTAL", "HEADER_SHIFT"})
    whole = one(found, region="64.02", category=None)
    assert set(whole["doubts"]) == {"CELLS_TOTAL", "COLUMN_TOTALS_TOTAL", "LOST_COLUMN"}


@pytest.mark.parametrize("who", [None, "analyst", "citizen", "opd-dinkes"])
async def test_small_counts_of_people_are_for_the_office(office: Office, who: str | None) -> None:
    of_office = await values(office, "disability", "admin")
    of_others = await values(office, "disability", who)
    small = 0
    for seen, shown in zip(of_office, of_others, strict=True):
        if seen["value"] is not None and 0 < int(seen["value"]) < 5:
            small += 1
            assert (shown["state"], shown["value"], shown["doubts"]) == ("SUPPRESSED", None, [])
        elif shown["state"] != "SUPPRESSED":
            assert shown == seen
    assert small == 80
    # The totals tell no single person.
    assert {figure["state"] for figure in of_others if figure["category"] is None} == {"KNOWN", "UNKNOWN"}


async def test_no_figure_without_provenance_can_be_kept(database: Database) -> None:
    async with database.write() as session:
        series = (await session.exec(select(StatisticSeriesRow))).first()
    assert series is not None
    without: Sequence[dict[str, Any]] = ({"series_id": None}, {"value": None}, {"value": None, "state": "UNKNOWN"})
    unsaid: Sequence[dict[str, Any]] = ({"source": " "}, {"collected_by": ""}, {"method": ""}, {"source": None})
    for spoilt in unsaid:
        with pytest.raises(IntegrityError):
            async with database.write() as session:
                await session.exec(sa.update(StatisticSeriesRow).values(**spoilt))
    for spoilt in without:
        known = sa.update(StatisticValueRow).where(col(StatisticValueRow.state) == "KNOWN").values(**spoilt)
        with pytest.raises(IntegrityError):
            async with database.write() as session:
                await session.exec(known)


async def test_what_is_computed_follows_its_figures_and_tells_no_withheld_one(
    database: Database, office: Office
) -> None:
    async with database.write() as session:
        poor = (await session.exec(select(StatisticSeriesRow).where(StatisticSeriesRow.code == "poor_people"))).one()
        for row in await session.exec(select(StatisticValueRow).where(StatisticValueRow.series_id == poor.id)):
            if (row.region_code, row.period_from.year) == ("64.02", 2023):
                row.value, row.withheld = "46.216", True
        await session.flush()
        await compute(session, now())
    assert one(await values(office, "poor_people_share", "admin"), region="64.02", year="2023")["value"] == "20.0"
    assert {figure["state"] for figure in await values(office, "poor_people_share")} == {"SUPPRESSED"}
