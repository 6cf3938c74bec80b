"""How batches and the differences between asked and answered are read: by the office, and by whoever sent them."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.access.viewer import WHOLE_OFFICE
from integration.codes import RegistryScheme, Role, VervalAnswer, VervalDifferenceKind
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
    Through,
    View,
    by,
    code,
    integer,
    moment,
    relay_id,
    table,
    text,
)
from integration.verval.tables import BatchLineRow, BatchRow, DifferenceRow
from integration.verval.view import NEWEST_PROPOSAL


def visible_to(batch: Columns, scope: Scope) -> ColumnElement[bool]:
    """The desk and its leads see all; a verifier what they sent, for it holds only what they saw."""
    if scope.has(*WHOLE_OFFICE):
        return sa.true()
    if not scope.has(Role.VERIFIER):
        return sa.false()
    own: ColumnElement[bool] = batch.staff_id == scope.viewer("staff_id")
    return own


def _lines(answer: VervalAnswer | None = None) -> Leaf:
    def count(batch: Columns, scope: Scope) -> ColumnElement[Any]:
        line = table(BatchLineRow).alias(scope.alias())
        counted = sa.select(sa.func.count()).select_from(line).where(line.c.batch_id == batch.id)
        return (counted if answer is None else counted.where(line.c.answer == answer)).scalar_subquery()

    return integer(count)


batch = View(
    "VervalBatch",
    table(BatchRow),
    visible=visible_to,
    fields={
        "id": relay_id("VervalBatch"),
        "scheme": code(RegistryScheme, "scheme"),
        "profile": text("profile"),
        "createdAt": moment("created_at"),
        "lines": _lines(),
        "accepted": _lines(VervalAnswer.ACCEPTED),
        "rejected": _lines(VervalAnswer.REJECTED),
        "returned": _lines(VervalAnswer.RETURNED),
    },
    edges={
        "proposals": Many(
            "VervalProposal",
            "id",
            order=NEWEST_PROPOSAL,
            through=Through(table(BatchLineRow), "batch_id", "proposal_id"),
            paged=True,
        ),
        "differences": Many("VervalDifference", "id", "batch_id"),
    },
    roots={
        "vervalBatches": Many(
            "VervalBatch",
            order=by("createdAt", OrderKey("created_at", Kind.TIME), ID, descending=True),
            paged=True,
        )
    },
)
difference = View(
    "VervalDifference",
    table(DifferenceRow),
    visible=None,
    seen_with=SeenWith("VervalBatch", "id", "batch_id"),
    fields={
        "id": relay_id("VervalDifference"),
        "line": integer("line"),
        "kind": code(VervalDifferenceKind, "kind"),
    },
    edges={"proposal": One("VervalProposal", "proposal_id")},
)
VIEWS = (batch, difference)
