"""Receipt numbers (SIM-2026-000123) and tracking codes."""

import secrets
from datetime import datetime, timedelta, timezone

import sqlalchemy as sa
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.db.direct import Direct, upsert
from integration.reading import view
from integration.reports.tables import ReportNumberRow

# Central Indonesian time, where a year begins eight hours before it does in UTC; it has no summer time.
WITA = timezone(timedelta(hours=8), "WITA")
# Without what is mistaken for another when read aloud or copied: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
_ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
_CODE_LENGTH = 10


async def next_number(session: AsyncSession, received_at: datetime) -> str:
    """The next number of the year in which a report came.

    The year's row stays locked until the transaction ends, so that no number is left out: take it last.
    """
    year = received_at.astimezone(WITA).year
    ((last,),) = await _NEXT.run(session, {"year": year})
    return f"SIM-{year:04d}-{last:06d}"


_ONE: sa.ColumnElement[int] = sa.literal_column("1", sa.Integer)


def _next(dialect: sa.Dialect) -> sa.UpdateBase:
    table = view.table(ReportNumberRow)
    return (
        upsert(dialect, table)
        .values(year=sa.bindparam("year", type_=table.c.year.type), last=_ONE)
        .on_conflict_do_update(index_elements=["year"], set_={"last": table.c.last + _ONE})
        .returning(table.c.last)
    )


_NEXT = Direct(_next)


def tracking_code() -> str:
    """Ten random characters, about 45 bits: with the number they let a reporter follow the report."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
