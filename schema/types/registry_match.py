"""What partners are told of the registry, and the account of it."""

from datetime import date, datetime

import strawberry

from integration.codes import RegistryMatchResult, RegistryScheme
from schema.types.error import UserError


@strawberry.type(
    description="Whether somebody is in the welfare registry, and no more: never a name, an address or a number "
    "(hasil pencocokan)."
)
class MatchRegistryAnswer:
    result: RegistryMatchResult = strawberry.field(description="What the search came to (hasil).")
    scheme: RegistryScheme | None = strawberry.field(
        description="Which registry says so; null unless MATCHED (basis data)."
    )
    desil_band: str | None = strawberry.field(
        description="Between which deciles the family stands, e.g. 1-4, 5 or 6-10; null unless MATCHED, and where the "
        "registry gives no decile (kelompok desil)."
    )
    as_of: date | None = strawberry.field(
        description="The day on which the registry's source last checked it; null unless MATCHED (per tanggal)."
    )
    errors: list[UserError] = strawberry.field(
        description="Why it was refused: PURPOSE_REQUIRED, FORBIDDEN, INVALID or RATE_LIMITED; empty unless REFUSED "
        "(galat)."
    )


@strawberry.type(
    description="How often one agency was told one result for one purpose in a month (baris laporan pemanfaatan)."
)
class RegistryUseRow:
    month: str = strawberry.field(description="The month in local time, as YYYY-MM (bulan).")
    organization_code: str | None = strawberry.field(
        description="Code of the agency; null if whoever asked belongs to none (kode instansi)."
    )
    organization: str | None = strawberry.field(description="The agency's name; null where its code is (instansi).")
    purpose: str | None = strawberry.field(
        description="What it was asked for (X-Purpose); null if none was given (tujuan)."
    )
    result: RegistryMatchResult = strawberry.field(description="What was told (hasil).")
    count: int = strawberry.field(description="How many people or families were asked for (jumlah).")


@strawberry.type(
    description="The account of what the registry was asked, which every agency owes at least each six months. It "
    "counts and names nobody (laporan pemanfaatan data)."
)
class RegistryUse:
    rows: list[RegistryUseRow] = strawberry.field(description="By month, agency, purpose and result (baris).")
    total: int = strawberry.field(description="How many people or families all rows count (jumlah keseluruhan).")
    as_of: datetime = strawberry.field(description="When it was counted (per waktu).")
