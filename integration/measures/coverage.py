"""Which of the 26 kinds of people in need were recorded, and by which way; which never were (S-27).

Three ways: reports of the one door, kinds recorded of people of the registry, proposals to correct it. A kind that
nobody ever recorded is not a kind that nobody is of: it is told as never recorded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.codes import Language
from integration.db.readers import Snapshot
from integration.measures.counted import SAID, counts
from integration.measures.period import Period, chosen
from integration.people.tables import PersonPpksRow, PersonRow
from integration.ppks.tables import OFFICIAL_TYPES, PpksTypeRow
from integration.reading.road import Road
from integration.reading.scope import Asking, Scope
from integration.reading.view import table
from integration.reports.tables import ReportPpksTypeRow
from integration.spm.codes import SpmService
from integration.spm.tables import SpmServiceRow
from integration.statistics.codes import StatisticState
from integration.verval.tables import ProposalRow

SOURCE = "Laporan Satu Pintu, jenis PPKS yang tercatat pada penduduk dalam data terpadu, dan usulan verval."
FORMULA = (
    "reports: reports received in the period that are about the kind. people: people with the kind on record at the "
    "end of the period. proposals: proposals made in the period that come from a report of the kind, or are about a "
    f"person who has it. isRecorded: one of the three is above 0. {SAID}"
)


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """In the shape of PpksCoverageRow."""

    code: str
    term: str
    name: str
    spm_service: SpmService | None
    is_recorded: bool
    ever_recorded: bool
    reports: int | None
    people: int | None
    proposals: int | None
    state: StatisticState


@dataclass(frozen=True, slots=True)
class Coverage:
    """In the shape of PpksCoverage."""

    from_: date
    to: date
    rows: Sequence[CoverageRow]
    source: str
    formula: str
    as_of: datetime
    language: Language

    @property
    def expected_types(self) -> int:
        return OFFICIAL_TYPES

    @property
    def warning(self) -> str | None:
        """What is wrong with the list of kinds itself."""
        if len(self.rows) == OFFICIAL_TYPES:
            return None
        if self.language is Language.EN:
            return f"The list has {len(self.rows)} kinds; {OFFICIAL_TYPES} are expected (Permensos 8/2012)."
        return f"Daftar memuat {len(self.rows)} jenis; seharusnya {OFFICIAL_TYPES} (Permensos 8/2012)."

    @property
    def recorded_types(self) -> int:
        return sum(row.is_recorded for row in self.rows)

    @property
    def never_recorded_types(self) -> int:
        return sum(not row.ever_recorded for row in self.rows)


async def coverage(road: Road, asking: Asking, snapshot: Snapshot, first: date, last: date) -> Coverage:
    """All kinds over a period of local days; BadRequest for a period that may not be asked for.

    Whoever does not see every report is told whether a kind was recorded, and not how often.
    """
    period, shows = chosen(asking, first, last), asking.viewer.sees_every_report
    reports, people, proposals = [
        {code: (int(inside), int(ever)) for code, inside, ever in await road.rows(_of(way, period), asking, snapshot)}
        for way in (_reports, _people, _proposals)
    ]
    rows = []
    for code, term, name, service in await road.rows(_kinds, asking, snapshot):
        found = [of.get(code, (0, 0)) for of in (reports, people, proposals)]
        is_recorded = any(inside for inside, _ in found)
        of_reports, of_people, of_proposals = (inside if shows or not is_recorded else None for inside, _ in found)
        rows.append(
            CoverageRow(
                code, term, name, None if service is None else SpmService(service), is_recorded,
                any(ever for _, ever in found), of_reports, of_people, of_proposals,
                StatisticState.KNOWN if shows or not is_recorded else StatisticState.SUPPRESSED,
            )
        )  # fmt: skip
    return Coverage(first, last, rows, SOURCE, FORMULA, asking.now, asking.viewer.language)


def _of(way: Any, period: Period) -> Any:
    return lambda scope: way(scope, period)


def _kinds(scope: Scope) -> sa.Select[Any]:
    kind, service = (table(row).alias(scope.alias()) for row in (PpksTypeRow, SpmServiceRow))
    return (
        sa.select(kind.c.code, kind.c.term, kind.c.name, service.c.code)
        .select_from(kind.outerjoin(service, service.c.regency_group == kind.c.regency_group))
        .order_by(kind.c.code)
    )


def _both(code: ColumnElement[Any], inside: ColumnElement[bool]) -> sa.Select[Any]:
    """How many there are of each kind: in the period, and ever."""
    one: ColumnElement[int] = sa.literal_column("1")
    return sa.select(code, sa.func.count(sa.case((inside, one))), sa.func.count()).group_by(code)


def _reports(scope: Scope, period: Period) -> sa.Select[Any]:
    report, kind = scope.rows("Report"), table(ReportPpksTypeRow).alias(scope.alias())
    return (
        _both(kind.c.ppks_code, period.holds(scope, report.c.received_at))
        .select_from(kind.join(report, report.c.id == kind.c.report_id))
        .where(counts(report.c))
    )


def _people(scope: Scope, period: Period) -> sa.Select[Any]:
    person, kind = (table(row).alias(scope.alias()) for row in (PersonRow, PersonPpksRow))
    inside = sa.or_(kind.c.since.is_(None), kind.c.since <= period.last_day(scope))
    return (
        _both(kind.c.ppks_code, inside)
        .select_from(kind.join(person, person.c.id == kind.c.person_id))
        .where(person.c.merged_into_id.is_(None))
    )


def _proposals(scope: Scope, period: Period) -> sa.Select[Any]:
    proposal, of_report, of_person = (
        table(row).alias(scope.alias()) for row in (ProposalRow, ReportPpksTypeRow, PersonPpksRow)
    )
    # A union: a proposal that has a kind both ways has it once.
    by_report = sa.select(proposal.c.id, of_report.c.ppks_code, proposal.c.created_at).join(
        of_report, of_report.c.report_id == proposal.c.report_id
    )
    other = table(ProposalRow).alias(scope.alias())
    by_person = sa.select(other.c.id, of_person.c.ppks_code, other.c.created_at).join(
        of_person, of_person.c.person_id == other.c.person_id
    )
    both = by_report.union(by_person).subquery(scope.alias())
    return _both(both.c.ppks_code, period.holds(scope, both.c.created_at))
