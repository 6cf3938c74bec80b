"""No source, no field: what the schema offers, the views declare and the access table decides is the same set of
names.
"""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
    is_composite_type,
)
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.utils.str_converters import to_snake_case

from integration.access.policies import RULES
from integration.catalog import CATALOG
from integration.codes import Role
from integration.reading.view import Computed, Lookup, Many, One, Tally, View
from schema.build import schema
from schema.executor import GRAPHQL
from schema.query import RootField

# A page's parts are cut by the road itself.
_PAGES = {
    "Connection": {"nodes", "edges", "pageInfo", "totalCount"},
    "Edge": {"cursor", "node"},
    "PageInfo": {"hasNextPage", "hasPreviousPage", "startCursor", "endCursor"},
}
# A count in groups is one statement's answer; its table has no rows of its own.
_TABLES = {"StatisticTable", "StatisticRow", "StatisticMeasure", "StatisticFigure"}
# Composition of graphs: federation's own, not ours.
_FOREIGN = {"_Service", "Query._service", "_Entity", "Query._entities"}
# Answered by a service of its own, and the types only it answers with.
_SERVED = {
    "Query.trackReport",
    "Query.monthlyRecap",
    "Query.matchRegistry",
    "Query.matchRegistryMany",
    "Query.registryUse",
    "Query.registryIndicators",
    "Query.registryComparison",
    "Query.dimensionScorecard",
    "Query.spmIndicators",
    "Query.ppksCoverage",
    "Query.reach",
    "Query.psksCounts",
    "Query.scoreboard",
}
_ANSWERS = {
    "PublicReportStatus",
    "MonthlyRecap",
    "MonthlyRecapRow",
    "RecapOutcome",
    "MatchRegistryAnswer",
    "RegistryUse",
    "RegistryUseRow",
    "RegistryIndicators",
    "RegistryIndicatorRow",
    "RegistryComparison",
    "RegistryComparisonRow",
    "DimensionScorecard",
    "DimensionScore",
    "ScoreEvidence",
    "SpmIndicators",
    "SpmIndicator",
    "SpmFigure",
    "PpksCoverage",
    "PpksCoverageRow",
    "Reach",
    "ReachRow",
    "EntryPointUse",
    "OutreachEffect",
    "PsksCounts",
    "PsksCount",
    "Scoreboard",
    "ScoreboardRow",
    "ScoreFactor",
    "Benchmark",
}
# Read by id, for any noun; see `resolvers/reading.py`.
_BY_ID = {"Query.node", "Query.nodes"}

# Expressions that are never null, and why: the database cannot say so of them.
_NEVER_NULL = {
    "Report.slaState": "every report is in one of the states",
    "Report.citizenConfirmed": "not yet is false",
    "Report.verifiedOutcome": "not yet is false",
    "DataSharingAgreement.number": "only what was entered is shown",
    "DataSharingAgreement.purposes": "it is entered with one at least",
    "DataSharingAgreement.validTo": "it is entered with a last day",
    "DataSharingAgreement.inForce": "it is entered with a last day",
    "PersonDuplicate.reasons": "without a reason nobody is suggested",
    "PersonDuplicate.explanation": "without a reason nobody is suggested",
    "PersonDuplicate.score": "without a reason nobody is suggested",
    **dict.fromkeys(
        (
            "PolicySignal.why",
            "PolicySignal.count",
            "PolicySignal.windowFrom",
            "PolicySignal.windowTo",
            "PolicySignal.raisedAt",
            "EvidenceSnapshot.takenAt",
            "EvidenceSnapshot.count",
            "EvidenceSnapshot.queryHash",
            "EvidenceSnapshot.description",
        ),
        "others see a row once it is told of, and it is told of whole",
    ),
    "RegistryChange.kind": "each row is one kind of change",
    "RegistryRecord.scheme": "every record is of a release, which has a scheme",
    "RegistryRecord.staleness": "without a day it is UNKNOWN",
    "RegistryRecord.asOf": "without a day it is that of its release",
    "RegistryRecord.release": "whoever may see a person may see releases",
    "Enrolment.programmeName": "every enrolment is in a programme, which has a name",
    "StaffMember.roles": "nobody's roles are an empty list",
    "StaffMember.openAssignments": "none is 0",
    "StaffMember.onDuty": "no turn of duty is false",
    "StaffSummary.total": "nobody is 0",
    "StaffSummaryRow.employment": "groups by a required column",
    "StaffSummaryRow.ageBand": "groups by a required column",
    "StaffSummaryRow.count": "a group has members",
    "StatisticSeries.title": "told in one language or the other",
    "StatisticValue.state": "known, unknown or withheld",
    "StatisticValue.doubts": "without doubts it is an empty list",
    "PrintedTable.title": "told in one language or the other",
    "TableFinding.message": "told in one language or the other",
    "PsksResource.isActive": "without a last day it is true",
    "VervalBatch.lines": "none is 0",
    "VervalBatch.accepted": "none is 0",
    "VervalBatch.rejected": "none is 0",
    "VervalBatch.returned": "none is 0",
    "VervalProposal.expectedInNextRelease": "not accepted is false",
    "Commitment.overdue": "closed is false",
    "Viewer.name": "every viewer has a name",
    "Viewer.roles": "no role is an empty list",
    "Viewer.scopes": "no right is an empty list",
}


