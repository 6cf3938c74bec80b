"""An office that sends: the house of the intake, a Cloud API that is ours, and a clock that goes when told."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from uuid import UUID

from sqlmodel import col, select

from integration.access.viewer import SYSTEM
from integration.codes import ChannelKind, DeliveryState, Language, MessageDirection
from integration.connectors.whatsapp.cloud import cloud_messenger
from integration.connectors.whatsapp.fake import FakeCloud, Taken
from integration.db.base import now
from integration.events import outbox
from integration.events.log import Act
from integration.events.rules import SentForm
from integration.events.sending import Sender
from integration.events.tables import OutboxAttemptRow, OutboxRow
from integration.reports import correspondence
from integration.reports.tables import MessageRow
from integration.texts import catalogue
from integration.worker import Worker
from tests.intake.house import House

SITI, BUDI = "6280055500001", "6280055500002"
_keys = count(1)


@dataclass
class Clock:
    """Tells the time by which messages are sent."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **time: float) -> None:
        """Let time pass."""
        self.at += timedelta(**time)


@dataclass
class Office:
    """What a message meets on its way out."""

    house: House
    cloud: FakeCloud
    clock: Clock
    # When people write in these tests: the whole second in which the test began.
    start: datetime

    @property
    def worker(self) -> Worker:
        """Who works here."""
        return self.house.worker

    async def work(self, **time: float) -> None:
        """After this time, work off what came in and send what is due."""
        self.clock.forward(**time)
        await self.worker.run_pending()

    async def hear(self, sender: str = SITI, text: str = "Tolong, rumah roboh", **others: object) -> None:
        """Somebody writes, now by the office's clock; the receipt is sent at once."""
        at = int(min(self.clock.at, now()).timestamp())
        await self.house.say(text, at=at, sender=sender, **others)

    async def write(
        self,
        code: str = "free_text",
        to: str | None = SITI,
        user_id: str | None = None,
        language: Language = Language.ID,
        **words: str,
    ) -> UUID:
        """A message to somebody; the row it waits in."""
        text = catalogue.message(code).text(language, words)
        key = f"test:{next(_keys)}"
        async with self.house.database.write() as session:
            act = Act(session, SYSTEM, now(), self.house.sealer, self.house.settings)
            message = MessageRow(
                channel=ChannelKind.WHATSAPP,
                direction=MessageDirection.OUTBOUND,
                kind="text",
                at=act.at,
                delivery_state=DeliveryState.QUEUED,
            )
            session.add(message)
            report = next(iter(self.house.demo_reports))
            await session.flush()
            await outbox.enqueue(
                act,
                template=code,
                dedupe_key=key,
                recipient=outbox.Recipient(user_id, to),
                payload={**words, "text": text},
                report_id=report,
                message_id=message.id,
                language=language,
            )
        async with self.house.database.write() as session:
            return (await session.exec(select(OutboxRow.id).where(OutboxRow.dedupe_key == key))).one()

    async def row(self, id_: UUID) -> OutboxRow:
        """A row of the outbox as it is now."""
        async with self.house.database.write() as session:
            return await session.get_one(OutboxRow, id_)

    async def rows(self) -> Sequence[OutboxRow]:
        """All of them, oldest first."""
        async with self.house.database.write() as session:
            return (await session.exec(select(OutboxRow).order_by(col(OutboxRow.id)))).all()

    async def change(self, id_: UUID, **values: object) -> None:
        """What else may have happened to a row."""
        async with self.house.database.write() as session:
            row = await session.get_one(OutboxRow, id_)
            row.sqlmodel_update(values)
            session.add(row)

    async def attempt(self, id_: UUID) -> UUID:
        """An attempt of a row that has begun just now."""
        async with self.house.database.write() as session:
            attempt = OutboxAttemptRow(outbox_id=id_, at=self.clock.at, form=SentForm.TEMPLATE)
            session.add(attempt)
        return attempt.id

    @asynccontextmanager
    async def sender(self) -> AsyncIterator[Sender]:
        """Who sends and does nothing else."""
        async with cloud_messenger(self.house.settings) as messenger:
            assert messenger is not None
            yield Sender(self.house.database, self.house.sealer, messenger, correspondence, self.clock)

    def quiet_worker(self) -> Worker:
        """A worker that takes in and does not send."""
        settings = self.house.settings.model_copy(update={"whatsapp_token": None})
        return Worker(self.house.database, self.house.sealer, settings)

    async def message(self, id_: UUID) -> MessageRow:
        """The message in the conversation that a row is to send."""
        row = await self.row(id_)
        async with self.house.database.write() as session:
            return await session.get_one(MessageRow, row.message_id)

    async def outcomes(self, id_: UUID) -> list[str | None]:
        """What each attempt of a row came to."""
        async with self.house.database.write() as session:
            rows = await session.exec(
                select(OutboxAttemptRow.outcome)
                .where(OutboxAttemptRow.outbox_id == id_)
                .order_by(col(OutboxAttemptRow.id))
            )
            return list(rows.all())

    async def reported(self, taken: Taken, state: str, code: int | None = None) -> None:
        """The provider reports on a message, and the report is worked off; what is due then is sent."""
        await self.house.deliver(self.cloud.report(taken, state, code))

    def taken(self, id_: UUID) -> list[Taken]:
        """The times a row's message was taken over."""
        return [taken for taken in self.cloud.taken if taken.reference == str(id_)]
