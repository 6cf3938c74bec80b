"""Counts of reports in groups."""

from datetime import date, datetime

import strawberry


@strawberry.type(description="One group of a count (baris statistik).")
class StatisticRow:
    key: list[str | None] = strawberry.field(
        description="The group's code for each column, in their order; null where the reports have none (kunci)."
    )
    labels: list[str | None] = strawberry.field(
        description="The same in words, where there are any, else the code again; null where the key is (label)."
    )
    count: int | None = strawberry.field(
        description="How many reports of the group there are, of those counted; null, never 0, if withheld (jumlah)."
    )
    suppressed: bool = strawberry.field(
        description="Whether the number is withheld, because it is so small that it would point at somebody or because "
        "such a number could be found out by it (disamarkan)."
    )


@strawberry.type(description="Reports counted in groups (tabel statistik).")
class StatisticTable:
    columns: list[str] = strawberry.field(description="What was grouped by, in the order asked for (kolom).")
    rows: list[StatisticRow] = strawberry.field(
        description="The groups by their keys, empty keys last; one row without a key if nothing was grouped by. Exact "
        "counts list the groups that have reports, published figures all there are (baris)."
    )
    as_of: datetime = strawberry.field(description="When it was counted (per waktu).")
    published: bool = strawberry.field(
        description="True: figures for everybody, of all reports in periods that are over, small numbers withheld. "
        "False: exact counts of the reports you may see (angka terbitan)."
    )
    from_: date | None = strawberry.field(
        name="from",
        description="First day that published figures speak of; null if nothing is published of the time asked for, "
        "or the counts are of all reports you may see (dari tanggal).",
    )
    to: date | None = strawberry.field(
        description="Last day that they speak of, later reports are not counted yet; null where `from` is (sampai "
        "tanggal)."
    )
    source: str = strawberry.field(description="What was counted, by whom it was collected (sumber data).")
