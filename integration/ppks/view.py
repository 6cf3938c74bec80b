"""How the kinds of people in need are read: public, by code."""

from integration.codes import DataClass
from integration.ppks.tables import PpksTypeRow
from integration.reading.view import Kind, Many, OrderKey, View, by, code, table, text

BY_CODE = by("code", OrderKey("code", Kind.TEXT))

ppks_type = View(
    "PpksType",
    table(PpksTypeRow),
    visible=None,
    key="code",
    fields={
        "code": text("code"),
        "term": text("term"),
        "name": text("name"),
        "dataClass": code(DataClass, "data_class"),
    },
    roots={"ppksTypes": Many("PpksType", order=BY_CODE)},
)
VIEWS = (ppks_type,)
