"""How the viewer sees themselves: one row made of the request's own values, with edges like any other noun."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy import ColumnElement, FromClause

from integration.codes import Role
from integration.reading.scope import Asking, Scope
from integration.reading.view import Kind, Leaf, Lookup, Many, One, OrderKey, Through, View, by, text, words

_ONE = sa.literal_column("1", sa.Integer)


def _row(scope: Scope) -> FromClause:
    def own(name: str, get: Callable[[Asking], object]) -> ColumnElement[str]:
        return scope.dialect.bind(scope.bind(f"viewer_{name}", Kind.TEXT, get), Kind.TEXT)

    return sa.select(
        _ONE.label("one"),
        own("name", lambda asking: asking.viewer.name).label("name"),
        own("roles", lambda asking: ",".join(asking.viewer.roles)).label("roles"),
        own("scopes", lambda asking: ",".join(asking.viewer.scopes)).label("scopes"),
        own("purpose", lambda asking: asking.viewer.purpose).label("purpose"),
        scope.viewer("staff_id").label("staff_id"),
        scope.viewer("unit_id").label("unit_id"),
        scope.viewer("organization_id").label("organization_id"),
    ).subquery()


def _regions(scope: Scope) -> FromClause:
    name = scope.bind("viewer_regions", Kind.TEXT, lambda asking: list(asking.viewer.regions), array=True)
    return sa.select(_ONE.label("one"), scope.dialect.values(name, Kind.TEXT).c.value.label("code")).subquery()


viewer = View(
    "Viewer",
    _row,
    visible=None,
    key="one",
    fields={
        "name": text("name"),
        "roles": words(Role, "roles"),
        "scopes": Leaf("scopes", Kind.TEXT, step=lambda scopes: scopes.split(",") if scopes else []),
        "purpose": text("purpose"),
    },
    edges={
        "staff": One("StaffMember", "staff_id"),
        "unit": One("OrgUnit", "unit_id"),
        "organization": One("Organization", "organization_id"),
        "regions": Many(
            "Region", "one", order=by("code", OrderKey("code", Kind.TEXT)), through=Through(_regions, "one", "code")
        ),
    },
    roots={"viewer": Lookup("Viewer")},
)
VIEWS = (viewer,)
