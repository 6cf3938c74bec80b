"""What the worker does for imports: it reads what was staged, applies what shall be applied, and sweeps up.

It may die at any moment. It holds a batch by a lease that it renews while it works, so the next worker takes the batch
up soon after this one was heard of last: reading goes on behind the last rows that were written, applying is one
transaction and begins anew.
"""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
import structlog
from sqlmodel import col, select

from integration.access import accounts
from integration.access.sealing import Sealer
from integration.access.viewer import SYSTEM, Viewer
from integration.codes import ImportState
from integration.db.base import now
from integration.db.engine import Database
from integration.reading.view import table
from integration.refusal import Refusal
from integration.registry.importing import batches, uploads
from integration.registry.importing.batches import LEASE, WAITING, Hold, TakenOver
from integration.registry.importing.files import Inspected
from integration.registry.importing.refusing import in_both, refused
from integration.registry.importing.service import Importer
from integration.registry.importing.tables import ImportBatchRow, ImportStagedRow
from integration.settings import Settings

# A batch that takes its worker down is not taken up for ever.
MOST_ATTEMPTS = 5
_BEAT_SECONDS = LEASE.total_seconds() / 4
_GONE = in_both(
    refused(
        "Berkas unggahan sudah tidak ada. Unggah lagi.", "The uploaded file is not there any more. Upload it again."
    )
)
_TOO_OFTEN = in_both(
    refused(
        f"Sudah dicoba {MOST_ATTEMPTS} kali dan selalu terputus karena gangguan di pihak kami. Hubungi pengelola.",
        f"It was tried {MOST_ATTEMPTS} times and broke off each time for a reason of ours. Tell your operator.",
    )
)
# What an ended batch no longer needs.
_LEFT = {
    ImportState.DISCARDED: WAITING,
    ImportState.FAILED: WAITING,
    ImportState.APPLIED: (ImportStagedRow,),
}
_log = structlog.get_logger("satupintu.imports")


