"""Two rows that are one person are merged by an officer, lose nothing by it, and can be parted again."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from sqlmodel import col, select

from integration.access.sealing import Sealer
from integration.codes import EnrolmentStatus, MatchState, RegistryStatus
from integration.db.engine import Database
from integration.events.tables import EventRow
from integration.people.tables import PersonPpksRow, PersonRow
from integration.reading import relay
from integration.registry.tables import EnrolmentRow, RegistryRecordRow, RegistryReleaseRow
from integration.reports.tables import ReportRow, ReportSubjectRow
from tests.partners.conftest import Partner
from tests.quality.test_changes import walk
from tests.quality.test_releases import COMPARISON, releases

NIK = "6402064107809801"
SHOW = (
    "id registryRecords { desil } enrolments { programme } ppks { code } reports { nodes { number } } "
    "possibleDuplicates { person { id } reasons explanation score }"
)
PERSON = f"query($id: ID!) {{ person(id: $id) {{ {SHOW} }} }}"
ERRORS = "errors { code field message }"


def act(name: str) -> str:
    kind = f"{name[0].upper()}{name[1:]}Input"
    return f"mutation($input: {kind}!) {{ {name}(input: $input) {{ person {{ id }} {ERRORS} }} }}"


class Two:
    """Two rows of one person: the first has a record, an enrolment, a need and a report, the second another record."""

    def __init__(self, one: PersonRow, other: PersonRow) -> None:
        self.rows = (one, other)
        self.one, self.other = (relay.encode("Person", row.id) for row in self.rows)


@pytest.fixture
async def two(database: Database, sealer: Sealer) -> Two:
    async with database.write() as session:
        releases = (await session.exec(select(RegistryReleaseRow).order_by(RegistryReleaseRow.period))).all()
        one, other = (
            PersonRow(
                name="Siti Uji", name_key="siti uji", nik_index=sealer.index("nik", NIK),
                nik_sealed=sealer.seal("nik", NIK), birth_date=date(1980, 7, 1), region_code="64.02.06.1006",
            )
            for _ in range(2)
        )  # fmt: skip
        session.add_all([one, other])
        await session.flush()
        session.add_all([
            RegistryRecordRow(person_id=one.id, release_id=releases[0].id, desil=1, status=RegistryStatus.ACTIVE),
            RegistryRecordRow(person_id=one.id, release_id=releases[1].id, desil=2, status=RegistryStatus.ACTIVE),
            RegistryRecordRow(person_id=other.id, release_id=releases[1].id, desil=3, status=RegistryStatus.ACTIVE),
            EnrolmentRow(person_id=one.id, programme_code="PKH", status=EnrolmentStatus.ACTIVE),
            PersonPpksRow(person_id=one.id, ppks_code="PPKS-08"),
            PersonPpksRow(person_id=one.id, ppks_code="PPKS-09"),
            PersonPpksRow(person_id=other.id, ppks_code="PPKS-09"),
        ])  # fmt: skip
        report = (await session.exec(select(ReportRow).where(ReportRow.number == "SIM-2024-000008"))).one()
        session.add(ReportSubjectRow(report_id=report.id, person_id=one.id, match_state=MatchState.CONFIRMED))
    return Two(one, other)


async def shown(partner: Partner, person: str, **how: Any) -> Any:
    return (await partner.ask(PERSON, {"id": person}, **{"who": "admin", **how}))["person"]


async def do(partner: Partner, name: str, told: dict[str, Any], **how: Any) -> Any:
    return (await partner.ask(act(name), {"input": told}, **{"who": "admin", **how}))[name]


async def test_each_is_suggested_with_the_other_and_why(partner: Partner, two: Two) -> None:
    (found,) = (await shown(partner, two.one))["possibleDuplicates"]
    assert found == {
        "person": {"id": two.other},
        "reasons": ["SAME_NIK", "SAME_NAME_AND_BIRTH_DATE", "SAME_VILLAGE"],
        "explanation": "NIK sama, nama dan tanggal lahir sama, desa/kelurahan sama",
        "score": 1.0,
    }
    (found,) = (await shown(partner, two.other, language="en"))["possibleDuplicates"]
    assert found["explanation"] == "the same identity number, the same name and birth date, the same village"
    query = '{ people(filter: {possibleDuplicate: true, region: {within: "64.02.06.1006"}}) { nodes { id } } }'
    listed = {person["id"] for person in (await partner.ask(query, who="admin"))["people"]["nodes"]}
    assert {two.one, two.other} <= listed
    rest = '{ people(first: 100, search: "siti uji", filter: {possibleDuplicate: false}) { nodes { id } } }'
    assert (await partner.ask(rest, who="admin"))["people"]["nodes"] == []


async def test_one_ground_is_told_alone(partner: Partner, two: Two, database: Database) -> None:
    async with database.write() as session:
        one = await session.get(PersonRow, two.rows[0].id)
        assert one is not None
        one.nik_index, one.region_code = None, None
        session.add(one)
    (found,) = (await shown(partner, two.one))["possibleDuplicates"]
    assert found["reasons"] == ["SAME_NAME_AND_BIRTH_DATE"]
    assert (found["explanation"], found["score"]) == ("nama dan tanggal lahir sama", 0.3)


async def test_a_merge_loses_nothing_and_is_taken_back_whole(partner: Partner, two: Two, database: Database) -> None:
    before = [await shown(partner, two.one), await shown(partner, two.other)]
    told = {"id": two.one, "into": two.other, "reason": "Orang yang sama.", "idempotencyKey": "satu"}
    for _ in range(2):
        assert await do(partner, "personMerge", told) == {"person": {"id": two.other}, "errors": []}
    assert await shown(partner, two.one) is None
    assert (await partner.ask("query($id: ID!) { node(id: $id) { id } }", {"id": two.one}, who="admin"))["node"] is None
    survivor = await shown(partner, two.other)
    # The newest release knows both: the survivor's word stays, the other's waits with its row.
    assert sorted(record["desil"] for record in survivor["registryRecords"]) == [1, 3]
    assert survivor["enrolments"] == [{"programme": "PKH"}]
    assert [need["code"] for need in survivor["ppks"]] == ["PPKS-08", "PPKS-09"]
    assert [report["number"] for report in survivor["reports"]["nodes"]] == ["SIM-2024-000008"]
    assert survivor["possibleDuplicates"] == []
    undone = await do(partner, "personUnmerge", {"id": two.one, "reason": "Ternyata bukan."})
    assert undone == {"person": {"id": two.one}, "errors": []}
    assert [await shown(partner, two.one), await shown(partner, two.other)] == before
    async with database.write() as session:
        acts = select(EventRow.act).where(EventRow.noun == "Person").order_by(col(EventRow.id))
        assert (await session.exec(acts)).all() == ["personMerge"] * 2 + ["personUnmerge"] * 2


async def test_whoever_was_merged_before_goes_along(partner: Partner, two: Two, database: Database) -> None:
    async with database.write() as session:
        third = PersonRow(name="Siti U", name_key="siti u", region_code="64.02.06.1006")
        session.add(third)
    last = relay.encode("Person", third.id)
    await do(partner, "personMerge", {"id": two.one, "into": two.other, "reason": "sama"})
    await do(partner, "personMerge", {"id": two.other, "into": last, "reason": "sama"})
    assert sorted(r["desil"] for r in (await shown(partner, last))["registryRecords"]) == [1, 3]
    async with database.write() as session:
        one = await session.get(PersonRow, two.rows[0].id)
        assert one is not None and one.merged_into_id == third.id
    await do(partner, "personUnmerge", {"id": two.other, "reason": "bukan"})
    assert sorted(r["desil"] for r in (await shown(partner, two.other))["registryRecords"]) == [1, 3]
    await do(partner, "personUnmerge", {"id": two.one, "reason": "bukan"})
    assert sorted(r["desil"] for r in (await shown(partner, two.one))["registryRecords"]) == [1, 2]


async def test_proposals_go_along_and_are_open_for_whom_they_are_for(partner: Partner, two: Two) -> None:
    propose = """mutation($input: VervalProposeInput!) { vervalPropose(input: $input) {
      proposal { id } errors { code } } }"""
    wish = {"action": "REMOVE", "reason": "DECEASED"}

    async def proposed(person: str) -> Any:
        answer = await partner.ask(propose, {"input": wish | {"person": person}}, who="admin")
        return answer["vervalPropose"]

    made = (await proposed(two.one))["proposal"]
    await do(partner, "personMerge", {"id": two.one, "into": two.other, "reason": "sama"})
    query = "query($id: ID!) { person(id: $id) { proposals { id } } }"
    shown_to = await partner.ask(query, {"id": two.other}, who="admin")
    assert shown_to["person"]["proposals"] == [made]
    assert [error["code"] for error in (await proposed(two.other))["errors"]] == ["DUPLICATE"]
    await do(partner, "personUnmerge", {"id": two.one, "reason": "bukan"})
    assert (await partner.ask(query, {"id": two.one}, who="admin"))["person"]["proposals"] == [made]
    assert [error["code"] for error in (await proposed(two.one))["errors"]] == ["DUPLICATE"]
    assert (await proposed(two.other))["errors"] == []


async def test_whom_an_officer_told_apart_is_not_suggested_again(partner: Partner, two: Two) -> None:
    for told in ({"id": two.one, "other": two.other}, {"id": two.other, "other": two.one, "reason": "Kembar."}):
        payload = await do(partner, "personRejectDuplicate", told, who="verifier")
        assert payload == {"person": {"id": told["id"]}, "errors": []}
    for person in (two.one, two.other):
        assert (await shown(partner, person))["possibleDuplicates"] == []


@pytest.mark.parametrize(
    ("who", "change", "code"),
    [
        ("tksk", {}, "FORBIDDEN"),
        ("citizen", {}, "FORBIDDEN"),
        ("opd-dinkes", {}, "FORBIDDEN"),
        ("admin", {"reason": " "}, "INVALID"),
        ("admin", {"reason": "x" * 2_001}, "INVALID"),
        ("admin", {"into": "one"}, "INVALID"),
        ("admin", {"into": relay.encode("Report", PersonRow(name="", name_key="").id)}, "INVALID"),
        ("admin", {"into": relay.encode("Person", PersonRow(name="", name_key="").id)}, "NOT_FOUND"),
    ],
)
async def test_what_may_not_be_is_refused_and_changes_nothing(
    partner: Partner, two: Two, who: str, change: dict[str, str], code: str
) -> None:
    given = {"id": two.one, "into": two.other, "reason": "sama", **change}
    if given["into"] == "one":
        given["into"] = two.one
    payload = await do(partner, "personMerge", given, who=who)
    assert (payload["person"], [error["code"] for error in payload["errors"]]) == (None, [code])
    assert len((await shown(partner, two.one))["registryRecords"]) == 2


async def test_what_is_not_merged_is_not_taken_back(partner: Partner, two: Two) -> None:
    payload = await do(partner, "personUnmerge", {"id": two.one, "reason": "salah"})
    assert [error["code"] for error in payload["errors"]] == ["NOT_FOUND"]
    await do(partner, "personMerge", {"id": two.one, "into": two.other, "reason": "sama"})
    payload = await do(partner, "personMerge", {"id": two.one, "into": two.other, "reason": "sama"})
    assert [error["code"] for error in payload["errors"]] == ["NOT_FOUND"]


@pytest.mark.parametrize("one_into_other", [True, False])
async def test_two_releases_compared_count_one_person_once(
    partner: Partner, database: Database, two: Two, one_into_other: bool
) -> None:
    counts = ("entered", "left", "desilChanged", "moved", "unchanged")
    names = {"ENTERED": "entered", "LEFT": "left", "DESIL_CHANGED": "desilChanged", "MOVED": "moved"}
    older, newer = (relay.encode("RegistryRelease", release.id) for release in await releases(database))

    async def compared(before: str, after: str) -> dict[str, int]:
        given = {"from": before, "to": after}
        rows = (await partner.ask(COMPARISON, given, who="admin"))["registryComparison"]["rows"]
        total = {name: sum(row[name] for row in rows) for name in counts}
        kinds = Counter(names[change["kind"]] for change in await walk(partner, given, 100))
        assert {name: kinds[name] for name in names.values()} == {name: total[name] for name in names.values()}
        return total

    forth, back = await compared(older, newer), await compared(newer, older)
    person, into = (two.one, two.other) if one_into_other else (two.other, two.one)
    await do(partner, "personMerge", {"id": person, "into": into, "reason": "sama"})
    # The one who came of the newer release is the one who was there before.
    assert await compared(older, newer) == forth | {"entered": forth["entered"] - 1}
    assert await compared(newer, older) == back | {"left": back["left"] - 1}
