"""What the acts on coordination meetings and commitments must be told, and which of them are wanted."""

from datetime import date, datetime

import strawberry

from integration.meetings.codes import CommitmentState, MeetingLevel, MeetingState
from schema.inputs.operators import RULES, IDFilter, optional, said
from schema.inputs.report import AbsentIsNull

_KEY = "As in ReportActInput: makes a repetition harmless."
_VERSION = "The `version` as you know it; CONFLICT if it is another by now."


@strawberry.input(
    description="Something a meeting shall talk about: a topic, a policy follow-up, or both (mata acara)."
)
class AgendaItemInput(AbsentIsNull):
    topic: str | None = optional(
        "What it is about, up to 200 characters; absent means the follow-up's title (pokok bahasan)."
    )
    follow_up: strawberry.ID | None = optional("Id of the policy follow-up it is about (tindak lanjut kebijakan).")


@strawberry.input(description="A meeting that shall be held (penjadwalan rapat).")
class MeetingScheduleInput(AbsentIsNull):
    title: str = said("What it is about, up to 200 characters (judul rapat).")
    level: MeetingLevel = strawberry.field(description="Who meets (tingkat).")
    starts_at: datetime = strawberry.field(description="When it begins (waktu rapat).")
    place: str | None = optional("Where, up to 200 characters (tempat).")
    agenda: list[AgendaItemInput] = strawberry.field(description="What is talked about, in order, 1 to 50 (agenda).")
    organizations: list[strawberry.ID] = strawberry.field(
        description="Ids of the agencies that are called, 1 to 50 (undangan)."
    )
    idempotency_key: str | None = optional(_KEY)


@strawberry.input(description="A planned meeting moved to another time (penjadwalan ulang rapat).")
class MeetingRescheduleInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The meeting's id.")
    starts_at: datetime = strawberry.field(description="When it begins now (waktu rapat).")
    place: str | None = optional("Where it is held now, up to 200 characters; absent leaves it as it is (tempat).")
    idempotency_key: str | None = optional(_KEY)
    expected_version: int | None = optional(_VERSION)


@strawberry.input(description="What an agency promised in a meeting (komitmen).")
class CommitmentInput(AbsentIsNull):
    text: str = said("What it will do, up to 500 characters (isi komitmen).")
    owner: strawberry.ID = strawberry.field(description="Id of the agency that promised it (OPD penanggung jawab).")
    due_at: date = strawberry.field(description="By which day (tenggat).")
    follow_up: strawberry.ID | None = optional("Id of the policy follow-up it serves (tindak lanjut kebijakan).")


@strawberry.input(description="A meeting that was held (pencatatan rapat).")
class MeetingRecordInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The meeting's id.")
    minutes_number: str = said("Number of the minutes, up to 200 characters (nomor notulen).")
    minutes: str | None = optional("What was said, up to 20,000 characters (notulen).")
    attended: list[strawberry.ID] = strawberry.field(
        description="Ids of the agencies that came, 1 to 50, called or not (hadir)."
    )
    commitments: list[CommitmentInput] | None = optional("What agencies promised, at most 50 (daftar komitmen).")
    starts_at: datetime | None = optional("When it was held; absent means as planned (waktu rapat).")
    idempotency_key: str | None = optional(_KEY)
    expected_version: int | None = optional(_VERSION)


@strawberry.input(description="A planned meeting that is called off (pembatalan rapat).")
class MeetingCancelInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The meeting's id.")
    reason: str = said("Why, up to 1,000 characters (alasan).")
    idempotency_key: str | None = optional(_KEY)
    expected_version: int | None = optional(_VERSION)


@strawberry.input(description="A commitment that was kept (penyelesaian komitmen).")
class CommitmentCompleteInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The commitment's id.")
    note: str | None = optional("How, up to 1,000 characters (catatan).")
    idempotency_key: str | None = optional(_KEY)
    expected_version: int | None = optional(_VERSION)


@strawberry.input(description="A commitment that is no longer waited for (pembatalan komitmen).")
class CommitmentCancelInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The commitment's id.")
    reason: str = said("Why, up to 1,000 characters (alasan).")
    idempotency_key: str | None = optional(_KEY)
    expected_version: int | None = optional(_VERSION)


@strawberry.input(description=f"Which coordination meetings are wanted. {RULES}")
class CoordinationMeetingFilter:
    level: MeetingLevel | None = optional("Who meets (tingkat).")
    state: MeetingState | None = optional("Whether it was held (status rapat).")


@strawberry.input(description=f"Which commitments are wanted. {RULES}")
class CommitmentFilter:
    state: CommitmentState | None = optional("Whether it was kept (status komitmen).")
    overdue: bool | None = optional("True: open though its day is over; false: all others (terlambat).")
    owner: IDFilter | None = optional("The id of the agency that promised it (OPD penanggung jawab).")
