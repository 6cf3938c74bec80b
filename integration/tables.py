"""Every table of the house in one import, for migrations and for tests that look at the whole."""

from integration.access.tables import AccessLogRow, AccountRow, IdempotencyRow
from integration.assignments.tables import AssignmentRow
from integration.clocks.tables import ClockPolicyRow, ClockRow, EscalationRuleRow, HandOverRow
from integration.events.tables import EventRow, InboxRow, OutboxAttemptRow, OutboxRow
from integration.matching.tables import PersonNameKeyRow
from integration.organizations.tables import OrganizationRow, OrgUnitRow
from integration.people.tables import FamilyRow, PersonDistinctRow, PersonMergeRow, PersonPpksRow, PersonRow
from integration.policy.tables import (
    EvidenceSnapshotRow,
    MilestoneRow,
    PolicyDecisionRow,
    PolicyFollowUpReportRow,
    PolicyFollowUpRow,
)
from integration.ppks.tables import PpksTypeRow
from integration.psks.tables import PsksTypeRow
from integration.regions.tables import RegionAliasRow, RegionRow
from integration.registry.importing.tables import (
    ImportBatchRow,
    ImportFaultyRow,
    ImportFindingRow,
    ImportLinesRow,
    ImportRuleCountRow,
    ImportStagedRow,
)
from integration.registry.tables import (
    EnrolmentRow,
    ProgrammeRow,
    RegistryRecordRow,
    RegistryReleaseRow,
    RegistryUseRow,
)
from integration.reports.procedure import DispositionRow, FollowUpActionRow, ReplyRow
from integration.reports.tables import (
    MatchCandidateRow,
    MatchEvidenceRow,
    MatchRejectionRow,
    MessageRow,
    ReporterRow,
    ReportNumberRow,
    ReportPpksTypeRow,
    ReportRow,
    ReportSubjectRow,
)
from integration.routing.tables import (
    CompetencyRow,
    DistrictNeighbourRow,
    RoutingRuleRow,
    StaffCompetencyRow,
    UrgentNeedRow,
)
from integration.sop.tables import LegalBasisRow, SopStepRow
from integration.staff.tables import DutyShiftRow, StaffRoleRow, StaffRow
from integration.verval.tables import (
    AnswerRow,
    AssessmentRow,
    AttachmentContentRow,
    AttachmentRow,
    BatchLineRow,
    BatchResultRow,
    BatchRow,
    ChangeRow,
    DeliberationRow,
    DifferenceRow,
    EndorsementRow,
    ProposalRow,
)

TABLES = (
    AccessLogRow, AccountRow, AnswerRow, AssessmentRow, AssignmentRow, AttachmentContentRow, AttachmentRow,
    BatchLineRow, BatchResultRow, BatchRow, ChangeRow, ClockPolicyRow, ClockRow, CompetencyRow, DeliberationRow,
    DifferenceRow, DispositionRow, DistrictNeighbourRow, DutyShiftRow, EndorsementRow, EnrolmentRow, EscalationRuleRow,
    EventRow, EvidenceSnapshotRow, FamilyRow, FollowUpActionRow, HandOverRow, IdempotencyRow, ImportBatchRow,
    ImportFaultyRow, ImportFindingRow, ImportLinesRow, ImportRuleCountRow, ImportStagedRow, InboxRow, LegalBasisRow,
    MatchCandidateRow, MatchEvidenceRow, MatchRejectionRow, MessageRow, MilestoneRow, OrgUnitRow, OrganizationRow,
    OutboxAttemptRow, OutboxRow, PersonDistinctRow, PersonNameKeyRow, PersonMergeRow, PersonPpksRow, PersonRow,
    PolicyDecisionRow, PolicyFollowUpReportRow, PolicyFollowUpRow, PpksTypeRow, ProgrammeRow, ProposalRow, PsksTypeRow,
    RegionAliasRow, RegionRow, RegistryRecordRow, RegistryReleaseRow, RegistryUseRow, ReplyRow, ReportNumberRow,
    ReportPpksTypeRow, ReportRow, ReportSubjectRow, ReporterRow, RoutingRuleRow, SopStepRow, StaffCompetencyRow,
    StaffRoleRow, StaffRow, UrgentNeedRow,
)  # fmt: skip
