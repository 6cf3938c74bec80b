"""Who checks the lines of a file: this process, or another beside it where there is a core and the file is worth it.

Checking takes a core for a minute and more where a file holds hundreds of thousands of lines. In a process of its own
it neither waits for the writing nor holds up the people whom this process answers.
"""

import asyncio
import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager

from integration.registry.importing.checking import Chunk, Line, Maker

Check = Callable[[int, Sequence[Line]], Awaitable[Chunk]]

# A helper takes about a second to come; so many bytes of a file take longer to check. It takes 150 MB as well, and a
# second one made the import no faster.
_WORTH = 3_000_000
# Whoever waits for an answer of this process, or for the database, goes first.
_NICE = 5
# What is made of a line is in no circle: looking for such among thousands of rows is a tenth of the work.
_OBJECTS_TO_LOOK_AT = 200_000


@asynccontextmanager
async def checkers(maker: Maker, size: int) -> AsyncIterator[Check]:
    """What checks the lines of a file of so many bytes. Given the number of the first line and the lines."""
    if size < _WORTH or len(os.sched_getaffinity(0)) < 2:
        yield lambda first, lines: asyncio.to_thread(maker.chunk, first, lines)
        return
    # Not by fork: this process has threads, whose locks a copy of it would hold for ever.
    pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _begin, (maker,))
    loop = asyncio.get_running_loop()
    try:
        yield lambda first, lines: loop.run_in_executor(pool, _chunk, first, lines)
    finally:
        await asyncio.to_thread(pool.shutdown, cancel_futures=True)


_makers: list[Maker] = []


def _begin(maker: Maker) -> None:
    # Who interrupts the import interrupts the process that leads it, which ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.nice(_NICE)
    gc.freeze()
    gc.set_threshold(_OBJECTS_TO_LOOK_AT)
    _makers.append(maker)


def _end_with_parent() -> None:
    """A pool's process whose leader was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _chunk(first: int, lines: Sequence[Line]) -> Chunk:
    return _makers[0].chunk(first, lines)
