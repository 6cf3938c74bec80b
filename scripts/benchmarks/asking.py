"""What is asked of every server, and what its answers come to in plain values, to be compared byte by byte."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import orjson
from graphql import OperationDefinitionNode, parse, print_ast

Values: TypeAlias = Any

QUERIES = {
    "Q1": "50 reports, nested",
    "Q2": "one report, everything",
    "Q3": "counts by kecamatan and status",
    "Q4": "reportSubmit",
}
_OPERATIONS = {"Q1": "Page", "Q2": "One", "Q3": "Counts", "Q4": "Submit"}
# Replaced by the load client in every request, at the same length: a report is submitted only once under a key.
UNIQUE = "unique-key-of-each-single-report"
_TIMES = frozenset({"receivedAt", "updatedAt", "assignedAt", "at"})


@dataclass(frozen=True, slots=True)
class Ask:
    """Requests to send in turn, and how an answer's data becomes values."""

    bodies: Sequence[bytes]
    values: Callable[[Any], Values]
    method: str = "POST"
    paths: Sequence[str] = ("/graphql",)
    headers: Mapping[str, str] = field(default_factory=dict)
    # Lists this server cannot order as ours does: compared as sets.
    unordered: frozenset[str] = frozenset()


@cache
def operation(file: str, name: str) -> str:
    """One operation of a file of queries; a client sends no more than it asks."""
    document = parse((Path(__file__).parent / "queries" / f"{file}.graphql").read_text(encoding="utf-8"))
    return next(
        print_ast(node)
        for node in document.definitions
        if isinstance(node, OperationDefinitionNode) and node.name is not None and node.name.value == name
    )


def body(file: str, query: str, variables: Mapping[str, Any] | None = None) -> bytes:
    """A GraphQL request."""
    return orjson.dumps({"query": operation(file, _OPERATIONS[query]), "variables": variables or {}})


def submission(region: str) -> dict[str, Any]:
    """What a citizen submits through the superApp, the same from everybody."""
    return {
        "channel": "SUPERAPP",
        "category": "AID_REQUEST",
        "description": "Ibu Sumiati tidak bisa berjalan dan perlu kursi roda; sudah dua kali ditanyakan ke desa.",
        "region": region,
        "idempotencyKey": UNIQUE,
    }


def graphql_asks(
    file: str,
    numbers: Sequence[str],
    region: str,
    shapes: Mapping[str, Callable[[Any], Values]],
    unordered: frozenset[str] = frozenset(),
) -> dict[str, Ask]:
    """The four questions to a GraphQL server."""
    variables: dict[str, list[dict[str, Any]]] = {
        "Q1": [{}],
        "Q2": [{"number": number} for number in numbers],
        "Q3": [{}],
        "Q4": [{"input": submission(region)}],
    }
    return {
        query: Ask([body(file, query, given) for given in variables[query]], shapes[query], unordered=unordered)
        for query in QUERIES
    }


def same(answer: Values, unordered: frozenset[str]) -> bytes:
    """Values in one spelling: keys in order, times as UTC instants, and `unordered` lists sorted."""
    return orjson.dumps(_plain(answer, unordered), option=orjson.OPT_SORT_KEYS)


def _plain(value: Any, unordered: frozenset[str], key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _plain(inner, unordered, name) for name, inner in value.items()}
    if isinstance(value, list):
        items = [_plain(inner, unordered) for inner in value]
        return sorted(items, key=orjson.dumps) if key in unordered else items
    if isinstance(value, str) and (key in _TIMES or (key == "dueAt" and len(value) > 10)):
        return datetime.fromisoformat(value).astimezone(UTC).isoformat()
    return value


# --- the shapes of answers

OURS: Mapping[str, Callable[[Any], Values]] = {
    "Q1": lambda data: data["reports"]["nodes"],
    "Q2": lambda data: _flat(data["report"]),
    "Q3": lambda data: _counts([*row["key"], row["count"]] for row in data["reportStatistics"]["rows"]),
    "Q4": lambda data: _kept(data["reportSubmit"]["report"]),
}


def _flat(report: Any) -> Values:
    return report | {name: report[name]["nodes"] for name in ("messages", "timeline")}


def _counts(rows: Iterable[list[Any]]) -> Values:
    return sorted(rows, key=orjson.dumps)


def _kept(report: Any) -> Values:
    return {name: value for name, value in report.items() if name not in ("number", "receivedAt")}


def _postgraphile_report(report: Any) -> Values:
    for subject in report["subjects"]:
        if subject["person"]:
            found = subject["person"]["currentRegistry"]
            subject["person"]["currentRegistry"] = (
                found[0] | {"scheme": found[0].pop("release")["scheme"]} if found else None
            )
            for registry in [subject["person"]["currentRegistry"]] if found else []:
                registry.pop("release", None)
    report["followUps"] = [link["followUp"] for link in report["followUps"]]
    if "ppksTypes" in report:
        report["ppksTypes"] = [link["type"] for link in report["ppksTypes"]]
    return report


POSTGRAPHILE: Mapping[str, Callable[[Any], Values]] = {
    "Q1": lambda data: [_postgraphile_report(report) for report in data["allReportsList"]],
    "Q2": lambda data: _postgraphile_report(data["reportByNumber"]),
    "Q3": lambda data: _counts(
        [row["district"], row["status"], row["count"]] for row in data["allPeersReportCountsList"]
    ),
    "Q4": OURS["Q4"],
}
