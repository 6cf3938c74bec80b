"""Whether somebody is in the registry, for partners who may know that and nothing more.

This is beside the reading road, whose rules speak of rows a viewer may see: a partner sees no row. What is told of a
person is in `Found`; who they are stays here and in the access log. A hit and a miss take the same statements: one for
each kind of key given, and one for the records of whoever was found, also when that is nobody.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.access.sealing import Sealer
from integration.codes import RegistryMatchResult, RegistryScheme, RegistryStatus
from integration.db.readers import Row, Snapshot
from integration.people.tables import FamilyRow, PersonRow
from integration.reading.dialect import Compiled, Dialect, dialect
from integration.reading.view import Kind, table
from integration.registry.keys import Key, KeyKind
from integration.registry.tables import RegistryRecordRow, RegistryReleaseRow

# The band of each decile.
Bands: TypeAlias = Mapping[int, str]

# Statements are made for these numbers of keys; what is left over is filled up with keys that nobody has.
_SIZES = (1, 10, 100)
_NO_KEY = {Kind.BYTES: b"", Kind.TEXT: "", Kind.DATE: date.min}


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """What may be told of one key, and (for the access log alone) the ids of those it was told of."""

    result: RegistryMatchResult
    scheme: RegistryScheme | None = None
    desil_band: str | None = None
    as_of: date | None = None
    people: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, repr=False)
class _Record:
    """What the newest release of its scheme, or an older one, says of a person."""

    scheme: RegistryScheme
    is_newest: bool
    status: RegistryStatus
    desil: int | None
    as_of: date


NOT_MATCHED = Found(RegistryMatchResult.NOT_MATCHED)
AMBIGUOUS = Found(RegistryMatchResult.AMBIGUOUS)


async def look_up(snapshot: Snapshot, database: str, sealer: Sealer, keys: Sequence[Key], bands: Bands) -> list[Found]:
    """What may be told of each key, in their order. `database` is the dialect's name."""
    asked = [_sealed(key, sealer) for key in keys]
    groups = await _groups(snapshot, database, keys, asked)
    people = {person for found in groups.values() for group in found.values() for person in group}
    records = await _records(snapshot, database, people)
    return [_told(groups[key.kind, given], records, bands) for key, given in zip(keys, asked, strict=True)]


def _told(found: Mapping[str, Sequence[str]], records: Mapping[str, Sequence[_Record]], bands: Bands) -> Found:
    """`found` is whom the key means: by person (each a group of one), or by family (its people, head first)."""
    if len(found) > 1:
        return AMBIGUOUS
    listed = [
        (person, record)
        for group in found.values()
        for person in group
        if (record := _current(records[person])) is not None
    ]
    if not listed:
        return NOT_MATCHED
    # Of a family, DTSEN's word before DTKS's, and then the first of its people.
    _, told = min(enumerate(listed), key=lambda one: (one[1][1].scheme != RegistryScheme.DTSEN, one[0]))
    record = told[1]
    return Found(
        RegistryMatchResult.MATCHED,
        record.scheme,
        None if record.desil is None else bands.get(record.desil),
        record.as_of,
        frozenset(person for person, _ in listed),
    )


def _current(records: Sequence[_Record]) -> _Record | None:
    """What counts now: DTSEN has taken the place of DTKS, and whom the newest release left out is not in it."""
    schemes = {record.scheme for record in records}
    scheme = RegistryScheme.DTSEN if RegistryScheme.DTSEN in schemes else RegistryScheme.DTKS
    newest = [record for record in records if record.scheme == scheme and record.is_newest]
    active = [record for record in newest if record.status == RegistryStatus.ACTIVE]
    return active[0] if active else None


# --- the keys


def _sealed(key: Key, sealer: Sealer) -> tuple[Any, ...]:
    """A key as it stands in the database."""
    if key.kind is KeyKind.NAME:
        return key.text, key.birth_date
    return (sealer.index(key.kind.value, key.text),)


async def _groups(
    snapshot: Snapshot, database: str, keys: Sequence[Key], asked: Sequence[tuple[Any, ...]]
) -> dict[tuple[KeyKind, tuple[Any, ...]], dict[str, list[str]]]:
    """For each key whom it means: people (or families) by id, each with the ids of its people."""
    by_kind: dict[KeyKind, list[tuple[Any, ...]]] = {}
    for key, given in zip(keys, asked, strict=True):
        by_kind.setdefault(key.kind, []).append(given)
    groups: dict[tuple[KeyKind, tuple[Any, ...]], dict[str, list[str]]] = defaultdict(dict)
    for kind, wanted in sorted(by_kind.items()):
        different = list(dict.fromkeys(wanted))
        size = next(size for size in _SIZES if size >= len(different))
        statement = _whom(database, kind, size)
        rows = await snapshot.fetch(statement.sql, statement.arguments(_values(database, kind, different, size)))
        for row in rows:
            group, person = row[-2:]
            members = groups[kind, _plain(kind, row[:-2])].setdefault(_id(group), [])
            if _id(person) not in members:
                members.append(_id(person))
    return groups


