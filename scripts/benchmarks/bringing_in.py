"""One import of a file in a process of its own, timed by its steps, with the memory it took."""

import asyncio
import multiprocessing
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import integration.tables  # noqa: F401 - events point at tables of every noun
from integration.access.sealing import Sealer
from integration.access.viewer import SYSTEM
from integration.codes import RegistryScheme
from integration.db.engine import Database
from integration.db.migrate import migrate
from integration.reference import load_reference
from integration.registry.importing import batches
from integration.registry.importing.files import inspect
from integration.registry.importing.service import Importer
from integration.settings import Settings

_MASTER = bytes(range(1, 33))
STEPS = ("inspecting", "rows", "crossing", "recognising", "faults", "applying")


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """Rows read and taken, seconds of each of `STEPS`, processor seconds of all our processes (not of a database
    server), and the most memory, in MB, of the process that leads and of one that checks beside it.
    """

    rows: int
    taken: int
    seconds: dict[str, float]
    processor: float
    leader_mb: float
    helper_mb: float

    @property
    def total(self) -> float:
        """Seconds of all steps."""
        return sum(self.seconds.values())


async def prepare(url: str) -> None:
    """Make an empty database ready."""
    database = Database(url)
    try:
        await migrate(database)
        async with database.write() as session:
            await load_reference(session)
    finally:
        await database.close()


def bring_in(url: str, data: Path, file: Path, period: str) -> BroughtIn:
    """Import a file as the command line does, to the end. In a new process: its memory shall be that of the import."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_bring_in, url, data, file, period).result()


def _bring_in(url: str, data: Path, file: Path, period: str) -> BroughtIn:
    done = asyncio.run(_import(Database(url), Settings(data=data), file, period))
    leader, helpers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = sum(used.ru_utime + used.ru_stime for used in (leader, helpers))
    return BroughtIn(*done, processor, leader.ru_maxrss / 1024, helpers.ru_maxrss / 1024)


async def _import(database: Database, settings: Settings, file: Path, period: str) -> tuple[int, int, dict[str, float]]:
    began = {STEPS[0]: time.perf_counter()}

    def tell(step: str, _rows: int) -> None:
        began.setdefault(step, time.perf_counter())

    def opener() -> BinaryIO:
        return file.open("rb")

    try:
        importer = Importer(database, Sealer(_MASTER), settings, SYSTEM)
        inspected = inspect(opener, settings.import_max_bytes)
        batch = await importer.begin(inspected, RegistryScheme.DTKS, period, file.name)
        hold = importer.hold(batch.id)
        if not await hold.take(wait=False):
            raise RuntimeError("the batch is held by another process")
        # Starting the processes that check is part of reading the rows.
        tell("rows", 0)
        await importer.stage(hold, opener, inspected, tell)
        tell("applying", 0)
        if await importer.apply(hold) is None:
            raise RuntimeError("the file could not be applied")
        await hold.give_back()
        ended = time.perf_counter()
        done = await batches.read(database, batch.id)
    finally:
        await database.close()
    moments = [*began.values(), ended]
    lasted = {step: after - before for step, before, after in zip(began, moments, moments[1:], strict=False)}
    return done.rows, done.rows - done.refused_rows, lasted
