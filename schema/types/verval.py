"""A proposal to correct the registry: the way from a report or a visit to the ministry and back."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Optional

import strawberry

from integration.codes import (
    RegistryScheme,
    VervalAction,
    VervalDifferenceKind,
    VervalField,
    VervalReason,
    VervalRecommendation,
    VervalStatus,
)
from schema.types.error import UserError
from schema.types.node import Node
from schema.types.paging import Connection, page
from schema.types.region import Region
from schema.types.sop import LegalBasis

if TYPE_CHECKING:
    from schema.types.person import Person
    from schema.types.report import AvailableAction, Report
    from schema.types.report_parts import ReportSubject


@strawberry.type(
    description="A proposal to correct what the welfare registry says of one person (usulan verval). Our copy of the "
    "registry is changed only by a release of the ministry, never by a proposal. By your role you see all of them, "
    "those of your area, or those of reports and people that you see."
)
class VervalProposal(Node):
    version: int = strawberry.field(
        description="Counts the changes. Send it as `expectedVersion` to be told if somebody was faster (versi)."
    )
    action: VervalAction = strawberry.field(description="What it asks for (jenis usulan).")
    reason: VervalReason = strawberry.field(description="Why (alasan usulan).")
    status: VervalStatus = strawberry.field(description="Where it stands (status usulan).")
    scheme: RegistryScheme = strawberry.field(description="Which registry it is for (basis data).")
    profile: str = strawberry.field(
        description="The procedure it follows, e.g. VERVAL_DTSEN_2025: which steps, in which order (profil prosedur)."
    )
    is_objection: bool = strawberry.field(description="Whether it objects against a record in force (sanggahan).")
    round: int = strawberry.field(
        description="How often it was put forward, from 1; minutes and visits of earlier rounds no longer count "
        "(putaran)."
    )
    person: Annotated["Person", strawberry.lazy("schema.types.person")] | None = strawberry.field(
        description="Whom it is about; null if the registry does not know them or they are hidden from you (penduduk)."
    )
    subject: Annotated["ReportSubject", strawberry.lazy("schema.types.report_parts")] | None = strawberry.field(
        description="The subject of the report it came from; null if from none or hidden from you (subjek laporan)."
    )
    report: Annotated["Report", strawberry.lazy("schema.types.report")] | None = strawberry.field(
        description="The report it came from; null if from none or hidden from you (laporan)."
    )
    region: Region | None = strawberry.field(
        description="Where the person lives; null if unknown or hidden from you (wilayah)."
    )
    batch: Optional["VervalBatch"] = strawberry.field(
        description="The batch it last went out in; null if in none or hidden from you (berkas kiriman)."
    )
    changes: list["VervalChange"] | None = strawberry.field(
        description="What should be otherwise, one value per detail; null if hidden from you (perubahan)."
    )
    note: str | None = strawberry.field(
        description="What the proposer remarked; identity numbers in it are masked. Null if nothing or hidden from you "
        "(catatan)."
    )
    deliberations: list["VervalDeliberation"] | None = strawberry.field(
        description="Minutes of the village's deliberations, oldest first; null if hidden from you (berita acara)."
    )
    assessments: list["VervalAssessment"] | None = strawberry.field(
        description="Visits to the household, oldest first; null if hidden from you (penilaian lapangan)."
    )
    endorsements: list["VervalEndorsement"] | None = strawberry.field(
        description="Documents of endorsement, oldest first; null if hidden from you (pengesahan)."
    )
    attachments: list["VervalAttachment"] | None = strawberry.field(
        description="Photographs, oldest first; their bytes come from GET /attachments/{id}. Null if hidden from you "
        "(lampiran)."
    )
    central_reason: str | None = strawberry.field(
        description="Why the ministry rejected or returned it, in its words; null if it did not or hidden from you "
        "(alasan pusat)."
    )
    created_at: datetime = strawberry.field(description="When it was begun (waktu dibuat).")
    updated_at: datetime = strawberry.field(description="When it last changed (waktu perubahan terakhir).")
    closed_at: datetime | None = strawberry.field(
        description="When it was accepted, rejected or withdrawn; null while open or hidden from you (waktu ditutup)."
    )
    expected_in_next_release: bool = strawberry.field(
        description="Accepted, and no release of that registry has come since: expect the change in the next one "
        "(menunggu rilis berikutnya)."
    )
    available_actions: list[Annotated["AvailableAction", strawberry.lazy("schema.types.report")]] | None = (
        strawberry.field(
            description="Every act on a proposal, and whether you may do it now; null if hidden from you (tindakan)."
        )
    )
    timeline: Connection["VervalEvent"] | None = page(
        "What was done with it, oldest first; null if hidden from you (riwayat usulan)."
    )


@strawberry.type(description="One detail as it should be (perubahan).")
class VervalChange:
    field: VervalField = strawberry.field(description="Which detail (rincian data).")
    value: str | None = strawberry.field(
        description="What it should be; identity numbers are masked. Null if hidden from you (nilai)."
    )


@strawberry.type(description="The minutes of a village's deliberation (berita acara musdes/muskel).")
class VervalDeliberation:
    id: strawberry.ID = strawberry.field(description="Opaque id; it does not change.")
    round: int = strawberry.field(description="For which round of the proposal (putaran).")
    minutes_number: str | None = strawberry.field(
        description="Number of the minutes; null if hidden from you (nomor berita acara)."
    )
    held_on: date = strawberry.field(description="The day it was held (tanggal musyawarah).")
    place: str | None = strawberry.field(description="Where; null if hidden from you (tempat).")
    attendance: int = strawberry.field(description="How many people were there (jumlah hadir).")
    organizations: list[str] | None = strawberry.field(
        description="Which bodies were represented; null if hidden from you (unsur yang hadir)."
    )
    at: datetime = strawberry.field(description="When it was recorded (waktu dicatat).")


@strawberry.type(description="A visit to the household, by one version of a form (penilaian lapangan).")
class VervalAssessment:
    id: strawberry.ID = strawberry.field(description="Opaque id; it does not change.")
    round: int = strawberry.field(description="For which round of the proposal (putaran).")
    form: str = strawberry.field(description="Code of the form (formulir).")
    form_version: int = strawberry.field(description="Version of the form (versi formulir).")
    latitude: str | None = strawberry.field(
        description="Latitude of the house in degrees, as text; null if hidden from you (lintang)."
    )
    longitude: str | None = strawberry.field(
        description="Longitude of the house in degrees, as text; null if hidden from you (bujur)."
    )
    recommendation: VervalRecommendation = strawberry.field(description="What the assessor concludes (rekomendasi).")
    visited_on: date = strawberry.field(description="The day of the visit (tanggal kunjungan).")
    photos: int = strawberry.field(description="How many photographs belong to it (jumlah foto).")
    answers: list["VervalFormAnswer"] | None = strawberry.field(
        description="The answers, in the form's order; null if hidden from you (jawaban)."
    )
    at: datetime = strawberry.field(description="When it was recorded (waktu dicatat).")


@strawberry.type(description="The answer to one question of a form (jawaban).")
class VervalFormAnswer:
    question: str = strawberry.field(description="Code of the question (kode pertanyaan).")
    value: str | None = strawberry.field(description="The answer; null if hidden from you (jawaban).")


@strawberry.type(description="The document by which a proposal was endorsed on behalf of the regent (pengesahan).")
class VervalEndorsement:
    id: strawberry.ID = strawberry.field(description="Opaque id; it does not change.")
    round: int = strawberry.field(description="For which round of the proposal (putaran).")
    document_number: str | None = strawberry.field(
        description="Number of the document; null if hidden from you (nomor dokumen)."
    )
    document_date: date = strawberry.field(description="Date of the document (tanggal dokumen).")
    at: datetime = strawberry.field(description="When it was recorded (waktu dicatat).")


@strawberry.type(description="A photograph taken at a visit, without what a camera writes into it (lampiran).")
class VervalAttachment:
    id: strawberry.ID = strawberry.field(description="Opaque id: GET /attachments/{id} gives the bytes.")
    round: int = strawberry.field(description="For which round of the proposal (putaran).")
    media_type: str = strawberry.field(description="The media type, image/jpeg or image/png (jenis berkas).")
    size: int = strawberry.field(description="Size in bytes (ukuran).")
    sha256: str = strawberry.field(description="SHA-256 of the bytes as kept, in hexadecimal (sidik berkas).")
    at: datetime = strawberry.field(description="When it was uploaded (waktu diunggah).")


@strawberry.type(description="Something that was done with a proposal; never changed afterwards (riwayat usulan).")
class VervalEvent:
    id: strawberry.ID = strawberry.field(description="Opaque id of the event; it does not change.")
    act: str = strawberry.field(description="What was done: the name of a mutation, e.g. vervalPropose (tindakan).")
    from_: VervalStatus | None = strawberry.field(
        name="from", description="The status before; null for the first event (status awal)."
    )
    to: VervalStatus | None = strawberry.field(
        description="The status afterwards; null if the act does not touch it (status akhir)."
    )
    at: datetime = strawberry.field(description="When it was done (waktu).")
    actor: str | None = strawberry.field(description="Who did it; null if hidden from you (pelaku).")
    note: str | None = strawberry.field(description="What they remarked; null if nothing or hidden from you (catatan).")
    legal_basis: LegalBasis | None = strawberry.field(
        description="The regulation that provides for the step; null if none does (dasar hukum)."
    )


@strawberry.type(
    description="Endorsed proposals that went to the ministry in one file (berkas kiriman), which "
    "GET /verval-batches/{id}.csv gives. The office sees all of them, a verifier those they sent."
)
class VervalBatch(Node):
    scheme: RegistryScheme = strawberry.field(description="For which registry (basis data).")
    profile: str = strawberry.field(description="The procedure of its proposals (profil prosedur).")
    created_at: datetime = strawberry.field(description="When it was made (waktu dibuat).")
    lines: int = strawberry.field(description="How many proposals went out in it (jumlah usulan).")
    accepted: int = strawberry.field(description="How many of them were accepted so far (ditetapkan).")
    rejected: int = strawberry.field(description="How many were rejected so far (ditolak).")
    returned: int = strawberry.field(description="How many were returned so far (dikembalikan).")
    proposals: Connection[VervalProposal] | None = page(
        "Its proposals, newest first, as far as you may see them; null if hidden from you (usulan)."
    )
    differences: list["VervalDifference"] | None = strawberry.field(
        description="Lines of result files that do not fit what was asked; null if hidden from you (selisih)."
    )


@strawberry.type(description="A line of a result file that does not fit what was asked; it closed nothing (selisih).")
class VervalDifference:
    id: strawberry.ID = strawberry.field(description="Opaque id; it does not change.")
    line: int = strawberry.field(description="The line of the file, the header being 1 (baris).")
    kind: VervalDifferenceKind = strawberry.field(description="What does not fit (jenis selisih).")
    proposal: VervalProposal | None = strawberry.field(
        description="The proposal it names; null if unknown or hidden from you (usulan)."
    )


@strawberry.type(description="What an act on a batch came to (hasil tindakan).")
class VervalBatchPayload:
    batch: VervalBatch | None = strawberry.field(
        description="The batch as it is now; null if refused or you may not see it (berkas kiriman)."
    )
    errors: list[UserError] = strawberry.field(description="Why it was refused; empty if it was done (galat).")


@strawberry.type(description="What an act on a proposal came to (hasil tindakan).")
class VervalPayload:
    proposal: VervalProposal | None = strawberry.field(
        description="The proposal as it is now, done or refused; null if there is none or you may not see it (usulan)."
    )
    errors: list[UserError] = strawberry.field(description="Why it was refused; empty if it was done (galat).")


@strawberry.type(description="What became of proposals endorsed together (hasil pengesahan bersama).")
class VervalManyPayload:
    results: list[VervalPayload] = strawberry.field(
        description="One result per proposal, in their order; empty if the call was refused as a whole (hasil)."
    )
    errors: list[UserError] = strawberry.field(
        description="Why the call was refused as a whole; empty if each proposal has its own result (galat)."
    )
