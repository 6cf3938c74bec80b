"""What decisions about a proposal rest on, in SQL: for `availableActions` and, by the service, inside the act."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.codes import Language, VervalStatus
from integration.reading.scope import Scope
from integration.reading.view import Columns, Computed, Leaf, code, flag, table, text
from integration.reports.actions import LANGUAGE
from integration.verval import rules
from integration.verval.profiles import profiles
from integration.verval.tables import AssessmentRow, DeliberationRow

_ONE: ColumnElement[Any] = sa.literal_column("1")


def _has_minutes(proposal: Columns, scope: Scope) -> ColumnElement[bool]:
    held = table(DeliberationRow).alias(scope.alias())
    return sa.exists(sa.select(_ONE).where(held.c.proposal_id == proposal.id, held.c.round == proposal.round))


def _is_assessor(proposal: Columns, scope: Scope) -> ColumnElement[bool]:
    visit = table(AssessmentRow).alias(scope.alias())
    mine = sa.and_(
        visit.c.proposal_id == proposal.id,
        visit.c.round == proposal.round,
        visit.c.assessor_id == scope.viewer("account_id"),
    )
    return sa.exists(sa.select(_ONE).where(mine))


def _is_proposer(proposal: Columns, scope: Scope) -> ColumnElement[bool]:
    # Somebody without an account has proposed nothing; null must not be undecided here.
    return sa.func.coalesce(proposal.proposer_id == scope.viewer("account_id"), sa.false())


LEAVES: Mapping[str, Leaf] = {
    "status": code(VervalStatus, "status"),
    "profile": text("profile"),
    "is_proposer": flag(_is_proposer),
    "has_minutes": flag(_has_minutes),
    "is_assessor": flag(_is_assessor),
}


def facts_of(values: Mapping[str, Any]) -> rules.Facts:
    """The facts from what the road read."""
    return rules.Facts(
        VervalStatus(values["status"]),
        profiles()[values["profile"]],
        bool(values["is_proposer"]),
        bool(values["has_minutes"]),
        bool(values["is_assessor"]),
    )


def _make(values: Mapping[str, Any], roles: rules.Roles) -> list[tuple[Any, ...]]:
    facts, language = facts_of(values), Language(values["language"])
    made: list[tuple[Any, ...]] = []
    for move in rules.MOVES:
        refused = rules.decide(move.act, facts, roles)
        reason = None if refused is None else str(refused.code)
        message = None if refused is None else refused.english if language is Language.EN else refused.indonesian
        made.append((move.act, refused is None, reason, message, list(move.inputs)))
    return made


AVAILABLE_ACTIONS = Computed(
    "AvailableAction",
    ("name", "allowed", "reasonCode", "message", "requiredInput"),
    {**LEAVES, "language": LANGUAGE},
    _make,
)
