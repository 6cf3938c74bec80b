"""Small tables that change by hand or by an update of the program: read again only every few seconds."""

import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlmodel.ext.asyncio.session import AsyncSession

T = TypeVar("T")

# Seconds until a change in such a table is seen by all processes.
_AGE = 5.0
_kept: WeakKeyDictionary[Any, dict[Any, tuple[float, Any]]] = WeakKeyDictionary()


async def kept(session: AsyncSession, read: Callable[[AsyncSession], Awaitable[T]]) -> T:
    """What `read`, a function of a module, made of the session's database a moment ago, or makes now."""
    known = _kept.setdefault(session.get_bind().engine, {})
    found = known.get(read)
    if found is None or time.monotonic() - found[0] >= _AGE:
        found = known[read] = (time.monotonic(), await read(session))
    value: T = found[1]
    return value
