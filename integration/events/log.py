"""An act under way: one transaction, one actor, one moment, and the event log it writes to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict, TypeVar, Unpack, cast
from uuid import UUID

from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.access.sealing import Sealer
from integration.access.viewer import Viewer
from integration.codes import ReportStatus, UserErrorCode
from integration.db.base import uuid7
from integration.events.tables import EventRow
from integration.reading.sight import Sight
from integration.reading.view import Leaf
from integration.refusal import Refusal
from integration.settings import Settings

RowT = TypeVar("RowT", bound=SQLModel)
_NO_FACTS: Mapping[str, Leaf] = {}


class Told(TypedDict, total=False):
    """What may be told of an event; `data` holds ids and codes only, never words of people."""

    report_id: UUID | None
    sop_step: int | None
    from_status: ReportStatus | None
    to_status: ReportStatus | None
    note: str | None
    legal_basis_id: UUID | None
    data: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class Act:
    """What a service function needs to change anything. It flushes; whoever opened the transaction commits."""

    session: AsyncSession
    viewer: Viewer
    at: datetime
    sealer: Sealer
    settings: Settings
    sight: Sight | None = None

    async def find(
        self, row: type[RowT], noun: str, row_id: UUID, field: str = "id", expected_version: int | None = None
    ) -> RowT:
        """The row an act is about, locked till the transaction ends.

        NOT_FOUND where the viewer may not see it, CONFLICT where it is not the version the client knows.
        """
        await self.look(noun, row_id, field=field)
        statement = select(row).where(col(row.id) == row_id)  # type: ignore[attr-defined]
        exact = statement.with_for_update().execution_options(populate_existing=True)
        found: Any = (await self.session.exec(exact)).one()
        if expected_version is not None and expected_version != found.version:
            raise Refusal(
                UserErrorCode.CONFLICT,
                "Data ini sudah diubah orang lain. Muat ulang, lalu coba lagi.",
                "Somebody else has changed this. Read it again, then try once more.",
                ["expectedVersion"],
                found.version,
            )
        return cast("RowT", found)

    async def look(
        self, noun: str, row_id: UUID, leaves: Mapping[str, Leaf] = _NO_FACTS, field: str = "id"
    ) -> dict[str, Any]:
        """Facts of a row as this viewer may see it, read inside the transaction."""
        # Only a viewer finds: the worker, who sees by no rule, is given ids by its own tables.
        assert self.sight is not None
        facts = await self.sight.look(noun, row_id, leaves)
        if facts is None:
            raise Refusal(
                UserErrorCode.NOT_FOUND,
                "Data ini tidak ada atau tidak boleh Anda lihat.",
                "There is no such object, or you may not see it.",
                field.split("."),
            )
        return facts

    def record(self, act: str, noun: str, noun_id: UUID, **told: Unpack[Told]) -> EventRow:
        """Append one event in this transaction."""
        event = self.event(act, noun, noun_id, **told)
        self.session.add(event)
        return event

    def event(self, act: str, noun: str, noun_id: UUID, **told: Unpack[Told]) -> EventRow:
        """An event of this act, not yet written."""
        return EventRow(
            # Given, though it is the default: the model looks at a default's signature each time.
            id=uuid7(),
            at=self.at,
            act=act,
            noun=noun,
            noun_id=noun_id,
            report_id=told.get("report_id"),
            sop_step=told.get("sop_step"),
            from_status=told.get("from_status"),
            to_status=told.get("to_status"),
            actor=self.viewer.actor,
            actor_staff_id=self.viewer.staff_id,
            note_sealed=self.sealer.seal_optional("event.note", told.get("note")),
            legal_basis_id=told.get("legal_basis_id"),
            data=dict(told.get("data") or {}),
        )
