"""The four dimensions of social protection, scored by what there is."""

import strawberry

from integration.codes import ProtectionDimension
from integration.statistics.codes import StatisticState


@strawberry.type(description="Something that counts for a dimension (bukti dimensi).")
class ScoreEvidence:
    kind: str = strawberry.field(
        description="What it is: LEGAL_BASIS, AID, REPORT, OUTREACH, ENTRY_POINT or FOLLOW_UP (jenis bukti)."
    )
    title: str = strawberry.field(
        description="Its title; of reports and aid the report's number, in Indonesian (uraian bukti)."
    )


@strawberry.type(description="How far one dimension of social protection is met in a period (nilai dimensi).")
class DimensionScore:
    dimension: ProtectionDimension = strawberry.field(description="Which of the four (dimensi perlindungan sosial).")
    value: int = strawberry.field(
        description="How many pieces of evidence there are in the regency; with `state` SUPPRESSED as many as may be "
        "told you, and there may be more (nilai)."
    )
    state: StatisticState = strawberry.field(
        description="KNOWN, or SUPPRESSED to whoever does not see every report, where some pieces are withheld: "
        "reports as far as they are not published, aid and entry points (status nilai)."
    )
    met: bool = strawberry.field(
        description="Whether `value` is at least 1; false with `state` SUPPRESSED says nothing (terpenuhi)."
    )
    explanation: str = strawberry.field(description="What was counted, in words, in your language (penjelasan).")
    evidence: list[ScoreEvidence] = strawberry.field(
        description="The pieces themselves, as far as you may see them, at most 100 of each kind (daftar bukti)."
    )


@strawberry.type(description="The four dimensions of social protection side by side (rapor empat dimensi).")
class DimensionScorecard:
    rows: list[DimensionScore] = strawberry.field(
        description="Protective, preventive, promotive, transformative, in this order (baris)."
    )
