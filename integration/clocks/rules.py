"""Which time limit holds for a report, when it is over, and what state that makes.

Pure decisions over a clock: when it began, when it stood still, and the limit of the step the report is in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from integration.clocks.calendar import ALWAYS, WORKING, Time
from integration.codes import Priority, ReportCategory, ReportStatus, SlaState
from integration.reports.steps import CLOSED

Pauses: TypeAlias = Sequence[tuple[datetime, datetime]]


@dataclass(frozen=True, slots=True)
class Policy:
    """A time limit for a step (the last one reached, as `sopStep` shows), in working days or hours around the clock.

    Without category or priority it holds for all of them.
    """

    code: str
    step: int
    working_days: int | None
    hours: int | None
    at_risk_percent: int
    category: ReportCategory | None = None
    priority: Priority | None = None

    @property
    def time(self) -> Time:
        """The time it is counted in."""
        return WORKING if self.hours is None else ALWAYS

    @property
    def amount(self) -> timedelta:
        """How much of that time the step may take."""
        return timedelta(days=self.working_days or 0) if self.hours is None else timedelta(hours=self.hours)


@dataclass(frozen=True, slots=True)
class Deadlines:
    """From when a step is at risk, and after when it is late."""

    at_risk_at: datetime
    due_at: datetime


def most_specific(
    policies: Iterable[Policy], step: int, category: ReportCategory | None, priority: Priority
) -> Policy | None:
    """The policy for a report at a step. Priority counts more than category: an emergency is one in every category."""
    fitting = [
        policy
        for policy in policies
        if policy.step == step and policy.category in (None, category) and policy.priority in (None, priority)
    ]
    return max(fitting, key=lambda policy: (policy.priority is not None, policy.category is not None), default=None)


def deadlines(policy: Policy, start: datetime, pauses: Pauses) -> Deadlines:
    """When a step begun at `start` is at risk and due, leaving out the time it stood still."""
    return Deadlines(
        at_risk_at=moment_of(policy.time, start, pauses, policy.amount * policy.at_risk_percent / 100),
        due_at=moment_of(policy.time, start, pauses, policy.amount),
    )


def moment_of(time: Time, start: datetime, pauses: Pauses, amount: timedelta) -> datetime:
    """When an amount of time has run since `start`; `pauses` are in order and do not overlap."""
    begin = start
    for stopped, resumed in pauses:
        ran = time.between(begin, stopped)
        if amount <= ran:
            break
        amount -= ran
        begin = max(begin, resumed)
    return time.after(begin, amount)


def state_of(status: ReportStatus, due_at: datetime | None, at_risk_at: datetime | None, now: datetime) -> SlaState:
    """How a report keeps its time. The moment it is due is still in time; the one it comes at risk is not on track."""
    if status in CLOSED:
        return SlaState.DONE
    if status is ReportStatus.NEEDS_INFO:
        return SlaState.PAUSED
    if due_at is not None and due_at < now:
        return SlaState.BREACHED
    if at_risk_at is not None and at_risk_at <= now:
        return SlaState.AT_RISK
    return SlaState.ON_TRACK
