"""Whom to give a report: who may have it at all, and who of them is next. A candidate has no age, on purpose.

Eligible is who is on duty, has the competency and has room. Next is who has the lowest load for their capacity, then
who has waited longest for new work, then the lowest id: so two people asking get the same answer.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from uuid import UUID

from integration.codes import ReportCategory

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could be given a report. `last_given_at` empty: never had one."""

    id: UUID
    on_duty: bool
    capacity: int
    open: int
    last_given_at: datetime | None = None
    competencies: frozenset[str] = frozenset()
    unit_id: UUID | None = None
    district_code: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """Which unit handles what; without category and kind of need, all the rest."""

    code: str
    unit_code: str
    why: str
    category: ReportCategory | None = None
    ppks_code: str | None = None
    competency: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is next, out of how many, and whether somebody with the same load had waited less long."""

    candidate: Candidate
    out_of: int
    by_waiting: bool


def division(rules: Iterable[Rule], category: ReportCategory | None, ppks_codes: Collection[str]) -> Rule | None:
    """The rule for a report.

    The category decides, for what is asked belongs to a unit; the kind of need where a rule for it stands beside the
    category, or where there is no category yet.
    """
    fitting = [
        rule
        for rule in rules
        if rule.category in (None, category) and (rule.ppks_code is None or rule.ppks_code in ppks_codes)
    ]
    fitting.sort(key=lambda rule: rule.code)
    return max(fitting, key=lambda rule: (rule.category is not None, rule.ppks_code is not None), default=None)


def choose(
    candidates: Iterable[Candidate], competency: str | None = None, *, is_emergency: bool = False
) -> Choice | None:
    """Who of them is next; an emergency may go over somebody's capacity."""
    eligible = sorted(
        (one for one in candidates if _is_eligible(one, competency, is_emergency=is_emergency)), key=_turn
    )
    if not eligible:
        return None
    first = eligible[0]
    same_load = len(eligible) > 1 and load(eligible[1]) == load(first)
    return Choice(first, len(eligible), same_load and eligible[1].last_given_at != first.last_given_at)


def load(candidate: Candidate) -> Fraction:
    """The share of the capacity in use, as a fraction: 1 of 3 and 2 of 6 are equal."""
    return Fraction(candidate.open, candidate.capacity)


def is_urgent(category: ReportCategory | None, ppks_codes: Collection[str], urgent: Collection[str]) -> bool:
    """Whether a report jumps the queue for what it is about."""
    return category is ReportCategory.EMERGENCY or not set(ppks_codes).isdisjoint(urgent)


def neighbours(pairs: Sequence[tuple[str, str]], district: str) -> set[str]:
    """The kecamatan next to one."""
    return {b if a == district else a for a, b in pairs if district in (a, b)}


def _is_eligible(candidate: Candidate, competency: str | None, *, is_emergency: bool) -> bool:
    return (
        candidate.on_duty
        and candidate.capacity > 0
        and (is_emergency or candidate.open < candidate.capacity)
        and (competency is None or competency in candidate.competencies)
    )


def _turn(candidate: Candidate) -> tuple[Fraction, datetime, UUID]:
    return load(candidate), candidate.last_given_at or _NEVER, candidate.id
