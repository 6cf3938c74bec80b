"""Which rows somebody may see: the row rules in plain Python, one row at a time."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from integration.access.viewer import Viewer
from tests.reading.state import Row, State

DESK = {"ADMIN", "TEAM_LEAD", "SECRETARY", "AGENCY_HEAD"}
OFFICE = DESK | {"DIVISION_HEAD", "TEAM_MEMBER", "TKSK", "VILLAGE_OPERATOR", "VERIFIER"}
# Whoever holds or held a report as one of these may see it; what was only suggested, given back or moved gives nothing.
HELD = ("ASSIGNED", "ACKNOWLEDGED", "COMPLETED")


def lies_in(code: str | None, region: str) -> bool:
    """Whether a region code is a region or below it; something without a region is nowhere."""
    return code is not None and (code == region or code.startswith(region + "."))


class Sight:
    """What one viewer sees of one state of the database."""

    def __init__(self, state: State, viewer: Viewer) -> None:
        self._state = state
        self.viewer = viewer
        self.roles = frozenset(role.value for role in viewer.roles)
        # By the identity of a row, which lives as long as the state.
        self._seen: dict[int, bool] = {}

    def _is(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)

    def sees(self, row: Row) -> bool:
        """Whether the viewer may see a row."""
        rule = _RULES.get(row.noun)
        if rule is None:
            return True
        if id(row) not in self._seen:
            self._seen[id(row)] = rule(self, row)
        return self._seen[id(row)]

    def first(self, noun: str, key: Any) -> Row | None:
        """The row with this key, if there is one and the viewer may see it."""
        row = self._state.get(noun, key)
        return row if row is not None and self.sees(row) else None

    # --- reports

    @cached_property
    def reports(self) -> frozenset[Any]:
        """The ids of all reports the viewer may see."""
        return frozenset(report.id for report in self._state.all("Report") if self._may_see(report))

    def _may_see(self, report: Row) -> bool:
        if self._is(*DESK):
            return True
        viewer, confidential = self.viewer, report.sensitivity == "CONFIDENTIAL"
        for held in self._state.where("Assignment", "report_id", report.id):
            if held.state not in HELD:
                continue
            mine = held.staff_id is not None and held.staff_id == viewer.staff_id
            ours = held.unit_id is not None and held.unit_id == viewer.unit_id
            if mine and self._is("DIVISION_HEAD", "TEAM_MEMBER", "TKSK"):
                return True
            if ours and self._is("DIVISION_HEAD", "TEAM_MEMBER") and not confidential:
                return True
            # Given to the unit as such, a confidential report is its head's until somebody is named.
            if ours and held.staff_id is None and self._is("DIVISION_HEAD"):
                return True
        if self._is("TKSK", "VILLAGE_OPERATOR") and self._in_my_area(report.region_code) and not confidential:
            return True
        reporter = self._state.get("Reporter", report.reporter_id)
        return self._is("CITIZEN") and reporter is not None and self._is_me(reporter.account_id)

    def _is_me(self, account_id: Any) -> bool:
        return account_id is not None and account_id == self.viewer.account_id

    def _in_my_area(self, code: str | None) -> bool:
        return any(lies_in(code, region) for region in self.viewer.regions)

    def _report(self, row: Row) -> bool:
        return row.id in self.reports

    def _with_report(self, row: Row) -> bool:
        return row.report_id in self.reports

    def _reporter(self, row: Row) -> bool:
        return any(report.id in self.reports for report in self._state.where("Report", "reporter_id", row.id))

    def _candidate(self, row: Row) -> bool:
        subject = self._state.get("ReportSubject", row.subject_id)
        return subject is not None and self.sees(subject)

    def _match_evidence(self, row: Row) -> bool:
        candidate = self._state.get("MatchCandidate", row.candidate_id)
        return candidate is not None and self.sees(candidate)

    def _assignment(self, row: Row) -> bool:
        own = row.staff_id is not None and row.staff_id == self.viewer.staff_id
        return self._is(*OFFICE) and (row.report_id in self.reports or own)

    # --- people

    @cached_property
    def _people_of_cases(self) -> frozenset[Any]:
        """Whom the visible reports name, surely or perhaps."""
        found = set()
        for report_id in self.reports:
            for subject in self._state.where("ReportSubject", "report_id", report_id):
                found.add(subject.person_id)
                found |= {one.person_id for one in self._state.where("MatchCandidate", "subject_id", subject.id)}
        return frozenset(found - {None})

    @cached_property
    def _families_of_cases(self) -> frozenset[Any]:
        people = [self._state.get("Person", key) for key in self._people_of_cases]
        return frozenset(person.family_id for person in people if person is not None and person.family_id is not None)

    @cached_property
    def people(self) -> frozenset[Any]:
        """The ids of all people the viewer may see."""
        return frozenset(person.id for person in self._state.all("Person") if self._may_see_person(person))

    def _may_see_person(self, person: Row) -> bool:
        if person.merged_into_id is not None:
            return False
        if self._is(*DESK):
            return True
        if self._is("TKSK", "VILLAGE_OPERATOR", "VERIFIER") and self._in_my_area(person.region_code):
            return True
        of_a_case = person.id in self._people_of_cases or person.family_id in self._families_of_cases
        return self._is("DIVISION_HEAD", "TEAM_MEMBER", "TKSK") and of_a_case

    def _person(self, row: Row) -> bool:
        return row.id in self.people

    def _with_person(self, row: Row) -> bool:
        return row.person_id in self.people

    def _family(self, row: Row) -> bool:
        if self._is(*DESK):
            return True
        if self._is("TKSK", "VILLAGE_OPERATOR", "VERIFIER") and self._in_my_area(row.region_code):
            return True
        return self._is("DIVISION_HEAD", "TEAM_MEMBER", "TKSK") and row.id in self._families_of_cases

    # --- proposals

    @cached_property
    def proposals(self) -> frozenset[Any]:
        """The ids of all proposals to correct the registry that the viewer may see."""
        return frozenset(row.id for row in self._state.all("VervalProposal") if self._may_see_proposal(row))

    def _may_see_proposal(self, row: Row) -> bool:
        if self._is(*DESK):
            return True
        if self._is("TKSK", "VILLAGE_OPERATOR", "VERIFIER") and self._in_my_area(row.region_code):
            return True
        ours = row.report_id in self.reports or row.person_id in self.people
        return self._is("DIVISION_HEAD", "TEAM_MEMBER", "TKSK") and ours

    def _proposal(self, row: Row) -> bool:
        return row.id in self.proposals

    def _with_proposal(self, row: Row) -> bool:
        return row.proposal_id in self.proposals

    def _proposal_event(self, row: Row) -> bool:
        return row.noun_id in self.proposals

    def _batch(self, row: Row) -> bool:
        own = row.staff_id is not None and row.staff_id == self.viewer.staff_id
        return self._is(*DESK) or (self._is("VERIFIER") and own)

    def _difference(self, row: Row) -> bool:
        batch = self._state.get("VervalBatch", row.batch_id)
        return batch is not None and self._batch(batch)

    def _form_answer(self, row: Row) -> bool:
        assessment = self._state.get("VervalAssessment", row.assessment_id)
        return assessment is not None and assessment.proposal_id in self.proposals

    # --- the rest

    def _release(self, _row: Row) -> bool:
        return self._is(*OFFICE, "ANALYST", "OPD_CLIENT")

    def _import(self, _row: Row) -> bool:
        return self._is(*DESK, "VERIFIER", "ANALYST")

    def _finding(self, _row: Row) -> bool:
        return self._is(*DESK, "VERIFIER")

    def _printed_table(self, row: Row) -> bool:
        """Accepted ones are public."""
        return row.state == "ACCEPTED" or self._is(*DESK, "ANALYST")

    def _table_finding(self, row: Row) -> bool:
        printed = self._state.get("PrintedTable", row.table_id)
        return printed is not None and self._printed_table(printed)

    def _staff(self, _row: Row) -> bool:
        return self._is(*OFFICE, "ANALYST")

    def _follow_up(self, row: Row) -> bool:
        ours = self.viewer.organization_id
        helpers = self._state.where("PolicyFollowUpSupport", "follow_up_id", row.id)
        is_ours = ours is not None and (row.owner_id == ours or any(one.organization_id == ours for one in helpers))
        return self._is(*OFFICE, "ANALYST") or (self._is("OPD_CLIENT") and is_ours)

    @property
    def sees_counts(self) -> bool:
        """Whether the viewer sees every report, and so is shown exact counts of them."""
        return self._is(*DESK)

    def _evidence(self, row: Row) -> bool:
        """Others see what has been written down for them."""
        return self._with_follow_up(row) and (self.sees_counts or row.told_at is not None)

    def _signal(self, row: Row) -> bool:
        return self.sees_counts or (self._is("ANALYST") and row.told_at is not None)

    # --- meetings

    def _is_called(self, meeting_id: Any) -> bool:
        called = self._state.where("MeetingAttendance", "meeting_id", meeting_id)
        return any(one.organization_id == self.viewer.organization_id for one in called)

    def _meeting(self, row: Row) -> bool:
        return self._is(*OFFICE, "ANALYST") or (self._is("OPD_CLIENT") and self._is_called(row.id))

    def _with_meeting(self, row: Row) -> bool:
        meeting = self._state.get("CoordinationMeeting", row.meeting_id)
        return meeting is not None and self.sees(meeting)

    def _commitment(self, row: Row) -> bool:
        ours = row.owner_id == self.viewer.organization_id or self._is_called(row.meeting_id)
        return self._is(*OFFICE, "ANALYST") or (self._is("OPD_CLIENT") and ours)

    def _planner(self, _row: Row) -> bool:
        return self._is(*OFFICE, "ANALYST", "OPD_CLIENT")

    def _with_follow_up(self, row: Row) -> bool:
        follow_up = self._state.get("PolicyFollowUp", row.follow_up_id)
        return follow_up is not None and self.sees(follow_up)


# A type that stands here nowhere is public.
_RULES: dict[str, Callable[[Sight, Row], bool]] = {
    "Report": Sight._report, "Reporter": Sight._reporter, "ReportSubject": Sight._with_report,
    "MatchCandidate": Sight._candidate, "MatchEvidence": Sight._match_evidence, "Message": Sight._with_report,
    "ReportEvent": Sight._with_report, "ReportSuggestion": Sight._with_report,
    "Assignment": Sight._assignment, "Person": Sight._person,
    "Family": Sight._family, "RegistryRecord": Sight._with_person, "Enrolment": Sight._with_person,
    "ImportBatch": Sight._import, "FindingCount": Sight._import, "ImportFinding": Sight._finding,
    "RegistryRelease": Sight._release, "StaffMember": Sight._staff, "PolicyFollowUp": Sight._follow_up,
    "CoordinationMeeting": Sight._meeting, "AgendaItem": Sight._with_meeting,
    "MeetingAttendance": Sight._with_meeting, "Commitment": Sight._commitment,
    "Milestone": Sight._with_follow_up, "PolicyDecision": Sight._with_follow_up,
    "Disposition": Sight._with_report, "EvidenceSnapshot": Sight._evidence, "PolicySignal": Sight._signal,
    "VervalProposal": Sight._proposal, "VervalChange": Sight._with_proposal,
    "VervalDeliberation": Sight._with_proposal, "VervalAssessment": Sight._with_proposal,
    "VervalEndorsement": Sight._with_proposal, "VervalAttachment": Sight._with_proposal,
    "VervalEvent": Sight._proposal_event, "VervalFormAnswer": Sight._form_answer,
    "PrintedTable": Sight._printed_table, "TableFinding": Sight._table_finding,
    "OutreachActivity": Sight._planner, "PsksResource": Sight._planner,
    "VervalBatch": Sight._batch, "VervalDifference": Sight._difference,
}  # fmt: skip
