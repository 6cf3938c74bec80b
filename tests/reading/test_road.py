"""What somebody who asks would see of the reading road where no generated query looks: broken rows, crowds, writers."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from integration.access.sealing import Sealer
from integration.access.tables import AccessLogRow
from integration.access.viewer import ANONYMOUS
from integration.db.base import uuid7
from integration.db.engine import Database
from integration.db.readers import Row, Snapshot
from integration.people.tables import PersonRow
from integration.reading import relay
from integration.reading.view import table
from integration.registry.tables import RegistryReleaseRow
from integration.reports.tables import ReportRow
from integration.settings import Settings
from integration.sop.tables import LegalBasisRow
from integration.worker import Worker
from resolvers.context import Services
from schema.app import build_services
from tests.reading.asking import Counted, ask, viewer_of
from tests.reading.state import load


async def _tear_out(database: Database, row: type[SQLModel], key: UUID) -> None:
    """Delete a row that others need, as a repair by hand might."""
    torn = table(row)
    async with database.engine.connect() as connection:
        if database.dialect == "sqlite":
            # Ours begins every transaction itself; this setting counts only outside of one.
            await connection.exec_driver_sql("COMMIT")
            await connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            await connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            await connection.exec_driver_sql("SET session_replication_role = replica")
        await connection.execute(sa.delete(torn).where(torn.c.id == key))
        await connection.commit()
        await connection.invalidate()


async def test_a_missing_required_value_takes_away_the_nearest_that_may_be_missing(
    services: Services, sealer: Sealer
) -> None:
    """As GraphQL says: a record without its release takes its list away, but not the person nor the people beside."""
    state = await load(services.database, sealer)
    record = state.all("RegistryRecord")[0]
    person = state.get("Person", record.person_id)
    assert person is not None
    await _tear_out(services.database, RegistryReleaseRow, record.release_id)
    admin = await viewer_of(services, "demo-admin")
    text = """query ($search: String) { people(search: $search, first: 100) { nodes { name
              registryRecords { status release { period } } } } ppksTypes { code } }"""
    answer = await ask(services, admin, text, {"search": person.name})
    people = answer["data"]["people"]["nodes"]
    assert len(answer["data"]["ppksTypes"]) == 26
    gone = [index for index, one in enumerate(people) if one["registryRecords"] is None]
    assert gone and all(one["name"] for one in people)
    paths = [error["path"] for error in answer["errors"]]
    assert [path[:4] for path in paths] == [["people", "nodes", index, "registryRecords"] for index in gone]
    assert {path[5] for path in paths} == {"release"}
    assert {error["extensions"]["code"] for error in answer["errors"]} == {"INTERNAL"}
    unasked = await ask(services, admin, "{ people(first: 100) { nodes { registryRecords { status } } } }")
    assert "errors" not in unasked, "what nobody asks for hurts nobody"


async def test_a_missing_required_value_at_the_root_takes_all_away(services: Services, sealer: Sealer) -> None:
    state = await load(services.database, sealer)
    await _tear_out(services.database, LegalBasisRow, state.all("SopStep")[0].legal_basis_id)
    answer = await ask(services, ANONYMOUS, "{ sopSteps { number legalBasis { code } } }")
    assert answer["data"] is None
    assert [(e["path"][0], e["path"][2], e["extensions"]["code"]) for e in answer["errors"]] == [
        ("sopSteps", "legalBasis", "INTERNAL")
    ]


async def test_a_cursor_goes_only_with_its_own_list_and_order(services: Services) -> None:
    admin = await viewer_of(services, "demo-admin")
    lists = {
        "reports": "reports", "reports by number": "reports", "people": "people", "staff": "staffMembers",
        "organizations": "organizations", "follow-ups": "policyFollowUps",
    }  # fmt: skip
    orders = {"reports by number": "orderBy: {field: NUMBER, direction: ASC}"}
    cursors = {}
    for name, field in lists.items():
        arguments = ", ".join(filter(None, ("first: 1", orders.get(name))))
        answer = await ask(services, admin, f"{{ {field}({arguments}) {{ pageInfo {{ endCursor }} }} }}")
        cursors[name] = answer["data"][field]["pageInfo"]["endCursor"]
    for name, field in lists.items():
        for other, cursor in cursors.items():
            arguments = ", ".join(filter(None, ("first: 1", "after: $after", orders.get(name))))
            text = f"query ($after: String!) {{ {field}({arguments}) {{ totalCount nodes {{ id }} }} }}"
            answer = await ask(services, admin, text, {"after": cursor})
            codes = [error["extensions"]["code"] for error in answer.get("errors", [])]
            assert codes == ([] if name == other else ["BAD_CURSOR"]), (name, other)


async def test_pages_put_together_are_the_whole_list_in_both_directions(services: Services) -> None:
    """By a key that can be empty and has many equals: nothing is left out, nothing comes twice."""
    admin = await viewer_of(services, "demo-admin")
    for direction in ("ASC", "DESC"):
        order = f"orderBy: {{field: DUE_AT, direction: {direction}}}"
        whole = await ask(services, admin, f"{{ reports(first: 100, {order}) {{ nodes {{ id dueAt }} totalCount }} }}")
        nodes = whole["data"]["reports"]["nodes"]
        assert len(nodes) == whole["data"]["reports"]["totalCount"]
        dates = [node["dueAt"] for node in nodes]
        assert None in dates and dates[dates.index(None) :] == [None] * dates.count(None)
        forward = await _walk(services, admin, "first", "after", "hasNextPage", "endCursor", order)
        backward = await _walk(services, admin, "last", "before", "hasPreviousPage", "startCursor", order)
        ids = [node["id"] for node in nodes]
        assert [one for page in forward for one in page] == ids
        assert [one for page in reversed(backward) for one in page] == ids


async def _walk(
    services: Services, viewer: Any, size: str, mark: str, more: str, cursor: str, order: str
) -> list[list[str]]:
    text = (
        f"query ($at: String) {{ reports({size}: 7, {mark}: $at, {order}) "
        f"{{ nodes {{ id }} pageInfo {{ {more} {cursor} }} }} }}"
    )
    pages: list[list[str]] = []
    at, goes_on = None, True
    while goes_on:
        page = (await ask(services, viewer, text, {"at": at}))["data"]["reports"]
        pages.append([node["id"] for node in page["nodes"]])
        at, goes_on = page["pageInfo"][cursor], page["pageInfo"][more]
        assert len(pages) < 100
    return pages


class _Busy(Counted):
    """Readers behind whose back somebody writes after every statement."""

    def __init__(self, database: Database) -> None:
        super().__init__(database.readers)
        self._database = database

    async def write(self) -> None:
        """Take a report in."""
        async with self._database.write() as session:
            reports = table(ReportRow)
            connection = await session.connection()
            found = (await connection.execute(sa.select(reports).limit(1))).mappings().one()
            await connection.execute(
                sa.insert(reports).values({**found, "id": (new := uuid7()), "number": f"SIM-2030-{new.hex}"})
            )

    def snapshot(self, single: bool = False) -> Any:
        return _BusySnapshot(self, super().snapshot(single))


class _BusySnapshot:
    def __init__(self, readers: _Busy, manager: Any) -> None:
        self._readers, self._manager = readers, manager

    async def __aenter__(self) -> Snapshot:
        self._snapshot: Snapshot = await self._manager.__aenter__()
        return self

    async def __aexit__(self, *failure: object) -> None:
        await self._manager.__aexit__(*failure)

    async def fetch(self, sql: str, arguments: Sequence[Any]) -> Sequence[Row]:
        rows = await self._snapshot.fetch(sql, arguments)
        await self._readers.write()
        return rows


async def test_one_question_sees_one_moment(settings: Settings, filled: Database, sealer: Sealer) -> None:
    """Every list and count of a question agrees, although a report comes in after each statement."""
    readers = _Busy(filled)
    services = build_services(settings, filled, Worker(filled, sealer, settings), sealer)
    await services.known.renew(filled.readers)
    admin = await viewer_of(services, "demo-admin")
    filled.readers = readers
    text = """{ a: reports(first: 100) { totalCount nodes { id } } b: reports(last: 100) { nodes { id } totalCount }
                statistics: reportStatistics(groupBy: []) { rows { count } } }"""
    answer = await ask(services, admin, text)
    data = answer["data"]
    assert {one["id"] for one in data["a"]["nodes"]} == {one["id"] for one in data["b"]["nodes"]}
    assert data["a"]["totalCount"] == data["b"]["totalCount"] == data["statistics"]["rows"][0]["count"]
    assert (await ask(services, admin, text))["data"]["a"]["totalCount"] > data["a"]["totalCount"]


async def test_whoever_asks_gives_the_connection_back(settings: Settings, filled: Database, sealer: Sealer) -> None:
    """Answered, refused or wrong: no question keeps what it reads with."""
    readers = Counted(filled.readers)
    filled.readers = readers
    services = build_services(settings, filled, Worker(filled, sealer, settings), sealer)
    await services.known.renew(readers)
    admin = await viewer_of(services, "demo-admin")
    for text in (
        "{ reports { totalCount } }",
        "{ reports(first: 500) { totalCount } sopSteps { text } }",
        "{ nothing }",
    ):
        for viewer in (admin, ANONYMOUS):
            await ask(services, viewer, text)
            assert readers.lent == 0, text


async def test_a_crowd_of_askers_gets_right_answers_and_gives_all_connections_back(
    settings: Settings, filled: Database, sealer: Sealer
) -> None:
    readers = Counted(filled.readers)
    filled.readers = readers
    services = build_services(settings, filled, Worker(filled, sealer, settings), sealer)
    await services.known.renew(readers)
    viewers = [
        ANONYMOUS,
        *[await viewer_of(services, f"demo-{name}") for name in ("admin", "division", "tksk", "citizen")],
    ]
    texts = (
        "{ reports(first: 5) { totalCount nodes { number subjects { name person { name } } } } }",
        "query ($id: ID!) { node(id: $id) { ... on Report { number description } } people(first: 3) { totalCount } }",
        "{ reports(first: 500) { totalCount } }",
        "{ a: staffMembers(first: 3) { nodes { name } } b: reports(first: 2) { nodes { id } } c: sopSteps { text } }",
    )
    any_id = (await ask(services, viewers[1], "{ reports(first: 1) { nodes { id } } }"))["data"]["reports"]["nodes"][0][
        "id"
    ]
    alone = {(v, t): await ask(services, v, t, {"id": any_id}) for v in viewers for t in texts}
    asked = [(viewers[n % 5], texts[n % 4]) for n in range(64)]
    answers = await asyncio.gather(*(ask(services, viewer, text, {"id": any_id}) for viewer, text in asked))
    assert [answer == alone[one] for one, answer in zip(asked, answers, strict=True)] == [True] * 64
    assert readers.lent == 0
    assert (await ask(services, viewers[1], texts[0])) == alone[viewers[1], texts[0]]


async def test_whoever_goes_away_in_the_middle_leaves_no_connection_behind(
    settings: Settings, filled: Database, sealer: Sealer
) -> None:
    readers = Counted(filled.readers)
    filled.readers = readers
    services = build_services(settings, filled, Worker(filled, sealer, settings), sealer)
    await services.known.renew(readers)
    admin = await viewer_of(services, "demo-admin")
    text = "{ reports(first: 100) { nodes { number subjects { name person { name family { members { name } } } } } } }"
    for _ in range(20):
        task = asyncio.create_task(ask(services, admin, text))
        while not readers.lent:  # noqa: ASYNC110 - a turn of the loop, not a wait
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert readers.lent == 0
    assert "errors" not in await ask(services, admin, text)


async def test_who_is_entered_is_who_is_shown(services: Services) -> None:
    """A page looks one row ahead: nobody of the row that it leaves out is entered in the access log."""
    admin = await viewer_of(services, "demo-admin")
    text = "query ($n: Int!) { reports(first: $n) { nodes { subjects { person { id family { members { id } } } } } } }"
    for size in range(1, 25):
        answer = await ask(services, admin, text, {"n": size})
        persons = [one["person"] for node in answer["data"]["reports"]["nodes"] for one in node["subjects"]]
        found = [person for person in persons if person is not None]
        members = [member for person in found if person["family"] for member in person["family"]["members"]]
        shown = {decoded[1].hex for person in (*found, *members) if (decoded := relay.decode(person["id"]))}
        async with services.database.look() as session:
            newest = sa.select(table(AccessLogRow).c.people).order_by(table(AccessLogRow).c.id.desc()).limit(1)
            entered = (await (await session.connection()).execute(newest)).scalar() if shown else []
        assert set(entered or ()) == shown, size


async def test_words_no_database_can_hold_find_nothing(services: Services) -> None:
    """A text with a NUL or half a character is nobody's number or name; that is no failure of ours."""
    admin = await viewer_of(services, "demo-admin")
    text = """query ($word: String) { report(number: $word) { id } }"""
    for word in ("\0", "SIM\0", "\ud800"):
        assert await ask(services, admin, text, {"word": word}) == {"data": {"report": None}}, ascii(word)
    for word in ("\0", "\ud800"):
        answer = await ask(services, admin, "query ($w: String) { people(search: $w) { totalCount } }", {"w": word})
        assert answer == {"data": {"people": {"totalCount": 0}}}, ascii(word)


