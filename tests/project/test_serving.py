"""Starting the program: a new database, the same one again, two at once, and every way it can fail to start."""

import hashlib
import re
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import select

from integration.db.engine import Database
from integration.tables import TABLES
from tests.project.running import ROOT, Served, environment, refused, serving

_TRY = re.compile(r"^    (curl .*)$", re.MULTILINE)
_TOKENS = re.compile(r"^    (demo-[\w-]+)  +([A-Z_, ]+)$", re.MULTILINE)


async def fingerprint(url: str) -> str:
    """A hash of every row of every table."""
    database = Database(url)
    try:
        async with database.engine.connect() as connection:
            rows = [sorted(map(repr, (await connection.execute(select(table))).all())) for table in TABLES]
    finally:
        await database.close()
    return hashlib.sha256(repr(rows).encode()).hexdigest()


async def test_a_second_start_changes_no_data(blank_database_url: str, tmp_path: Path) -> None:
    with serving(tmp_path / "data", settings={"database_url": blank_database_url}) as first:
        assert totals(first) == 14
        # The worker's first look at the demo: the office's one signal stands there a moment after the start.
        while not ask(first, "{ policySignals { id } }", "demo-secretary").json()["data"]["policySignals"]:
            assert first.process.poll() is None
    before = await fingerprint(blank_database_url)
    with serving(tmp_path / "data", settings={"database_url": blank_database_url}) as second:
        print(f"first start {first.seconds:.1f} s, second start {second.seconds:.1f} s")
        assert totals(second) == 14
    assert await fingerprint(blank_database_url) == before


def test_two_starts_at_once_make_one_demo(blank_database_url: str, tmp_path: Path) -> None:
    def start(_: int) -> int:
        with serving(tmp_path / "data", settings={"database_url": blank_database_url}) as one:
            return totals(one)

    with ThreadPoolExecutor(2) as both:
        assert list(both.map(start, range(2))) == [14, 14]


def totals(served: Served) -> int:
    """How many reports the desk sees."""
    answer = ask(served, "{ reports { totalCount } }", "demo-admin").json()
    return int(answer["data"]["reports"]["totalCount"])


def ask(served: Served, query: str, token: str | None = None, **headers: str) -> httpx2.Response:
    """One request."""
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    return httpx2.post(f"{served.base}/graphql", json={"query": query}, headers=headers)


def test_what_it_prints_works(tmp_path: Path) -> None:
    with serving(tmp_path / "data folder") as served:
        for path in ("/healthz", "/readyz", "/metrics", "/schema.graphql"):
            assert f"{served.base}{path}" in served.printed
            assert httpx2.get(served.base + path).status_code == 200
        curl = _TRY.findall(served.printed)
        assert len(curl) == 1
        assert (
            '"totalCount":14'
            in subprocess.run(["sh", "-c", curl[0]], capture_output=True, text=True, check=True).stdout
        )
        tokens = _TOKENS.findall(served.printed)
        assert len(tokens) == 17
        for token, roles in tokens:
            viewer = ask(served, "{ viewer { roles } }", token).json()["data"]["viewer"]
            assert sorted(viewer["roles"]) == roles.split(", ")
        assert ask(served, "{ viewer { roles } }").json()["data"]["viewer"]["roles"] == ["CITIZEN"]
        assert (
            ask(served, "{ viewer { roles } }", "demo-admin", **{"X-Forwarded-For": "203.0.113.9"}).status_code == 200
        )
        for wrong in ("demo-nobody", "x", "demo-admin extra"):
            answer = ask(served, "{ viewer { roles } }", wrong)
            assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
            assert answer.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
        assert "server" not in answer.headers
        assert served.stop() == (0, "\nStopped.\n")


