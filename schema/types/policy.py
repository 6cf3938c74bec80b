"""What the agency changes because of reports: the fourth, transformative dimension."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import strawberry

from integration.codes import (
    PolicyInstrument,
    PolicySignalState,
    PolicyStatus,
    ProtectionDimension,
    ReportCategory,
)
from integration.policy.codes import EvidenceKind, PlanningKind
from schema.types.error import UserError
from schema.types.meeting import Commitment, CoordinationMeeting
from schema.types.node import Node
from schema.types.organization import Organization, OrgUnit
from schema.types.paging import Connection, page
from schema.types.region import Region
from schema.types.sop import LegalBasis

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
    meeting: CoordinationMeeting | None = strawberry.field(
        description="The meeting it is set for, or where it was taken; null if none or hidden from you (rapat)."
    )


@strawberry.type(
    description="A plan or report of government that a policy follow-up may belong to (dokumen perencanaan)."
)
class PlanningDocument:
    code: str = strawberry.field(description="Short code that does not change, e.g. RENJA-DINSOS-2024 (kode).")
    kind: PlanningKind = strawberry.field(description="What sort of document it is (jenis dokumen).")
    title: str = strawberry.field(description="Its title, in Indonesian (judul).")
    issuer: str = strawberry.field(description="Whose it is, in Indonesian (penerbit).")
    from_year: int | None = strawberry.field(description="First year it is for; null if unknown (tahun awal).")
    to_year: int | None = strawberry.field(description="Last year it is for; null if unknown (tahun akhir).")
    source: str = strawberry.field(description="Who tells of it (sumber).")


@strawberry.type(
    description="What was counted as evidence, frozen so that later changes of the data don't change it. Whoever does "
    "not see every report is told no more than what is published says itself: that there were at least so many, and "
    "nothing where that is withheld or not published yet (bukti)."
)
class EvidenceSnapshot:
    taken_at: datetime = strawberry.field(
        description="When it was counted; to who does not see every report, when it was first told (waktu pengambilan)."
    )
    kind: EvidenceKind = strawberry.field(description="What was counted (jenis bukti).")
    count: int = strawberry.field(
        description="How many: reports, or steps or records of those in `of`. To who does not see every report: at "
        "least how many, by the threshold (jumlah)."
    )
    of: int | None = strawberry.field(
        description="Of how many, where it is a share; else null, or withheld from you (dari jumlah)."
    )
    query: str | None = strawberry.field(
        description="The question that was counted, as JSON: rule, category, region, unit and window; null where it "
        "was not kept (kueri)."
    )
    query_hash: str = strawberry.field(description="SHA-256 of the question: equal for equal questions (sidik kueri).")
    members_hash: str | None = strawberry.field(
        description="SHA-256 of the sorted ids of what was counted: equal as long as it is the same; null where no "
        "single rows were counted (sidik anggota)."
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
    supporters: list[Organization] = strawberry.field(
        description="The agencies that help to carry it out, by code (OPD pendukung)."
    )
    planning_document: PlanningDocument | None = strawberry.field(
        description="The plan it belongs to; null if none was named or hidden from you (dokumen perencanaan)."
    )
    plan_item: str | None = strawberry.field(
        description="Its programme or activity in that plan, in Indonesian; null if not said or hidden from you "
        "(program/kegiatan)."
    )
    legal_basis: LegalBasis | None = strawberry.field(
        description="The law or decree it rests on; null if none was named or hidden from you (dasar hukum)."
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
    due_at: date | None = strawberry.field(
        description="By when it shall be done, or looked at again if put off; null if no day was set (tenggat)."
    )
    milestones: list[Milestone] = strawberry.field(description="Its steps, by due day (tonggak capaian).")
    decisions: list[PolicyDecision] = strawberry.field(
        description="What was decided on it, oldest first (riwayat keputusan)."
    )
    meetings: list[CoordinationMeeting] = strawberry.field(
        description="The meetings that have it on their agenda, as far as you may see them, the latest first (rapat "
        "koordinasi)."
    )
    commitments: list[Commitment] = strawberry.field(
        description="What agencies promised for it, as far as you may see it, by due day (komitmen)."
    )
    evidence: list[EvidenceSnapshot] = strawberry.field(
        description="The counts it rests on, oldest first, even if the reports behind them are hidden from you (bukti)."
    )
    reports: Connection[Annotated["Report", strawberry.lazy("schema.types.report")]] | None = page(
        "The reports it answers, newest first, as far as you may see them; null if hidden from you (laporan terkait)."
    )


@strawberry.type(
    description="Data that asks for a policy: a rule that was met, with what met it. Raised by the system, decided on "
    "by people. Whoever does not see every report is told a threshold instead of a count, and of reports only what is "
    "published says, too: once its period is over, and where the figure is not withheld (sinyal kebijakan)."
)
class PolicySignal(Node):
    version: int = strawberry.field(description="Counts the changes (versi).")
    rule: str = strawberry.field(description="Code of the rule that was met, e.g. CATEGORY_QUARTER (aturan).")
    why: str = strawberry.field(
        description="What was counted, where, when, and the threshold it reached, in Indonesian (alasan)."
    )
    count: int = strawberry.field(
        description="How many reports, steps or records met the rule; it follows the data until the signal is decided "
        "on. To who does not see every report: at least how many, by the rule's threshold (jumlah)."
    )
    of: int | None = strawberry.field(
        description="Of how many, where the rule speaks of a share; else null, or withheld from you (dari jumlah)."
    )
    region: Region | None = strawberry.field(
        description="Where; null if it is about the whole regency or a unit (wilayah)."
    )
    unit: OrgUnit | None = strawberry.field(
        description="Whose steps were late, where the rule is about that; else null (unit kerja)."
    )
    organization: Organization | None = strawberry.field(
        description="Which agency it is about, where the rule is about agencies; else null (perangkat daerah)."
    )
    topic: str | None = strawberry.field(
        description="Code of what else the rule tells apart, such as a service; null where it tells nothing apart "
        "(pokok)."
    )
    category: ReportCategory | None = strawberry.field(
        description="Of what category the reports are; null where it is not about reports (kategori)."
    )
    window_from: datetime = strawberry.field(
        description="First moment of what was looked at; of reports to who does not see them all, of the published "
        "period (awal jendela waktu)."
    )
    window_to: datetime = strawberry.field(description="First moment after what was looked at (akhir jendela waktu).")
    state: PolicySignalState = strawberry.field(description="Whether it was decided on (status sinyal).")
    raised_at: datetime = strawberry.field(
        description="When the rule was first found met; to who does not see every report, when that was first told "
        "(waktu muncul)."
    )
    decided_at: datetime | None = strawberry.field(
        description="When it was accepted or dismissed; null while NEW (waktu diputuskan)."
    )
    reason: str | None = strawberry.field(
        description="Why it was dismissed; null if it was not, or hidden from you (alasan pengabaian)."
    )
    follow_up: PolicyFollowUp | None = strawberry.field(
        description="What was made of it; null if nothing yet (tindak lanjut)."
    )
    reports: Connection[Annotated["Report", strawberry.lazy("schema.types.report")]] | None = page(
        "The reports that met the rule, newest first, as far as you may see them; null if hidden from you (laporan)."
    )


@strawberry.type(description="What a decision on a signal came to (hasil keputusan sinyal).")
class PolicySignalPayload:
    policy_signal: PolicySignal | None = strawberry.field(
        description="The signal as it is now, done or refused; null if you may not see it (sinyal kebijakan)."
    )
    errors: list[UserError] = strawberry.field(description="Why it was refused; empty if it was done (galat).")


@strawberry.type(description="What an act on a policy follow-up came to (hasil tindak lanjut kebijakan).")
class PolicyFollowUpPayload:
    policy_follow_up: PolicyFollowUp | None = strawberry.field(
        description="The follow-up as it is now, done or refused; null if you may not see it (tindak lanjut kebijakan)."
    )
    errors: list[UserError] = strawberry.field(description="Why it was refused; empty if it was done (galat).")
