"""What holds of the tree as a whole: sizes, names, whom it speaks of, and that no two modules need each other."""

import re
import subprocess
import tomllib
from pathlib import Path

import grimp
import pytest

import schema
from tests.project.running import ROOT

_MOST_LINES = 400
# Made by a program, or not ours to cut: locks, the published schema, texts of law, data. The README is read by its
# headings, and has a part for each kind of reader.
_LONG = re.compile(
    r"(^|/)(uv\.lock|package-lock\.json|LICENSE|README\.md|schema\.graphql|contract\.graphql)$|^LICENSES/|\.(csv|ndjson)$"
)
# Words of a workshop, not of the project. Written apart, so that this file does not hold them.
_FOREIGN = ("/" + "work/", ".." + "/shared", "/" + "tmp/", "before" + "-stop")


def tracked() -> list[Path]:
    """Every file of the repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


FILES = tracked()


def text_of(path: Path) -> str:
    """A file's text; nothing for one that is no text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_file_is_too_long_to_read() -> None:
    ours = [path for path in FILES if not _LONG.search(path.relative_to(ROOT).as_posix())]
    assert len(ours) > 150
    long = {str(path): lines for path in ours if (lines := text_of(path).count("\n")) > _MOST_LINES}
    assert long == {}


def test_it_speaks_only_of_itself() -> None:
    said = {(str(path), word) for path in FILES for word in _FOREIGN if word in text_of(path)}
    assert said == set()


def test_our_schema_is_ours() -> None:
    # PyPI has packages of these names, too; installed, they could be imported in place of ours.
    assert schema.__file__ is not None
    assert Path(schema.__file__).parent == ROOT / "schema"
    locked = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    names = {package["name"] for package in locked["package"]}
    assert names.isdisjoint({"schema", "scripts", "resolvers", "integration", "tests"})


@pytest.mark.parametrize("name", ["scripts/serve", "scripts/worker", "scripts/test", ".ci/run"])
def test_commands_can_be_run(name: str) -> None:
    listed = subprocess.run(["git", "ls-files", "-s", name], cwd=ROOT, capture_output=True, text=True, check=True)
    assert listed.stdout.startswith("100755 ")


def test_no_modules_need_each_other() -> None:
    packages = ("integration", "resolvers", "schema", "scripts")
    graph = grimp.build_graph(*packages, cache_dir=None, exclude_type_checking_imports=True)
    needs = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    # Whatever needs nothing any more is taken away; what is left needs itself in the end.
    while done := {module for module, others in needs.items() if not others}:
        needs = {module: others - done for module, others in needs.items() if module not in done}
    assert sorted(needs) == []


def test_the_licence_is_the_one_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "Apache-2.0"
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.strip().startswith("Apache License")
    assert "END OF TERMS AND CONDITIONS" in text
