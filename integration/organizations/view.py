"""How organizations and their units are read: public, by code. What one agreed on data is for the office and itself."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, FromClause

from integration.access.viewer import OFFICE
from integration.codes import Role
from integration.organizations.tables import OrganizationRow, OrgUnitRow
from integration.reading.filters import fields, known, on, operators
from integration.reading.scope import Scope
from integration.reading.view import (
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
    relay_id,
    table,
    text,
)


def _agreements(_scope: Scope) -> FromClause:
    row = table(OrganizationRow)
    entered = row.c.agreement_number.is_not(None)
    return sa.select(row.c.id, row.c.agreement_number, row.c.agreement_purposes, row.c.agreement_valid_to).where(
        entered
    ).subquery()  # fmt: skip


def _agreement_visible(agreement: Columns, scope: Scope) -> ColumnElement[bool]:
    if scope.has(*OFFICE, Role.ANALYST, Role.AUDITOR):
        return sa.true()
    own: ColumnElement[bool] = agreement.id == scope.viewer("organization_id")
    return own if scope.has(Role.OPD_CLIENT) else sa.false()


def _in_force(agreement: Columns, scope: Scope) -> ColumnElement[Any]:
    holds: ColumnElement[Any] = agreement.agreement_valid_to >= scope.dialect.local_day(scope.now())
    return holds


_BY_CODE = by("code", OrderKey("code", Kind.TEXT))

organization = View(
    "Organization",
    table(OrganizationRow),
    visible=None,
    fields={
        "id": relay_id("Organization"),
        "code": text("code"),
        "shortName": text("short_name"),
        "name": text("name"),
        "kind": text("kind"),
    },
    edges={
        "units": Many("OrgUnit", "id", "organization_id", _BY_CODE),
        "dataSharingAgreement": One("DataSharingAgreement", "id"),
    },
    roots={
        "organizations": Many(
            "Organization",
            order=_BY_CODE,
            paged=True,
            filters={
                "filter": fields(
                    "OrganizationFilter", {"kind": operators(on("kind"), Kind.TEXT, known("OrganizationKind"))}
                )
            },
        )
    },
)
unit = View(
    "OrgUnit",
    table(OrgUnitRow),
    visible=None,
    fields={"id": relay_id("OrgUnit"), "code": text("code"), "name": text("name")},
    edges={"organization": One("Organization", "organization_id")},
)
agreement = View(
    "DataSharingAgreement",
    _agreements,
    visible=_agreement_visible,
    fields={
        "number": text("agreement_number"),
        "purposes": Leaf("agreement_purposes", Kind.TEXT, step=lambda codes: codes.split(",")),
        "validTo": day("agreement_valid_to"),
        "inForce": flag(_in_force),
    },
)
VIEWS = (organization, unit, agreement)
