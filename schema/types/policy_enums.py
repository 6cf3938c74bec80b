"""What the codes of evidence and of plans mean, in words for strangers."""

from integration.policy.codes import EvidenceKind, PlanningKind
from schema.types.describing import describe

describe(
    EvidenceKind,
    "What evidence counts (jenis bukti).",
    {
        EvidenceKind.REPORTS: "Reports of a category in a period, in a region or all (laporan).",
        EvidenceKind.LATE_STEPS: "Steps of a unit's reports that ran over their time limit, of all that fell due in a "
        "period (langkah yang terlambat).",
        EvidenceKind.STALE_REGISTRY: "Registry records of a region's people that were last checked more than two years "
        "before the newest release, of all (data terpadu yang usang).",
        EvidenceKind.SPM_UNSERVED: "People who had a right to a minimum service and did not have it, of all who had, "
        "in the newest known month of a period (sasaran SPM yang tidak terlayani).",
        EvidenceKind.INDICATOR: "What a rule of signals looks at beside these; it comes with a signal and can't be "
        "asked for (indikator).",
    },
)
describe(
    PlanningKind,
    "What sort of plan or report of government a document is (jenis dokumen perencanaan).",
    {
        PlanningKind.RPJMN: "The national plan for five years (rencana pembangunan jangka menengah nasional).",
        PlanningKind.RPJMD: "A region's plan for five years (rencana pembangunan jangka menengah daerah).",
        PlanningKind.RENSTRA: "An agency's plan for five years (rencana strategis).",
        PlanningKind.RENJA: "An agency's plan for a year (rencana kerja).",
        PlanningKind.LKJIP: "An agency's report on what it did in a year (laporan kinerja instansi pemerintah).",
    },
)
