"""What the messages of the demo's reports tell, read as those that come in are."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.access.sealing import Sealer
from integration.codes import MessageDirection
from integration.matching.places import Places
from integration.reports.suggesting import read_text, suggestions
from integration.reports.tables import MessageRow


async def load_suggestions(session: AsyncSession, sealer: Sealer) -> None:
    """Read every message of a reporter."""
    places = await Places.load(session)
    inbound = select(MessageRow).where(MessageRow.direction == MessageDirection.INBOUND)
    for message in (await session.exec(inbound.order_by(col(MessageRow.id)))).all():
        if message.text_sealed is not None and message.report_id is not None:
            reading = read_text(sealer.open("message.text", message.text_sealed), places, message.at)
            session.add_all(suggestions(sealer, message.report_id, message.id, reading))
    await session.flush()
