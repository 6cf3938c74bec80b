"""What the acts of the policy loop must be told."""

from datetime import date
from decimal import Decimal

import strawberry

from integration.codes import PolicyInstrument, PolicyStatus, ProtectionDimension
from schema.inputs.operators import optional, said
from schema.inputs.report import AbsentIsNull

_KEY = "As in ReportActInput: makes a repetition harmless."
_VERSION = "The follow-up's `version` as you know it; CONFLICT if it is another by now."


@strawberry.input(description="A signal that shall become a policy follow-up (penerimaan sinyal).")
class SignalAcceptInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The signal's id.")
    title: str = said("What shall change, in a line, up to 200 characters (judul).")
    problem: str = said("What is wrong now, up to 4,000 characters (permasalahan).")
    dimension: ProtectionDimension = strawberry.field(
        description="Which kind of social protection it strengthens (dimensi perlindungan sosial)."
    )
    owner: strawberry.ID = strawberry.field(description="Id of the agency that answers for it (OPD penanggung jawab).")
    idempotency_key: str | None = optional(_KEY)


@strawberry.input(description="A signal that shall rest (pengabaian sinyal).")
class SignalDismissInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The signal's id.")
    reason: str = said("Why nothing follows from it, up to 1,000 characters (alasan).")
    idempotency_key: str | None = optional(_KEY)


@strawberry.input(description="A policy follow-up proposed without a signal (usulan tindak lanjut).")
class PolicyFollowUpProposeInput(AbsentIsNull):
    title: str = said("What shall change, in a line, up to 200 characters (judul).")
    problem: str = said("What is wrong now, up to 4,000 characters (permasalahan).")
    dimension: ProtectionDimension = strawberry.field(
        description="Which kind of social protection it strengthens (dimensi perlindungan sosial)."
    )
    owner: strawberry.ID | None = optional("Id of the agency that shall answer for it (OPD penanggung jawab).")
    reports: list[strawberry.ID] | None = optional("Ids of the reports it answers, at most 100 (laporan terkait).")
    idempotency_key: str | None = optional(_KEY)


@strawberry.input(description="A step of carrying a follow-up out, to be finished later (tonggak capaian).")
class MilestoneInput(AbsentIsNull):
    title: str = said("What will then be done, up to 200 characters (uraian).")
    due_at: date | None = optional("By which day (target tanggal).")


@strawberry.input(
    description="A follow-up moved on. What is left out stays as it is; APPROVED needs the meeting that decided or a "
    "document, an owner and a due day, DEFERRED a reason and a day, REJECTED a reason (langkah tindak lanjut)."
)
class PolicyFollowUpAdvanceInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The follow-up's id.")
    to: PolicyStatus = strawberry.field(description="Where it goes (status berikutnya).")
    document: str | None = optional("Number or name of the document that proves it (dokumen).")
    instrument: PolicyInstrument | None = optional("In which form it is done (instrumen kebijakan).")
    note: str | None = optional("What else was said; told to the reporters of one put off or rejected (catatan).")
    budget_idr: Decimal | None = optional("Money set aside for it, in rupiah (anggaran).")
    milestones: list[MilestoneInput] | None = optional("Milestones to be added, at most 50 (tonggak capaian).")
    due_at: date | None = optional("By when it shall be done, or looked at again (tenggat).")
    owner: strawberry.ID | None = optional("Id of the agency that answers for it from now on (OPD penanggung jawab).")
    meeting: strawberry.ID | None = optional(
        "Id of a meeting: with SCHEDULED one to come, whose agenda it is put on; with APPROVED, DEFERRED and REJECTED "
        "one that was held with it on its agenda (rapat)."
    )
    idempotency_key: str | None = optional(_KEY)
    expected_version: int | None = optional(_VERSION)


@strawberry.input(description="A milestone that is finished (penyelesaian tonggak).")
class PolicyFollowUpMilestoneInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The follow-up's id.")
    milestone: strawberry.ID = strawberry.field(description="The milestone's id.")
    note: str | None = optional("A remark, kept with the event (catatan).")
    idempotency_key: str | None = optional(_KEY)
    expected_version: int | None = optional(_VERSION)
