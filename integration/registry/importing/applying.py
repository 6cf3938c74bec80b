"""Making a release of a staged batch: one transaction, all of it or nothing, in statements over the whole batch.

Nobody is removed by not being listed: their record is not in this release, that is all. Facts of people and programmes
follow the newest release only; an older one that comes late adds its records and nothing else.
"""

import os
import time
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.codes import EnrolmentStatus, ImportState, RegistryScheme
from integration.db.bulk import learn_sizes
from integration.db.engine import Database
from integration.events.log import Act
from integration.matching.tables import PersonNameKeyRow
from integration.people.tables import FamilyRow, PersonRow
from integration.reading.view import table
from integration.registry.importing import batches, crossing, merged, recognising
from integration.registry.importing.batches import Hold
from integration.registry.importing.columns import PROGRAMMES
from integration.registry.importing.periods import ended, last_day
from integration.registry.importing.tables import ImportBatchRow, ImportStagedRow
from integration.registry.tables import EnrolmentRow, RegistryRecordRow, RegistryReleaseRow

_ROW, _PERSON, _FAMILY = table(ImportStagedRow), table(PersonRow), table(FamilyRow)
_RECORD, _ENROLMENT = table(RegistryRecordRow), table(EnrolmentRow)
_RANK = {RegistryScheme.DTKS: 0, RegistryScheme.DTSEN: 1}
ActOf = Callable[[AsyncSession], Act]
_APPLICABLE = (ImportState.STAGED, ImportState.APPLYING)


class _Outdated(Exception):
    """Another release came after the rows were matched to people."""


async def apply(database: Database, hold: Hold, act_of: ActOf) -> UUID | None:
    """Apply a staged batch; its release, or the one it already became. None if it is not staged."""
    while True:
        batch = await batches.read(database, hold.batch_id)
        if batch.state is ImportState.APPLIED:
            break
        if batch.state not in _APPLICABLE:
            return None
        try:
            async with database.write(large=True) as session:
                await _apply(act_of(session), hold, batch)
        except _Outdated:
            await recognising.recognise(database, hold)
            await crossing.count(database, hold)
            continue
        break
    async with database.write() as session:
        # Whoever asks next, or brings the next release, shall not wait until the database looks for itself.
        await learn_sizes(session, _PERSON, _FAMILY, _RECORD, _ENROLMENT)
    await batches.clear(database, hold.batch_id, (ImportStagedRow,))
    return (await batches.read(database, hold.batch_id)).release_id


async def _apply(act: Act, hold: Hold, batch: ImportBatchRow) -> None:
    session = act.session
    # First of all, so that nobody takes the batch over while it is written.
    await hold.renew(session)
    if await recognising.newest(session) != batch.resolved_after:
        raise _Outdated
    own = (_ROW.c.batch_id == batch.id, sa.not_(_ROW.c.refused))
    connection = await session.connection()
    await merged.follow(connection, own)
    brought = merged.Brought(own)
    await brought.before(connection)
    release_id = await _release(session, batch, act)
    leads = await _leads(session, batch, release_id)
    await _write_families(connection, own, leads)
    await _write_people(connection, own, leads)
    await _write_records(connection, own, batch, release_id)
    if leads:
        await _write_enrolments(connection, own, last_day(batch.period))
    await brought.note(session, release_id)
    people = sa.select(sa.func.count()).where(_RECORD.c.release_id == release_id).scalar_subquery()
    await connection.execute(
        sa.update(table(RegistryReleaseRow)).where(table(RegistryReleaseRow).c.id == release_id).values(people=people)
    )
    act.record(
        "registryRelease",
        "RegistryRelease",
        release_id,
        data={"scheme": batch.scheme, "period": batch.period, "batch": str(batch.id), "supplement": batch.supplement},
    )
    await session.flush()
    await hold.renew(
        session, state=ImportState.APPLIED, applied_at=act.at, applied_by=act.viewer.actor, release_id=release_id
    )


async def _release(session: AsyncSession, batch: ImportBatchRow, act: Act) -> UUID:
    if batch.supplement:
        known = await batches.newest_release(session, batch.scheme, batch.period)
        assert known is not None
        return known
    releases = (await session.exec(select(RegistryReleaseRow))).all()
    until = last_day(batch.period)
    earlier = [
        (ended(one.period) or date.min, one.received_at, one.id) for one in releases if one.scheme is batch.scheme
    ]
    superseded = max((one for one in earlier if one[0] <= until), default=None)
    release = RegistryReleaseRow(
        scheme=batch.scheme,
        period=batch.period,
        received_at=act.at,
        source=batch.file_name,
        people=0,
        supersedes_id=superseded[2] if superseded else None,
    )
    session.add(release)
    await session.flush()
    return release.id


