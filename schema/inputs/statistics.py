"""Which series and figures are wanted."""

import strawberry

from schema.inputs.filters import RULES
from schema.inputs.operators import CodeFilter, RegionFilter, optional


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
