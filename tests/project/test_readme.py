"""The README is true: every query and command in it is run, and every answer shown is the one that comes."""

import json
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import httpx2
import pytest

from integration.settings import Settings
from schema.limits import DEEPEST, MOST_ALIASES, MOST_FIELDS, MOST_TOKENS
from tests.project.running import ROOT, Served, serving

README = (ROOT / "README.md").read_text(encoding="utf-8")
# Long enough for a worker on a busy machine; it is asked again until then.
_PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, its options (as=..., purpose=...), its text."""

    language: str
    options: dict[str, str]
    text: str


def blocks() -> list[Block]:
    """All fenced blocks in order."""
    found = re.findall(r"^```(\S*)[ ]?([^\n]*)\n(.*?)\n```$", README, re.MULTILINE | re.DOTALL)
    return [Block(language, dict(o.split("=") for o in options.split()), text) for language, options, text in found]


BLOCKS = blocks()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The server of a new user."""
    with serving(tmp_path_factory.mktemp("readme")) as one:
        yield one


def test_it_shows_what_is_promised() -> None:
    languages = [block.language for block in BLOCKS]
    assert languages.count("graphql") >= 4
    assert languages.count("json") >= 5
    assert "openssl dgst -sha256 -hmac demo-app-secret" in README


def test_queries_and_commands_answer_as_shown(served: Served) -> None:
    for block, following in zip(BLOCKS, [*BLOCKS[1:], None], strict=True):
        shown = json.loads(following.text) if following is not None and following.language == "json" else None
        if block.language == "graphql":
            answers = query
        elif block.language == "sh" and "curl" in block.text:
            answers = shell
        else:
            continue
        answer = answers(served, block)
        assert "errors" not in answer, (block.text, answer)
        deadline = time.monotonic() + _PATIENCE
        # What the webhook took in, the worker makes into a report a moment later.
        while shown is not None and answer != shown and time.monotonic() < deadline:
            time.sleep(0.2)
            answer = answers(served, block)
        assert shown is None or answer == shown, block.text


def query(served: Served, block: Block) -> Any:
    """Ask as whom the block says."""
    headers = {"Authorization": f"Bearer {block.options['as']}", "X-Purpose": block.options["purpose"]}
    return httpx2.post(f"{served.base}/graphql", json={"query": block.text}, headers=headers).json()


def shell(served: Served, block: Block) -> Any:
    """Run a block by bash, against this server."""
    script = block.text.replace("http://127.0.0.1:8000", served.base)
    ended = subprocess.run(["bash", "-euc", script], capture_output=True, text=True, check=True)
    return json.loads(ended.stdout)


COMMANDS = [
    line for block in BLOCKS if block.language == "sh" and "curl" not in block.text for line in block.text.splitlines()
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_other_command_exists_with_its_options(command: str) -> None:
    program, *arguments = shlex.split(command)
    if program == "scripts/test":
        # Its other arguments are pytest's.
        assert (ROOT / program).stat().st_mode & 0o111
        return
    if program == ".venv/bin/python":
        # Not run: it writes into the tree. What it would write, `tests/schema` compares with what is there.
        assert arguments[0] == "-m"
        assert find_spec(arguments[1]) is not None
        return
    assert (ROOT / program).stat().st_mode & 0o111
    module = program.replace("/", ".").replace("-", "_")
    subprocess.run([sys.executable, "-m", module, *arguments, "--help"], cwd=ROOT, check=True, capture_output=True)


def test_it_names_every_setting_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `SATUPINTU_(\w+)` \| ([^|]+) \|", README, re.MULTILINE))
    assert set(rows) == {name.upper() for name in Settings.model_fields}
    assert int(rows["READ_CONNECTIONS"]) == Settings.model_fields["read_connections"].default
    assert int(rows["MAX_BODY"]) == Settings.model_fields["max_body"].default


def test_it_names_the_limits_that_hold() -> None:
    limits = re.findall(r"^\| [^|]+ \| ([\d,]+) \| `(?:COST|DEPTH)_EXCEEDED` \|$", README, re.MULTILINE)
    assert [int(limit.replace(",", "")) for limit in limits] == [MOST_TOKENS, DEEPEST, MOST_ALIASES, MOST_FIELDS]


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\((?!http)([^)#]+)\)", README))))
def test_what_it_points_to_is_there(path: str) -> None:
    assert (ROOT / path).exists()
