"""Meetings of agencies and what was promised there, by lot."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from integration.db.base import now
from integration.meetings import codes
from integration.meetings.tables import AgendaItemRow, AttendanceRow, CommitmentRow, MeetingRow

if TYPE_CHECKING:
    from tests.reading.world import World

_NIK = "NIK 6402064408499000 dibahas"


def add_meetings(world: "World", follow_ups: list[UUID]) -> list[UUID]:
    """A dozen meetings with agendas, those who were called, and promises due before and after now; their ids."""
    agencies = [row.id for row in world._state.all("Organization")]
    meetings = [_meeting(world, n) for n in range(12)]
    world._add(meetings)
    world._add([
        AgendaItemRow(meeting_id=one.id, position=at, topic="Bahasan", follow_up_id=follow_up)
        for one in meetings for at, follow_up in enumerate([None, *world._some(follow_ups, 3)])
    ])  # fmt: skip
    world._add([
        AttendanceRow(meeting_id=one.id, organization_id=agency, attended=world._one((None, True, False)))
        for one in meetings for agency in world._some(agencies, 8)
    ])  # fmt: skip
    today = now().date()
    world._add([
        CommitmentRow(
            meeting_id=world._one(meetings).id, follow_up_id=world._maybe(world._one(follow_ups)),
            owner_id=world._one(agencies), text="Menyerahkan data",
            due_at=today + timedelta(days=world._one((-400, -2, -1, 0, 1, 2, 40))),
            state=world._one([*codes.CommitmentState, codes.CommitmentState.OPEN]),
            closed_at=world._maybe(world._moment()),
            note_sealed=world._maybe(world._sealer.seal("commitment.note", _NIK)),
        )
        for _ in range(30)
    ])  # fmt: skip
    return [one.id for one in meetings]


def _meeting(world: "World", n: int) -> MeetingRow:
    return MeetingRow(
        title=f"Rapat {n}", level=world._one(list(codes.MeetingLevel)), state=world._one(list(codes.MeetingState)),
        starts_at=world._moment(), place=world._maybe("Ruang rapat"), minutes_number=world._maybe("005/1/2026"),
        minutes_sealed=world._maybe(world._sealer.seal("meeting.minutes", _NIK)),
        cancel_reason_sealed=world._maybe(world._sealer.seal("meeting.reason", "Ditunda")),
    )  # fmt: skip
