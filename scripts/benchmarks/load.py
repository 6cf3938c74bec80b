"""The load client: a process of its own that speaks HTTP/1.1 over raw sockets and does as little as can be done.

Reads one job from standard input and writes what it measured to standard output, both JSON. Requests are made before
the clock runs. Of an answer it checks the status, that no error is in it, and its length where answers never change.
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import cycle
from pathlib import Path
from typing import cast
from uuid import uuid4

import uvloop

from scripts.benchmarks.asking import UNIQUE

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Job:
    """Whom to ask what, for how long. `watched` are the server's processes, `databases` PostgreSQL's first one."""

    port: int
    requests: list[str]
    concurrency: int
    warm_up: float
    seconds: float
    lengths: list[int] | None
    watched: int
    databases: int | None


@dataclass(frozen=True, slots=True)
class Measured:
    """Counts and seconds of the measured window."""

    requests: int
    seconds: float
    server_cpu: float
    database_cpu: float
    median_ms: float
    p99_ms: float


@dataclass(slots=True)
class _Client(asyncio.Protocol):
    """One keep-alive connection with one request under way."""

    requests: "Iterator[tuple[bytes, int]]"
    unique: bool
    done: asyncio.Future[None]
    latencies: list[float] = field(default_factory=list)
    stopping: bool = False
    _transport: asyncio.Transport | None = None
    _buffer: bytes = b""
    _started: float = 0.0
    _expected: int = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are no subclasses of asyncio's.
        self._transport = cast(asyncio.Transport, transport)
        self._send()

    def _send(self) -> None:
        assert self._transport is not None
        if self.stopping:
            self._transport.close()
            if not self.done.done():
                self.done.set_result(None)
            return
        request, self._expected = next(self.requests)
        if self.unique:
            request = request.replace(_MARK, uuid4().hex.encode())
        self._started = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        buffer = self._buffer = self._buffer + data if self._buffer else data
        head = buffer.find(b"\r\n\r\n")
        if head < 0:
            return
        length = _length(buffer[:head].lower())
        if length is None:
            self._fail("an answer without Content-Length")
        elif len(buffer) >= head + 4 + length:
            self._check(buffer, length)

    def _check(self, buffer: bytes, length: int) -> None:
        if not buffer.startswith(b"HTTP/1.1 200"):
            return self._fail("an answer that is not 200")
        if b'"errors"' in buffer:
            return self._fail("an answer with errors")
        if self._expected and length != self._expected:
            return self._fail(f"an answer of {length} bytes instead of {self._expected}")
        self.latencies.append(time.perf_counter() - self._started)
        self._buffer = b""
        self._send()
        return None

    def connection_lost(self, _error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(ConnectionError("the server closed a connection"))

    def close(self) -> None:
        """Let go, whatever is under way."""
        if not self.done.done():
            self.done.cancel()
        elif not self.done.cancelled():
            # Looked at, so that nobody complains of a second client's failure.
            self.done.exception()
        if self._transport is not None:
            self._transport.abort()

    def _fail(self, what: str) -> None:
        if not self.done.done():
            self.done.set_exception(RuntimeError(f"the server gave {what}"))
        assert self._transport is not None
        self._transport.abort()


_MARK = UNIQUE.encode()


def _length(head: bytes) -> int | None:
    start = head.find(b"content-length:")
    return (
        int(head[start + 15 : head.find(b"\r\n", start) if head.find(b"\r\n", start) > 0 else None])
        if start >= 0
        else None
    )


async def run(job: Job) -> Measured:
    """Warm up, then measure."""
    loop = asyncio.get_running_loop()
    sent = [request.encode() for request in job.requests]
    requests = cycle(list(zip(sent, job.lengths or [0] * len(sent), strict=True)))
    clients: list[_Client] = []
    try:
        for _ in range(job.concurrency):
            client = _Client(requests, UNIQUE in job.requests[0], loop.create_future())
            clients.append(client)
            await loop.create_connection(lambda one=client: one, "127.0.0.1", job.port)  # type: ignore[misc]
        return await _measure(clients, job)
    finally:
        for client in clients:
            client.close()


async def _measure(clients: Sequence[_Client], job: Job) -> Measured:
    await _pass(clients, job.warm_up)
    for client in clients:
        client.latencies.clear()
    started, cpu, database = time.perf_counter(), _cpu(job.watched), _cpu(job.databases)
    await _pass(clients, job.seconds)
    while not any(client.latencies for client in clients):
        # A slow server and a short window: an answer belongs to it all the same.
        await _pass(clients, job.seconds)
    seconds, cpu, database = time.perf_counter() - started, _cpu(job.watched) - cpu, _cpu(job.databases) - database
    latencies = sorted(latency for client in clients for latency in client.latencies)
    for client in clients:
        client.stopping = True
    await asyncio.gather(*(client.done for client in clients))
    return Measured(len(latencies), seconds, cpu, database, _at(latencies, 0.5), _at(latencies, 0.99))


async def _pass(clients: Sequence[_Client], seconds: float) -> None:
    """Let time go by, unless a client fails."""
    if seconds > 0:
        failed, _ = await asyncio.wait(
            [client.done for client in clients], timeout=seconds, return_when=asyncio.FIRST_COMPLETED
        )
        for done in failed:
            done.result()


def _at(latencies: Sequence[float], share: float) -> float:
    return latencies[min(len(latencies) - 1, int(len(latencies) * share))] * 1000


def _cpu(root: int | None) -> float:
    """Seconds of CPU of a process and all that descend from it, those that ended included."""
    if root is None:
        return 0.0
    used: dict[int, int] = {}
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                # The name in brackets may hold spaces.
                numbers = (entry / "stat").read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            used[int(entry.name)] = sum(int(number) for number in numbers[11:15])
            children.setdefault(int(numbers[1]), []).append(int(entry.name))
    total, waiting = 0, [root]
    while waiting:
        process = waiting.pop()
        total += used.get(process, 0)
        waiting += children.get(process, [])
    return total / _TICKS


def main() -> None:
    """Do the job on standard input."""
    print(json.dumps(asdict(uvloop.run(run(Job(**json.load(sys.stdin)))))))


if __name__ == "__main__":
    main()
