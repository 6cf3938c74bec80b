"""What the reading road must reach beside its peers, and whether it did."""

from collections.abc import Iterator
from dataclasses import dataclass

from scripts.benchmarks.line_up import IDIOMATIC, LIMIT, OUR_NAME, POSTGRAPHILE_NAME
from scripts.benchmarks.measuring import Cells

FAR_PAGE = 2_000
# Against page 1, and in MB.
FAR_PAGE_COST = 1.8
MEMORY = 150.0
# For a job that runs once a day; and what counts as twice.
SIGNAL_SECONDS = 30.0
TWICE = 2.3


@dataclass(frozen=True, slots=True)
class Goal:
    """One sentence, what was measured, and what is allowed; `least` says on which side of it to be."""

    text: str
    measured: float
    allowed: float
    least: bool

    @property
    def reached(self) -> bool:
        """Whether it holds."""
        return self.measured >= self.allowed if self.least else self.measured <= self.allowed


def goals(cells: Cells, concurrency: int) -> Iterator[Goal]:
    """Those that the measured servers allow to judge, at one concurrency."""

    def rates(query: str, peer: str, allowed: float) -> Iterator[Goal]:
        ours, theirs = cells.get((query, concurrency, OUR_NAME)), cells.get((query, concurrency, peer))
        if ours and theirs:
            share = ours.rate().median / theirs.rate().median
            yield Goal(f"{query}: requests a second, against {peer}", share, allowed, least=True)

    def costs(query: str, peer: str, allowed: float) -> Iterator[Goal]:
        ours, theirs = cells.get((query, concurrency, OUR_NAME)), cells.get((query, concurrency, peer))
        if ours and theirs and theirs.cpu().median:
            share = ours.cpu().median / theirs.cpu().median
            yield Goal(f"{query}: the server's CPU, against {peer}", share, allowed, least=False)

    yield from rates("Q1", IDIOMATIC, 30)
    yield from rates("Q1", POSTGRAPHILE_NAME, 2.2)
    yield from rates("Q1", LIMIT, 0.5)
    yield from costs("Q1", POSTGRAPHILE_NAME, 0.5)
    yield from costs("Q1", LIMIT, 6)
    yield from rates("Q2", POSTGRAPHILE_NAME, 1.5)
    yield from rates("Q3", POSTGRAPHILE_NAME, 1)
    yield from rates("Q4", POSTGRAPHILE_NAME, 1)
