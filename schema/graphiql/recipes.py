"""The queries a newcomer can run at once, one for each kind of user: the files of `schema/recipes`, in their order.

A file begins with comments: what it shows, then `as` (a demo token; without one nobody in particular), `purpose`
(X-Purpose) and `variables` (JSON), as far as it needs them.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent.parent / "recipes"
_OPTION = re.compile(r"^# (as|purpose|variables): (.+)$")


@dataclass(frozen=True, slots=True)
class Recipe:
    """One query, what it shows, and as whom and for what purpose it is meant."""

    title: str
    token: str
    purpose: str
    query: str
    variables: dict[str, Any]


@cache
def recipes() -> tuple[Recipe, ...]:
    """All of them."""
    return tuple(read_recipe(path.read_text(encoding="utf-8")) for path in sorted(_FOLDER.glob("*.graphql")))


def read_recipe(text: str) -> Recipe:
    """Take a file apart."""
    title, *lines = text.splitlines()
    options: dict[str, str] = {}
    while lines and (found := _OPTION.match(lines[0])):
        options[found[1]] = found[2]
        del lines[0]
    return Recipe(
        title.removeprefix("# "),
        options.get("as", ""),
        options.get("purpose", ""),
        "\n".join(lines) + "\n",
        json.loads(options.get("variables", "{}")),
    )
