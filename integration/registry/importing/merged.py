"""Rows that have the number of somebody who was found to be another person: they are about that person.

Only the record and the programmes of such a row are taken. What is known of the one stays theirs, and what the row
brought is written down with the merge, so that taking it back gives it back.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.people.tables import PersonMergeRow, PersonRow
from integration.reading.view import table
from integration.registry.importing.tables import ImportStagedRow
from integration.registry.tables import EnrolmentRow, RegistryRecordRow

_ROW, _PERSON = table(ImportStagedRow), table(PersonRow)
_RECORD, _ENROLMENT = table(RegistryRecordRow), table(EnrolmentRow)


def found() -> dict[str, Any]:
    """What is written to a row that is about `_PERSON`, or about whom they were merged into."""
    return {
        "person_id": sa.func.coalesce(_PERSON.c.merged_into_id, _PERSON.c.id),
        "merged_id": sa.case((_PERSON.c.merged_into_id.is_not(None), _PERSON.c.id)),
        "is_new": False,
    }


def twice(own: Sequence[sa.ColumnElement[bool]]) -> sa.Select[Any]:
    """Rows that are about one person with others of theirs, those with that person's own number first."""
    # Counted in one pass: what a planner knew of these rows is from before they were matched, and a join made on it
    # looks through all of them for each.
    number = sa.func.count().over(partition_by=_ROW.c.person_id).label("number")
    counted = sa.select(_ROW.c.person_id, _ROW.c.row, _ROW.c.merged_id, number).where(*own).subquery()
    return (
        sa.select(counted.c.person_id, counted.c.row, counted.c.merged_id)
        .where(counted.c.number > 1)
        .order_by(counted.c.merged_id.is_not(None), counted.c.row)
    )


async def follow(connection: AsyncConnection, own: Sequence[sa.ColumnElement[bool]]) -> None:
    """Follow what was merged and parted since the rows were matched. Of two rows about one person one is taken."""
    parted = sa.select(_PERSON.c.id).where(_PERSON.c.merged_into_id.is_(None))
    await connection.execute(
        sa.update(_ROW)
        .where(*own, _ROW.c.merged_id.is_not(None), _ROW.c.merged_id.in_(parted))
        .values(person_id=_ROW.c.merged_id, merged_id=None)
    )
    gone = sa.select(_PERSON.c.id).where(_PERSON.c.merged_into_id.is_not(None))
    moved = await connection.execute(
        sa.update(_ROW)
        .where(*own, sa.not_(_ROW.c.is_new), _ROW.c.person_id.in_(gone), _ROW.c.person_id == _PERSON.c.id)
        .values(found())
    )
    if not moved.rowcount:
        return
    rows = await connection.execute(twice(own))
    taken: set[UUID] = set()
    for row in rows.all():
        if row.person_id in taken:
            await connection.execute(sa.update(_ROW).where(*own, _ROW.c.row == row.row).values(refused=True))
        taken.add(row.person_id)


class Brought:
    """What the rows of merged people bring to those they were merged into, between `before` and `note`."""

    def __init__(self, own: Sequence[sa.ColumnElement[bool]]) -> None:
        self._own = own
        self._rows: Sequence[Any] = ()
        self._enrolments: set[UUID] = set()

    async def before(self, connection: AsyncConnection) -> None:
        """Remember what they have."""
        rows = await connection.execute(
            sa.select(_ROW.c.person_id, _ROW.c.merged_id).where(*self._own, _ROW.c.merged_id.is_not(None))
        )
        self._rows = rows.all()
        for row in self._rows:
            self._enrolments.update(await _ids(connection, _ENROLMENT, row.person_id))

    async def note(self, session: AsyncSession, release_id: UUID) -> None:
        """Write down with each merge what came under the number of the one who was merged."""
        connection = await session.connection()
        for row in self._rows:
            found = await session.exec(
                select(PersonMergeRow)
                .where(PersonMergeRow.person_id == row.merged_id, col(PersonMergeRow.undone_at).is_(None))
                .order_by(col(PersonMergeRow.at).desc())
            )
            merge = found.first()
            if merge is None:
                continue
            records = await _ids(connection, _RECORD, row.person_id, _RECORD.c.release_id == release_id)
            enrolments = await _ids(connection, _ENROLMENT, row.person_id)
            merge.moved = _with(merge.moved, "registry_record", records)
            merge.moved = _with(merge.moved, "enrolment", [one for one in enrolments if one not in self._enrolments])
        await session.flush()


async def _ids(
    connection: AsyncConnection, source: sa.Table, person_id: UUID, *more: sa.ColumnElement[bool]
) -> list[UUID]:
    return list(
        (await connection.execute(sa.select(source.c.id).where(source.c.person_id == person_id, *more))).scalars()
    )


def _with(moved: dict[str, list[str]], name: str, ids: Sequence[UUID]) -> dict[str, list[str]]:
    known = moved.get(name, [])
    return {**moved, name: [*known, *(str(one) for one in ids if str(one) not in known)]}
