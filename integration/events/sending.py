"""Sending what waits in the outbox: a turn for each message, an attempt on record before it leaves, its outcome after.

Several workers may send at once, each several messages; no person's messages overtake one another. See
`integration.events.queue` for what happens when one dies in between.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol
from uuid import UUID

import structlog
from prometheus_client import Counter
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.access.sealing import Sealer
from integration.codes import DeliveryState, Language
from integration.connectors.whatsapp.port import (
    Doubtful,
    Messenger,
    Nature,
    Outgoing,
    Template,
    Unavailable,
    Undeliverable,
    Words,
)
from integration.db.base import now
from integration.db.engine import Database
from integration.events import outbox, queue, rules
from integration.events.tables import OutboxRow

# How many messages are under way at once; each spends its time waiting for the answer.
_AT_ONCE = 8
# As templates are registered with WhatsApp.
_LANGUAGES = {Language.ID: "id", Language.EN: "en"}

_MESSAGES = Counter("satupintu_outbox_attempts", "What became of messages to people, attempt by attempt.", ["outcome"])
_log = structlog.get_logger("satupintu.sending")

_Outcome = Callable[[AsyncSession, datetime], Awaitable[OutboxRow]]


class Correspondence(Protocol):
    """What sending must know of the talk with a person; the reports know it."""

    async def heard_at(
        self, session: AsyncSession, user_index: bytes | None, phone_index: bytes | None
    ) -> datetime | None:
        """When the person last wrote."""
        ...

    async def follow(
        self, session: AsyncSession, message_id: UUID, state: DeliveryState, provider_id: str | None
    ) -> None:
        """Let the message say what became of it."""
        ...


class Sender:
    """Sends from one database through one messenger. `clock` tells the time by which windows and pauses are judged."""

    def __init__(
        self,
        database: Database,
        sealer: Sealer,
        messenger: Messenger,
        correspondence: Correspondence,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._database = database
        self._sealer = sealer
        self._messenger = messenger
        self._correspondence = correspondence
        self._clock = clock
        self._indexed = False
        # Outcomes that could not be written down yet: what was taken over must not be sent again.
        self._owed: list[_Outcome] = []

    async def run_due(self, stopping: Callable[[], bool] = lambda: False) -> None:
        """Send all that is due; told to stop, end what is under way and begin nothing new."""
        if not self._indexed:
            async with self._database.write() as session:
                await outbox.index_recipients(session, self._sealer)
            self._indexed = True
        while self._owed:
            await self._write_down(self._owed[0])
            del self._owed[0]
        closed = asyncio.Event()

        async def lane() -> None:
            while not (stopping() or closed.is_set()):
                going_on = await self._next(closed)
                if not going_on:
                    return

        lanes = [asyncio.create_task(lane()) for _ in range(_AT_ONCE)]
        try:
            ended = await asyncio.gather(*lanes, return_exceptions=True)
        except asyncio.CancelledError:
            for task in lanes:
                task.cancel()
            raise
        for failure in ended:
            if isinstance(failure, BaseException):
                raise failure

    async def _next(self, closed: asyncio.Event) -> bool:
        """One turn; False if nothing is due. `closed` is set when the provider lets all messages wait."""
        async with self._database.write() as session:
            at = self._clock()
            row = await queue.next_due(session, at)
            if row is None:
                return False
            if row.attempt_id is not None:
                await queue.interrupted(session, row, at)
                self._count(row, "interrupted")
                return True
            try:
                letter = outbox.opened(row, self._sealer)
            except Exception as error:  # noqa: BLE001 - whatever it is, it must not hold up the others
                queue.unreadable(session, row, type(error).__name__, at)
                await self._follow(session, row)
                self._count(row, "unreadable")
                return True
            heard_at = await self._correspondence.heard_at(session, row.user_index, row.phone_index)
            form = rules.form(letter.offer, at=at, heard_at=heard_at, refused_at=row.refused_at)
            if isinstance(form, rules.Skip):
                queue.skip(session, row, form.reason)
                await self._follow(session, row)
                self._count(row, "skipped")
                return True
            attempt_id = queue.begin(session, row, form, at).id
        message = Outgoing(
            reference=str(row.id),
            user_id=letter.recipient.user_id,
            phone=letter.recipient.phone,
            content=_content(row.template, letter, form),
        )
        outcome, everybody = await self._try(message, attempt_id)
        if everybody:
            closed.set()
        try:
            await self._write_down(outcome)
        except Exception:
            self._owed.append(outcome)
            raise
        return True

    async def _try(self, message: Outgoing, attempt_id: UUID) -> tuple[_Outcome, bool]:
        """Hand a message over; what it came to, and whether the others would fare the same."""
        try:
            provider_id = await self._messenger.send(message)
        except Undeliverable as error:
            failure = error.failure
            window = failure.nature is Nature.WINDOW
            return lambda session, at: queue.refused(session, attempt_id, failure.reason, at, window=window), False
        except Unavailable as error:
            passing, wait = error.failure, error.retry_after
            return (
                lambda session, at: queue.put_off(session, attempt_id, passing.reason, at, wait)
            ), passing.nature is Nature.EVERYBODY
        except Exception as error:  # noqa: BLE001 - whatever else it is, the message may have left
            reason = error.reason if isinstance(error, Doubtful) else type(error).__name__
            return lambda session, at: queue.doubt(session, attempt_id, reason, at), False
        return lambda session, at: queue.sent(session, attempt_id, provider_id, at), False

    async def _write_down(self, outcome: _Outcome) -> None:
        async with self._database.write() as session:
            row = await outcome(session, self._clock())
            await self._follow(session, row)
        waits = "in_doubt" if row.doubtful_since is not None else "put_off"
        self._count(row, waits if row.state is DeliveryState.QUEUED else row.state.lower())

    async def _follow(self, session: AsyncSession, row: OutboxRow) -> None:
        if row.message_id is not None:
            await self._correspondence.follow(session, row.message_id, row.state, row.provider_id)

    def _count(self, row: OutboxRow, outcome: str) -> None:
        _MESSAGES.labels(outcome).inc()
        if row.reason is not None:
            _log.warning(
                "outbox.not_sent", delivery=str(row.id), reason=row.reason, attempts=row.attempts, outcome=outcome
            )


def _content(code: str, letter: outbox.Letter, form: rules.SentForm) -> Words | Template:
    if form is rules.SentForm.TEXT:
        return Words(letter.text)
    return Template(code, _LANGUAGES[letter.language], letter.template_values or ())
