"""Errors as a client sees them: a code, a message in their language, never a value of theirs or ours."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from graphql import GraphQLError

from integration.codes import Language
from integration.reading.answer import BadRequest, Problem

# Nine digits and more may be an identifier, however grouped.
_DIGITS = re.compile(r"\d(?:[ .\-]?\d){8,}")


def redact(message: str) -> str:
    """A message without anything that could be a NIK, a KK or a phone."""
    return _DIGITS.sub("***", message)


def coded(
    code: str, message: str, extra: Mapping[str, Any] | None = None, path: Sequence[str | int] | None = None
) -> GraphQLError:
    """An error with its code."""
    return GraphQLError(message, path=path, extensions={"code": code, **(extra or {})})


def of_problem(problem: Problem, language: Language, at: Sequence[str | int]) -> GraphQLError:
    """An error inside an answer, at its full path."""
    return coded(problem.code, problem.messages[language], problem.data, [*at, *problem.path])


def of_bad_request(refused: BadRequest, language: Language) -> GraphQLError:
    """A question that cannot be answered."""
    extra = {"argument": refused.argument} if refused.argument else None
    return coded(refused.code, refused.messages[language], extra)
