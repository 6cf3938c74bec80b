"""The column vocabulary every table is written in: ids, codes, sealed bytes, ordered text.

Only types that mean the same on SQLite and PostgreSQL are used; what differs between them is decided here and in
`integration/reading/dialect.py`, nowhere else.
"""

import os
import threading
import time
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Enum, LargeBinary, MetaData, Text
from sqlmodel import SQLModel

# Named constraints, so that a migration can drop what another one made on both databases.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

METADATA: MetaData = SQLModel.metadata

_last_id = 0
_id_lock = threading.Lock()


def uuid7() -> UUID:
    """A time-ordered id (RFC 9562), increasing within this process even inside one millisecond."""
    global _last_id  # noqa: PLW0603 - the one counter that keeps ids increasing
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds << 80) | (0x7 << 76) | ((random >> 62 & 0xFFF) << 64) | (0x2 << 62) | (random & (1 << 62) - 1)
    with _id_lock:
        if value <= _last_id:
            # The clock stood still or went back: count on from the last id, over the version and variant bits.
            value = _next(_last_id)
        _last_id = value
    return UUID(int=value)


def _next(last: int) -> int:
    low = (last & (1 << 62) - 1) + 1
    if low < 1 << 62:
        return last & ~((1 << 62) - 1) | low
    middle = (last >> 64 & 0xFFF) + 1
    stamp = (last >> 80) + (middle >> 12)
    return (stamp << 80) | (0x7 << 76) | ((middle & 0xFFF) << 64) | (0x2 << 62)


def now() -> datetime:
    """The present instant in UTC."""
    return datetime.now(UTC)


def coded(enum: type[StrEnum]) -> Any:
    """A closed list stored as its text; a new value needs no migration."""
    return Enum(
        enum, native_enum=False, values_callable=lambda e: [m.value for m in e], length=40, create_constraint=False
    )


# Text that sorts by code point on both databases, so pages and cursors agree.
ORDERED_TEXT: Any = Text().with_variant(Text(collation="C"), "postgresql")

# Bytes made by `integration.access.sealing`: an encrypted value, or a keyed blind index of one.
SEALED: Any = LargeBinary()
