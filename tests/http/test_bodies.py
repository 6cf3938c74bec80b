"""Whatever is posted to /graphql gets an answer with a status and a code: never a failure, never somebody's number."""

import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from tests.project.running import Served

NIK = "6402036009799000"
JSON = {"Content-Type": "application/json"}
ADMIN = {"Authorization": "Bearer demo-admin", "X-Purpose": "VERIFICATION"}
MOST = 1024 * 1024


def body(query: Any, **others: Any) -> bytes:
    """A request's body."""
    return json.dumps({"query": query, **others}).encode()


def post(client: httpx2.Client, content: bytes | Iterator[bytes], **headers: str) -> httpx2.Response:
    """One request; nothing it brings is an accident or holds the NIK."""
    answer = client.post("/graphql", content=content, headers={**JSON, **headers})
    assert answer.status_code < 500, answer.text
    assert NIK not in answer.text
    assert "INTERNAL" not in answer.text
    return answer


def codes(answer: httpx2.Response) -> set[str]:
    """The codes of an answer's errors; every error has one."""
    return {error["extensions"]["code"] for error in answer.json()["errors"]}


VIEWER = "{ viewer { name } }"
NOT_GRAPHQL = {
    "nothing": b"",
    "null": b"null",
    "number": b"123",
    "list": b"[]",
    "batch": b"[" + body(VIEWER) + b"]",
    "text": b'""',
    "empty object": b"{}",
    "half": b'{"query":"{viewer{name}}"',
    "two": body(VIEWER) * 2,
    "not utf-8": b"\xff\xfe{}",
    "not utf-8 inside": b'{"query":"\xff"}',
    "utf-16": body(VIEWER).decode().encode("utf-16"),
    "form": b"query=%7Bviewer%7Bname%7D%7D",
    "brackets": b"[" * 100_000,
    "brackets in variables": b'{"query":"{viewer{name}}","variables":' + b"[" * 100_000,
    "braces in variables": b'{"query":"{viewer{name}}","variables":' + b'{"a":' * 100_000,
    "query null": body(None),
    "query number": body(1),
    "query list": body([VIEWER]),
    "query object": body({"a": VIEWER}),
    "variables list": body(VIEWER, variables=[]),
    "variables text": body(VIEWER, variables="{}"),
    "variables number": body(VIEWER, variables=1),
    "operation name number": body(VIEWER, operationName=1),
    "operation name list": body(VIEWER, operationName=["A"]),
    "NUL raw": b'{"query":"{viewer\x00{name}}"}',
    "NUL in query": b'{"query":"{viewer{name}} #\\u0000"}',
    "NUL in variables": body("query($n: String) { report(number: $n) { id } }", variables={"n": "a\0b"}),
    "NUL in a key": body(VIEWER, variables={"a\0": 1}),
    "lone surrogate": b'{"query":"{ viewer { name } } #\\ud800"}',
    "lone surrogate in variables": b'{"query":"{viewer{name}}","variables":{"a":"\\udfff"}}',
    "a number without end": b'{"query":"{viewer{name}}","variables":{"a":1' + b"0" * 400 + b"}}",
    "NaN": b'{"query":"{viewer{name}}","variables":{"a":NaN}}',
    "infinity": b'{"query":"{viewer{name}}","variables":{"a":Infinity}}',
}


@pytest.mark.parametrize("name", NOT_GRAPHQL)
def test_what_is_no_request_is_refused(client: httpx2.Client, name: str) -> None:
    answer = post(client, NOT_GRAPHQL[name])
    assert (answer.status_code, codes(answer)) == (400, {"BAD_USER_INPUT"})


@pytest.mark.parametrize("kind", [
    "text/plain", "text/plain; application/json", "application/jsonx", "xapplication/json",
    "application/json, text/plain",
    "application/x-www-form-urlencoded", "multipart/form-data; boundary=application/json", "application/graphql",
    "application/json; charset=iso-8859-1", "text/html;x=application/json", "", "*/*",
])  # fmt: skip
def test_other_kinds_of_content_are_refused(client: httpx2.Client, kind: str) -> None:
    answer = post(client, body(VIEWER), **{"Content-Type": kind})
    assert (answer.status_code, codes(answer)) == (415, {"BAD_USER_INPUT"})


@pytest.mark.parametrize("kind", ["application/json", "APPLICATION/JSON", "application/json;charset=UTF-8"])
def test_json_is_taken_however_it_is_written(client: httpx2.Client, kind: str) -> None:
    assert post(client, body(VIEWER), **{"Content-Type": kind}).json()["data"]["viewer"]["name"]


class TestSize:
    def test_as_much_as_is_allowed_is_read(self, client: httpx2.Client) -> None:
        padded = body(VIEWER).ljust(MOST)
        assert post(client, padded).status_code == 200

    def test_more_is_refused_when_it_says_so(self, client: httpx2.Client) -> None:
        answer = post(client, body(VIEWER).ljust(MOST + 1))
        assert (answer.status_code, codes(answer)) == (413, {"BAD_USER_INPUT"})

    def test_more_is_refused_when_it_does_not_say_so(self, client: httpx2.Client) -> None:
        answer = post(client, (b" " * 1024 for _ in range(1025)))
        assert (answer.status_code, codes(answer)) == (413, {"BAD_USER_INPUT"})


