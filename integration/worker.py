"""The worker: makes of what came in what it means, numbers the events, sends what is to go out, imports the registry.

It may die at any moment. A delivery is PENDING until its outcome is written, each message has a transaction of its own,
and a message that is already there is passed over; so the next worker goes on where this one stopped. What it sends is
on record before it leaves: see `integration.events.queue`.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

import structlog
from prometheus_client import Counter
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.access.sealing import Sealer
from integration.access.viewer import SYSTEM
from integration.clocks import service as clocks
from integration.connectors.whatsapp import delivery as whatsapp
from integration.connectors.whatsapp.cloud import cloud_messenger
from integration.connectors.whatsapp.port import Item
from integration.db.base import now
from integration.db.engine import Database
from integration.duty.watch import hand_over_due
from integration.events import idempotency, inbox
from integration.events.log import Act
from integration.events.sending import Sender
from integration.events.sequencer import assign_positions
from integration.matching.index import complete_keys
from integration.policy.signals import evaluate
from integration.registry.importing.running import Runner
from integration.reports import correspondence, exploring, intake, rematching
from integration.reports.fixing import fix_periods
from integration.settings import Settings

WHATSAPP = "whatsapp"
# How long news of another process, or a delivery put off, may have to wait.
_POLL_SECONDS = 2.0
# How often the house is tidied.
_TIDY_SECONDS = 3600.0

# Policy moves in months; a signal is in time if it comes the day after.
_BETWEEN_EVALUATIONS = timedelta(days=1)

_DELIVERIES = Counter("satupintu_inbox_deliveries", "Deliveries worked off, by outcome.", ["source", "outcome"])
_log = structlog.get_logger("satupintu.worker")


class Worker:
    """Works off one database. Several may run at once, in one process or in many.

    `clock` tells the time by which messages are sent.
    """

    def __init__(
        self, database: Database, sealer: Sealer, settings: Settings, clock: Callable[[], datetime] = now
    ) -> None:
        self._database = database
        self._sealer = sealer
        self._settings = settings
        self._clock = clock
        self._looked_at: datetime | None = None
        self._matched_imports: int | None = None
        self._came_in = asyncio.Event()
        self._to_explore = asyncio.Event()
        self._to_send = asyncio.Event()
        self._to_import = asyncio.Event()
        self._imports = Runner(database, sealer, settings)

    def wake(self) -> None:
        """Say that there is something to do."""
        for news in (self._came_in, self._to_explore, self._to_send, self._to_import):
            news.set()

    async def run_pending(self) -> int:
        """Work off everything that is due, then send what is due; returns how many deliveries were tried."""
        await self._imports.work_off(asyncio.Event())
        await self._after_imports()
        await self._explore()
        count = await self._take_in()
        async with self._sender() as sender:
            if sender is not None:
                await sender.run_due()
        return count

    async def run(self, stop: asyncio.Event) -> None:
        """Work until told to stop: at once when woken, else looking every few seconds."""

        async def take_in() -> None:
            if await self._take_in():
                self._to_send.set()

        async with self._sender() as sender:
            work = [
                _again_and_again(self._after_imports, asyncio.Event(), stop),
                _again_and_again(take_in, self._came_in, stop),
                _again_and_again(self._explore, self._to_explore, stop),
                # Looked at only every few seconds: no news of others makes a hand-over due.
                _again_and_again(self._watch, asyncio.Event(), stop),
                _again_and_again(self.tidy, asyncio.Event(), stop, _TIDY_SECONDS),
                _again_and_again(self._look_for_signals, asyncio.Event(), stop),
                # Beside all else: a file may take an hour.
                _again_and_again(lambda: self._bring_in(stop), self._to_import, stop),
            ]
            if sender is None:
                _log.warning("outbox.off", missing="SATUPINTU_WHATSAPP_TOKEN", effect="messages to people wait")
            else:
                # Beside taking in, not after it: a provider that does not answer must hold up nobody's report.
                work.append(_again_and_again(lambda: sender.run_due(stop.is_set), self._to_send, stop))
            await asyncio.gather(*work)

    async def tidy(self) -> None:
        """Give clocks to open reports without one, and drop what was kept for a time that is over."""
        at = self._clock()
        begun = 0
        while more := await self._begin_missing(at):
            begun += more
        deliveries = await inbox.prune(self._database, at - self._settings.keep_deliveries)
        keys = await idempotency.prune(self._database, at - self._settings.keep_keys)
        if begun or deliveries or keys:
            _log.info("worker.tidied", clocks=begun, deliveries=deliveries, keys=keys)

    async def _begin_missing(self, at: datetime) -> int:
        async with self._database.write() as session:
            return await clocks.begin_missing(session, at)

    async def _after_imports(self) -> None:
        """At start and after each import: give people the keys they lack, then look for undecided subjects again."""
        imports = await rematching.imports_applied(self._database)
        if imports == self._matched_imports:
            return
        # Before the search: without keys nobody is found by name.
        await complete_keys(self._database)
        if imports and await rematching.rematch(self._database, self._act, imports):
            self._came_in.set()
        self._matched_imports = imports

    async def _explore(self) -> None:
        if await exploring.explore_waiting(self._database, self._act):
            # Whoever was found beyond doubt is an event, which waits for its place in the feed.
            self._came_in.set()

    def _act(self, session: AsyncSession) -> Act:
        return Act(session, SYSTEM, self._clock(), self._sealer, self._settings)

    async def _bring_in(self, stop: asyncio.Event) -> None:
        """Registry files: their events wait for a place in the feed."""
        if await self._imports.work_off(stop):
            self._came_in.set()

    async def _watch(self) -> None:
        if await hand_over_due(self._database, self._sealer, self._settings, self._clock()):
            # Its events wait for their place in the feed.
            self._came_in.set()

    async def _look_for_signals(self) -> None:
        """At start, and then when a day is over."""
        if self._looked_at is not None and self._clock() - self._looked_at < _BETWEEN_EVALUATIONS:
            return
        if await self.evaluate_signals():
            self._came_in.set()
        self._looked_at = self._clock()

    async def fix_periods(self) -> int:
        """Fix the published figures of periods that are over; how many were fixed."""
        async with self._database.write() as session:
            return await fix_periods(session, self._settings, self._clock())

    async def evaluate_signals(self) -> int:
        """Fix the figures of periods that are over, then hold the rules of policy signals against the data; how many
        signals are new.
        """
        # First: what planners are told of a signal rests on what is published.
        await self.fix_periods()
        async with self._database.write() as session:
            return await evaluate(Act(session, SYSTEM, self._clock(), self._sealer, self._settings))

    async def _take_in(self) -> int:
        count = 0
        while await self._next():
            count += 1
        await assign_positions(self._database)
        return count

    @asynccontextmanager
    async def _sender(self) -> AsyncIterator[Sender | None]:
        async with cloud_messenger(self._settings) as messenger:
            if messenger is None:
                yield None
            else:
                yield Sender(self._database, self._sealer, messenger, correspondence, self._clock)

    async def _next(self) -> bool:
        async with inbox.turn(self._database):
            delivery = await inbox.oldest_due(self._database)
            if delivery is None:
                return False
            error = await self._work_off(delivery)
            if error is None:
                await inbox.finish(self._database, delivery)
                outcome = inbox.DONE
            else:
                outcome = inbox.FAILED if await inbox.fail(self._database, delivery, error) else "RETRIED"
                _log.warning("inbox.not_done", delivery=str(delivery.id), error=error, outcome=outcome)
            _DELIVERIES.labels(delivery.source, outcome.lower()).inc()
            return True

    async def _work_off(self, delivery: inbox.Delivery) -> str | None:
        """Every message on its own, so that one that can't be worked off holds up no other; the last error's class."""
        failed: str | None = None
        try:
            items = self._items(delivery)
        except Exception as error:  # noqa: BLE001 - whatever it is, the delivery is kept and tried again
            return type(error).__name__
        for item in items:
            try:
                async with self._database.write() as session:
                    act = Act(session, SYSTEM, now(), self._sealer, self._settings)
                    await intake.take(act, item, delivery.received_at)
            except Exception as error:  # noqa: BLE001 - as above, and its neighbours go on
                failed = type(error).__name__
        return failed

    def _items(self, delivery: inbox.Delivery) -> list[Item]:
        body = inbox.opened(delivery, self._sealer)
        return list(
            whatsapp.items(
                whatsapp.parse(body),
                delivery.received_at,
                lambda text: self._sealer.index("message.provider_id", text).hex(),
            )
        )


async def _again_and_again(
    work: Callable[[], Awaitable[None]], news: asyncio.Event, stop: asyncio.Event, pause: float = _POLL_SECONDS
) -> None:
    """Work until told to stop: at once when there is news, else every `pause` seconds."""
    stopping = asyncio.create_task(stop.wait())
    try:
        while not stop.is_set():
            news.clear()
            try:
                await work()
            except Exception as error:  # noqa: BLE001 - most likely the database is away; it will come back
                # Its messages may quote what was being written: the class only.
                _log.error("worker.failed", error=type(error).__name__)
            heard = asyncio.create_task(news.wait())
            await asyncio.wait({heard, stopping}, timeout=pause, return_when=asyncio.FIRST_COMPLETED)
            heard.cancel()
            with suppress(asyncio.CancelledError):
                await heard
    finally:
        stopping.cancel()
