"""Opaque ids: the type and the row, in URL-safe base64. A NIK, a KK or a row number is never an id."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable
from uuid import UUID


def encode(type_name: str, value: UUID | str) -> str:
    """The id a client sees for a row."""
    return maker(type_name)(value)


def maker(type_name: str) -> Callable[[UUID | str], str]:
    """A function from a stored id (UUID, or its 32 digits as SQLite keeps it) to the id a client sees."""
    head = f"{type_name}:".encode()

    def make(value: UUID | str) -> str:
        digits = value if type(value) is str else value.hex  # type: ignore[union-attr]
        return urlsafe_b64encode(head + digits.encode()).decode().rstrip("=")

    return make


def decode(value: str) -> tuple[str, UUID] | None:
    """The type and row of an id, or nothing if it is not one of ours."""
    try:
        text = urlsafe_b64decode(value.encode("ascii") + b"=" * (-len(value) % 4)).decode("ascii")
        type_name, _, digits = text.partition(":")
        if len(digits) != 32 or not type_name.isidentifier():
            return None
        return type_name, UUID(hex=digits)
    except (NotBase64, ValueError):
        return None
