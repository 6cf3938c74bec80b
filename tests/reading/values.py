"""Argument values by lot, drawn from what a database holds so that most questions have an answer; now and then junk."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLInputType, GraphQLList, GraphQLNonNull

from integration.access.viewer import WHOLE_OFFICE, Viewer
from tests.reading.fields import encode_id, plain
from tests.reading.listing import Ledger
from tests.reading.sight import Sight
from tests.reading.state import State

NODES = (
    "Award", "OutreachActivity", "PsksResource",
    "Assignment", "Commitment", "CoordinationMeeting", "Family", "ImportBatch", "Organization", "Person",
    "PolicyFollowUp", "PolicySignal", "PrintedTable", "RegistryRelease", "Report", "StaffMember", "StatisticSeries",
    "VervalBatch", "VervalProposal",
)  # fmt: skip
# Of which somebody who does not see all may see a few.
_NEAR = ("Report", "Person", "Family", "Assignment", "PolicyFollowUp", "VervalProposal", "CoordinationMeeting")
# Filters on what a row may lack: `not` is wrong about them first.
_OFTEN_EMPTY = ("category", "desil", "unit", "owner", "nik")
# What stands in a list of variables for one that is not sent.
ABSENT = object()


@dataclass(slots=True)
class Variable:
    """A variable of a query: how it is declared, and how a value for a request is drawn."""

    name: str
    declared: str
    draw: Callable[[], Any]


class Values:
    """Draws the values of arguments. `junk` is the chance that one is not what it should be."""

    def __init__(self, random: Random, state: State, ledger: Ledger, viewers: Sequence[Viewer]) -> None:
        self._random = random
        self._state = state
        self._ledger = ledger
        self._niks = [row.nik_sealed for row in state.all("Person") if row.nik_sealed]
        # What those see who do not see everything, so that they too have answers.
        sights = [Sight(state, viewer) for viewer in viewers if not viewer.roles & WHOLE_OFFICE]
        self._near = {
            noun: [row for sight in sights for row in state.all(noun) if sight.sees(row)]
            for noun in (
                "Report",
                "Person",
                "Family",
                "Assignment",
                "PolicyFollowUp",
                "VervalProposal",
                "CoordinationMeeting",
            )
        }
        self.used: dict[str, int] = {}
        # Coordinates that were never reached yet: they come first.
        self.goals: set[str] = set()
        self.junk = 0.0
        self.variables: list[Variable] = []
        # The types that `node` and `nodes` of this query ask for, mostly.
        self.nodes: list[str] = []

    def start(self, junk: float) -> None:
        """Begin a query."""
        self.junk = junk
        self.variables = []
        self.nodes = self._random.sample(NODES, 2)

    # --- what fits where: `owner.name` is the argument or input field

    def _is_junk(self) -> bool:
        return self._random.random() < self.junk

    def _of(self, noun: str, column: str) -> Any:
        near = self._near.get(noun)
        return getattr(
            self._random.choice(near if near and self._random.random() < 0.6 else self._state.all(noun)), column
        )

    def _id(self, *nouns: str) -> str:
        if self._is_junk():
            wrong = (
                "junk",
                "",
                "\N{SNOWMAN}",
                encode_id("Message", self._of("Message", "id")),
                "UGVyc29uOjEy",
                "Um9sZTo=",
            )
            return self._random.choice((*wrong, self._id(*NODES)))
        noun = self._random.choice(nouns)
        key = self._of(noun, "id")
        if self._random.random() < 0.05:
            key = type(key)(int=key.int ^ 1)  # nobody's
        return encode_id(noun, key)

    def _text(self, coordinate: str) -> str:
        if coordinate == "PersonFilter.nik":
            nik = self._state.open("nik", self._random.choice(self._niks)) or ""
            return self._random.choice((nik, f"{nik[:4]} {nik[4:]}", f" {nik}"))
        if coordinate == "Query.people.search":
            words = str(self._of("Person", "name")).split()
            return self._random.choice(
                (words[0], words[-1].upper()[:4], " ".join(reversed(words)), "%", "_a", "'", "\u0130")
            )
        if coordinate == "Query.report.number":
            return str(self._of("Report", "number"))
        noun, column = {
            "ReportFilter.ppksType": ("ReportPpksType", "ppks_code"),
            "PersonFilter.ppksType": ("PersonPpks", "ppks_code"),
            "PersonFilter.programme": ("Programme", "code"), "StaffFilter.unit": ("OrgUnit", "code"),
            "OrganizationFilter.kind": ("Organization", "kind"), "ReportFilter.region": ("Report", "region_code"),
            "PersonFilter.region": ("Person", "region_code"), "StaffFilter.district": ("StaffMember", "district_code"),
            "VervalProposalFilter.region": ("VervalProposal", "region_code"),
            "OutreachActivityFilter.region": ("OutreachActivity", "region_code"),
            "PsksResourceFilter.region": ("PsksResource", "region_code"),
            "PsksResourceFilter.type": ("PsksResource", "type_code"),
            "Query.regions.parent": ("Region", "parent_code"),
            "StatisticSeriesFilter.code": ("StatisticSeries", "code"),
            "StatisticValueFilter.series": ("StatisticSeries", "code"),
            "StatisticValueFilter.region": ("StatisticValue", "region_code"),
        }[coordinate]  # fmt: skip
        code = str(self._of(noun, column) or self._of("Region", "code"))
        if coordinate.endswith(("region", "district")) and self._random.random() < 0.6:
            return code[:5]
        return code

    def _moment(self) -> str:
        """A moment near one in the data, under some offset."""
        moment = self._of("Report", "received_at") + timedelta(microseconds=self._random.choice((0, 0, 1, -1)))
        offset = self._random.choice((0, 8, -5))
        shifted = plain(moment + timedelta(hours=offset))[:-1]
        return f"{shifted}{'Z' if offset == 0 else f'{offset:+03}:00'}"

    def scalar(self, name: str, coordinate: str) -> Any:
        """A value of a scalar, for an argument or an input field."""
        if name == "Boolean":
            return self._random.random() < 0.7
        if name == "Int" and coordinate.rsplit(".", 1)[-1] in ("first", "last"):
            if self._is_junk():
                return self._random.choice((0, -1, 101, 2_000_000_000))
            return self._random.choice((1, 1, 2, 3, 5, 20, 100))
        if name == "Int":
            return self._random.randint(0, 10)
        if name == "DateTime":
            return self._moment()
        if name == "ID":
            types = {
                "person": ("Person",),
                "report": ("Report",),
                "assignedTo": ("StaffMember",),
                "owner": ("Organization",),
            }
            parts = coordinate.split(".")
            return self._id(*types.get(parts[1], self.nodes))
        if self._is_junk():
            return self._random.choice(("", "NO-SUCH", "64.02.", "640201", "1234", "\N{SNOWMAN}"))
        return self._text(coordinate)

    def has(self, lists: str) -> bool:
        """Whether a cursor of such lists was met."""
        return bool(self._ledger.of(lists))

    def cursor(self, lists: str) -> str:
        """A cursor of lists of a noun in an order; now and then of another list."""
        known = self._ledger.of(lists)
        if self._is_junk() or not known:
            others = list(self._ledger.places)
            return self._random.choice(
                (*(others and [self._random.choice(others)]), "", "junk", "WyJhdCJd", "\N{SNOWMAN}")
            )
        return self._random.choice(known)

    # --- as JSON values

    def value(self, wanted: GraphQLInputType, coordinate: str, depth: int = 0) -> Any:
        """A JSON value of an input type."""
        if isinstance(wanted, GraphQLNonNull):
            return self.value(wanted.of_type, coordinate, depth)
        if self._random.random() < self.junk * 0.4:
            return None
        if isinstance(wanted, GraphQLList):
            kind = getattr(wanted.of_type, "of_type", None)
            if isinstance(kind, GraphQLEnumType) and not self._is_junk():
                return self._random.sample(
                    list(kind.values), min(len(kind.values), self._random.choice((0, 1, 1, 2, 3)))
                )
            size = self._random.choice((2, 3, 5) if coordinate == "Query.nodes.ids" else (0, 1, 1, 2, 3))
            return [self._not_null(wanted.of_type, coordinate, depth) for _ in range(size)]
        if isinstance(wanted, GraphQLEnumType):
            return self._random.choice(list(wanted.values))
        if isinstance(wanted, GraphQLInputObjectType):
            names = self.names(wanted, coordinate, depth)
            return {name: self._field(wanted, name, coordinate, depth) for name in names}
        return self.scalar(wanted.name, coordinate)

    def _not_null(self, wanted: GraphQLInputType, coordinate: str, depth: int) -> Any:
        while (value := self.value(wanted, coordinate, depth)) is None:
            pass
        return value

    def _field(self, wanted: GraphQLInputObjectType, name: str, coordinate: str, depth: int) -> Any:
        here, kind = self.place(wanted, name, coordinate), wanted.fields[name].type
        if isinstance(kind, GraphQLNonNull):
            return self._not_null(kind, here, depth + 1)
        return self.value(kind, here, depth + 1)

    def names(self, wanted: GraphQLInputObjectType, coordinate: str, depth: int) -> list[str]:
        """Which fields of an input object to give: one or two, the least used first."""
        required = [name for name, field in wanted.fields.items() if isinstance(field.type, GraphQLNonNull)]
        if required:
            return required
        if self._random.random() < 0.05:
            return []
        open_names = [name for name in wanted.fields if depth < 3 or name not in ("and", "or", "not")]
        found = []
        for _ in range(self._random.choice((1, 1, 1, 2))):
            weights = [
                self._weight(f"{wanted.name}.{name}", self.place(wanted, name, f"{coordinate}.{name}"))
                * (20 if name in _OFTEN_EMPTY and coordinate.endswith(".not") else 4 if name == "not" else 1)
                for name in open_names
            ]
            name = self._random.choices(open_names, weights)[0]
            self.used[f"{wanted.name}.{name}"] = self.used.get(f"{wanted.name}.{name}", 0) + 1
            found.append(name)
        return list(dict.fromkeys(found))

    def _weight(self, name: str, coordinate: str) -> float:
        wanted = any(goal == coordinate or goal.startswith(f"{coordinate}.") for goal in self.goals)
        return (10 if wanted else 1) / (1 + self.used.get(name, 0))

    @staticmethod
    def place(wanted: GraphQLInputObjectType, name: str, coordinate: str) -> str:
        """The coordinate of a field: operators stand for the filter field they compare."""
        compares = name in ("eq", "in", "gt", "gte", "lt", "lte", "within")
        return coordinate if compares else f"{wanted.name}.{name}"

    # --- as text of a query, parts of it as variables

    def write(self, wanted: GraphQLInputType, coordinate: str, depth: int = 0) -> str:
        """A literal of an input type; any part may be a variable, drawn anew for every request."""
        if self._random.random() < 0.3:
            return self.variable(wanted, lambda: self.value(wanted, coordinate, depth))
        inner = wanted.of_type if isinstance(wanted, GraphQLNonNull) else wanted
        if isinstance(inner, GraphQLList):
            items = [
                self.write(inner.of_type, coordinate, depth)
                for _ in range(self._random.choice((1, 2, 3) if coordinate == "Query.nodes.ids" else (0, 1, 1, 2)))
            ]
            return f"[{', '.join(items)}]"
        if isinstance(inner, GraphQLInputObjectType):
            parts = [
                f"{name}: {self.write(inner.fields[name].type, self.place(inner, name, coordinate), depth + 1)}"
                for name in self.names(inner, coordinate, depth)
            ]
            return f"{{{', '.join(parts)}}}"
        value = self.value(wanted, coordinate, depth)
        while value is None and isinstance(wanted, GraphQLNonNull):
            value = self.value(wanted, coordinate, depth)
        return str(value) if isinstance(inner, GraphQLEnumType) and value is not None else literal(value)

    def variable(self, wanted: GraphQLInputType, draw: Callable[[], Any], required: bool = False) -> str:
        """A new variable of a type: perhaps with a default, perhaps not sent, and perhaps null where that is
        allowed.
        """
        name, default = f"v{len(self.variables)}", ""
        inner = wanted.of_type if isinstance(wanted, GraphQLNonNull) else wanted
        must = isinstance(wanted, GraphQLNonNull) or required
        plain_kind = isinstance(inner, GraphQLEnumType) or getattr(inner, "name", "") in ("Boolean", "Int", "String")
        if plain_kind and self._random.random() < 0.3 and (value := draw()) is not None:
            default = f" = {value if isinstance(inner, GraphQLEnumType) else literal(value)}"

        def drawn() -> Any:
            if (default or not must) and self._random.random() < (0.3 if default else 0.15):
                return ABSENT
            value = draw()
            while value is None and must:
                value = draw()
            return value

        self.variables.append(Variable(name, f"${name}: {inner}{'!' if must else ''}{default}", drawn))
        return f"${name}"


def literal(value: Any) -> str:
    """A JSON scalar as GraphQL text."""
    return json.dumps(value)
