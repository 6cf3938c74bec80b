"""The scoreboard over HTTP: a published formula that no volume games, and awards that are given once."""

import itertools
from datetime import UTC, date, datetime
from random import Random
from typing import Any

import pytest

from integration.access.sealing import Sealer
from integration.codes import RecordValidity, RegistryScheme, RegistryStatus, Sex
from integration.db.engine import Database
from integration.measures.scoring import Parts, period_of, ranks
from integration.people.tables import PersonRow
from integration.registry.tables import RegistryRecordRow, RegistryReleaseRow
from tests.measures.asked import do, refusal
from tests.procedure.conftest import Office

FACTOR = "{ numerator denominator ratio state }"
ALL = f"""query($period: String!, $subject: ScoreboardSubject!) {{ scoreboard(period: $period, subject: $subject) {{
  period isClosed least source formula dataAsOf asOf benchmarks {{ name ppks ppksTypes psks psksTypes year source }}
  rows {{ code name isRanked rank score validity {FACTOR} completeness {FACTOR} freshness {FACTOR} }} }} }}"""
AWARD = "award { id period subject rank score region { code } organization { code } formula }"
HERE, VILLAGE = "64.02.07", "64.02.07.2001"
PERIOD = "2025-Q4"


async def board(
    office: Office, period: str = PERIOD, subject: str = "DISTRICT", who: str = "secretary"
) -> dict[str, Any]:
    found: dict[str, Any] = (await office.ask(ALL, {"period": period, "subject": subject}, who))["scoreboard"]
    return found


async def row_of(office: Office, code: str = HERE) -> dict[str, Any]:
    return next(row for row in (await board(office))["rows"] if row["code"] == code)


