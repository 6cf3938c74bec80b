"""How regions are read: public, by code."""

from integration.codes import RegionLevel
from integration.reading.filters import code_of, known, on, value
from integration.reading.view import Kind, Many, One, OrderKey, View, by, code, table, text
from integration.regions.tables import RegionRow

BY_CODE = by("code", OrderKey("code", Kind.TEXT))

region = View(
    "Region",
    table(RegionRow),
    visible=None,
    key="code",
    fields={"code": text("code"), "name": text("name"), "level": code(RegionLevel, "level"), "kind": text("kind")},
    edges={
        "parent": One("Region", "parent_code", "code"),
        "children": Many("Region", "code", "parent_code", BY_CODE),
    },
    roots={
        "regions": Many(
            "Region",
            order=BY_CODE,
            filters={
                "level": code_of(on("level")),
                "parent": value(on("parent_code"), Kind.TEXT, known("Region")),
            },
        )
    },
)
VIEWS = (region,)
