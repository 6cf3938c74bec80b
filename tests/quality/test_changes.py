"""What became of each person between two releases: page by page, and in the same numbers as the summary."""

from collections import Counter
from typing import Any

from sqlmodel import col, select

from integration.codes import RegistryStatus
from integration.db.engine import Database
from integration.people.tables import PersonRow
from integration.reading import relay
from integration.registry.tables import RegistryRecordRow
from tests.partners.conftest import Partner
from tests.quality.test_releases import COMPARISON, records, releases

CHANGES = """query($from: ID!, $to: ID!, $first: Int, $after: String, $filter: RegistryChangeFilter) {
  registryChanges(from: $from, to: $to, first: $first, after: $after, filter: $filter) { totalCount
    nodes { kind person { id } desilFrom desilTo regionFrom { code } regionTo { code } }
    pageInfo { hasNextPage endCursor } } }"""


async def some_moved(database: Database) -> dict[str, Any]:
    """Three more people are elsewhere in the newer release, some were not counted by the older; the ids of the two."""
    older, newer = await releases(database)
    async with database.write() as session:
        some = select(RegistryRecordRow).where(RegistryRecordRow.release_id == newer.id)
        for row in (await session.exec(some.order_by(col(RegistryRecordRow.id)).limit(3))).all():
            row.region_code = "64.02.06.1008"
            session.add(row)
        had = select(RegistryRecordRow).where(RegistryRecordRow.release_id == older.id)
        for row in (await session.exec(had.order_by(col(RegistryRecordRow.id).desc()).limit(9))).all():
            row.status = RegistryStatus.INACTIVE
            session.add(row)
    return {"from": relay.encode("RegistryRelease", older.id), "to": relay.encode("RegistryRelease", newer.id)}


async def expected(database: Database) -> dict[tuple[str, str], tuple[Any, ...]]:
    """The same changes, found in Python: by person and kind, the two deciles and the two places."""
    old, new = [await records(database, release) for release in await releases(database)]
    found = {}
    for person in old.keys() | new.keys():
        was, now = [
            row if row and row.status == RegistryStatus.ACTIVE else None
            for row in (rows.get(person) for rows in (old, new))
        ]
        kinds = []
        if was and now:
            kinds += ["DESIL_CHANGED"] if was.desil != now.desil else []
            kinds += ["MOVED"] if was.region_code != now.region_code else []
        elif was or now:
            kinds.append("LEFT" if was else "ENTERED")
        for kind in kinds:
            found[relay.encode("Person", person), kind] = (
                was and was.desil, now and now.desil, was and was.region_code, now and now.region_code,
            )  # fmt: skip
    return found


def told(node: dict[str, Any]) -> tuple[Any, ...]:
    old, new = node["regionFrom"], node["regionTo"]
    return node["desilFrom"], node["desilTo"], old and old["code"], new and new["code"]


async def walk(partner: Partner, given: dict[str, Any], first: int, who: str = "admin") -> list[dict[str, Any]]:
    """All changes, a page at a time."""
    nodes, after = [], None
    while True:
        page = (await partner.ask(CHANGES, given | {"first": first, "after": after}, who=who))["registryChanges"]
        nodes += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            assert page["totalCount"] == len(nodes)
            return nodes


async def test_each_change_is_on_one_page_and_the_summary_counts_the_same(partner: Partner, database: Database) -> None:
    given = await some_moved(database)
    wanted = await expected(database)
    assert {kind for _, kind in wanted} == {"ENTERED", "LEFT", "DESIL_CHANGED", "MOVED"}
    for first in (1, 7, 100):
        nodes = await walk(partner, given, first)
        assert len(nodes) == len(wanted)
        assert {(node["person"]["id"], node["kind"]): told(node) for node in nodes} == wanted
    rows = (await partner.ask(COMPARISON, given, who="admin"))["registryComparison"]["rows"]
    kinds = Counter(node["kind"] for node in nodes)
    names = {"ENTERED": "entered", "LEFT": "left", "DESIL_CHANGED": "desilChanged", "MOVED": "moved"}
    assert {names[kind]: count for kind, count in kinds.items()} == {
        name: sum(row[name] for row in rows) for name in names.values()
    }


async def test_a_filter_leaves_the_rest_out(partner: Partner, database: Database) -> None:
    given = await some_moved(database)
    wanted = await expected(database)
    village = "64.02.06.1008"
    nodes = await walk(partner, given | {"filter": {"kind": ["MOVED", "LEFT"], "region": {"within": village}}}, 2)
    assert {(node["person"]["id"], node["kind"]) for node in nodes} == {
        key for key, (_, _, old, new) in wanted.items()
        if (key[1] == "MOVED" and new == village) or (key[1] == "LEFT" and old == village)
    }  # fmt: skip
    assert nodes
    assert await walk(partner, given | {"filter": {"kind": []}}, 2) == []


async def test_whoever_sees_only_some_people_sees_only_their_changes(partner: Partner, database: Database) -> None:
    given = await some_moved(database)
    seen = await partner.ask("{ viewer { regions { code } } }", who="verifier")
    own = tuple(region["code"] for region in seen["viewer"]["regions"])
    async with database.write() as session:
        people = (await session.exec(select(PersonRow))).all()
        gone = people[0]
        gone.region_code = "64.01"
        session.add(gone)
    within = {
        relay.encode("Person", one.id) for one in people
        if any(f"{one.region_code}.".startswith(f"{region}.") for region in own)
    }  # fmt: skip
    nodes = await walk(partner, given, 50, "verifier")
    assert {(n["person"]["id"], n["kind"]) for n in nodes} == {
        key for key in await expected(database) if key[0] in within
    }
    for who in ("citizen", "opd-dinkes", "analyst", None):
        body = await partner.tell(CHANGES, given, who=who)
        assert [error["extensions"]["code"] for error in body["errors"]] == ["FORBIDDEN"]
        assert body["data"]["registryChanges"] is None


async def test_what_is_no_release_is_refused(partner: Partner, database: Database) -> None:
    given = await some_moved(database)
    for wrong in ({"from": "x"}, {"to": relay.encode("Person", (await releases(database))[0].id)}):
        body = await partner.tell(CHANGES, given | wrong, who="admin")
        assert [error["extensions"]["code"] for error in body["errors"]] == ["BAD_USER_INPUT"]
