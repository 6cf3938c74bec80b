"""The demo registry: people in families, two releases of the registry, enrolments and recorded needs.

What is drawn "by lot" hangs on a checksum of the NIK, so every demo database holds the same facts.
"""

import zlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from uuid import UUID

from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.access.sealing import Sealer
from integration.codes import EnrolmentStatus, RecordValidity, RegistryScheme, RegistryStatus, Sex
from integration.datafiles import Line, read_csv
from integration.matching.fold import fold
from integration.matching.index import Findable, write_keys
from integration.people.tables import FamilyRow, PersonPpksRow, PersonRow
from integration.registry.tables import EnrolmentRow, RegistryRecordRow, RegistryReleaseRow

PEOPLE = Path(__file__).parent / "people.csv"

_PROGRAMMES = {"pkh": "PKH", "sembako": "SEMBAKO", "pbi_jk": "PBI_JK", "rst": "RST"}
_ADULT, _OLD = 18, 60
_DTKS_DAY, _DTSEN_DAY = date(2024, 3, 31), date(2026, 9, 20)


@dataclass(slots=True)
class Registry:
    """All rows of the demo registry, in the order their tables must be filled."""

    families: list[FamilyRow] = field(default_factory=list)
    people: list[PersonRow] = field(default_factory=list)
    releases: list[RegistryReleaseRow] = field(default_factory=list)
    records: list[RegistryRecordRow] = field(default_factory=list)
    enrolments: list[EnrolmentRow] = field(default_factory=list)
    needs: list[PersonPpksRow] = field(default_factory=list)
    by_nik: dict[str, UUID] = field(default_factory=dict)


async def load_people(session: AsyncSession, sealer: Sealer) -> Registry:
    """Write the demo registry; the caller finds people again by NIK in what is given back."""
    registry = Registry()
    lines = read_csv(PEOPLE)
    for kk, household in groupby(lines, key=lambda line: line["kk"]):
        _add_family(registry, sealer, kk, list(household))
    _add_releases(registry, lines)
    tables: list[list[SQLModel]] = [
        [*registry.families], [*registry.people], [*registry.releases], [*registry.records], [*registry.enrolments],
        [*registry.needs],
    ]  # fmt: skip
    for rows in tables:
        session.add_all(rows)
        await session.flush()
    await write_keys(session, (Findable(one.id, one.name, one.region_code, one.birth_date) for one in registry.people))
    return registry


def _add_family(registry: Registry, sealer: Sealer, kk: str, household: list[dict[str, str]]) -> None:
    family = FamilyRow(
        kk_sealed=sealer.seal("kk", kk), kk_index=sealer.index("kk", kk), region_code=household[0]["village_code"]
    )
    registry.families.append(family)
    for order, line in enumerate(household):
        person = PersonRow(
            name=line["name"],
            name_key=fold(line["name"]),
            nik_sealed=sealer.seal("nik", line["nik"]),
            nik_index=sealer.index("nik", line["nik"]),
            sex=Sex.MALE if line["sex"] == "L" else Sex.FEMALE,
            birth_date=_born(line),
            region_code=line["village_code"],
            deceased=bool(line["died_on"]),
            family_id=family.id,
            family_order=order,
        )
        registry.people.append(person)
        registry.by_nik[line["nik"]] = person.id
        registry.enrolments += _enrolments(person.id, line)
        registry.needs += _needs(person.id, line, household)


def _lot(line: Line) -> int:
    """A number from 0 to 99 that is always the same for a person."""
    return zlib.crc32(line["nik"].encode()) % 100


def _born(line: Line) -> date:
    return date.fromisoformat(line["birth_date"])


