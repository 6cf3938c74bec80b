"""The rule about units: too many steps of a month ran over their limit."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from integration.assignments.tables import AssignmentRow
from integration.clocks.tables import ClockRow
from integration.events.log import Act
from integration.policy.finding import Finder, Look, Met, Names, month
from integration.policy.tables import SignalRuleRow

# A step that is not done, or was done after its limit.
_LATE = col(ClockRow.ended_at).is_(None) | (col(ClockRow.ended_at) > col(ClockRow.due_at))


async def measure(act: Act, unit_id: UUID, start: datetime, end: datetime) -> Met:
    """Of the steps of a unit's reports that fell due in a span, those that ran over their limit."""
    handled = sa.exists(
        select(AssignmentRow.id).where(
            col(AssignmentRow.report_id) == col(ClockRow.report_id), col(AssignmentRow.unit_id) == unit_id
        )
    )
    found = await act.session.exec(
        select(ClockRow.id, _LATE).where(col(ClockRow.due_at) >= start, col(ClockRow.due_at) < end, handled)
    )
    steps = found.all()
    late = tuple(row_id for row_id, is_late in steps if is_late)
    return Met(start, end, len(late), len(steps), others=late, unit_id=unit_id)


async def _by_unit(look: Look) -> AsyncIterator[Met]:
    """Of all steps that fell due in a month that is over, those that ran over their limit, for each unit."""
    session, rule = look.act.session, look.rule
    first = (await session.exec(select(sa.func.min(ClockRow.due_at)))).one()
    if first is None:
        return
    pairs = select(AssignmentRow.report_id, AssignmentRow.unit_id).where(col(AssignmentRow.unit_id).is_not(None))
    handled = pairs.distinct().subquery()
    start, end = month(first)
    while end <= look.act.at:
        # A month a time, by the index on the day: nothing is read twice, and the database counts.
        found = await session.exec(
            select(handled.c.unit_id, sa.func.count(), sa.func.sum(sa.case((_LATE, 1), else_=0)))
            .join(ClockRow, col(ClockRow.report_id) == handled.c.report_id)
            .where(col(ClockRow.due_at) >= start, col(ClockRow.due_at) < end)
            .group_by(handled.c.unit_id)
            .order_by(handled.c.unit_id)
        )
        for unit, steps, late in found.all():
            if steps >= rule.least and 100 * late > rule.threshold * steps:
                yield await measure(look.act, unit, start, end)
        start, end = month(end + timedelta(hours=1))


def why(rule: SignalRuleRow, met: Met, names: Names) -> str:
    """The steps that were late, of how many."""
    return f"{describe(met, names)}; ambang {rule.threshold} persen."


def describe(met: Met, names: Names) -> str:
    """What was counted."""
    return f"{met.share} langkah melewati batas waktu di {names[met.unit_id]}, {met.span}"


UNIT = Finder(_by_unit, why)
