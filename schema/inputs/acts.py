"""What each act of the procedure must be told. Every one ends in a key for safe repetition and, where it changes an
object, the version the client believes it has."""

from datetime import datetime

import strawberry

from integration.codes import (
    FollowUpActionKind,
    Priority,
    ProtectionDimension,
    RejectReason,
    ReportCategory,
    ReportOutcome,
    Sensitivity,
)
from schema.inputs.operators import optional, said
from schema.inputs.report import AbsentIsNull


@strawberry.input(description="An act on a report that needs no more than the report (tindakan).")
class ReportActInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The report's id.")
    note: str | None = optional("A remark for the office, kept in the timeline (catatan).")
    idempotency_key: str | None = optional(
        "Any text of your choice, new for each act: sent again with the same input it does nothing twice."
    )
    expected_version: int | None = optional("The report's `version` as you know it; CONFLICT if it is another by now.")


@strawberry.input(description="A question to the reporter (permintaan keterangan).")
class ReportRequestInfoInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The report's id.")
    question: str = said("What the reporter is asked, in their language, up to 1,000 characters (pertanyaan).")
    idempotency_key: str | None = optional("As in ReportActInput: makes a repetition harmless.")
    expected_version: int | None = optional("As in ReportActInput: the version you know.")


@strawberry.input(description="What a report is about. What is left out stays as it is (klasifikasi).")
class ReportClassifyInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The report's id.")
    category: ReportCategory | None = optional("What it is about (kategori laporan).")
    ppks_types: list[str] | None = optional("Codes of the kinds of need, in place of the earlier ones (jenis PPKS).")
    region: str | None = optional("Code of the region where the people in need are (lokasi).")
    priority: Priority | None = optional("How quickly it must be handled (prioritas).")
    sensitivity: Sensitivity | None = optional("How widely it may be known (sifat laporan).")
    idempotency_key: str | None = optional("As in ReportActInput: makes a repetition harmless.")
    expected_version: int | None = optional("As in ReportActInput: the version you know.")


@strawberry.input(description="The end of a report that is none (penolakan).")
class ReportRejectInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The report's id.")
    reason: RejectReason = strawberry.field(description="Why; the reporter is told in words (alasan penolakan).")
    note: str | None = optional("A remark for the office; the reporter does not see it (catatan).")
    idempotency_key: str | None = optional("As in ReportActInput: makes a repetition harmless.")
    expected_version: int | None = optional("As in ReportActInput: the version you know.")


@strawberry.input(description="Two reports about one matter (penggabungan).")
class ReportMergeInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The report that is joined to another.")
    into: strawberry.ID = strawberry.field(description="The report that goes on.")
    idempotency_key: str | None = optional("As in ReportActInput: makes a repetition harmless.")
    expected_version: int | None = optional("As in ReportActInput: the version of the report that is joined.")


@strawberry.input(description="A report passed on with an instruction (lembar disposisi).")
class ReportDisposeInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The report's id.")
    staff: list[strawberry.ID] | None = optional("Ids of the people who shall handle it (petugas).")
    units: list[strawberry.ID] | None = optional("Ids of the units that shall, as a whole (bidang).")
    instruction: str = said("What they shall do, up to 2,000 characters (isi disposisi).")
    due_at: datetime | None = optional("By when; absent means the procedure's own time (batas waktu).")
    idempotency_key: str | None = optional("As in ReportActInput: makes a repetition harmless.")
    expected_version: int | None = optional("As in ReportActInput: the version you know.")


@strawberry.input(description="Something that was done about a report (tindakan lapangan).")
class ReportAddActionInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The report's id.")
    kind: FollowUpActionKind = strawberry.field(description="What was done (jenis tindakan).")
    result: str = said("What came of it, up to 10,000 characters (hasil).")
    dimension: ProtectionDimension | None = optional("Which kind of protection it gave (dimensi perlindungan).")
    at: datetime | None = optional("When it was done; absent means now (waktu).")
    idempotency_key: str | None = optional("As in ReportActInput: makes a repetition harmless.")
    expected_version: int | None = optional("As in ReportActInput: the version you know.")


@strawberry.input(description="A reply to the reporter, to be sent by somebody else (konsep balasan).")
class ReportDraftReplyInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The report's id.")
    text: str = said("The reply, in the reporter's language, up to 4,000 characters (isi balasan).")
    idempotency_key: str | None = optional("As in ReportActInput: makes a repetition harmless.")
    expected_version: int | None = optional("As in ReportActInput: the version you know.")


@strawberry.input(description="A finished report goes into the archive (pengarsipan).")
class ReportArchiveInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The report's id.")
    outcome: ReportOutcome = strawberry.field(description="What came of it (hasil penanganan).")
    note: str | None = optional("A remark for the office, kept in the timeline (catatan).")
    idempotency_key: str | None = optional("As in ReportActInput: makes a repetition harmless.")
    expected_version: int | None = optional("As in ReportActInput: the version you know.")


@strawberry.input(description="A report is taken up again (buka kembali).")
class ReportReopenInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The report's id.")
    reason: str = said("Why, up to 1,000 characters (alasan).")
    idempotency_key: str | None = optional("As in ReportActInput: makes a repetition harmless.")
    expected_version: int | None = optional("As in ReportActInput: the version you know.")
