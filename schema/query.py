"""Everything that can be asked. A root field only says what may be selected; one road reads it all."""

from collections.abc import Awaitable
from datetime import date
from typing import Any

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import StrawberryResolver

from integration.awards.codes import ScoreboardSubject
from integration.codes import PolicySignalState, RegionLevel, RegistryScheme, ReportDimension
from integration.statistics.codes import PrintedTableState, ReportMeasure
from resolvers.measures import ppks_coverage, psks_counts, reach_of, score_board
from resolvers.policy import dimension_scorecard
from resolvers.reading import read
from resolvers.recap import monthly_recap
from resolvers.registry import match_registry, match_registry_many, registry_use
from resolvers.releases import registry_comparison, registry_indicators
from resolvers.spm import spm_indicators
from resolvers.tracking import track_report
from schema.inputs.filters import (
    OrganizationFilter,
    PersonFilter,
    PolicyFollowUpFilter,
    RegistryChangeFilter,
    ReportFilter,
    ReportOrder,
    StaffFilter,
)
from schema.inputs.measures import OutreachActivityFilter, PsksResourceFilter
from schema.inputs.meetings import CommitmentFilter, CoordinationMeetingFilter
from schema.inputs.registry import MatchRegistryInput
from schema.inputs.statistics import StatisticSeriesFilter, StatisticValueFilter
from schema.inputs.verval import VervalProposalFilter
from schema.types.imports import ImportBatch
from schema.types.measures import PpksCoverage, PsksCounts, Reach
from schema.types.meeting import Commitment, CoordinationMeeting
from schema.types.node import Node
from schema.types.organization import Organization
from schema.types.outreach import OutreachActivity
from schema.types.paging import BOTH_WAYS, FORWARDS, Connection, argument
from schema.types.person import Person
from schema.types.policy import PlanningDocument, PolicyFollowUp, PolicySignal
from schema.types.ppks import PpksType
from schema.types.psks import PsksResource, PsksType
from schema.types.recap import MonthlyRecap
from schema.types.region import Region
from schema.types.registry import RegistryRelease
from schema.types.registry_change import RegistryChange
from schema.types.registry_match import MatchRegistryAnswer, RegistryUse
from schema.types.registry_measures import RegistryComparison, RegistryIndicators
from schema.types.report import Report
from schema.types.scoreboard import Award, Scoreboard
from schema.types.scorecard import DimensionScorecard
from schema.types.series import PrintedTable, StatisticSeries, StatisticValue
from schema.types.sop import SopStep
from schema.types.spm import SpmIndicators
from schema.types.staff import StaffMember, StaffSummary
from schema.types.statistics import StatisticTable
from schema.types.tracking import PublicReportStatus
from schema.types.verval import VervalBatch, VervalProposal
from schema.types.viewer import Viewer


def served(resolver: Any, description: str, *arguments: StrawberryArgument) -> Any:  # as strawberry.field
    """Declare a question that a service answers: one whose rule is not that of a viewer and their rows."""
    field = StrawberryField(description=description, base_resolver=StrawberryResolver(resolver))
    field.arguments = list(arguments)
    return field


def renamed(python_name: str, name: str, of: object, description: str) -> StrawberryArgument:
    """Declare an argument whose name is a word of Python."""
    return StrawberryArgument(
        python_name=python_name, graphql_name=name, type_annotation=StrawberryAnnotation(of), description=description
    )


_PERIOD = (
    argument("from_", date, "First day of the period, in local time.", told_as="from"),
    argument("to", date, "Last day of the period, in local time; at most three years later."),
)


class RootField(StrawberryField):
    """Hands the resolver nothing but `info`: the reading road takes the arguments from the query itself."""

    def get_result(
        self,
        source: Any,  # noqa: ARG002
        info: strawberry.Info | None,
        args: list[Any],  # noqa: ARG002
        kwargs: Any,  # noqa: ARG002
    ) -> Awaitable[Any] | Any:
        assert info is not None  # only fields without a resolver are called without it
        return read(info)


def root(description: str, *arguments: StrawberryArgument) -> Any:  # as strawberry.field
    field = RootField(description=description, base_resolver=StrawberryResolver(read))
    field.arguments = list(arguments)
    return field


