"""Setting up on a machine that lacks something, and in a fresh clone: what `scripts/setup.sh` says and does."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from tests.project.running import ROOT, environment, serving

_NAMES = ("python", "python3", "python3.11", "python3.12", "python3.13", "python3.14")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository, as far as setting up looks at it, in a folder with a space in its name."""
    tree = tmp_path / "satu pintu"
    for name in ("scripts/setup.sh", "scripts/serve", "uv.lock", "pyproject.toml", "schema/graphiql/packages.json"):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, tree / name)
    return tree


def start(tree: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a repository's `scripts/serve` from elsewhere."""
    return subprocess.run(
        [tree / "scripts" / "serve"],
        cwd=tree.parent,
        env={**environment({}), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_python_too_old_is_named(tree: Path, tmp_path: Path) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in _NAMES:
        old = programs / name
        # This Python, taken for an older one.
        old.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "import sys; sys.version_info = (3, 9, 2)\n$2"\n')
        old.chmod(0o755)
    ended = start(tree, PATH=f"{programs}:{os.environ['PATH']}")
    assert ended.returncode == 1
    assert "Satu Pintu needs Python 3.11 or newer." in ended.stderr
    assert "python3 is 3.9.2" in ended.stderr


def test_a_machine_without_network_is_told(tree: Path) -> None:
    # What a machine without a network looks like to pip: no index, and nowhere else to look.
    ended = start(tree, PYTHON=sys.executable, PIP_NO_INDEX="1", PIP_FIND_LINKS="", PIP_CONFIG_FILE=os.devnull)
    assert ended.returncode == 1
    assert "uv could not be downloaded. Is there a network?" in ended.stderr
    assert not (tree / ".venv").exists()


def test_what_is_set_up_is_not_set_up_again(tree: Path) -> None:
    made = tree / ".venv" / "bin" / "python"
    made.parent.mkdir(parents=True)
    # Stands for the environment's Python and says how it was called.
    made.write_text('#!/bin/sh\n[ "$1" = -c ] || printf "%s\\n" "$@"\n')
    made.chmod(0o755)
    shutil.copy2(tree / "uv.lock", tree / ".venv" / "made-for-develop.lock")
    (tree / ".assets" / "graphiql").mkdir(parents=True)
    shutil.copy2(tree / "schema" / "graphiql" / "packages.json", tree / ".assets" / "graphiql")
    ended = start(tree, PATH="/usr/bin:/bin", PIP_NO_INDEX="1")
    assert ended.stdout.splitlines() == ["-m", "scripts.serve", "--called-from", str(tree.parent)]
    assert ended.stderr == ""


@pytest.mark.long
def test_a_fresh_clone_serves_twice(tmp_path: Path) -> None:
    clone = tmp_path / "a fresh clone"
    subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
    command = [str(clone / "scripts" / "serve")]
    for _ in range(2):
        with serving(tmp_path / "data", command=command, patience=500) as served:
            print(f"ready after {served.seconds:.1f} s")
            assert httpx2.get(f"{served.base}/readyz").json() == {"ready": True}
            assert served.stop() == (0, "\nStopped.\n")
    # What setting up says goes to the log; the second time there is nothing to say.
    assert "Installing" not in served.log.read_text()
    status = subprocess.run(["git", "status", "--porcelain"], cwd=clone, capture_output=True, text=True, check=True)
    assert status.stdout == ""
