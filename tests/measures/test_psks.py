"""The register of welfare resources over HTTP: what nobody looked for is unknown, what ended stays on record."""

from typing import Any

import pytest
from sqlmodel import select

from integration.db.engine import Database
from integration.psks.tables import PsksResourceRow
from tests.measures.asked import do, refusal
from tests.procedure.conftest import Office

SHOWN = "psksResource { id version type { code } name region { code } phone activeTo isActive source asOf }"
COUNTS = "{ psksCounts { known total source formula rows { type regionCode count state dataAsOf } } }"
DESA = """query($region: String!) {
  people(filter: {region: {within: $region}}, first: 100) { nodes { ppks { code } enrolments { programme } } }
  psksResources(filter: {region: {within: $region}, isActive: true}) { nodes { name type { code } } } }"""


def told(**other: Any) -> dict[str, Any]:
    return {
        "type": "PSKS-05", "name": "Karang Taruna Bina Muda", "region": "64.02.06.1008", "phone": "0812 3456 7890",
        "source": "SK Lurah 2024", "asOf": "2024-05-01", **other,
    }  # fmt: skip


async def counts(office: Office, who: str = "analyst") -> dict[tuple[str, str], dict[str, Any]]:
    found = (await office.ask(COUNTS, who=who))["psksCounts"]
    assert len(found["rows"]) == 12 * 20 and found["source"] and found["formula"]
    return {(row["type"], row["regionCode"]): row for row in found["rows"]}


async def test_a_resource_is_recorded_with_its_phone_sealed(office: Office, database: Database) -> None:
    payload = await do(office, "psksResourceRecord", told(), "secretary", SHOWN)
    assert payload["errors"] == []
    resource = payload["psksResource"]
    assert (resource["type"], resource["region"]) == ({"code": "PSKS-05"}, {"code": "64.02.06.1008"})
    assert resource["phone"].endswith("7890") and resource["phone"].startswith("***") and resource["isActive"]
    async with database.write() as session:
        [row] = (await session.exec(select(PsksResourceRow))).all()
    assert b"7890" not in (row.phone_sealed or b"")
    page = await office.tell("{ psksResources { nodes { name phone } } }", who="opd-dinkes")
    assert page["data"]["psksResources"]["nodes"] == [{"name": "Karang Taruna Bina Muda", "phone": None}]
    assert page["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert (await office.ask("{ psksResources { nodes { name } } }", who="citizen"))["psksResources"]["nodes"] == []


async def test_the_same_is_not_recorded_twice_until_it_has_ended(office: Office) -> None:
    first = (await do(office, "psksResourceRecord", told(), "secretary", SHOWN))["psksResource"]
    again = told(name="KARANG TARUNA  Bina-Muda")
    assert await refusal(office, "psksResourceRecord", again, "secretary") == ("DUPLICATE", ["name"])
    stale = {"id": first["id"], "activeTo": "2024-06-01", "expectedVersion": 9}
    assert (await refusal(office, "psksResourceEnd", stale, "secretary"))[0] == "CONFLICT"
    ended = await do(office, "psksResourceEnd", {**stale, "expectedVersion": 1}, "secretary", SHOWN)
    assert (ended["psksResource"]["isActive"], ended["psksResource"]["activeTo"]) == (False, "2024-06-01")
    assert (await refusal(office, "psksResourceEnd", {**stale, "expectedVersion": 2}, "secretary"))[0] == (
        "ILLEGAL_TRANSITION"
    )
    assert (await do(office, "psksResourceRecord", again, "secretary", SHOWN))["errors"] == []
    page = await office.ask("{ psksResources(filter: {isActive: false}) { nodes { id } } }", who="analyst")
    assert page["psksResources"]["nodes"] == [{"id": first["id"]}]


@pytest.mark.parametrize(
    ("other", "code", "field"),
    [
        ({"type": "PSKS-99"}, "INVALID", "type"),
        ({"region": "64.02"}, "INVALID", "region"),
        ({"region": "x"}, "INVALID", "region"),
        ({"phone": "nol delapan"}, "INVALID", "phone"),
        ({"asOf": "2999-01-01"}, "INVALID", "asOf"),
        ({"activeFrom": "1800-01-01"}, "INVALID", "activeFrom"),
        ({"name": "  "}, "INVALID", "name"),
        ({"source": ""}, "INVALID", "source"),
    ],
)
async def test_what_cannot_be_is_refused(office: Office, other: dict[str, Any], code: str, field: str) -> None:
    assert await refusal(office, "psksResourceRecord", told(**other), "secretary") == (code, [field])


async def test_who_maps_an_area_records_there_and_nowhere_else(office: Office) -> None:
    viewer = await office.ask("{ viewer { regions { code } } }", who="tksk")
    [own] = [region["code"] for region in viewer["viewer"]["regions"]]
    other = "64.02.01" if own != "64.02.01" else "64.02.02"
    assert (await do(office, "psksResourceRecord", told(region=own), "tksk", SHOWN))["errors"] == []
    assert (await refusal(office, "psksResourceRecord", told(region=other), "tksk"))[0] == "FORBIDDEN"
    assert (await refusal(office, "psksResourceRecord", told(region=own), "analyst"))[0] == "FORBIDDEN"


async def test_nothing_on_record_is_unknown_until_somebody_has_looked(office: Office) -> None:
    before = await counts(office)
    assert all((row["count"], row["state"]) == (None, "UNKNOWN") for row in before.values())
    resource = (await do(office, "psksResourceRecord", told(), "secretary", SHOWN))["psksResource"]
    stock = {"type": "PSKS-03", "region": "64.02.06", "source": "Pendataan kecamatan", "asOf": "2024-07-01"}
    assert await do(office, "psksTakeStock", stock, "secretary", "done") == {"done": True, "errors": []}
    after = await counts(office)
    assert after["PSKS-05", "64.02.06"] == {
        "type": "PSKS-05", "regionCode": "64.02.06", "count": 1, "state": "KNOWN", "dataAsOf": "2024-05-01",
    }  # fmt: skip
    assert (after["PSKS-03", "64.02.06"]["count"], after["PSKS-03", "64.02.06"]["state"]) == (0, "KNOWN")
    assert after["PSKS-03", "64.02.07"]["state"] == "UNKNOWN"
    await do(office, "psksResourceEnd", {"id": resource["id"], "activeTo": "2024-08-01"}, "secretary", SHOWN)
    assert (await counts(office))["PSKS-05", "64.02.06"]["count"] == 0
    village = {**stock, "region": "64.02.06.1008"}
    assert await refusal(office, "psksTakeStock", village, "secretary") == ("INVALID", ["region"])


async def test_one_question_shows_all_three_parts_of_the_registry_for_a_village(office: Office) -> None:
    # A village of the demo with people.
    people = await office.ask("{ people(first: 100) { nodes { region { code } ppks { code } } } }", who="secretary")
    village = next(one["region"]["code"] for one in people["people"]["nodes"] if one["region"] and one["ppks"])
    await do(office, "psksResourceRecord", told(region=village), "secretary", SHOWN)
    found = await office.ask(DESA, {"region": village}, "secretary")
    assert any(person["ppks"] for person in found["people"]["nodes"])
    assert [one["type"]["code"] for one in found["psksResources"]["nodes"]] == ["PSKS-05"]
