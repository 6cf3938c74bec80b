"""What may be done with a report, with somebody it is about and with a proposal: for the second reader, act by act.

Who may do what from where stands in the tables written by hand for the tests of the acts; here stands how each
condition is found in the rows, and in `reasons` in which words a refusal is told.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.procedure import matrix as of_reports
from tests.reading import reasons
from tests.reading.reasons import Reason
from tests.reading.state import Row
from tests.verval import matrix as of_proposals

if TYPE_CHECKING:
    from tests.reading.fields import Call

_OPEN = ("ASSIGNED", "ACKNOWLEDGED")
_HANDLERS = ("DIVISION_HEAD", "TEAM_MEMBER", "TKSK")
# Those who say who somebody is.
_DECIDERS = {"ADMIN", "TEAM_LEAD", "SECRETARY", "VERIFIER"}
# Whoever may withdraw a proposal of their own is one who may make one.
_PROPOSERS = {of_proposals.ROLES[letter] for letter in of_proposals.letters("vervalWithdraw", "PROPOSED")}

# A condition as it stands for a row, a viewer and the role they would act in (its letter).
Fact = Callable[["Call", Row, str], Any]


# --- what is known of a report


def _open(call: "Call", report: Row) -> list[Row]:
    return [one for one in call.state.where("Assignment", "report_id", report.id) if one.state in _OPEN]


def _holds_unit(call: "Call", report: Row, _letter: str = "D") -> bool:
    ours = call.sight.viewer.unit_id
    return ours is not None and any(one.unit_id == ours for one in _open(call, report))


def _is_assignee(call: "Call", report: Row, letter: str) -> bool:
    """By name; what is given to a unit is its head's."""
    me = call.sight.viewer.staff_id
    named = me is not None and any(one.staff_id == me for one in _open(call, report))
    return named or (letter == "D" and _holds_unit(call, report))


def _is_reporter(call: "Call", report: Row, _letter: str) -> bool:
    reporter, me = call.state.get("Reporter", report.reporter_id), call.sight.viewer.account_id
    return reporter is not None and me is not None and reporter.account_id == me


def _is_drafter(call: "Call", report: Row, _letter: str) -> bool:
    """Of the reply that waits to be sent."""
    me = call.sight.viewer.staff_id
    waiting = [one for one in call.state.where("Reply", "report_id", report.id) if one.sent_at is None]
    return me is not None and any(one.drafter_id == me for one in waiting)


def _handled_here(call: "Call", report: Row, _letter: str) -> bool:
    viewer = call.sight.viewer
    return any(
        one.state in (*_OPEN, "COMPLETED")
        and one.role in _HANDLERS
        and ((one.staff_id is not None and one.staff_id == viewer.staff_id)
             or (one.unit_id is not None and one.unit_id == viewer.unit_id))
        for one in call.state.where("Assignment", "report_id", report.id)
    )  # fmt: skip


def _until(call: "Call", limit: datetime | None) -> str | None:
    """The last moment itself is still in time."""
    if limit is None:
        return None
    return "past" if limit < call.now else "ahead"


def _is_escalated(call: "Call", report: Row) -> bool:
    """Whether the step it is in was brought before the head of the agency."""
    running = [one for one in call.state.where("Clock", "report_id", report.id) if one.ended_at is None]
    told = [one for clock in running for one in call.state.where("HandOver", "clock_id", clock.id)]
    return any(one.to == "AGENCY_HEAD" for one in told)


_OF_REPORT: dict[str, Fact] = {
    "has_category": lambda _call, report, _letter: report.category is not None,
    "has_region": lambda _call, report, _letter: report.region_code is not None,
    "holds_unit": _holds_unit,
    "is_assignee": _is_assignee,
    "has_action": lambda call, report, _letter: bool(call.state.where("FollowUpAction", "report_id", report.id)),
    "is_drafter": _is_drafter,
    "unmergeable_until": lambda call, report, _letter: _until(
        call, None if report.merged_at is None else report.merged_at + timedelta(days=30)
    ),
    "reopenable_until": lambda call, report, _letter: _until(call, report.reopenable_until),
    "is_reporter": _is_reporter,
    "is_confirmed": lambda _call, report, _letter: report.outcome_confirmed_at is not None,
    "handled_here": _handled_here,
    "is_verified": lambda _call, report, _letter: report.outcome_verified_at is not None,
}


# --- what is known of a proposal


def _in_this_round(call: "Call", noun: str, proposal: Row) -> list[Row]:
    found = call.state.where(noun, "proposal_id", proposal.id)
    return [one for one in found if one.round == proposal.round]


def _is_me(call: "Call", account_id: Any) -> bool:
    return account_id is not None and account_id == call.sight.viewer.account_id


_OF_PROPOSAL: dict[str, Fact] = {
    "is_proposer": lambda call, proposal, _letter: _is_me(call, proposal.proposer_id),
    "is_assessor": lambda call, proposal, _letter: any(
        _is_me(call, visit.assessor_id) for visit in _in_this_round(call, "VervalAssessment", proposal)
    ),
    "has_minutes": lambda call, proposal, _letter: bool(_in_this_round(call, "VervalDeliberation", proposal)),
}


