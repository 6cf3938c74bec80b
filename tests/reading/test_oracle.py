"""Generated queries are answered by the reading road and by the second reader: data and errors must be equal.

ORACLE=5000 asks for a longer run, ORACLE_SEED for another one.
"""

import os
from collections.abc import Iterator

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    get_named_type,
)

from integration.access.sealing import Sealer
from integration.access.viewer import Viewer
from integration.db.base import now
from integration.statistics.codes import ReportMeasure
from resolvers.context import Services
from schema.executor import GRAPHQL, execute_operation
from tests.reading import reasons
from tests.reading.actions import COMPUTED
from tests.reading.compare import difference
from tests.reading.comparison import compare
from tests.reading.fields import Call
from tests.reading.generate import UNREAD
from tests.reading.listing import Ledger
from tests.reading.oracle import Oracle
from tests.reading.sight import Sight
from tests.reading.state import load

RUNS = int(os.environ.get("ORACLE", "360"))
SEED = int(os.environ.get("ORACLE_SEED", "1"))


async def test_generated_queries_have_the_answers_of_the_second_reader(
    services: Services, viewers: list[Viewer], sealer: Sealer
) -> None:
    done = await compare(services, viewers, sealer, SEED, RUNS, set(reachable()))
    if done.difference:
        pytest.fail(done.difference, pytrace=False)
    assert not done.missing, f"never reached: {sorted(done.missing)}"
    assert done.told >= 0.8 * done.asked, f"only {done.told} of {done.asked} answers tell anything"


# Where it went wrong once, or would be seen least: asked by everybody, each with several variables.
PEOPLE = """query ($filter: PersonFilter) { people(first: 100, filter: $filter) {
  totalCount nodes { name currentRegistry { desil } } } }"""
CARRIED = """{ staffMembers(first: 100) { nodes { assignments(first: 50) { totalCount nodes { state report { number
  description subjects { nik person { nik reports { totalCount } } candidates { person { name } } } } } } } } }"""
REPORTS = """query ($filter: ReportFilter, $first: Int, $last: Int, $order: ReportOrder) {
  reports(filter: $filter, first: $first, last: $last, orderBy: $order) { totalCount
    pageInfo { hasNextPage hasPreviousPage }
    edges { cursor node { number dueAt slaState sensitivity description reporter { phone }
      assignments { instruction reason } followUps { title } } } } }"""
TABLE = """query ($by: [ReportDimension!]!, $filter: ReportFilter, $measures: [ReportMeasure!]! = [COUNT]) {
  reportStatistics(groupBy: $by, filter: $filter, measures: $measures) {
    columns measures { measure label unit formula } asOf published from to source
    rows { key labels count suppressed values { measure state value cases } } } }"""
EVERY = list(map(str, ReportMeasure))
ACTIONS = """{
  reports(first: 50) { nodes { status availableActions { ...A } subjects { matchState availableActions { ...A } } } }
  vervalProposals(first: 50) { nodes { status availableActions { ...A } } } }
fragment A on AvailableAction { name allowed reasonCode message requiredInput }"""
CORNERS: list[tuple[str, list[dict[str, object]]]] = [
    (
        PEOPLE,
        [
            {"filter": {"not": {"desil": {"gte": 5}}}},
            {"filter": {"not": {"desil": {"lt": 5}, "region": {"within": "64.02.06"}}}},
            {"filter": {"or": []}},
            {"filter": {"and": [{}]}},
            {"filter": {"desil": {"in": []}}},
            {"filter": {"desil": {"eq": None}}},
            {"filter": {"programme": {"eq": "NO-SUCH"}}},
            {},
        ],
    ),
    (CARRIED, [{}]),
    (ACTIONS, [{}]),
    (
        TABLE,
        [
            {"by": []},
            {"by": ["DISTRICT"]},
            {"by": ["CATEGORY", "DISTRICT"]},
            {"by": ["MONTH", "CHANNEL"]},
            {"by": ["DISTRICT", "MONTH"]},
            {"by": ["VILLAGE"]},
            {"by": ["CATEGORY"], "filter": {"receivedAt": {"gte": "2024-01-01T00:00:00+08:00"}}},
            {"by": ["CATEGORY"], "filter": {"receivedAt": {"lt": "2024-03-01T00:00:00+08:00"}}},
            {"by": ["CATEGORY"], "filter": {"receivedAt": {"lt": "2024-03-01T00:00:01+08:00"}}},
            {"by": [], "filter": {"receivedAt": {"gte": "9999-12-31T23:00:00Z"}}},
            {"by": [], "filter": {"receivedAt": {"gte": "0001-01-01T00:00:00Z", "lt": "2300-01-01T00:00:00+08:00"}}},
            {"by": ["CATEGORY"], "filter": {"region": {"within": "64.02.06"}}},
            {"by": ["CATEGORY"], "filter": {"region": {"within": "64.02"}}},
            {"by": ["CATEGORY"], "filter": {"region": {"within": "99.99.99"}}},
            {"by": [], "filter": {"category": {"in": ["AID_REQUEST", "OTHER"]}, "region": {}}},
            {"by": ["MONTH"], "filter": {"category": {"in": []}}},
            {"by": [], "filter": {"category": {"in": []}}},
            {"by": ["MONTH"], "filter": {"category": {"eq": "OTHER"}, "channel": {"eq": "WEB"}}},
            {"by": [], "filter": {"not": {"status": {"eq": "ARCHIVED"}}}},
            {"by": [], "filter": None},
            {"by": [], "measures": EVERY},
            {"by": ["DISTRICT"], "measures": EVERY[::-1]},
            {"by": ["DISTRICT"], "measures": EVERY, "filter": {"region": {"within": "64.02.06"}}},
            {"by": [], "measures": EVERY, "filter": {"region": {"within": "64.02.06"}}},
            {"by": ["DIMENSION", "CATEGORY"], "measures": EVERY},
            {"by": ["UNIT", "PPKS_TYPE"], "measures": ["BREACH_RATE", "P90_STEP_8", "SERVED_SHARE"]},
            {"by": ["MONTH"], "measures": ["COUNT", "MEDIAN_TO_REPLY"]},
            {"by": [], "measures": ["SERVED_SHARE"], "filter": {"receivedAt": {"lt": "2024-03-01T00:00:00+08:00"}}},
            {"by": [], "measures": ["COUNT", "COUNT"]},
            {"by": ["CHANNEL"], "measures": []},
        ],
    ),
    (
        REPORTS,
        [
            {"last": 30, "order": {"field": "DUE_AT", "direction": "ASC"}},
            {"first": 30, "order": {"field": "DUE_AT", "direction": "DESC"}},
            {"first": 100, "filter": {"hasFollowUp": False}},
            {"first": 100, "filter": {"region": {"within": "64.02.06"}, "not": {"category": {"in": ["OTHER"]}}}},
            {"first": 45},
        ],
    ),
]


