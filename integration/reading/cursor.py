"""Keyset cursors: the order's name and the values of its keys, opaque to clients, checked when they come back."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from integration.reading.answer import BadRequest
from integration.reading.view import Kind, Order


def encode(order: Order, values: Sequence[Any]) -> str:
    """A cursor from the plain values of an order's keys."""
    plain = [value.hex if isinstance(value, UUID) else value for value in values]
    return urlsafe_b64encode(json.dumps([order.name, *plain], separators=(",", ":")).encode()).decode().rstrip("=")


def decode(order: Order, cursor: str, argument: Sequence[str | int]) -> list[Any]:
    """The key values of a cursor made under the same order; BAD_CURSOR for anything else."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        parts = json.loads(urlsafe_b64decode(padded))
        if not isinstance(parts, list) or parts[:1] != [order.name] or len(parts) != len(order.keys) + 1:
            raise ValueError
        return [_value(key.kind, part, key.nullable) for key, part in zip(order.keys, parts[1:], strict=True)]
    except (NotBase64, ValueError, TypeError, RecursionError):
        raise BadRequest(
            "BAD_CURSOR",
            "This cursor was not given by this list in this order. Take it from pageInfo or edges of the same query.",
            "Kursor ini bukan dari daftar dan urutan ini. Ambil dari pageInfo atau edges kueri yang sama.",
            argument,
        ) from None


def _value(kind: Kind, part: Any, nullable: bool) -> Any:
    if part is None and nullable:
        return None
    if kind is Kind.INT:
        if type(part) is not int or abs(part) >= 1 << 31:
            raise ValueError
        return part
    if type(part) is not str or "\0" in part:
        raise ValueError
    part.encode()  # half a character raises a ValueError too: no database can hold it
    if kind is Kind.UUID:
        return UUID(hex=part)
    if kind is Kind.TIME:
        moment = datetime.fromisoformat(part)
        if moment.tzinfo is None:
            raise ValueError
        return moment
    return date.fromisoformat(part) if kind is Kind.DATE else part
