"""People an officer found to be one stay one through the next files, and can be parted again with what is theirs."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlmodel import col, func, select

from integration.access.sealing import Sealer
from integration.db.engine import Database
from integration.people.tables import PersonRow
from integration.reading import relay
from integration.registry.tables import EnrolmentRow, RegistryRecordRow, RegistryReleaseRow
from integration.settings import Settings
from schema.app import create_app
from tests.registry.files import Row, changed, csv_file, rows
from tests.registry.office import Office

_ONE, _OTHER = 1, 4


class Registry:
    """The office, an officer at its door, and six people of whom two are the same."""

    def __init__(self, office: Office, http: httpx2.AsyncClient, folder: Path) -> None:
        self.office = office
        self.people = rows(6)
        self._http = http
        self._folder = folder

    def file(self, period: str, people: Sequence[Row]) -> Path:
        """A file of a period."""
        return csv_file(self._folder / f"{period}.csv", people)

    async def release(self, period: str, people: Sequence[Row]) -> list[tuple[int, str]]:
        """Bring a file in; what was found in it, by row and rule."""
        batch = await self.office.bring_in(self.file(period, people), period)
        return sorted(await self.office.found(batch))

    async def person(self, number: int) -> PersonRow:
        """The person with the registry's number of a row."""
        index = self.office.sealer.index("registry.person.DTSEN", self.people[number]["IDARTDTKS"])
        async with self.office.database.look() as session:
            return (await session.exec(select(PersonRow).where(PersonRow.registry_index == index))).one()

    async def act(self, name: str, told: dict[str, Any]) -> None:
        """An officer's decision."""
        kind = f"{name[0].upper()}{name[1:]}Input"
        query = f"mutation($input: {kind}!) {{ {name}(input: $input) {{ errors {{ code }} }} }}"
        body = {"query": query, "variables": {"input": {**told, "reason": "orang yang sama"}}}
        headers = {"Authorization": "Bearer demo-admin", "X-Purpose": "VERIFICATION"}
        answer = (await self._http.post("/graphql", json=body, headers=headers)).json()
        assert answer["data"][name]["errors"] == [], answer

    async def merge(self) -> None:
        """The one is the other."""
        one, other = [relay.encode("Person", (await self.person(number)).id) for number in (_ONE, _OTHER)]
        await self.act("personMerge", {"id": one, "into": other})

    async def part(self) -> None:
        """They are not."""
        await self.act("personUnmerge", {"id": relay.encode("Person", (await self.person(_ONE)).id)})

    async def records(self, number: int) -> list[str]:
        """The periods of which a person has records."""
        owner = (await self.person(number)).id
        async with self.office.database.look() as session:
            found = await session.exec(
                select(RegistryReleaseRow.period)
                .join(RegistryRecordRow, col(RegistryRecordRow.release_id) == RegistryReleaseRow.id)
                .where(RegistryRecordRow.person_id == owner)
                .order_by(RegistryReleaseRow.period)
            )
            return list(found.all())

    async def programmes(self, number: int) -> list[str]:
        """The programmes a person has a place in."""
        owner = (await self.person(number)).id
        async with self.office.database.look() as session:
            found = await session.exec(
                select(EnrolmentRow.programme_code)
                .where(EnrolmentRow.person_id == owner)
                .order_by(EnrolmentRow.programme_code)
            )
            return list(found.all())

    async def count(self) -> int:
        """How many people the files made."""
        async with self.office.database.look() as session:
            found = select(func.count()).select_from(PersonRow).where(col(PersonRow.registry_index).is_not(None))
            return (await session.exec(found)).one()


@pytest.fixture
async def registry(database: Database, sealer: Sealer, settings: Settings, tmp_path: Path) -> AsyncIterator[Registry]:
    app = create_app(settings, database, run_worker=False)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://testserver") as http:
        made = Registry(Office(database, sealer, settings), http, tmp_path)
        await made.release("2027-Q1", made.people)
        yield made


async def test_who_was_merged_is_not_brought_back(registry: Registry) -> None:
    people = await registry.count()
    await registry.merge()
    # Both are listed: the row of the other is taken, and the second of one person is not.
    assert (_ONE + 1, "PERSON_TWICE") in await registry.release("2027-Q2", registry.people)
    assert await registry.count() == people
    assert await registry.records(_OTHER) == ["2027-Q1", "2027-Q2"]
    assert await registry.records(_ONE) == ["2027-Q1"]


async def test_a_record_under_the_number_of_who_was_merged_is_the_others(registry: Registry) -> None:
    await registry.merge()
    before = await registry.person(_OTHER)
    listed = changed(registry.people[_ONE], NAMA="NAMA YANG LAIN", ADA_RST="1", DESA="LOA IPUH")
    await registry.release("2027-Q2", [row for row in registry.people if row is not registry.people[_OTHER]])
    await registry.release("2027-Q3", [listed])
    assert await registry.records(_OTHER) == ["2027-Q1", "2027-Q2", "2027-Q3"]
    assert "RST" in await registry.programmes(_OTHER)
    # Of what is known of the one nothing becomes the other's.
    after = await registry.person(_OTHER)
    assert (after.name, after.nik_index, after.region_code) == (before.name, before.nik_index, before.region_code)


async def test_parted_again_each_has_what_came_under_their_number(registry: Registry) -> None:
    await registry.merge()
    listed = changed(registry.people[_ONE], ADA_RST="1")
    await registry.release("2027-Q2", [listed])
    await registry.part()
    assert await registry.records(_ONE) == ["2027-Q1", "2027-Q2"]
    assert await registry.records(_OTHER) == ["2027-Q1"]
    assert "RST" in await registry.programmes(_ONE)
    assert "RST" not in await registry.programmes(_OTHER)
    assert await registry.release("2027-Q3", registry.people) == []
    assert (await registry.records(_ONE))[-1] == (await registry.records(_OTHER))[-1] == "2027-Q3"


@pytest.mark.parametrize("is_listed", [True, False])
async def test_a_merge_between_staging_and_applying_counts(registry: Registry, is_listed: bool) -> None:
    people = registry.people if is_listed else [registry.people[_ONE]]
    path = registry.file("2027-Q2", people)
    await registry.office.stage(path, "2027-Q2")
    await registry.merge()
    await registry.office.bring_in(path, "2027-Q2")
    assert await registry.records(_OTHER) == ["2027-Q1", "2027-Q2"]
    assert await registry.records(_ONE) == ["2027-Q1"]


async def test_a_merge_taken_back_between_staging_and_applying_counts(registry: Registry) -> None:
    await registry.merge()
    path = registry.file("2027-Q2", [registry.people[_ONE]])
    await registry.office.stage(path, "2027-Q2")
    await registry.part()
    await registry.office.bring_in(path, "2027-Q2")
    assert await registry.records(_ONE) == ["2027-Q1", "2027-Q2"]
    assert await registry.records(_OTHER) == ["2027-Q1"]


async def test_who_was_merged_is_found_by_nik_under_a_new_number(registry: Registry) -> None:
    people = await registry.count()
    await registry.merge()
    await registry.release("2027-Q2", [changed(registry.people[_ONE], IDARTDTKS="990000000000000001")])
    assert await registry.count() == people
    assert await registry.records(_OTHER) == ["2027-Q1", "2027-Q2"]
