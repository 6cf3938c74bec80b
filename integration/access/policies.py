"""Who may use which field, filter and order: one line each, and what has no line is refused.

Fields here, rows in each noun's `visible_to`. A non-null field is open to everyone who may see the object, because
GraphQL could not hide it alone. Coordinates are the contract's: "Report.description", "ReportFilter.status",
"ReportOrderField.NUMBER".
"""

from collections.abc import Callable, Mapping

from integration.access.viewer import OFFICE, WHOLE_OFFICE
from integration.codes import Role

EVERYONE = frozenset(Role)
# Who works on reports: the office, without the verifier, who works on the registry.
HANDLERS = OFFICE - {Role.VERIFIER}
# Who may read what a report says: its handlers and the citizen who made it.
READERS = HANDLERS | {Role.CITIZEN, Role.SYSTEM_CLIENT}
# Who may read people of the registry.
REGISTRY = OFFICE
# Who may ask whether somebody is in the registry; partners only by agreement (`integration.organizations.agreement`).
MATCHERS = frozenset({Role.ADMIN, Role.TEAM_LEAD, Role.SECRETARY, Role.VERIFIER, Role.OPD_CLIENT})
# Who sees registry files come in, and who brings them in: the head of the agency leaves that to others.
IMPORTERS = WHOLE_OFFICE | {Role.VERIFIER}
IMPORTING = IMPORTERS - {Role.AGENCY_HEAD}
PLANNERS = OFFICE | {Role.ANALYST, Role.OPD_CLIENT}


