"""What acts on proposals must be told, and which proposals are wanted."""

from datetime import date

import strawberry

from integration.codes import (
    RegistryScheme,
    VervalAction,
    VervalField,
    VervalReason,
    VervalRecommendation,
    VervalStatus,
)
from schema.inputs.filters import RULES
from schema.inputs.operators import RULES as OPERATOR_RULES
from schema.inputs.operators import IDFilter, RegionFilter, optional, said
from schema.inputs.report import AbsentIsNull

_KEY = "Any text of your choice, new for each act: sent again with the same input it does nothing twice."
_VERSION = "The proposal's `version` as you know it; CONFLICT if it is another by now."
_ID = "The proposal's id."


@strawberry.input(description="One detail as it should be (perubahan).")
class VervalChangeInput(AbsentIsNull):
    field: VervalField = strawberry.field(description="Which detail (rincian data).")
    value: str = said("What it should be, in the form that the detail's description names (nilai).")


@strawberry.input(description="A new proposal, about a report's subject, a person of the registry, or both (usulan).")
class VervalProposeInput(AbsentIsNull):
    subject: strawberry.ID | None = optional("Id of the subject of a report (subjek laporan).")
    person: strawberry.ID | None = optional(
        "Id of a person of the registry; not needed if the subject's match is confirmed (penduduk)."
    )
    action: VervalAction = strawberry.field(description="What is asked for (jenis usulan).")
    reason: VervalReason = strawberry.field(description="Why; each action has its reasons (alasan usulan).")
    scheme: RegistryScheme | None = optional("Which registry it is for; absent means DTSEN (basis data).")
    changes: list[VervalChangeInput] | None = optional("What should be otherwise; required for UPDATE (perubahan).")
    note: str | None = optional("A remark, up to 2,000 characters (catatan).")
    draft: bool | None = strawberry.field(
        default=False, description="True to begin a draft, which vervalRevise puts forward later (konsep)."
    )
    idempotency_key: str | None = optional(_KEY)


@strawberry.input(description="An objection against a record in force (sanggahan).")
class VervalObjectInput(AbsentIsNull):
    person: strawberry.ID = strawberry.field(description="Id of the person listed (penduduk).")
    reason: VervalReason = strawberry.field(
        description="INCLUSION_ERROR, DECEASED, MOVED or DUPLICATE ask for removal, DESIL_DISPUTED for a review "
        "(alasan)."
    )
    scheme: RegistryScheme | None = optional("Against which registry; absent means DTSEN (basis data).")
    note: str = said("What speaks against the record, up to 2,000 characters (uraian).")
    idempotency_key: str | None = optional(_KEY)


@strawberry.input(description="An act on a proposal that needs no more than the proposal (tindakan).")
class VervalActInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description=_ID)
    note: str | None = optional("A remark, kept in the timeline (catatan).")
    idempotency_key: str | None = optional(_KEY)
    expected_version: int | None = optional(_VERSION)


@strawberry.input(description="A draft or returned proposal put forward (pengajuan ulang).")
class VervalReviseInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description=_ID)
    changes: list[VervalChangeInput] | None = optional(
        "In place of the former changes; absent leaves those (perubahan)."
    )
    note: str | None = optional("A remark, kept in the timeline (catatan).")
    idempotency_key: str | None = optional(_KEY)
    expected_version: int | None = optional(_VERSION)


@strawberry.input(description="The minutes of a village's deliberation (berita acara musdes/muskel).")
class VervalDeliberateInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description=_ID)
    minutes_number: str = strawberry.field(description="Number of the minutes (nomor berita acara).")
    held_on: date = strawberry.field(description="The day it was held (tanggal musyawarah).")
    place: str = strawberry.field(description="Where it was held (tempat).")
    attendance: int = strawberry.field(description="How many people were there, from 1 (jumlah hadir).")
    organizations: list[str] | None = optional("Which bodies were represented, up to 50 (unsur yang hadir).")
    note: str | None = optional("A remark, kept in the timeline (catatan).")
    idempotency_key: str | None = optional(_KEY)
    expected_version: int | None = optional(_VERSION)


@strawberry.input(description="The answer to one question of the form (jawaban).")
class VervalAnswerInput(AbsentIsNull):
    question: str = strawberry.field(description="Code of the question (kode pertanyaan).")
    value: str = said("The answer: true or false, a whole number, one of the options, or a text (jawaban).")


