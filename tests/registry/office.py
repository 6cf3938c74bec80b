"""A house with a database, for importing files into it and looking at what became of them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import sqlalchemy as sa

from integration.access.sealing import Sealer
from integration.access.viewer import SYSTEM
from integration.codes import RegistryScheme
from integration.db.engine import Database
from integration.registry.importing import batches
from integration.registry.importing.files import Inspected, inspect
from integration.registry.importing.service import Importer
from integration.registry.importing.tables import ImportBatchRow
from integration.settings import Settings


@dataclass(frozen=True, slots=True)
class Office:
    """Imports files as the command line does."""

    database: Database
    sealer: Sealer
    settings: Settings

    @property
    def importer(self) -> Importer:
        return Importer(self.database, self.sealer, self.settings, SYSTEM)

    def inspected(self, path: Path) -> Inspected:
        return inspect(lambda: path.open("rb"), self.settings.import_max_bytes)

    async def stage(
        self, path: Path, period: str = "2026-Q1", scheme: RegistryScheme = RegistryScheme.DTSEN,
        supplement: bool = False,
    ) -> ImportBatchRow:  # fmt: skip
        """The batch of a file, staged."""
        inspected, importer = self.inspected(path), self.importer
        batch = await importer.begin(inspected, scheme, period, path.name, supplement)
        hold = importer.hold(batch.id)
        assert await hold.take(wait=False)

        def opener() -> BinaryIO:
            return path.open("rb")

        try:
            await importer.stage(hold, opener, inspected)
        finally:
            await hold.give_back()
        return await batches.read(self.database, batch.id)

    async def bring_in(self, path: Path, period: str = "2026-Q1", **how: Any) -> ImportBatchRow:
        """The batch of a file, applied."""
        batch = await self.stage(path, period, **how)
        hold = self.importer.hold(batch.id)
        assert await hold.take(wait=False)
        await self.importer.apply(hold)
        await hold.give_back()
        return await batches.read(self.database, batch.id)

    async def all(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a statement."""
        async with self.database.engine.connect() as connection:
            return [tuple(row) for row in await connection.execute(sa.text(sql))]

    async def found(self, batch: ImportBatchRow) -> set[tuple[int, str]]:
        """Row and rule of every finding of a batch."""
        found = await self.all('SELECT batch_id, "row", rule FROM import_finding')
        return {(row, rule) for owner, row, rule in found if str(owner).replace("-", "") == batch.id.hex}
