"""A file is applied in one process while another serves: people are answered, and nobody's report is turned away."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

from integration.connectors.whatsapp.signature import sign
from integration.settings import DEMO_APP_SECRET
from tests.intake.house import PATH, delivery, message
from tests.project.running import ROOT, Served, environment, keep_key, serving
from tests.registry.files import csv_file, rows
from tests.registry.interrupting import REACHED

_SUBMIT = (
    'mutation { reportSubmit(input: {channel: WEB, description: "Atap bocor", '
    'region: "64.02.06"}) { receipt { number } errors { code } } }'
)
_PATIENCE = 60


@contextmanager
def importing(url: str, file: Path, stop_before: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """An import that has come to a statement and waits there for a line."""
    command = [sys.executable, "-m", "tests.registry.interrupting", url, str(file), stop_before, "wait", str(folder)]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment({}), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().split()[:1] == [REACHED]
            yield process
        finally:
            process.kill()


def asked(served: Served, query: str, **headers: str) -> Any:
    """The data of an answer without errors."""
    answer = httpx2.post(f"{served.base}/graphql", json={"query": query}, headers=headers, timeout=_PATIENCE).json()
    assert "errors" not in answer, answer
    return answer["data"]


def test_reports_come_in_while_a_release_is_written(database_url: str, tmp_path: Path) -> None:
    data = keep_key(tmp_path / "data")
    file = csv_file(tmp_path / "rilis.csv", rows(45))
    body = delivery(message(text="Jalan rusak di Loa Ipuh"))
    signed = {"X-Hub-Signature-256": sign(body, DEMO_APP_SECRET)}
    admin = {"Authorization": "Bearer demo-admin"}
    with (
        serving(data, settings={"database_url": database_url}) as served,
        ThreadPoolExecutor(2) as people,
        importing(database_url, file, "INSERT INTO registry_record", data) as process,
    ):
        before = asked(served, "{ reports { totalCount } }", **admin)["reports"]["totalCount"]
        told = people.submit(httpx2.post, served.base + PATH, content=body, headers=signed, timeout=_PATIENCE)
        submitted = people.submit(asked, served, _SUBMIT)
        # Whoever only reads waits for nobody, and sees nothing of the release.
        assert asked(served, "{ reports { totalCount } }", **admin)["reports"]["totalCount"] >= before
        assert asked(served, "{ registryReleases { period } }", **admin)["registryReleases"] != []
        assert process.poll() is None
        process.communicate("go on\n", timeout=_PATIENCE)
        assert process.returncode == 0
        assert told.result().status_code == 200
        outcome = submitted.result()["reportSubmit"]
        assert outcome["errors"] == [] and outcome["receipt"]["number"]
        periods = [
            one["period"] for one in asked(served, "{ registryReleases { period } }", **admin)["registryReleases"]
        ]
        assert "2026-Q1" in periods
