"""How outreach activities are read: by the office, by those who plan, and by partner agencies."""

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.access.masks import mask_text
from integration.access.viewer import OFFICE
from integration.codes import Role
from integration.policy.codes import OutreachKind
from integration.policy.tables import OutreachActivityRow
from integration.reading.filters import code_of, fields, on, within
from integration.reading.scope import Scope
from integration.reading.view import (
    ID,
    Columns,
    Kind,
    Leaf,
    Many,
    One,
    OrderKey,
    View,
    by,
    code,
    day,
    integer,
    moment,
    relay_id,
    table,
)

NEWEST = by("heldOn", OrderKey("held_on", Kind.DATE), ID, descending=True)


def visible_to(_activity: Columns, scope: Scope) -> ColumnElement[bool]:
    """Whoever works here, plans, or is a partner sees all."""
    return sa.true() if scope.has(*OFFICE, Role.ANALYST, Role.OPD_CLIENT) else sa.false()


def _said(column: str) -> Leaf:
    """What somebody wrote freely."""
    return Leaf(column, Kind.TEXT, step=mask_text)


activity = View(
    "OutreachActivity",
    table(OutreachActivityRow),
    visible=visible_to,
    fields={
        "id": relay_id("OutreachActivity"),
        "heldOn": day("held_on"),
        "kind": code(OutreachKind, "kind"),
        "title": _said("title"),
        "audience": _said("audience"),
        "attendance": integer("attendance"),
        "source": _said("source"),
        "recordedAt": moment("recorded_at"),
    },
    edges={"region": One("Region", "region_code", "code")},
    roots={
        "outreachActivities": Many(
            "OutreachActivity",
            order=NEWEST,
            paged=True,
            filters={
                "filter": fields(
                    "OutreachActivityFilter", {"kind": code_of(on("kind")), "region": within("region_code")}
                )
            },
        )
    },
)
VIEWS = (activity,)
