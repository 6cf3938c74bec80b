"""A partner learns whether somebody is in the registry, and in which band; never who, where or with which number."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from sqlmodel import col, select

from integration.access.sealing import Sealer
from integration.codes import RecordValidity, RegistryScheme, RegistryStatus
from integration.datafiles import read_csv
from integration.db.base import now
from integration.db.engine import Database
from integration.db.readers import Snapshot
from integration.demo.people import PEOPLE
from integration.matching.fold import fold
from integration.organizations.tables import OrganizationRow
from integration.people.tables import PersonRow
from integration.reference import desil_bands
from integration.registry.keys import Key, KeyKind
from integration.registry.lookup import look_up
from integration.registry.tables import RegistryRecordRow, RegistryReleaseRow, RegistryUseRow
from tests.partners.conftest import Partner, entries

ANSWER = "result scheme desilBand asOf errors { code field message }"
ONE = f"query($input: MatchRegistryInput!) {{ matchRegistry(input: $input) {{ {ANSWER} }} }}"
MANY = f"query($inputs: [MatchRegistryInput!]!) {{ matchRegistryMany(inputs: $inputs) {{ {ANSWER} }} }}"
LINES = read_csv(PEOPLE)
# Somebody whom both releases list.
ALIVE = next(line for line in LINES if not line["died_on"] and line["desil"] == "3")
NOBODY = "6402064107809901"


async def match(partner: Partner, given: dict[str, Any], **how: Any) -> Any:
    return (await partner.ask(ONE, {"input": given}, **how))["matchRegistry"]


async def refused(partner: Partner, given: dict[str, Any], **how: Any) -> tuple[str, list[str] | None]:
    answer = await match(partner, given, **how)
    (error,) = answer["errors"]
    assert answer["result"] == "REFUSED" and error["message"]
    assert (answer["scheme"], answer["desilBand"], answer["asOf"]) == (None, None, None)
    return error["code"], error["field"]


async def current(database: Database, sealer: Sealer, nik: str) -> tuple[RegistryRecordRow, RegistryReleaseRow]:
    async with database.write() as session:
        rows = await session.exec(
            select(RegistryRecordRow, RegistryReleaseRow)
            .join(PersonRow, col(PersonRow.id) == RegistryRecordRow.person_id)
            .join(RegistryReleaseRow, col(RegistryReleaseRow.id) == RegistryRecordRow.release_id)
            .where(PersonRow.nik_index == sealer.index("nik", nik))
        )
        return max(rows.all(), key=lambda pair: pair[1].scheme == RegistryScheme.DTSEN)


@pytest.mark.parametrize(
    "given",
    [
        {"nik": ALIVE["nik"]},
        {"nik": f" {ALIVE['nik'][:6]}.{ALIVE['nik'][6:12]}-{ALIVE['nik'][12:]} "},
        {"kk": ALIVE["kk"]},
    ],
    ids=["nik", "nik as people write it", "family card"],
)
async def test_who_is_listed_is_matched_with_band_and_day(
    partner: Partner, database: Database, sealer: Sealer, given: dict[str, str]
) -> None:
    record, release = await current(database, sealer, ALIVE["nik"])
    assert record.desil is not None and record.as_of is not None
    assert await match(partner, given) == {
        "result": "MATCHED",
        "scheme": release.scheme,
        "desilBand": desil_bands()[record.desil],
        "asOf": record.as_of.isoformat(),
        "errors": [],
    }


async def test_by_name_and_birth_date_spelling_counts_and_case_does_not(partner: Partner) -> None:
    same = [line for line in LINES if (line["name"], line["birth_date"]) == (ALIVE["name"], ALIVE["birth_date"])]
    assert len(same) == 1
    given = {"name": f"  {ALIVE['name'].upper()}. ", "birthDate": ALIVE["birth_date"]}
    assert (await match(partner, given))["result"] == "MATCHED"
    assert (await match(partner, {**given, "birthDate": "1901-01-01"}))["result"] == "NOT_MATCHED"
    assert (await match(partner, {**given, "name": ALIVE["name"] + "h"}))["result"] == "NOT_MATCHED"


async def test_who_is_not_listed_is_not_matched(partner: Partner) -> None:
    for given in ({"nik": NOBODY}, {"kk": "6402060101019901"}, {"name": "Tidak Ada", "birthDate": "1990-01-01"}):
        answer = await match(partner, given)
        assert answer == {"result": "NOT_MATCHED", "scheme": None, "desilBand": None, "asOf": None, "errors": []}


async def test_two_who_answer_to_one_key_are_ambiguous(partner: Partner, database: Database, sealer: Sealer) -> None:
    async with database.write() as session:
        session.add(
            PersonRow(
                name=ALIVE["name"].upper(),
                name_key=fold(ALIVE["name"]),
                birth_date=date.fromisoformat(ALIVE["birth_date"]),
                nik_index=sealer.index("nik", ALIVE["nik"]),
                nik_sealed=sealer.seal("nik", ALIVE["nik"]),
            )
        )
    for given in ({"nik": ALIVE["nik"]}, {"name": ALIVE["name"], "birthDate": ALIVE["birth_date"]}):
        answer = await match(partner, given)
        assert answer == {"result": "AMBIGUOUS", "scheme": None, "desilBand": None, "asOf": None, "errors": []}
    assert [entry.people for entry in await entries(database)] == [[], []]


async def test_two_rows_of_one_merged_person_are_one(partner: Partner, database: Database, sealer: Sealer) -> None:
    async with database.write() as session:
        index = sealer.index("nik", ALIVE["nik"])
        survivor = (await session.exec(select(PersonRow).where(PersonRow.nik_index == index))).one()
        session.add(PersonRow(name="Lain", name_key="lain", nik_index=index, merged_into_id=survivor.id))
    assert (await match(partner, {"nik": ALIVE["nik"]}))["result"] == "MATCHED"


async def test_whom_the_newest_release_left_out_or_struck_off_is_not_matched(
    partner: Partner, database: Database, sealer: Sealer
) -> None:
    record, _ = await current(database, sealer, ALIVE["nik"])
    async with database.write() as session:
        newer = RegistryReleaseRow(
            scheme=RegistryScheme.DTSEN, period="2026-Q4", received_at=now(), source="uji", people=0
        )
        session.add(newer)
    assert (await match(partner, {"nik": ALIVE["nik"]}))["result"] == "NOT_MATCHED"
    async with database.write() as session:
        listed = RegistryRecordRow(
            person_id=record.person_id, release_id=newer.id, desil=None, status=RegistryStatus.ACTIVE, as_of=None,
            validity=RecordValidity.VALID,
        )  # fmt: skip
        session.add(listed)
    answer = await match(partner, {"nik": ALIVE["nik"]})
    # Without a decile there is no band, and without a day it is the day it came.
    assert (answer["result"], answer["desilBand"]) == ("MATCHED", None)
    assert answer["asOf"] is not None
    async with database.write() as session:
        listed.status = RegistryStatus.REMOVED
        session.add(listed)
    assert (await match(partner, {"nik": ALIVE["nik"]}))["result"] == "NOT_MATCHED"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, None),
        ({"nik": ALIVE["nik"], "kk": ALIVE["kk"]}, None),
        ({"nik": ALIVE["nik"], "birthDate": "1990-01-01"}, None),
        ({"nik": "640206410780900"}, ["nik"]),
        ({"nik": "6402064513809001"}, ["nik"]),
        ({"nik": ""}, ["nik"]),
        ({"nik": "6" * 5_000}, ["nik"]),
        ({"kk": "64020641"}, ["kk"]),
        ({"kk": "0" * 16}, ["kk"]),
        ({"kk": "٦" * 16}, ["kk"]),
        ({"name": "Siti"}, ["birthDate"]),
        ({"birthDate": "1990-01-01"}, ["name"]),
        ({"name": " . ", "birthDate": "1990-01-01"}, ["name"]),
        ({"name": "6402064107809001", "birthDate": "1990-01-01"}, ["name"]),
        ({"name": "Siti", "birthDate": "2999-01-01"}, ["birthDate"]),
    ],
)
async def test_what_is_no_key_is_refused(partner: Partner, given: dict[str, Any], field: list[str] | None) -> None:
    for language in ("id", "en"):
        answer = await match(partner, given, language=language)
        (error,) = answer["errors"]
        assert (answer["result"], error["code"], error["field"]) == ("REFUSED", "INVALID", field)
        assert not any(str(value) in error["message"] for value in given.values() if value)


@pytest.mark.parametrize(
    ("who", "purpose", "code"),
    [
        ("opd-dinkes", None, "PURPOSE_REQUIRED"),
        ("opd-dinkes", "STATISTICS", "FORBIDDEN"),
        ("opd-dinkes", "VERIFICATION", "FORBIDDEN"),
        ("opd-disperkim", "REFERRAL", "FORBIDDEN"),
        ("admin", None, "PURPOSE_REQUIRED"),
        ("admin", "AUDIT", "FORBIDDEN"),
        ("citizen", "REFERRAL", "FORBIDDEN"),
        ("analyst", "REFERRAL", "FORBIDDEN"),
        ("tksk", "REFERRAL", "FORBIDDEN"),
        (None, "REFERRAL", "FORBIDDEN"),
    ],
)
async def test_who_may_not_is_told_nothing_and_is_in_the_log(
    partner: Partner, database: Database, who: str | None, purpose: str | None, code: str
) -> None:
    for given in ({"nik": ALIVE["nik"]}, {"nik": NOBODY}):
        assert await refused(partner, given, who=who, purpose=purpose) == (code, None)
    logged = await entries(database)
    assert [(entry.actor, entry.purpose, entry.people) for entry in logged] == (
        [] if who is None else [(f"demo-{who}", purpose, [])] * 2
    )


@pytest.mark.parametrize("who", ["admin", "lead", "secretary", "verifier"])
async def test_the_desk_needs_a_purpose_but_no_agreement(partner: Partner, who: str) -> None:
    assert (await match(partner, {"nik": ALIVE["nik"]}, who=who, purpose="VERIFICATION"))["result"] == "MATCHED"


async def test_an_agreement_ends_with_its_last_day(partner: Partner, database: Database) -> None:
    async with database.write() as session:
        agency = (await session.exec(select(OrganizationRow).where(OrganizationRow.code == "DINKES"))).one()
        agency.agreement_valid_to = date(2026, 3, 2)
        session.add(agency)
    with time_machine.travel(datetime(2026, 3, 2, 15, 30, tzinfo=UTC), tick=False):
        assert (await match(partner, {"nik": ALIVE["nik"]}))["result"] == "MATCHED"
    with time_machine.travel(datetime(2026, 3, 2, 16, 30, tzinfo=UTC), tick=False):
        assert await refused(partner, {"nik": ALIVE["nik"]}) == ("FORBIDDEN", None)


async def test_each_call_is_in_the_log_with_whom_it_told_of_and_without_a_number(
    partner: Partner, database: Database, sealer: Sealer
) -> None:
    record, _ = await current(database, sealer, ALIVE["nik"])
    await match(partner, {"nik": ALIVE["nik"]})
    await match(partner, {"nik": NOBODY})
    logged = await entries(database)
    assert [(entry.operation, entry.purpose, entry.people) for entry in logged] == [
        ("matchRegistry", "REFERRAL", [record.person_id.hex]),
        ("matchRegistry", "REFERRAL", []),
    ]
    assert all(ALIVE["nik"] not in str(entry.model_dump()) for entry in logged)


async def test_many_are_answered_in_their_order(partner: Partner, database: Database) -> None:
    inputs = [
        {"nik": NOBODY},
        {"nik": ALIVE["nik"]},
        {"kk": "1"},
        {"kk": ALIVE["kk"]},
        {"name": ALIVE["name"], "birthDate": ALIVE["birth_date"]},
        {"nik": ALIVE["nik"]},
    ]
    answers = (await partner.ask(MANY, {"inputs": inputs}))["matchRegistryMany"]
    assert [answer["result"] for answer in answers] == [
        "NOT_MATCHED", "MATCHED", "REFUSED", "MATCHED", "MATCHED", "MATCHED",
    ]  # fmt: skip
    assert answers[2]["errors"][0]["field"] == ["kk"]
    singles = [await match(partner, given) for given in inputs]
    assert answers == singles
    first = (await entries(database))[0]
    assert (first.operation, first.people_count) == ("matchRegistryMany", len(set(first.people)))


async def test_a_hundred_take_as_many_statements_as_one_and_a_miss_as_many_as_a_hit(
    database: Database, sealer: Sealer
) -> None:
    taken = []
    hundred = [Key(KeyKind.NIK, line["nik"]) for line in LINES[:100]]
    for keys in ([Key(KeyKind.NIK, ALIVE["nik"])], [Key(KeyKind.NIK, NOBODY)], hundred):
        async with database.readers.snapshot() as snapshot:
            counted = CountingSnapshot(snapshot)
            found = await look_up(counted, database.dialect, sealer, keys, desil_bands())
        assert len(found) == len(keys)
        taken.append(counted.statements)
    assert taken == [2, 2, 2]


@pytest.mark.parametrize("count", [0, 101])
async def test_none_and_more_than_a_hundred_are_refused(partner: Partner, count: int) -> None:
    body = await partner.tell(MANY, {"inputs": [{"nik": NOBODY}] * count})
    (error,) = body["errors"]
    assert (body["data"], error["extensions"]) == (None, {"code": "BAD_USER_INPUT", "argument": "inputs"})


async def test_an_agency_that_asks_too_much_waits(partner: Partner, database: Database) -> None:
    with time_machine.travel(datetime(2026, 3, 2, 1, 0, tzinfo=UTC), tick=False):
        for _ in range(3):
            await partner.ask(MANY, {"inputs": [{"nik": NOBODY}] * 100})
        assert await refused(partner, {"nik": ALIVE["nik"]}) == ("RATE_LIMITED", None)
        assert (await match(partner, {"nik": ALIVE["nik"]}, who="admin", purpose="VERIFICATION"))["result"] == "MATCHED"
        logged = await entries(database)
        assert [entry.operation for entry in logged][-2:] == ["matchRegistry"] * 2


async def test_the_account_counts_what_was_told_and_names_nobody(partner: Partner, database: Database) -> None:
    with time_machine.travel(datetime(2026, 3, 31, 15, 0, tzinfo=UTC), tick=False):
        await partner.ask(MANY, {"inputs": [{"nik": ALIVE["nik"]}, {"nik": NOBODY}, {"nik": "1"}]})
        await match(partner, {"nik": ALIVE["nik"]}, who="admin", purpose="VERIFICATION")
    with time_machine.travel(datetime(2026, 3, 31, 17, 0, tzinfo=UTC), tick=False):
        await match(partner, {"nik": ALIVE["nik"]}, purpose="PROGRAMME_ELIGIBILITY")
        await match(partner, {"nik": ALIVE["nik"]}, who="opd-disperkim")
    query = """query($from: Date!, $to: Date!) { registryUse(from: $from, to: $to) {
      total rows { month organizationCode organization purpose result count } } }"""
    days = {"from": "2026-01-01", "to": "2026-06-30"}
    own = (await partner.ask(query, days))["registryUse"]
    shown = [
        (row["month"], row["organizationCode"], row["purpose"], row["result"], row["count"]) for row in own["rows"]
    ]
    assert shown == [
        ("2026-03", "DINKES", "REFERRAL", "MATCHED", 1),
        ("2026-03", "DINKES", "REFERRAL", "NOT_MATCHED", 1),
        ("2026-03", "DINKES", "REFERRAL", "REFUSED", 1),
        ("2026-04", "DINKES", "PROGRAMME_ELIGIBILITY", "MATCHED", 1),
    ]
    assert own["total"] == 4 and own["rows"][0]["organization"] == "Dinas Kesehatan"
    for who in ("auditor", "head", "secretary"):
        everything = (await partner.ask(query, days, who=who, purpose=None))["registryUse"]
        assert everything["total"] == 6
        assert {row["organizationCode"] for row in everything["rows"]} == {"DINSOS", "DINKES", "DISPERKIM"}
    march = (await partner.ask(query, {"from": "2026-03-31", "to": "2026-03-31"}))["registryUse"]
    assert march["total"] == 3
    file = await partner.get("/registry-use/2026-01-01/2026-06-30.csv")
    lines = file.text.splitlines()
    assert lines[0] == "month,organizationCode,organization,purpose,result,count" and len(lines) == 5
    async with database.write() as session:
        assert len((await session.exec(select(RegistryUseRow))).all()) == 6


async def test_the_account_is_not_for_everybody(partner: Partner) -> None:
    query = '{ registryUse(from: "2026-01-01", to: "2026-06-30") { total } }'
    for who in ("admin", "citizen", "analyst", None):
        body = await partner.tell(query, who=who)
        assert [error["extensions"]["code"] for error in body["errors"]] == ["FORBIDDEN"]
    body = await partner.tell('{ registryUse(from: "2026-06-30", to: "2026-01-01") { total } }')
    assert [error["extensions"]["code"] for error in body["errors"]] == ["BAD_USER_INPUT"]
    assert (await partner.get("/registry-use/2026-01-01/2026-06-30.csv", who=None)).status_code == 401
    assert (await partner.get("/registry-use/2026-01-01/2026-06-30.csv", who="admin")).status_code == 403
    assert (await partner.get("/registry-use/2026/2026-06-30.csv")).status_code == 400


class CountingSnapshot:
    """A snapshot that counts its statements."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.statements = 0

    async def fetch(self, sql: str, arguments: Any) -> Any:
        self.statements += 1
        return await self._snapshot.fetch(sql, arguments)
