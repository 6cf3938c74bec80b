"""Who brings in the best data, and the awards for it."""

from datetime import datetime

import strawberry

from integration.awards.codes import ScoreboardSubject
from integration.statistics.codes import StatisticState
from schema.types.error import UserError
from schema.types.node import Node
from schema.types.organization import Organization
from schema.types.region import Region


@strawberry.type(description="One of the three shares a score is made of (faktor skor).")
class ScoreFactor:
    numerator: int | None = strawberry.field(description="How many passed; null if withheld (pembilang).")
    denominator: int | None = strawberry.field(description="Of how many; null if withheld (penyebut).")
    ratio: float | None = strawberry.field(description="The share, 0 to 1; null if withheld or of nothing (rasio).")
    state: StatisticState = strawberry.field(description="Whether the counts are told (status angka).")


@strawberry.type(description="One kecamatan or agency on the scoreboard (baris papan skor).")
class ScoreboardRow:
    code: str = strawberry.field(description="Code of the kecamatan or agency: the recipient of an award (kode).")
    name: str = strawberry.field(description="Its name (nama).")
    is_ranked: bool = strawberry.field(description="Whether it has enough records for a rank (diperingkat).")
    rank: int | None = strawberry.field(
        description="The best has 1, equal scores share a rank; null with too few records (peringkat)."
    )
    score: float | None = strawberry.field(
        description="From 0 to 100, the product of the three factors; null with too few records (skor)."
    )
    validity: ScoreFactor = strawberry.field(description="Valid among all (validitas).")
    completeness: ScoreFactor = strawberry.field(description="Complete among the valid (kelengkapan).")
    freshness: ScoreFactor = strawberry.field(description="Fresh, or in time, among the complete (kemutakhiran).")


@strawberry.type(description="What another place has, for comparison only (pembanding).")
class Benchmark:
    name: str = strawberry.field(description="Which place (nama).")
    year: int = strawberry.field(description="Of which year (tahun).")
    ppks: int = strawberry.field(description="People in need on record there (jumlah PPKS).")
    ppks_types: int = strawberry.field(description="Of how many kinds (jumlah jenis PPKS).")
    psks: int = strawberry.field(description="Welfare resources on record there (jumlah PSKS).")
    psks_types: int = strawberry.field(description="Of how many kinds (jumlah jenis PSKS).")
    source: str = strawberry.field(description="Where this is known from, in Indonesian (sumber).")


@strawberry.type(
    description="How good what each kecamatan or agency brings in is; how much it is does not matter (papan skor)."
)
class Scoreboard:
    period: str = strawberry.field(description="The year or quarter (masa).")
    subject: ScoreboardSubject = strawberry.field(description="Who is compared (yang dibandingkan).")
    is_closed: bool = strawberry.field(description="Whether the period is over, so that awards can be given (ditutup).")
    rows: list[ScoreboardRow] = strawberry.field(description="Best first, those without a rank last (baris).")
    least: int = strawberry.field(description="How many records a rank takes (jumlah data minimum).")
    benchmarks: list[Benchmark] = strawberry.field(description="What other places have (pembanding).")
    source: str = strawberry.field(description="What was looked at, in Indonesian (sumber).")
    formula: str = strawberry.field(description="How a score is reckoned, with what each count means (rumus).")
    data_as_of: datetime | None = strawberry.field(
        description="How new what was looked at is; null if there was nothing (data per waktu)."
    )
    as_of: datetime = strawberry.field(description="When it was reckoned (per waktu).")


@strawberry.type(description="An award for a place on the scoreboard of a period that is over (penghargaan).")
class Award(Node):
    period: str = strawberry.field(description="The year or quarter, e.g. 2026-Q3 (masa).")
    subject: ScoreboardSubject = strawberry.field(description="Who was compared (yang dibandingkan).")
    rank: int = strawberry.field(description="Which place (peringkat).")
    region: Region | None = strawberry.field(description="The kecamatan that got it; null for an agency (kecamatan).")
    organization: Organization | None = strawberry.field(
        description="The agency that got it; null for a kecamatan (organisasi)."
    )
    score: float = strawberry.field(description="Its score when the award was given (skor).")
    formula: str = strawberry.field(description="How that was reckoned (rumus).")
    note: str | None = strawberry.field(description="What was said with it, in Indonesian; null if nothing (catatan).")
    granted_at: datetime = strawberry.field(description="When it was given (waktu penganugerahan).")


@strawberry.type(description="What granting an award came to (hasil pemberian penghargaan).")
class AwardPayload:
    award: Award | None = strawberry.field(description="The award; null if refused (penghargaan).")
    errors: list[UserError] = strawberry.field(description="Why it was refused; empty if it was done (galat).")
