"""The monthly recap (SOP 9): what went into the archive in a month, by category, kecamatan and outcome.

A report counts in the month, in local time, in which it was archived last, as long as it is in the archive: one that
was taken up again leaves the recap until it is archived anew.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.codes import ReportCategory, ReportOutcome, ReportStatus
from integration.db.readers import Snapshot
from integration.db.zone import WITA
from integration.events.tables import EventRow
from integration.reading.answer import BadRequest
from integration.reading.road import Road
from integration.reading.scope import Asking, Scope
from integration.reading.view import Kind, table
from integration.reports.statistics import DIMENSIONS

_MONTH = re.compile(r"(2[0-9]{3})-(0[1-9]|1[0-2])")
_COLUMNS = ("category", "districtCode", "district", "outcome", "count")


@dataclass(frozen=True, slots=True)
class RecapRow:
    """One group of archived reports."""

    category: ReportCategory | None
    district_code: str | None
    district: str | None
    outcome: ReportOutcome | None
    count: int


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """How many of them came to the same."""

    outcome: ReportOutcome | None
    count: int


@dataclass(frozen=True, slots=True)
class Recap:
    """In the shape of MonthlyRecap."""

    month: str
    rows: Sequence[RecapRow]
    outcomes: Sequence[OutcomeCount]
    total: int
    as_of: datetime


async def monthly_recap(road: Road, asking: Asking, snapshot: Snapshot, month: str) -> Recap:
    """The recap of a month (YYYY-MM) over the reports this viewer may see."""
    since, until = _bounds(month)
    counted = await road.rows(lambda scope: _statement(scope, since, until), asking, snapshot)
    rows = [
        RecapRow(
            None if category is None else ReportCategory(category),
            code,
            name,
            None if outcome is None else ReportOutcome(outcome),
            count,
        )
        for category, code, outcome, count, name in counted
    ]
    rows.sort(key=lambda row: [(part is None, part or "") for part in (row.category, row.district_code, row.outcome)])
    outcomes: Counter[ReportOutcome | None] = Counter()
    for row in rows:
        outcomes[row.outcome] += row.count
    totals = sorted(outcomes.items(), key=lambda pair: (pair[0] is None, pair[0] or ""))
    return Recap(month, rows, [OutcomeCount(*pair) for pair in totals], sum(row.count for row in rows), asking.now)


def as_csv(recap: Recap) -> str:
    """The rows as a file for a spreadsheet."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(_COLUMNS)
    writer.writerows((row.category, row.district_code, row.district, row.outcome, row.count) for row in recap.rows)
    return file.getvalue()


def _bounds(month: str) -> tuple[datetime, datetime]:
    found = _MONTH.fullmatch(month)
    if found is None:
        raise BadRequest("BAD_USER_INPUT", "Write the month as YYYY-MM.", "Tulis bulan sebagai YYYY-MM.", ("month",))
    year, number = int(found[1]), int(found[2])
    following = (year + 1, 1) if number == 12 else (year, number + 1)
    return datetime(year, number, 1, tzinfo=WITA), datetime(*following, 1, tzinfo=WITA)


def _statement(scope: Scope, since: datetime, until: datetime) -> sa.Select[tuple[object, ...]]:
    event, report = table(EventRow).alias(scope.alias()), scope.rows("Report")
    last: ColumnElement[datetime] = sa.func.max(event.c.at)
    archived = (
        sa.select(event.c.report_id)
        .where(event.c.act == "reportArchive")
        .group_by(event.c.report_id)
        .having(last >= _moment(scope, "since", since), last < _moment(scope, "until", until))
        .subquery(scope.alias())
    )
    district = DIMENSIONS["DISTRICT"]
    assert callable(district.source) and district.label is not None
    groups = (
        sa.select(
            report.c.category,
            district.source(report.c, scope).label("district_code"),
            report.c.outcome,
            sa.func.count().label("n"),
        )
        .select_from(report.join(archived, archived.c.report_id == report.c.id))
        .where(report.c.status == ReportStatus.ARCHIVED, scope.visible("Report", report.c))
        .group_by(*(sa.literal_column(str(place)) for place in (1, 2, 3)))
        .subquery(scope.alias())
    )
    return sa.select(*groups.c, district.label(groups.c.district_code, scope))


def _moment(scope: Scope, name: str, moment: datetime) -> ColumnElement[datetime]:
    return scope.dialect.bind(scope.bind(f"recap_{name}", Kind.TIME, lambda _asking: moment), Kind.TIME)
