"""How often the registry was asked whether somebody is in it: by which agency, for what, with which result.

What an agency owes an account of at least every six months. The numbers hold nobody: who was looked for stands in the
access log, sealed as ids.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.access.viewer import Viewer
from integration.codes import RegistryMatchResult, Role
from integration.db.readers import Snapshot
from integration.db.zone import WITA
from integration.organizations.tables import OrganizationRow
from integration.reading.answer import BadRequest
from integration.reading.road import Road
from integration.reading.scope import Asking, Scope
from integration.reading.view import Kind, table
from integration.registry.tables import RegistryUseRow

# Who sees the use of all; an agency sees its own.
OVERSEERS = (Role.AUDITOR, Role.AGENCY_HEAD, Role.SECRETARY)
_COLUMNS = ("month", "organizationCode", "organization", "purpose", "result", "count")
_LONGEST = timedelta(days=1100)


@dataclass(frozen=True, slots=True)
class UseRow:
    """How often one agency was told one result for one purpose in a month."""

    month: str
    organization_code: str | None
    organization: str | None
    purpose: str | None
    result: RegistryMatchResult
    count: int


@dataclass(frozen=True, slots=True)
class Use:
    """In the shape of RegistryUse."""

    rows: Sequence[UseRow]
    total: int
    as_of: datetime


def count_use(session: AsyncSession, viewer: Viewer, at: datetime, results: Iterable[RegistryMatchResult]) -> None:
    """Count what was asked and told in one request."""
    for result, count in Counter(results).items():
        session.add(
            RegistryUseRow(
                at=at, organization_id=viewer.organization_id, purpose=viewer.purpose, result=result, count=count
            )
        )


async def registry_use(road: Road, asking: Asking, snapshot: Snapshot, since: date, until: date) -> Use:
    """The use from one day to another (inclusive, local time), as far as this viewer may know it."""
    if not since <= until or until - since > _LONGEST:
        raise BadRequest(
            "BAD_USER_INPUT",
            "Ask for a span of at most three years that does not end before it begins.",
            "Rentang paling lama tiga tahun dan tidak boleh berakhir sebelum mulai.",
            ("to",),
        )
    counted = await road.rows(lambda scope: _statement(scope, since, until), asking, snapshot)
    rows = [
        UseRow(month, code, name, purpose, RegistryMatchResult(result), int(count))
        for month, code, name, purpose, result, count in counted
    ]
    rows.sort(key=lambda row: (row.month, row.organization_code or "", row.purpose or "", row.result))
    return Use(rows, sum(row.count for row in rows), asking.now)


def as_csv(use: Use) -> str:
    """The rows as a file for a spreadsheet."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(_COLUMNS)
    writer.writerows(
        (row.month, row.organization_code, row.organization, row.purpose, row.result, row.count) for row in use.rows
    )
    return file.getvalue()


def _statement(scope: Scope, since: date, until: date) -> sa.Select[tuple[object, ...]]:
    use, owner = table(RegistryUseRow).alias(scope.alias()), table(OrganizationRow).alias(scope.alias())
    month = scope.dialect.local_month(use.c.at).label("month")
    begins, ends = _midnight(since), _midnight(until + timedelta(days=1))
    begin = scope.dialect.bind(scope.bind("use_since", Kind.TIME, lambda _asking: begins), Kind.TIME)
    end = scope.dialect.bind(scope.bind("use_until", Kind.TIME, lambda _asking: ends), Kind.TIME)
    mine = sa.true() if scope.has(*OVERSEERS) else use.c.organization_id == scope.viewer("organization_id")
    return (
        sa.select(month, owner.c.code, owner.c.name, use.c.purpose, use.c.result, sa.func.sum(use.c.count))
        .select_from(use.outerjoin(owner, owner.c.id == use.c.organization_id))
        .where(use.c.at >= begin, use.c.at < end, mine)
        .group_by(*(sa.literal_column(str(place)) for place in range(1, 6)))
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=WITA)
