"""How a mutation is declared."""

from typing import Any

from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import StrawberryResolver

from schema.types.paging import argument


def act(resolver: Any, of: type, description: str) -> Any:  # as strawberry.field: the annotation says the type
    """Declare a mutation. The input's type is said here, because resolvers don't know the schema."""
    field = StrawberryField(description=description, base_resolver=StrawberryResolver(resolver))
    field.arguments = [argument("input", of, "What the act needs.")]
    return field
