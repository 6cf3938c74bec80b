"""How long the rules of policy signals take over all reports, and whether twice the reports take twice the time."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import asyncpg

from integration.access.sealing import Sealer
from integration.db.engine import Database
from integration.db.migrate import migrate
from integration.demo.load import load_demo
from integration.settings import Settings
from integration.worker import Worker
from scripts.benchmarks.amounts import Amounts
from scripts.benchmarks.filling import Say, fill_with, ground_of
from scripts.benchmarks.goals import SIGNAL_SECONDS, TWICE, Goal
from scripts.benchmarks.pile import Pile


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Seconds over so many reports: when all signals are new, and on a day on which nothing happened."""

    database: str
    reports: int
    signals: int
    first: float
    again: float


def evaluate(settings: Settings, amounts: Amounts, backends: Sequence[str], say: Say) -> list[Evaluation]:
    """Half the reports and all of them, on each database, in databases that are made for it and removed."""
    sizes = (amounts.reports // 2, amounts.reports)
    return [
        asyncio.run(_one(settings, backend, replace(amounts, reports=size), say))
        for backend in backends
        for size in sizes
    ]


def judge(found: Sequence[Evaluation]) -> list[Goal]:
    """Whether all reports are gone through in seconds, and twice as many in about twice the time."""
    goals = []
    for half, whole in zip(found[::2], found[1::2], strict=True):
        about = f"Signals on {whole.database}, {whole.reports:,} reports"
        goals.append(Goal(f"{about}: seconds, all of them new", whole.first, SIGNAL_SECONDS, least=False))
        goals.append(Goal(f"{about}: seconds, nothing new", whole.again, SIGNAL_SECONDS, least=False))
        goals.append(Goal(f"{about}: time against half of them", whole.first / half.first, TWICE, least=False))
    return goals


async def _one(settings: Settings, backend: str, amounts: Amounts, say: Say) -> Evaluation:
    async with _database(settings, backend) as database:
        await migrate(database)
        sealer = Sealer(settings.master_key())
        await load_demo(database, sealer, lambda _: None)
        await fill_with(database, Pile(amounts, await ground_of(database)), lambda _: None)
        worker = Worker(database, sealer, settings)
        start = time.perf_counter()
        signals = await worker.evaluate_signals()
        first = time.perf_counter()
        await worker.evaluate_signals()
        found = Evaluation(backend, amounts.reports, signals, first - start, time.perf_counter() - first)
    say(
        f"Signals on {backend}: {found.reports:,} reports, {found.signals:,} signals, {found.first:.2f} s when all are "
        f"new, {found.again:.2f} s when nothing is"
    )
    return found


@asynccontextmanager
async def _database(settings: Settings, backend: str) -> AsyncIterator[Database]:
    name = "signals"
    if backend == "sqlite":
        path = Path(settings.data) / f"{name}.db"
        _remove(path)
        database = Database(f"sqlite:///{path}")
        try:
            yield database
        finally:
            await database.close()
            _remove(path)
        return
    server = Database(settings.database)
    address = server.url
    await server.close()
    connection: Any = await asyncpg.connect(address.set(drivername="postgresql").render_as_string(hide_password=False))
    try:
        await connection.execute(f"DROP DATABASE IF EXISTS {name}")
        await connection.execute(f"CREATE DATABASE {name}")
        database = Database(address.set(database=name, drivername="postgresql").render_as_string(hide_password=False))
        try:
            yield database
        finally:
            await database.close()
            await connection.execute(f"DROP DATABASE {name}")
    finally:
        await connection.close()


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
