"""How imports are read: by those who bring registry files in. Analysts see what was found in numbers only."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.access.policies import IMPORTERS
from integration.codes import Language, RegistryScheme, Role, Severity
from integration.reading.scope import Scope
from integration.reading.view import (
    ID,
    Columns,
    Kind,
    Leaf,
    Many,
    One,
    OrderKey,
    SeenWith,
    View,
    by,
    code,
    flag,
    integer,
    moment,
    relay_id,
    table,
    text,
)
from integration.registry.importing.findings import suggestion
from integration.registry.importing.refusing import in_one
from integration.registry.importing.tables import ImportBatchRow, ImportFindingRow, ImportRuleCountRow

_BETWEEN = "\n"
_END: ColumnElement[str] = sa.literal_column("'\n'")


def _batch_visible(_batch: Columns, scope: Scope) -> ColumnElement[bool]:
    return sa.true() if scope.has(*IMPORTERS, Role.ANALYST) else sa.false()


def _importers_only(_finding: Columns, scope: Scope) -> ColumnElement[bool]:
    return sa.true() if scope.has(*IMPORTERS) else sa.false()


def _language(scope: Scope) -> ColumnElement[Any]:
    """The reader's language, and a line's end."""
    name = scope.bind("viewer_language", Kind.TEXT, lambda asking: str(asking.viewer.language))
    language = sa.func.coalesce(scope.dialect.bind(name, Kind.TEXT), sa.literal_column("'ID'"))
    return language + _END


def _told(finding: Columns, scope: Scope) -> ColumnElement[Any]:
    """What a suggestion is made of: the reader's language, the rule, and what it adds."""
    told: ColumnElement[str] = (
        _language(scope) + finding.rule + _END + sa.func.coalesce(finding.detail, sa.literal_column("''"))
    )
    return told


def _kept(batch: Columns, scope: Scope) -> ColumnElement[Any]:
    """The reader's language, and the problem in both; null where there is none."""
    told: ColumnElement[str] = _language(scope) + batch.problem
    return told


def _problem(told: str) -> str:
    language, problem = told.split(_BETWEEN, 1)
    return in_one(problem, Language(language))


def _suggestion(told: str) -> str | None:
    language, rule, detail = told.split(_BETWEEN, 2)
    return suggestion(rule, detail or None, Language(language))


batch = View(
    "ImportBatch",
    table(ImportBatchRow),
    visible=_batch_visible,
    fields={
        "id": relay_id("ImportBatch"),
        "kind": text("kind"),
        "scheme": code(RegistryScheme, "scheme"),
        "period": text("period"),
        "supplement": flag("supplement"),
        "fileName": text("file_name"),
        "state": text("state"),
        "problem": Leaf(_kept, Kind.TEXT, step=_problem),
        "rows": integer("rows"),
        "faultyRows": integer("faulty_rows"),
        "refusedRows": integer("refused_rows"),
        "createdAt": moment("created_at"),
        "appliedAt": moment("applied_at"),
    },
    edges={
        "release": One("RegistryRelease", "release_id"),
        "findingCounts": Many("FindingCount", "id", "batch_id", by("rule", OrderKey("rule", Kind.TEXT))),
        "findings": Many("ImportFinding", "id", "batch_id", by("row", OrderKey("row", Kind.INT), ID), paged=True),
    },
    roots={
        "importBatches": Many(
            "ImportBatch", order=by("createdAt", OrderKey("created_at", Kind.TIME), ID, descending=True), paged=True
        )
    },
)
count = View(
    "FindingCount",
    table(ImportRuleCountRow),
    visible=None,
    seen_with=SeenWith("ImportBatch", "id", "batch_id"),
    key="rule",
    fields={"rule": text("rule"), "severity": code(Severity, "severity"), "count": integer("count")},
)
finding = View(
    "ImportFinding",
    table(ImportFindingRow),
    visible=None,
    seen_with=SeenWith("ImportBatch", "id", "batch_id", gate=_importers_only),
    fields={
        "row": integer("row"),
        "column": text("column"),
        "rule": text("rule"),
        "severity": code(Severity, "severity"),
        "valueClass": text("value_class"),
        "suggestion": Leaf(_told, Kind.TEXT, step=_suggestion),
    },
)
VIEWS = (batch, count, finding)
