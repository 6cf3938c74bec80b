"""Who is told next when nobody acts: the chain of hand-overs behind a clock, and the moment of each.

A report nobody attends to goes from the officer on duty to the backup and to the lead; a step that is late is brought
before the desk, the lead, the secretary and the head. The times between are data.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from integration.clocks.calendar import ALWAYS, WORKING
from integration.clocks.rules import Pauses, moment_of
from integration.codes import Priority, Role


class Trigger(StrEnum):
    """What a hand-over is for: nobody has begun, or the time limit has passed."""

    UNATTENDED = "UNATTENDED"
    BREACHED = "BREACHED"


class Recipient(StrEnum):
    """Whom a report is handed to, in the order of the chain."""

    BACKUP = "BACKUP"
    ADMIN = "ADMIN"
    TEAM_LEAD = "TEAM_LEAD"
    SECRETARY = "SECRETARY"
    AGENCY_HEAD = "AGENCY_HEAD"

    @property
    def role(self) -> Role:
        """The role they hold; the backup on duty is of the desk."""
        return Role.ADMIN if self is Recipient.BACKUP else Role(self.value)


_ORDER = {one: place for place, one in enumerate(Recipient)}

Link: TypeAlias = tuple[Trigger, Recipient]
# When each link was told; empty where nobody held the role.
Done: TypeAlias = Mapping[Link, datetime | None]


@dataclass(frozen=True, slots=True)
class EscalationRule:
    """After how many minutes, of working time or around the clock, the next one is told."""

    code: str
    trigger: Trigger
    to: Recipient
    minutes: int
    around_the_clock: bool
    step: int | None = None
    priority: Priority | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """A running clock, as far as the chain depends on it."""

    step: int
    priority: Priority
    started_at: datetime
    opened_at: datetime
    due_at: datetime | None
    pauses: Pauses = ()


@dataclass(frozen=True, slots=True)
class HandOver:
    """A hand-over to come: by which rule and when."""

    rule: EscalationRule
    at: datetime


def to_come(rules: Iterable[EscalationRule], clock: Running, done: Done, *, attended: bool = False) -> list[HandOver]:
    """The hand-overs still ahead, soonest first. Once somebody attends, only a breached limit brings others in."""
    best: dict[Link, EscalationRule] = {}
    for rule in rules:
        link = (rule.trigger, rule.to)
        fits = rule.step in (None, clock.step) and rule.priority in (None, clock.priority)
        if fits and (link not in best or _specificity(rule) > _specificity(best[link])):
            best[link] = rule
    told = [(rule, at) for link, rule in best.items() if (at := done.get(link)) is not None]
    ahead = [
        HandOver(rule, at)
        for link, rule in best.items()
        if link not in done
        and not (attended and rule.trigger is Trigger.UNATTENDED)
        and (at := _moment(rule, clock, told)) is not None
    ]
    return sorted(ahead, key=lambda one: (one.at, one.rule.trigger is Trigger.BREACHED, _ORDER[one.rule.to]))


def _specificity(rule: EscalationRule) -> tuple[bool, bool]:
    return rule.priority is not None, rule.step is not None


def _moment(rule: EscalationRule, clock: Running, told: Iterable[tuple[EscalationRule, datetime]]) -> datetime | None:
    base = clock.started_at if rule.trigger is Trigger.UNATTENDED else clock.due_at
    if base is None:
        return None
    # What came to us late was late before anybody here could act: they get the full time, too.
    start = max(base, clock.opened_at)
    time = ALWAYS if rule.around_the_clock else WORKING
    moments = [moment_of(time, start, clock.pauses, timedelta(minutes=rule.minutes))]
    # So does whoever was told later than planned (the watch was away, the report became urgent): the next one waits.
    moments += [
        moment_of(time, at, clock.pauses, timedelta(minutes=rule.minutes - before.minutes))
        for before, at in told
        if before.trigger is rule.trigger and before.minutes < rule.minutes
    ]
    return max(moments)
