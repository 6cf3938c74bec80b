"""Many ask at once while the data changes under them: each answer is one moment, whole, and nothing is kept."""

import asyncio
from typing import Any

import sqlalchemy as sa

from integration.access.sealing import Sealer
from integration.db.engine import Database
from integration.policy.tables import PolicyFollowUpReportRow, PolicyFollowUpRow
from integration.reading.view import table
from integration.reports.tables import ReportRow
from integration.settings import Settings
from integration.worker import Worker
from resolvers.context import Services
from schema.app import build_services
from tests.reading.asking import Counted, ask, viewer_of

# What every write changes together stands on different levels and under different roots of these.
TEXTS = (
    "{ policyFollowUps(first: 100) { nodes { title reports(first: 100) { nodes { entryPoint } } } } }",
    "{ reports(first: 100, filter: {hasFollowUp: true}) { nodes { entryPoint followUps { title } } } }",
    """{ a: reports(first: 99, filter: {hasFollowUp: true}) { nodes { entryPoint } }
         b: policyFollowUps(first: 100) { nodes { title } } c: reports(last: 99) { nodes { followUps { title } } } }""",
    """query ($id: ID!) { node(id: $id) { ... on Report { entryPoint followUps { title reports(first: 5) {
         nodes { entryPoint } } } } } policyFollowUps(first: 1) { nodes { title } } }""",
)
_ASKERS, _EACH = 64, 3


def marks(value: Any) -> set[str]:
    """The marks of writes that stand anywhere in an answer."""
    if isinstance(value, dict):
        return set().union(*(marks(one) for one in value.values()))
    if isinstance(value, list):
        return set().union(*(marks(one) for one in value))
    return {value} if isinstance(value, str) and value.startswith("moment ") else set()


async def _write(database: Database, number: int) -> None:
    """One transaction that marks every follow-up and every report of one."""
    follow_up, report, link = table(PolicyFollowUpRow), table(ReportRow), table(PolicyFollowUpReportRow)
    async with database.write() as session:
        connection = await session.connection()
        await connection.execute(sa.update(follow_up).values(title=f"moment {number}"))
        linked = sa.select(link.c.report_id)
        await connection.execute(
            sa.update(report).where(report.c.id.in_(linked)).values(entry_point=f"moment {number}")
        )


async def _writing(database: Database, done: asyncio.Event) -> int:
    number = 0
    while not done.is_set():
        number += 1
        await _write(database, number)
        await asyncio.sleep(0)
    return number


async def test_sixty_four_askers_each_see_one_moment_while_all_is_changed(
    settings: Settings, filled: Database, sealer: Sealer
) -> None:
    readers = Counted(filled.readers)
    filled.readers = readers
    services: Services = build_services(settings, filled, Worker(filled, sealer, settings), sealer)
    await services.known.renew(readers)
    await _write(filled, 0)
    # Who sees every report and every follow-up, so that nothing is missing for being hidden.
    viewers = [await viewer_of(services, f"demo-{name}") for name in ("admin", "secretary", "head", "lead")]
    first = await ask(services, viewers[0], "{ reports(first: 1, filter: {hasFollowUp: true}) { nodes { id } } }")
    variables = {"id": first["data"]["reports"]["nodes"][0]["id"]}
    done = asyncio.Event()
    writer = asyncio.create_task(_writing(filled, done))

    async def asker(number: int) -> list[set[str]]:
        seen = []
        for turn in range(_EACH):
            answer = await ask(services, viewers[number % 4], TEXTS[(number + turn) % 4], variables)
            assert "errors" not in answer, answer["errors"]
            seen.append(marks(answer["data"]))
        return seen

    try:
        asked = await asyncio.gather(*(asker(number) for number in range(_ASKERS)))
    finally:
        done.set()
        written = await writer
    moments = [seen for turns in asked for seen in turns]
    assert [len(seen) for seen in moments] == [1] * (_ASKERS * _EACH)
    assert written > 1 and len(set().union(*moments)) > 1, "nothing changed while they asked"
    assert readers.lent == 0
