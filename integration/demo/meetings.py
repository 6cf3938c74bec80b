"""The demo's one coordination meeting: agencies sat down over a follow-up, and one of two promises was kept."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from uuid import UUID

from sqlmodel import SQLModel

from integration.meetings.codes import CommitmentState, MeetingLevel, MeetingState
from integration.meetings.tables import AgendaItemRow, AttendanceRow, CommitmentRow, MeetingRow


def demo_meeting(
    organizations: Mapping[str, UUID], follow_up_id: UUID, topic: str
) -> tuple[MeetingRow, list[SQLModel]]:
    """The meeting, and what hangs on it. The days are made up."""
    meeting = MeetingRow(
        title="Rapat koordinasi pencocokan data penerima bantuan",
        level=MeetingLevel.REGENCY,
        state=MeetingState.HELD,
        version=2,
        starts_at=datetime(2024, 5, 20, 1, tzinfo=UTC),
        place="Kantor Bappeda",
        minutes_number="005/07/BAPPEDA/2024",
    )
    came = {"DINSOS": True, "BAPPEDA": True, "DISDUKCAPIL": True, "DPMD": False}
    parts: list[SQLModel] = [
        AgendaItemRow(meeting_id=meeting.id, position=1, topic=topic, follow_up_id=follow_up_id),
        AgendaItemRow(meeting_id=meeting.id, position=2, topic="Lain-lain"),
        *(
            AttendanceRow(meeting_id=meeting.id, organization_id=organizations[code], attended=attended)
            for code, attended in came.items()
        ),
        CommitmentRow(
            meeting_id=meeting.id,
            follow_up_id=follow_up_id,
            owner_id=organizations["DISDUKCAPIL"],
            text="Memadankan NIK penerima bantuan yang dilaporkan",
            due_at=date(2024, 6, 14),
            state=CommitmentState.DONE,
            version=2,
            closed_at=datetime(2024, 6, 12, 3, tzinfo=UTC),
        ),
        CommitmentRow(
            meeting_id=meeting.id,
            follow_up_id=follow_up_id,
            owner_id=organizations["BAPPEDA"],
            text="Mengusulkan anggaran pencocokan data dalam RKPD 2025",
            due_at=date(2024, 7, 31),
        ),
    ]
    return meeting, parts
