"""What is measured of a group of reports: how long steps take, how many run over their limit, who is served."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, FromClause

from integration.clocks.tables import ClockRow
from integration.clocks.view import is_judged, ran_over
from integration.codes import Language, ReportOutcome, ReportStatus
from integration.events.tables import EventRow
from integration.reading.scope import Scope
from integration.reading.view import Columns, Counted, Measure, Quantile, Share, Words, table
from integration.reports.tables import ReportRow
from integration.statistics.codes import ReportMeasure

# Aid or a service was given. Whoever was referred is not served yet, as far as is known here.
SERVED = (ReportOutcome.AID_GIVEN, ReportOutcome.REGISTRY_CORRECTED, ReportOutcome.INFORMATION_GIVEN)

# Kinds of spans: the number of a step, or the whole way from receipt to the first reply.
_TO_REPLY, _REPLY_STEP = 0, 8
_M = ReportMeasure


def spans(scope: Scope, kinds: frozenset[int]) -> FromClause:
    """Every stay at a step that is over, around the clock and with the time spent waiting for the reporter, and the way
    to the first reply: (row_id, kind, length).

    A step's time is that of its clock. None runs on an answered report, so the eighth is told by the moves: from each
    reply to the archive.
    """
    made: list[sa.Select[Any]] = []
    clocked = sorted(kinds - {_TO_REPLY, _REPLY_STEP})
    if clocked:
        clock = table(ClockRow).alias(scope.alias())
        length = scope.dialect.microseconds(clock.c.started_at, clock.c.ended_at)
        steps: ColumnElement[Any] = sa.literal_column(f"({', '.join(map(str, clocked))})")
        ended = sa.select(clock.c.report_id.label("row_id"), clock.c.step.label("kind"), length.label("length"))
        made.append(ended.where(clock.c.ended_at.is_not(None), clock.c.step.op("IN")(steps)))
    if _REPLY_STEP in kinds:
        event = table(EventRow).alias(scope.alias())
        replied = sa.case((_sends_reply(event.c), event.c.at))
        # The last reply up to each move: a report that was taken up again is answered more than once.
        sent = sa.func.max(replied).over(partition_by=event.c.report_id, order_by=event.c.at)
        moves = (
            sa.select(event.c.report_id.label("row_id"), event.c.to_status, event.c.at, sent.label("sent"))
            .where(event.c.to_status.in_((ReportStatus.REPLY_SENT, ReportStatus.ARCHIVED)))
            .subquery(scope.alias())
        )
        length = scope.dialect.microseconds(moves.c.sent, moves.c.at)
        found = sa.select(moves.c.row_id, _kind(_REPLY_STEP), length.label("length"))
        made.append(found.where(moves.c.to_status == _status(ReportStatus.ARCHIVED), moves.c.sent.is_not(None)))
    if _TO_REPLY in kinds:
        event, report = table(EventRow).alias(scope.alias()), table(ReportRow).alias(scope.alias())
        first = (
            sa.select(event.c.report_id, sa.func.min(event.c.at).label("at"))
            .where(_sends_reply(event.c))
            .group_by(event.c.report_id)
            .subquery(scope.alias())
        )
        length = scope.dialect.microseconds(report.c.received_at, first.c.at)
        whole = sa.select(report.c.id.label("row_id"), _kind(_TO_REPLY), length.label("length"))
        made.append(whole.select_from(report.join(first, first.c.report_id == report.c.id)))
    return (made[0] if len(made) == 1 else sa.union_all(*made)).subquery(scope.alias())


def _sends_reply(event: Columns) -> ColumnElement[bool]:
    sends: ColumnElement[bool] = event.to_status == _status(ReportStatus.REPLY_SENT)
    return sends


def _status(status: ReportStatus) -> ColumnElement[Any]:
    return sa.literal_column(f"'{status.value}'")


def _kind(kind: int) -> ColumnElement[int]:
    return sa.literal_column(str(kind), sa.Integer()).label("kind")


def _clocks(report: Columns, scope: Scope) -> tuple[FromClause, ColumnElement[bool]]:
    clock = table(ClockRow).alias(scope.alias())
    return clock, clock.c.report_id == report.id


def _served(report: Columns, _scope: Scope) -> ColumnElement[bool]:
    served: ColumnElement[bool] = report.outcome.in_(SERVED)
    return served


def _finished(report: Columns, _scope: Scope) -> ColumnElement[bool]:
    finished: ColumnElement[bool] = report.outcome.is_not(None)
    return finished


# --- headers


def _words(indonesian: str, english: str) -> Words:
    return {Language.ID: indonesian, Language.EN: english}


_DAYS = _words("hari", "days")
_PERCENT = _words("persen", "percent")
_RANKS = {
    "MEDIAN": (Fraction(1, 2), "Median", "Median", "0.5"),
    "P90": (Fraction(9, 10), "Persentil ke-90", "90th percentile", "0.9"),
}


def _durations() -> Mapping[str, Measure]:
    found: dict[str, Measure] = {}
    for code, (at, indonesian, english, rank) in _RANKS.items():
        of = (
            f"percentile_cont({rank})",
            "hari kalender, 24 jam sehari, waktu menunggu pelapor ikut dihitung",
            "calendar days around the clock, time spent waiting for the reporter included",
        )
        for step in range(1, 9):
            since = ("balasan terkirim", "arsip") if step == _REPLY_STEP else ("mulai langkah", "akhir langkah")
            since_en = ("reply sent", "archive") if step == _REPLY_STEP else ("begin of step", "end of step")
            found[_M(f"{code}_STEP_{step}")] = Measure(
                Quantile(step, at),
                _words(f"{indonesian} lama langkah {step}", f"{english} time at step {step}"),
                _DAYS,
                _words(
                    f"{of[0]} dari ({since[1]} - {since[0]}), {of[1]}; hanya yang sudah selesai",
                    f"{of[0]} of ({since_en[1]} - {since_en[0]}), {of[2]}; only what is over",
                ),
            )
        found[_M(f"{code}_TO_REPLY")] = Measure(
            Quantile(_TO_REPLY, at),
            _words(f"{indonesian} lama dari diterima sampai dibalas", f"{english} time from receipt to reply"),
            _DAYS,
            _words(
                f"{of[0]} dari (balasan pertama - diterima), {of[1]}; hanya yang sudah dibalas",
                f"{of[0]} of (first reply - receipt), {of[2]}; only reports that were answered",
            ),
        )
    return found


MEASURES: Mapping[str, Measure] = {
    _M.COUNT: Measure(
        Counted(),
        _words("Jumlah laporan", "Number of reports"),
        _words("laporan", "reports"),
        _words("banyaknya laporan dalam kelompok", "number of reports in the group"),
    ),
    **_durations(),
    _M.BREACH_RATE: Measure(
        Share(ran_over, is_judged, _clocks),
        _words("Langkah yang melewati batas waktu", "Steps that ran over their time limit"),
        _PERCENT,
        _words(
            "100 * langkah yang melewati batas / langkah berbatas waktu yang sudah selesai atau sudah lewat batas",
            "100 * steps that ran over their limit / steps with a limit that have ended or are over it now",
        ),
    ),
    _M.SERVED_SHARE: Measure(
        Share(_served, _finished),
        _words("Laporan yang terlayani", "Reports that were served"),
        _PERCENT,
        _words(
            "100 * laporan dengan hasil AID_GIVEN, REGISTRY_CORRECTED, atau INFORMATION_GIVEN / laporan dengan hasil",
            "100 * reports with outcome AID_GIVEN, REGISTRY_CORRECTED or INFORMATION_GIVEN / reports with an outcome",
        ),
    ),
}
