"""An act under way: one transaction, one actor, one moment, and the event log it writes to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from integration.access.sealing import Sealer
from integration.access.viewer import Viewer
from integration.codes import ReportStatus
from integration.events.tables import EventRow
from integration.settings import Settings


@dataclass(frozen=True, slots=True)
class Act:
    """What a service function needs to change anything. It flushes; whoever opened the transaction commits."""

    session: AsyncSession
    viewer: Viewer
    at: datetime
    sealer: Sealer
    settings: Settings

    def record(
        self,
        act: str,
        noun: str,
        noun_id: UUID,
        *,
        report_id: UUID | None = None,
        sop_step: int | None = None,
        from_status: ReportStatus | None = None,
        to_status: ReportStatus | None = None,
        note: str | None = None,
        legal_basis_id: UUID | None = None,
        data: Mapping[str, object] | None = None,
    ) -> EventRow:
        """Append one event in this transaction. `data` holds ids and codes only, never words of people."""
        event = EventRow(
            at=self.at,
            act=act,
            noun=noun,
            noun_id=noun_id,
            report_id=report_id,
            sop_step=sop_step,
            from_status=from_status,
            to_status=to_status,
            actor=self.viewer.actor,
            actor_staff_id=self.viewer.staff_id,
            note_sealed=self.sealer.seal_optional("event.note", note),
            legal_basis_id=legal_basis_id,
            data=dict(data or {}),
        )
        self.session.add(event)
        return event