def _rules() -> Mapping[str, frozenset[Role]]:  # noqa: PLR0915 - a table, a statement a line
    table: dict[str, frozenset[Role]] = {}

    def allow(roles: frozenset[Role], type_name: str, names: str) -> None:
        for name in names.split():
            coordinate = f"{type_name}.{name}"
            if coordinate in table:
                raise ValueError(f"{coordinate} has two rules")
            table[coordinate] = roles

    allow(
        EVERYONE, "Query", "viewer node nodes report reports person people registryReleases staffMembers staffSummary"
    )
    allow(EVERYONE, "Query", "organizations regions ppksTypes psksTypes sopSteps policyFollowUps reportStatistics")
    allow(EVERYONE, "Query", "trackReport policySignals dimensionScorecard")
    allow(HANDLERS, "Query", "monthlyRecap")
    # Open to the asking: who may be told, for what and how often is decided with each call, and told in its answer.
    allow(EVERYONE, "Query", "matchRegistry matchRegistryMany")
    allow(frozenset({Role.AUDITOR, Role.AGENCY_HEAD, Role.SECRETARY, Role.OPD_CLIENT}), "Query", "registryUse")
    allow(EVERYONE, "Mutation", "reportSubmit")
    # Every act is open to the field's asking; who may do it from where is the table of `integration.reports.rules`.
    allow(EVERYONE, "Mutation", "reportVerify reportRequestInfo reportClassify reportReject reportMerge reportUnmerge")
    allow(EVERYONE, "Mutation", "reportAcknowledge reportForward reportDispose reportStartFollowUp reportAddAction")
    allow(EVERYONE, "Mutation", "reportDraftReply reportSendReply reportArchive reportReopen reportWithdraw")
    allow(EVERYONE, "Mutation", "outcomeConfirm outcomeVerify subjectConfirmMatch subjectRejectMatch reportsAssign")
    allow(EVERYONE, "Mutation", "subjectMarkNotInRegistry")
    # Who enters an agreement is for `integration.organizations.service` to say.
    allow(EVERYONE, "Mutation", "agreementRecord agreementEnd")
    allow(EVERYONE, "Mutation", "assignmentAcknowledge assignmentReturn")
    # Who may do what to a proposal is the table of `integration.verval.rules`.
    allow(EVERYONE, "Query", "vervalProposals vervalBatches")
    allow(EVERYONE, "Mutation", "vervalPropose vervalObject vervalRevise vervalDeliberate vervalVerify vervalEndorse")
    allow(EVERYONE, "Mutation", "vervalReturn vervalWithdraw vervalAssess vervalBatchCreate vervalBatchResult")
    allow(EVERYONE, "Mutation", "vervalEndorseMany")
    allow(EVERYONE, "VervalPayload", "proposal errors")
    allow(EVERYONE, "VervalManyPayload", "results errors")
    allow(EVERYONE, "VervalBatchPayload", "batch errors")
    _verval(allow)
    _meetings(allow)
    # Who may decide on policy is for `integration.policy.rules` to say.
    allow(EVERYONE, "Mutation", "signalAccept signalDismiss policyFollowUpPropose policyFollowUpAdvance")
    allow(EVERYONE, "Mutation", "policyFollowUpCompleteMilestone")
    allow(EVERYONE, "PolicySignalPayload", "policySignal errors")
    allow(EVERYONE, "PolicyFollowUpPayload", "policyFollowUp errors")
    allow(EVERYONE, "ReportPayload", "report errors")
    allow(EVERYONE, "ReportsAssignPayload", "results errors")
    allow(EVERYONE, "AssignmentPayload", "assignment errors")

    allow(EVERYONE, "Viewer", "name roles staff unit organization regions scopes purpose")
    allow(
        EVERYONE,
        "Report",
        "id number version channel status sopStep ppksTypes priority sensitivity receivedAt updatedAt slaState "
        "citizenConfirmed verifiedOutcome",
    )
    allow(
        READERS,
        "Report",
        "entryPoint outcome category description region reporter dueAt reopenableUntil messages timeline subjects",
    )
    allow(READERS, "Report", "availableActions suggestions")
    allow(EVERYONE, "ReportSuggestion", "id field start end confidence")
    allow(READERS, "ReportSuggestion", "value region message")
    allow(EVERYONE, "AvailableAction", "name allowed reasonCode message requiredInput")
    allow(HANDLERS, "Report", "assignments dispositions")
    allow(HANDLERS | {Role.ANALYST}, "Report", "followUps")
    allow(EVERYONE, "Reporter", "kind language")
    allow(READERS, "Reporter", "name phone organizationName")
    allow(EVERYONE, "ReportSubject", "id matchState")
    allow(READERS, "ReportSubject", "name nik approximateAge sex region note searchedBy")
    allow(HANDLERS, "ReportSubject", "candidates person availableActions")
    allow(EVERYONE, "MatchCandidate", "score evidence")
    allow(HANDLERS, "MatchCandidate", "person")
    allow(EVERYONE, "MatchEvidence", "field comparison weight")
    allow(EVERYONE, "Message", "id direction kind at")
    allow(READERS, "Message", "text deliveryState")
    allow(EVERYONE, "ReportEvent", "id sequence act at")
    allow(READERS, "ReportEvent", "sopStep from to legalBasis")
    allow(HANDLERS, "ReportEvent", "actor note")
    allow(EVERYONE, "Disposition", "id number at")
    allow(HANDLERS, "Disposition", "from assignment instruction dueAt parent")
    allow(EVERYONE, "Receipt", "number trackingCode")
    allow(EVERYONE, "ReportSubmitPayload", "report receipt errors")
    allow(EVERYONE, "UserError", "code message field currentVersion")

    allow(EVERYONE, "Person", "id")
    allow(
        REGISTRY,
        "Person",
        "name nik sex birthDate region deceased family registryRecords currentRegistry enrolments ppks",
    )
    allow(
        REGISTRY,
        "Person",
        "dataQuality possibleDuplicates",
    )
    allow(REGISTRY, "Person", "proposals")
    allow(HANDLERS, "Report", "proposals")
    allow(HANDLERS, "Person", "reports")
    allow(REGISTRY, "PersonDuplicate", "person")
    allow(EVERYONE, "PersonDuplicate", "reasons explanation score")
    # Who may do it is decided in `integration.people.service`, and told in the payload.
    allow(EVERYONE, "Mutation", "personMerge personUnmerge personRejectDuplicate")
    allow(EVERYONE, "PersonPayload", "person errors")
    allow(EVERYONE, "QualityFinding", "rule severity field message")
    allow(EVERYONE, "Family", "id")
    allow(REGISTRY, "Family", "kk members region")
    allow(EVERYONE, "RegistryRelease", "id scheme period receivedAt source people supersedes")
    allow(EVERYONE, "RegistryRecord", "scheme release status asOf staleness")
    allow(REGISTRY, "RegistryRecord", "desil")
    allow(EVERYONE, "MatchRegistryAnswer", "result scheme desilBand asOf errors")
    allow(OFFICE | {Role.ANALYST}, "Query", "registryIndicators registryComparison")
    _measures(allow)
    allow(EVERYONE, "RegistryIndicators", "rows asOf")
    allow(EVERYONE, "RegistryIndicatorRow", "regionCode region state records checked valid mapped dated fresh")
    allow(EVERYONE, "RegistryIndicatorRow", "validPercent mappedPercent freshPercent")
    allow(EVERYONE, "RegistryComparison", "rows asOf")
    allow(EVERYONE, "RegistryComparisonRow", "regionCode region state entered left desilChanged moved unchanged")
    allow(OFFICE, "Query", "registryChanges")
    allow(EVERYONE, "RegistryChange", "kind")
    allow(REGISTRY, "RegistryChange", "person desilFrom desilTo regionFrom regionTo")
    allow(REGISTRY, "RegistryChangeFilter", "kind region")
    allow(EVERYONE, "RegistryUse", "rows total asOf")
    allow(EVERYONE, "RegistryUseRow", "month organizationCode organization purpose result count")
    allow(EVERYONE, "Enrolment", "programme programmeName status")
    allow(REGISTRY, "Enrolment", "from to")

    allow(IMPORTERS | {Role.ANALYST}, "Query", "importBatches")
    # Who may is told in the payload; see `integration.registry.importing.requests`.
    allow(EVERYONE, "Mutation", "registryImportStage registryImportApply registryImportDiscard")
    allow(EVERYONE, "RegistryImportPayload", "importBatch errors")
    allow(EVERYONE, "ImportBatch", "id kind scheme period supplement fileName state problem rows faultyRows")
    allow(EVERYONE, "ImportBatch", "refusedRows createdAt appliedAt release findingCounts")
    allow(IMPORTERS, "ImportBatch", "findings")
    allow(EVERYONE, "FindingCount", "rule severity count")
    allow(EVERYONE, "ImportFinding", "row column rule severity valueClass suggestion")

    allow(EVERYONE, "StaffMember", "id name employment roles openAssignments capacity onDuty active")
    allow(PLANNERS, "StaffMember", "unit district")
    allow(HANDLERS, "StaffMember", "assignments lastActivityAt")
    allow(EVERYONE, "StatisticTable", "columns measures rows asOf published from to source")
    allow(EVERYONE, "StatisticRow", "key labels count suppressed values")
    allow(EVERYONE, "StatisticMeasure", "measure label unit formula")
    allow(EVERYONE, "StatisticFigure", "measure state value cases")
    _statistics(allow)
    allow(EVERYONE, "MonthlyRecap", "month rows outcomes total asOf")
    allow(EVERYONE, "MonthlyRecapRow", "category districtCode district outcome count")
    allow(EVERYONE, "RecapOutcome", "outcome count")
    allow(EVERYONE, "PublicReportStatus", "number status sopStep sopStepTitle receivedAt updatedAt lastReply")
    allow(EVERYONE, "StaffSummary", "rows total")
    allow(EVERYONE, "StaffSummaryRow", "employment ageBand count")
    allow(EVERYONE, "Assignment", "id role assignedAt state")
    allow(HANDLERS, "Assignment", "report staff unit instruction dueAt reason")

    allow(EVERYONE, "Organization", "id code shortName name kind units")
    allow(PLANNERS | {Role.AUDITOR}, "Organization", "dataSharingAgreement")
    allow(EVERYONE, "DataSharingAgreement", "number purposes validTo inForce")
    allow(EVERYONE, "OrganizationPayload", "organization errors")
    allow(EVERYONE, "OrgUnit", "id code name organization")
    allow(EVERYONE, "Region", "code name level kind parent children")
    allow(EVERYONE, "PpksType", "code term name dataClass")
    allow(EVERYONE, "PsksType", "code term name")
    allow(EVERYONE, "SopStep", "number text role legalBasis")
    allow(EVERYONE, "LegalBasis", "code title number year")

    allow(EVERYONE, "PolicyFollowUp", "id title problem dimension status version milestones decisions evidence")
    allow(EVERYONE, "PolicyFollowUp", "meetings commitments supporters")
    allow(PLANNERS, "PolicyFollowUp", "planningDocument planItem legalBasis")
    allow(EVERYONE, "Query", "planningDocuments")
    allow(EVERYONE, "PlanningDocument", "code kind title issuer fromYear toYear source")
    allow(EVERYONE, "Mutation", "policyFollowUpRevise policyFollowUpAddEvidence")
    allow(PLANNERS, "PolicyFollowUp", "owner instrument documentNumber budgetIdr publicSummary dueAt reports")
    allow(EVERYONE, "Milestone", "id title")
    allow(PLANNERS, "Milestone", "dueAt completedAt")
    allow(EVERYONE, "PolicyDecision", "at decision")
    allow(PLANNERS, "PolicyDecision", "document note meeting")
    allow(EVERYONE, "EvidenceSnapshot", "takenAt kind count of query queryHash membersHash description")
    allow(EVERYONE, "PolicySignal", "id version rule why count of region unit category windowFrom windowTo state")
    allow(EVERYONE, "PolicySignal", "organization topic")
    allow(EVERYONE, "PolicySignal", "raisedAt decidedAt followUp")
    allow(PLANNERS, "PolicySignal", "reason reports")
    allow(EVERYONE, "DimensionScorecard", "rows")
    allow(EVERYONE, "DimensionScore", "dimension value state met explanation evidence")
    allow(EVERYONE, "ScoreEvidence", "kind title")

    # Filters and orders: whoever may not read a field may not find out its value by asking for rows that have it.
    allow(EVERYONE, "ReportFilter", "status channel receivedAt ppksType slaState")
    allow(READERS, "ReportFilter", "category region")
    allow(HANDLERS, "ReportFilter", "assignedTo")
    allow(HANDLERS | {Role.ANALYST}, "ReportFilter", "hasFollowUp")
    allow(EVERYONE, "ReportOrderField", "RECEIVED_AT UPDATED_AT NUMBER")
    allow(READERS, "ReportOrderField", "DUE_AT")
    allow(REGISTRY, "PersonFilter", "possibleDuplicate region desil ppksType programme")
    allow(REGISTRY, "PersonFilter", "nik")
    allow(PLANNERS, "StaffFilter", "unit district")
    allow(EVERYONE, "StaffFilter", "role employment onDuty")
    allow(HANDLERS, "StaffFilter", "idleSince")
    allow(EVERYONE, "OrganizationFilter", "kind")
    allow(EVERYONE, "PolicyFollowUpFilter", "status dimension")
    allow(PLANNERS, "PolicyFollowUpFilter", "owner")

    # Whoever does not handle reports counts by what is published only (`integration.reports.published`).
    allow(EVERYONE, "ReportDimension", "DISTRICT CATEGORY MONTH CHANNEL")
    allow(HANDLERS, "ReportDimension", "VILLAGE PPKS_TYPE STATUS UNIT ORGANIZATION DIMENSION")

    # The shapes of pages say nothing that their items do not.
    allow(EVERYONE, "*Connection", "nodes edges pageInfo totalCount")
    allow(EVERYONE, "*Edge", "cursor node")
    allow(EVERYONE, "PageInfo", "hasNextPage hasPreviousPage startCursor endCursor")
    return table


