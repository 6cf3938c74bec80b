"""The access log: every answer that shows people is entered before it leaves, one row per operation."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from integration.access.tables import AccessLogRow
from integration.access.viewer import Viewer
from integration.db.base import uuid7
from integration.db.engine import Database
from integration.reading.view import table


async def enter(database: Database, viewer: Viewer, at: datetime, operation: str, people: Iterable[str]) -> None:
    """Enter one operation with the ids of the people it shows. If this fails, the answer must not leave."""
    shown = sorted(people)
    values = {
        "id": uuid7(),
        "at": at,
        "actor": viewer.actor,
        "client": viewer.client,
        "purpose": viewer.purpose,
        "operation": operation,
        "people": shown,
        "people_count": len(shown),
    }
    async with database.write() as session:
        await session.exec(sa.insert(table(AccessLogRow)).values(values))
