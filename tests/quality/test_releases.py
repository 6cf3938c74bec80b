"""Releases side by side: how good each is, and what changed from one to the other, in numbers that add up."""

from collections import Counter
from typing import Any

from sqlmodel import col, select

from integration.codes import RecordValidity, RegistryStatus
from integration.db.engine import Database
from integration.reading import relay
from integration.registry.tables import RegistryRecordRow, RegistryReleaseRow
from tests.partners.conftest import Partner

INDICATORS = """query($level: RegionLevel!, $release: ID) { registryIndicators(level: $level, release: $release) {
  rows { regionCode region records checked valid mapped dated fresh validPercent mappedPercent freshPercent } } }"""
COMPARISON = """query($from: ID!, $to: ID!) { registryComparison(from: $from, to: $to) {
  rows { regionCode region entered left desilChanged moved unchanged } } }"""


async def releases(database: Database) -> list[RegistryReleaseRow]:
    async with database.write() as session:
        return list((await session.exec(select(RegistryReleaseRow).order_by(RegistryReleaseRow.period))).all())


async def records(database: Database, release: RegistryReleaseRow) -> dict[Any, RegistryRecordRow]:
    async with database.write() as session:
        found = await session.exec(select(RegistryRecordRow).where(RegistryRecordRow.release_id == release.id))
        return {row.person_id: row for row in found}


async def test_the_comparison_counts_each_person_where_they_are(partner: Partner, database: Database) -> None:
    older, newer = await releases(database)
    async with database.write() as session:
        some = select(RegistryRecordRow).where(RegistryRecordRow.release_id == newer.id)
        for row in (await session.exec(some.order_by(col(RegistryRecordRow.id)).limit(3))).all():
            row.region_code = "64.02.06.1008"
            session.add(row)
    before = {k: r for k, r in (await records(database, older)).items() if r.status == RegistryStatus.ACTIVE}
    after = {k: r for k, r in (await records(database, newer)).items() if r.status == RegistryStatus.ACTIVE}
    given = {"from": relay.encode("RegistryRelease", older.id), "to": relay.encode("RegistryRelease", newer.id)}
    for who in ("admin", "lead"):
        rows = (await partner.ask(COMPARISON, given, who=who))["registryComparison"]["rows"]
        total = Counter({name: sum(row[name] for row in rows) for name in list(rows[0])[2:]})
        both = before.keys() & after.keys()
        desil = {k for k in both if before[k].desil != after[k].desil}
        moved = {k for k in both if before[k].region_code != after[k].region_code}
        assert total == {
            "entered": len(after.keys() - before.keys()),
            "left": len(before.keys() - after.keys()),
            "desilChanged": len(desil),
            "moved": len(moved),
            "unchanged": len(both - desil - moved),
        }
        assert total["left"] and total["desilChanged"] and total["moved"]
        assert all(row["region"] for row in rows)


async def test_whoever_works_for_an_area_compares_that_area(partner: Partner, database: Database) -> None:
    older, newer = await releases(database)
    given = {"from": relay.encode("RegistryRelease", older.id), "to": relay.encode("RegistryRelease", newer.id)}
    all_rows = (await partner.ask(COMPARISON, given, who="admin"))["registryComparison"]["rows"]
    for who in ("verifier", "tksk"):
        viewer = (await partner.ask("{ viewer { regions { code } } }", who=who))["viewer"]
        own = [region["code"] for region in viewer["regions"]]
        rows = (await partner.ask(COMPARISON, given, who=who))["registryComparison"]["rows"]
        assert rows == [row for row in all_rows if any(f"{row['regionCode']}.".startswith(f"{o}.") for o in own)]
        assert rows


async def test_what_nobody_looked_at_is_unknown_and_not_nothing(partner: Partner, database: Database) -> None:
    _, newer = await releases(database)
    async with database.write() as session:
        for row in (
            await session.exec(select(RegistryRecordRow).where(RegistryRecordRow.release_id == newer.id))
        ).all():
            if (row.region_code or "").startswith("64.02.06"):
                row.validity, row.as_of = None, None
            elif (row.region_code or "").startswith("64.02.07"):
                row.validity, row.region_code = RecordValidity.INVALID, "64.02.07"
            session.add(row)
    rows = (await partner.ask(INDICATORS, {"level": "DISTRICT"}, who="lead"))["registryIndicators"]["rows"]
    by_code = {row["regionCode"]: row for row in rows}
    unknown, invalid, good = by_code["64.02.06"], by_code["64.02.07"], by_code["64.02.08"]
    assert (unknown["validPercent"], unknown["freshPercent"], unknown["mappedPercent"]) == (None, None, 100.0)
    assert (invalid["validPercent"], invalid["mappedPercent"]) == (0.0, 0.0)
    assert good["validPercent"] == 100.0 and 0 < good["freshPercent"] <= 100
    assert sum(row["records"] for row in rows) == newer.people
    villages = (await partner.ask(INDICATORS, {"level": "VILLAGE"}, who="admin"))["registryIndicators"]["rows"]
    assert villages[-1]["regionCode"] is None and villages[-1]["records"] == invalid["records"]


async def test_they_are_for_those_who_work_with_the_registry(partner: Partner, database: Database) -> None:
    older, _ = await releases(database)
    given = {"level": "DISTRICT", "release": relay.encode("RegistryRelease", older.id)}
    assert (await partner.ask(INDICATORS, given, who="tksk"))["registryIndicators"]["rows"]
    for who in ("citizen", "opd-dinkes", None):
        body = await partner.tell(INDICATORS, given, who=who)
        assert [error["extensions"]["code"] for error in body["errors"]] == ["FORBIDDEN"]
    body = await partner.tell(INDICATORS, {"level": "DISTRICT", "release": "x"}, who="admin")
    assert [error["extensions"]["code"] for error in body["errors"]] == ["BAD_USER_INPUT"]
    body = await partner.tell(INDICATORS, {"level": "REGENCY"}, who="admin")
    assert [error["extensions"]["code"] for error in body["errors"]] == ["BAD_USER_INPUT"]