def deep(levels: int) -> str:
    """A query of so many levels."""
    inner = "parent { " * (levels - 2) + "name" + " }" * (levels - 2)
    return f"{{ regions {{ {inner} }} }}"


def aliases(count: int) -> str:
    """A query with so many aliases."""
    return "{ " + " ".join(f"a{n}: __typename" for n in range(count)) + " }"


def tokens(count: int) -> str:
    """A query of so many tokens."""
    return "{ reports(filter: {status: {in: [" + "RECEIVED " * (count - 20) + "]}}) { totalCount } }"


DOUBLING = "query { ...f0 } " + " ".join(
    f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }}" for n in range(40)
) + " fragment f40 on Query { viewer { name } }"  # fmt: skip
IN_FRAGMENTS = """
query { ...a ...a ...a viewer { ...b } }
fragment a on Query { a1: __typename a2: __typename a3: __typename a4: __typename a5: __typename
                      a6: __typename a7: __typename a8: __typename a9: __typename a10: __typename }
fragment b on Viewer { x: name }
"""
CYCLE = "query { ...a } fragment a on Query { ...b } fragment b on Query { ...a }"


@pytest.mark.parametrize(("query", "code"), [
    (deep(13), "DEPTH_EXCEEDED"),
    (deep(200), "DEPTH_EXCEEDED"),
    ("{" * 1_900, "GRAPHQL_PARSE_FAILED"),
    (aliases(31), "COST_EXCEEDED"),
    (IN_FRAGMENTS, "COST_EXCEEDED"),
    (tokens(2_001), "COST_EXCEEDED"),
    (DOUBLING, "COST_EXCEEDED"),
    (CYCLE, "GRAPHQL_VALIDATION_FAILED"),
    ("query { ...a } fragment a on Query { ...a }", "GRAPHQL_VALIDATION_FAILED"),
    ("", "GRAPHQL_PARSE_FAILED"),
    ("hello", "GRAPHQL_PARSE_FAILED"),
    (f"{{ {NIK} }}", "GRAPHQL_PARSE_FAILED"),
    (f"{{ n{NIK} }}", "GRAPHQL_VALIDATION_FAILED"),
    (f'{{ report(numbr: "{NIK}") {{ id }} }}', "GRAPHQL_VALIDATION_FAILED"),
    (f"{{ reports(first: {NIK}) {{ totalCount }} }}", "GRAPHQL_VALIDATION_FAILED"),
    (f"{{ reports(filter: {{ status: {{ eq: N{NIK} }} }}) {{ totalCount }} }}", "GRAPHQL_VALIDATION_FAILED"),
    ("{ reports(first: 99999999999999999999999) { totalCount } }", "GRAPHQL_VALIDATION_FAILED"),
    ("{ reports(first: -1) { totalCount } }", "BAD_USER_INPUT"),
    ("{ reports(first: 101) { totalCount } }", "BAD_USER_INPUT"),
    (f'{{ node(id: "{NIK}") {{ id }} }}', "BAD_USER_INPUT"),
    (f'{{ reports(after: "{NIK}") {{ totalCount }} }}', "BAD_CURSOR"),
    (f'{{ regions(parent: "{NIK}") {{ code }} }}', "BAD_FILTER"),
    ("query A { viewer { name } } query B { viewer { name } }", "BAD_USER_INPUT"),
    ("query A { viewer { name } } query A { viewer { name } }", "GRAPHQL_VALIDATION_FAILED"),
    ("fragment a on Query { viewer { name } }", "GRAPHQL_VALIDATION_FAILED"),
    ("subscription { x }", "GRAPHQL_VALIDATION_FAILED"),
    ("type T { x: Int }", "GRAPHQL_VALIDATION_FAILED"),
    ("{ viewer }", "GRAPHQL_VALIDATION_FAILED"),
    ("mutation { reportSubmit { errors { code } } }", "GRAPHQL_VALIDATION_FAILED"),
    ("{ reports(filter: " + "{not: " * 300 + "{hasFollowUp: true}" + "}" * 300 + ") { totalCount } }",
     "GRAPHQL_PARSE_FAILED"),
    ("{ reports(filter: {or: [" + "{hasFollowUp: true}" * 300 + "]}) { totalCount } }", "BAD_FILTER"),
])  # fmt: skip
def test_a_query_that_cannot_be_answered_says_why(client: httpx2.Client, query: str, code: str) -> None:
    answer = post(client, body(query), **ADMIN)
    assert (answer.status_code, codes(answer)) == (200, {code})


@pytest.mark.parametrize("query", [deep(12), aliases(30), tokens(2_000)])
def test_what_just_keeps_the_limits_is_answered(client: httpx2.Client, query: str) -> None:
    assert "errors" not in post(client, body(query)).json()


