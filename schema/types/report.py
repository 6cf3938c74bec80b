"""A social problem that somebody has told the agency about: the noun everything here turns around."""

from datetime import datetime

import strawberry

from integration.codes import ChannelKind, Priority, ReportCategory, ReportOutcome, ReportStatus, Sensitivity, SlaState
from schema.types.assignment import Assignment
from schema.types.error import UserError
from schema.types.node import Node
from schema.types.paging import Connection, page
from schema.types.policy import PolicyFollowUp
from schema.types.ppks import PpksType
from schema.types.region import Region
from schema.types.report_parts import Disposition, Message, Reporter, ReportEvent, ReportSubject, ReportSuggestion
from schema.types.verval import VervalProposal


@strawberry.type(
    description="A social problem reported through the one door (laporan, pengaduan). By your role you see all of "
    "them, those of your unit or area or assigned to you, or your own."
)
class Report(Node):
    number: str = strawberry.field(
        description="Number on the receipt, by which people ask for it, e.g. SIM-2026-000123 (nomor laporan)."
    )
    version: int = strawberry.field(
        description="Counts the changes. Send it as `expectedVersion` to be told if somebody was faster (versi)."
    )
    channel: ChannelKind = strawberry.field(description="The way it came in (kanal pengaduan).")
    entry_point: str | None = strawberry.field(
        description="What led the reporter to the channel, e.g. instagram for the link there; null if unknown (asal "
        "tautan)."
    )
    status: ReportStatus = strawberry.field(description="Where it stands in the procedure (status laporan).")
    sop_step: int = strawberry.field(
        description="Which of the nine steps of the procedure it has reached, 1 to 9; see `sopSteps` (langkah SOP)."
    )
    outcome: ReportOutcome | None = strawberry.field(
        description="What came of it; null until it is archived (hasil penanganan)."
    )
    category: ReportCategory | None = strawberry.field(
        description="What it is about; null until stated by the reporter or an officer (kategori laporan)."
    )
    ppks_types: list[PpksType] = strawberry.field(
        description="Which kinds of need it is about; empty until stated (jenis PPKS)."
    )
    priority: Priority = strawberry.field(description="How quickly it must be handled (prioritas).")
    sensitivity: Sensitivity = strawberry.field(description="How widely it may be known (sifat laporan).")
    description: str | None = strawberry.field(
        description="What the reporter tells, in their own words; identity numbers in it are masked. Null if nothing "
        "was told or it is hidden from you (isi laporan)."
    )
    region: Region | None = strawberry.field(
        description="Where the people in need are; null if not known yet or hidden from you (lokasi)."
    )
    reporter: Reporter | None = strawberry.field(
        description="Who told it, often not the person in need; null if hidden from you (pelapor)."
    )
    received_at: datetime = strawberry.field(description="When it came in (waktu diterima).")
    updated_at: datetime = strawberry.field(description="When anything of it last changed (waktu perubahan terakhir).")
    due_at: datetime | None = strawberry.field(
        description="When its present step should be done, by working days; null if no clock runs (batas waktu)."
    )
    sla_state: SlaState = strawberry.field(description="How it keeps its time (status batas waktu).")
    reopenable_until: datetime | None = strawberry.field(
        description="Until when it can be taken up again; null while it is open, or if it cannot (batas buka kembali)."
    )
    citizen_confirmed: bool = strawberry.field(
        description="Whether its reporter has said that the outcome is so (dikonfirmasi pelapor)."
    )
    verified_outcome: bool = strawberry.field(
        description="Whether another unit than the handling one has found the outcome so (hasil terverifikasi)."
    )
    subjects: list[ReportSubject] | None = strawberry.field(
        description="The people in need it tells of, in the order told; null if hidden from you (subjek laporan)."
    )
    suggestions: list[ReportSuggestion] | None = strawberry.field(
        description="What its texts tell of names, NIK, age, place, category and PPKS type, in the order they came in; "
        "null if hidden from you (saran dari isi laporan)."
    )
    assignments: list[Assignment] | None = strawberry.field(
        description="Who was asked to handle it, newest first; null if hidden from you (penugasan)."
    )
    dispositions: list[Disposition] | None = strawberry.field(
        description="The sheets by which it was passed on, by number; null if hidden from you (lembar disposisi)."
    )
    follow_ups: list[PolicyFollowUp] | None = strawberry.field(
        description="Changes of policy that rest on it, newest first; null if hidden from you (tindak lanjut "
        "kebijakan)."
    )
    proposals: list[VervalProposal] | None = strawberry.field(
        description="Proposals to correct the registry that came from it, newest first; null if hidden from you "
        "(usulan verval)."
    )
    available_actions: list["AvailableAction"] | None = strawberry.field(
        description="Every act of the procedure, and whether you may do it now; null if hidden from you (tindakan)."
    )
    messages: Connection[Message] | None = page(
        "What was written to and by the reporter, oldest first; null if hidden from you (percakapan)."
    )
    timeline: Connection[ReportEvent] | None = page(
        "What was done with it, oldest first; null if hidden from you (riwayat penanganan)."
    )


@strawberry.type(
    description="An act of the procedure, as it stands for you just now, on this report, person or proposal (tindakan)."
)
class AvailableAction:
    name: str = strawberry.field(description="The mutation that does it, e.g. reportVerify (nama tindakan).")
    allowed: bool = strawberry.field(description="Whether it would succeed now (boleh dilakukan).")
    reason_code: str | None = strawberry.field(
        description="Why not: the code the mutation would refuse with; null if allowed (kode alasan)."
    )
    message: str | None = strawberry.field(description="Why not, in words for people; null if allowed (alasan).")
    required_input: list[str] = strawberry.field(
        description="The input fields it must be told besides the report, e.g. question (isian wajib)."
    )


@strawberry.type(description="What an act on a report came to (hasil tindakan).")
class ReportPayload:
    report: Report | None = strawberry.field(
        description="The report as it is now, done or refused; null if you may not see it (laporan)."
    )
    errors: list[UserError] = strawberry.field(description="Why it was refused; empty if it was done (galat).")


@strawberry.type(description="What became of reports given out together (hasil penugasan massal).")
class ReportsAssignPayload:
    results: list[ReportPayload] = strawberry.field(
        description="One result per item, in their order; empty if the call was refused as a whole (hasil)."
    )
    errors: list[UserError] = strawberry.field(
        description="Why the call was refused as a whole; empty if each item has its own result (galat)."
    )


@strawberry.type(description="What a reporter keeps to ask after a report later (tanda terima).")
class Receipt:
    number: str = strawberry.field(description="The report's number, e.g. SIM-2026-000123 (nomor laporan).")
    tracking_code: str = strawberry.field(
        description="Secret of this report, at least 8 characters. It is shown this once, also sent to the reporter, "
        "and kept by us only in a form that can be checked, not read (kode pelacakan)."
    )


@strawberry.type(description="What became of a new report (hasil pengiriman laporan).")
class ReportSubmitPayload:
    report: Report | None = strawberry.field(
        description="The new report; null if refused or if you may not read it: whoever is not signed in gets only the "
        "receipt (laporan)."
    )
    receipt: Receipt | None = strawberry.field(description="The reporter's receipt; null if refused (tanda terima).")
    errors: list[UserError] = strawberry.field(description="Why it was refused; empty if it was taken in (galat).")
