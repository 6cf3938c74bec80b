"""Fetching GraphiQL at set-up: what comes is what was pinned, or nothing is kept and one line says so."""

import base64
import hashlib
import json
import tarfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest

from schema.graphiql.packages import are_there
from scripts import assets


def tarball_of(**files: str) -> bytes:
    """A package as npm packs one."""
    buffer = BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, text in {"package.json": '{"name": "shown", "version": "1.0.0"}', **files}.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(text)
            archive.addfile(member, BytesIO(text.encode()))
    return buffer.getvalue()


def integrity(tarball: bytes) -> str:
    """A hash as npm writes it."""
    return "sha512-" + base64.b64encode(hashlib.sha512(tarball).digest()).decode()


GOOD = tarball_of(**{"dist/shown.js": "good", "dist/other.js": "not asked for"})
FORGED = tarball_of(**{"dist/shown.js": "forged"})


class Registry(ThreadingHTTPServer):
    """An npm registry with one package, of which it hands out what it is told to."""

    tarball = GOOD

    @property
    def address(self) -> str:
        """Where npm finds it."""
        return f"http://127.0.0.1:{self.server_port}/"


class _Answers(BaseHTTPRequestHandler):
    server: Registry

    def do_GET(self) -> None:
        tarball = self.server.tarball
        if self.path.endswith(".tgz"):
            body = tarball
        else:
            dist = {"tarball": f"{self.server.address}shown/-/shown-1.0.0.tgz", "integrity": integrity(tarball)}
            version = {"name": "shown", "version": "1.0.0", "dist": dist}
            told = {"name": "shown", "dist-tags": {"latest": "1.0.0"}, "versions": {"1.0.0": version}}
            body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing."""


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Registry]:
    """The registry npm is told to use, with a cache of its own."""
    with Registry(("127.0.0.1", 0), _Answers) as registry:
        monkeypatch.setenv("npm_config_registry", registry.address)
        monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
        thread = Thread(target=registry.serve_forever)
        thread.start()
        yield registry
        registry.shutdown()
        thread.join()


@pytest.fixture
def pins(tmp_path: Path) -> Path:
    """What is to be fetched."""
    path = tmp_path / "packages.json"
    path.write_text(json.dumps({"shown@1.0.0": {"integrity": integrity(GOOD), "files": {"dist/shown.js": "here.js"}}}))
    return path


def test_it_brings_the_pinned_files_and_no_others(registry: Registry, pins: Path, tmp_path: Path) -> None:
    assert registry
    folder = tmp_path / ".assets" / "graphiql"
    folder.mkdir(parents=True)
    (folder / "from-older-pins.js").touch()
    assert not are_there(folder, pins)
    assert assets.main(folder, pins) == 0
    assert are_there(folder, pins)
    assert {path.name for path in folder.iterdir()} == {"here.js", "packages.json"}
    assert (folder / "here.js").read_text() == "good"
    assert list(folder.parent.iterdir()) == [folder]


def test_what_is_there_needs_no_npm(
    registry: Registry, pins: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert assets.main(tmp_path / "graphiql", pins) == 0
    registry.tarball = b""
    monkeypatch.setenv("PATH", "")
    capfd.readouterr()
    assert assets.main(tmp_path / "graphiql", pins) == 0
    assert capfd.readouterr() == ("", "")


def test_anything_else_than_what_was_pinned_is_refused(
    registry: Registry, pins: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    registry.tarball = FORGED
    assert assets.main(tmp_path / "graphiql", pins) == 1
    assert not (tmp_path / "graphiql").exists()
    said = capfd.readouterr().err.splitlines()
    assert len(said) == 2
    assert "(shown@1.0.0 is not what was published under this name); browsers get a plain page instead" in said[1]


def test_without_a_registry_one_line_says_so(
    registry: Registry, pins: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert registry
    monkeypatch.setenv("npm_config_registry", "http://me:s3cret@127.0.0.1:9/")
    assert assets.main(tmp_path / "graphiql", pins) == 1
    said = capfd.readouterr().err
    assert len(said.splitlines()) == 2
    assert "npm pack ended with 1; is there a network?" in said
    assert "s3cret" not in said
