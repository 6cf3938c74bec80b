"""A stranger can read what everything means."""

import re
from enum import StrEnum, auto

import pytest
from graphql import GraphQLField, is_non_null_type

from schema.types.describing import describe
from tests.schema.walking import elements, ours

ALL = dict(elements())


def letters(text: str) -> str:
    """What is left of a text without its Indonesian term in brackets, spaces and signs."""
    return re.sub(r"[^a-z]", "", re.sub(r"\(.*?\)", "", text.lower()))


def name(path: str) -> str:
    return path.rpartition(".")[2]


def test_everything_is_explained() -> None:
    assert [path for path, element in ALL.items() if len(element.description or "") < 10] == []


def test_no_explanation_only_repeats_the_name() -> None:
    assert [path for path, element in ALL.items() if letters(element.description or "") == letters(name(path))] == []


def test_explanations_are_whole_sentences() -> None:
    broken = [
        f"{path}: {text}"
        for path, element in ALL.items()
        if (text := element.description or "")
        and not (text[0].isupper() and text.endswith(".") and "  " not in text and text.count("(") == text.count(")"))
    ]
    assert broken == []


def test_every_field_that_can_be_null_says_what_null_means() -> None:
    silent = [
        path
        for path, element in ALL.items()
        if isinstance(element, GraphQLField)
        and not is_non_null_type(element.type)
        and "null" not in (element.description or "").lower()
    ]
    assert silent == []


def test_every_list_of_codes_that_can_be_asked_for_is_published_with_its_values() -> None:
    published = {kind.name: set(kind.values) for kind in ours() if hasattr(kind, "values")}
    known = {
        code.__name__: set(code.__members__)
        for code in StrEnum.__subclasses__()
        if code.__module__.startswith("integration.") and code.__module__.endswith("codes")
    }
    assert {name: known[name] for name in published} == published


def test_a_code_without_words_is_not_published() -> None:
    class Colour(StrEnum):
        RED = auto()
        GREEN = auto()

    with pytest.raises(ValueError, match="Colour"):
        describe(Colour, "A colour of something.", {Colour.RED: "Like blood."})
