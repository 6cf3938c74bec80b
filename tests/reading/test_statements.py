"""How many statements a question takes depends on its shape alone: a page of a hundred costs as many as a page of
one.
"""

import pytest

from integration.access.sealing import Sealer
from integration.db.engine import Database
from integration.db.readers import IN_ARRAYS
from integration.settings import Settings
from integration.worker import Worker
from resolvers.context import Services
from schema.app import build_services
from tests.reading import world
from tests.reading.asking import Counted, ask, viewer_of

# Reports as a desk shows them: whom they are about with family and newest record, who handles them, what follows.
DESK = """query ($first: Int!) { reports(first: $first) { nodes {
  number status region { name } reporter { name phone }
  subjects { name person { name currentRegistry { desil } family { kk members { name } } } }
  assignments { state staff { name } unit { name } }
  followUps { title status } } } }"""

QUERIES = {
    "reports": "query ($first: Int!) { reports(first: $first) { nodes { number } } }",
    "a desk": DESK,
    "pages in pages": """query ($first: Int!) { reports(first: $first) { totalCount pageInfo { hasNextPage }
    edges { cursor node {
        messages(first: $first) { totalCount nodes { text } } timeline(first: 2) { nodes { act legalBasis { title } } }
        followUps { reports(first: 2) { totalCount nodes { number subjects { candidates { evidence { weight } } } } }
        } } } } }""",
    "people": """query ($first: Int!) { people(first: $first) { nodes { name ppks { term } enrolments { programmeName }
        registryRecords { release { period } staleness } family { members { reports(first: 1) { nodes { number } } } }
        } } }""",
    "staff": """query ($first: Int!) { staffMembers(first: $first) { nodes { name openAssignments onDuty roles
        assignments(first: $first) { totalCount nodes { report { number assignments { staff { name } } } } } } } }""",
    "policy": """query ($first: Int!) { policyFollowUps(first: $first) { nodes { title milestones { title }
    decisions { at }
        evidence { count } owner { units { name } } reports(first: $first) { nodes { number region { parent { name } }
        } } } } }""",
}


@pytest.fixture
async def counted(settings: Settings, database: Database, sealer: Sealer) -> tuple[Services, Counted]:
    """A database with more than a hundred reports, and readers that count."""
    await world.fill(database, sealer, seed=7, size=120)
    readers = Counted(database.readers)
    database.readers = readers
    services = build_services(settings, database, Worker(database, sealer, settings), sealer)
    await services.known.renew(readers)
    return services, readers


@pytest.mark.parametrize("subject", ["demo-admin", "demo-division", "demo-tksk"])
async def test_the_number_of_statements_does_not_grow_with_the_page(
    counted: tuple[Services, Counted], subject: str
) -> None:
    services, readers = counted
    viewer = await viewer_of(services, subject)
    taken = {}
    for name, text in QUERIES.items():
        counts = []
        for first in (1, 100):
            readers.statements = 0
            answer = await ask(services, viewer, text, {"first": first})
            assert answer["data"] is not None, (name, answer["errors"])
            counts.append(readers.statements)
        # A level whose parents are all missing is not asked for, so one row may take fewer; a hundred never more than
        # all.
        assert counts[0] <= counts[1] <= _levels(text), name
        taken[name] = counts[1]
    assert taken["reports"] == 1
    if services.database.dialect == "postgresql":
        assert set(taken.values()) == {1}, "all lists of a root field come by one statement"


@pytest.mark.parametrize("subject", ["demo-admin", "demo-division"])
async def test_fifty_reports_with_everything_take_few_statements(
    counted: tuple[Services, Counted], subject: str
) -> None:
    services, readers = counted
    viewer = await viewer_of(services, subject)
    readers.statements = readers.opened = 0
    answer = await ask(services, viewer, DESK, {"first": 50})
    assert "errors" not in answer
    assert readers.statements <= {"sqlite": 5, "postgresql": 1}[services.database.dialect]
    assert readers.opened == 1, "all levels are read in one snapshot"
    if subject == "demo-admin":
        shown = answer["data"]["reports"]["nodes"]
        assert len(shown) == 50
        subjects = [one for report in shown for one in report["subjects"]]
        assert any(one["person"] and one["person"]["family"] and one["person"]["currentRegistry"] for one in subjects)
        assert any(report["followUps"] for report in shown)
        assert any(held["staff"] for report in shown for held in report["assignments"])


async def test_one_statement_needs_no_transaction(counted: tuple[Services, Counted]) -> None:
    services, readers = counted
    viewer = await viewer_of(services, "demo-admin")
    for text, is_single in (
        ("{ reports(first: 2) { nodes { number } } }", True),
        ("{ reports(first: 2) { nodes { number subjects { name } } } }", services.database.dialect == "postgresql"),
        ("{ a: reports(first: 2) { nodes { number } } b: sopSteps { text } }", False),
        ("{ ... { reports(first: 2) { nodes { number } } sopSteps { text } } }", False),
        ("{ reportStatistics(groupBy: [STATUS]) { rows { count } } }", True),
    ):
        readers.single = readers.opened = 0
        assert "errors" not in await ask(services, viewer, text)
        assert (readers.opened, readers.single) == (1, int(is_single)), text


async def test_a_snapshot_for_one_statement_refuses_a_second(database: Database) -> None:
    async with database.readers.snapshot(single=True) as snapshot:
        assert list(map(tuple, await snapshot.fetch("SELECT 1", []))) == [(1,)]
        with pytest.raises(AssertionError):
            await snapshot.fetch("SELECT 1", [])


async def test_every_column_of_ours_can_stand_in_an_array(database: Database) -> None:
    if database.dialect == "sqlite":
        return
    async with database.readers.snapshot(single=True) as snapshot:
        types = await snapshot.fetch(
            """SELECT DISTINCT t.typname::text FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
               JOIN pg_type t ON t.oid = a.atttypid
               WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0
               AND NOT a.attisdropped""",
            [],
        )
    assert {name for (name,) in types} <= set(IN_ARRAYS)


def _levels(text: str) -> int:
    """The lists a query names, each at most one statement, and one more for each count."""
    lists = ("reports(", "people(", "staffMembers(", "policyFollowUps(", "assignments", "followUps",
    "subjects", "members",
             "messages(", "timeline(", "candidates", "evidence", "ppks {", "enrolments", "registryRecords",
             "milestones",
             "decisions", "units", "totalCount")  # fmt: skip
    return sum(text.count(one) for one in lists)
