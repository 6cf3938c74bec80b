"""Minimum service standards: how many had a right to a service and did not have it."""

from datetime import date, datetime

import strawberry

from integration.spm.codes import SpmService
from integration.statistics.codes import StatisticState
from schema.types.error import UserError


@strawberry.type(
    description="What was last recorded of a service in a month or in a year. What is not known is null, never 0 "
    "(angka SPM)."
)
class SpmFigure:
    month: int | None = strawberry.field(description="The month, 1 to 12; null for the whole year (bulan).")
    target: int | None = strawberry.field(
        description="How many people had a right to the service; null if unknown (sasaran)."
    )
    served: int | None = strawberry.field(description="How many of them had it; null if unknown (terlayani).")
    unserved: int | None = strawberry.field(
        description="How many of them did not; null unless both are known (belum terlayani)."
    )
    unserved_percent: float | None = strawberry.field(
        description="The same in per cent of those who had a right to it; null if unknown or nobody had (persen belum "
        "terlayani)."
    )
    state: StatisticState = strawberry.field(description="Whether it is known how many were not served (status angka).")
    as_of: date | None = strawberry.field(description="As of which day the figure is; null if none (per tanggal).")
    source: str | None = strawberry.field(description="Where it comes from, in Indonesian; null if none (sumber).")
    collected_by: str | None = strawberry.field(
        description="Who collected it; null if there is none (dikumpulkan oleh)."
    )
    method: str | None = strawberry.field(
        description="How it was collected, in Indonesian; null if there is none (cara pengumpulan)."
    )
    note: str | None = strawberry.field(
        description="What else was said, for an unknown figure why it is unknown; null if nothing (catatan)."
    )
    recorded_at: datetime | None = strawberry.field(
        description="When it was recorded here; null if there is none (waktu pencatatan)."
    )
    revisions: int = strawberry.field(
        description="How often a figure was recorded for this period; the last one is shown (jumlah pencatatan)."
    )


@strawberry.type(description="One of the five services in a year (indikator SPM).")
class SpmIndicator:
    service: SpmService = strawberry.field(description="Which service (jenis layanan).")
    term: str = strawberry.field(description="Its name in Indonesian, e.g. Rehabilitasi sosial dasar (nama layanan).")
    name: str = strawberry.field(description="Its name in English (nama dalam bahasa Inggris).")
    legal_basis: str = strawberry.field(description="What obliges the regency to it, in Indonesian (dasar hukum).")
    year: SpmFigure = strawberry.field(
        description="What was recorded of the whole year; unknown if nothing was, for months are not added up (angka "
        "tahunan)."
    )
    months: list[SpmFigure] = strawberry.field(description="The twelve months, in order (angka bulanan).")
    missing_months: list[int] = strawberry.field(
        description="The months that are over and whose figures are not known (bulan yang belum diisi)."
    )
    last_as_of: date | None = strawberry.field(
        description="As of which day its newest known figure is, of whatever year; null if none is known (angka "
        "terakhir)."
    )
    is_stale: bool = strawberry.field(
        description="Whether that is too long ago, or nothing is known at all (kedaluwarsa)."
    )
    alert: str | None = strawberry.field(
        description="The same in words, in your language; null while the figures are up to date (peringatan)."
    )


@strawberry.type(
    description="The minimum service standards of the social field in a year: five services that a regency owes "
    "(SPM bidang sosial)."
)
class SpmIndicators:
    year: int = strawberry.field(description="Which year (tahun).")
    rows: list[SpmIndicator] = strawberry.field(description="The five services (layanan).")
    stale_after_days: int = strawberry.field(
        description="After how many days without a newer figure a service is stale (batas kedaluwarsa)."
    )
    source: str = strawberry.field(description="Where the figures come from, in Indonesian (sumber).")
    formula: str = strawberry.field(description="How what is derived was reckoned (rumus).")
    as_of: datetime = strawberry.field(description="When it was put together (per waktu).")


@strawberry.type(description="What recording a figure came to (hasil pencatatan SPM).")
class SpmPayload:
    indicator: SpmIndicator | None = strawberry.field(
        description="The service in that year as it is now, done or refused; null if you may not see it (indikator "
        "SPM)."
    )
    errors: list[UserError] = strawberry.field(description="Why it was refused; empty if it was done (galat).")
