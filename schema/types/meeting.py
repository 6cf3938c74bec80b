"""Coordination meetings of agencies, and what the agencies promised there."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from integration.meetings.codes import CommitmentState, MeetingLevel, MeetingState
from schema.types.error import UserError
from schema.types.node import Node
from schema.types.organization import Organization

if TYPE_CHECKING:
    from schema.types.policy import PolicyFollowUp

_VERSION = "Counts the changes. Send it as `expectedVersion` to be told if somebody was faster (versi)."


@strawberry.type(description="Something a meeting talks about (mata acara).")
class AgendaItem:
    id: strawberry.ID = strawberry.field(description="Opaque id; it does not change.")
    position: int = strawberry.field(description="Place on the agenda, from 1 (nomor urut).")
    topic: str = strawberry.field(description="What it is about, in a line, in Indonesian (pokok bahasan).")
    follow_up: Annotated["PolicyFollowUp", strawberry.lazy("schema.types.policy")] | None = strawberry.field(
        description="The policy follow-up it is about; null if about none or hidden from you (tindak lanjut kebijakan)."
    )


@strawberry.type(description="An agency that is called to a meeting (peserta rapat).")
class MeetingAttendance:
    organization: Organization = strawberry.field(description="Which agency (perangkat daerah).")
    attended: bool | None = strawberry.field(
        description="Whether it came; null until the meeting is on record (hadir)."
    )


@strawberry.type(
    description="What an agency promised in a meeting (komitmen). A partner agency sees its own, and those of meetings "
    "it is called to."
)
class Commitment(Node):
    version: int = strawberry.field(description=_VERSION)
    text: str = strawberry.field(description="What it will do, in Indonesian (isi komitmen).")
    owner: Organization = strawberry.field(description="The agency that promised it (OPD penanggung jawab).")
    due_at: date = strawberry.field(description="By which day; the day itself is still in time (tenggat).")
    state: CommitmentState = strawberry.field(description="Whether it was kept (status komitmen).")
    overdue: bool = strawberry.field(
        description="Whether it is open though its day is over when you ask, by local time (terlambat)."
    )
    closed_at: datetime | None = strawberry.field(
        description="When it was kept or given up; null while it is open (waktu selesai)."
    )
    note: str | None = strawberry.field(
        description="What was said then; identity numbers in it are masked. Null if nothing or hidden from you "
        "(catatan)."
    )
    meeting: Annotated["CoordinationMeeting", strawberry.lazy("schema.types.meeting")] | None = strawberry.field(
        description="Where it was promised; null if hidden from you (rapat)."
    )
    follow_up: Annotated["PolicyFollowUp", strawberry.lazy("schema.types.policy")] | None = strawberry.field(
        description="The policy follow-up it serves; null if none or hidden from you (tindak lanjut kebijakan)."
    )


@strawberry.type(
    description="A meeting of agencies in the regency or with the province, from its planning to its minutes (rapat "
    "koordinasi). A partner agency sees those it is called to."
)
class CoordinationMeeting(Node):
    version: int = strawberry.field(description=_VERSION)
    title: str = strawberry.field(description="What it is about, in a line, in Indonesian (judul rapat).")
    level: MeetingLevel = strawberry.field(description="Who meets (tingkat).")
    state: MeetingState = strawberry.field(description="Whether it was held (status rapat).")
    starts_at: datetime = strawberry.field(
        description="When it is planned to begin, or when it began once it is on record (waktu rapat)."
    )
    place: str | None = strawberry.field(description="Where; null if not said or hidden from you (tempat).")
    agenda: list[AgendaItem] = strawberry.field(description="What is talked about, in order (agenda).")
    attendance: list[MeetingAttendance] = strawberry.field(
        description="The agencies that are called, and whether they came (daftar hadir)."
    )
    minutes_number: str | None = strawberry.field(
        description="Number of the minutes; null until there are any, or hidden from you (nomor notulen)."
    )
    minutes: str | None = strawberry.field(
        description="What was said, in Indonesian; identity numbers in it are masked. Null until written or hidden "
        "from you (notulen)."
    )
    commitments: list[Commitment] = strawberry.field(
        description="What agencies promised there, by due day (daftar komitmen)."
    )
    cancel_reason: str | None = strawberry.field(
        description="Why it was called off; null if it was not, or hidden from you (alasan pembatalan)."
    )


@strawberry.type(description="What an act on a meeting came to (hasil tindakan rapat).")
class MeetingPayload:
    meeting: CoordinationMeeting | None = strawberry.field(
        description="The meeting as it is now, done or refused; null if you may not see it (rapat)."
    )
    errors: list[UserError] = strawberry.field(description="Why it was refused; empty if it was done (galat).")


@strawberry.type(description="What an act on a commitment came to (hasil tindakan komitmen).")
class CommitmentPayload:
    commitment: Commitment | None = strawberry.field(
        description="The commitment as it is now, done or refused; null if you may not see it (komitmen)."
    )
    errors: list[UserError] = strawberry.field(description="Why it was refused; empty if it was done (galat).")
