"""The batch of a file: begun once, held by one worker at a time, and discarded with all that waits in it."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.codes import ImportState, RegistryScheme, UserErrorCode
from integration.db.base import now, uuid7
from integration.db.engine import Database
from integration.refusal import Refusal
from integration.registry.importing.periods import last_day
from integration.registry.importing.tables import (
    ImportBatchRow,
    ImportFaultyRow,
    ImportFindingRow,
    ImportLinesRow,
    ImportRuleCountRow,
    ImportStagedRow,
)
from integration.registry.tables import RegistryReleaseRow

REGISTRY = "REGISTRY"
# A batch whose worker was cut off may be taken over after this; each step renews it.
LEASE = timedelta(seconds=20)
LIVE = (ImportState.STAGING, ImportState.STAGED, ImportState.APPLYING, ImportState.APPLIED)
_SLICE = 20_000
# What a batch that comes to nothing leaves behind.
WAITING = (ImportStagedRow, ImportLinesRow, ImportFaultyRow, ImportFindingRow)


class TakenOver(Exception):
    """Another worker holds the batch now."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file and what it shall become. `upload_id` is the file brought over HTTP, if it was."""

    scheme: RegistryScheme
    period: str
    supplement: bool
    file_name: str
    digest: bytes
    size: int
    upload_id: UUID | None = None


async def begin(session: AsyncSession, wanted: Wanted, by: str, at: datetime) -> ImportBatchRow:
    """The batch of a file: the one it already has for this scheme and period, or a new one."""
    last_day(wanted.period)
    found = await session.exec(
        select(ImportBatchRow)
        .where(
            ImportBatchRow.file_hash == wanted.digest,
            ImportBatchRow.scheme == wanted.scheme,
            ImportBatchRow.period == wanted.period,
            ImportBatchRow.supplement == wanted.supplement,
            col(ImportBatchRow.state).in_(LIVE),
        )
        .order_by(col(ImportBatchRow.created_at).desc())
    )
    known = found.first()
    if known is not None:
        if known.upload_id is None and known.state is ImportState.STAGING:
            known.upload_id = wanted.upload_id
        return known
    if wanted.supplement and await newest_release(session, wanted.scheme, wanted.period) is None:
        raise Refusal(
            UserErrorCode.NOT_FOUND,
            f"Belum ada rilis {wanted.scheme} {wanted.period} yang dapat dilengkapi.",
            f"There is no release {wanted.scheme} {wanted.period} yet that could be supplemented.",
            ["period"],
        )
    batch = ImportBatchRow(
        kind=REGISTRY,
        scheme=wanted.scheme,
        period=wanted.period,
        supplement=wanted.supplement,
        file_name=wanted.file_name[-200:],
        file_hash=wanted.digest,
        file_size=wanted.size,
        upload_id=wanted.upload_id,
        state=ImportState.STAGING,
        created_at=at,
        created_by=by,
    )
    session.add(batch)
    await session.flush()
    return batch


async def newest_release(session: AsyncSession, scheme: RegistryScheme, period: str) -> UUID | None:
    """The release of a scheme for a period, the latest if there are several."""
    found = await session.exec(
        select(RegistryReleaseRow.id)
        .where(RegistryReleaseRow.scheme == scheme, RegistryReleaseRow.period == period)
        .order_by(col(RegistryReleaseRow.received_at).desc(), col(RegistryReleaseRow.id).desc())
    )
    return found.first()


async def find(database: Database, batch_id: UUID) -> ImportBatchRow | None:
    """A batch as it stands, if there is one."""
    async with database.look() as session:
        return await session.get(ImportBatchRow, batch_id)


async def read(database: Database, batch_id: UUID) -> ImportBatchRow:
    """A batch that there is, as it stands."""
    found = await find(database, batch_id)
    assert found is not None
    return found


class Hold:
    """The right to work on a batch. Every step renews it in its own transaction, so two workers never mix rows."""

    def __init__(self, database: Database, batch_id: UUID) -> None:
        self._database = database
        self.batch_id = batch_id
        self._lease = uuid7()

    async def take(self, wait: bool) -> bool:
        """Take the batch; False if another worker holds it. With `wait`, try until its lease ends."""
        while True:
            async with self._database.write() as session:
                free = sa.or_(col(ImportBatchRow.lease_until).is_(None), col(ImportBatchRow.lease_until) < now())
                if await self._update(session, free, lease=self._lease, lease_until=now() + LEASE):
                    return True
            if not wait:
                return False
            await asyncio.sleep(1)

    async def renew(self, session: AsyncSession, **changes: object) -> None:
        """Renew the lease and change the batch, inside the transaction of a step."""
        mine = col(ImportBatchRow.lease) == self._lease
        if not await self._update(session, mine, lease_until=now() + LEASE, **changes):
            raise TakenOver

    async def give_back(self) -> None:
        """Let go, if it is still held."""
        async with self._database.write() as session:
            await self._update(session, col(ImportBatchRow.lease) == self._lease, lease=None, lease_until=None)

    async def _update(self, session: AsyncSession, condition: sa.ColumnElement[bool], **changes: object) -> bool:
        statement = (
            sa.update(ImportBatchRow).where(col(ImportBatchRow.id) == self.batch_id, condition).values(**changes)
        )
        done = await (await session.connection()).execute(statement)
        return done.rowcount == 1


async def clear(database: Database, batch_id: UUID, tables: Iterable[type]) -> None:
    """Remove what a batch has in these tables, in short transactions."""
    for row in tables:
        number = col(row.row)  # type: ignore[attr-defined]
        owner = col(row.batch_id)  # type: ignore[attr-defined]
        while True:
            async with database.write() as session:
                connection = await session.connection()
                lowest = (await connection.execute(sa.select(sa.func.min(number)).where(owner == batch_id))).scalar()
                if lowest is None:
                    break
                await connection.execute(sa.delete(row).where(owner == batch_id, number < lowest + _SLICE))


async def discard(database: Database, hold: Hold) -> None:
    """Forget what waits in a batch and what was found in it; the batch itself stays on record."""
    async with database.write() as session:
        await hold.renew(session, state=ImportState.DISCARDED)
    await clear(database, hold.batch_id, WAITING)


async def forget(database: Database, hold: Hold) -> None:
    """Leave no trace of a batch: that of a dry run."""
    await discard(database, hold)
    async with database.write() as session:
        connection = await session.connection()
        await connection.execute(sa.delete(ImportRuleCountRow).where(col(ImportRuleCountRow.batch_id) == hold.batch_id))
        await connection.execute(sa.delete(ImportBatchRow).where(col(ImportBatchRow.id) == hold.batch_id))
