"""Published series of figures, and the printed tables they come from."""

from datetime import date, datetime
from decimal import Decimal

import strawberry

from integration.codes import Severity
from integration.statistics.codes import (
    PrintedTableState,
    StatisticColumns,
    StatisticGap,
    StatisticState,
    TableRule,
)
from schema.types.error import UserError
from schema.types.node import Node
from schema.types.paging import Connection, page
from schema.types.region import Region


@strawberry.type(description="Something that does not fit in a printed table (temuan pemeriksaan).")
class TableFinding:
    rule: TableRule = strawberry.field(description="What does not fit (aturan).")
    severity: Severity = strawberry.field(description="How grave it is (tingkat).")
    row: str | None = strawberry.field(description="The row as printed; null if it is about no single row (baris).")
    column: str | None = strawberry.field(
        description="The column as printed; null if it is about no single column (kolom)."
    )
    expected: Decimal | None = strawberry.field(
        description="What it should be by the rest of the table or the official list; null for rules without numbers "
        "(seharusnya)."
    )
    printed: Decimal | None = strawberry.field(
        description="What is printed; null for rules without numbers (tercetak)."
    )
    difference: Decimal | None = strawberry.field(
        description="Printed less expected; null unless both are there (selisih)."
    )
    message: str = strawberry.field(description="The same in a sentence, in your language (uraian).")


@strawberry.type(
    description="A printed table of statistics, as it came, with what does not fit in it. Accepted ones are public "
    "(tabel statistik cetak)."
)
class PrintedTable(Node):
    version: int = strawberry.field(
        description="Counts the changes. Send it as `expectedVersion` to be told if somebody was faster (versi)."
    )
    series_code: str = strawberry.field(description="Code of the series its figures belong to (kode seri).")
    title: str = strawberry.field(description="What it shows, in your language (judul).")
    concept: str = strawberry.field(description="The idea behind what is counted, in Indonesian (konsep).")
    definition: str = strawberry.field(description="What exactly is counted, in Indonesian (definisi).")
    classification: str = strawberry.field(description="By what it is divided, in Indonesian (klasifikasi).")
    measure: str = strawberry.field(description="How it is measured, e.g. Jumlah or Persentase (ukuran).")
    unit: str = strawberry.field(description="The unit of every figure, in Indonesian, e.g. ribu jiwa (satuan).")
    source: str = strawberry.field(description="Where it is printed, in Indonesian (sumber).")
    collected_by: str = strawberry.field(description="Who collected the figures, in Indonesian (produsen data).")
    method: str = strawberry.field(description="How they were collected, in Indonesian (cara pengumpulan).")
    licence: str = strawberry.field(description="On which terms they may be used, in Indonesian (lisensi).")
    about_people: bool = strawberry.field(
        description="Whether it counts people in need, so that small figures are withheld (tentang orang)."
    )
    columns: StatisticColumns = strawberry.field(description="What its columns are (isi kolom).")
    period_from: date = strawberry.field(description="First day of the period it is about (awal periode).")
    period_to: date = strawberry.field(description="Last day of the period it is about (akhir periode).")
    as_of: date = strawberry.field(description="The day the figures describe (per tanggal).")
    tolerance: Decimal = strawberry.field(
        description="Differences up to this, in the table's unit, are taken for rounding (toleransi pembulatan)."
    )
    state: PrintedTableState = strawberry.field(description="How far it has come (status).")
    rows: int = strawberry.field(description="How many rows it has, without totals (jumlah baris).")
    errors: int = strawberry.field(description="How many findings are errors (jumlah kesalahan).")
    warnings: int = strawberry.field(description="How many findings are warnings (jumlah peringatan).")
    note: str | None = strawberry.field(
        description="Why it was accepted with its doubts, or discarded; null if nothing was said (catatan)."
    )
    created_at: datetime = strawberry.field(description="When it came (waktu diterima).")
    decided_at: datetime | None = strawberry.field(
        description="When it was accepted or discarded; null while it waits (waktu keputusan)."
    )
    findings: list[TableFinding] = strawberry.field(
        description="What does not fit, as found when the table came (temuan)."
    )


