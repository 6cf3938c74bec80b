"""The rule about minimum service standards: many of those with a right to a service did not have it, month after month.

A row of months is one matter: it is known by its first month, and brought up to date as long as it goes on.
"""

from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import UTC, datetime

from sqlmodel import col, select

from integration.db.zone import WITA
from integration.events.log import Act
from integration.policy.codes import EvidenceKind
from integration.policy.finding import Finder, Gauge, Look, Met, Names, Question
from integration.policy.tables import SignalRuleRow
from integration.policy.telling import Ground, Told
from integration.spm.codes import SpmService
from integration.spm.rules import runs_above, unserved
from integration.spm.tables import WHOLE_YEAR, SpmTargetRow


async def _by_service(look: Look) -> AsyncIterator[Met]:
    found = await look.act.session.exec(
        select(SpmTargetRow)
        .where(SpmTargetRow.month != WHOLE_YEAR)
        .order_by(col(SpmTargetRow.recorded_at), col(SpmTargetRow.id))
    )
    # The last recorded of a month holds.
    told: defaultdict[SpmService, dict[int, SpmTargetRow]] = defaultdict(dict)
    for row in found.all():
        told[SpmService(row.service_code)][12 * row.year + row.month - 1] = row
    for service, rows in sorted(told.items()):
        figures = {month: (row.target, row.served) for month, row in rows.items()}
        for first, last in runs_above(figures, look.rule.threshold, look.rule.least):
            newest = rows[last]
            yield Met(
                _start(first),
                _start(last + 1),
                unserved(newest.target, newest.served) or 0,
                newest.target,
                others=tuple(rows[month].id for month in range(first, last + 1)),
                topic=service.value,
            )


def _start(month: int) -> datetime:
    return datetime(month // 12, month % 12 + 1, 1, tzinfo=WITA).astimezone(UTC)


async def _count(act: Act, question: Question) -> Met:
    """Who was not served in the newest month of a span of which it is known."""
    assert question.service is not None and question.start is not None and question.end is not None
    found = await act.session.exec(
        select(SpmTargetRow)
        .where(SpmTargetRow.service_code == question.service, SpmTargetRow.month != WHOLE_YEAR)
        .order_by(col(SpmTargetRow.recorded_at), col(SpmTargetRow.id))
    )
    rows = {12 * row.year + row.month - 1: row for row in found.all()}
    known = [
        month
        for month, row in rows.items()
        if question.start <= _start(month) < question.end and unserved(row.target, row.served) is not None
    ]
    if not known:
        return Met(question.start, question.end, 0, 0, topic=question.service.value)
    newest = max(known)
    row = rows[newest]
    left = unserved(row.target, row.served) or 0
    return Met(_start(newest), _start(newest + 1), left, row.target, others=(row.id,), topic=question.service.value)


def _describe(met: Met, names: Names) -> str:
    return f"{met.share} sasaran layanan {names[met.topic]} tidak terlayani, {met.span}"


def _why(rule: SignalRuleRow, met: Met, names: Names) -> str:
    what = f"{met.share} sasaran layanan {names[met.topic]} tidak terlayani pada bulan terakhir dari masa {met.span}"
    return f"{what}; ambang {rule.threshold} persen, dua bulan berturut-turut."


def _tell_run(ground: Ground, rule: SignalRuleRow, met: Met, names: Names) -> Told | None:
    return _told(ground, met, _why(rule, met, names))


def _tell(ground: Ground, met: Met, names: Names) -> Told | None:
    return _told(ground, met, f"{_describe(met, names)}.")


def _told(ground: Ground, met: Met, what: str) -> Told | None:
    """The figures themselves: planners read them in `spmIndicators`."""
    return None if met.count < ground.smallest else Told(met.count, met.of, what, met.start, met.end)


UNSERVED = Finder(_by_service, _why, _tell_run, EvidenceKind.SPM_UNSERVED)
GAUGE = Gauge(("service", "from", "to"), _count, _describe, _tell)
