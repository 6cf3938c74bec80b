"""Generated queries, put to the reading road and to the second reader."""

import json
from dataclasses import dataclass
from random import Random

from integration.access.sealing import Sealer
from integration.access.viewer import OFFICE, WHOLE_OFFICE, Viewer
from integration.db.base import now
from resolvers.context import Services
from schema.executor import GRAPHQL, execute_operation
from tests.reading.compare import difference, has_substance
from tests.reading.generate import Generator
from tests.reading.listing import Ledger
from tests.reading.oracle import Oracle
from tests.reading.state import load

# Each text is asked several times, by others and with other variables: plans are shared between requests.
ASKED = 3


@dataclass(slots=True)
class Comparison:
    """What was asked so far: how many queries, how many answers told anything, and what was never reached."""

    asked: int
    told: int
    missing: set[str]
    # The first answer that is not the expected one, in words.
    difference: str | None = None


async def compare(
    services: Services, viewers: list[Viewer], sealer: Sealer, seed: int, runs: int, goals: set[str]
) -> Comparison:
    """Ask `runs` queries, up to four times as many while a goal was not reached; stop at the first difference."""
    state, ledger = await load(services.database, sealer), Ledger()
    oracle, generator, random = Oracle(state, ledger), Generator(seed, GRAPHQL, state, ledger, viewers), Random(seed)
    weights = [14 if viewer.roles & WHOLE_OFFICE else 2 if viewer.roles & OFFICE else 1 for viewer in viewers]
    done = Comparison(0, 0, set(goals))
    # What lot has left out is aimed at; a few queries more reach it.
    while done.asked < runs or (done.missing and done.asked < 4 * runs):
        generator.aim(done.missing)
        query = generator.query()
        for _ in range(ASKED):
            viewer, variables = random.choices(viewers, weights)[0], query.draw()
            expected = oracle.answer(viewer, now(), query.text, variables, None)
            answer = await execute_operation(services, viewer, query.text, variables, None, "test")
            found = difference(expected, answer, ledger)
            if found:
                done.difference = (
                    f"query {done.asked} of seed {seed} as {viewer.actor} ({viewer.purpose}): {found}\n{query.text}\n"
                    f"{json.dumps(variables)}\nerrors: {answer.get('errors')}"
                )
                return done
            done.asked += 1
            done.missing -= expected.seen
            done.told += has_substance(answer.get("data"))
    return done