@strawberry.type(
    description="A series of figures about one thing in one unit, with where it comes from. Also as files: "
    "GET /statistics/{code}.csv, .ndjson, and .json for its description (seri statistik)."
)
class StatisticSeries(Node):
    code: str = strawberry.field(description="Code of this API, e.g. poor_people (kode seri).")
    title: str = strawberry.field(description="What it shows, in your language (judul).")
    concept: str = strawberry.field(description="The idea behind what is counted, in Indonesian (konsep).")
    definition: str = strawberry.field(description="What exactly is counted, in Indonesian (definisi).")
    classification: str = strawberry.field(description="By what it is divided, in Indonesian (klasifikasi).")
    measure: str = strawberry.field(description="How it is measured, e.g. Jumlah or Persentase (ukuran).")
    unit: str = strawberry.field(description="The unit of every figure, in Indonesian, e.g. ribu jiwa (satuan).")
    source: str = strawberry.field(description="Where the figures are from, in Indonesian (sumber).")
    collected_by: str = strawberry.field(description="Who collected the figures, in Indonesian (produsen data).")
    method: str = strawberry.field(description="How they were collected, in Indonesian (cara pengumpulan).")
    licence: str = strawberry.field(description="On which terms they may be used, in Indonesian (lisensi).")
    about_people: bool = strawberry.field(
        description="Whether it counts people in need, so that small figures are withheld (tentang orang)."
    )
    formula: str | None = strawberry.field(
        description="How it is computed from other series, e.g. 100 * poor_people[64.02] / poor_people[64]; null if it "
        "is not computed (rumus)."
    )
    as_of: date = strawberry.field(description="The newest day its figures describe (per tanggal).")
    updated_at: datetime = strawberry.field(description="When it was last brought up to date here (waktu pembaruan).")
    table: PrintedTable | None = strawberry.field(
        description="The printed table accepted last for it; null if it comes from no table, or you may not see it "
        "(tabel asal)."
    )
    values: "Connection[StatisticValue]" = page("Its figures, in the order of their table (angka).")


@strawberry.type(description="A figure of a series: known, unknown for a reason, or withheld (angka statistik).")
class StatisticValue:
    series: StatisticSeries = strawberry.field(description="The series it belongs to (seri statistik).")
    region: Region | None = strawberry.field(description="The region it is about; null for none (wilayah).")
    group: str | None = strawberry.field(
        description="The group of people or things a row is about where rows are no regions, e.g. ASN; null for all or "
        "none (kelompok)."
    )
    category: str | None = strawberry.field(
        description="The kind a column is about, as printed; null for the total of all kinds (kategori)."
    )
    period_from: date = strawberry.field(description="First day of the period it is about (awal periode).")
    period_to: date = strawberry.field(description="Last day of the period it is about (akhir periode).")
    state: StatisticState = strawberry.field(description="Whether the figure is there (keadaan angka).")
    value: Decimal | None = strawberry.field(
        description="The figure as printed, in the series' unit; null, never 0, unless `state` is KNOWN (nilai)."
    )
    unknown_reason: StatisticGap | None = strawberry.field(
        description="Why it is not known; null unless `state` is UNKNOWN (sebab)."
    )
    doubts: list[TableRule] = strawberry.field(
        description="What was found about it in its table: it is shown as printed all the same (keraguan)."
    )
    working: str | None = strawberry.field(
        description="The formula with the numbers it was computed from, e.g. 100 * 60.86 / 231.08; null if it is not "
        "computed (perhitungan)."
    )
    as_of: date = strawberry.field(description="The day it describes (per tanggal).")
    table: PrintedTable | None = strawberry.field(
        description="The printed table it is from; null if from none, or you may not see it (tabel asal)."
    )


@strawberry.type(description="What became of an act on a printed table (hasil tindakan).")
class StatisticTablePayload:
    table: PrintedTable | None = strawberry.field(
        description="The table as it is now; null if there is none or you may not see it (tabel)."
    )
    errors: list[UserError] = strawberry.field(description="Why it was refused; empty if it was done (penolakan).")