@strawberry.type(
    description="Everything that can be asked. Every answer holds only what you may see: the same rule for single "
    "objects, lists and counts."
)
class Query:
    viewer: Viewer = root("Who you are to this API, and for what you may use it (pengguna).")
    node: Node | None = root(
        "Any object by its id; null if there is none or you may not see it.",
        argument("id", strawberry.ID, "The id, as an earlier answer gave it."),
    )
    nodes: list[Node | None] = root(
        "Several objects by their ids, in the order asked for; null in the place of each that does not exist or that "
        "you may not see.",
        argument("ids", list[strawberry.ID], "The ids, as earlier answers gave them; at most 100."),
    )
    report: Report | None = root(
        "One report by its id or by its number; give exactly one of the two. Null if there is none or you may not see "
        "it (laporan).",
        argument("id", strawberry.ID | None, "The report's id."),
        argument("number", str | None, "The report's number, e.g. SIM-2026-000123 (nomor laporan)."),
    )
    reports: Connection[Report] = root(
        "Reports, newest first unless ordered otherwise (daftar laporan).",
        *BOTH_WAYS,
        argument("filter", ReportFilter | None, "Which reports; absent means all you may see."),
        argument("order_by", ReportOrder | None, "In which order; absent means by `receivedAt`, newest first."),
    )
    track_report: PublicReportStatus | None = served(
        track_report,
        "Where a report stands, for its reporter, without signing in. Null for an unknown number and for a wrong code "
        "alike; RATE_LIMITED after too many tries (lacak laporan).",
        argument("number", str, "The number on the receipt, e.g. SIM-2026-000123 (nomor laporan)."),
        argument("tracking_code", str, "The code on the receipt (kode pelacakan)."),
    )
    monthly_recap: MonthlyRecap | None = served(
        monthly_recap,
        "What went into the archive in a month, over the reports you may see; null with FORBIDDEN for whoever handles "
        "no reports. Also as a file: GET /recap/2024-03.csv (rekapitulasi bulanan).",
        argument("month", str, "The month in local time, as YYYY-MM."),
    )
    person: Person | None = root(
        "One person of the welfare registry; null if there is none or you may not see them (penduduk).",
        argument("id", strawberry.ID, "The person's id; identity numbers are searched with `people` instead."),
    )
    people: Connection[Person] = root(
        "People of the welfare registry, by name (daftar penduduk).",
        *BOTH_WAYS,
        argument("filter", PersonFilter | None, "Which people; absent means all you may see."),
        argument("search", str | None, "Words that must all occur in the name, in any order; capitals do not matter."),
    )
    registry_releases: list[RegistryRelease] = root(
        "The deliveries of the national welfare registries, newest first (rilis data).",
        argument("scheme", RegistryScheme | None, "Only those of this registry; absent means of both."),
    )
    match_registry: MatchRegistryAnswer = served(
        match_registry,
        "Whether somebody is in the welfare registry, for partners: a result, a band of deciles and a day, never a "
        "row. Two who answer to the key are AMBIGUOUS. The header X-Purpose is required, a partner agency needs an "
        "agreement in force for it, and each call is entered in the access log (pencocokan data).",
        argument("input", MatchRegistryInput, "Who is looked for."),
    )
    match_registry_many: list[MatchRegistryAnswer] = served(
        match_registry_many,
        "The same for many at once: an answer for each, in their order. It counts as that many calls (pencocokan "
        "massal).",
        argument("inputs", list[MatchRegistryInput], "Who is looked for, 1 to 100."),
    )
    registry_use: RegistryUse | None = served(
        registry_use,
        "How often the registry was asked by `matchRegistry`, by month, agency, purpose and result. A partner agency "
        "sees its own use; null with FORBIDDEN for whoever may see none. Also as a file: "
        "GET /registry-use/2026-01-01/2026-06-30.csv (laporan pemanfaatan data).",
        renamed("since", "from", date, "The first day, local time."),
        renamed("until", "to", date, "The last day, local time; at most three years later."),
    )
    registry_indicators: RegistryIndicators | None = served(
        registry_indicators,
        "How much of a release is valid, mapped and fresh, by region; it names nobody. Null with FORBIDDEN for whoever "
        "does not work with the registry (indikator kualitas data).",
        argument("level", RegionLevel, "By DISTRICT or by VILLAGE."),
        argument("release", strawberry.ID | None, "Which release; absent means the newest, DTSEN before DTKS."),
    )
    registry_comparison: RegistryComparison | None = served(
        registry_comparison,
        "What changed from one release to another, by village; it names nobody. Null with FORBIDDEN for whoever does "
        "not work with the registry (perbandingan rilis).",
        renamed("before", "from", strawberry.ID, "The earlier release."),
        renamed("after", "to", strawberry.ID, "The later release."),
    )
    registry_changes: Connection[RegistryChange] | None = root(
        "Who entered, left, moved or changed decile from one release to another, as far as you may see them, in a "
        "lasting order; null with FORBIDDEN for whoever may see none (perubahan antar rilis).",
        renamed("from_", "from", strawberry.ID, "The earlier release."),
        renamed("to", "to", strawberry.ID, "The later release."),
        *FORWARDS,
        argument("filter", RegistryChangeFilter | None, "Which changes; absent means all of people you may see."),
    )
    import_batches: Connection[ImportBatch] | None = root(
        "Registry files on their way in, newest first; null with FORBIDDEN for whoever may see none (daftar impor).",
        *FORWARDS,
    )
    staff_members: Connection[StaffMember] = root(
        "The people who handle reports and still work here, by name (daftar petugas).",
        *FORWARDS,
        argument("filter", StaffFilter | None, "Which of them; absent means all you may see."),
    )
    staff_summary: StaffSummary = root(
        "How many people work for the agency, by employment and age band (rekapitulasi pegawai)."
    )
    organizations: Connection[Organization] = root(
        "The bodies that take part, by code; public (daftar organisasi).",
        *FORWARDS,
        argument("filter", OrganizationFilter | None, "Which of them; absent means all."),
    )
    regions: list[Region] = root(
        "The official regions, by code; public. Without arguments all known ones (daftar wilayah).",
        argument("level", RegionLevel | None, "Only those of this level; absent means of all levels."),
        argument("parent", str | None, "Only those directly below the region with this code, e.g. 64.02."),
    )
    ppks_types: list[PpksType] = root(
        "The 26 official kinds of people who need social services; public (daftar jenis PPKS)."
    )
    psks_types: list[PsksType] = root(
        "The 12 official kinds of people and bodies who help with social welfare; public (daftar jenis PSKS)."
    )
    sop_steps: list[SopStep] = root(
        "The nine steps in which the agency handles a report, in order; public (langkah SOP)."
    )
    policy_follow_ups: Connection[PolicyFollowUp] = root(
        "What the agency changes because of reports, newest first (daftar tindak lanjut kebijakan).",
        *FORWARDS,
        argument("filter", PolicyFollowUpFilter | None, "Which of them; absent means all you may see."),
    )
    policy_signals: list[PolicySignal] = root(
        "Rules that the data has met, newest first: what asks for a policy (daftar sinyal kebijakan).",
        argument("state", PolicySignalState | None, "Only those in this state; absent means in any."),
    )
    planning_documents: list[PlanningDocument] = root(
        "Plans and reports of government that a policy follow-up may belong to, by code; public (dokumen perencanaan)."
    )
    coordination_meetings: Connection[CoordinationMeeting] = root(
        "Meetings of agencies, the latest first (daftar rapat koordinasi).",
        *FORWARDS,
        argument("filter", CoordinationMeetingFilter | None, "Which of them; absent means all you may see."),
    )
    commitments: Connection[Commitment] = root(
        "What agencies promised in meetings, by due day; `filter: {overdue: true}` is the list of what is late (daftar "
        "komitmen).",
        *FORWARDS,
        argument("filter", CommitmentFilter | None, "Which of them; absent means all you may see."),
    )
    dimension_scorecard: DimensionScorecard = served(
        dimension_scorecard,
        "How far the four dimensions of social protection were met in a period; FORBIDDEN for whoever neither handles "
        "reports nor plans (rapor empat dimensi).",
        argument("from_", date, "First day of the period, in local time.", told_as="from"),
        argument("to", date, "Last day of the period, in local time."),
    )
    spm_indicators: SpmIndicators | None = served(
        spm_indicators,
        "The five minimum service standards of the social field in a year: target, served, unserved, month by month. "
        "What was not told is unknown. Null with FORBIDDEN for whoever neither works nor plans here (SPM bidang "
        "sosial).",
        argument("year", int, "Which year, from 2019 to this one (tahun)."),
    )
    ppks_coverage: PpksCoverage | None = served(
        ppks_coverage,
        "Which of the 26 kinds of people in need were recorded, by which way, and which never were. Whoever does not "
        "see every report may ask for whole years that are over. Null with FORBIDDEN for whoever neither works nor "
        "plans here (cakupan jenis PPKS).",
        *_PERIOD,
    )
    reach: Reach | None = served(
        reach_of,
        "How far the one door reaches: reports of every kecamatan beside its people, silent ones, ways in, and "
        "outreach with what came before and after. Whoever does not see every report is told no counts of them. Null "
        "with FORBIDDEN for whoever neither works nor plans here (jangkauan layanan).",
        *_PERIOD,
    )
    outreach_activities: Connection[OutreachActivity] = root(
        "What was done so that people know where to report, newest first (daftar kegiatan sosialisasi).",
        *FORWARDS,
        argument("filter", OutreachActivityFilter | None, "Which of them; absent means all you may see."),
    )
    psks_resources: Connection[PsksResource] = root(
        "Who and what helps with social welfare, by name (daftar PSKS).",
        *FORWARDS,
        argument("filter", PsksResourceFilter | None, "Which of them; absent means all you may see."),
    )
    psks_counts: PsksCounts | None = served(
        psks_counts,
        "How many welfare resources there are, every kind in every kecamatan; unknown where nobody has looked. Null "
        "with FORBIDDEN for whoever neither works nor plans here (jumlah PSKS).",
    )
    scoreboard: Scoreboard | None = served(
        score_board,
        "How good what each kecamatan or agency brings in is, by a published formula. Null with FORBIDDEN for whoever "
        "neither works nor plans here (papan skor).",
        argument("period", str, "A year (2026) or quarter (2026-Q3) that has begun."),
        argument("subject", ScoreboardSubject, "Who is compared."),
    )
    awards: Connection[Award] = root(
        "Awards for places on the scoreboard, newest period first; public (daftar penghargaan).",
        *FORWARDS,
        argument("subject", ScoreboardSubject | None, "Only those of kecamatan, or of agencies; absent means both."),
    )
    report_statistics: StatisticTable = root(
        "How many reports there are in groups, how long their steps take, and how many are served. Who handles reports "
        "counts those they may see, exactly; at most 3 dimensions and 5,000 groups. Everybody else is told figures of "
        "all reports (`published`), for quarters that are over, by one of DISTRICT, CATEGORY, MONTH and CHANNEL or by "
        "two that stand next to each other in this order; numbers below 5, and those that would give them away, are "
        "withheld. Measures other than COUNT are published by DISTRICT or for all together, for whole quarters "
        "(statistik laporan).",
        argument("group_by", list[ReportDimension], "What to group by; an empty list counts all together."),
        argument(
            "measures",
            list[ReportMeasure],
            "What to tell of each group, in this order; each once.",
            default=[ReportMeasure.COUNT],
        ),
        argument(
            "filter",
            ReportFilter | None,
            "Which reports; absent means all. Published figures can be narrowed by category, channel, region (one "
            "kecamatan) and receivedAt (gte and lt, at the start of a month), and each of these counts as a dimension.",
        ),
    )
    statistic_series: Connection[StatisticSeries] = root(
        "Published series of figures with where they come from, by code; public (daftar seri statistik).",
        *FORWARDS,
        argument("filter", StatisticSeriesFilter | None, "Which of them; absent means all."),
    )
    statistic_values: Connection[StatisticValue] = root(
        "Figures across all series, e.g. all about one region; public, small counts of people in need withheld from "
        "whoever may not see them (angka statistik).",
        *FORWARDS,
        argument("filter", StatisticValueFilter | None, "Which of them; absent means all."),
    )
    printed_tables: Connection[PrintedTable] = root(
        "Printed tables of statistics that were accepted and, for those who bring them in, also those that wait or "
        "were discarded, newest first (daftar tabel statistik cetak).",
        *FORWARDS,
        argument("state", PrintedTableState | None, "Only those in this state; absent means in any you may see."),
    )
    verval_proposals: Connection[VervalProposal] = root(
        "Proposals to correct the registry, newest first (daftar usulan verval).",
        *FORWARDS,
        argument("filter", VervalProposalFilter | None, "Which of them; absent means all you may see."),
    )
    verval_batches: Connection[VervalBatch] = root(
        "Batches of proposals that were sent to the ministry, newest first (daftar berkas kiriman).", *FORWARDS
    )
