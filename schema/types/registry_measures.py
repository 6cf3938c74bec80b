"""How good the registry is, and what changes in it: numbers without people."""

from datetime import datetime

import strawberry


@strawberry.type(description="How good the records of one region are (baris indikator data).")
class RegistryIndicatorRow:
    region_code: str | None = strawberry.field(
        description="Code of the region; null for records that could not be mapped to one of this level (kode wilayah)."
    )
    region: str | None = strawberry.field(description="Its name; null where the code is (wilayah).")
    records: int = strawberry.field(description="How many records the release has there (jumlah data).")
    checked: int = strawberry.field(description="How many of them were checked at all (diperiksa).")
    valid: int = strawberry.field(description="How many passed the checks (valid).")
    mapped: int = strawberry.field(description="How many are mapped to a village (terpetakan).")
    dated: int = strawberry.field(description="Of how many the source gives the day of its last check (bertanggal).")
    fresh: int = strawberry.field(description="How many were last checked within a year (mutakhir).")
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
    entered: int = strawberry.field(description="Listed now and not before (masuk).")
    left: int = strawberry.field(description="Listed before and not now (keluar).")
    desil_changed: int = strawberry.field(description="Listed in both, with another decile (desil berubah).")
    moved: int = strawberry.field(description="Listed in both, in another place (pindah).")
    unchanged: int = strawberry.field(description="Listed in both, with the same decile and place (tetap).")


@strawberry.type(description="Two releases side by side, by village (perbandingan rilis).")
class RegistryComparison:
    rows: list[RegistryComparisonRow] = strawberry.field(description="The villages with records, by code (baris).")
    as_of: datetime = strawberry.field(description="When it was counted (per waktu).")
