"""`scripts/bench --quick`, as somebody starts it who wants to see whether measuring works at all."""

import asyncio
import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from scripts.benchmarks.asking import same
from scripts.benchmarks.load import Job, run

_ROOT = Path(__file__).parent.parent.parent


def _bench(*options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scripts.bench", *options],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.mark.long
def test_a_quick_run_compares_answers_and_prints_a_table(tmp_path: Path) -> None:
    out = tmp_path / "numbers.json"
    done = _bench("--quick", "--data", str(tmp_path / "data"), "--out", str(out))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Q1: 1 answer of 2 servers, equal in all values" in done.stdout
    assert "Q2: 25 answers of 2 servers, equal in all values" in done.stdout
    assert "Q3: counts by kecamatan and status" in done.stdout
    cells = json.loads(out.read_text())["cells"]
    assert {cell["query"] for cell in cells} == {"Q1", "Q2", "Q3", "Q4"}
    assert all(repetition["requests"] > 0 for cell in cells for repetition in cell["repetitions"])


def test_an_unknown_server_is_named() -> None:
    done = _bench("--only", "ours,hasura")
    assert done.returncode != 0
    assert "hasura" in done.stderr


def test_one_differing_value_is_a_difference() -> None:
    one = {"at": "2026-01-05T01:20:00Z", "followUps": [{"title": "A"}, {"title": "B"}]}
    assert same(one, frozenset()) == same(one | {"at": "2026-01-05T09:20:00+08:00"}, frozenset())
    assert same(one, frozenset()) != same(one | {"at": "2026-01-05T01:20:00.000001Z"}, frozenset())
    turned = one | {"followUps": [{"title": "B"}, {"title": "A"}]}
    assert same(one, frozenset()) != same(turned, frozenset())
    assert same(one, frozenset({"followUps"})) == same(turned, frozenset({"followUps"}))


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (b'{"data":{"a":1}}', None),
        (b'{"data":null,"errors":[{}]}', "with errors"),
        (b'{"data":{"a":12}}', "17 bytes instead of 16"),
    ],
)
async def test_the_load_client_refuses_a_wrong_answer(answer: bytes, told: str | None) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while await reader.readline():
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(answer) + answer)
            await writer.drain()
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()
        closed.release()

    closed = asyncio.Semaphore(0)
    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        job = Job(server.sockets[0].getsockname()[1], ["GET /\n"], 2, 0.0, 0.2, [16], 0, None)
        if told is None:
            assert (await run(job)).requests > 0
        else:
            with pytest.raises(RuntimeError, match=told):
                await run(job)
        for _ in range(job.concurrency):
            await closed.acquire()
