"""The importing of one file, from its bytes to a release, for whoever brings it: the command line or the worker."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from integration.access.sealing import Sealer
from integration.access.viewer import Viewer
from integration.codes import RegistryScheme
from integration.db.base import now
from integration.db.engine import Database
from integration.events.log import Act
from integration.registry.importing import applying, batches, staging
from integration.registry.importing.batches import Hold, Wanted
from integration.registry.importing.files import Inspected, Opener
from integration.registry.importing.tables import ImportBatchRow
from integration.settings import Settings

Tell = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Importer:
    """What importing needs of the house. `viewer` is in whose name it is done."""

    database: Database
    sealer: Sealer
    settings: Settings
    viewer: Viewer

    async def begin(
        self, inspected: Inspected, scheme: RegistryScheme, period: str, file_name: str, supplement: bool = False
    ) -> ImportBatchRow:
        """The batch of a file, old or new."""
        wanted = Wanted(scheme, period, supplement, file_name, inspected.digest, inspected.size)
        async with self.database.write() as session:
            return await batches.begin(session, wanted, self.viewer.actor, now())

    def hold(self, batch_id: UUID) -> Hold:
        """The right to work on a batch, still to be taken."""
        return Hold(self.database, batch_id)

    async def stage(self, hold: Hold, opener: Opener, inspected: Inspected, tell: Tell = staging.silent) -> None:
        """Take the file's rows in."""
        most = self.settings.import_max_inflated
        await staging.stage(self.database, self.sealer, hold, opener, inspected, most, tell)

    async def apply(self, hold: Hold) -> UUID | None:
        """Make a release of the batch."""

        def act_of(session: AsyncSession) -> Act:
            return Act(session, self.viewer, now(), self.sealer, self.settings)

        return await applying.apply(self.database, hold, act_of)