async def test_refused_fields_are_told_once_with_first_path_and_count(services: Services, sealer: Sealer) -> None:
    analyst = await viewer_of(services, "demo-analyst")
    state = await load(services.database, sealer)
    answer = await ask(services, analyst, "{ staffMembers(first: 3) { nodes { assignments { totalCount } } } }")
    assert [(e["path"], e["extensions"]["count"]) for e in answer["errors"]] == [
        (["staffMembers", "nodes", 0, "assignments"], 3)
    ]
    assert state.all("Person")  # and none of them, nor their fields, for the analyst
    people = await ask(services, analyst, "{ people { nodes { nik } totalCount } }")
    assert people == {"data": {"people": {"nodes": [], "totalCount": 0}}}


async def test_nobody_known_by_a_role_sees_anything_not_even_public_lists(services: Services) -> None:
    nobody = await viewer_of(services, "test-nobody")
    answer = await ask(services, nobody, '{ report(number: "SIM-2024-000001") { id } sopSteps { number } }')
    assert answer["data"] is None
    assert {(error["extensions"]["code"], error["extensions"]["count"]) for error in answer["errors"]} == {
        ("FORBIDDEN", 1)
    }


async def test_the_same_person_twice_in_a_report_is_one_report_of_theirs(services: Services, sealer: Sealer) -> None:
    state = await load(services.database, sealer)
    named = [(s.person_id, s.report_id) for s in state.all("ReportSubject") if s.person_id]
    twice = next(pair for pair in named if named.count(pair) > 1)
    person: PersonRow = state.get("Person", twice[0])  # type: ignore[assignment]
    admin = await viewer_of(services, "demo-admin")
    text = """query ($search: String!) { people(search: $search, first: 100) { nodes { id
              reports(first: 100) { totalCount nodes { id } } } } }"""
    answer = await ask(services, admin, text, {"search": person.name})
    for found in answer["data"]["people"]["nodes"]:
        ids = [node["id"] for node in found["reports"]["nodes"]]
        assert len(ids) == len(set(ids)) == found["reports"]["totalCount"]


async def test_what_one_field_asks_wrongly_is_not_told_to_its_neighbour(services: Services) -> None:
    admin = await viewer_of(services, "demo-admin")
    listed = await ask(services, admin, "{ reports(first: 1) { nodes { id number } } }")
    (report,) = listed["data"]["reports"]["nodes"]
    text = """query ($id: ID!) { good: node(id: $id) { ... on Report { number } }
      bad: node(id: $id) { ... on Report { messages(after: "WyJhdCJd") { totalCount } } } }"""
    answer = await ask(services, admin, text, {"id": report["id"]})
    assert answer["data"] == {"good": {"number": report["number"]}, "bad": None}
    assert [(e["path"], e["extensions"]["code"]) for e in answer["errors"]] == [(["bad"], "BAD_CURSOR")]
