"""The program as people start it: a process of its own, on a free port, with a data folder of its own."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from integration.settings import KEY_FILE
from tests.databases import MASTER

ROOT = Path(__file__).parent.parent.parent
# The last line a server prints before it only waits.
_READY = "Ctrl-C stops."
_NONE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Served:
    """A server that is ready: where, what it printed until then, how long that took, and its log so far."""

    base: str
    printed: str
    seconds: float
    process: subprocess.Popen[str]
    log: Path

    def stop(self) -> tuple[int, str]:
        """Press Ctrl-C; the exit code and what was printed last."""
        self.process.send_signal(signal.SIGINT)
        rest, _ = self.process.communicate()
        return self.process.returncode, rest


@contextmanager
def serving(
    data: Path,
    *options: str,
    settings: Mapping[str, str] = _NONE,
    command: Sequence[str] = (sys.executable, "-m", "scripts.serve"),
    patience: float = 90.0,
) -> Iterator[Served]:
    """Start a server and wait until it is ready; stop it afterwards. `settings` are SATUPINTU_ variables."""
    data.mkdir(parents=True, exist_ok=True)
    log = data / "log"
    started = time.monotonic()
    arguments = [*command, "--port", "0", "--data", str(data), *options]
    with log.open("w") as errors:
        process = subprocess.Popen(
            arguments, cwd=ROOT, env=environment(settings), stdout=subprocess.PIPE, stderr=errors, text=True
        )
    with process:
        # One that neither gets ready nor ends would otherwise be waited for without end.
        watch = threading.Timer(patience, process.kill)
        watch.start()
        try:
            printed = _until_ready(process)
            watch.cancel()
            assert _READY in printed, f"{printed}\n{log.read_text()}"
            yield Served(_base(printed), printed, time.monotonic() - started, process, log)
        finally:
            watch.cancel()
            if process.poll() is None:
                process.terminate()
                _ended(process, patience)


def _ended(process: subprocess.Popen[str], patience: float) -> None:
    """Wait until a server that was told to stop has; one that does not is ended, and the test with it."""
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        raise


def refused(*options: str, settings: Mapping[str, str] = _NONE) -> str:
    """Why a server that cannot start says it does not."""
    arguments = [sys.executable, "-m", "scripts.serve", *options]
    ended = subprocess.run(
        arguments, cwd=ROOT, env=environment(settings), capture_output=True, text=True, check=False, timeout=60
    )
    assert ended.returncode == 1, ended
    assert "Traceback" not in ended.stderr, ended.stderr
    return ended.stderr


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """This environment with these settings of ours and no others."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SATUPINTU_")}
    return kept | {f"SATUPINTU_{name.upper()}": value for name, value in settings.items()}


def keep_key(data: Path) -> Path:
    """Put the key of the prepared databases into a data folder, so that a server can open what is sealed in them."""
    data.mkdir(parents=True, exist_ok=True)
    (data / KEY_FILE).write_text(MASTER.hex())
    return data


def _until_ready(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line)
        if _READY in line:
            break
    return "".join(lines)


def _base(printed: str) -> str:
    line = next(line for line in printed.splitlines() if line.startswith("  GraphQL "))
    return line.split()[1].removesuffix("/graphql")