@dataclass(frozen=True, slots=True)
class Runner:
    """Works off the imports of one database; several may run at once."""

    database: Database
    sealer: Sealer
    settings: Settings

    async def work_off(self, stop: asyncio.Event) -> int:
        """Everything that is due, one batch at a time; how many were taken up. Told to stop, it breaks off."""
        count = 0
        await self.sweep()
        while not stop.is_set() and (hold := await self._take()) is not None:
            count += 1
            await self._work_on(hold, stop)
            await self.sweep()
        return count

    async def sweep(self) -> None:
        """Remove what ended imports leave behind, and uploads that were read or whose time is over."""
        await uploads.prune(self.database)
        for batch_id, tables in await self._ended():
            await batches.clear(self.database, batch_id, tables)

    async def _take(self) -> Hold | None:
        """The oldest batch that waits for a worker, taken."""
        async with self.database.look() as session:
            found = await session.exec(select(ImportBatchRow.id).where(_due(now())).order_by(col(ImportBatchRow.id)))
            waiting = found.all()
        for batch_id in waiting:
            hold = Hold(self.database, batch_id)
            if not await hold.take(wait=False):
                continue
            batch = await batches.read(self.database, batch_id)
            if _is_wanted(batch):
                await self._note(hold, attempts=batch.attempts + 1)
                return hold
            await hold.give_back()
        return None

    async def _work_on(self, hold: Hold, stop: asyncio.Event) -> None:
        batch = await batches.read(self.database, hold.batch_id)
        told = _log.bind(batch=str(batch.id), state=batch.state)
        try:
            if await _unless(stop, self._do(hold, batch), self._beat(hold)):
                await hold.give_back()
            else:
                await self._note(hold, attempts=batch.attempts - 1)
                await hold.give_back()
                told.info("import.broken_off")
        except TakenOver:
            # Discarded, or this worker was not heard of for too long.
            told.info("import.taken_over")
        except Exception as error:  # noqa: BLE001 - whatever it is, the batch is tried again when the lease ends
            told.error("import.not_done", error=type(error).__name__, attempt=batch.attempts)

    async def _do(self, hold: Hold, batch: ImportBatchRow) -> None:
        if batch.attempts > MOST_ATTEMPTS:
            # What was read and checked can still be discarded, or applied once the fault is mended.
            is_read = batch.state is ImportState.APPLYING
            await self._note(hold, state=ImportState.STAGED if is_read else ImportState.FAILED, problem=_TOO_OFTEN)
        elif batch.state is ImportState.STAGING:
            await self._stage(hold, batch)
        else:
            importer = self._importer(await self._asker(batch.applied_by))
            await importer.apply(hold)
            _log.info("import.applied", batch=str(batch.id))

    async def _stage(self, hold: Hold, batch: ImportBatchRow) -> None:
        upload = None if batch.upload_id is None else await uploads.find(self.database, batch.upload_id)
        if upload is None or upload.digest is None:
            await self._note(hold, state=ImportState.FAILED, problem=_GONE)
            return
        inspected = Inspected(upload.digest, upload.size, upload.workbook, upload.encoding)
        source = uploads.Source(self.database, self.sealer, upload.id, upload.size)
        try:
            await self._importer(SYSTEM).stage(hold, source.open, inspected)
            _log.info("import.staged", batch=str(batch.id))
        except Refusal:
            # The batch says why.
            _log.info("import.refused", batch=str(batch.id))
        finally:
            source.give_up()

    def _importer(self, viewer: Viewer) -> Importer:
        return Importer(self.database, self.sealer, self.settings, viewer)

    async def _asker(self, subject: str | None) -> Viewer:
        """Who asked for it, so that the event names them."""
        known = None if subject is None else await accounts.find(self.database, subject)
        return known or replace(SYSTEM, subject=subject)

    async def _note(self, hold: Hold, **changes: object) -> None:
        async with self.database.write() as session:
            await hold.renew(session, **changes)

    async def _beat(self, hold: Hold) -> None:
        """Keep a batch while a single step of it takes long."""
        while True:
            await asyncio.sleep(_BEAT_SECONDS)
            try:
                await self._note(hold)
            except TakenOver:
                raise
            except Exception as error:  # noqa: BLE001 - the next beat may succeed before the lease ends
                _log.warning("import.beat_missed", error=type(error).__name__)

    async def _ended(self) -> list[tuple[UUID, tuple[type, ...]]]:
        batch = table(ImportBatchRow)
        found: list[tuple[UUID, tuple[type, ...]]] = []
        async with self.database.look() as session:
            connection = await session.connection()
            for state, tables in _LEFT.items():
                left = [
                    sa.select(owner).where(owner == batch.c.id).exists()
                    for owner in (col(row.batch_id) for row in tables)
                ]
                rows = await connection.execute(sa.select(batch.c.id).where(batch.c.state == state, sa.or_(*left)))
                found += [(batch_id, tables) for batch_id in rows.scalars()]
        return found


def _due(at: datetime) -> sa.ColumnElement[bool]:
    read = sa.and_(col(ImportBatchRow.state) == ImportState.STAGING, col(ImportBatchRow.upload_id).is_not(None))
    free = sa.or_(col(ImportBatchRow.lease_until).is_(None), col(ImportBatchRow.lease_until) < at)
    return sa.and_(sa.or_(read, col(ImportBatchRow.state) == ImportState.APPLYING), free)


def _is_wanted(batch: ImportBatchRow) -> bool:
    """What `_due` asks, of a batch as it was taken."""
    return batch.state is ImportState.APPLYING or (batch.state is ImportState.STAGING and batch.upload_id is not None)


async def _unless(stop: asyncio.Event, work: Awaitable[None], beat: Awaitable[None]) -> bool:
    """Work until it is done, True, or until told to stop, False. What ends the beating ends the work with its error."""
    working, beating, stopping = (asyncio.ensure_future(one) for one in (work, beat, stop.wait()))
    everybody = (working, beating, stopping)
    try:
        await asyncio.wait(everybody, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in everybody:
            one.cancel()
        await asyncio.gather(*everybody, return_exceptions=True)
    if not working.cancelled():
        working.result()
        return True
    if not beating.cancelled():
        beating.result()
    return False
