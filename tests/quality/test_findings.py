"""What is wrong with a person's data is said with a rule and a sentence, and without a digit of theirs."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from integration.access.sealing import Sealer
from integration.codes import RegistryStatus, Sex
from integration.db.engine import Database
from integration.people.quality import findings
from integration.people.tables import FamilyRow, PersonRow
from integration.reading import relay
from integration.registry.tables import RegistryRecordRow, RegistryReleaseRow
from tests.partners.conftest import Partner

TODAY = date(2026, 3, 2)
GOOD: dict[str, Any] = {
    "nik": "6402064107809001", "birth_date": "1980-07-01", "sex": Sex.FEMALE, "region": "64.02.06.1006",
    "deceased": False, "nik_shared": False, "has_kk": True, "several_heads": False, "has_duplicate": False,
    "status": RegistryStatus.ACTIVE, "staleness": "FRESH",
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"nik": None}, ["NIK_MISSING"]),
        ({"nik": "6402064113809001"}, ["NIK_IMPLAUSIBLE"]),
        ({"nik": "6402064107809001", "birth_date": "1980-07-02"}, ["NIK_BIRTH_DATE"]),
        ({"sex": Sex.MALE}, ["NIK_SEX"]),
        ({"sex": None}, []),
        ({"nik_shared": True, "has_duplicate": True}, ["NIK_SHARED", "POSSIBLE_DUPLICATE"]),
        ({"birth_date": None}, ["BIRTH_DATE_MISSING"]),
        ({"nik": None, "birth_date": "2026-03-03"}, ["NIK_MISSING", "BIRTH_DATE_FUTURE"]),
        ({"nik": None, "birth_date": "2026-03-02"}, ["NIK_MISSING"]),
        ({"nik": None, "birth_date": "1915-03-03"}, ["NIK_MISSING"]),
        ({"nik": None, "birth_date": "1915-03-02"}, ["NIK_MISSING", "BIRTH_DATE_TOO_OLD"]),
        ({"region": None}, ["REGION_UNMAPPED"]),
        ({"deceased": True}, ["DECEASED_LISTED"]),
        ({"deceased": True, "status": RegistryStatus.REMOVED}, []),
        ({"staleness": "STALE"}, ["RECORD_STALE"]),
        ({"staleness": "UNKNOWN"}, ["RECORD_UNDATED"]),
        ({"staleness": None, "status": None}, []),
        ({"has_kk": False, "several_heads": True}, ["KK_MISSING"]),
        ({"several_heads": True}, ["KK_SEVERAL_HEADS"]),
    ],
)
def test_each_fault_has_its_rule(change: dict[str, Any], found: list[str]) -> None:
    assert [rule.name for rule in findings({**GOOD, **change}, TODAY)] == found


QUERY = """query($id: ID!) { person(id: $id) { nik dataQuality { rule severity field message } } }"""


async def test_the_findings_of_a_stored_person(partner: Partner, database: Database, sealer: Sealer) -> None:
    nik = "6402064107809801"
    async with database.write() as session:
        release = (await session.exec(select(RegistryReleaseRow))).first()
        assert release is not None
        family = FamilyRow(kk_index=sealer.index("kk", "6402060101019801"))
        people = [
            PersonRow(
                name="Uji Coba", name_key="uji coba", nik_sealed=sealer.seal("nik", nik),
                nik_index=sealer.index("nik", nik), sex=Sex.MALE, birth_date=date(1980, 7, 1), deceased=True,
                family_id=family.id,
            )
            for _ in range(2)
        ]  # fmt: skip
        session.add(family)
        await session.flush()
        session.add_all(people)
        await session.flush()
        session.add(
            RegistryRecordRow(
                person_id=people[0].id, release_id=release.id, status=RegistryStatus.ACTIVE, as_of=date(2001, 1, 1)
            )
        )
    given = {"id": relay.encode("Person", people[0].id)}
    told = {}
    for language in ("id", "en"):
        person = (await partner.ask(QUERY, given, who="admin", language=language))["person"]
        assert [finding["rule"] for finding in person["dataQuality"]] == [
            "NIK_SHARED", "NIK_SEX", "REGION_UNMAPPED", "DECEASED_LISTED", "RECORD_STALE", "KK_SEVERAL_HEADS",
            "POSSIBLE_DUPLICATE",
        ]  # fmt: skip
        assert not any(digits in finding["message"] for finding in person["dataQuality"] for digits in ("6402", "9801"))
        told[language] = [finding["message"] for finding in person["dataQuality"]]
    assert set(told["id"]).isdisjoint(told["en"])
    hidden = await partner.ask(QUERY, given)
    assert hidden == {"person": None}


async def test_it_is_read_of_a_whole_page(partner: Partner) -> None:
    query = "query($n: Int!) { people(first: $n) { nodes { id dataQuality { rule } } } }"
    few = (await partner.ask(query, {"n": 1}, who="admin"))["people"]["nodes"]
    many = (await partner.ask(query, {"n": 100}, who="admin"))["people"]["nodes"]
    assert (len(few), len(many)) == (1, 100)
    assert all(isinstance(person["dataQuality"], list) for person in many)
