"""What may happen to a policy follow-up, by whom and on what condition; and when reports make a signal. Pure."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from operator import itemgetter
from uuid import UUID

from integration.codes import PolicyStatus, Role
from integration.db.zone import WITA

PROPOSERS = frozenset({Role.ANALYST, Role.TEAM_LEAD, Role.SECRETARY})
DECIDERS = frozenset({Role.SECRETARY, Role.AGENCY_HEAD})
# Who may have something counted as evidence. Planners may not: they could find out by asking how many people there are
# of a kind where there are few.
GATHERERS = (PROPOSERS | DECIDERS) - {Role.ANALYST}

_S = PolicyStatus
MOVES: dict[PolicyStatus, frozenset[PolicyStatus]] = {
    _S.PROPOSED: frozenset({_S.UNDER_REVIEW}),
    _S.UNDER_REVIEW: frozenset({_S.SCHEDULED}),
    _S.SCHEDULED: frozenset({_S.APPROVED, _S.DEFERRED, _S.REJECTED}),
    _S.DEFERRED: frozenset({_S.UNDER_REVIEW}),
    _S.APPROVED: frozenset({_S.IMPLEMENTING}),
    _S.IMPLEMENTING: frozenset({_S.EVALUATED}),
    _S.EVALUATED: frozenset({_S.CLOSED}),
    _S.REJECTED: frozenset(),
    _S.CLOSED: frozenset(),
}
# What a meeting decides.
DECISIONS = frozenset({_S.APPROVED, _S.DEFERRED, _S.REJECTED})
# Where a milestone may be finished: once it is decided that there shall be one.
UNDER_WAY = frozenset({_S.APPROVED, _S.IMPLEMENTING, _S.EVALUATED})


@dataclass(frozen=True, slots=True)
class Standing:
    """What a move to a status is judged by, the input taken in already."""

    has_proof: bool
    has_owner: bool
    due_at: date | None
    note: str | None


def missing(to: PolicyStatus, standing: Standing) -> tuple[str, ...]:
    """What the input still lacks for this move, as its fields.

    An approval needs a proof (the meeting that decided, or a signed document), an owner and a due date, a deferral a
    reason and a day to come back to it, a rejection a reason.
    """
    lacking = []
    if to is PolicyStatus.APPROVED and not standing.has_proof:
        lacking.append("document")
    if to is PolicyStatus.APPROVED and not standing.has_owner:
        lacking.append("owner")
    if to in {PolicyStatus.APPROVED, PolicyStatus.DEFERRED} and standing.due_at is None:
        lacking.append("dueAt")
    if to in {PolicyStatus.DEFERRED, PolicyStatus.REJECTED} and not standing.note:
        lacking.append("note")
    return tuple(lacking)


@dataclass(frozen=True, slots=True)
class Window:
    """A span of time, its end not included, and the reports in it."""

    start: datetime
    end: datetime
    members: tuple[UUID, ...]


def quarter(moment: datetime) -> tuple[datetime, datetime]:
    """The quarter of a year that a moment lies in, by the clock of Kutai Kartanegara."""
    local = moment.astimezone(WITA)
    first = 3 * ((local.month - 1) // 3) + 1
    start = datetime(local.year, first, 1, tzinfo=WITA)
    end = datetime(local.year + (first == 10), 1 if first == 10 else first + 3, 1, tzinfo=WITA)
    return start.astimezone(UTC), end.astimezone(UTC)


def crowded(
    reports: Sequence[tuple[datetime, UUID]],
    threshold: int,
    span: timedelta,
    taken: Iterable[tuple[datetime, datetime]],
) -> Iterator[Window]:
    """Windows of `span` with at least `threshold` of these reports (sorted by time), one after the other.

    Reports within a window that is `taken` already are evidence of that one and count no more. A window begins with the
    first of its reports, so that no crowd is missed for lying across the edge of a calendar period.
    """
    free = _outside(reports, sorted(taken))
    at = 0
    while at + threshold <= len(free):
        start = free[at][0]
        if free[at + threshold - 1][0] - start >= span:
            at += 1
            continue
        last = at
        while last < len(free) and free[last][0] - start < span:
            last += 1
        yield Window(start, start + span, tuple(member for _, member in free[at:last]))
        at = last


def within(reports: Sequence[tuple[datetime, UUID]], start: datetime, end: datetime) -> Window:
    """Those of these reports (sorted by time) that lie in a span."""
    first, last = (bisect_left(reports, moment, key=itemgetter(0)) for moment in (start, end))
    return Window(start, end, tuple(member for _, member in reports[first:last]))


def _outside(
    reports: Sequence[tuple[datetime, UUID]], spans: Sequence[tuple[datetime, datetime]]
) -> list[tuple[datetime, UUID]]:
    """The reports that lie in none of these spans; both sorted, so that each is looked at once."""
    free, at = [], 0
    until = datetime.min.replace(tzinfo=UTC)
    for one in reports:
        while at < len(spans) and spans[at][0] <= one[0]:
            until = max(until, spans[at][1])
            at += 1
        if one[0] >= until:
            free.append(one)
    return free