def _measures(allow: Callable[[frozenset[Role], str, str], None]) -> None:
    """What is counted and told about the whole regency; what is too small to tell is for each statistic to say."""
    allow(PLANNERS, "Query", "spmIndicators")
    allow(EVERYONE, "SpmIndicators", "year rows staleAfterDays source formula asOf")
    allow(EVERYONE, "SpmIndicator", "service term name legalBasis year months missingMonths lastAsOf isStale alert")
    allow(EVERYONE, "SpmFigure", "month target served unserved unservedPercent state asOf source collectedBy method")
    allow(EVERYONE, "SpmFigure", "note recordedAt revisions")
    allow(OFFICE | {Role.ANALYST}, "Query", "ppksCoverage reach scoreboard")
    allow(PLANNERS, "Query", "psksCounts")
    allow(EVERYONE, "PpksCoverage", "from to rows recordedTypes neverRecordedTypes expectedTypes warning source")
    allow(EVERYONE, "PpksCoverage", "formula asOf")
    allow(EVERYONE, "PpksCoverageRow", "code term name spmService isRecorded everRecorded reports people proposals")
    allow(EVERYONE, "PpksCoverageRow", "state")
    allow(EVERYONE, "Reach", "from to rows total unmapped unmappedState silentDistricts entryPoints outreach source")
    allow(EVERYONE, "Reach", "formula asOf")
    allow(EVERYONE, "ReachRow", "regionCode region reports reportsState population populationYear populationSource")
    allow(EVERYONE, "ReachRow", "perThousand perThousandState isSilent lastReportOn silentDays")
    allow(EVERYONE, "EntryPointUse", "channel entryPoint reports")
    allow(EVERYONE, "OutreachEffect", "activityId heldOn kind title regionCode windowDays before after state")
    allow(EVERYONE, "PsksCounts", "rows known total source formula asOf")
    allow(EVERYONE, "PsksCount", "type term regionCode region count state dataAsOf")
    allow(EVERYONE, "Scoreboard", "period subject isClosed rows least benchmarks source formula dataAsOf asOf")
    allow(EVERYONE, "ScoreboardRow", "code name isRanked rank score validity completeness freshness")
    allow(EVERYONE, "ScoreFactor", "numerator denominator ratio state")
    allow(EVERYONE, "Benchmark", "name year ppks ppksTypes psks psksTypes source")
    allow(EVERYONE, "Query", "outreachActivities psksResources awards")
    allow(EVERYONE, "OutreachActivity", "id heldOn kind title region audience attendance source recordedAt")
    allow(EVERYONE, "OutreachActivityFilter", "kind region")
    allow(EVERYONE, "PsksResource", "id version type name region activeFrom activeTo isActive source asOf recordedAt")
    allow(OFFICE, "PsksResource", "phone")
    allow(EVERYONE, "PsksResourceFilter", "type region isActive")
    allow(EVERYONE, "Award", "id period subject rank region organization score formula note grantedAt")
    # Who may record what is for each service to say.
    allow(EVERYONE, "Mutation", "spmRecord outreachRecord populationRecord psksResourceRecord psksResourceEnd")
    allow(EVERYONE, "Mutation", "psksTakeStock awardGrant")
    allow(EVERYONE, "OutreachPayload", "outreachActivity errors")
    allow(EVERYONE, "PsksPayload", "psksResource errors")
    allow(EVERYONE, "PsksStocktakePayload", "done errors")
    allow(EVERYONE, "PopulationPayload", "done errors")
    allow(EVERYONE, "AwardPayload", "award errors")
    allow(EVERYONE, "SpmPayload", "indicator errors")


