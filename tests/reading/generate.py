"""Queries by lot: a walk over the schema with everything the language has, always valid and within the limits.

Aliases, merged fields, named and inline fragments (also on Node), @skip and @include, __typename, variables in any
place, nested
pages with cursors met before, ids of what exists, what is hidden and what is junk. The same seed gives the same
queries.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    Lexer,
    Source,
    TokenKind,
    get_named_type,
    is_composite_type,
    parse,
    validate,
)

from integration.access.viewer import Viewer
from schema.limits import MOST_TOKENS, over_limit
from tests.reading.fields import list_of, order_of_reports
from tests.reading.listing import Ledger
from tests.reading.state import State
from tests.reading.values import ABSENT, NODES, Values, Variable, literal

# What leads to much is taken more often, and what few may see less often: nothing is proved by one more empty answer.
_WEIGHTS = {
    "reports": 6, "people": 5, "report": 3, "person": 2, "node": 2, "nodes": 3, "staffMembers": 2, "policyFollowUps": 2,
    "subjects": 3, "candidates": 2, "assignments": 2, "family": 2, "edges": 3,
    "organizations": 2, "regions": 2, "importBatches": 0.3, "vervalBatches": 0.3, "policySignals": 0.3, "awards": 0.5,
    "statisticSeries": 2, "statisticValues": 0.6, "printedTables": 0.3,
    "coordinationMeetings": 0.5, "commitments": 0.5,
}  # fmt: skip
# Fields the second reader does not answer: the schema's own text, what is decided by the rules of data quality, and
# what services answer.
UNREAD = {
    "_service",
    "dataQuality",
    "possibleDuplicates",
    "trackReport",
    "monthlyRecap",
    "matchRegistry",
    "matchRegistryMany",
    "registryUse",
    "registryIndicators",
    "registryComparison",
    "registryChanges",
    "dimensionScorecard",
    "spmIndicators",
    "ppksCoverage",
    "reach",
    "psksCounts",
    "scoreboard",
}
# Down, up and down again among regions makes answers of megabytes, which prove no more than small ones.
_MOST_CHILDREN = 2
_PAGING = ("first", "after", "last", "before")


@dataclass(frozen=True, slots=True)
class Query:
    """A query text with its variables."""

    text: str
    variables: tuple[Variable, ...]

    def draw(self) -> dict[str, Any]:
        """The variables of one request."""
        drawn = {variable.name: variable.draw() for variable in self.variables}
        return {name: value for name, value in drawn.items() if value is not ABSENT}


@dataclass(slots=True)
class _Place:
    """A selection set, also where it is written in several parts: which keys it has, with which arguments."""

    keys: dict[str, tuple[str, str]] = field(default_factory=dict)
    below: dict[str, "_Place"] = field(default_factory=dict)


class Generator:
    """Makes queries."""

    def __init__(
        self, seed: int, schema: GraphQLSchema, state: State, ledger: Ledger, viewers: Sequence[Viewer]
    ) -> None:
        self._random = Random(seed)
        self._schema = schema
        self.values = Values(self._random, state, ledger, viewers)
        self._used: dict[str, int] = {}
        self._fragments: dict[str, tuple[str, str]] = {}
        self._budget = self._aliases = 0
        self._steps: dict[str, int] = {}
        # The composite fields around the one being written.
        self._path: list[str] = []

    def query(self) -> Query:
        """The next query."""
        while True:
            text = self._draft()
            document = parse(text)
            if _tokens(text) <= MOST_TOKENS and over_limit(document) is None and not validate(self._schema, document):
                return Query(text, tuple(self.values.variables))

    def _draft(self) -> str:
        self.values.start(junk=0.2 if self._random.random() < 0.05 else 0.0)
        self._fragments = {}
        self._budget, self._aliases = self._random.choice((10, 30, 60)), 0
        assert self._schema.query_type is not None
        place = _Place()
        roots = [self._field(self._schema.query_type, place, 1) for _ in range(self._random.choice((1, 2, 3, 3)))]
        fragments = " ".join(f"fragment {name} on {on} {body}" for name, (on, body) in self._fragments.items())
        declared = ", ".join(variable.declared for variable in self.values.variables)
        name = self._random.choice(("", "Satu"))
        head = f"query {name}({declared})" if declared else f"query {name}"
        return f"{head} {{ {' '.join(filter(None, roots))} }} {fragments}"

    # --- selections

    def _selections(self, named: Any, place: _Place, depth: int) -> str:
        parts = []
        for _ in range(self._random.choice((1, 2, 3, 4))):
            part = self._part(named, place, depth)
            if part:
                parts.append(part)
        return f"{{ {' '.join(parts) or '__typename'} }}"

    def _part(self, named: Any, place: _Place, depth: int) -> str:
        lot = self._random.random()
        if named.name == "Node":
            if lot < 0.15:
                return self._random.choice(("id", "__typename", "... on Node { id }"))
            return self._inline(
                self._schema.get_type(
                    self._random.choice((*self.values.nodes, *self.values.nodes, *self.values.nodes, *NODES))
                ),
                place,
                depth,
            )
        if lot < 0.06:
            return "__typename"
        if lot < 0.14:
            return self._inline(named, place, depth)
        if lot < 0.22:
            return self._spread(named, place, depth)
        if lot < 0.25 and place.keys:
            key = self._random.choice(list(place.keys))
            return self._again(named, key, place, depth)
        return self._field(named, place, depth)

    def _inline(self, named: Any, place: _Place, depth: int) -> str:
        condition = self._random.choice(("", f"on {named.name} "))
        if any(one.name == "Node" for one in getattr(named, "interfaces", ())):
            condition = f"on {named.name} "
            if self._random.random() < 0.1:
                inner = self._selections(named, place, depth)
                return f"... on Node{self._directive()} {{ id ... on {named.name} {inner} }}"
        return f"... {condition}{self._directive()} {self._selections(named, place, depth)}"

    def _spread(self, named: Any, place: _Place, depth: int) -> str:
        known = [name for name, (on, _) in self._fragments.items() if on == named.name]
        if known and self._random.random() < 0.5:
            return f"...{self._random.choice(known)}{self._directive()}"
        body = self._selections(named, place, depth)
        name = f"F{len(self._fragments)}"
        self._fragments[name] = (named.name, body)
        return f"...{name}{self._directive()}"

    def _directive(self, rare: bool = False) -> str:
        lot = self._random.random() * (8 if rare else 1)
        if lot > 0.12:
            return ""
        # Mostly the side on which the field stays.
        name, stays = self._random.choice((("skip", False), ("include", True)))
        if lot > 0.05:
            return f" @{name}(if: {literal(stays if self._random.random() < 0.7 else not stays)})"
        boolean: Any = GraphQLNonNull(self._schema.get_type("Boolean"))
        value = self.values.variable(boolean, lambda: stays if self._random.random() < 0.6 else not stays)
        return f" @{name}(if: {value})"

    # --- fields

    def _field(self, parent: GraphQLObjectType, place: _Place, depth: int) -> str:
        names = [name for name, definition in parent.fields.items() if self._fits(name, definition, depth)]
        if not names:
            return "__typename"
        weights = [self._weight(parent, name) for name in names]
        name = self._random.choices(names, weights)[0]
        self._used[f"{parent.name}.{name}"] = self._used.get(f"{parent.name}.{name}", 0) + 1
        self._budget -= 1
        alias = ""
        if self._aliases < 25 and (name in place.keys or self._random.random() < 0.12):
            self._aliases += 1
            alias = self._random.choice((f"a{self._aliases}", f"id{self._aliases}", f"_{self._aliases}"))
        key = alias or name
        if key in place.keys:
            return self._again(parent, key, place, depth)
        definition = parent.fields[name]
        place.keys[key] = (name, self._arguments(parent, name, definition) if definition.args else "")
        place.below[key] = _Place()
        return self._again(parent, key, place, depth)

    def _weight(self, parent: GraphQLObjectType, name: str) -> float:
        coordinate = f"{parent.name}.{name}"
        weight = _WEIGHTS.get(name, 1) / (1 + self._used.get(coordinate, 0))
        if any(goal == coordinate or goal.startswith(f"{coordinate}(") for goal in self.values.goals):
            return weight * 20
        near = [self._steps.get(named) for named in _leads_to(parent.fields[name])]
        return weight * (1 + max((10 / (1 + steps) for steps in near if steps is not None), default=0))

    def aim(self, goals: set[str]) -> None:
        """What has not been reached yet, so that it comes first: the fields themselves, and the ways to them."""
        self.values.goals = goals
        self._steps = {goal.partition(".")[0]: 0 for goal in goals}
        parents = [named for named in self._schema.type_map.values() if isinstance(named, GraphQLObjectType)]
        for steps in range(8):
            for parent in parents:
                ahead = {name for field in parent.fields.values() for name in _leads_to(field)}
                if any(self._steps.get(name) == steps for name in ahead):
                    self._steps.setdefault(parent.name, steps + 1)

    def _again(self, parent: GraphQLObjectType, key: str, place: _Place, depth: int) -> str:
        """A field under a key it has or had before: with the same arguments, below perhaps with other fields."""
        name, arguments = place.keys[key]
        if name not in parent.fields:
            return "__typename"
        named = get_named_type(parent.fields[name].type)
        inner = ""
        if is_composite_type(named):
            self._path.append(name)
            inner = f" {self._selections(named, place.below[key], depth + 1)}"
            self._path.pop()
        head = name if key == name else f"{key}: {name}"
        return f"{head}{arguments}{self._directive(rare=depth == 1)}{inner}"

    def _fits(self, name: str, definition: GraphQLField, depth: int) -> bool:
        if name in UNREAD or (name == "children" and self._path.count("children") == _MOST_CHILDREN):
            return False
        return not is_composite_type(get_named_type(definition.type)) or (depth < 10 and self._budget > 0)

    # --- arguments

    def _arguments(self, parent: GraphQLObjectType, name: str, definition: GraphQLField) -> str:
        made: dict[str, str] = {}
        if "orderBy" in definition.args and self._random.random() < 0.5:
            made["orderBy"] = self._order()
        made |= self._page(parent, name, definition, made.get("orderBy"))
        others = [one for one in definition.args if one not in (*_PAGING, "orderBy")]
        if parent.name == "Query" and name == "report":
            others = [self._random.choice(others)] if self._random.random() > self.values.junk else others
        for one in others:
            kind = definition.args[one].type
            if isinstance(kind, GraphQLNonNull) or name == "report" or self._random.random() < 0.35:
                made[one] = self.values.write(kind, f"{parent.name}.{name}.{one}")
        return f"({', '.join(f'{one}: {text}' for one, text in made.items())})" if made else ""

    def _order(self) -> str:
        field_name = self._random.choice(("RECEIVED_AT", "UPDATED_AT", "DUE_AT", "DUE_AT", "NUMBER"))
        return f"{{field: {field_name}, direction: {self._random.choice(('ASC', 'DESC'))}}}"

    def _page(
        self, parent: GraphQLObjectType, name: str, definition: GraphQLField, order: str | None
    ) -> Mapping[str, str]:
        if "first" not in definition.args:
            return {}
        lists, coordinate = _lists(parent.name, name, order), f"{parent.name}.{name}"
        both = "last" in definition.args
        way = self._random.choice((("first", "after"), ("last", "before"))) if both else ("first", "after")
        if both and self._random.random() < self.values.junk:
            way = self._random.choice((("first", "last"), ("after", "before"), ("first", "before"), ("last", "after")))
        made = {}
        for one in way:
            if self._random.random() < (0.4 if one in ("first", "last") else 0.35):
                made[one] = self._page_argument(definition, one, lists, coordinate)
        return made

    def _page_argument(self, definition: GraphQLField, one: str, lists: str, coordinate: str) -> str:
        kind = definition.args[one].type

        def draw() -> Any:
            if self._random.random() < 0.05:
                return None
            if one in ("after", "before"):
                return self.values.cursor(lists) if self.values.has(lists) or self.values.junk else None
            return self.values.scalar("Int", f"{coordinate}.{one}")

        if self._random.random() < 0.4:
            return self.values.variable(kind, draw)
        return literal(draw())


def _leads_to(definition: GraphQLField) -> list[str]:
    """The types a field shows or takes."""
    named = get_named_type(definition.type)
    found = [*NODES] if named.name == "Node" else [named.name]
    return found + [get_named_type(argument.type).name for argument in definition.args.values()]


def _lists(parent: str, name: str, order: str | None) -> str:
    """The noun and order of a field's lists, as the ledger names them."""
    if parent != "Query":
        noun, found = list_of(f"{parent}.{name}")
        return f"{noun} {found.name}"
    if name == "reports" and order is not None:
        field_name, direction = order.strip("{}").replace("field: ", "").replace("direction: ", "").split(", ")
        return f"Report {order_of_reports({'orderBy': {'field': field_name, 'direction': direction}}).name}"
    return {
        "reports": "Report RECEIVED_AT DESC", "people": "Person name", "staffMembers": "StaffMember name",
        "vervalProposals": "VervalProposal createdAt DESC",
        "vervalBatches": "VervalBatch createdAt DESC",
        "importBatches": "ImportBatch createdAt DESC",
        "outreachActivities": "OutreachActivity heldOn DESC", "psksResources": "PsksResource name",
        "awards": "Award period DESC",
        "statisticSeries": "StatisticSeries code", "statisticValues": "StatisticValue place",
        "printedTables": "PrintedTable createdAt DESC",
        "organizations": "Organization code", "policyFollowUps": "PolicyFollowUp proposedAt DESC",
        "coordinationMeetings": "CoordinationMeeting startsAt DESC", "commitments": "Commitment dueAt",
    }[name]  # fmt: skip


def _tokens(text: str) -> int:
    lexer, count = Lexer(Source(text)), 0
    while lexer.advance().kind is not TokenKind.EOF:
        count += 1
    return count
