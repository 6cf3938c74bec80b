"""Which series and figures are wanted, and what the acts on printed tables must be told."""

from datetime import date
from decimal import Decimal

import strawberry
from strawberry.types.unset import UNSET

from integration.statistics.codes import StatisticColumns
from schema.inputs.filters import RULES
from schema.inputs.operators import CodeFilter, RegionFilter, optional, said
from schema.inputs.report import AbsentIsNull

_KEY = "As in ReportActInput: makes a repetition harmless."
_VERSION = "The table's `version` as you know it; CONFLICT if it is another by now."


@strawberry.input(description=f"Which series of statistics are wanted. {RULES}")
class StatisticSeriesFilter:
    code: CodeFilter | None = optional("The series' code, e.g. poor_people (kode seri).")
    and_: list["StatisticSeriesFilter"] | None = optional(
        "All of these must hold too; an empty list sets no condition.", "and"
    )
    or_: list["StatisticSeriesFilter"] | None = optional(
        "At least one of these must hold; an empty list matches nothing.", "or"
    )
    not_: "StatisticSeriesFilter | None" = optional("This must not hold.", "not")


@strawberry.input(description=f"Which figures are wanted. {RULES}")
class StatisticValueFilter:
    series: CodeFilter | None = optional("The code of their series (kode seri).")
    region: RegionFilter | None = optional("The region they are about (wilayah).")
    and_: list["StatisticValueFilter"] | None = optional(
        "All of these must hold too; an empty list sets no condition.", "and"
    )
    or_: list["StatisticValueFilter"] | None = optional(
        "At least one of these must hold; an empty list matches nothing.", "or"
    )
    not_: "StatisticValueFilter | None" = optional("This must not hold.", "not")


@strawberry.input(description="A number of regions told in the text beside a table (jumlah wilayah dalam teks).")
class RegionCountClaimInput(AbsentIsNull):
    kind: str = strawberry.field(description="The kind of region as the codes call it, e.g. kelurahan (jenis wilayah).")
    count: int = strawberry.field(description="How many the text says there are (jumlah).")
    within: str = strawberry.field(description="Code of the region they lie in, e.g. 64.02 (wilayah).", default="64.02")


@strawberry.input(
    description="A printed table of statistics, as text, with what it is about and where it comes from. It holds sums "
    "only: a text with numbers like a NIK, KK or telephone number is refused (tabel statistik cetak)."
)
class StatisticTableStageInput(AbsentIsNull):
    series_code: str = strawberry.field(
        description="Code of the series, new or known, e.g. poor_people: small letters, digits, _ (kode seri)."
    )
    title: str = said("What it shows, up to 200 characters (judul).")
    unit: str = strawberry.field(description="The unit of every number, e.g. orang or ribu jiwa (satuan).")
    definition: str = said("What exactly is counted (definisi).")
    source: str = said("Where it is printed: document, table, page (sumber).")
    collected_by: str = said("Who collected the numbers (produsen data).")
    method: str = said("How they were collected, and by which channel they came (cara pengumpulan).")
    period_from: date = strawberry.field(description="First day of the period it is about (awal periode).")
    period_to: date = strawberry.field(description="Last day of the period it is about (akhir periode).")
    content: str = said(
        "The table: a line a row, tab, semicolon, comma or bar between cells, headings and totals as printed; up to "
        "100,000 characters and 5,000 numbers (isi tabel)."
    )
    columns: StatisticColumns = strawberry.field(
        description="What the columns are (isi kolom).", default=StatisticColumns.CATEGORIES
    )
    about_people: bool = strawberry.field(
        description="Whether it counts people in need: small numbers are then withheld from whoever is not of the "
        "office (tentang orang).",
        default=True,
    )
    tolerance: Decimal = strawberry.field(
        description="Differences up to this, in the table's unit, are taken for rounding (toleransi pembulatan).",
        default=Decimal("0.05"),
    )
    title_en: str | None = optional("The title in English; absent means as `title` (judul dalam bahasa Inggris).")
    concept: str | None = optional("The idea behind what is counted; absent means as `title` (konsep).")
    classification: str | None = optional("By what it is divided, e.g. Kecamatan (klasifikasi).")
    measure: str | None = optional("How it is measured; absent means Jumlah (ukuran).")
    licence: str | None = optional("On which terms the numbers may be used (lisensi).")
    as_of: date | None = optional("The day the numbers describe; absent means the period's last (per tanggal).")
    claims: list[RegionCountClaimInput] | None = optional(
        "Numbers of regions told in the text, to be held against the official codes, up to 20 (jumlah wilayah)."
    )
    idempotency_key: str | None = optional(_KEY)


@strawberry.input(description="A staged table whose figures are to be published (penerimaan tabel).")
class StatisticTableAcceptInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The table's id.")
    note: str | None = said(
        "Why it is accepted in spite of its doubts; needed where it has errors or warnings (catatan).", default=UNSET
    )
    idempotency_key: str | None = optional(_KEY)
    expected_version: int | None = optional(_VERSION)


@strawberry.input(description="A staged table that is put aside (pembuangan tabel).")
class StatisticTableDiscardInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The table's id.")
    note: str = said("Why (catatan).")
    idempotency_key: str | None = optional(_KEY)
    expected_version: int | None = optional(_VERSION)
