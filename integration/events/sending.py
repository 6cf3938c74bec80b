"""Sending what waits in the outbox: a turn for each message, an attempt on record before it leaves, its outcome after.

Several workers may send at once, each several messages; no person's messages overtake one another. See
`integration.events.queue` for what happens when one dies in between.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol
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

# Seconds until new messages get their turn while the answer to another is still awaited.
_LOOK_AGAIN = 1.0

_Outcome = Callable[[AsyncSession, datetime], Awaitable[OutboxRow]]


@dataclass(frozen=True, slots=True, repr=False)
class _Turn:
    """A message whose attempt has begun."""

    message: Outgoing
    attempt_id: UUID


@dataclass(slots=True)
class _Round:
    """What is under way, and whether more may begin."""

    under_way: set[asyncio.Task[bool]] = field(default_factory=set)
    going_on: bool = True
    failed: Exception | None = None


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
        owed, self._owed = self._owed, []
        for outcome in owed:
            await self._write_down(outcome)
        round_ = _Round()
        try:
            while await self._fill(round_, stopping):
                # Who is next in a person's row is due when the one before is out; others may come in meanwhile.
                done, round_.under_way = await asyncio.wait(
                    round_.under_way, timeout=_LOOK_AGAIN, return_when=asyncio.FIRST_COMPLETED
                )
                round_.going_on = all(task.result() for task in done) and round_.going_on
        finally:
            # Only when cancelled is anything left.
            for task in round_.under_way:
                task.cancel()
        if round_.failed is not None:
            raise round_.failed

    async def _fill(self, round_: _Round, stopping: Callable[[], bool]) -> bool:
        """Begin as many as there may be under way; whether there are any."""
        try:
            while round_.going_on and not stopping() and len(round_.under_way) < _AT_ONCE:
                turn = await self._turn()
                if turn is None:
                    break
                if isinstance(turn, _Turn):
                    round_.under_way.add(asyncio.create_task(self._send(turn)))
        except Exception as error:  # noqa: BLE001 - told when all that is under way has ended
            round_.failed, round_.going_on = error, False
        return bool(round_.under_way)

    async def _turn(self) -> _Turn | Literal[False] | None:
        """Whose turn it is, its attempt begun; False if that one is not to be sent, None if nothing is due."""
        async with self._database.write() as session:
            at = self._clock()
            row = await queue.next_due(session, at)
            if row is None:
                return None
            if row.attempt_id is not None:
                await queue.interrupted(session, row, at)
                return await self._not_sent(session, row, "interrupted")
            try:
                letter = outbox.opened(row, self._sealer)
            except Exception as error:  # noqa: BLE001 - whatever it is, it must not hold up the others
                queue.unreadable(session, row, type(error).__name__, at)
                return await self._not_sent(session, row, "unreadable")
            heard_at = await self._correspondence.heard_at(session, row.user_index, row.phone_index)
            form = rules.form(letter.offer, at=at, heard_at=heard_at, refused_at=row.refused_at)
            if isinstance(form, rules.Skip):
                queue.skip(session, row, form.reason)
                return await self._not_sent(session, row, "skipped")
            attempt_id = queue.begin(session, row, form, at).id
        message = Outgoing(
            reference=str(row.id),
            user_id=letter.recipient.user_id,
            phone=letter.recipient.phone,
            content=_content(row.template, letter, form),
        )
        return _Turn(message, attempt_id)

    async def _not_sent(self, session: AsyncSession, row: OutboxRow, outcome: str) -> Literal[False]:
        await self._follow(session, row)
        self._count(row, outcome)
        return False

    async def _send(self, turn: _Turn) -> bool:
        """Send one message and write down what came of it; whether to go on with others."""
        outcome, everybody = await self._try(turn.message, turn.attempt_id)
        return await self._write_down(outcome) and not everybody

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

    async def _write_down(self, outcome: _Outcome) -> bool:
        """Write down what came of an attempt, now or in the next round; whether it is written."""
        try:
            async with self._database.write() as session:
                row = await outcome(session, self._clock())
                await self._follow(session, row)
        except Exception as error:  # noqa: BLE001 - most likely the database is away; it will come back
            self._owed.append(outcome)
            _log.error("outbox.not_written", error=type(error).__name__)
            return False
        waits = "in_doubt" if row.doubtful_since is not None else "put_off"
        self._count(row, waits if row.state is DeliveryState.QUEUED else row.state.lower())
        return True

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
