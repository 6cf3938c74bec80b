"""Counts of reports in groups."""

from datetime import datetime

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
        description="How many reports of the group you may see; null, never 0, if suppressed or unknown (jumlah)."
    )
    suppressed: bool = strawberry.field(
        description="Whether the number is withheld for being so small that it would point at somebody (disamarkan)."
    )


@strawberry.type(description="Reports counted in groups (tabel statistik).")
class StatisticTable:
    columns: list[str] = strawberry.field(description="What was grouped by, in the order asked for (kolom).")
    rows: list[StatisticRow] = strawberry.field(
        description="The groups that have reports, by their keys, empty keys last; one row without a key if "
        "nothing was grouped by (baris)."
    )
    as_of: datetime = strawberry.field(description="When it was counted (per waktu).")
