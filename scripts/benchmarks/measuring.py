"""The measurement itself: answers compared first, then every server in turn, again and again."""

import json
import statistics
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

from scripts.benchmarks.asking import QUERIES, same
from scripts.benchmarks.contestants import Contestant, ServerFailed, python
from scripts.benchmarks.load import Job, Measured

CONCURRENCIES = (1, 16)
# How many of Q2's reports are compared.
_COMPARED = 25
# Over the measured time: a client's start, and the slowest answer under way.
_GRACE_SECONDS = 60.0

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how often."""

    queries: Sequence[str]
    seconds: float
    warm_up: float = 10.0
    repetitions: int = 3
    concurrencies: Sequence[int] = CONCURRENCIES

    def reads(self) -> "Plan":
        """Its questions that change nothing."""
        return replace(self, queries=[query for query in self.queries if query != "Q4"])

    def writes(self) -> "Plan":
        """The other ones."""
        return replace(self, queries=[query for query in self.queries if query == "Q4"])


@dataclass(frozen=True, slots=True)
class Spread:
    """A median of some repetitions, with the lowest and the highest."""

    median: float
    lowest: float
    highest: float

    @staticmethod
    def of(values: Sequence[float]) -> "Spread":
        """From the repetitions' values."""
        return Spread(statistics.median(values), min(values), max(values))


@dataclass(slots=True)
class Cell:
    """One server, query and concurrency: what each repetition gave."""

    repetitions: list[Measured] = field(default_factory=list)

    def rate(self) -> Spread:
        """Requests per second."""
        return Spread.of([m.requests / m.seconds for m in self.repetitions])

    def cpu(self) -> Spread:
        """Milliseconds of the server's CPU per request."""
        return Spread.of([m.server_cpu * 1000 / m.requests for m in self.repetitions])

    def database_cpu(self) -> Spread:
        """Milliseconds of PostgreSQL's CPU per request."""
        return Spread.of([m.database_cpu * 1000 / m.requests for m in self.repetitions])

    def latency(self) -> Spread:
        """Median milliseconds until the answer."""
        return Spread.of([m.median_ms for m in self.repetitions])


# By query, concurrency and server's name.
Cells = dict[tuple[str, int, str], Cell]


def compare(contestants: Sequence[Contestant], queries: Sequence[str], say: Say) -> None:
    """Hold every answer against the first server's, byte by byte; a difference ends the run before any timing."""
    first, *others = contestants
    for query in queries:
        count = min(_COMPARED, len(first.requests(query)))
        for index in range(count):
            said = first.values(query, index)
            for other in others:
                if query not in other.asks:
                    continue
                unordered = other.asks[query].unordered
                ours, theirs = same(said, unordered), same(other.values(query, index), unordered)
                if ours != theirs:
                    where = _differs(ours, theirs)
                    raise ServerFailed(
                        f"{other.name} answers {query} otherwise than {first.name}, from byte {where} on"
                    )
        answers = "answer" if count == 1 else "answers"
        asked = sum(query in contestant.asks for contestant in contestants)
        say(f"  {query}: {count} {answers} of {asked} servers, equal in all values")


def _differs(one: bytes, other: bytes) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def measure(contestants: Sequence[Contestant], plan: Plan, postmaster: int | None, say: Say) -> Cells:
    """All queries; while one server is measured the others stand still."""
    cells: Cells = {}
    taking_part = list(contestants)
    for contestant in taking_part:
        contestant.pause()
    for query in plan.queries:
        for repetition in range(plan.repetitions):
            for contestant in tuple(taking_part):
                if query not in contestant.asks:
                    continue
                contestant.resume()
                try:
                    for concurrency in plan.concurrencies:
                        # Once warm is warm enough: a later repetition only has to wake up.
                        cold = repetition == 0 and concurrency == plan.concurrencies[0]
                        warm_up = plan.warm_up if cold else min(0.5, plan.warm_up)
                        measured = load(contestant, query, concurrency, plan.seconds, warm_up, postmaster)
                        cells.setdefault((query, concurrency, contestant.name), Cell()).repetitions.append(measured)
                except ServerFailed as failed:
                    if contestant is contestants[0]:
                        raise
                    say(f"  {failed} It is left out from here on.")
                    taking_part.remove(contestant)
                contestant.pause()
            say(f"  {query} ({QUERIES[query]}): round {repetition + 1} of {plan.repetitions}")
    for contestant in contestants:
        contestant.resume()
    return cells


def load(
    contestant: Contestant,
    query: str,
    concurrency: int,
    seconds: float,
    warm_up: float,
    postmaster: int | None,
    requests: Sequence[str] | None = None,
) -> Measured:
    """One window of load on one server, by a client process of its own."""
    sent = list(requests or contestant.requests(query))
    # Counts and submissions change in length while others are measured.
    lengths = contestant.lengths(query) if requests is None and query in ("Q1", "Q2") else None
    job = Job(contestant.port, sent, concurrency, warm_up, seconds, lengths, contestant.pid, postmaster)
    try:
        done = subprocess.run(
            python("scripts.benchmarks.load"),
            input=json.dumps(asdict(job)),
            capture_output=True,
            text=True,
            check=False,
            timeout=warm_up + seconds + _GRACE_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise ServerFailed(
            f"{contestant.name}, {query}: the server did not answer in time; see {contestant.log}"
        ) from None
    if done.returncode != 0:
        raise ServerFailed(f"{contestant.name}, {query}: {done.stderr.strip().rpartition(chr(10))[2]}")
    return Measured(**json.loads(done.stdout))


def as_json(cells: Cells) -> list[Mapping[str, object]]:
    """All that was measured, for a file."""
    return [
        {
            "query": query,
            "concurrency": concurrency,
            "server": name,
            "requests_per_second": asdict(cell.rate()),
            "server_cpu_ms": asdict(cell.cpu()),
            "database_cpu_ms": asdict(cell.database_cpu()),
            "median_ms": asdict(cell.latency()),
            "repetitions": [asdict(m) for m in cell.repetitions],
        }
        for (query, concurrency, name), cell in cells.items()
    ]