def _verval(allow: Callable[[frozenset[Role], str, str], None]) -> None:
    allow(
        EVERYONE,
        "VervalProposal",
        "id version action reason status scheme profile isObjection round createdAt updatedAt expectedInNextRelease",
    )
    allow(
        REGISTRY,
        "VervalProposal",
        "person region batch changes note deliberations assessments endorsements attachments centralReason closedAt "
        "availableActions timeline",
    )
    # What a report says is for its handlers, also by this way.
    allow(HANDLERS, "VervalProposal", "subject report")
    allow(EVERYONE, "VervalChange", "field")
    allow(REGISTRY, "VervalChange", "value")
    allow(EVERYONE, "VervalDeliberation", "id round heldOn attendance at")
    allow(REGISTRY, "VervalDeliberation", "minutesNumber place organizations")
    allow(EVERYONE, "VervalAssessment", "id round form formVersion recommendation visitedOn photos at")
    allow(REGISTRY, "VervalAssessment", "latitude longitude answers")
    allow(EVERYONE, "VervalFormAnswer", "question")
    allow(REGISTRY, "VervalFormAnswer", "value")
    allow(EVERYONE, "VervalEndorsement", "id round documentDate at")
    allow(REGISTRY, "VervalEndorsement", "documentNumber")
    allow(EVERYONE, "VervalAttachment", "id round mediaType size sha256 at")
    allow(EVERYONE, "VervalBatch", "id scheme profile createdAt lines accepted rejected returned")
    allow(REGISTRY, "VervalBatch", "proposals differences")
    allow(EVERYONE, "VervalDifference", "id line kind")
    allow(REGISTRY, "VervalDifference", "proposal")
    allow(EVERYONE, "VervalEvent", "id act from to at")
    allow(REGISTRY, "VervalEvent", "actor note legalBasis")
    allow(EVERYONE, "VervalProposalFilter", "status action reason scheme isObjection isOpen")
    allow(REGISTRY, "VervalProposalFilter", "region person")


