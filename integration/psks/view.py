"""How welfare resources are read: the kinds by everyone, what there is of them by the office, planners and partners."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.access.masks import mask_phone, mask_text
from integration.access.viewer import OFFICE
from integration.codes import Role
from integration.db.zone import WITA
from integration.psks.tables import PsksResourceRow, PsksTypeRow
from integration.reading.filters import fields, known, on, operators, within, yes
from integration.reading.scope import Asking, Scope
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
    day,
    flag,
    integer,
    moment,
    relay_id,
    table,
    text,
    unsealed,
)


def visible_to(_resource: Columns, scope: Scope) -> ColumnElement[bool]:
    """Whoever works here, plans, or is a partner sees all."""
    return sa.true() if scope.has(*OFFICE, Role.ANALYST, Role.OPD_CLIENT) else sa.false()


def _today(asking: Asking) -> date:
    return asking.now.astimezone(WITA).date()


def _is_active(resource: Columns, scope: Scope) -> ColumnElement[bool]:
    """From the day it ended it is not."""
    today = scope.dialect.bind(scope.bind("local_today", Kind.DATE, _today), Kind.DATE)
    ended: ColumnElement[bool] = resource.active_to <= today
    return sa.not_(sa.func.coalesce(ended, sa.false()))


psks_type = View(
    "PsksType",
    table(PsksTypeRow),
    visible=None,
    key="code",
    fields={"code": text("code"), "term": text("term"), "name": text("name")},
    roots={"psksTypes": Many("PsksType", order=by("code", OrderKey("code", Kind.TEXT)))},
)
resource = View(
    "PsksResource",
    table(PsksResourceRow),
    visible=visible_to,
    fields={
        "id": relay_id("PsksResource"),
        "version": integer("version"),
        "name": Leaf("name", Kind.TEXT, step=mask_text),
        "phone": unsealed("phone", "phone_sealed", mask_phone),
        "activeFrom": day("active_from"),
        "activeTo": day("active_to"),
        "isActive": flag(_is_active),
        "source": Leaf("source", Kind.TEXT, step=mask_text),
        "asOf": day("as_of"),
        "recordedAt": moment("recorded_at"),
    },
    edges={"type": One("PsksType", "type_code", "code"), "region": One("Region", "region_code", "code")},
    roots={
        "psksResources": Many(
            "PsksResource",
            order=by("name", OrderKey("name_key", Kind.TEXT), ID),
            paged=True,
            filters={
                "filter": fields(
                    "PsksResourceFilter",
                    {
                        "type": operators(on("type_code"), Kind.TEXT, known("PsksType")),
                        "region": within("region_code"),
                        "isActive": yes(_is_active),
                    },
                )
            },
        )
    },
)
VIEWS = (psks_type, resource)