@strawberry.input(description="A visit to the household, by a form of GET /assessment-forms (penilaian lapangan).")
class VervalAssessInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description=_ID)
    form: str = strawberry.field(description="Code of the form, e.g. HOUSEHOLD (formulir).")
    form_version: int = strawberry.field(description="The version that held on the day of the visit (versi formulir).")
    answers: list[VervalAnswerInput] = said("The answers; optional questions may be left out (jawaban).")
    latitude: float = said("Latitude of the house in degrees, south is negative (lintang).")
    longitude: float = said("Longitude of the house in degrees (bujur).")
    recommendation: VervalRecommendation = strawberry.field(description="What you conclude (rekomendasi).")
    visited_on: date = strawberry.field(description="The day of the visit (tanggal kunjungan).")
    note: str | None = optional("A remark, kept in the timeline (catatan).")
    idempotency_key: str | None = optional(_KEY)
    expected_version: int | None = optional(_VERSION)


@strawberry.input(description="The endorsement on behalf of the regent (pengesahan).")
class VervalEndorseInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description=_ID)
    document_number: str = strawberry.field(description="Number of the document (nomor dokumen).")
    document_date: date = strawberry.field(description="Date of the document (tanggal dokumen).")
    note: str | None = optional("A remark, kept in the timeline (catatan).")
    idempotency_key: str | None = optional(_KEY)
    expected_version: int | None = optional(_VERSION)


@strawberry.input(description="One document that endorses several proposals (pengesahan bersama).")
class VervalEndorseManyInput(AbsentIsNull):
    ids: list[strawberry.ID] = strawberry.field(description="The proposals' ids, 1 to 100 (usulan).")
    document_number: str = strawberry.field(description="Number of the document (nomor dokumen).")
    document_date: date = strawberry.field(description="Date of the document (tanggal dokumen).")
    note: str | None = optional("A remark, kept in the timeline of each (catatan).")
    idempotency_key: str | None = optional(_KEY)


@strawberry.input(description="A proposal given back to its proposer (pengembalian).")
class VervalReturnInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description=_ID)
    reason: str = said("Why, up to 2,000 characters (alasan).")
    idempotency_key: str | None = optional(_KEY)
    expected_version: int | None = optional(_VERSION)


@strawberry.input(description="Endorsed proposals of a registry to be sent (berkas kiriman).")
class VervalBatchCreateInput(AbsentIsNull):
    scheme: RegistryScheme = strawberry.field(description="For which registry (basis data).")
    idempotency_key: str | None = optional(_KEY)


@strawberry.input(description="The ministry's answers to a batch (berkas hasil).")
class VervalBatchResultInput(AbsentIsNull):
    batch: strawberry.ID = strawberry.field(description="The batch's id.")
    file: str = said(
        "The result file as text: CSV with ID_USULAN, HASIL, ALASAN and NIK. Larger ones go to "
        "PUT /verval-batches/{id}/result (berkas hasil)."
    )
    idempotency_key: str | None = optional(_KEY)


@strawberry.input(description=f"Compares the status of a proposal. {OPERATOR_RULES}")
class VervalStatusFilter:
    eq: VervalStatus | None = optional("Exactly this status.")
    in_: list[VervalStatus] | None = optional("Any of these; an empty list matches nothing.", "in")


@strawberry.input(description=f"Compares what a proposal asks for. {OPERATOR_RULES}")
class VervalActionFilter:
    eq: VervalAction | None = optional("Exactly this action.")
    in_: list[VervalAction] | None = optional("Any of these; an empty list matches nothing.", "in")


@strawberry.input(description=f"Compares the reason of a proposal. {OPERATOR_RULES}")
class VervalReasonFilter:
    eq: VervalReason | None = optional("Exactly this reason.")
    in_: list[VervalReason] | None = optional("Any of these; an empty list matches nothing.", "in")


@strawberry.input(description=f"Compares which registry something is of. {OPERATOR_RULES}")
class VervalSchemeFilter:
    eq: RegistryScheme | None = optional("Exactly this registry.")
    in_: list[RegistryScheme] | None = optional("Any of these; an empty list matches nothing.", "in")


@strawberry.input(description=f"Which proposals are wanted. {RULES}")
class VervalProposalFilter:
    status: VervalStatusFilter | None = optional("Where it stands (status usulan).")
    action: VervalActionFilter | None = optional("What it asks for (jenis usulan).")
    reason: VervalReasonFilter | None = optional("Why (alasan usulan).")
    scheme: VervalSchemeFilter | None = optional("Which registry it is for (basis data).")
    region: RegionFilter | None = optional("Where the person lives (wilayah).")
    person: IDFilter | None = optional("The id of the person it is about (penduduk).")
    is_objection: bool | None = optional("True: only objections; false: none (sanggahan).")
    is_open: bool | None = optional("True: not closed yet, drafts and returned ones included; false: closed (terbuka).")
    and_: list["VervalProposalFilter"] | None = optional(
        "All of these must hold too; an empty list sets no condition.", "and"
    )
    or_: list["VervalProposalFilter"] | None = optional(
        "At least one of these must hold; an empty list matches nothing.", "or"
    )
    not_: "VervalProposalFilter | None" = optional("This must not hold.", "not")
