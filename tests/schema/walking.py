"""Everything the schema publishes, one by one, for tests that hold of all of it."""

from collections.abc import Iterator

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    is_specified_scalar_type,
)

from schema.build import schema

Element = GraphQLNamedType | GraphQLField | GraphQLArgument | GraphQLInputField | GraphQLEnumValue


def ours() -> Iterator[GraphQLNamedType]:
    """The types that are ours to explain: neither GraphQL's own nor the gateway's (`_Service`, `_Any`)."""
    for name, kind in schema._schema.type_map.items():
        if not name.startswith("_") and not is_specified_scalar_type(kind):
            yield kind


def elements() -> Iterator[tuple[str, Element]]:
    """Each type, field, argument, input field and enum value, with its path as in `Report.messages.first`."""
    for kind in ours():
        yield kind.name, kind
        match kind:
            case GraphQLObjectType() | GraphQLInterfaceType():
                for name, field in kind.fields.items():
                    if not name.startswith("_"):
                        yield f"{kind.name}.{name}", field
                        yield from ((f"{kind.name}.{name}.{key}", argument) for key, argument in field.args.items())
            case GraphQLInputObjectType():
                yield from ((f"{kind.name}.{name}", field) for name, field in kind.fields.items())
            case GraphQLEnumType():
                yield from ((f"{kind.name}.{name}", value) for name, value in kind.values.items())