def _statistics(allow: Callable[[frozenset[Role], str, str], None]) -> None:
    """Public figures; which small ones are withheld, and who sees a table before it was accepted, is for the views."""
    about = "concept definition classification measure unit source collectedBy method licence aboutPeople asOf title"
    allow(EVERYONE, "Query", "statisticSeries statisticValues printedTables")
    allow(EVERYONE, "StatisticSeries", f"id code {about} formula updatedAt values table")
    allow(EVERYONE, "StatisticValue", "series region group category periodFrom periodTo state value unknownReason")
    allow(EVERYONE, "StatisticValue", "doubts working asOf table")
    allow(EVERYONE, "PrintedTable", f"id version seriesCode {about} columns periodFrom periodTo tolerance state rows")
    allow(EVERYONE, "PrintedTable", "errors warnings note createdAt decidedAt findings")
    allow(EVERYONE, "TableFinding", "rule severity row column expected printed difference message")
    # Who brings tables in is for `integration.statistics.service` to say.
    allow(EVERYONE, "Mutation", "statisticTableStage statisticTableAccept statisticTableDiscard")
    allow(EVERYONE, "StatisticTablePayload", "table errors")
    allow(EVERYONE, "StatisticSeriesFilter", "code")
    allow(EVERYONE, "StatisticValueFilter", "series region")


