"""What one request carries: the house's services, who asks, and the one snapshot everything it reads comes from."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import strawberry
from cachetools import LRUCache

from integration.access.known import KnownCodes
from integration.access.log import AccessLog
from integration.access.sealing import Sealer
from integration.access.viewer import Viewer
from integration.db.engine import Database
from integration.db.readers import Snapshot
from integration.reading.road import Road
from integration.reading.scope import Asking, Clearance
from integration.reading.selection import Arguments
from integration.reading.sight import Plans
from integration.settings import Settings
from resolvers.rates import Rates

if TYPE_CHECKING:
    from graphql.execution.executor import Executor

# Plans differ by query text, directive values, argument outline and clearance. A few hundred is a busy day.
_PLANS = 300


@dataclass(frozen=True, slots=True)
class Services:
    """What lives as long as the process. `wake` tells the worker that there is something to do."""

    database: Database
    sealer: Sealer
    settings: Settings
    road: Road
    facts: Plans
    known: KnownCodes
    log: AccessLog
    wake: Callable[[], None]
    plans: LRUCache[Any, Any] = field(default_factory=lambda: LRUCache(_PLANS))
    viewers: dict[str, tuple[float, Viewer]] = field(default_factory=dict)
    rates: Rates = field(default_factory=Rates)


@dataclass(frozen=True, slots=True)
class Later:
    """An object that a payload field shows, read when its selection is known (`schema/executor.py` asks for it)."""

    noun: str
    id: UUID


@dataclass(slots=True)
class Context:
    """One operation.

    The executor puts itself here, because only it knows fragments and variables as graphql-core needs them.
    """

    services: Services
    viewer: Viewer
    now: datetime
    request_id: str
    operation: str = "anonymous"
    client_host: str | None = None
    # Whether the operation selects one root field and no more.
    has_one_root: bool = False
    # Selections already settled for this query text, and the values of its @skip and @include variables they depend on.
    templates: LRUCache[Any, Any] = field(default_factory=lambda: LRUCache(16))
    switch_names: tuple[str, ...] = ()
    switches: tuple[Any, ...] = ()
    executor: "Executor[Any] | None" = None
    people: set[str] = field(default_factory=set)
    loaders: Any = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _open: tuple[AbstractAsyncContextManager[Snapshot], Snapshot] | None = None

    @property
    def clearance(self) -> Clearance:
        """What this viewer's plans may hold."""
        return Clearance(self.viewer.roles, self.viewer.purpose is not None)

    def asking(self, arguments: Arguments) -> Asking:
        """This request with the arguments of one root field."""
        services = self.services
        return Asking(self.viewer, self.now, arguments, services.sealer, services.known.has, services.settings)

    def turn(self) -> asyncio.Lock:
        """Root fields run concurrently but share one connection: each holds this while it reads."""
        return self._turn

    async def snapshot(self, single: bool = False) -> Snapshot:
        """The operation's snapshot, opened when first needed: a `single` one where the operation takes one statement.
        Call it while holding the turn.
        """
        if self._open is None:
            manager = self.services.database.readers.snapshot(single)
            self._open = (manager, await manager.__aenter__())
        return self._open[1]

    async def read_object(self, _info: strawberry.Info, type_name: str, object_id: UUID) -> Later:
        """What an act places in its payload: the object as this viewer may see it, in a moment after
        the act's commit.
        """
        await self.close()
        return Later(type_name, object_id)

    def let_go(self) -> None:
        """Once nothing more is executed: the executor and the loaders stand in circles with their own helpers and with
        this, and what stands in a circle keeps its memory until the collector comes by.
        """
        for held in (self.executor, self.loaders):
            if held is not None:
                vars(held).clear()
        self.executor = self.loaders = None

    async def close(self, error: BaseException | None = None) -> None:
        """Give the snapshot back; what is read afterwards sees a new moment (after a mutation: its own change)."""
        if self._open is not None:
            manager, self._open = self._open[0], None
            await manager.__aexit__(type(error) if error else None, error, None)
