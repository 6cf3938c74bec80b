"""The rule about units: too many steps of a month ran over their limit."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from integration.assignments.tables import AssignmentRow
from integration.clocks.tables import ClockRow
from integration.events.log import Act
from integration.policy.codes import EvidenceKind
from integration.policy.finding import Finder, Gauge, Look, Met, Names, Question, month
from integration.policy.tables import SignalRuleRow
from integration.policy.telling import Ground, Told

# A step that is not done, or was done after its limit.
_LATE = col(ClockRow.ended_at).is_(None) | (col(ClockRow.ended_at) > col(ClockRow.due_at))


def _due(start: datetime, end: datetime) -> Any:
    """Steps that fell due in a span, once for each unit that has or had the report, and whether they were late."""
    return (
        select(ClockRow.id, AssignmentRow.unit_id, _LATE.label("late"))
        .join(AssignmentRow, col(AssignmentRow.report_id) == col(ClockRow.report_id))
        .where(col(ClockRow.due_at) >= start, col(ClockRow.due_at) < end, col(AssignmentRow.unit_id).is_not(None))
        .distinct()
    )


async def measure(act: Act, unit_id: UUID, start: datetime, end: datetime) -> Met:
    """Of the steps of a unit's reports that fell due in a span, those that ran over their limit."""
    found = await act.session.exec(_due(start, end).where(col(AssignmentRow.unit_id) == unit_id))
    steps = found.all()
    late = tuple(row_id for row_id, _, is_late in steps if is_late)
    return Met(start, end, len(late), len(steps), others=late, unit_id=unit_id)


async def _by_unit(look: Look) -> AsyncIterator[Met]:
    """Of all steps that fell due in a month that is over, those that ran over their limit, for each unit."""
    session, rule = look.act.session, look.rule
    first = (await session.exec(select(sa.func.min(ClockRow.due_at)))).one()
    if first is None:
        return
    start, end = month(first)
    while end <= look.act.at:
        # A month a time, by the index on the day: each step is read once, and the database counts.
        due = _due(start, end).subquery()
        late = sa.func.sum(sa.case((due.c.late, 1), else_=0))
        found = await session.exec(
            select(due.c.unit_id, sa.func.count(), late).group_by(due.c.unit_id).order_by(due.c.unit_id)
        )
        for unit, steps, over in found.all():
            if steps >= rule.least and 100 * over > rule.threshold * steps:
                yield await measure(look.act, unit, start, end)
        start, end = month(end + timedelta(hours=1))


async def _count(act: Act, question: Question) -> Met:
    assert question.unit_id is not None and question.start is not None and question.end is not None
    return await measure(act, question.unit_id, question.start, min(question.end, act.at))


def _why(rule: SignalRuleRow, met: Met, names: Names) -> str:
    return f"{_describe(met, names)}; ambang {rule.threshold} persen."


def _describe(met: Met, names: Names) -> str:
    return f"{met.share} langkah melewati batas waktu di {names[met.unit_id]}, {met.span}"


def _tell_unit(ground: Ground, rule: SignalRuleRow, met: Met, names: Names) -> Told | None:
    """The threshold, of the fewest steps the rule looks at. Steps by unit are published nowhere else."""
    least = max(rule.threshold * rule.least // 100 + 1, ground.smallest)
    if met.count < least:
        return None
    share = f"Lebih dari {rule.threshold} persen dari sedikitnya {rule.least} langkah"
    return Told(least, None, f"{share} melewati batas waktu di {names[met.unit_id]}, {met.span}.", met.start, met.end)


def _tell(ground: Ground, met: Met, names: Names) -> Told | None:
    if met.count < ground.smallest:
        return None
    what = f"Sedikitnya {ground.smallest} langkah melewati batas waktu di {names[met.unit_id]}, {met.span}."
    return Told(ground.smallest, None, what, met.start, met.end)


UNIT = Finder(_by_unit, _why, _tell_unit, EvidenceKind.LATE_STEPS)
GAUGE = Gauge(("unit", "from", "to"), _count, _describe, _tell)
