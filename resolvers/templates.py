"""From GraphQL to a selection: fragments, aliases, merged fields and directives are settled here, once per query text.

What changes between requests of the same text, the argument values, is coerced per request into slots.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    VariableNode,
    get_named_type,
    is_composite_type,
    is_non_null_type,
)
from graphql.execution.collect_fields import FieldDetails, collect_subfields
from graphql.execution.executor import Executor
from graphql.execution.values import get_argument_values
from graphql.language import ast

from integration.reading.selection import Arguments, Pick, Selection


@dataclass(frozen=True, slots=True, eq=False)
class _Slot:
    field: GraphQLField
    node: FieldNode
    constant: dict[str, Any] | None


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """A root field's selection, and where its arguments come from. Compared by identity: it is part of a plan's key."""

    pick: Pick
    slots: tuple[_Slot, ...]

    def arguments(self, executor: Executor[Any]) -> Arguments:
        """The argument values of this request."""
        values = executor.variable_values
        return [
            slot.constant if slot.constant is not None else get_argument_values(slot.field, slot.node, values)
            for slot in self.slots
        ]


def template_of(
    executor: Executor[Any],
    field: GraphQLField,
    nodes: Sequence[FieldNode],
    runtime_type: GraphQLObjectType | None = None,
) -> Template:
    """The template of a selected field; `runtime_type` when its declared type is an interface."""
    maker = _Maker(executor)
    pick = maker.pick(field, [FieldDetails(node, None) for node in nodes], runtime_type)
    return Template(pick, tuple(maker.slots))


class _Maker:
    def __init__(self, executor: Executor[Any]) -> None:
        self._executor = executor
        self.slots: list[_Slot] = []

    def pick(
        self, field: GraphQLField, details: list[FieldDetails], runtime_type: GraphQLObjectType | None = None
    ) -> Pick:
        node = details[0].node
        slot = self._slot(field, node) if field.args else None
        named = runtime_type or get_named_type(field.type)
        children = self._selection(cast(GraphQLObjectType, named), details) if is_composite_type(named) else None
        nullable = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
        return Pick(
            key=node.alias.value if node.alias else node.name.value,
            name=node.name.value,
            required=is_non_null_type(field.type),
            items_required=isinstance(nullable, GraphQLList) and is_non_null_type(nullable.of_type),
            slot=slot,
            children=children,
        )

    def _selection(self, named: GraphQLObjectType, details: list[FieldDetails]) -> Selection:
        executor = self._executor
        collected = collect_subfields(
            executor.schema, executor.fragments, executor.variable_values, executor.operation, named, details
        )
        picks = []
        for key, inner in collected.grouped_field_set.items():
            name = inner[0].node.name.value
            picks.append(
                Pick(key, name, required=True) if name == "__typename" else self.pick(named.fields[name], inner)
            )
        return Selection(named.name, tuple(picks))

    def _slot(self, field: GraphQLField, node: FieldNode) -> int:
        varies = any(_has_variable(argument.value) for argument in node.arguments or ())
        constant = None if varies else get_argument_values(field, node, self._executor.variable_values)
        self.slots.append(_Slot(field, node, constant))
        return len(self.slots) - 1


def _has_variable(value: ast.ValueNode) -> bool:
    if isinstance(value, VariableNode):
        return True
    if isinstance(value, ast.ListValueNode):
        return any(_has_variable(item) for item in value.values)
    return isinstance(value, ast.ObjectValueNode) and any(_has_variable(field.value) for field in value.fields)
