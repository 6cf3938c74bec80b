"""The servers of a measurement: how each is started, held still while others are measured, and asked."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import orjson

from scripts.benchmarks.asking import UNIQUE, Ask

_START_SECONDS = 90.0


class ServerFailed(Exception):
    """A server did not start, or gave another answer than it must; the message says which."""


@dataclass(slots=True)
class Contestant:
    """One server. `note` says in a line what it is and what it does less than ours."""

    name: str
    note: str
    command: Sequence[str]
    environment: Mapping[str, str]
    port: int
    asks: Mapping[str, Ask]
    log: Path
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    _lengths: dict[str, list[int]] = field(default_factory=dict, repr=False)

    @property
    def pid(self) -> int:
        """The process all its work descends from."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start it and wait until it answers."""
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [*self.command],
                env=dict(self.environment),
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        until = time.monotonic() + _START_SECONDS
        while not _listens(self.port):
            if self._process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise ServerFailed(f"{self.name} did not start; see {self.log}")
            time.sleep(0.05)

    def stop(self) -> None:
        """End it, and whatever it started."""
        if self._process is not None:
            self.resume()
            self._signal(signal.SIGTERM)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._signal(signal.SIGKILL)
                self._process.wait()

    def pause(self) -> None:
        """Give it no time, so that it cannot disturb another's measurement."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it run again."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        assert self._process is not None
        if self._process.poll() is None:
            os.killpg(self._process.pid, number)

    def answer(self, query: str, index: int = 0) -> bytes:
        """One answer's body."""
        ask = self.asks[query]
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            path = ask.paths[index % len(ask.paths)]
            sent = ask.bodies[index % len(ask.bodies)] if ask.bodies else None
            # Lengths stay the same: both have 32 characters.
            sent = sent.replace(UNIQUE.encode(), uuid4().hex.encode()) if sent else sent
            connection.request(ask.method, path, sent, {"Content-Type": "application/json", **ask.headers})
            response = connection.getresponse()
            received = response.read()
        finally:
            connection.close()
        if response.status != 200 or b'"errors"' in received:
            # The answer may hold people's data, so it is not quoted; the server's log says what happened.
            raise ServerFailed(f"{self.name} refused {query} ({response.status}); see {self.log}")
        return received

    def values(self, query: str, index: int = 0) -> object:
        """One answer in plain values."""
        return self.asks[query].values(orjson.loads(self.answer(query, index))["data"])

    def lengths(self, query: str) -> list[int]:
        """How long each answer is; asked once."""
        if query not in self._lengths:
            self._lengths[query] = [len(self.answer(query, index)) for index in range(len(self.requests(query)))]
        return self._lengths[query]

    def requests(self, query: str) -> list[str]:
        """What the load client sends, whole."""
        ask = self.asks[query]
        count = max(len(ask.bodies), len(ask.paths))
        return [self.request(ask, ask.bodies[n % len(ask.bodies)] if ask.bodies else b"", n) for n in range(count)]

    def request(self, ask: Ask, body: bytes, index: int = 0) -> str:
        """One request as it goes over the wire."""
        lines = [
            f"{ask.method} {ask.paths[index % len(ask.paths)]} HTTP/1.1",
            "Host: 127.0.0.1",
            "Accept: application/json",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
            *(f"{name}: {value}" for name, value in ask.headers.items()),
        ]
        return "\r\n".join((*lines, "", body.decode()))

    def memory(self) -> tuple[float, float]:
        """Its memory now and at its highest, in MB."""
        status = dict(line.split(":", 1) for line in Path(f"/proc/{self.pid}/status").read_text().splitlines())
        return int(status["VmRSS"].split()[0]) / 1000, int(status["VmHWM"].split()[0]) / 1000


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _listens(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def python(module: str, *arguments: str) -> list[str]:
    """A Python server under this very interpreter."""
    return [sys.executable, "-m", module, *arguments]
