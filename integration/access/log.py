"""The access log: every answer that shows people is entered before it leaves, one row per operation.

Operations that end together are entered together: while one transaction commits, the next entries gather, so a busy
hour costs a commit per moment and not per request. None leaves before its own row is committed.
"""

import asyncio
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from integration.access.tables import AccessLogRow
from integration.access.viewer import Viewer
from integration.db.base import uuid7
from integration.db.direct import compile_for_driver
from integration.db.engine import Database
from integration.reading.view import table

_LARGEST_BATCH = 200
_COLUMNS = ("id", "at", "actor", "client", "purpose", "operation", "people", "people_count")
_INSERT = sa.insert(table(AccessLogRow)).values(
    {name: sa.bindparam(name, type_=table(AccessLogRow).c[name].type) for name in _COLUMNS}
)


class AccessLog:
    """Enters operations for one process."""

    def __init__(self, database: Database) -> None:
        self._appender = database.appender
        self._insert = compile_for_driver(_INSERT, database.engine.dialect)
        self._waiting: list[tuple[dict[str, Any], asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def enter(self, viewer: Viewer, at: datetime, operation: str, people: Iterable[str]) -> None:
        """Enter one operation with the ids of the people it shows. If this fails, the answer must not leave."""
        shown = sorted(people)
        entry = {
            "id": uuid7(),
            "at": at,
            "actor": viewer.actor,
            "client": viewer.client,
            "purpose": viewer.purpose,
            "operation": operation,
            "people": shown,
            "people_count": len(shown),
        }
        entered: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((entry, entered))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        await entered

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:_LARGEST_BATCH], self._waiting[_LARGEST_BATCH:]
            failure: Exception | None = None
            try:
                await self._appender.append(self._insert.sql, [self._insert.arguments(entry) for entry, _ in batch])
            except Exception as error:  # noqa: BLE001 - whoever waits for it is told, and does not answer
                failure = error
            for _, entered in batch:
                if entered.done():
                    continue
                if failure is None:
                    entered.set_result(None)
                else:
                    entered.set_exception(failure)
