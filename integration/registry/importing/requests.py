"""What an officer asks of an import: stage a file, apply it, discard it. The worker does it; see `running`."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select

from integration.access.policies import IMPORTING
from integration.codes import ImportState, RegistryScheme, UserErrorCode
from integration.db.concurrency import one_at_a_time
from integration.events.log import Act
from integration.refusal import No, Refusal, permit
from integration.registry.importing import batches, uploads
from integration.registry.importing.batches import Wanted
from integration.registry.importing.periods import last_day
from integration.registry.importing.tables import ImportBatchRow

NOUN = "ImportBatch"
_TAKEN = (ImportState.APPLYING, ImportState.APPLIED)


@dataclass(frozen=True, slots=True)
class Order:
    """An uploaded file, and what it shall become."""

    upload_id: UUID
    scheme: RegistryScheme
    period: str
    supplement: bool


async def stage(act: Act, order: Order) -> UUID:
    """The batch of an uploaded file, to be read and checked; a file that waits already keeps its batch.

    DUPLICATE where the same file was applied for this scheme and period.
    """
    permit(act.viewer.roles, among=IMPORTING)
    last_day(order.period)
    # Two who bring the same file at once must come to the same batch.
    await one_at_a_time(await act.session.connection(), "registry import")
    batch = await _staged_before(act, order)
    if batch is None:
        upload = await uploads.claim(act, order.upload_id)
        assert upload.digest is not None
        wanted = Wanted(
            order.scheme, order.period, order.supplement, upload.file_name, upload.digest, upload.size, upload.id
        )
        batch = await batches.begin(act.session, wanted, act.viewer.actor, act.at)
        if batch.upload_id == upload.id:
            told = {"scheme": batch.scheme, "period": batch.period, "supplement": batch.supplement}
            act.record("registryImportStage", NOUN, batch.id, data={**told, "upload": str(upload.id)})
    if batch.state in _TAKEN:
        raise Refusal(
            UserErrorCode.DUPLICATE,
            f"Berkas ini sudah diterapkan sebagai {batch.scheme} {batch.period}. Tidak ada yang diubah.",
            f"This file has been applied as {batch.scheme} {batch.period} already. Nothing was changed.",
            ["upload"],
            about=batch.id,
        )
    await act.session.flush()
    return batch.id


async def apply(act: Act, batch_id: UUID) -> UUID:
    """Have a staged batch made into a release, in the name of the viewer."""
    batch = await _found(act, batch_id)
    if batch.state is not ImportState.STAGED:
        raise _NOT_NOW[batch.state].refusal()
    batch.state, batch.applied_by = ImportState.APPLYING, act.viewer.actor
    batch.attempts, batch.problem = 0, None
    act.record("registryImportApply", NOUN, batch.id)
    await act.session.flush()
    return batch.id


async def discard(act: Act, batch_id: UUID) -> UUID:
    """Have a batch come to nothing. A worker that is at it notices at its next step, and what waits is swept up."""
    batch = await _found(act, batch_id)
    if batch.state not in (ImportState.STAGING, ImportState.STAGED):
        raise (_TOO_LATE.get(batch.state) or _NOT_NOW[batch.state]).refusal()
    batch.state, batch.lease, batch.lease_until = ImportState.DISCARDED, None, None
    act.record("registryImportDiscard", NOUN, batch.id)
    await act.session.flush()
    return batch.id


async def _found(act: Act, batch_id: UUID) -> ImportBatchRow:
    permit(act.viewer.roles, among=IMPORTING)
    return await act.find(ImportBatchRow, NOUN, batch_id)


async def _staged_before(act: Act, order: Order) -> ImportBatchRow | None:
    """What this upload was staged as before: its file may have been read, and removed, by now."""
    found = await act.session.exec(
        select(ImportBatchRow)
        .where(
            ImportBatchRow.upload_id == order.upload_id,
            ImportBatchRow.created_by == act.viewer.actor,
            ImportBatchRow.scheme == order.scheme,
            ImportBatchRow.period == order.period,
            ImportBatchRow.supplement == order.supplement,
            col(ImportBatchRow.state).in_(batches.LIVE),
        )
        .order_by(col(ImportBatchRow.created_at).desc())
    )
    return found.first()


def _no(indonesian: str, english: str) -> No:
    return No(UserErrorCode.ILLEGAL_TRANSITION, indonesian, english, ("id",))


_NOT_NOW = {
    ImportState.STAGING: _no(
        "Berkas masih dibaca. Terapkan setelah statusnya STAGED.",
        "The file is still being read. Apply it once its state is STAGED.",
    ),
    ImportState.APPLYING: _no("Berkas sedang diterapkan.", "The file is being applied."),
    ImportState.APPLIED: _no("Berkas sudah diterapkan.", "The file has been applied already."),
    ImportState.DISCARDED: _no("Impor ini sudah dibatalkan.", "This import was discarded."),
    ImportState.FAILED: _no(
        "Berkas tidak dapat dibaca; lihat `problem`, perbaiki, lalu unggah lagi.",
        "The file could not be read; see its `problem`, mend it and upload it again.",
    ),
}
_TOO_LATE = {
    ImportState.APPLIED: _no(
        "Berkas sudah menjadi rilis dan tidak dapat dibatalkan lagi.",
        "The file has become a release and can't be discarded any more.",
    ),
}