def _types() -> list[GraphQLObjectType]:
    named = [one for one in GRAPHQL.type_map.values() if isinstance(one, GraphQLObjectType)]
    return [one for one in named if not one.name.startswith("__") and one.name not in _FOREIGN]


def _fields() -> Iterator[tuple[GraphQLObjectType, str]]:
    for parent in _types():
        yield from ((parent, name) for name in parent.fields if f"{parent.name}.{name}" not in _FOREIGN)


def _roots() -> dict[str, object]:
    return {name: edge for view in CATALOG.values() for name, edge in view.roots.items()}


def _computed() -> dict[str, set[str]]:
    edges = [edge for view in CATALOG.values() for edge in view.edges.values()]
    return {edge.target: set(edge.names) for edge in edges if isinstance(edge, Computed)}


def _sources(parent: str, name: str) -> list[str]:
    """Where a field's value can come from."""
    found = []
    for ending, names in _PAGES.items():
        if parent.endswith(ending) and name in names:
            found.append(f"the road's {ending}")
    if parent in CATALOG:
        found += ["a field of the view"] if name in CATALOG[parent].fields else []
        found += ["an edge of the view"] if name in CATALOG[parent].edges else []
    if parent == "Query":
        found += ["a root of a view"] if name in _roots() else []
        found += ["by id"] if f"Query.{name}" in _BY_ID else []
        found += ["a service"] if f"Query.{name}" in _SERVED else []
    if name in _computed().get(parent, set()):
        found.append("made in Python")
    if parent in _ANSWERS:
        found.append("a service")
    if parent in _TABLES:
        found.append("a count")
    if parent == "Mutation" or parent.endswith("Payload") or parent in ("UserError", "Receipt"):
        found.append("an act")
    return found


def test_every_field_has_one_source() -> None:
    """A field without a source would fail when asked for; with two, one of them is not what is read."""
    sources = {f"{parent.name}.{name}": _sources(parent.name, name) for parent, name in _fields()}
    assert {name: found for name, found in sources.items() if len(found) != 1} == {}


def test_views_declare_nothing_that_the_schema_does_not_offer() -> None:
    stale = [
        f"{view.noun}.{name}"
        for view in CATALOG.values()
        for name in (*view.fields, *view.edges)
        if name not in getattr(GRAPHQL.type_map.get(view.noun), "fields", {})
    ]
    assert stale == []
    assert GRAPHQL.query_type is not None
    elsewhere = {one.partition(".")[2] for one in _BY_ID | _SERVED}
    assert set(_roots()) | elsewhere == set(GRAPHQL.query_type.fields) - {"_service"}


def _rule(parent: str, name: str) -> list[str]:
    patterns = [f"*{ending}.{name}" for ending in ("Connection", "Edge") if parent.endswith(ending)]
    return [line for line in (f"{parent}.{name}", *patterns) if line in RULES]


def _filters_and_orders() -> Iterator[tuple[str, str]]:
    """What can be asked for beside fields: fields of filters, values of orders and dimensions."""
    for named in GRAPHQL.type_map.values():
        if isinstance(named, GraphQLEnumType) and named.name.endswith(("OrderField", "ReportDimension")):
            yield from ((named.name, value) for value in named.values)
        if not isinstance(named, GraphQLInputObjectType) or not named.name.endswith("Filter"):
            continue
        if any(name in ("eq", "in", "gt", "within") for name in named.fields):
            continue
        yield from ((named.name, name) for name in named.fields if name not in ("and", "or", "not"))


