"""A house with its front door open: the webhook over HTTP, the worker behind it, and what a person would then see."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
from sqlmodel import col, select

from integration.access.sealing import Sealer
from integration.codes import ChannelKind, MessageDirection
from integration.connectors.whatsapp.signature import sign
from integration.db.engine import Database
from integration.events.tables import EventRow, InboxRow, OutboxRow
from integration.reports.tables import MessageRow, ReporterRow, ReportRow, ReportSubjectRow
from integration.settings import Settings
from integration.worker import Worker

DATA = Path(__file__).parent.parent / "data" / "whatsapp"
PATH = "/webhooks/whatsapp"
# 5 January 2026, 10:00 in Tenggarong.
MORNING = 1767578400
SAMPLES = tuple(sorted(DATA.glob("[01]*.json")))


@dataclass
class House:
    """Everything a delivery meets on its way in."""

    database: Database
    sealer: Sealer
    settings: Settings
    worker: Worker
    client: httpx2.AsyncClient
    demo_reports: frozenset[UUID]

    async def post(self, body: bytes, **headers: str) -> httpx2.Response:
        """One signed delivery."""
        signed = {"X-Hub-Signature-256": sign(body, self.settings.app_secret), **headers}
        return await self.client.post(PATH, content=body, headers=signed)

    async def deliver(self, *bodies: bytes) -> None:
        """Deliveries, taken in and worked off."""
        for body in bodies:
            answer = await self.post(body)
            assert answer.status_code == 200, answer.text
        await self.worker.run_pending()

    async def say(self, text: str, **others: Any) -> None:
        """One text message, worked off."""
        await self.deliver(delivery(message(text=text, **others)))

    async def reports(self) -> Sequence[ReportRow]:
        """The reports that came since the house was opened, oldest first."""
        async with self.database.write() as session:
            rows = await session.exec(
                select(ReportRow).where(col(ReportRow.id).not_in(self.demo_reports)).order_by(col(ReportRow.number))
            )
            return rows.all()

    async def only_report(self) -> ReportRow:
        """The one report there is."""
        (report,) = await self.reports()
        return report

    def description(self, report: ReportRow) -> str | None:
        """What is told in a report."""
        told = report.description_sealed
        return None if told is None else self.sealer.open("report.description", told)

    async def messages(self, direction: MessageDirection = MessageDirection.INBOUND) -> Sequence[MessageRow]:
        """The WhatsApp messages that came since, oldest first."""
        async with self.database.write() as session:
            rows = await session.exec(
                select(MessageRow)
                .where(
                    MessageRow.channel == ChannelKind.WHATSAPP,
                    MessageRow.direction == direction,
                    col(MessageRow.report_id).not_in(self.demo_reports) | col(MessageRow.report_id).is_(None),
                )
                .order_by(col(MessageRow.at), col(MessageRow.id))
            )
            return rows.all()

    def text(self, row: MessageRow) -> str | None:
        """What a message says."""
        return None if row.text_sealed is None else self.sealer.open("message.text", row.text_sealed)

    async def subjects(self, report: ReportRow) -> Sequence[ReportSubjectRow]:
        """Whom a report is about."""
        async with self.database.write() as session:
            rows = await session.exec(
                select(ReportSubjectRow)
                .where(ReportSubjectRow.report_id == report.id)
                .order_by(col(ReportSubjectRow.id))
            )
            return rows.all()

    async def reporter(self, report: ReportRow) -> ReporterRow:
        """Who reported."""
        async with self.database.write() as session:
            return (await session.exec(select(ReporterRow).where(ReporterRow.id == report.reporter_id))).one()

    async def outbox(self, report: ReportRow) -> list[dict[str, str]]:
        """What is to be sent about a report, opened."""
        async with self.database.write() as session:
            rows = await session.exec(select(OutboxRow).where(OutboxRow.report_id == report.id))
            return [json.loads(self.sealer.open("outbox.payload", row.payload_sealed)) for row in rows.all()]

    async def events(self, report: ReportRow) -> Sequence[EventRow]:
        """A report's events in order."""
        async with self.database.write() as session:
            rows = await session.exec(
                select(EventRow).where(EventRow.report_id == report.id).order_by(col(EventRow.position))
            )
            return rows.all()

    async def inbox(self) -> Sequence[InboxRow]:
        """All deliveries kept."""
        async with self.database.write() as session:
            return (await session.exec(select(InboxRow).order_by(col(InboxRow.id)))).all()

    async def change(self, report: ReportRow, **values: Any) -> None:
        """What an officer does to a report."""
        async with self.database.write() as session:
            row = (await session.exec(select(ReportRow).where(ReportRow.id == report.id))).one()
            row.sqlmodel_update(values)
            session.add(row)


_ids = count(1)


def message(
    kind: str = "text", text: str | None = None, at: int = MORNING, sender: str = "6280055500001", **parts: Any
) -> dict[str, Any]:
    """One message as Meta puts it, with an id of its own."""
    body: dict[str, Any] = {"id": f"wamid.TEST{next(_ids):08d}", "timestamp": str(at), "type": kind}
    if kind == "text":
        body["text"] = {"body": text}
    return {**body, "from": sender, **parts}


def delivery(*messages: dict[str, Any], contacts: Sequence[dict[str, Any]] | None = None, **value: Any) -> bytes:
    """A delivery of one change; by default everybody is known by phone number only."""
    if contacts is None:
        phones = dict.fromkeys(one["from"] for one in messages if one.get("from"))
        contacts = [{"wa_id": phone, "profile": {"name": "Warga"}} for phone in phones]
    content = {"messaging_product": "whatsapp", "contacts": contacts, "messages": messages, **value}
    change = {"field": "messages", "value": content}
    document = {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}
    return json.dumps(document).encode()


def status(provider_id: str, state: str) -> bytes:
    """A delivery report on a message of ours."""
    one = {"id": provider_id, "status": state, "timestamp": str(MORNING), "recipient_id": "6280055500001"}
    return delivery(contacts=[], statuses=[one])
