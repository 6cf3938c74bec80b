"""What went into the archive in a month."""

from datetime import datetime

import strawberry

from integration.codes import ReportCategory, ReportOutcome


@strawberry.type(description="Archived reports of one category, kecamatan and outcome (baris rekapitulasi).")
class MonthlyRecapRow:
    category: ReportCategory | None = strawberry.field(
        description="What they were about; null if never stated (kategori laporan)."
    )
    district_code: str | None = strawberry.field(
        description="Code of the kecamatan, e.g. 64.02.06; null where no more than the regency is known (kode "
        "kecamatan)."
    )
    district: str | None = strawberry.field(description="The kecamatan's name; null where its code is (kecamatan).")
    outcome: ReportOutcome | None = strawberry.field(
        description="What came of them; null if archived without an outcome (hasil penanganan)."
    )
    count: int = strawberry.field(description="How many of them you may see (jumlah).")


@strawberry.type(description="Archived reports that came to the same (jumlah per hasil).")
class RecapOutcome:
    outcome: ReportOutcome | None = strawberry.field(
        description="What came of them; null if archived without an outcome (hasil penanganan)."
    )
    count: int = strawberry.field(description="How many of them you may see (jumlah).")


@strawberry.type(
    description="The reports that were archived last in a month, local time, and are in the archive: step 9 of the "
    "procedure (rekapitulasi bulanan)."
)
class MonthlyRecap:
    month: str = strawberry.field(description="The month, as YYYY-MM (bulan).")
    rows: list[MonthlyRecapRow] = strawberry.field(
        description="The groups that have reports, by category, kecamatan and outcome (baris)."
    )
    outcomes: list[RecapOutcome] = strawberry.field(description="The same by outcome alone (jumlah per hasil).")
    total: int = strawberry.field(description="How many reports all rows count (jumlah keseluruhan).")
    as_of: datetime = strawberry.field(description="When it was counted (per waktu).")
