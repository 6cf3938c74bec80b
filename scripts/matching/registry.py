"""Bringing a registry in as the product does, from the file as delivered: nothing of the truth is known here."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.access.sealing import Sealer
from integration.access.viewer import Viewer
from integration.codes import RegistryScheme
from integration.db.engine import Database
from integration.matching.index import complete_keys
from integration.people.tables import PersonRow
from integration.registry.importing.files import inspect
from integration.registry.importing.service import Importer
from integration.settings import Settings
from scripts.matching.cases import REGISTRY, Registered

_SCHEME = RegistryScheme.DTKS
_OPERATOR = Viewer(name="Pengukuran", roles=frozenset(), subject="measurement")
_HEADER = ("IDARTDTKS", "IDDTKS", "NIK", "NAMA", "TGL_LAHIR", "JNS_KEL", "KODE_DESA")


async def bring_in(
    database: Database, settings: Settings, sealer: Sealer, folder: Path, others: Sequence[Registered], scratch: Path
) -> None:
    """Import the registry of a folder, after an older release with the people of messages, and write the name keys."""
    if others:
        file = scratch / "messages_registry.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(_HEADER)
            for number, one in enumerate(others, 1):
                writer.writerow((one.person, f"F{number}", one.nik, one.name, one.born, one.sex, one.village))
        await _import(database, settings, sealer, file, "2023-Q4")
    await _import(database, settings, sealer, folder / REGISTRY, "2024-Q1")
    await complete_keys(database)
    if database.dialect == "postgresql":
        async with database.engine.connect() as connection:
            autonomous = await connection.execution_options(isolation_level="AUTOCOMMIT")
            await autonomous.exec_driver_sql("VACUUM ANALYZE person")
            await autonomous.exec_driver_sql("VACUUM ANALYZE person_name_key")


async def whose(database: Database, sealer: Sealer, numbers: Mapping[str, str]) -> dict[UUID, str]:
    """Which person of the truth each person of the database is, by the registry's own number."""
    known = {sealer.index(f"registry.person.{_SCHEME}", number): person for number, person in numbers.items()}
    async with AsyncSession(database.engine) as session:
        found = await session.exec(
            select(PersonRow.id, PersonRow.registry_index).where(col(PersonRow.registry_index).is_not(None))
        )
        return {id_: known[index] for id_, index in found.all() if index in known}


async def _import(database: Database, settings: Settings, sealer: Sealer, file: Path, period: str) -> None:
    importer = Importer(database, sealer, settings, _OPERATOR)

    def opener() -> BinaryIO:
        return file.open("rb")

    inspected = inspect(opener, settings.import_max_bytes)
    batch = await importer.begin(inspected, _SCHEME, period, file.name)
    hold = importer.hold(batch.id)
    if not await hold.take(wait=False):
        raise RuntimeError("the batch is held by another process")
    try:
        await importer.stage(hold, opener, inspected)
        if await importer.apply(hold) is None:
            raise RuntimeError("the registry file could not be applied")
    finally:
        await hold.give_back()
