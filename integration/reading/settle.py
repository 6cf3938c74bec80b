"""After building, only where needed: nulls in required places bubble up as GraphQL says, refused fields get their one
error.

Works on plain data along the plan's shape and never changes what it is given: levels may share objects.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from integration.codes import Language
from integration.reading.answer import Path, Problem
from integration.reading.level import Level, Plan
from integration.reading.shape import Below, Nested, Object, PageField


class _Bubble(Exception):
    """A required place is null: the object around it cannot be."""


def bubble(plan: Plan, value: Any) -> tuple[Any, list[Problem]]:
    """The value with every required null carried to the nearest place that may be null, and an error for each."""
    problems: list[Problem] = []
    try:
        return _level(plan.root, value, plan.required_items, (), problems), problems
    except _Bubble:
        return None, problems


def refusals(plan: Plan, value: Any) -> Iterator[Problem]:
    """One FORBIDDEN error per refused selection that occurs in the value: its first path, and how often it occurs."""
    for keys, coordinate in plan.refused:
        first, count = None, 0
        for path in _occurrences(value, keys, ()):
            first = path if first is None else first
            count += 1
        if first is not None:
            yield Problem(
                "FORBIDDEN",
                {
                    Language.EN: f"Your role may not read {coordinate}.",
                    Language.ID: f"Peran Anda tidak boleh membaca {coordinate}.",
                },
                first,
                {"count": count},
            )


def _occurrences(value: Any, keys: Sequence[str], path: Path) -> Iterator[Path]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _occurrences(item, keys, (*path, index))
    elif isinstance(value, dict) and keys[0] in value:
        if len(keys) == 1:
            yield (*path, keys[0])
        else:
            yield from _occurrences(value[keys[0]], keys[1:], (*path, keys[0]))


def _level(level: Level, value: Any, required_items: bool, path: Path, problems: list[Problem]) -> Any:
    if level.page is not None:
        return _page(level, value, path, problems)
    if level.single:
        return None if value is None else _object(level.variants[0], value, path, problems)
    return _list(level.variants[0], value, required_items, path, problems)


def _list(node: Object, values: list[Any], required: bool, path: Path, problems: list[Problem]) -> list[Any]:
    made: list[Any] = []
    for index, value in enumerate(values):
        try:
            made.append(_object(node, value, (*path, index), problems))
        except _Bubble:
            if required:
                raise
            made.append(None)
    return made


def _page(level: Level, value: dict[str, Any], path: Path, problems: list[Problem]) -> dict[str, Any]:
    made = dict(value)
    for field in level.page_fields:
        if field.name in ("nodes", "edges"):
            made[field.key] = _items(level, field, value[field.key], (*path, field.key), problems)
    return made


def _items(level: Level, field: PageField, values: list[Any], path: Path, problems: list[Problem]) -> Any:
    try:
        return _list(level.variants[field.variant], values, field.items_required, path, problems)
    except _Bubble:
        if field.required:
            raise
        return None


def _object(node: Object, value: dict[str, Any], path: Path, problems: list[Problem]) -> dict[str, Any]:
    made = dict(value)
    for field in node.fields:
        here = (*path, field.key)
        inner = value[field.key]
        if inner is None:
            if field.required:
                problems.append(_null(node.type_name, field.name, here))
                raise _Bubble
            continue
        try:
            if isinstance(field.content, Nested):
                made[field.key] = _object(field.content.node, inner, here, problems)
            elif isinstance(field.content, Below):
                made[field.key] = _level(field.content.level, inner, field.content.required_items, here, problems)
        except _Bubble:
            if field.required:
                raise
            made[field.key] = None
    return made


def _null(type_name: str, name: str, path: Path) -> Problem:
    return Problem(
        "INTERNAL",
        {
            Language.EN: f"Cannot return null for non-nullable field {type_name}.{name}.",
            Language.ID: f"Data untuk {type_name}.{name} tidak lengkap.",
        },
        path,
    )
