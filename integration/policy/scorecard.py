"""The scorecard of the four dimensions of social protection (protektif, preventif, promotif, transformatif).

The value of a dimension is the number of its evidence rows in the period, and it is met from one on. It counts what the
whole regency has; the rows themselves are named where the viewer may see them, the first hundred of each dimension.

Whoever does not see every report is told what may be told: of published periods only, the reports as far as they are
published, and nothing of aid and entry points, which are published nowhere. What they are told is then a least value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.codes import FollowUpActionKind, Language, PolicyStatus, ProtectionDimension, ReportCategory
from integration.db.readers import Snapshot
from integration.db.zone import first_moment
from integration.policy.tables import MilestoneRow, OutreachActivityRow, PolicyDecisionRow
from integration.reading.answer import BadRequest
from integration.reading.road import Road
from integration.reading.scope import Asking, Scope
from integration.reading.view import Kind, table
from integration.reports.procedure import FollowUpActionRow
from integration.reports.published import released
from integration.sop.tables import LegalBasisRow
from integration.statistics.codes import StatisticState

_D = ProtectionDimension
_MOST = 100
_EXPLANATIONS: Mapping[ProtectionDimension, tuple[str, str]] = {
    _D.PROTECTIVE: (
        "{LEGAL_BASIS} dasar hukum berlaku yang menyatakan tujuan dan sasaran, {AID} pemberian bantuan.",
        "{LEGAL_BASIS} legal bases in force that state aim and target, {AID} times aid was given.",
    ),
    _D.PREVENTIVE: (
        "{REPORT} laporan dicatat dan diklasifikasi.",
        "{REPORT} reports recorded and classified.",
    ),
    _D.PROMOTIVE: (
        "{OUTREACH} kegiatan sosialisasi, {ENTRY_POINT} pintu masuk laporan yang dipakai.",
        "{OUTREACH} outreach activities, {ENTRY_POINT} entry points in use.",
    ),
    _D.TRANSFORMATIVE: (
        "{FOLLOW_UP} tindak lanjut kebijakan yang disetujui dan tonggaknya tercapai.",
        "{FOLLOW_UP} policy follow-ups that were approved and completed a milestone.",
    ),
}
_KINDS: Mapping[ProtectionDimension, tuple[str, ...]] = {
    _D.PROTECTIVE: ("LEGAL_BASIS", "AID"),
    _D.PREVENTIVE: ("REPORT",),
    _D.PROMOTIVE: ("OUTREACH", "ENTRY_POINT"),
    _D.TRANSFORMATIVE: ("FOLLOW_UP",),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """In the shape of ScoreEvidence."""

    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Score:
    """In the shape of DimensionScore."""

    dimension: ProtectionDimension
    value: int
    state: StatisticState
    met: bool
    explanation: str
    evidence: Sequence[Evidence]


@dataclass(frozen=True, slots=True)
class _Count:
    """How many pieces of evidence of a kind there are: all, or as many as may be told."""

    least: int
    is_whole: bool

    def written(self, is_english: bool) -> str:
        if self.is_whole:
            return str(self.least)
        if not self.least:
            return "(withheld)" if is_english else "(disamarkan)"
        return f"at least {self.least}" if is_english else f"sedikitnya {self.least}"


_UNTOLD = _Count(0, is_whole=False)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """In the shape of DimensionScorecard."""

    rows: Sequence[Score]


async def scorecard(road: Road, asking: Asking, snapshot: Snapshot, first: date, last: date) -> Scorecard:
    """The four dimensions over a period of local days, both ends included; BadRequest if it ends before it begins."""
    if last < first:
        raise BadRequest(
            "BAD_USER_INPUT", "The period ends before it begins.", "Masa akhir mendahului masa awal.", ("to",)
        )
    period = _Period(first, last)
    published = {} if asking.viewer.sees_every_report else await _published(road, asking, snapshot, period)
    counts: dict[str, _Count] = {}
    evidence: dict[str, list[Evidence]] = {}
    for kind in _ROWS:
        if kind in published:
            counts[kind] = published[kind]
        else:
            [(count,)] = await road.rows(partial(_count, kind=kind, period=period), asking, snapshot)
            counts[kind] = _Count(int(count), is_whole=True)
        # A way in that is used says that somebody used it.
        is_told = kind != "ENTRY_POINT" or counts[kind].is_whole
        shown = await road.rows(partial(_titles, kind=kind, period=period), asking, snapshot) if is_told else ()
        evidence[kind] = [Evidence(kind, title) for (title,) in shown]
    is_english = asking.viewer.language is Language.EN
    told = {kind: count.written(is_english) for kind, count in counts.items()}
    rows = []
    for dimension, kinds in _KINDS.items():
        value = sum(counts[kind].least for kind in kinds)
        state = StatisticState.KNOWN if all(counts[kind].is_whole for kind in kinds) else StatisticState.SUPPRESSED
        words = _EXPLANATIONS[dimension][is_english].format_map(told)
        found = [one for kind in kinds for one in evidence[kind]]
        rows.append(Score(dimension, value, state, value >= 1, words, found))
    return Scorecard(rows)


async def _published(road: Road, asking: Asking, snapshot: Snapshot, period: "_Period") -> Mapping[str, _Count]:
    """What is told of the evidence that is reports or comes from some. BadRequest for a span that is no whole published
    period: by subtraction of two others would be found what is withheld.
    """
    release = await released(road, asking, snapshot)
    since, until = release.months(period.first, period.last)
    by_category = [release.count({"CATEGORY": category.value}, since, until) for category in ReportCategory]
    every, unclassified = release.count({}, since, until), release.count({"CATEGORY": None}, since, until)
    if every is not None and unclassified is not None:
        reports = _Count(every - unclassified, is_whole=True)
    else:
        reports = _Count(sum(count or 0 for count in by_category), is_whole=None not in by_category)
    return {"REPORT": reports, "AID": _UNTOLD, "ENTRY_POINT": _UNTOLD}


@dataclass(frozen=True, slots=True)
class _Period:
    first: date
    last: date

    def day(self, scope: Scope, end: bool) -> ColumnElement[Any]:
        name, value = ("score_last", self.last) if end else ("score_first", self.first)
        return scope.dialect.bind(scope.bind(name, Kind.DATE, lambda _asking: value), Kind.DATE)

    def during(self, scope: Scope, column: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether a moment lies in the period."""
        since = first_moment(self.first)
        until = first_moment(self.last, days_later=1)
        low = scope.dialect.bind(scope.bind("score_since", Kind.TIME, lambda _asking: since), Kind.TIME)
        high = scope.dialect.bind(scope.bind("score_until", Kind.TIME, lambda _asking: until), Kind.TIME)
        return sa.and_(column >= low, column < high)