class Registry:
    """A release of its own, newer than the demo's within the period, to be filled by a test."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        self._database, self._sealer = database, sealer
        self._release = RegistryReleaseRow(
            scheme=RegistryScheme.DTSEN, period="2025-Q4", received_at=datetime(2025, 12, 30, tzinfo=UTC),
            source="uji", people=0,
        )  # fmt: skip
        self._numbers = itertools.count(9000)
        self._is_new = True

    async def add(
        self, *, valid: bool = True, complete: bool = True, fresh: bool = True, nik: str | None = None
    ) -> str:
        """One record more; its NIK."""
        number = nik or f"640207010180{next(self._numbers)}"
        person = PersonRow(
            name="Uji", name_key="uji", nik_sealed=self._sealer.seal("nik", number),
            nik_index=self._sealer.index("nik", number), sex=Sex.FEMALE if complete else None,
            birth_date=date(1980, 1, 1), region_code=VILLAGE,
        )  # fmt: skip
        record = RegistryRecordRow(
            person_id=person.id, release_id=self._release.id, status=RegistryStatus.ACTIVE, region_code=VILLAGE,
            as_of=date(2025, 9, 1) if fresh else date(2020, 1, 1),
            validity=RecordValidity.VALID if valid else RecordValidity.INVALID,
        )  # fmt: skip
        async with self._database.write() as session:
            if self._is_new:
                session.add(self._release)
                await session.flush()
                self._is_new = False
            session.add(person)
            await session.flush()
            session.add(record)
        return number


@pytest.fixture
def registry(database: Database, sealer: Sealer) -> Registry:
    return Registry(database, sealer)


async def test_a_score_can_be_reckoned_again_from_what_is_published(office: Office, registry: Registry) -> None:
    for n in range(10):
        await registry.add(valid=n < 8, complete=n < 6, fresh=n < 3)
    row = await row_of(office)
    shares = [(row[one]["numerator"], row[one]["denominator"]) for one in ("validity", "completeness", "freshness")]
    assert shares == [(8, 10), (6, 8), (3, 6)]
    product = row["validity"]["ratio"] * row["completeness"]["ratio"] * row["freshness"]["ratio"]
    assert row["score"] == round(100 * product, 1) == 30.0 and row["rank"] == 1
    found = await board(office)
    assert found["isClosed"] and "100 * fresh / records" in found["formula"] and "DTSEN" in found["source"]
    assert len(found["rows"]) == 20 and found["dataAsOf"] == "2025-12-30T00:00:00Z"
    [banjarbaru] = found["benchmarks"]
    assert (banjarbaru["ppks"], banjarbaru["ppksTypes"], banjarbaru["psks"]) == (13883, 25, 514)


async def test_too_few_records_make_no_rank(office: Office, registry: Registry) -> None:
    for _ in range(9):
        await registry.add()
    row = await row_of(office)
    assert (row["isRanked"], row["rank"], row["score"], row["validity"]["denominator"]) == (False, None, None, 9)
    await registry.add()
    assert ((await row_of(office))["rank"], (await row_of(office))["score"]) == (1, 100.0)


async def test_bad_and_second_records_never_raise_a_score(office: Office, registry: Registry) -> None:
    random = Random(11)
    known = [
        await registry.add(valid=random.random() < 0.7, complete=random.random() < 0.5, fresh=random.random() < 0.6)
        for _ in range(12)
    ]
    score = (await row_of(office))["score"]
    for _ in range(12):
        facts = [random.random() < 0.8 for _ in range(3)]
        is_second = all(facts) or random.random() < 0.3
        await registry.add(
            valid=facts[0], complete=facts[1], fresh=facts[2], nik=random.choice(known) if is_second else None
        )
        now = (await row_of(office))["score"]
        assert now <= score
        score = now
    await registry.add()
    assert (await row_of(office))["score"] > score


def test_only_what_is_good_in_all_three_ways_raises_a_score() -> None:
    random = Random(3)
    for _ in range(500):
        records = random.randint(1, 40)
        valid = random.randint(0, records)
        complete = random.randint(0, valid)
        fresh = random.randint(0, complete)
        before = Parts(records, valid, complete, fresh).score
        for more in ((0, 0, 0), (1, 0, 0), (1, 1, 0)):
            assert Parts(records + 1, valid + more[0], complete + more[1], fresh + more[2]).score <= before
        # The same share of a hundred times as many is the same score.
        assert Parts(100 * records, 100 * valid, 100 * complete, 100 * fresh).score == before
    assert ranks([(10, 50.0), (10, 70.0), (9, 99.0), (20, 70.0)], 10) == [3, 1, None, 1]
    quarter = period_of("2025-Q4")
    assert quarter is not None and (quarter.first, quarter.last) == (date(2025, 10, 1), date(2025, 12, 31))
    assert [period_of(text) for text in ("2025-Q5", "25", "2025-10", "")] == [None] * 4


async def test_agencies_are_scored_by_the_reports_they_handle(office: Office) -> None:
    found = await board(office, "2024", "ORGANIZATION")
    [agency] = [row for row in found["rows"] if row["code"] == "DINSOS"]
    assert agency["validity"]["denominator"] > 0 and agency["validity"]["state"] == "KNOWN"
    told = await board(office, "2024", "ORGANIZATION", "analyst")
    [seen] = [row for row in told["rows"] if row["code"] == "DINSOS"]
    assert seen["validity"] == {"numerator": None, "denominator": None, "ratio": None, "state": "SUPPRESSED"}
    assert (seen["rank"], seen["isRanked"]) == (agency["rank"], agency["isRanked"])


async def test_an_award_is_given_once_for_a_period_that_is_over(office: Office, registry: Registry) -> None:
    for _ in range(10):
        await registry.add()
    given = {"period": PERIOD, "subject": "DISTRICT", "rank": 1, "recipient": HERE, "note": "Data terbaik"}
    assert await refusal(office, "awardGrant", {**given, "rank": 2}, "secretary") == ("INVALID", ["rank"])
    assert await refusal(office, "awardGrant", {**given, "recipient": "64.02.99"}, "secretary") == (
        "NOT_FOUND", ["recipient"],
    )  # fmt: skip
    assert (await refusal(office, "awardGrant", given, "analyst"))[0] == "FORBIDDEN"
    this_year = str(datetime.now(UTC).year)
    assert await refusal(office, "awardGrant", {**given, "period": this_year}, "secretary") == (
        "ILLEGAL_TRANSITION", ["period"],
    )  # fmt: skip
    payload = await do(office, "awardGrant", given, "secretary", AWARD)
    assert payload["errors"] == []
    award = payload["award"]
    assert (award["rank"], award["score"], award["region"], award["organization"]) == (1, 100.0, {"code": HERE}, None)
    assert await refusal(office, "awardGrant", given, "secretary") == ("DUPLICATE", ["rank"])
    # What comes later changes the board and not the award.
    await registry.add(valid=False)
    page = await office.ask(f"{{ awards(subject: DISTRICT) {{ totalCount nodes {{ {AWARD[8:-2]} }} }} }}", who=None)
    assert page["awards"]["totalCount"] == 1 and page["awards"]["nodes"][0]["score"] == 100.0
    assert (await row_of(office))["score"] < 100


async def test_a_board_of_a_time_to_come_is_refused(office: Office) -> None:
    for period in ("2099", "2024-13", "2024-Q0"):
        answer = await office.tell(ALL, {"period": period, "subject": "DISTRICT"}, "analyst")
        assert answer["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT", "argument": "period"}
    answer = await office.tell(ALL, {"period": "2024", "subject": "DISTRICT"}, "citizen")
    assert answer["data"] == {"scoreboard": None}
