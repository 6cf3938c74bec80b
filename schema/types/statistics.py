"""Counts and measures of reports in groups."""

from datetime import date, datetime

import strawberry

from integration.statistics.codes import ReportMeasure, StatisticState


@strawberry.type(description="What a column of figures says (ukuran dan rumusnya).")
class StatisticMeasure:
    measure: ReportMeasure = strawberry.field(description="Which measure (ukuran).")
    label: str = strawberry.field(description="The same in words, in the language of the answer (nama ukuran).")
    unit: str = strawberry.field(description="The unit of its values: reports, days or percent (satuan).")
    formula: str = strawberry.field(description="How it is computed, in words (rumus).")


@strawberry.type(description="What a measure says of a group (angka statistik).")
class StatisticFigure:
    measure: ReportMeasure = strawberry.field(description="Which measure, as in `measures` (ukuran).")
    state: StatisticState = strawberry.field(
        description="Whether there is a value. UNKNOWN: nothing of the group can be measured, which is not 0. "
        "SUPPRESSED: it rests on so few reports that it would point at somebody, or would tell of such a number "
        "(keadaan angka)."
    )
    value: float | None = strawberry.field(
        description="Its value in the measure's unit, exact to 4 digits for days and 2 for percent, published to 1 and "
        "0; halves are rounded to even. Null unless KNOWN (nilai)."
    )
    cases: int | None = strawberry.field(
        description="How many cases it rests on: reports, or steps of theirs; 0 where it is UNKNOWN. Null if withheld, "
        "and where published figures rest on times and steps (jumlah kasus)."
    )


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
    values: list[StatisticFigure] = strawberry.field(
        description="A figure for each measure asked for, in their order (angka)."
    )


@strawberry.type(description="Reports counted and measured in groups (tabel statistik).")
class StatisticTable:
    columns: list[str] = strawberry.field(description="What was grouped by, in the order asked for (kolom).")
    measures: list[StatisticMeasure] = strawberry.field(
        description="The measures of each row's `values`, in the order asked for (ukuran)."
    )
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