def _meetings(allow: Callable[[frozenset[Role], str, str], None]) -> None:
    allow(EVERYONE, "Query", "coordinationMeetings commitments")
    # Who may call a meeting and who puts it on record is for `integration.meetings.rules` to say.
    allow(EVERYONE, "Mutation", "meetingSchedule meetingReschedule meetingRecord meetingCancel")
    allow(EVERYONE, "Mutation", "commitmentComplete commitmentCancel")
    allow(EVERYONE, "MeetingPayload", "meeting errors")
    allow(EVERYONE, "CommitmentPayload", "commitment errors")
    allow(EVERYONE, "CoordinationMeeting", "id version title level state startsAt agenda attendance commitments")
    allow(PLANNERS, "CoordinationMeeting", "place minutesNumber minutes cancelReason")
    allow(EVERYONE, "AgendaItem", "id position topic followUp")
    allow(EVERYONE, "MeetingAttendance", "organization attended")
    allow(EVERYONE, "Commitment", "id version text owner dueAt state overdue closedAt meeting followUp")
    allow(PLANNERS, "Commitment", "note")
    allow(EVERYONE, "CoordinationMeetingFilter", "level state")
    allow(EVERYONE, "CommitmentFilter", "state overdue owner")


RULES = _rules()


def allowed(coordinate: str, roles: frozenset[Role]) -> bool:
    """Whether one of these roles may use a field, filter or order. No line means no."""
    return not RULES.get(coordinate, frozenset()).isdisjoint(roles)
