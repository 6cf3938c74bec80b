"""What a signal's rule works with: the data it looks at, and what it finds met.

A rule is a row of `signal_rule`. How its kind looks at the data, and how it says why it is met, is a `Finder`; the list
of them is `integration.policy.finders`.
"""

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from integration.codes import ReportCategory, ReportStatus
from integration.db.zone import WITA
from integration.events.log import Act
from integration.organizations.tables import OrganizationRow, OrgUnitRow
from integration.policy.codes import EvidenceKind
from integration.policy.tables import PolicySignalRow, SignalRuleRow
from integration.policy.telling import Ground, Told, span_of
from integration.regions.tables import RegionRow
from integration.reports.tables import ReportRow
from integration.spm.codes import SpmService
from integration.spm.tables import SpmServiceRow

# What is no report after all, or is counted where it was joined to.
NOT_COUNTED = (ReportStatus.REJECTED, ReportStatus.MERGED, ReportStatus.WITHDRAWN)
# Category, region, time and id of a report.
Counted: TypeAlias = tuple[ReportCategory, str | None, datetime, UUID]
# Regions by code, units and organizations by id, as people call them.
Names: TypeAlias = Mapping[object, str]


@dataclass(frozen=True, slots=True)
class Met:
    """A rule met by the data: what was counted, over which span (its end not included), where and of what.

    `reports` are the reports counted, `others` the rows counted that are no reports (clocks, registry records ...):
    they are hashed and not kept. `topic` is a code of whatever else the rule tells apart, such as a service.
    """

    start: datetime
    end: datetime
    count: int
    of: int | None = None
    reports: tuple[UUID, ...] = ()
    others: tuple[UUID, ...] = ()
    category: ReportCategory | None = None
    region_code: str | None = None
    unit_id: UUID | None = None
    organization_id: UUID | None = None
    topic: str | None = None

    def key(self, rule: SignalRuleRow) -> str:
        """The same for the same matter, whenever it is looked at."""
        day = self.start.astimezone(WITA).date().isoformat()
        about = (self.category, self.region_code, self.unit_id, self.organization_id, self.topic)
        # Those that rarely say anything are left out where they say nothing: keys of old stay as they are.
        parts = (*about[:3], *(part for part in about[3:] if part is not None), day)
        return ":".join(str(part or "-") for part in (rule.code, *parts))

    @property
    def members_hash(self) -> str | None:
        """SHA-256 of the ids counted, sorted and joined by line breaks; None where no single rows were counted."""
        return hash_of(self.reports or self.others)

    @property
    def span(self) -> str:
        """The span in local days, as people write it."""
        return span_of(self.start, self.end)

    @property
    def share(self) -> str:
        """How many of how many, as people write it."""
        return f"{self.count} dari {self.of} ({100 * self.count // (self.of or 1)} persen)"


@dataclass(slots=True)
class Look:
    """One evaluation of one rule: the act that reads, the rule, and its signals so far."""

    act: Act
    rule: SignalRuleRow
    known: Sequence[PolicySignalRow]
    _counted: "Counting"

    async def reports(self) -> Sequence[Counted]:
        """The reports that count, by time; read once for all rules."""
        return await self._counted.reports(self.act)


@dataclass(slots=True)
class Counting:
    """What several rules look at, read when the first of them asks."""

    _reports: Sequence[Counted] | None = field(default=None)

    async def reports(self, act: Act) -> Sequence[Counted]:
        if self._reports is None:
            self._reports = await _read_reports(act)
        return self._reports


@dataclass(frozen=True, slots=True)
class Finder:
    """How a kind of rule looks at the data, and one sentence of why it is met: what, where, when, which threshold.

    `tell` is what may be told of it to those who may not see the rows; without it they are told nothing.
    """

    find: Callable[[Look], AsyncIterator[Met]]
    why: Callable[[SignalRuleRow, Met, Names], str]
    tell: Callable[[Ground, SignalRuleRow, Met, Names], Told | None] | None = None
    # What a signal of it is as evidence.
    evidence: EvidenceKind = EvidenceKind.INDICATOR


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody wants counted as evidence; `start` and `end` are moments, the end not included."""

    kind: EvidenceKind
    category: ReportCategory | None = None
    region_code: str | None = None
    unit_id: UUID | None = None
    service: SpmService | None = None
    start: datetime | None = None
    end: datetime | None = None

    def value(self, field: str) -> object:
        """What was said in a field of the input."""
        return {
            "category": self.category,
            "region": self.region_code,
            "unit": self.unit_id,
            "service": self.service,
            "from": self.start,
            "to": self.end,
        }[field]

    def told(self) -> dict[str, object]:
        """The question but for its span, to be written down."""
        about = {
            "kind": self.kind,
            "category": self.category,
            "region": self.region_code,
            "unit": self.unit_id,
            "service": self.service,
        }
        return {name: str(value) for name, value in about.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Gauge:
    """How a kind of evidence is counted when somebody asks, which fields it needs, what it says, and what of that is
    told to those who may not see the rows.
    """

    needs: tuple[str, ...]
    count: Callable[[Act, Question], Awaitable[Met]]
    describe: Callable[[Met, Names], str]
    tell: Callable[[Ground, Met, Names], Told | None]


async def names_of(act: Act) -> Names:
    """Regions, units, organizations and services as people call them."""
    regions = await act.session.exec(select(RegionRow.code, RegionRow.name))
    units = await act.session.exec(select(OrgUnitRow.id, OrgUnitRow.name))
    organizations = await act.session.exec(select(OrganizationRow.id, OrganizationRow.name))
    services = await act.session.exec(select(SpmServiceRow.code, SpmServiceRow.term))
    return {**dict(regions.all()), **dict(units.all()), **dict(organizations.all()), **dict(services.all())}


def in_region(column: Any, code: str) -> ColumnElement[bool]:
    """Whether a region code is a region or below it."""
    within: ColumnElement[bool] = (column == code) | column.startswith(f"{code}.", autoescape=True)
    return within


def hash_of(ids: Iterable[UUID]) -> str | None:
    """SHA-256 of ids, sorted and joined by line breaks; None for none."""
    told = sorted(map(str, ids))
    return hashlib.sha256("\n".join(told).encode()).hexdigest() if told else None


def month(moment: datetime) -> tuple[datetime, datetime]:
    """The month that a moment lies in, by the clock of Kutai Kartanegara."""
    local = moment.astimezone(WITA)
    start = datetime(local.year, local.month, 1, tzinfo=WITA)
    end = datetime(local.year + (local.month == 12), local.month % 12 + 1, 1, tzinfo=WITA)
    return start.astimezone(UTC), end.astimezone(UTC)


async def _read_reports(act: Act) -> list[Counted]:
    found = await act.session.exec(
        select(ReportRow.category, ReportRow.region_code, ReportRow.received_at, ReportRow.id)
        .where(col(ReportRow.category).is_not(None), col(ReportRow.status).not_in(NOT_COUNTED))
        .order_by(col(ReportRow.received_at), col(ReportRow.id))
    )
    return [(ReportCategory(category), region, at, row_id) for category, region, at, row_id in found.all() if category]
