"""What only several rows tell together: one NIK of two people, a person twice, two heads of one family."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from integration.codes import RecordValidity
from integration.db.base import now
from integration.db.bulk import insert_rows, learn_sizes
from integration.db.engine import Database
from integration.reading.view import table
from integration.registry.importing import batches
from integration.registry.importing.batches import Hold
from integration.registry.importing.columns import read_header
from integration.registry.importing.findings import MEANINGS, Finding, Rule
from integration.registry.importing.likeness import same_person, same_relative
from integration.registry.importing.noting import FINDING_COLUMNS, finding_row
from integration.registry.importing.tables import (
    ImportBatchRow,
    ImportFindingRow,
    ImportRuleCountRow,
    ImportStagedRow,
)

_ROW = table(ImportStagedRow)
_HEAD = 1
# Of more rows under one number, each is compared with these first ones only.
_COMPARED = 20
_UPDATES = 5000


@dataclass(slots=True)
class _Told:
    found: list[tuple[int, Finding]] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)
    without_nik: set[int] = field(default_factory=set)


async def cross(database: Database, hold: Hold) -> None:
    """Compare the rows of a batch with one another, once. What it finds is written in one transaction."""
    batch = await batches.read(database, hold.batch_id)
    if batch.staged_at is not None:
        return
    async with database.write() as session:
        await learn_sizes(session, table(ImportStagedRow), table(ImportFindingRow))
        await hold.renew(session)
    await _join_families(database, hold)
    told = _Told()
    async with database.look() as session:
        connection = await session.connection()
        for group in await _groups(connection, hold, _ROW.c.person_key):
            _one_number(group, Rule.REGISTRY_NUMBER_SHARED, "person_key", told)
        for group in await _groups(connection, hold, _ROW.c.nik_index):
            _one_nik([row for row in group if row.row not in told.refused], told)
        for group in await _twice_without_number(connection, hold):
            _relatives([row for row in group if row.row not in told.refused], told)
        for group in await _groups(connection, hold, _ROW.c.kk_index, _ROW.c.relation == _HEAD):
            heads = [row for row in group if row.row not in told.refused]
            for row in heads if len(heads) > 1 else ():
                other = next(head.row for head in heads if head.row != row.row)
                told.found.append((row.row, Finding("relation", Rule.KK_SEVERAL_HEADS, "head", str(other))))
    header = read_header(batch.columns)
    async with database.write() as session:
        connection = await session.connection()
        for refused in _slices(sorted(told.refused)):
            await connection.execute(_of(hold, refused).values(refused=True))
        for shared in _slices(sorted(told.without_nik)):
            await connection.execute(
                _of(hold, shared).values(nik_index=None, nik_sealed=None, validity=RecordValidity.INVALID)
            )
        rows = [finding_row(hold.batch_id, row, finding, header) for row, finding in told.found]
        await insert_rows(session, table(ImportFindingRow), FINDING_COLUMNS, rows)
        await hold.renew(session, staged_at=now())


async def count(database: Database, hold: Hold) -> None:
    """Count the findings by rule and the rows that need mending or are not taken; link findings to their people."""
    finding = table(ImportFindingRow)
    batch = await batches.read(database, hold.batch_id)
    about = sa.case((_ROW.c.refused, sa.null()), else_=_ROW.c.person_id)
    step = 20_000
    for start in range(0, batch.rows, step):
        async with database.write() as session:
            connection = await session.connection()
            await connection.execute(
                sa.update(finding)
                .where(
                    finding.c.batch_id == hold.batch_id,
                    finding.c.row > start,
                    finding.c.row <= start + step,
                    _ROW.c.batch_id == hold.batch_id,
                    _ROW.c.row == finding.c.row,
                    finding.c.person_id.is_distinct_from(about),
                )
                .values(person_id=about)
            )
            await hold.renew(session)
    async with database.write() as session:
        connection = await session.connection()
        await connection.execute(sa.delete(ImportRuleCountRow).where(col(ImportRuleCountRow.batch_id) == hold.batch_id))
        counted = (
            await connection.execute(
                sa.select(finding.c.rule, sa.func.count())
                .where(finding.c.batch_id == hold.batch_id)
                .group_by(finding.c.rule)
            )
        ).all()
        rows = [(hold.batch_id, rule, MEANINGS[Rule(rule)].severity, number) for rule, number in counted]
        await insert_rows(session, table(ImportRuleCountRow), ("batch_id", "rule", "severity", "count"), rows)
        faulty = await _number(
            connection,
            sa.select(sa.func.count(sa.distinct(finding.c.row))).where(
                finding.c.batch_id == hold.batch_id, finding.c.severity == "ERROR"
            ),
        )
        refused = await _number(
            connection, sa.select(sa.func.count()).where(_ROW.c.batch_id == hold.batch_id, _ROW.c.refused)
        )
        await connection.execute(
            sa.update(ImportBatchRow)
            .where(col(ImportBatchRow.id) == hold.batch_id)
            .values(faulty_rows=faulty, refused_rows=refused)
        )


async def _number(connection: AsyncConnection, statement: sa.Select[Any]) -> int:
    return int((await connection.execute(statement)).scalar_one())


async def _join_families(database: Database, hold: Hold) -> None:
    """Rows without a family card join the first card of their household."""
    without = (_ROW.c.batch_id == hold.batch_id, _ROW.c.kk_index.is_(None), _ROW.c.household_key.is_not(None))
    async with database.look() as session:
        connection = await session.connection()
        joining = (await connection.execute(sa.select(_ROW.c.row, _ROW.c.household_key).where(*without))).all()
        cards = await connection.execute(
            sa.select(_ROW.c.household_key, _ROW.c.kk_index, _ROW.c.family_id)
            .where(
                _ROW.c.batch_id == hold.batch_id,
                _ROW.c.kk_index.is_not(None),
                _ROW.c.household_key.in_(sa.select(_ROW.c.household_key).where(*without)),
            )
            .order_by(_ROW.c.row)
        )
        first: dict[bytes, tuple[bytes, Any]] = {}
        for card in cards:
            first.setdefault(card.household_key, (card.kk_index, card.family_id))
    changes = [
        {"its_row": row.row, "index": first[row.household_key][0], "family": first[row.household_key][1]}
        for row in joining
        if row.household_key in first
    ]
    statement = (
        sa.update(_ROW)
        .where(_ROW.c.batch_id == hold.batch_id, _ROW.c.row == sa.bindparam("its_row"))
        .values(family_index=sa.bindparam("index"), family_id=sa.bindparam("family", type_=sa.Uuid()))
    )
    for start in range(0, len(changes), _UPDATES):
        async with database.write() as session:
            await (await session.connection()).execute(statement, changes[start : start + _UPDATES])
            await hold.renew(session)


def _of(hold: Hold, rows: Sequence[int]) -> sa.Update:
    return sa.update(_ROW).where(_ROW.c.batch_id == hold.batch_id, _ROW.c.row.in_(rows))


def _slices(rows: Sequence[int]) -> Iterable[Sequence[int]]:
    return (rows[start : start + 500] for start in range(0, len(rows), 500))


async def _groups(
    connection: AsyncConnection, hold: Hold, key: sa.Column[Any], *more: sa.ColumnElement[bool]
) -> list[list[Any]]:
    """The rows that share a number, group by group."""
    own = (_ROW.c.batch_id == hold.batch_id, key.is_not(None), sa.not_(_ROW.c.refused), *more)
    shared = sa.select(key).where(*own).group_by(key).having(sa.func.count() > 1)
    rows = await connection.execute(
        sa.select(key.label("key"), _ROW.c.row, _ROW.c.name_key, _ROW.c.birth_date, _ROW.c.nik_agrees)
        .where(*own, key.in_(shared))
        .order_by(key, _ROW.c.row)
    )
    return [list(group) for _, group in itertools.groupby(rows, key=lambda row: row.key)]


async def _twice_without_number(connection: AsyncConnection, hold: Hold) -> list[list[Any]]:
    """Rows of one family born on the same day, of which at least one has no NIK to tell them apart; in pairs."""
    own = (_ROW.c.batch_id == hold.batch_id, sa.not_(_ROW.c.refused), _ROW.c.birth_date.is_not(None))
    families = sa.select(_ROW.c.family_index).where(*own, _ROW.c.nik_index.is_(None))
    rows = await connection.execute(
        sa.select(
            _ROW.c.family_index, _ROW.c.birth_date, _ROW.c.row, _ROW.c.name_key,
            _ROW.c.nik_index.is_(None).label("bare"),
        )
        .where(*own, _ROW.c.family_index.in_(families))
        .order_by(_ROW.c.family_index, _ROW.c.birth_date, _ROW.c.row)
    )  # fmt: skip
    pairs: list[list[Any]] = []
    for _, group in itertools.groupby(rows, key=lambda row: (row.family_index, row.birth_date)):
        members = list(group)[:_COMPARED]
        pairs += [[one, other] for one, other in itertools.combinations(members, 2) if one.bare or other.bare]
    return pairs


def _relatives(pair: Sequence[Any], told: _Told) -> None:
    if len(pair) == 2 and same_relative(pair[0].name_key, pair[1].name_key):
        told.refused.add(pair[1].row)
        told.found.append((pair[1].row, Finding("*", Rule.PERSON_TWICE, "person", str(pair[0].row))))


def _people(group: Sequence[Any], told: _Told) -> list[Any]:
    """The different people of a group; whoever stands in it twice is refused the second time."""
    people: list[Any] = []
    for row in group:
        first = next(
            (
                known
                for known in people[:_COMPARED]
                if same_person(known.name_key, known.birth_date, row.name_key, row.birth_date)
            ),
            None,
        )
        if first is None:
            people.append(row)
        else:
            told.refused.add(row.row)
            told.found.append((row.row, Finding("*", Rule.PERSON_TWICE, "person", str(first.row))))
    return people


def _one_number(group: Sequence[Any], rule: Rule, name: str, told: _Told) -> None:
    people = _people(group, told)
    for row in people[1:]:
        told.refused.add(row.row)
        told.found.append((row.row, Finding(name, rule, "number", str(people[0].row))))


def _one_nik(group: Sequence[Any], told: _Told) -> None:
    """Of several people with one NIK, those whose birth date or sex it contradicts do not have it; if it contradicts
    none or all, nobody can tell, and each keeps it with a word about it.
    """
    people = _people(group, told)
    if len(people) < 2:
        return
    wrong = [row for row in people if row.nik_agrees is False]
    blamed = wrong if 0 < len(wrong) < len(people) else people
    for row in blamed:
        other = next(person.row for person in people if person.row != row.row)
        told.found.append((row.row, Finding("nik", Rule.NIK_SHARED, "16 digits", str(other))))
        if blamed is wrong:
            told.without_nik.add(row.row)
