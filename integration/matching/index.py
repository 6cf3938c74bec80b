"""Writing the keys people are found by, in bulk; whoever writes or changes people calls this."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from uuid import UUID

from sqlalchemy import exists
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.db.bulk import insert_rows
from integration.db.concurrency import one_at_a_time
from integration.db.engine import Database
from integration.matching.keys import VERSION, name_keys
from integration.matching.tables import PersonNameKeyRow
from integration.people.tables import PersonRow
from integration.reading.view import table

_PEOPLE_AT_ONCE = 2000
_COLUMNS = ("key", "region_code", "birth_year", "person_id")


@dataclass(frozen=True, slots=True, repr=False)
class Findable:
    """What a person is found by."""

    person_id: UUID
    name: str
    region_code: str | None
    birth_date: date | None


async def write_keys(session: AsyncSession, people: Iterable[Findable], *, replace: bool = False) -> None:
    """Write the keys of people who are in the database; `replace` for people who may have had others."""
    rest = iter(people)
    while some := list(islice(rest, _PEOPLE_AT_ONCE)):
        if replace:
            await session.exec(
                delete(PersonNameKeyRow).where(col(PersonNameKeyRow.person_id).in_([one.person_id for one in some]))
            )
        # In the order of the primary key, so that a table of millions is written where it was written just before.
        await insert_rows(session, table(PersonNameKeyRow), _COLUMNS, sorted(row for one in some for row in _rows(one)))


async def complete_keys(database: Database) -> int:
    """Write the keys of people who have none of the present version, batch by batch; returns how many had none."""
    count = 0
    last = UUID(int=0)
    while True:
        async with database.write() as session:
            await one_at_a_time(await session.connection(), "name_keys")
            people = await _without_keys(session, last)
            await write_keys(session, people, replace=True)
        count += len(people)
        if len(people) < _PEOPLE_AT_ONCE:
            return count
        last = people[-1].person_id


async def _without_keys(session: AsyncSession, after: UUID) -> Sequence[Findable]:
    keyed = exists().where(col(PersonNameKeyRow.person_id) == col(PersonRow.id), col(PersonNameKeyRow.key) == VERSION)
    found = await session.exec(
        select(PersonRow.id, PersonRow.name, col(PersonRow.region_code), col(PersonRow.birth_date))
        .where(col(PersonRow.id) > after, ~keyed)
        .order_by(col(PersonRow.id))
        .limit(_PEOPLE_AT_ONCE)
    )
    return [Findable(*row) for row in found.all()]


def _rows(one: Findable) -> list[tuple[int, str, int, UUID]]:
    region, year = one.region_code or "", 0 if one.birth_date is None else one.birth_date.year
    return [(key, region, year, one.person_id) for key in (VERSION, *name_keys(one.name))]