async def test_corners_have_the_answers_of_the_second_reader(
    services: Services, viewers: list[Viewer], sealer: Sealer
) -> None:
    state, ledger = await load(services.database, sealer), Ledger()
    oracle = Oracle(state, ledger)
    for text, requests in CORNERS:
        for viewer in viewers[::2]:
            for variables in requests:
                expected = oracle.answer(viewer, now(), text, variables, None)
                answer = await execute_operation(services, viewer, text, dict(variables), None, "test")
                found = difference(expected, answer, ledger)
                assert found is None, f"{viewer.actor}: {found}\n{text}\n{variables}"


async def test_whatever_can_stand_against_an_act_stands_against_it_for_somebody(
    services: Services, viewers: list[Viewer], sealer: Sealer
) -> None:
    """In the world that is asked about: what never happens there is compared with nothing."""
    state = await load(services.database, sealer)
    told = set()
    for viewer in viewers[1::2]:
        call = Call(state, Sight(state, viewer), now(), Ledger())
        for noun in ("Report", "ReportSubject", "VervalProposal"):
            offered = COMPUTED[f"{noun}.availableActions"]
            told |= {action.message for row in call.visible(state.all(noun)) for action in offered(call, row)}
    known = (*reasons.AMISS.values(), reasons.ROLE, reasons.WITHDRAWN, reasons.CONFIRMED, reasons.NOBODY)
    assert {reason.english for reason in known} - told == set()
    assert None in told


def reachable() -> Iterator[str]:
    """Every field, argument, filter field, operator and order that a query can use."""
    assert GRAPHQL.query_type is not None
    open_types, known = [GRAPHQL.query_type], {"Query", "_Service"}
    while open_types:
        parent = open_types.pop()
        for name, definition in parent.fields.items():
            if name in UNREAD:
                continue
            yield f"{parent.name}.{name}"
            for argument, given in definition.args.items():
                yield f"{parent.name}.{name}({argument})"
                yield from _operators(get_named_type(given.type), set())
            named = get_named_type(definition.type)
            found = GRAPHQL.get_possible_types(named) if isinstance(named, GraphQLInterfaceType) else [named]
            for one in found:
                if isinstance(one, GraphQLObjectType) and one.name not in known:
                    known.add(one.name)
                    open_types.append(one)


def _operators(named: object, known: set[str]) -> Iterator[str]:
    if isinstance(named, GraphQLEnumType) and named.name.endswith(("OrderField", "ReportDimension", "ReportMeasure")):
        yield from (f"{named.name}.{value}" for value in named.values)
    if not isinstance(named, GraphQLInputObjectType) or named.name in known:
        return
    if named.name == "ReportOrder":
        for definition in named.fields.values():
            yield from _operators(get_named_type(definition.type), known)
        return
    known.add(named.name)
    for name, definition in named.fields.items():
        yield f"{named.name}.{name}"
        inner = get_named_type(definition.type)
        if isinstance(inner, GraphQLInputObjectType) and name not in ("and", "or", "not"):
            yield from (f"{named.name}.{name}.{operator}" for operator in inner.fields)