def nested(levels: int) -> dict[str, Any]:
    """A filter of so many levels."""
    inner: dict[str, Any] = {"hasFollowUp": True}
    for _ in range(levels):
        inner = {"not": inner}
    return inner


FILTERED = "query($f: ReportFilter) { reports(filter: $f) { totalCount } }"
PAGED = "query($n: Int) { reports(first: $n) { totalCount } }"
SUBMIT = "mutation($i: ReportSubmitInput!) { reportSubmit(input: $i) { errors { code message } } }"


@pytest.mark.parametrize(("query", "variables", "code"), [
    (PAGED, {"n": "ten"}, "BAD_USER_INPUT"),
    (PAGED, {"n": 1.5}, "BAD_USER_INPUT"),
    (PAGED, {"n": True}, "BAD_USER_INPUT"),
    (PAGED, {"n": 2**31}, "BAD_USER_INPUT"),
    (PAGED, {"n": 10**30}, "BAD_USER_INPUT"),
    (PAGED, {"n": [1]}, "BAD_USER_INPUT"),
    (PAGED, {"n": int(NIK)}, "BAD_USER_INPUT"),
    (PAGED, {"n": NIK}, "BAD_USER_INPUT"),
    (FILTERED, {"f": NIK}, "BAD_USER_INPUT"),
    (FILTERED, {"f": {NIK: 1}}, "BAD_USER_INPUT"),
    (FILTERED, {"f": {"status": {"eq": NIK}}}, "BAD_USER_INPUT"),
    (FILTERED, {"f": {"receivedAt": {"gte": NIK}}}, "BAD_USER_INPUT"),
    (FILTERED, {"f": {"region": {"within": NIK}}}, "BAD_FILTER"),
    (FILTERED, {"f": nested(200)}, "BAD_USER_INPUT"),
    (FILTERED, {"f": {"and": [{"or": [{"hasFollowUp": True}] * 10}] * 10}}, "BAD_FILTER"),
    (FILTERED, {"f": {"or": [{"hasFollowUp": True}] * 10_000}}, "BAD_FILTER"),
    (SUBMIT, {}, "BAD_USER_INPUT"),
    (SUBMIT, {"i": None}, "BAD_USER_INPUT"),
    (SUBMIT, {"i": {"channel": NIK, "description": "x"}}, "BAD_USER_INPUT"),
    (SUBMIT, {"i": {"channel": "WEB", "description": {"nik": NIK}}}, "BAD_USER_INPUT"),
    (SUBMIT, {"i": {"channel": "WEB"}}, "BAD_USER_INPUT"),
])  # fmt: skip
def test_variables_that_do_not_fit_are_refused(
    client: httpx2.Client, query: str, variables: dict[str, Any], code: str
) -> None:
    answer = post(client, body(query, variables=variables), **ADMIN)
    assert (answer.status_code, codes(answer)) == (200, {code})


@pytest.mark.parametrize("name", ["C", "", NIK, "a" * 10_000])
def test_an_operation_that_is_not_there_is_refused(client: httpx2.Client, name: str) -> None:
    answer = post(client, body("query A { viewer { name } } query B { viewer { name } }", operationName=name))
    assert codes(answer) == {"BAD_USER_INPUT"}


def test_the_named_operation_is_run(client: httpx2.Client) -> None:
    answer = post(client, body("query A { viewer { name } } query B { b: viewer { name } }", operationName="B"))
    assert list(answer.json()["data"]) == ["b"]


@pytest.mark.parametrize("headers", [
    {"Authorization": f"Bearer {NIK}"}, {"Authorization": NIK}, {"Authorization": "Basic eDp5"},
    {"Authorization": "Bearer"},
    {"Authorization": ""}, {"Authorization": "Bearer demo-ADMIN"}, {"Authorization": "Bearer demo-' OR 1=1 --"},
])  # fmt: skip
def test_a_token_that_is_not_known_is_refused(client: httpx2.Client, headers: dict[str, str]) -> None:
    answer = post(client, body(VIEWER), **headers)
    assert (answer.status_code, codes(answer)) == (401, {"UNAUTHENTICATED"})
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_purpose_that_is_none_is_refused(client: httpx2.Client) -> None:
    answer = post(client, body(VIEWER), **{"X-Purpose": NIK})
    assert (answer.status_code, codes(answer)) == (400, {"BAD_USER_INPUT"})


def test_a_search_for_a_person_leaves_no_number_behind(client: httpx2.Client, served: Served) -> None:
    found = client.post(
        "/graphql",
        headers=ADMIN,
        json={
            "query": "query Find($nik: String!) { people(filter: {nik: $nik}) { nodes { name nik } } }",
            "variables": {"nik": NIK},
        },
    )
    assert found.json()["data"]["people"]["nodes"] == [{"name": "Endang", "nik": "6402********9000"}]
    assert NIK not in client.get("/metrics").text
    assert NIK not in served.log.read_text()
    assert "request_id=" in served.log.read_text()