def _enrolments(person_id: UUID, line: Line) -> list[EnrolmentRow]:
    lot = _lot(line)
    begun = max(date(2019 + lot % 4, 1 + 3 * (lot % 4), 1), _born(line))
    rows = []
    for column, code in _PROGRAMMES.items():
        if line[column] == "1":
            stopped = date.fromisoformat(line["died_on"]) if line["died_on"] else None
            if stopped is None and lot < 6 and code != "RST" and begun.year < 2023:
                stopped = date(2023, 12, 31)
            rows.append(
                EnrolmentRow(
                    person_id=person_id,
                    programme_code=code,
                    status=EnrolmentStatus.STOPPED if stopped else EnrolmentStatus.ACTIVE,
                    from_date=min(begun, stopped or begun),
                    to_date=stopped,
                )
            )
    if line["pbi_jk"] == "0" and not line["died_on"] and int(line["desil"]) <= 4 and lot % 10 == 3:
        rows.append(EnrolmentRow(person_id=person_id, programme_code="PBI_JK", status=EnrolmentStatus.PROPOSED))
    return rows


def _needs(person_id: UUID, line: Line, household: list[dict[str, str]]) -> list[PersonPpksRow]:
    if line["died_on"]:
        return []
    age = _DTKS_DAY.year - int(line["birth_date"][:4])
    poor = int(line["desil"]) == 1
    codes = []
    if line["disability"]:
        codes.append("PPKS-09" if age >= _ADULT else "PPKS-05")
    if age >= _OLD and len(household) == 1:
        codes.append("PPKS-08")
    if poor and line is household[0] and line["sex"] == "P" and _ADULT <= age < _OLD:
        codes.append("PPKS-23")
    if poor and line is household[0] and _lot(line) < 20:
        codes.append("PPKS-24")
    since = max(date(2021 + _lot(line) % 3, 6, 1), _born(line))
    return [PersonPpksRow(person_id=person_id, ppks_code=code, since=since) for code in codes]


def _add_releases(registry: Registry, lines: list[dict[str, str]]) -> None:
    dtks = [_dtks_record(line) for line in lines]
    dtsen = [_dtsen_record(line) for line in lines]
    older = RegistryReleaseRow(
        scheme=RegistryScheme.DTKS,
        period="2024-03",
        received_at=datetime(_DTKS_DAY.year, _DTKS_DAY.month, _DTKS_DAY.day, 2, tzinfo=UTC),
        source="Data contoh (sintetis), bentuk SIKS-NG",
        people=len(dtks),
    )
    newer = RegistryReleaseRow(
        scheme=RegistryScheme.DTSEN,
        period="2026-Q3",
        received_at=datetime(_DTSEN_DAY.year, _DTSEN_DAY.month, _DTSEN_DAY.day, 2, tzinfo=UTC),
        source="Data contoh (sintetis), bentuk DTSEN",
        people=sum(record is not None for record in dtsen),
        supersedes_id=older.id,
    )
    registry.releases += [older, newer]
    for release, records in ((older, dtks), (newer, dtsen)):
        for line, record in zip(lines, records, strict=True):
            if record is not None:
                desil, status, as_of = record
                registry.records.append(
                    RegistryRecordRow(
                        person_id=registry.by_nik[line["nik"]],
                        release_id=release.id,
                        desil=desil,
                        status=status,
                        as_of=as_of,
                        region_code=line["village_code"],
                        validity=RecordValidity.VALID,
                    )
                )


_Record = tuple[int | None, RegistryStatus, date]


def _dtks_record(line: Line) -> _Record:
    # The dead are still listed as active: the fault the registry is known for.
    lot = _lot(line)
    as_of = date(2018, 11, 1) if lot < 5 else date(2021, 6, 30) if lot < 20 else date(2024, 3, 1)
    return int(line["desil"]), RegistryStatus.ACTIVE, max(as_of, _born(line))


def _dtsen_record(line: Line) -> _Record | None:
    lot = _lot(line)
    if lot >= 95:
        return None
    if line["died_on"]:
        return int(line["desil"]), RegistryStatus.REMOVED, date(2026, 8, 31)
    moved = 1 if 10 <= lot < 20 else -1 if 20 <= lot < 30 else 0
    desil = min(10, max(1, int(line["desil"]) + moved))
    status = RegistryStatus.INACTIVE if 30 <= lot < 34 else RegistryStatus.ACTIVE
    as_of = date(2023, 5, 10) if lot < 8 else date(2025, 11, 15) if 40 <= lot < 62 else date(2026, 8, 31)
    # A family the ministry has not ranked yet has no desil.
    return (None if lot == 50 else desil), status, max(as_of, _born(line))
