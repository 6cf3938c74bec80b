"""What somebody asked for, in plain data: the fields selected, their response keys, and where their arguments are.

Made by `resolvers/reading.py` from a GraphQL query; nothing here knows that GraphQL exists. A `Selection` is the same
for every
request with the same text and directives; the arguments, which change from request to request, lie apart in slots.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from integration.codes import Direction, ReportDimension, ReportOrderField
from integration.statistics.codes import ReportMeasure

# One mapping of argument values per slot, in slot order.
Arguments: TypeAlias = Sequence[Mapping[str, Any]]

# Values of these decide the text of a statement; every other value is bound.
_STRUCTURAL = (Direction, ReportDimension, ReportMeasure, ReportOrderField)


@dataclass(frozen=True, slots=True, eq=False)
class Pick:
    """One selected field. `required` and `items_required` say where a null must bubble up."""

    key: str
    name: str
    required: bool
    items_required: bool = False
    slot: int | None = None
    children: "Selection | None" = None


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """The fields selected of one type."""

    type_name: str
    picks: tuple[Pick, ...]


def shape_of(value: Any) -> Any:
    """The hashable outline of an argument: which keys are there and which are null, without the values that are bound.

    Two requests whose outlines are equal can share a plan.
    """
    if value is None:
        return None
    if isinstance(value, Mapping):
        return tuple((key, shape_of(item)) for key, item in value.items())
    if isinstance(value, list | tuple):
        # Objects and dimensions shape the statement, a list of scalars is one bound array; null items must
        # stay visible.
        return ("list", *(shape_of(item) for item in value)) if _is_nested(value) else "array"
    if isinstance(value, _STRUCTURAL):
        return str(value)
    return type(value).__name__ if not isinstance(value, StrEnum) else "code"


def _is_nested(values: Sequence[Any]) -> bool:
    return any(item is None or isinstance(item, (Mapping, list, *_STRUCTURAL)) for item in values)
