"""How the nine steps and their legal bases are read: public."""

from integration.codes import Role
from integration.reading.view import Kind, Many, One, OrderKey, View, by, code, integer, table, text
from integration.sop.tables import LegalBasisRow, SopStepRow

step = View(
    "SopStep",
    table(SopStepRow),
    visible=None,
    key="number",
    fields={"number": integer("number"), "text": text("text"), "role": code(Role, "role")},
    edges={"legalBasis": One("LegalBasis", "legal_basis_id")},
    roots={"sopSteps": Many("SopStep", order=by("number", OrderKey("number", Kind.INT)))},
)
legal_basis = View(
    "LegalBasis",
    table(LegalBasisRow),
    visible=None,
    fields={"code": text("code"), "title": text("title"), "number": text("number"), "year": integer("year")},
)
VIEWS = (step, legal_basis)