_COLUMNS = {
    KeyKind.NIK: (Kind.BYTES,),
    KeyKind.KK: (Kind.BYTES,),
    KeyKind.NAME: (Kind.TEXT, Kind.DATE),
}


def _values(database: str, kind: KeyKind, wanted: Sequence[tuple[Any, ...]], size: int) -> dict[str, Any]:
    tongue = dialect(database)
    values: dict[str, Any] = {}
    for index in range(size):
        for place, column in enumerate(_COLUMNS[kind]):
            value = wanted[index][place] if index < len(wanted) else _NO_KEY[column]
            convert = tongue.to_driver(column, array=False)
            values[f"key{index}_{place}"] = value if convert is None else convert(value)
    return values


def _plain(kind: KeyKind, given: Iterable[Any]) -> tuple[Any, ...]:
    if kind is KeyKind.NAME:
        name, born = given
        return name, _day(born)
    return tuple(bytes(value) for value in given)


@cache
def _whom(database: str, kind: KeyKind, size: int) -> Compiled:
    tongue = dialect(database)
    person, family = table(PersonRow).alias("person"), table(FamilyRow).alias("family")
    # A person who turned out to be another is that other.
    who = sa.func.coalesce(person.c.merged_into_id, person.c.id)
    if kind is KeyKind.NIK:
        statement = sa.select(person.c.nik_index, who, who).where(_one_of(tongue, size, person.c.nik_index))
    elif kind is KeyKind.NAME:
        columns = (person.c.name_key, person.c.birth_date)
        statement = sa.select(*columns, who, who).where(_one_of(tongue, size, *columns))
    else:
        statement = (
            sa.select(family.c.kk_index, family.c.id, who)
            .select_from(family.join(person, person.c.family_id == family.c.id))
            .where(_one_of(tongue, size, family.c.kk_index))
            .order_by(person.c.family_order, person.c.id)
        )
    return tongue.compile(statement)


def _one_of(tongue: Dialect, size: int, *columns: ColumnElement[Any]) -> ColumnElement[bool]:
    kinds = (Kind.BYTES,) if len(columns) == 1 else (Kind.TEXT, Kind.DATE)
    places = list(enumerate(zip(columns, kinds, strict=True)))
    return sa.or_(
        *(
            sa.and_(*(column == tongue.bind(f"key{index}_{place}", kind) for place, (column, kind) in places))
            for index in range(size)
        )
    )


# --- the records


async def _records(snapshot: Snapshot, database: str, people: Iterable[str]) -> dict[str, list[_Record]]:
    statement = _listed(database)
    convert = dialect(database).to_driver(Kind.UUID, array=True)
    assert convert is not None
    rows = await snapshot.fetch(statement.sql, statement.arguments({"people": convert(sorted(people))}))
    records: dict[str, list[_Record]] = defaultdict(list)
    for row in rows:
        records[_id(row[0])].append(_record(row))
    return records


def _record(row: Row) -> _Record:
    _, scheme, is_newest, status, desil, as_of = row
    return _Record(RegistryScheme(scheme), bool(is_newest), RegistryStatus(status), desil, _day(as_of))


@cache
def _listed(database: str) -> Compiled:
    tongue = dialect(database)
    person, record = table(PersonRow).alias("person"), table(RegistryRecordRow).alias("record")
    release, newer = table(RegistryReleaseRow).alias("release"), table(RegistryReleaseRow).alias("newer")
    newest = (
        sa.select(newer.c.id)
        .where(newer.c.scheme == release.c.scheme)
        .order_by(newer.c.received_at.desc(), newer.c.id.desc())
        .limit(sa.literal_column("1"))
        .scalar_subquery()
    )
    who = sa.func.coalesce(person.c.merged_into_id, person.c.id)
    return tongue.compile(
        sa.select(
            who,
            release.c.scheme,
            release.c.id == newest,
            record.c.status,
            record.c.desil,
            sa.func.coalesce(record.c.as_of, tongue.local_day(release.c.received_at)),
        )
        .select_from(
            person.join(record, record.c.person_id == person.c.id).join(release, release.c.id == record.c.release_id)
        )
        .where(
            sa.or_(
                tongue.among(person.c.id, "people", Kind.UUID),
                tongue.among(person.c.merged_into_id, "people", Kind.UUID),
            )
        )
        .order_by(release.c.received_at.desc(), record.c.id)
    )


def _id(value: Any) -> str:
    return value if isinstance(value, str) else str(value.hex)


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
