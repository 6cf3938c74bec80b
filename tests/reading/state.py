"""All rows of a database as plain objects in memory: what the second reader reads, without a single query of its
own.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlmodel import SQLModel, select

from integration.access.sealing import Sealer
from integration.access.tables import AccountRow
from integration.assignments.tables import AssignmentRow
from integration.awards.tables import AwardRow
from integration.clocks.tables import ClockRow, EscalationRuleRow, HandOverRow
from integration.db.engine import Database
from integration.events.tables import EventRow
from integration.meetings.tables import AgendaItemRow, AttendanceRow, CommitmentRow, MeetingRow
from integration.organizations.tables import OrganizationRow, OrgUnitRow
from integration.people.tables import FamilyRow, PersonDistinctRow, PersonPpksRow, PersonRow
from integration.policy.tables import (
    EvidenceSnapshotRow,
    MilestoneRow,
    OutreachActivityRow,
    PlanningDocumentRow,
    PolicyDecisionRow,
    PolicyFollowUpReportRow,
    PolicyFollowUpRow,
    PolicyFollowUpSupportRow,
    PolicySignalReportRow,
    PolicySignalRow,
)
from integration.ppks.tables import PpksTypeRow
from integration.psks.tables import PsksResourceRow, PsksTypeRow
from integration.regions.tables import RegionRow
from integration.registry.importing.tables import ImportBatchRow, ImportFindingRow, ImportRuleCountRow
from integration.registry.tables import EnrolmentRow, ProgrammeRow, RegistryRecordRow, RegistryReleaseRow
from integration.reports.procedure import DispositionRow, FollowUpActionRow, ReplyRow
from integration.reports.published_tables import PublishedCountRow, PublishedPeriodRow
from integration.reports.tables import (
    MatchCandidateRow,
    MatchEvidenceRow,
    MessageRow,
    ReporterRow,
    ReportPpksTypeRow,
    ReportRow,
    ReportSubjectRow,
    SuggestionRow,
)
from integration.sop.tables import LegalBasisRow, SopStepRow
from integration.staff.tables import DutyShiftRow, StaffRoleRow, StaffRow
from integration.statistics.tables import PrintedTableRow, StatisticSeriesRow, StatisticValueRow, TableFindingRow
from integration.verval.tables import (
    AnswerRow,
    AssessmentRow,
    AttachmentRow,
    BatchLineRow,
    BatchRow,
    ChangeRow,
    DeliberationRow,
    DifferenceRow,
    EndorsementRow,
    ProposalRow,
)

Row = SimpleNamespace

# By the contract's type names; link and side tables, which no type shows, have names of their own.
TABLES: dict[str, type[SQLModel]] = {
    "OutreachActivity": OutreachActivityRow, "PsksResource": PsksResourceRow, "Award": AwardRow,
    "AgendaItem": AgendaItemRow, "Commitment": CommitmentRow, "CoordinationMeeting": MeetingRow,
    "MeetingAttendance": AttendanceRow,
    "Account": AccountRow, "Assignment": AssignmentRow, "Clock": ClockRow, "Disposition": DispositionRow,
    "EscalationRule": EscalationRuleRow, "FollowUpAction": FollowUpActionRow, "HandOver": HandOverRow,
    "Reply": ReplyRow,
    "DutyShift": DutyShiftRow, "Enrolment": EnrolmentRow,
    "FindingCount": ImportRuleCountRow, "ImportBatch": ImportBatchRow, "ImportFinding": ImportFindingRow,
    "EvidenceSnapshot": EvidenceSnapshotRow, "Family": FamilyRow, "LegalBasis": LegalBasisRow,
    "MatchCandidate": MatchCandidateRow, "MatchEvidence": MatchEvidenceRow, "Message": MessageRow,
    "Milestone": MilestoneRow, "Organization": OrganizationRow, "OrgUnit": OrgUnitRow, "Person": PersonRow,
    "PersonPpks": PersonPpksRow,
    "PersonDistinct": PersonDistinctRow, "PolicyDecision": PolicyDecisionRow, "PolicyFollowUp": PolicyFollowUpRow,
    "PlanningDocument": PlanningDocumentRow, "PolicyFollowUpSupport": PolicyFollowUpSupportRow,
    "PolicyFollowUpReport": PolicyFollowUpReportRow, "PolicySignal": PolicySignalRow,
    "PolicySignalReport": PolicySignalReportRow, "PpksType": PpksTypeRow, "Programme": ProgrammeRow,
    "PsksType": PsksTypeRow, "Region": RegionRow, "RegistryRecord": RegistryRecordRow,
    "RegistryRelease": RegistryReleaseRow, "Report": ReportRow, "ReportEvent": EventRow,
    "ReportPpksType": ReportPpksTypeRow, "ReportSubject": ReportSubjectRow, "ReportSuggestion": SuggestionRow,
    "Reporter": ReporterRow, "PrintedTable": PrintedTableRow, "TableFinding": TableFindingRow,
    "PublishedPeriod": PublishedPeriodRow, "PublishedCount": PublishedCountRow,
    "StatisticSeries": StatisticSeriesRow, "StatisticValue": StatisticValueRow,
    "SopStep": SopStepRow, "StaffMember": StaffRow, "StaffRole": StaffRoleRow,
    "VervalAssessment": AssessmentRow, "VervalAttachment": AttachmentRow, "VervalChange": ChangeRow,
    "VervalDeliberation": DeliberationRow, "VervalEndorsement": EndorsementRow, "VervalEvent": EventRow,
    "VervalBatch": BatchRow, "VervalBatchLine": BatchLineRow, "VervalDifference": DifferenceRow,
    "VervalFormAnswer": AnswerRow, "VervalProposal": ProposalRow,
}  # fmt: skip

_KEYS = {
    "PlanningDocument": "code", "PpksType": "code", "PsksType": "code", "Region": "code", "Programme": "code",
    "EscalationRule": "code", "SopStep": "number",
}  # fmt: skip


class State:
    """Every row, by type, by key and by any column."""

    def __init__(self, tables: dict[str, list[Row]], sealer: Sealer) -> None:
        self._tables = tables
        self._sealer = sealer
        self._opened: dict[tuple[str, bytes], str] = {}
        self._indexes: dict[tuple[str, str], dict[Any, list[Row]]] = {}
        # Kept by `listing`: by type and order, where each row stands.
        self.places: dict[tuple[str, str], dict[int, int]] = {}

    def all(self, noun: str) -> list[Row]:
        """All rows of a type."""
        return self._tables[noun]

    def where(self, noun: str, column: str, value: Any) -> list[Row]:
        """The rows whose column has this value; none for null, which equals nothing."""
        index = self._indexes.get((noun, column))
        if index is None:
            index = self._indexes[noun, column] = defaultdict(list)
            for row in self._tables[noun]:
                index[getattr(row, column)].append(row)
        return index.get(value, []) if value is not None else []

    def get(self, noun: str, key: Any) -> Row | None:
        """The row with this key."""
        found = self.where(noun, _KEYS.get(noun, "id"), key)
        return found[0] if found else None

    def open(self, label: str, sealed: bytes | None) -> str | None:
        """A sealed text."""
        if sealed is None:
            return None
        if (label, sealed) not in self._opened:
            self._opened[label, sealed] = self._sealer.open(label, sealed)
        return self._opened[label, sealed]

    def nik_index(self, nik: str) -> bytes:
        """The blind index of an identity number."""
        return self._sealer.index("nik", nik)


async def load(database: Database, sealer: Sealer) -> State:
    """Read the whole database."""
    tables = {}
    async with database.write() as session:
        for noun, table in TABLES.items():
            tables[noun] = [_plain(noun, row) for row in (await session.exec(select(table))).all()]
    return State(tables, sealer)


def _plain(noun: str, row: SQLModel) -> Row:
    # The event log has a column of this name too, which nobody reads here.
    return Row(**{**{name: _value(getattr(row, name)) for name in _columns(row)}, "noun": noun})


def _columns(row: SQLModel) -> Iterable[str]:
    return type(row).model_fields


def _value(value: Any) -> Any:
    if isinstance(value, UUID):
        return UUID(int=value.int)  # the driver of PostgreSQL has a class of its own
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value
