"""How organizations and their units are read: public, by code."""

from integration.organizations.tables import OrganizationRow, OrgUnitRow
from integration.reading.filters import fields, known, on, operators
from integration.reading.view import Kind, Many, One, OrderKey, View, by, relay_id, table, text

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
    edges={"units": Many("OrgUnit", "id", "organization_id", _BY_CODE)},
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
VIEWS = (organization, unit)
