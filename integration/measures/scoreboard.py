"""The scoreboard: how good what each kecamatan or agency brings in is, not how much of it (S-28).

Of a kecamatan the records of the registry's newest release are looked at, of an agency the reports its units handle.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement, FromClause

from integration.assignments.rules import HOLDING_STATES
from integration.assignments.tables import AssignmentRow
from integration.awards.codes import ScoreboardSubject
from integration.clocks.tables import ClockRow
from integration.clocks.view import ran_over
from integration.codes import RecordValidity, RegionLevel, RegistryScheme
from integration.db.readers import Snapshot
from integration.db.zone import local_day
from integration.measures.counted import counts
from integration.measures.period import Period
from integration.measures.scoring import FORMULA, Parts, period_of, ranks
from integration.organizations.tables import OrganizationRow, OrgUnitRow
from integration.people.tables import PersonRow
from integration.reading import raw
from integration.reading.answer import BadRequest
from integration.reading.road import Road
from integration.reading.scope import Asking, Scope
from integration.reading.view import Kind, table
from integration.regions.tables import RegionRow
from integration.registry.indicators import LENGTHS, one, region_at
from integration.registry.tables import RegistryRecordRow, RegistryReleaseRow
from integration.registry.view import FRESH
from integration.statistics.codes import StatisticState

_D, _O = ScoreboardSubject.DISTRICT, ScoreboardSubject.ORGANIZATION
_MEANINGS = {
    _D: "records: records of the release in the kecamatan. valid: checked as valid, and no second record of the same "
    "person or NIK. complete: of these, with NIK, day of birth, sex and village. fresh: of these, last checked in the "
    "source within a year before the end of the period.",
    _O: "records: reports received in the period that units of the agency handle or handled. valid: not rejected, "
    "withdrawn or merged into another. complete: of these, with category and village, and with an outcome once "
    "archived. fresh: of these, without a step over its time limit.",
}
_BENCHMARKS = Path(__file__).parent.parent / "data" / "benchmarks.csv"


@dataclass(frozen=True, slots=True)
class Factor:
    """In the shape of ScoreFactor: a share with what it was reckoned from."""

    numerator: int | None
    denominator: int | None
    state: StatisticState

    @property
    def ratio(self) -> float | None:
        return round(self.numerator / self.denominator, 4) if self.denominator and self.numerator is not None else None


@dataclass(frozen=True, slots=True)
class ScoreboardRow:
    """In the shape of ScoreboardRow; `key` is the id of an agency."""

    code: str
    name: str
    key: UUID | None
    parts: Parts
    rank: int | None
    shows: bool

    @property
    def is_ranked(self) -> bool:
        return self.rank is not None

    @property
    def score(self) -> float | None:
        """Of few records a score says nothing; where its counts are withheld only whole per cent."""
        if not self.is_ranked:
            return None
        return self.parts.score if self.shows else float(round(self.parts.score))

    @property
    def validity(self) -> Factor:
        return self._factor(self.parts.valid, self.parts.records)

    @property
    def completeness(self) -> Factor:
        return self._factor(self.parts.complete, self.parts.valid)

    @property
    def freshness(self) -> Factor:
        return self._factor(self.parts.fresh, self.parts.complete)

    def _factor(self, part: int, whole: int) -> Factor:
        return (
            Factor(part, whole, StatisticState.KNOWN) if self.shows else Factor(None, None, StatisticState.SUPPRESSED)
        )


@dataclass(frozen=True, slots=True)
class Benchmark:
    """In the shape of Benchmark: what another place has, for comparison."""

    name: str
    year: int
    ppks: int
    ppks_types: int
    psks: int
    psks_types: int
    source: str


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """In the shape of Scoreboard."""

    period: str
    subject: ScoreboardSubject
    is_closed: bool
    rows: Sequence[ScoreboardRow]
    least: int
    benchmarks: Sequence[Benchmark]
    source: str
    formula: str
    data_as_of: datetime | None
    as_of: datetime


async def scoreboard(
    road: Road, asking: Asking, snapshot: Snapshot, period: str, subject: ScoreboardSubject
) -> Scoreboard:
    """All kecamatan, or all agencies with reports, best first; BadRequest for what is no period or is to come."""
    span = period_of(period)
    if span is None or span.since > asking.now:
        raise BadRequest(
            "BAD_USER_INPUT",
            "Ask for a year (2026) or a quarter (2026-Q3) that has begun.",
            "Pilih tahun (2026) atau triwulan (2026-Q3) yang sudah mulai.",
            ("period",),
        )
    smallest, sees_all = asking.settings.smallest_cell, asking.viewer.sees_every_report
    find = _of_districts if subject is _D else _of_organizations
    found, source, data_as_of = await find(road, asking, snapshot, span)
    least = asking.settings.scoreboard_least
    rank = ranks([(parts.records, parts.score) for *_, parts in found], least)
    rows = [
        ScoreboardRow(code, name, key, parts, place, sees_all or (subject is _D and parts.has_no_few(smallest)))
        for (code, name, key, parts), place in zip(found, rank, strict=True)
    ]
    rows.sort(key=lambda row: (row.rank is None, row.rank or 0, row.code))
    return Scoreboard(
        period, subject, span.until <= asking.now, rows, least, benchmarks(), source,
        f"{FORMULA} {_MEANINGS[subject]}", data_as_of, asking.now,
    )  # fmt: skip


@cache
def benchmarks() -> tuple[Benchmark, ...]:
    """What other places have, from `integration/data/benchmarks.csv`."""
    with _BENCHMARKS.open(encoding="utf-8", newline="") as file:
        return tuple(
            Benchmark(
                line["name"], int(line["year"]), int(line["ppks"]), int(line["ppks_types"]), int(line["psks"]),
                int(line["psks_types"]), line["source"],
            )
            for line in csv.DictReader(file)
        )  # fmt: skip


# Code, name, id of an agency, and its counts.
_Row = tuple[str, str, UUID | None, Parts]
_Found = tuple[list[_Row], str, datetime | None]


async def _of_districts(road: Road, asking: Asking, snapshot: Snapshot, period: Period) -> _Found:
    release = await road.rows(lambda scope: _release(scope, period), asking, snapshot)
    places = await road.rows(_places, asking, snapshot)
    if not release:
        none: list[_Row] = [(code, name, None, Parts(0, 0, 0, 0)) for code, name in places]
        return none, "Tidak ada rilis data terpadu yang diterima sebelum akhir masa ini.", None
    key, scheme, of_period, received = release[0]
    there = {
        code: Parts(*map(int, told))
        for code, *told in await road.rows(lambda scope: _records(scope, raw.key(key), period), asking, snapshot)
    }
    at = raw.moment(received)
    rows: list[_Row] = [(code, name, None, there.get(code, Parts(0, 0, 0, 0))) for code, name in places]
    return rows, f"Data terpadu {scheme} rilis {of_period}, diterima {'' if at is None else local_day(at)}.", at


async def _of_organizations(road: Road, asking: Asking, snapshot: Snapshot, period: Period) -> _Found:
    told = await road.rows(lambda scope: _handled(scope, period), asking, snapshot)
    rows: list[_Row] = [(code, name, raw.key(key), Parts(*map(int, n))) for key, code, name, *n in told]
    return rows, "Laporan Satu Pintu beserta penugasan dan batas waktunya.", asking.now


def _places(scope: Scope) -> sa.Select[Any]:
    region = table(RegionRow).alias(scope.alias())
    return sa.select(region.c.code, region.c.name).where(region.c.level == RegionLevel.DISTRICT).order_by(region.c.code)


def _release(scope: Scope, period: Period) -> sa.Select[Any]:
    """The newest that was there when the period ended, DTSEN before DTKS."""
    release = table(RegistryReleaseRow).alias(scope.alias())
    newest = ((release.c.scheme == RegistryScheme.DTSEN).desc(), release.c.received_at.desc(), release.c.id.desc())
    return (
        sa.select(release.c.id, release.c.scheme, release.c.period, release.c.received_at)
        .where(period.begun(scope, release.c.received_at))
        .order_by(*newest)
        .limit(sa.literal_column("1"))
    )


def _records(scope: Scope, release_id: UUID, period: Period) -> sa.Select[Any]:
    record, person = (table(row).alias(scope.alias()) for row in (RegistryRecordRow, PersonRow))
    since = scope.dialect.bind(
        scope.bind("score_fresh_since", Kind.DATE, lambda _asking: period.last - FRESH), Kind.DATE
    )
    of_release = record.c.release_id == one(scope, "release", release_id)
    valid = sa.and_(record.c.validity == RecordValidity.VALID, sa.not_(_is_second(scope, record, person)))
    village: ColumnElement[int] = sa.literal_column(str(LENGTHS[RegionLevel.VILLAGE]))
    complete = sa.and_(
        person.c.nik_index.is_not(None),
        person.c.birth_date.is_not(None),
        person.c.sex.is_not(None),
        sa.func.length(record.c.region_code) == village,
    )
    joined = record.join(person, person.c.id == record.c.person_id)
    district = region_at(record.c.region_code, LENGTHS[RegionLevel.DISTRICT])
    facts = sa.select(
        district.label("subject"),
        valid.label("valid"),
        complete.label("complete"),
        (record.c.as_of >= since).label("fresh"),
    )
    return _nested(scope, facts.select_from(joined).where(of_release, district.is_not(None)))


def _is_second(scope: Scope, record: FromClause, person: FromClause) -> ColumnElement[bool]:
    """Whether another record of the release is of the same person, or another person has the same NIK, and was there
    before.
    """
    again, same = table(RegistryRecordRow).alias(scope.alias()), table(PersonRow).alias(scope.alias())
    first: ColumnElement[int] = sa.literal_column("1")
    of_person = sa.exists(
        sa.select(first).where(
            again.c.release_id == record.c.release_id, again.c.person_id == record.c.person_id, again.c.id < record.c.id
        )
    )
    of_nik = sa.exists(sa.select(first).where(same.c.nik_index == person.c.nik_index, same.c.id < person.c.id))
    return sa.or_(of_person, of_nik)


def _handled(scope: Scope, period: Period) -> sa.Select[Any]:
    """By agency, each report once however many of its units handle it."""
    report = scope.rows("Report")
    held, unit, clock = (table(row).alias(scope.alias()) for row in (AssignmentRow, OrgUnitRow, ClockRow))
    pairs = (
        sa.select(held.c.report_id, unit.c.organization_id)
        .select_from(held.join(unit, unit.c.id == held.c.unit_id))
        .where(held.c.state.in_(HOLDING_STATES))
        .distinct()
        .subquery(scope.alias())
    )
    village: ColumnElement[int] = sa.literal_column(str(LENGTHS[RegionLevel.VILLAGE]))
    complete = sa.and_(
        report.c.category.is_not(None),
        sa.func.length(report.c.region_code) == village,
        sa.or_(report.c.status != sa.literal_column("'ARCHIVED'"), report.c.outcome.is_not(None)),
    )
    late = sa.exists(
        sa.select(sa.literal_column("1")).where(clock.c.report_id == report.c.id, ran_over(clock.c, scope))
    )
    facts = (
        sa.select(
            pairs.c.organization_id.label("subject"), counts(report.c).label("valid"), complete.label("complete"),
            sa.not_(late).label("fresh"),
        )
        .select_from(report.join(pairs, pairs.c.report_id == report.c.id))
        .where(period.holds(scope, report.c.received_at))
    )  # fmt: skip
    told = _nested(scope, facts).subquery(scope.alias())
    owner = table(OrganizationRow).alias(scope.alias())
    return (
        sa.select(owner.c.id, owner.c.code, owner.c.name, told.c.records, told.c.valid, told.c.complete, told.c.fresh)
        .select_from(told.join(owner, owner.c.id == told.c.subject))
        .order_by(owner.c.code)
    )


def _nested(scope: Scope, facts: sa.Select[Any]) -> sa.Select[Any]:
    """How many there are of each subject, and how many are valid, these also complete, these also fresh."""
    fact = facts.subquery(scope.alias())
    first: ColumnElement[int] = sa.literal_column("1")

    def count(name: str, *conditions: ColumnElement[Any]) -> ColumnElement[Any]:
        return sa.func.count(sa.case((sa.and_(*conditions), first))).label(name)

    valid, complete, fresh = fact.c.valid, fact.c.complete, fact.c.fresh
    return sa.select(
        fact.c.subject,
        sa.func.count().label("records"),
        count("valid", valid),
        count("complete", valid, complete),
        count("fresh", valid, complete, fresh),
    ).group_by(fact.c.subject)
