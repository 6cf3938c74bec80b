"""Rows into objects: a function made once per plan, so that a row costs one dict display and no decisions.

The source is put together from indexes and from names this module gives; response keys enter only as Python literals.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from integration.reading.shape import Below, Constant, Field, Made, Nested, Object, Refused, Value

# rows, a function to call for a null in a required place, and one mapping per level below -> one object per row
Items: TypeAlias = Callable[..., list[dict[str, Any]]]


def compile_items(node: Object, below: Sequence[object]) -> Items:
    """The function that turns rows into objects of this shape.

    `below` are the levels whose results it takes, in order.
    """
    writer = _Writer(below)
    body = writer.display(node)
    names = "".join(f", k{index}" for index in range(len(below)))
    source = f"def items(rows, miss{names}):\n    return [{body} for r in rows]\n"
    # Nothing of a client is in the source: keys are literals made by repr, the rest are indexes and names of ours.
    exec(compile(source, f"<plan of {node.type_name}>", "exec"), writer.namespace)  # noqa: S102
    made: Items = writer.namespace["items"]
    return made


class _Writer:
    def __init__(self, below: Sequence[object]) -> None:
        self.namespace: dict[str, Any] = {"__builtins__": {}}
        self._below = {id(level): index for index, level in enumerate(below)}

    def display(self, node: Object) -> str:
        return "{" + ", ".join(f"{field.key!r}: {self._content(field)}" for field in node.fields) + "}"

    def _content(self, field: Field) -> str:
        content = field.content
        if isinstance(content, Value):
            plain = f"r[{content.index}]"
            value = plain if content.convert is None else f"{self._named(content.convert)}({plain})"
            return self._required(value) if field.required and content.may_be_null else value
        if isinstance(content, Nested):
            absent = "miss()" if field.required else "None"
            return f"{absent} if r[{content.presence}] is None else {self.display(content.node)}"
        if isinstance(content, Below):
            # A parent without children is not in a list's mapping; a page is there for every parent.
            return f"k{self._below[id(content.level)]}(r[{content.index}])"
        if isinstance(content, Made):
            return f"{self._named(content.make)}({', '.join(f'r[{index}]' for index in content.indexes)})"
        if isinstance(content, Constant):
            return repr(content.value)
        assert isinstance(content, Refused)
        return "None"

    def _required(self, value: str) -> str:
        return f"(v if (v := {value}) is not None else miss())"

    def _named(self, function: Callable[[Any], Any]) -> str:
        for name, known in self.namespace.items():
            if known is function:
                return name
        name = f"c{len(self.namespace)}"
        self.namespace[name] = function
        return name
