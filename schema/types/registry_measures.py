"""How good the registry is, and what changes in it: numbers without people."""

from datetime import datetime

import strawberry

from integration.statistics.codes import StatisticState


@strawberry.type(description="How good the records of one region are (baris indikator data).")
class RegistryIndicatorRow:
    region_code: str | None = strawberry.field(
        description="Code of the region; null for records that could not be mapped to one of this level (kode wilayah)."
    )
    region: str | None = strawberry.field(description="Its name; null where the code is (wilayah).")
    records: int | None = strawberry.field(
        description="How many records the release has there; null if withheld from you (jumlah data)."
    )
    checked: int | None = strawberry.field(
        description="How many of them were checked at all; null if withheld from you (diperiksa)."
    )
    valid: int | None = strawberry.field(description="How many passed the checks; null if withheld from you (valid).")
    mapped: int | None = strawberry.field(
        description="How many are mapped to a village; null if withheld from you (terpetakan)."
    )
    dated: int | None = strawberry.field(
        description="Of how many the source gives the day of its last check; null if withheld from you (bertanggal)."
    )
    fresh: int | None = strawberry.field(
        description="How many were last checked within a year; null if withheld from you (mutakhir)."
    )
    state: StatisticState = strawberry.field(
        description="SUPPRESSED where counts of few people are withheld from you, which may not see them, with as many "
        "others as it takes that no sum gives them back; else KNOWN (status angka)."
    )
    valid_percent: float | None = strawberry.field(
        description="Share of the checked that are valid, in per cent; null if none was checked (persen valid)."
    )
    mapped_percent: float | None = strawberry.field(
        description="Share of all that are mapped, in per cent; null if there are none (persen terpetakan)."
    )
    fresh_percent: float | None = strawberry.field(
        description="Share of the dated that are fresh, in per cent; null if none is dated (persen mutakhir)."
    )


@strawberry.type(description="How far a release is valid, mapped and fresh, by region (indikator data).")
class RegistryIndicators:
    rows: list[RegistryIndicatorRow] = strawberry.field(
        description="The regions that have records, by code; what is not mapped comes last (baris)."
    )
    as_of: datetime = strawberry.field(description="When it was counted (per waktu).")


@strawberry.type(description="What changed in one village between two releases (baris perbandingan).")
class RegistryComparisonRow:
    region_code: str | None = strawberry.field(
        description="Code of the village, of people who moved the one they came to; null where it is not mapped (kode "
        "desa/kelurahan)."
    )
    region: str | None = strawberry.field(description="Its name; null where the code is (desa/kelurahan).")
    state: StatisticState = strawberry.field(
        description="SUPPRESSED where the counts of the village are withheld from you, because some are of few people "
        "or would give such back; else KNOWN (status angka)."
    )
    entered: int | None = strawberry.field(description="Listed now and not before; null if withheld from you (masuk).")
    left: int | None = strawberry.field(description="Listed before and not now; null if withheld from you (keluar).")
    desil_changed: int | None = strawberry.field(
        description="Listed in both, with another decile; null if withheld from you (desil berubah)."
    )
    moved: int | None = strawberry.field(
        description="Listed in both, in another place; null if withheld from you (pindah)."
    )
    unchanged: int | None = strawberry.field(
        description="Listed in both, with the same decile and place; null if withheld from you (tetap)."
    )


@strawberry.type(description="Two releases side by side, by village (perbandingan rilis).")
class RegistryComparison:
    rows: list[RegistryComparisonRow] = strawberry.field(description="The villages with records, by code (baris).")
    as_of: datetime = strawberry.field(description="When it was counted (per waktu).")