def test_every_field_filter_and_order_has_one_line_in_the_access_table() -> None:
    asked = [(parent.name, name) for parent, name in _fields()] + list(_filters_and_orders())
    lines = {f"{parent}.{name}": _rule(parent, name) for parent, name in asked}
    assert {name: found for name, found in lines.items() if len(found) != 1} == {}
    used = {line for found in lines.values() for line in found}
    assert set(RULES) - used == set(), "lines about nothing"


def test_what_is_never_null_is_open_to_everyone_who_sees_the_object() -> None:
    """GraphQL cannot hide a required field alone: the whole object would go."""
    closed = [
        f"{parent.name}.{name}"
        for parent, name in _fields()
        if isinstance(parent.fields[name].type, GraphQLNonNull) and parent.name != "Mutation"
        for line in _rule(parent.name, name)
        if RULES[line] != frozenset(Role)
    ]
    assert closed == []


def test_what_is_never_null_has_a_source_that_is_never_null() -> None:
    doubtful = set()
    for parent, name in _fields():
        view = CATALOG.get(parent.name)
        coordinate = f"{parent.name}.{name}"
        if view is not None and isinstance(parent.fields[name].type, GraphQLNonNull) and _may_be_null(view, name):
            doubtful.add(coordinate)
    assert doubtful == set(_NEVER_NULL)


def _may_be_null(view: View, name: str) -> bool:
    columns: dict[str, sa.Column[object]] = dict(view.rows.c) if isinstance(view.rows, sa.Table) else {}
    if name in view.fields:
        leaf = view.fields[name]
        column = columns.get(leaf.source) if isinstance(leaf.source, str) else None
        return column is None or bool(column.nullable)
    edge = view.edges[name]
    if not isinstance(edge, One):
        return False
    target = CATALOG[edge.target]
    hidden = target.visible is not None or target.seen_with is not None
    return hidden or edge.here is None or edge.here not in columns or bool(columns[edge.here].nullable)


def _definitions() -> Iterator[StrawberryObjectDefinition]:
    for concrete in schema.schema_converter.type_map.values():
        if isinstance(concrete.definition, StrawberryObjectDefinition):
            yield concrete.definition


@pytest.mark.parametrize("what", ["permission_classes", "extensions"])
def test_nothing_else_decides_about_a_field(what: str) -> None:
    """The access table is the only one: a second mechanism would be forgotten in it, and run for every row."""
    found = [
        f"{one.name}.{field.python_name}" for one in _definitions() for field in one.fields if getattr(field, what)
    ]
    assert found == []


def test_no_resolver_runs_below_a_root() -> None:
    found = [
        f"{one.name}.{field.python_name}"
        for one in _definitions()
        for field in one.fields
        if field.base_resolver is not None and one.name not in ("Query", "Mutation", "_Service")
    ]
    assert found == []
    query = next(one for one in _definitions() if one.name == "Query")
    others = {field.python_name for field in query.fields if not isinstance(field, RootField)} - {"_service"}
    assert others == {to_snake_case(one.partition(".")[2]) for one in _SERVED}


def test_edges_lead_where_the_schema_says() -> None:
    """The type a view's edge reads is the type the field shows, as one, as a list, or as a page."""
    wrong = []
    for parent, name in _fields():
        edge = CATALOG[parent.name].edges.get(name) if parent.name in CATALOG else _roots().get(name)
        if edge is None or parent.name not in (*CATALOG, "Query"):
            continue
        assert isinstance(edge, One | Many | Lookup | Tally | Computed)
        shown = get_named_type(parent.fields[name].type).name
        expected = f"{edge.target}Connection" if isinstance(edge, Many) and edge.paged else edge.target
        if shown != ("StatisticTable" if isinstance(edge, Tally) else expected):
            wrong.append(f"{parent.name}.{name}")
    leaves = [
        f"{parent.name}.{name}"
        for parent, name in _fields()
        if parent.name in CATALOG and name in CATALOG[parent.name].fields
        if is_composite_type(get_named_type(parent.fields[name].type))
    ]
    assert wrong + leaves == []
