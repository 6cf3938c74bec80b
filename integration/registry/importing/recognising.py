"""Who of the people already known a row is about: by the registry's own number, then by an agreeing NIK, then by family
card, name and birth date. Everybody else is new. Decided while the batch waits, so that applying has only to write.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.db.base import uuid7
from integration.db.bulk import insert_rows, learn_sizes
from integration.db.engine import Database
from integration.people.tables import FamilyRow, PersonRow
from integration.reading.view import table
from integration.registry.importing import batches, merged
from integration.registry.importing.batches import Hold
from integration.registry.importing.columns import Header, read_header
from integration.registry.importing.findings import Finding, Rule
from integration.registry.importing.likeness import same_person
from integration.registry.importing.noting import FINDING_COLUMNS, finding_row
from integration.registry.importing.tables import ImportFindingRow, ImportStagedRow
from integration.registry.tables import RegistryReleaseRow

_STEP = 20_000
_ROW, _PERSON, _FAMILY = table(ImportStagedRow), table(PersonRow), table(FamilyRow)


async def newest(session: AsyncSession) -> UUID | None:
    """The release that came last: who is known may have changed since another one was."""
    found = await session.exec(
        select(RegistryReleaseRow.id).order_by(
            col(RegistryReleaseRow.received_at).desc(), col(RegistryReleaseRow.id).desc()
        )
    )
    return found.first()


async def recognise(database: Database, hold: Hold) -> None:
    """Match the rows of a batch that are not matched yet, in short transactions."""
    batch = await batches.read(database, hold.batch_id)
    async with database.look() as session:
        before = await newest(session)
    header = read_header(batch.columns)
    for start in range(0, batch.rows, _STEP):
        async with database.write() as session:
            own = (
                _ROW.c.batch_id == hold.batch_id, _ROW.c.row > start, _ROW.c.row <= start + _STEP,
                sa.not_(_ROW.c.refused),
            )  # fmt: skip
            await _known_numbers(session, hold, header, own)
            connection = await session.connection()
            # Somebody who was merged is found by their numbers too, but only where nobody else is.
            for is_merged in (False, True) if await _any_merged(connection) else (False,):
                await _by_nik(connection, own, is_merged)
                await _by_family(connection, own, is_merged)
            await _families(connection, own)
            await hold.renew(session)
    await _only_once(database, hold, header)
    async with database.write() as session:
        # Applying joins by what was found here.
        await learn_sizes(session, _ROW)
        await hold.renew(session, resolved_after=before)


async def _known_numbers(
    session: AsyncSession, hold: Hold, header: Header, own: Sequence[sa.ColumnElement[bool]]
) -> None:
    connection = await session.connection()
    same = (*own, _ROW.c.is_new, _ROW.c.person_key == _PERSON.c.registry_index)
    doubtful = await connection.execute(
        sa.select(
            _ROW.c.row, _ROW.c.name_key, _ROW.c.birth_date, _PERSON.c.name_key.label("known_name"),
            _PERSON.c.birth_date.label("known_birth"), _PERSON.c.deceased,
            sa.and_(_ROW.c.nik_index.is_not(None), _PERSON.c.nik_index != _ROW.c.nik_index).label("other_nik"),
        ).where(
            *same,
            sa.or_(_PERSON.c.nik_index != _ROW.c.nik_index, sa.and_(_PERSON.c.deceased, sa.not_(_ROW.c.deceased))),
        )
    )  # fmt: skip
    found: list[tuple[Any, ...]] = []
    reused: list[int] = []

    def say(row: int, finding: Finding) -> None:
        found.append(finding_row(hold.batch_id, row, finding, header))

    for row in doubtful:
        if row.other_nik and not same_person(row.name_key, row.birth_date, row.known_name, row.known_birth):
            reused.append(row.row)
            say(row.row, Finding("person_key", Rule.REGISTRY_NUMBER_REUSED, "number"))
            continue
        if row.other_nik:
            say(row.row, Finding("nik", Rule.NIK_DIFFERS, "16 digits"))
        if row.deceased:
            say(row.row, Finding("presence", Rule.DECEASED_STILL_LISTED, "listed as present"))
    for start in range(0, len(reused), 500):
        await connection.execute(
            sa.update(_ROW).where(*own, _ROW.c.row.in_(reused[start : start + 500])).values(refused=True)
        )
    await insert_rows(session, table(ImportFindingRow), FINDING_COLUMNS, found)
    await connection.execute(sa.update(_ROW).where(*same).values(merged.found()))


async def _any_merged(connection: AsyncConnection) -> bool:
    found = await connection.execute(sa.select(_PERSON.c.id).where(_PERSON.c.merged_into_id.is_not(None)).limit(1))
    return found.first() is not None


def _is_merged(whether: bool) -> sa.ColumnElement[bool]:
    return _PERSON.c.merged_into_id.is_not(None) if whether else _PERSON.c.merged_into_id.is_(None)


async def _by_nik(connection: AsyncConnection, own: Sequence[sa.ColumnElement[bool]], is_merged: bool) -> None:
    agreeing = sa.or_(_PERSON.c.birth_date == _ROW.c.birth_date, _PERSON.c.name_key == _ROW.c.name_key)
    await connection.execute(
        sa.update(_ROW)
        .where(*own, _ROW.c.is_new, _ROW.c.nik_index == _PERSON.c.nik_index, _is_merged(is_merged), agreeing)
        .values(merged.found())
    )


async def _by_family(connection: AsyncConnection, own: Sequence[sa.ColumnElement[bool]], is_merged: bool) -> None:
    await connection.execute(
        sa.update(_ROW)
        .where(
            *own,
            _ROW.c.is_new,
            _ROW.c.family_index == _FAMILY.c.kk_index,
            _PERSON.c.family_id == _FAMILY.c.id,
            _PERSON.c.birth_date == _ROW.c.birth_date,
            _PERSON.c.name_key == _ROW.c.name_key,
            _is_merged(is_merged),
            sa.or_(_ROW.c.nik_index.is_(None), _PERSON.c.nik_index.is_(None)),
        )
        .values(merged.found())
    )


async def _families(connection: AsyncConnection, own: Sequence[sa.ColumnElement[bool]]) -> None:
    for known in (_FAMILY.c.household_index, _FAMILY.c.kk_index):
        await connection.execute(
            sa.update(_ROW).where(*own, _ROW.c.family_index == known).values(family_id=_FAMILY.c.id)
        )


async def _only_once(database: Database, hold: Hold, header: Header) -> None:
    """Two rows that were taken for one person: the first is, the others are people of their own. Only where one has the
    number of somebody who was merged into the other has an officer said that they are the same: it is not taken.
    """
    own = (_ROW.c.batch_id == hold.batch_id, sa.not_(_ROW.c.refused), sa.not_(_ROW.c.is_new))
    async with database.write() as session:
        connection = await session.connection()
        rows = await connection.execute(merged.twice(own))
        first: dict[UUID, int] = {}
        found: list[tuple[Any, ...]] = []
        for row in rows.all():
            if row.person_id not in first:
                first[row.person_id] = row.row
                continue
            changes: dict[str, Any] = {"person_id": uuid7(), "is_new": True}
            if row.merged_id is not None:
                other = Finding("*", Rule.PERSON_TWICE, "person", str(first[row.person_id]))
                found.append(finding_row(hold.batch_id, row.row, other, header))
                changes = {"refused": True}
            await connection.execute(
                sa.update(_ROW).where(_ROW.c.batch_id == hold.batch_id, _ROW.c.row == row.row).values(changes)
            )
        await insert_rows(session, table(ImportFindingRow), FINDING_COLUMNS, found)
        await hold.renew(session)
