"""Receipt numbers (SIM-2026-000123) and tracking codes."""

import secrets
from datetime import datetime, timedelta, timezone

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.reports.tables import ReportNumberRow

# Central Indonesian time, where a year begins eight hours before it does in UTC; it has no summer time.
WITA = timezone(timedelta(hours=8), "WITA")
# Without what is mistaken for another when read aloud or copied: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
_ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
_CODE_LENGTH = 10


async def next_number(session: AsyncSession, received_at: datetime) -> str:
    """The next number of the year in which a report came; the year's row stays locked until the transaction ends."""
    year = received_at.astimezone(WITA).year
    make = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = (
        make(ReportNumberRow)
        .values(year=year, last=1)
        .on_conflict_do_update(index_elements=["year"], set_={"last": col(ReportNumberRow.last) + 1})
        .returning(col(ReportNumberRow.last))
    )
    last = (await session.exec(statement)).scalar_one()
    return f"SIM-{year:04d}-{last:06d}"


def tracking_code() -> str:
    """Ten random characters, about 45 bits: with the number they let a reporter follow the report."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
