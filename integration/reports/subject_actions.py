"""`ReportSubject.availableActions`: what may be done about a described person, and what may be proposed for them."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.codes import Language, MatchState, ReportStatus, Role
from integration.reading.scope import Scope
from integration.reading.view import Columns, Computed, code, flag, table
from integration.reports import subject_rules as rules
from integration.reports.actions import LANGUAGE
from integration.reports.tables import MatchCandidateRow, ReportRow


def _status(subject: Columns, scope: Scope) -> ColumnElement[Any]:
    report = table(ReportRow).alias(scope.alias())
    return sa.select(report.c.status).where(report.c.id == subject.report_id).scalar_subquery()


def _has_candidate(subject: Columns, scope: Scope) -> ColumnElement[bool]:
    candidate = table(MatchCandidateRow).alias(scope.alias())
    suggested = sa.exists(sa.select(sa.literal_column("1")).where(candidate.c.subject_id == subject.id))
    return sa.or_(subject.person_id.is_not(None), suggested)


def _has_name(subject: Columns, _scope: Scope) -> ColumnElement[bool]:
    there: ColumnElement[bool] = subject.name.is_not(None)
    return there


LEAVES = {
    "match_state": code(MatchState, "match_state"),
    "status": code(ReportStatus, _status),
    "has_candidate": flag(_has_candidate),
    "has_name": flag(_has_name),
}


def facts_of(values: Mapping[str, Any]) -> rules.Facts:
    """The facts from what the road read."""
    return rules.Facts(
        MatchState(values["match_state"]),
        ReportStatus(values["status"]),
        bool(values["has_candidate"]),
        bool(values["has_name"]),
    )


def _make(values: Mapping[str, Any], roles: frozenset[Role]) -> list[tuple[Any, ...]]:
    facts, language = facts_of(values), Language(values["language"])
    made: list[tuple[Any, ...]] = []
    for act in rules.ROLES:
        refused = rules.decide(act, facts, roles)
        reason = None if refused is None else str(refused.code)
        message = None if refused is None else refused.english if language is Language.EN else refused.indonesian
        made.append((act, refused is None, reason, message, rules.required_input(act, facts)))
    return made


SUBJECT_ACTIONS = Computed(
    "AvailableAction",
    ("name", "allowed", "reasonCode", "message", "requiredInput"),
    {**LEAVES, "language": LANGUAGE},
    _make,
)
