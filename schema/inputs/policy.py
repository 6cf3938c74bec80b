"""What the acts of the policy loop must be told."""

from datetime import date
from decimal import Decimal

import strawberry

from integration.codes import PolicyInstrument, PolicyStatus, ProtectionDimension, ReportCategory
from integration.policy.codes import EvidenceKind
from integration.spm.codes import SpmService
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


@strawberry.input(
    description="What a follow-up says and belongs to, changed beside its moves. What is left out stays as it is "
    "(perbaikan tindak lanjut)."
)
class PolicyFollowUpReviseInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The follow-up's id.")
    title: str | None = optional("What shall change, in a line, up to 200 characters (judul).")
    problem: str | None = optional("What is wrong now, up to 4,000 characters (permasalahan).")
    dimension: ProtectionDimension | None = optional(
        "Which kind of social protection it strengthens (dimensi perlindungan sosial)."
    )
    owner: strawberry.ID | None = optional("Id of the agency that answers for it (OPD penanggung jawab).")
    supporters: list[strawberry.ID] | None = optional(
        "Ids of all agencies that help, at most 50; an empty list leaves none (OPD pendukung)."
    )
    instrument: PolicyInstrument | None = optional("In which form it is done (instrumen kebijakan).")
    budget_idr: Decimal | None = optional("Money set aside for it, in rupiah (anggaran).")
    planning_document: str | None = optional("Code of the plan it belongs to (dokumen perencanaan).")
    plan_item: str | None = optional("Its programme or activity there, up to 200 characters (program/kegiatan).")
    legal_basis: str | None = optional("Code of the law or decree it rests on (dasar hukum).")
    public_summary: str | None = optional("What citizens are told, up to 2,000 characters (ringkasan publik).")
    idempotency_key: str | None = optional(_KEY)
    expected_version: int | None = optional(_VERSION)


@strawberry.input(
    description="What shall be counted now and frozen as evidence. REPORTS needs category, from and to, and may be of "
    "a region; LATE_STEPS needs unit, from and to; STALE_REGISTRY needs region; SPM_UNSERVED needs "
    "service, from and to (penambahan bukti)."
)
class PolicyFollowUpAddEvidenceInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The follow-up's id.")
    kind: EvidenceKind = strawberry.field(description="What is counted; INDICATOR comes with signals only (jenis).")
    category: ReportCategory | None = optional("Of what category the reports are (kategori).")
    region: str | None = optional("Code of a region: there and below it, e.g. 64.02.06 (wilayah).")
    unit: strawberry.ID | None = optional("Id of the unit whose steps are looked at (unit kerja).")
    service: SpmService | None = optional("Which minimum service (layanan SPM).")
    from_: date | None = optional("First day, in local time (hari awal).", "from")
    to: date | None = optional("Last day, in local time (hari akhir).")
    idempotency_key: str | None = optional(_KEY)
    expected_version: int | None = optional(_VERSION)
