"""The acts that record what is counted about the whole regency; a part of `Mutation`."""

import strawberry

from resolvers import measures
from resolvers.spm import spm_record
from schema.acting import act
from schema.inputs.measures import (
    AwardGrantInput,
    OutreachRecordInput,
    PopulationRecordInput,
    PsksResourceEndInput,
    PsksResourceRecordInput,
    PsksTakeStockInput,
)
from schema.inputs.spm import SpmRecordInput
from schema.types.measures import PopulationPayload
from schema.types.outreach import OutreachPayload
from schema.types.psks import PsksPayload, PsksStocktakePayload
from schema.types.scoreboard import AwardPayload
from schema.types.spm import SpmPayload


@strawberry.type
class MeasureMutation:
    """Never published by itself."""

    spm_record: SpmPayload = act(
        spm_record,
        SpmRecordInput,
        "Records how many people had a right to a service and how many had it, with where the figure comes from; the "
        "desk, the secretary or a planner (catat angka SPM).",
    )
    outreach_record: OutreachPayload = act(
        measures.outreach_record,
        OutreachRecordInput,
        "Records something done so that people know where to report; the office's leads, heads of division, district "
        "social workers and planners (catat sosialisasi).",
    )
    population_record: PopulationPayload = act(
        measures.population_record,
        PopulationRecordInput,
        "Records how many people live in a region, as somebody published it; the desk, the secretary or a planner "
        "(catat jumlah penduduk).",
    )
    psks_resource_record: PsksPayload = act(
        measures.psks_resource_record,
        PsksResourceRecordInput,
        "Records somebody or something that helps; the desk and its leads, in their area district social workers and "
        "village operators (catat PSKS).",
    )
    psks_resource_end: PsksPayload = act(
        measures.psks_resource_end,
        PsksResourceEndInput,
        "Says that a resource helps no longer; it stays on record. Whoever may record it (akhiri PSKS).",
    )
    psks_take_stock: PsksStocktakePayload = act(
        measures.psks_take_stock,
        PsksTakeStockInput,
        "Says that all of a kind there is in a kecamatan is on record: from then on nothing on record is 0 and no "
        "longer unknown. Whoever may record there (pendataan PSKS).",
    )
    award_grant: AwardPayload = act(
        measures.award_grant,
        AwardGrantInput,
        "Gives the award of a rank to whoever has it, in a period that is over; once for each rank, and never changed. "
        "The secretary or the agency's head (beri penghargaan).",
    )