async def _leads(session: AsyncSession, batch: ImportBatchRow, release_id: UUID) -> bool:
    """Whether no other release is of a later time or of the scheme that has taken this one's place."""
    mine = (_RANK[batch.scheme], last_day(batch.period))
    releases = (await session.exec(select(RegistryReleaseRow))).all()
    return all((_RANK[one.scheme], ended(one.period) or date.min) <= mine for one in releases if one.id != release_id)


async def _write_families(connection: AsyncConnection, own: tuple[Any, ...], leads: bool) -> None:
    # The first row that has the card, else the first of the household.
    chosen = (
        sa.select(
            sa.func.coalesce(
                sa.func.min(sa.case((_ROW.c.kk_index.is_not(None), _ROW.c.row))), sa.func.min(_ROW.c.row)
            ).label("row")
        )
        .where(*own, _ROW.c.family_id.is_not(None))
        .group_by(_ROW.c.family_id)
        .subquery()
    )
    first = own[0]
    if leads:
        await connection.execute(
            sa.update(_FAMILY)
            .where(
                first,
                _ROW.c.row.in_(sa.select(chosen.c.row)),
                _FAMILY.c.id == _ROW.c.family_id,
                sa.or_(
                    _FAMILY.c.region_code.is_distinct_from(sa.func.coalesce(_ROW.c.region_code, _FAMILY.c.region_code)),
                    _FAMILY.c.household_index.is_distinct_from(
                        sa.func.coalesce(_ROW.c.household_key, _FAMILY.c.household_index)
                    ),
                ),
            )
            .values(
                region_code=sa.func.coalesce(_ROW.c.region_code, _FAMILY.c.region_code),
                household_index=sa.func.coalesce(_ROW.c.household_key, _FAMILY.c.household_index),
            )
        )
    known = sa.exists().where(_FAMILY.c.id == _ROW.c.family_id)
    await connection.execute(
        sa.insert(_FAMILY).from_select(
            ["id", "kk_sealed", "kk_index", "household_index", "region_code"],
            sa.select(
                _ROW.c.family_id, _ROW.c.kk_sealed, _ROW.c.kk_index, _ROW.c.household_key, _ROW.c.region_code
            ).where(first, _ROW.c.row.in_(sa.select(chosen.c.row)), sa.not_(known)),
        )
    )


async def _write_people(connection: AsyncConnection, own: tuple[Any, ...], leads: bool) -> None:
    await connection.execute(
        sa.insert(_PERSON).from_select(
            [
                "id", "name", "name_key", "nik_sealed", "nik_index", "registry_index", "sex", "birth_date",
                "region_code", "deceased", "family_id", "family_order",
            ],
            sa.select(
                _ROW.c.person_id, _ROW.c.name, _ROW.c.name_key, _ROW.c.nik_sealed, _ROW.c.nik_index, _ROW.c.person_key,
                _ROW.c.sex, _ROW.c.birth_date, _ROW.c.region_code, _ROW.c.deceased, _ROW.c.family_id, _ROW.c.relation,
            ).where(*own, _ROW.c.is_new),
        )
    )  # fmt: skip
    if not leads:
        return
    new = _news()
    # Whoever is found by other words now loses the keys of before; the worker writes those of people who have none.
    told = (
        (_PERSON.c.name, _ROW.c.name),
        (_PERSON.c.birth_date, new["birth_date"]),
        (_PERSON.c.region_code, new["region_code"]),
    )
    known = (*own, sa.not_(_ROW.c.is_new), _ROW.c.merged_id.is_(None))
    renamed = sa.select(_PERSON.c.id).where(
        *known,
        _PERSON.c.id == _ROW.c.person_id,
        sa.or_(*(a.is_distinct_from(b) for a, b in told)),
    )
    await connection.execute(sa.delete(table(PersonNameKeyRow)).where(table(PersonNameKeyRow).c.person_id.in_(renamed)))
    await connection.execute(
        sa.update(_PERSON)
        .where(
            *known,
            _PERSON.c.id == _ROW.c.person_id,
            sa.or_(*(_PERSON.c[name].is_distinct_from(value) for name, value in new.items() if name != "nik_sealed")),
        )
        .values(**new)
    )


