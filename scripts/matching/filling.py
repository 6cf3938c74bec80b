"""Millions of made-up people straight into the tables, for measuring how long a match takes and nothing else.

The importer is left out, and foreign keys with it: it would take hours, and what a search reads is the same.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from uuid import UUID, uuid5

import sqlalchemy as sa
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.access.sealing import Sealer
from integration.codes import Sex
from integration.db.bulk import insert_rows
from integration.db.engine import Database
from integration.matching.fold import fold
from integration.matching.keys import VERSION, name_keys
from integration.matching.tables import PersonNameKeyRow
from integration.people.tables import PersonRow
from integration.reading.view import table
from scripts.matching.cases import Case
from scripts.matching.phrases import Phrases
from scripts.matching.population import Crowd, Somebody, Wanted

_AT_ONCE = 20_000
_YEAR = 2024
_HOME = UUID("6f1d7c2e-0000-7000-8000-000000000000")
_PERSON = ("id", "name", "name_key", "nik_index", "sex", "birth_date", "region_code", "family_order")
_KEY = ("key", "region_code", "birth_year", "person_id")
# Names of our own tables and columns only.
_GATHER = (
    "CREATE TEMPORARY TABLE gathered AS SELECT key, region_code, birth_year, person_id FROM person_name_key LIMIT 0"
)
_SORTED = (
    "INSERT INTO person_name_key (key, region_code, birth_year, person_id) "
    "SELECT key, region_code, birth_year, person_id FROM gathered ORDER BY key, region_code, birth_year, person_id"
)
# Made once all is there: kept up row by row it would take more time than all else.
_INDEX = "ix_person_name_key_person_id"


@dataclass(frozen=True, slots=True, repr=False)
class Filled:
    """Reports on people who were filled in, and who each person of theirs is."""

    cases: list[Case]
    people: dict[UUID, str]


async def fill(database: Database, sealer: Sealer, wanted: Wanted) -> Filled:
    """Fill an empty, migrated database with regions in it."""
    crowd = Crowd(random.Random(wanted.seed))  # noqa: S311 - made-up people, not keys
    chosen = set(crowd.chance.sample(range(wanted.persons), wanted.reports))
    told: list[tuple[int, Somebody]] = []
    async with database.write() as session:
        await _prepare(session, database.dialect)
        people = enumerate(crowd.somebody() for _ in range(wanted.persons))
        while some := list(islice(people, _AT_ONCE)):
            told += [(number, one) for number, one in some if number in chosen]
            await insert_rows(session, table(PersonRow), _PERSON, [_row(sealer, number, one) for number, one in some])
            await insert_rows(session, _gathered(), _KEY, [row for number, one in some for row in _keys(number, one)])
        connection = await session.connection()
        await connection.exec_driver_sql(_SORTED)
        await connection.exec_driver_sql(f"CREATE INDEX {_INDEX} ON person_name_key (person_id)")
    if database.dialect == "postgresql":
        async with database.engine.connect() as connection:
            autonomous = await connection.execution_options(isolation_level="AUTOCOMMIT")
            await autonomous.exec_driver_sql("VACUUM ANALYZE person")
            await autonomous.exec_driver_sql("VACUUM ANALYZE person_name_key")
    phrases = Phrases(crowd.chance)
    cases = [_case(crowd, phrases, number, one) for number, one in told]
    return Filled(cases, {_id(number): str(number) for number, _ in told})


async def _prepare(session: AsyncSession, dialect: str) -> None:
    connection = await session.connection()
    if dialect == "postgresql":
        await connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        await connection.exec_driver_sql("SET LOCAL work_mem = '512MB'")
    else:
        await connection.exec_driver_sql("PRAGMA cache_size = -1000000")
    await connection.exec_driver_sql(f"DROP INDEX {_INDEX}")
    await connection.exec_driver_sql(_GATHER)


def _gathered() -> sa.Table:
    return table(PersonNameKeyRow).to_metadata(sa.MetaData(), name="gathered")


def _id(number: int) -> UUID:
    return uuid5(_HOME, str(number))


def _row(sealer: Sealer, number: int, one: Somebody) -> tuple[object, ...]:
    sex = Sex.MALE if one.sex == "L" else Sex.FEMALE
    index = sealer.index("nik", one.nik)
    return _id(number), one.name, fold(one.name), index, sex.value, one.born, one.village, 0


def _keys(number: int, one: Somebody) -> Iterator[tuple[int, str, int, UUID]]:
    person_id = _id(number)
    for key in (VERSION, *name_keys(one.name)):
        yield key, one.village, one.born.year, person_id


def _case(crowd: Crowd, phrases: Phrases, number: int, one: Somebody) -> Case:
    kind = crowd.chance.choice("AB")
    told = phrases.about(one.name, one.sex, one.age, one.nik, crowd.village_name(one.village), kind)
    return Case(told.text, _YEAR, kind, str(number), told.category)
