"""How codes that live elsewhere get their words."""

from collections.abc import Mapping
from enum import StrEnum
from typing import cast

import strawberry
from strawberry.types.base import WithStrawberryDefinition
from strawberry.types.enum import StrawberryEnumDefinition


def describe(codes: type[StrEnum], meaning: str, values: Mapping[StrEnum, str]) -> None:
    """Publish a closed list of codes with a description of the list and of each value.

    Strawberry takes descriptions from the members themselves, which would bring GraphQL into `integration`.
    """
    if set(values) != set(codes):
        raise ValueError(f"{codes.__name__}: described {sorted(values)}, but the codes are {sorted(codes)}")
    published = cast("WithStrawberryDefinition[StrawberryEnumDefinition]", strawberry.enum(codes, description=meaning))
    for value in published.__strawberry_definition__.values:
        value.description = values[codes(value.value)]
