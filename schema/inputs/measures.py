"""What it takes to record outreach, welfare resources, numbers of people, and to grant an award."""

from datetime import date

import strawberry

from integration.awards.codes import ScoreboardSubject
from integration.policy.codes import OutreachKind
from schema.inputs.filters import RULES
from schema.inputs.operators import CodeFilter, RegionFilter, optional, said
from schema.inputs.report import AbsentIsNull

_KEY = "As in ReportActInput: makes a repetition harmless."
_SOURCE = "Where this is known from, up to 500 characters (sumber)."


@strawberry.input(description="An outreach activity that was held (kegiatan sosialisasi).")
class OutreachRecordInput(AbsentIsNull):
    held_on: date = strawberry.field(description="When it was held, local time (tanggal).")
    kind: OutreachKind = strawberry.field(description="What it was (jenis kegiatan).")
    title: str = said("What it was about, up to 200 characters (uraian).")
    region: str | None = optional("Code of the region; absent if nowhere in particular (kode wilayah).")
    audience: str | None = optional("For whom, up to 200 characters (sasaran).")
    attendance: int | None = optional("How many came; absent where nobody counted (jumlah peserta).")
    source: str = said(_SOURCE)
    idempotency_key: str | None = optional(_KEY)


@strawberry.input(description="How many people live in a region (jumlah penduduk).")
class PopulationRecordInput(AbsentIsNull):
    region: str = strawberry.field(description="Code of the region (kode wilayah).")
    year: int = strawberry.field(description="Of which year (tahun).")
    people: int = strawberry.field(description="How many, at least 1 (jumlah penduduk).")
    source: str = said(_SOURCE)
    idempotency_key: str | None = optional(_KEY)


@strawberry.input(description="A person or body who helps (PSKS).")
class PsksResourceRecordInput(AbsentIsNull):
    type: str = strawberry.field(description="Code of the kind, as in `psksTypes` (kode jenis PSKS).")
    name: str = said("What the person or body is called, up to 200 characters (nama).")
    region: str = strawberry.field(description="Code of the kecamatan or village (kode wilayah).")
    phone: str | None = optional("A telephone to reach it; kept sealed (nomor telepon).")
    active_from: date | None = optional("Since when it helps (aktif sejak).")
    source: str = said(_SOURCE)
    as_of: date = strawberry.field(description="As of which day this is so (per tanggal).")
    idempotency_key: str | None = optional(_KEY)


@strawberry.input(description="A person or body who helps no longer (akhir PSKS).")
class PsksResourceEndInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The resource's id.")
    active_to: date = strawberry.field(description="The day it ended (aktif sampai).")
    idempotency_key: str | None = optional(_KEY)
    expected_version: int | None = optional("The resource's `version` as you know it; CONFLICT if it is another.")


@strawberry.input(
    description="That all of a kind there is in a kecamatan is on record, be it nothing (pendataan PSKS)."
)
class PsksTakeStockInput(AbsentIsNull):
    type: str = strawberry.field(description="Code of the kind, as in `psksTypes` (kode jenis PSKS).")
    region: str = strawberry.field(description="Code of the kecamatan (kode kecamatan).")
    source: str = said(_SOURCE)
    as_of: date = strawberry.field(description="As of which day (per tanggal).")
    idempotency_key: str | None = optional(_KEY)


@strawberry.input(description="An award for a place on the scoreboard (penghargaan).")
class AwardGrantInput(AbsentIsNull):
    period: str = strawberry.field(description="A year (2026) or quarter (2026-Q3) that is over (masa).")
    subject: ScoreboardSubject = strawberry.field(description="Who was compared (yang dibandingkan).")
    rank: int = strawberry.field(description="Which place; the recipient must have it (peringkat).")
    recipient: str = strawberry.field(description="Code of the kecamatan or agency, as on the scoreboard (penerima).")
    note: str | None = optional("What is said with it, up to 500 characters (catatan).")
    idempotency_key: str | None = optional(_KEY)


@strawberry.input(description=f"Which outreach activities are wanted. {RULES}")
class OutreachActivityFilter:
    kind: OutreachKind | None = optional("What it was (jenis kegiatan).")
    region: RegionFilter | None = optional("Where it was held (wilayah).")


@strawberry.input(description=f"Which welfare resources are wanted. {RULES}")
class PsksResourceFilter:
    type: CodeFilter | None = optional("Of what kind, by its code in `psksTypes` (jenis PSKS).")
    region: RegionFilter | None = optional("Where (wilayah).")
    is_active: bool | None = optional("True: helps today; false: does so no longer (masih aktif).")
