"""How the kinds of welfare resources are read: public, by code."""

from integration.psks.tables import PsksTypeRow
from integration.reading.view import Kind, Many, OrderKey, View, by, table, text

psks_type = View(
    "PsksType",
    table(PsksTypeRow),
    visible=None,
    key="code",
    fields={"code": text("code"), "term": text("term"), "name": text("name")},
    roots={"psksTypes": Many("PsksType", order=by("code", OrderKey("code", Kind.TEXT)))},
)
VIEWS = (psks_type,)