def test_production_has_no_demo(tmp_path: Path) -> None:
    secrets = {"sealing_key": "ab" * 32, "whatsapp_app_secret": "secret", "whatsapp_verify_token": "word"}
    with serving(tmp_path, settings=secrets) as served:
        assert _TOKENS.findall(served.printed) == []
        assert "demo data" not in served.printed
        assert "demo-app-secret" not in served.printed
        assert ask(served, "{ viewer { roles } }", "demo-admin").status_code == 401
        answer = ask(served, "{ reports { totalCount } regions { code } }").json()["data"]
        assert answer["reports"]["totalCount"] == 0
        assert len(answer["regions"]) > 250
    lines = served.log.read_text().splitlines()
    assert lines
    assert all(line.startswith("{") for line in lines)


def test_without_demo_there_is_only_the_reference_data(tmp_path: Path) -> None:
    with serving(tmp_path, "--no-demo") as served:
        assert _TOKENS.findall(served.printed) == []
        assert len(ask(served, "{ sopSteps { number } }").json()["data"]["sopSteps"]) == 9
        assert ask(served, "{ viewer { roles } }", "demo-admin").status_code == 401


def test_other_machines_are_told_of(tmp_path: Path) -> None:
    with serving(tmp_path, "--host", "0.0.0.0") as served:
        assert "their demo tokens are refused (401)" in served.printed
        assert served.base.startswith("http://127.0.0.1:")


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"Port {port} of 127.0.0.1 is in use." in refused("--port", str(port), "--data", str(tmp_path))


def test_a_host_that_is_none_is_named(tmp_path: Path) -> None:
    assert "There is no address nowhere.invalid" in refused("--host", "nowhere.invalid", "--data", str(tmp_path))


@pytest.mark.parametrize(("settings", "told"), [
    ({"database_url": "postgresql://me:s3cret@127.0.0.1:9/none"}, "postgresql://me:***@127.0.0.1:9/none"),
    ({"database_url": "mysql://me:s3cret@127.0.0.1/none"}, "SATUPINTU_DATABASE_URL is not an address"),
    ({"database_url": "s3cret"}, "SATUPINTU_DATABASE_URL is not an address"),
    ({"sealing_key": "s3cret"}, "SATUPINTU_SEALING_KEY must be 64 hexadecimal digits"),
    ({"sealing_key": "ab" * 32}, "SATUPINTU_WHATSAPP_APP_SECRET must be set"),
    ({"whatsapp_app_secret": "s3cret"}, "SATUPINTU_SEALING_KEY must be set"),
    ({"read_connections": "s3cret"}, "SATUPINTU_READ_CONNECTIONS"),
    ({"data": "/dev/null/s3cret"}, "The data folder cannot be used"),
])  # fmt: skip
def test_a_setting_that_is_wrong_is_named_but_not_shown(settings: dict[str, str], told: str, tmp_path: Path) -> None:
    options = () if "data" in settings else ("--data", str(tmp_path))
    said = refused("--port", "0", *options, settings=settings)
    assert told in said
    assert settings.get("data") or "s3cret" not in said


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "satupintu.db").write_text("This is a letter, and long enough not to be taken for an empty file. " * 20)
    assert "The database cannot be used" in refused("--port", "0", "--data", str(tmp_path))


def test_a_relative_folder_is_the_callers(tmp_path: Path) -> None:
    with serving(tmp_path / "log", "--data", "mine", "--called-from", str(tmp_path)) as served:
        assert f"{tmp_path}/mine/satupintu.db" in served.printed
    assert (tmp_path / "mine" / "satupintu.db").exists()


def test_the_worker_works_alone(tmp_path: Path) -> None:
    with serving(tmp_path, "--no-worker"):
        pass
    arguments = [sys.executable, "-m", "scripts.worker", "--data", str(tmp_path)]
    with subprocess.Popen(
        arguments, cwd=ROOT, env=environment({}), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as worker:
        assert worker.stdout is not None
        assert "The worker is working." in worker.stdout.readline()
        worker.terminate()
        assert worker.communicate()[0] == "Stopped.\n"
    assert worker.returncode == 0