def _news() -> Mapping[str, Any]:
    """What a row says of a person already known. An empty cell takes nothing away, and the dead stay dead."""
    told = {"sex": "sex", "birth_date": "birth_date", "region_code": "region_code", "family_id": "family_id"}
    told |= {"nik_index": "nik_index", "registry_index": "person_key"}
    new: dict[str, Any] = {name: sa.func.coalesce(_ROW.c[source], _PERSON.c[name]) for name, source in told.items()}
    new["name"], new["name_key"] = _ROW.c.name, _ROW.c.name_key
    # One NIK is sealed differently each time, so it is taken over together with its index only.
    changed = sa.and_(_ROW.c.nik_index.is_not(None), _PERSON.c.nik_index.is_distinct_from(_ROW.c.nik_index))
    new["nik_sealed"] = sa.case((changed, _ROW.c.nik_sealed), else_=_PERSON.c.nik_sealed)
    new["deceased"] = sa.case(
        (_PERSON.c.deceased, sa.true()), else_=sa.func.coalesce(_ROW.c.deceased, _PERSON.c.deceased)
    )
    new["family_order"] = sa.case((_ROW.c.relation > 0, _ROW.c.relation), else_=_PERSON.c.family_order)
    return new


async def _write_records(
    connection: AsyncConnection, own: tuple[Any, ...], batch: ImportBatchRow, release_id: UUID
) -> None:
    told = ("desil", "status", "as_of", "region_code", "validity")
    wanted: tuple[Any, ...] = own
    if batch.supplement:
        same = sa.and_(_RECORD.c.release_id == release_id, _RECORD.c.person_id == _ROW.c.person_id)
        await connection.execute(sa.update(_RECORD).where(*own, same).values({name: _ROW.c[name] for name in told}))
        wanted = (*own, sa.not_(sa.exists().where(same)))
    await connection.execute(
        sa.insert(_RECORD).from_select(
            ["id", "person_id", "release_id", *told],
            sa.select(
                _made_id(connection, 0), _ROW.c.person_id, sa.literal(release_id, sa.Uuid()),
                *(_ROW.c[name] for name in told),
            )
            .where(*wanted)
            .order_by(_ROW.c.row),
        )
    )  # fmt: skip


async def _write_enrolments(connection: AsyncConnection, own: tuple[Any, ...], until: date) -> None:
    # Every programme in one pass over the rows: they are the largest of what is read here.
    programme = sa.union_all(
        *(
            sa.select(
                sa.literal_column(str(place + 1), sa.Integer()).label("number"),
                sa.literal_column(str(1 << place), sa.Integer()).label("bit"),
                sa.literal(code, sa.Text()).label("code"),
            )
            for place, code in enumerate(PROGRAMMES)
        )
    ).subquery()
    same = sa.and_(_ENROLMENT.c.person_id == _ROW.c.person_id, _bare(_ENROLMENT.c.programme_code) == programme.c.code)
    takes_part = _ROW.c.enrolled.bitwise_and(programme.c.bit) > 0
    not_part = _ROW.c.not_enrolled.bitwise_and(programme.c.bit) > 0
    active = EnrolmentStatus.ACTIVE
    for told, others, change in (
        (takes_part, _ENROLMENT.c.status != active, {"status": active, "to_date": None}),
        (not_part, _ENROLMENT.c.status == active, {"status": EnrolmentStatus.STOPPED, "to_date": until}),
    ):
        await connection.execute(
            sa.update(_ENROLMENT).where(*own, sa.not_(_ROW.c.is_new), same, told, others).values(change)
        )
    # Whoever is new has none: they need not be looked for.
    there = sa.exists(sa.select(_ENROLMENT.c.id).where(same).correlate(_ROW, programme))
    await connection.execute(
        sa.insert(_ENROLMENT).from_select(
            ["id", "person_id", "programme_code", "status"],
            sa.select(
                _made_id(connection, programme.c.number), _ROW.c.person_id, programme.c.code,
                sa.literal(active.value),
            )
            .select_from(_ROW.join(programme, takes_part))
            .where(*own, sa.or_(_ROW.c.is_new, sa.not_(there)))
            .order_by(_ROW.c.row, programme.c.number),
        )
    )  # fmt: skip


def _bare(column: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
    """A column as no index has it. SQLite would choose the one over all people of a programme, for every row anew."""
    return column.concat(sa.literal(""))


def _made_id(connection: AsyncConnection, kind: int | sa.ColumnElement[int]) -> sa.ColumnElement[Any]:
    """An id of version 7 made in the statement: this moment, chance, then the row's number, so they sort as rows do."""
    chance = int.from_bytes(os.urandom(2)) & 0xFFF
    head = f"{time.time_ns() // 1_000_000:012x}7{chance:03x}8"
    number = _ROW.c.row * 8 + kind
    if connection.dialect.name == "postgresql":
        tail = sa.func.lpad(sa.func.to_hex(number), 15, "0")
        return sa.cast(sa.literal(head) + tail, sa.Uuid())
    return sa.type_coerce(sa.literal(head) + sa.func.printf("%015x", number), sa.Uuid())
