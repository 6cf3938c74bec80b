"""What a reporter without a sign-in may know of their report: where it stands, and our last reply.

This is beside the reading road, whose rules speak of viewers: here nobody is signed in, and what opens a report is its
number together with its tracking code, which only its reporter was given. Whoever has both sees what is in
`PublicStatus` and nothing else; neither what the report says nor who is in it. An unknown number and a wrong code get
the same answer after the same work: the same statement, one keyed hash, one comparison in constant time.
"""

import hmac
from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa

from integration.access.masks import mask_text
from integration.access.sealing import Sealer
from integration.codes import ReportStatus
from integration.db.readers import Snapshot
from integration.reading.dialect import Compiled, dialect
from integration.reading.view import Kind, table
from integration.reports.procedure import ReplyRow
from integration.reports.steps import SOP_STEP
from integration.reports.tables import ReportRow
from integration.sop.tables import SopStepRow

# What stands in for the hash of a report that does not exist, as long as one.
_NOBODY = bytes(32)
# No number and no code is longer; whatever is longer is none.
_LONGEST = 40


@dataclass(frozen=True, slots=True, repr=False)
class PublicStatus:
    """In the shape of PublicReportStatus."""

    number: str
    status: ReportStatus
    sop_step: int
    sop_step_title: str
    received_at: str
    updated_at: str
    last_reply: str | None


def tidy(typed: str) -> str:
    """A number or a code as people copy them: in small letters, with spaces."""
    return "".join(typed[: 2 * _LONGEST].split()).upper()[:_LONGEST]


async def track(snapshot: Snapshot, database: str, sealer: Sealer, number: str, code: str) -> PublicStatus | None:
    """The report with this number, if this is its tracking code. `database` is the dialect's name."""
    statement = _statement(database)
    rows = await snapshot.fetch(statement.sql, statement.arguments({"number": tidy(number)}))
    row = rows[0] if rows else None
    stored = _NOBODY if row is None else bytes(row[0])
    is_theirs = hmac.compare_digest(stored, sealer.index("tracking", tidy(code)))
    if row is None or not is_theirs:
        return None
    _, found, status, received_at, updated_at, title, reply = row
    shown = dialect(database).from_driver(Kind.TIME)
    assert shown is not None
    return PublicStatus(
        number=found,
        status=ReportStatus(status),
        sop_step=SOP_STEP[ReportStatus(status)],
        sop_step_title=title,
        received_at=shown(received_at),
        updated_at=shown(updated_at),
        last_reply=None if reply is None else mask_text(sealer.open("reply.text", bytes(reply))),
    )


@cache
def _statement(database: str) -> Compiled:
    tongue = dialect(database)
    report, step, reply = (table(row).alias() for row in (ReportRow, SopStepRow, ReplyRow))
    number = sa.case({status.value: number for status, number in SOP_STEP.items()}, value=report.c.status)
    last_reply = (
        sa.select(reply.c.text_sealed)
        .where(reply.c.report_id == report.c.id, reply.c.sent_at.is_not(None))
        .order_by(reply.c.sent_at.desc(), reply.c.id.desc())
        .limit(sa.literal_column("1"))
        .scalar_subquery()
    )
    return tongue.compile(
        sa.select(
            report.c.tracking_hash, report.c.number, report.c.status, report.c.received_at, report.c.updated_at,
            step.c.text, last_reply,
        )
        .select_from(report.join(step, step.c.number == number))
        .where(report.c.number == tongue.bind("number", Kind.TEXT))
    )  # fmt: skip
