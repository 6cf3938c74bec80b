"""What the superApp and partner agencies were promised is there: same names, same types, same defaults.

`contract.graphql` holds the promises that can be kept today. There may be more than promised, never less.
"""

from collections.abc import Iterator
from pathlib import Path

from graphql import (
    DocumentNode,
    EnumTypeDefinitionNode,
    FieldDefinitionNode,
    InputObjectTypeDefinitionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    ObjectTypeDefinitionNode,
    TypeDefinitionNode,
    parse,
    print_ast,
    print_schema,
)

from schema.build import schema

CONTRACT = Path(__file__).with_name("contract.graphql")


def statements(document: DocumentNode) -> Iterator[str]:
    """A document as single statements, such as `Report.messages(first: Int)`, that can be looked up in another."""
    for definition in document.definitions:
        if not isinstance(definition, TypeDefinitionNode):
            continue
        name = definition.name.value
        yield f"{definition.kind} {name}"
        match definition:
            case ObjectTypeDefinitionNode() | InterfaceTypeDefinitionNode():
                yield from (f"{name} implements {interface.name.value}" for interface in definition.interfaces or ())
                yield from (line for field in definition.fields or () for line in promises(name, field))
            case InputObjectTypeDefinitionNode():
                yield from (f"{name}.{taken(field)}" for field in definition.fields or ())
            case EnumTypeDefinitionNode():
                yield from (f"{name}.{value.name.value}" for value in definition.values or ())


def promises(owner: str, field: FieldDefinitionNode) -> Iterator[str]:
    yield f"{owner}.{field.name.value}: {print_ast(field.type)}"
    yield from (f"{owner}.{field.name.value}({taken(argument)})" for argument in field.arguments or ())


def taken(value: InputValueDefinitionNode) -> str:
    default = f" = {print_ast(value.default_value)}" if value.default_value else ""
    return f"{value.name.value}: {print_ast(value.type)}{default}"


OURS = set(statements(parse(print_schema(schema._schema))))


def test_every_promise_is_kept() -> None:
    promised = list(statements(parse(CONTRACT.read_text(encoding="utf-8"))))
    assert promised
    assert [promise for promise in promised if promise not in OURS] == []


def test_nothing_more_is_required_than_promised() -> None:
    """A new argument or input field would break old clients if it had to be sent."""
    promised = parse(CONTRACT.read_text(encoding="utf-8"))
    added = OURS - set(statements(promised))
    shared = {
        definition.name.value for definition in promised.definitions if isinstance(definition, TypeDefinitionNode)
    }
    required = {
        line
        for line in added
        if line.rstrip(")").endswith("!")
        and line.partition(".")[0] in shared
        and ("(" in line or line.partition(".")[0].endswith(("Input", "Filter", "Order")))
    }
    assert required == set()
