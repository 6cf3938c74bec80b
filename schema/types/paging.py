"""Lists in pages, and fields that take arguments without a resolver of their own.

A root field's whole answer is planned at once, so a nested list only declares its arguments; nothing runs there.
"""

from typing import Any, Generic, TypeVar

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField
from strawberry.types.unset import UNSET

T = TypeVar("T")


@strawberry.type(description="Where this page lies in its list, and how to ask for the next one.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether there are items after this page.")
    has_previous_page: bool = strawberry.field(description="Whether there are items before this page.")
    start_cursor: str | None = strawberry.field(
        description="Position of the page's first item, to be sent as `before`; null if the page is empty."
    )
    end_cursor: str | None = strawberry.field(
        description="Position of the page's last item, to be sent as `after`; null if the page is empty."
    )


@strawberry.type(description="An item of a list, with its position.")
class Edge(Generic[T]):
    cursor: str = strawberry.field(
        description="Position of this item, to be sent as `after` or `before`. It stays valid when items are added or "
        "removed, but belongs to this list, with this filter and order."
    )
    node: T = strawberry.field(description="The item itself.")


@strawberry.type(description="One page of a list. It holds only what you may see.")
class Connection(Generic[T]):
    nodes: list[T] = strawberry.field(description="The items of this page, in order; a shortcut past `edges`.")
    edges: list[Edge[T]] = strawberry.field(description="The items of this page, in order, each with its cursor.")
    page_info: PageInfo = strawberry.field(description="Where this page lies in the list.")
    total_count: int = strawberry.field(
        description="How many items you may see in the whole list, with the filter and regardless of the page. It is "
        "counted only when asked for."
    )


def argument(
    name: str, of: object, description: str, told_as: str | None = None, default: object = UNSET
) -> StrawberryArgument:
    """Declare an argument; `of` is a Python annotation, as in a signature.

    `told_as`: its name, where Python reserves it. `default`: its value where it is absent.
    """
    return StrawberryArgument(
        python_name=name,
        graphql_name=told_as,
        type_annotation=StrawberryAnnotation(of),
        description=description,
        default=default,
    )


FORWARDS = (
    argument("first", int | None, "How many items to take from the start, 1 to 100; absent means 20."),
    argument("after", str | None, "Take items after this cursor, usually the last page's `endCursor`."),
)
BOTH_WAYS = (
    argument(
        "first",
        int | None,
        "How many items to take from the start, 1 to 100; absent means 20. Not together with `last`.",
    ),
    argument("after", str | None, "Take items after this cursor, usually the last page's `endCursor`."),
    argument("last", int | None, "How many items to take from the end, 1 to 100. Not together with `first`."),
    argument("before", str | None, "Take items before this cursor, usually the last page's `startCursor`."),
)


def page(description: str) -> Any:  # as strawberry.field: the class's annotation says the type
    """Declare a nested list that is read page by page."""
    field = StrawberryField(description=description)
    field.arguments = list(FORWARDS)
    return field
