"""Asking a question of the road, and counting the statements it takes."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from integration.access import accounts
from integration.access.viewer import Viewer
from integration.db.readers import Readers, Row, Snapshot
from resolvers.context import Services
from schema.executor import execute_operation


async def viewer_of(services: Services, subject: str, purpose: str | None = "CASE_HANDLING") -> Viewer:
    """The viewer behind a demo account."""
    viewer = await accounts.find(services.database, subject)
    assert viewer is not None
    return replace(viewer, purpose=purpose)


async def ask(
    services: Services, viewer: Viewer, text: str, variables: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The answer to a query."""
    return await execute_operation(services, viewer, text, dict(variables or {}), None, "test")


class Counted:
    """Reading connections that also count what is asked of the database, and how many are lent out at once."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self.statements = 0
        self.lent = 0
        self.opened = 0
        self.single = 0

    @asynccontextmanager
    async def snapshot(self, single: bool = False) -> AsyncIterator[Snapshot]:
        """A snapshot as the readers give it."""
        async with self._readers.snapshot(single) as snapshot:
            self.lent += 1
            self.opened += 1
            self.single += single
            try:
                yield _CountedSnapshot(self, snapshot)
            finally:
                self.lent -= 1

    async def close(self) -> None:
        """Close the readers behind."""
        await self._readers.close()


class _CountedSnapshot:
    def __init__(self, counted: Counted, snapshot: Snapshot) -> None:
        self._counted = counted
        self._snapshot = snapshot

    async def fetch(self, sql: str, arguments: Sequence[Any]) -> Sequence[Row]:
        self._counted.statements += 1
        return await self._snapshot.fetch(sql, arguments)