# --- decisions


@dataclass(frozen=True, slots=True)
class _Procedure:
    """One of the tables, how its conditions are found, and the words for a state an act does not go from."""

    table: Any
    facts: dict[str, Fact]
    elsewhere: Callable[[Row, list[str]], Reason]

    def actions(self, call: "Call", row: Row, roles: Collection[str]) -> list[Row]:
        """Every act of the table."""
        return [_told(call, act, self._against(call, act, row, roles)) for act in self.table.ACTS]

    def _against(self, call: "Call", act: str, row: Row, roles: Collection[str]) -> Reason | None:
        mine = {letter for letter, role in self.table.ROLES.items() if role in roles}
        states = [state for state in self.table.STATES if self.table.letters(act, state)]
        if not any(mine & set(self.table.letters(act, state)) for state in states):
            return reasons.ROLE
        if row.status not in states:
            return self.elsewhere(row, states)
        able = mine & set(self.table.letters(act, row.status))
        if not able:
            return reasons.NOT_HERE.get(act, reasons.ROLE)
        hurdles = [self._hurdle(call, act, row, letter) for letter in able]
        if None in hurdles:
            return None
        # In the role that comes nearest: who may in one of them is told what is still missing for it.
        return max((one for one in hurdles if one is not None), key=lambda one: one.code != "FORBIDDEN")

    def _hurdle(self, call: "Call", act: str, row: Row, letter: str) -> Reason | None:
        """The first thing amiss: who may not at all is not told what else is missing."""
        found = list(self._amiss(call, act, row, letter))
        if {"has_category", "has_region"} <= {fact for fact, _ in found}:
            return reasons.NEITHER
        ordered = sorted(found, key=lambda one: one[1] != "FORBIDDEN")
        return next((reasons.AMISS[fact] for fact, _ in ordered), None)

    def _amiss(self, call: "Call", act: str, row: Row, letter: str) -> Iterator[tuple[str, str]]:
        for about, given, whom, code in self.table.CONDITIONS:
            if about != act or (whom != "ALL" and letter not in whom):
                continue
            for fact, bad in given.items():
                if self.facts[fact](call, row, letter) == bad:
                    assert reasons.AMISS[fact].code == code
                    yield fact, code


_REPORTS = _Procedure(of_reports, _OF_REPORT, reasons.report_elsewhere)
_PROPOSALS = _Procedure(of_proposals, _OF_PROPOSAL, reasons.proposal_elsewhere)


def _told(call: "Call", act: str, reason: Reason | None, more: tuple[str, ...] = ()) -> Row:
    in_english = call.sight.viewer.language == "EN"
    return Row(
        noun="AvailableAction", name=act, allowed=reason is None,
        reason_code=None if reason is None else reason.code,
        message=None if reason is None else reason.english if in_english else reason.indonesian,
        required_input=[*reasons.REQUIRED.get(act, ()), *more],
    )  # fmt: skip


def _report(call: "Call", report: Row) -> list[Row]:
    roles = set(call.sight.roles)
    if "AGENCY_HEAD" in roles and _is_escalated(call, report):
        roles.add("TEAM_LEAD")
    return _REPORTS.actions(call, report, roles)


def _proposal(call: "Call", proposal: Row) -> list[Row]:
    return _PROPOSALS.actions(call, proposal, call.sight.roles)


def _subject(call: "Call", subject: Row) -> list[Row]:
    """Say who it is, that it is not who was suggested, that the registry has no such person; and propose them."""
    report = call.state.get("Report", subject.report_id)
    assert report is not None
    confirmed, roles = subject.match_state == "CONFIRMED", call.sight.roles
    nobody = subject.person_id is None and not call.state.where("MatchCandidate", "subject_id", subject.id)
    against = {
        "subjectConfirmMatch": reasons.CONFIRMED if confirmed else None,
        "subjectRejectMatch": reasons.NOBODY if nobody else None,
        "subjectMarkNotInRegistry": reasons.CONFIRMED if confirmed else None,
        "vervalPropose": None,
    }
    if report.status == "WITHDRAWN":
        against = dict.fromkeys(against, reasons.WITHDRAWN)
    if roles.isdisjoint(_DECIDERS):
        against |= dict.fromkeys(set(against) - {"vervalPropose"}, reasons.ROLE)
    if roles.isdisjoint(_PROPOSERS):
        against["vervalPropose"] = reasons.ROLE
    # Somebody new is proposed by name.
    more = {"vervalPropose": ("changes",) if subject.name is None and not confirmed else ()}
    return [_told(call, act, reason, more.get(act, ())) for act, reason in against.items()]


COMPUTED: dict[str, Callable[["Call", Row], list[Row]]] = {
    "Report.availableActions": _report,
    "ReportSubject.availableActions": _subject,
    "VervalProposal.availableActions": _proposal,
}