def _legal_bases(scope: Scope, period: _Period) -> sa.Select[Any]:
    """In force on some day of the period. Of one whose day is not known, its year counts from its first day."""
    row = table(LegalBasisRow).alias(scope.alias())
    since_year = row.c.year <= sa.literal_column(str(period.last.year))
    begun = sa.or_(row.c.valid_from <= period.day(scope, end=True), sa.and_(row.c.valid_from.is_(None), since_year))
    in_force = sa.or_(row.c.valid_to.is_(None), row.c.valid_to >= period.day(scope, end=False))
    return sa.select(row.c.title.label("title")).where(row.c.states_aim, begun, in_force)


def _aid(scope: Scope, period: _Period) -> sa.Select[Any]:
    row, report = table(FollowUpActionRow).alias(scope.alias()), scope.rows("Report")
    return (
        sa.select(report.c.number.label("title"))
        .select_from(row.join(report, report.c.id == row.c.report_id))
        .where(row.c.kind == FollowUpActionKind.AID, period.during(scope, row.c.at))
    )


def _reports(scope: Scope, period: _Period) -> sa.Select[Any]:
    report = scope.rows("Report")
    return sa.select(report.c.number.label("title")).where(
        report.c.category.is_not(None), period.during(scope, report.c.received_at)
    )


def _outreach(scope: Scope, period: _Period) -> sa.Select[Any]:
    row = table(OutreachActivityRow).alias(scope.alias())
    return sa.select(row.c.title.label("title")).where(
        row.c.held_on >= period.day(scope, end=False), row.c.held_on <= period.day(scope, end=True)
    )


def _entry_points(scope: Scope, period: _Period) -> sa.Select[Any]:
    report = scope.rows("Report")
    return (
        sa.select(report.c.entry_point.label("title"))
        .where(report.c.entry_point.is_not(None), period.during(scope, report.c.received_at))
        .distinct()
    )


def _follow_ups(scope: Scope, period: _Period) -> sa.Select[Any]:
    row = scope.rows("PolicyFollowUp")
    milestone, decision = table(MilestoneRow).alias(scope.alias()), table(PolicyDecisionRow).alias(scope.alias())
    one: ColumnElement[Any] = sa.literal_column("1")
    completed = sa.exists(
        sa.select(one).where(milestone.c.follow_up_id == row.c.id, period.during(scope, milestone.c.completed_at))
    )
    approved = sa.exists(
        sa.select(one).where(
            decision.c.follow_up_id == row.c.id,
            decision.c.decision == sa.literal_column(f"'{PolicyStatus.APPROVED.value}'"),
        )
    )
    return sa.select(row.c.title.label("title")).where(completed, approved)


_ROWS = {
    "LEGAL_BASIS": _legal_bases,
    "AID": _aid,
    "REPORT": _reports,
    "OUTREACH": _outreach,
    "ENTRY_POINT": _entry_points,
    "FOLLOW_UP": _follow_ups,
}
# Evidence that names reports is shown to those only who may see them.
_OF_REPORTS = frozenset({"AID", "REPORT"})


def _count(scope: Scope, kind: str, period: _Period) -> sa.Select[Any]:
    return sa.select(sa.func.count()).select_from(_ROWS[kind](scope, period).subquery(scope.alias()))


def _titles(scope: Scope, kind: str, period: _Period) -> sa.Select[Any]:
    found = _ROWS[kind](scope, period).subquery(scope.alias())
    chosen = sa.select(found.c.title)
    if kind in _OF_REPORTS:
        report = scope.rows("Report")
        chosen = chosen.join(report, report.c.number == found.c.title).where(scope.visible("Report", report.c))
    return chosen.order_by(found.c.title).limit(sa.literal_column(str(_MOST)))
