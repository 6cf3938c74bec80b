"""What the agency changes because of reports: the fourth, transformative dimension."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import strawberry

from integration.codes import PolicyInstrument, PolicyStatus, ProtectionDimension
from schema.types.node import Node
from schema.types.organization import Organization
from schema.types.paging import Connection, page

if TYPE_CHECKING:
    from schema.types.report import Report


@strawberry.type(description="A step on the way of a policy follow-up that can be finished (tonggak capaian).")
class Milestone:
    id: strawberry.ID = strawberry.field(description="Opaque id, to name this milestone in an input.")
    title: str = strawberry.field(description="What will then be done, in Indonesian (uraian).")
    due_at: date | None = strawberry.field(description="By which day; null if none was set (target tanggal).")
    completed_at: datetime | None = strawberry.field(
        description="When it was finished; null while it is not (selesai)."
    )


@strawberry.type(description="A decision taken on a policy follow-up (keputusan).")
class PolicyDecision:
    at: datetime = strawberry.field(description="When it was taken (tanggal keputusan).")
    decision: str = strawberry.field(
        description="What was decided: the status the follow-up moved to, e.g. APPROVED (isi keputusan)."
    )
    document: str | None = strawberry.field(
        description="Number or name of the document that proves it; null if there is none (dokumen)."
    )
    note: str | None = strawberry.field(description="What else was said; null if nothing or hidden from you (catatan).")


@strawberry.type(
    description="What was counted when the follow-up was proposed, frozen so that later changes of the reports don't "
    "change the evidence (bukti)."
)
class EvidenceSnapshot:
    taken_at: datetime = strawberry.field(description="When it was counted (waktu pengambilan).")
    count: int = strawberry.field(description="How many reports were counted (jumlah laporan).")
    query_hash: str = strawberry.field(
        description="Fingerprint of the question that was counted: equal for equal questions (sidik kueri)."
    )
    description: str = strawberry.field(description="What was counted, in words, in Indonesian (uraian bukti).")


@strawberry.type(
    description="A change of rules, programmes or budgets that reports have shown to be needed, from proposal to "
    "evaluation (tindak lanjut kebijakan)."
)
class PolicyFollowUp(Node):
    title: str = strawberry.field(description="What should change, in a line, in Indonesian (judul).")
    problem: str = strawberry.field(description="What is wrong now, in Indonesian (permasalahan).")
    dimension: ProtectionDimension = strawberry.field(
        description="Which kind of social protection it strengthens (dimensi perlindungan sosial)."
    )
    status: PolicyStatus = strawberry.field(description="How far it has come (status tindak lanjut).")
    version: int = strawberry.field(
        description="Counts the changes. Send it as `expectedVersion` to be told if somebody was faster (versi)."
    )
    owner: Organization | None = strawberry.field(
        description="The agency that answers for it; null until one is named (OPD penanggung jawab)."
    )
    instrument: PolicyInstrument | None = strawberry.field(
        description="In which form it is done; null until decided (instrumen kebijakan)."
    )
    document_number: str | None = strawberry.field(
        description="Number of the decree or agreement that made it real; null until there is one (nomor dokumen)."
    )
    budget_idr: Decimal | None = strawberry.field(
        description="Money set aside for it, in rupiah; null if none, unknown or hidden from you (anggaran)."
    )
    public_summary: str | None = strawberry.field(
        description="What citizens are told about it, in Indonesian; null until written (ringkasan publik)."
    )
    milestones: list[Milestone] = strawberry.field(description="Its steps, by due day (tonggak capaian).")
    decisions: list[PolicyDecision] = strawberry.field(
        description="What was decided on it, oldest first (riwayat keputusan)."
    )
    evidence: list[EvidenceSnapshot] = strawberry.field(
        description="The counts it rests on, oldest first. They are shown to all who see the follow-up, even if the "
        "reports behind them are hidden (bukti)."
    )
    reports: Connection[Annotated["Report", strawberry.lazy("schema.types.report")]] | None = page(
        "The reports it answers, newest first, as far as you may see them; null if hidden from you (laporan terkait)."
    )
