"""What comes back from the reading road: plain data ready to be encoded, and what went wrong inside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from integration.codes import Language

Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """An error inside an answer; `path` is relative to the answer. `data` goes to the client: no
    personal data in it.
    """

    code: str
    messages: Mapping[Language, str]
    path: Path = ()
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished value (dicts, lists, scalars), the problems in it, and the ids of the people it shows."""

    value: Any
    problems: Sequence[Problem] = ()
    people: frozenset[str] = frozenset()


class BadRequest(Exception):
    """The question itself cannot be answered: a bad filter, cursor or page size, a missing purpose.
    Names the argument.
    """

    def __init__(self, code: str, english: str, indonesian: str, argument: Sequence[str | int] = ()) -> None:
        super().__init__(english)
        self.code = code
        self.messages = {Language.EN: english, Language.ID: indonesian}
        self.argument = ".".join(str(part) for part in argument)
