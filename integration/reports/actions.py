"""`availableActions`: every act of the procedure, may this viewer do it now, why not, and what must it be told."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.codes import Language, Role
from integration.reading.scope import Scope
from integration.reading.view import Columns, Computed, Kind, text
from integration.reports import rules
from integration.reports.facts import LEAVES, facts_of


def _language(_report: Columns, scope: Scope) -> ColumnElement[Any]:
    name = scope.bind("viewer_language", Kind.TEXT, lambda asking: str(asking.viewer.language))
    return sa.func.coalesce(scope.dialect.bind(name, Kind.TEXT), sa.literal_column("'ID'"))


# The language the reasons are told in, for whoever makes such a list.
LANGUAGE = text(_language)


def _make(values: Mapping[str, Any], roles: frozenset[Role]) -> list[tuple[Any, ...]]:
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
