"""Which arguments are refused: all of a root field's, however deep, before anything is read."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLIncludeDirective,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSkipDirective,
    InlineFragmentNode,
    get_named_type,
)
from graphql.execution.values import get_argument_values, get_directive_values

from tests.reading import fields, figures, policies, published, resources
from tests.reading.conditions import Refusal, id_parts
from tests.reading.fields import Call
from tests.reading.listing import BadCursor, Order, check_cursor
from tests.reading.permits import permitted
from tests.reading.published import counts_rows

_NODES = (
    "Award",
    "OutreachActivity",
    "PsksResource",
    "Assignment",
    "Commitment",
    "CoordinationMeeting",
    "Family",
    "Organization",
    "Person",
    "PolicyFollowUp",
    "ImportBatch",
    "PolicySignal",
    "PrintedTable",
    "RegistryRelease",
    "Report",
    "StaffMember",
    "StatisticSeries",
    "VervalBatch",
    "VervalProposal",
)
_FILTERS = {
    "reports": "ReportFilter", "reportStatistics": "ReportFilter",
    "people": "PersonFilter", "staffMembers": "StaffFilter",
    "organizations": "OrganizationFilter", "policyFollowUps": "PolicyFollowUpFilter",
    "vervalProposals": "VervalProposalFilter",
    "outreachActivities": "OutreachActivityFilter", "psksResources": "PsksResourceFilter",
    "statisticSeries": "StatisticSeriesFilter", "statisticValues": "StatisticValueFilter",
    "coordinationMeetings": "CoordinationMeetingFilter", "commitments": "CommitmentFilter",
}  # fmt: skip


# Paged without a filter.
_UNFILTERED = ("vervalBatches", "importBatches", "printedTables", "awards")


class Refused(Exception):
    """A root field that is not answered, with every reason there is: the road tells the first it finds."""

    def __init__(self, reasons: set[Refusal], required: bool) -> None:
        super().__init__()
        self.reasons = reasons
        self.required = required


def refusals(call: Call, info: GraphQLResolveInfo[Call], given: Mapping[str, Any]) -> Iterator[Refusal]:
    """Why a root field is refused."""
    name = info.field_name
    if not permitted("Query", name, call.sight.roles):
        yield "FORBIDDEN", ""
        return
    own = list(_of_root(call, name, given))
    yield from own
    yield from _below(call, info, _types(info, name, given), info.field_nodes)


def _types(info: GraphQLResolveInfo[Call], name: str, given: Mapping[str, Any]) -> list[GraphQLObjectType]:
    if name not in ("node", "nodes"):
        named = get_named_type(info.return_type)
        return [named] if isinstance(named, GraphQLObjectType) else []
    ids = [given["id"]] if name == "node" else given["ids"]
    names = {parts[0] for one in ids if (parts := id_parts(one)) is not None and parts[0] in _NODES}
    found = [info.schema.get_type(one) for one in sorted(names)]
    return [named for named in found if isinstance(named, GraphQLObjectType)]


def _of_root(call: Call, name: str, given: Mapping[str, Any]) -> Iterator[Refusal]:  # noqa: C901 - one line a reason
    if name in ("person", "node", "nodes"):
        yield from _ids(name, given)
    if name == "report":
        wanted = [one for one in ("id", "number") if given.get(one) is not None]
        if len(wanted) != 1:
            yield "BAD_USER_INPUT", ""
        if given.get("id") is not None and not _is_id(given["id"], "Report"):
            yield "BAD_USER_INPUT", "id"
    for argument in ("level", "parent", "scheme", "search", "state", "subject"):
        if argument in given and given[argument] is None:
            yield "BAD_FILTER", argument
    if given.get("parent") is not None and call.state.get("Region", given["parent"]) is None:
        yield "BAD_FILTER", "parent"
    if name == "reportStatistics":
        yield from _asked(call, given["groupBy"], given["measures"])
    if name == "reportStatistics" and not counts_rows(call):
        yield from published.refusals(call, given)
    elif name in _FILTERS and "filter" in given:
        yield from call.conditions.refusals(_FILTERS[name], given["filter"], "filter")
    if (name in _FILTERS or name in _UNFILTERED) and name != "reportStatistics":
        yield from _page(call, *_root_list(name, given), given)
    order = given.get("orderBy")
    if order is not None and not permitted("ReportOrderField", order["field"], call.sight.roles):
        yield "FORBIDDEN", "orderBy"


def _asked(call: Call, given: Sequence[str], measures: Sequence[str]) -> Iterator[Refusal]:
    if len(set(measures)) != len(measures):
        yield "BAD_USER_INPUT", "measures"
    if len(given) > 3 or len(set(given)) != len(given):
        yield "BAD_USER_INPUT", "groupBy"
    if not all(permitted("ReportDimension", one, call.sight.roles) for one in given):
        yield "FORBIDDEN", "groupBy"


def _root_list(name: str, given: Mapping[str, Any]) -> tuple[str, Order]:
    return {
        "reports": ("Report", fields.order_of_reports(given)),
        "people": ("Person", fields.PEOPLE),
        "staffMembers": ("StaffMember", fields.STAFF),
        "vervalBatches": ("VervalBatch", fields.PROPOSALS),
        "importBatches": ("ImportBatch", fields.IMPORTS),
        "vervalProposals": ("VervalProposal", fields.PROPOSALS),
        "statisticSeries": ("StatisticSeries", fields.BY_CODE),
        "statisticValues": ("StatisticValue", figures.BY_PLACE),
        "printedTables": ("PrintedTable", fields.IMPORTS),
        "organizations": ("Organization", fields.BY_CODE),
        "outreachActivities": ("OutreachActivity", resources.OUTREACH),
        "psksResources": ("PsksResource", resources.RESOURCES),
        "awards": ("Award", resources.AWARDS),
        "policyFollowUps": ("PolicyFollowUp", policies.FOLLOW_UPS),
        "coordinationMeetings": ("CoordinationMeeting", policies.MEETINGS),
        "commitments": ("Commitment", policies.COMMITMENTS),
    }[name]


def _is_id(given: str, *nouns: str) -> bool:
    parts = id_parts(given)
    return parts is not None and parts[0] in nouns


def _ids(name: str, given: Mapping[str, Any]) -> Iterator[Refusal]:
    if name == "nodes":
        if len(given["ids"]) > 100:
            yield "BAD_USER_INPUT", "ids"
        for index, one in enumerate(given["ids"]):
            if not _is_id(one, *_NODES):
                yield "BAD_USER_INPUT", f"ids.{index}"
    elif not _is_id(given["id"], *(_NODES if name == "node" else ("Person",))):
        yield "BAD_USER_INPUT", "id"


def _page(call: Call, noun: str, order: Order, given: Mapping[str, Any]) -> Iterator[Refusal]:
    first, after, last, before = (given.get(name) for name in ("first", "after", "last", "before"))
    if first is not None and last is not None:
        yield "BAD_USER_INPUT", "last"
    if after is not None and before is not None:
        yield "BAD_USER_INPUT", "before"
    if (first is not None and before is not None) or (last is not None and after is not None):
        yield "BAD_USER_INPUT", "first"
    for name, size in (("first", first), ("last", last)):
        if size is not None and not 1 <= size <= 100:
            yield "BAD_USER_INPUT", name
    for name, cursor in (("after", after), ("before", before)):
        if cursor is not None:
            try:
                check_cursor(call.state, call.ledger, noun, order, cursor)
            except BadCursor:
                yield "BAD_CURSOR", name


# --- what is selected below


def _below(
    call: Call, info: GraphQLResolveInfo[Call], types: Sequence[GraphQLObjectType], nodes: Sequence[FieldNode]
) -> Iterator[Refusal]:
    for parent in types:
        for found in _selected(info, parent, nodes).values():
            name = found[0].name.value
            # A page and its edges are for everybody; what a role may not read is not looked at any further.
            if name == "__typename" or not permitted(parent.name, name, call.sight.roles):
                continue
            definition = parent.fields[name]
            if definition.args:
                given = get_argument_values(definition, found[0], info.variable_values)
                yield from _page(call, *fields.list_of(f"{parent.name}.{name}"), given)
            named = get_named_type(definition.type)
            if isinstance(named, GraphQLObjectType):
                yield from _below(call, info, [named], found)


def _selected(
    info: GraphQLResolveInfo[Call], parent: GraphQLObjectType, nodes: Sequence[FieldNode]
) -> dict[str, list[FieldNode]]:
    """The fields selected of a type in these places, by response key."""
    made: dict[str, list[FieldNode]] = {}
    for node in nodes:
        if node.selection_set is not None:
            _gather(info, parent, node.selection_set.selections, made)
    return made


def _gather(
    info: GraphQLResolveInfo[Call], parent: GraphQLObjectType, selections: Any, made: dict[str, list[FieldNode]]
) -> None:
    for one in selections:
        if not _is_included(info, one):
            continue
        if isinstance(one, FieldNode):
            made.setdefault(one.alias.value if one.alias else one.name.value, []).append(one)
            continue
        fragment = _fragment(info, one) if isinstance(one, FragmentSpreadNode) else one
        if fragment.type_condition is None or _applies(info, parent, fragment.type_condition.name.value):
            _gather(info, parent, fragment.selection_set.selections, made)


def _fragment(info: GraphQLResolveInfo[Call], spread: FragmentSpreadNode) -> Any:
    found: Any = info.fragments[spread.name.value]
    return getattr(found, "definition", found)


def _applies(info: GraphQLResolveInfo[Call], parent: GraphQLObjectType, condition: str) -> bool:
    named = info.schema.get_type(condition)
    return parent is named or (isinstance(named, GraphQLInterfaceType) and named in parent.interfaces)


def _is_included(info: GraphQLResolveInfo[Call], node: FieldNode | FragmentSpreadNode | InlineFragmentNode) -> bool:
    skip = get_directive_values(GraphQLSkipDirective, node, info.variable_values)
    include = get_directive_values(GraphQLIncludeDirective, node, info.variable_values)
    return not (skip and skip["if"]) and (include is None or bool(include["if"]))
