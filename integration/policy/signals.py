"""Signals (sinyal kebijakan): the worker holds the rules of `signal_rule` against what there is, once at start and then
daily.

A signal is known by its `key`: evaluated again it is brought up to date while it is NEW, and left alone once somebody
has decided. Reports in the window of a signal are its evidence and raise no second one of the same rule.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeAlias
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from integration.assignments.tables import AssignmentRow
from integration.clocks.tables import ClockRow
from integration.codes import PolicySignalState, RegionLevel, ReportCategory, ReportStatus, SignalKind
from integration.db.concurrency import one_at_a_time
from integration.db.zone import WITA
from integration.events.log import Act
from integration.organizations.tables import OrgUnitRow
from integration.people.tables import PersonRow
from integration.policy import words
from integration.policy.rules import crowded, quarter
from integration.policy.tables import PolicySignalReportRow, PolicySignalRow, SignalRuleRow
from integration.regions.tables import RegionRow
from integration.registry.tables import RegistryRecordRow, RegistryReleaseRow
from integration.reports.tables import ReportRow

# What is no report after all, or is counted where it was joined to.
_NOT_COUNTED = (ReportStatus.REJECTED, ReportStatus.MERGED, ReportStatus.WITHDRAWN)
_MOST_ROWS = 5_000
# Category, region, time and id of a report.
Counted: TypeAlias = tuple[ReportCategory, str | None, datetime, UUID]


@dataclass(frozen=True, slots=True)
class Met:
    """A rule met by the data."""

    start: datetime
    end: datetime
    count: int
    of: int | None = None
    members: tuple[UUID, ...] = ()
    category: ReportCategory | None = None
    region_code: str | None = None
    unit_id: UUID | None = None

    def key(self, rule: SignalRuleRow) -> str:
        """The same for the same matter, whenever it is looked at."""
        day = self.start.astimezone(WITA).date().isoformat()
        return ":".join(str(part or "-") for part in (rule.code, self.category, self.region_code, self.unit_id, day))


async def evaluate(act: Act) -> int:
    """Hold every rule against the data; how many signals are new."""
    await one_at_a_time(await act.session.connection(), "policy signals")
    rules = (await act.session.exec(select(SignalRuleRow).order_by(col(SignalRuleRow.code)))).all()
    names, reports = await _names(act), await _counted(act)
    raised = 0
    for rule in rules:
        known = await act.session.exec(select(PolicySignalRow).where(PolicySignalRow.rule_code == rule.code))
        there = {signal.key: signal for signal in known.all()}
        async for met in _FINDERS[rule.kind](act, rule, reports, list(there.values())):
            raised += await _settle(act, rule, met, there.get(met.key(rule)), names)
    await act.session.flush()
    return raised


async def _settle(
    act: Act, rule: SignalRuleRow, met: Met, signal: PolicySignalRow | None, names: Mapping[object, str]
) -> bool:
    """Write a signal that is new, or bring one up to date that nobody has decided on."""
    why = words.why(rule, met, names)
    if signal is None:
        signal = PolicySignalRow(
            key=met.key(rule),
            rule_code=rule.code,
            category=met.category,
            region_code=met.region_code,
            unit_id=met.unit_id,
            window_from=met.start,
            window_to=met.end,
            count=met.count,
            of=met.of,
            why=why,
            raised_at=act.at,
        )
        act.session.add(signal)
        await act.session.flush()
        await _write_members(act, signal, met.members)
        act.record("policySignalRaised", "PolicySignal", signal.id, data={"rule": rule.code, "count": met.count})
        return True
    if signal.state is PolicySignalState.NEW and (signal.count, signal.of, signal.why) != (met.count, met.of, why):
        signal.count, signal.of, signal.why = met.count, met.of, why
        signal.version += 1
        act.session.add(signal)
        await act.session.exec(
            sa.delete(PolicySignalReportRow).where(col(PolicySignalReportRow.signal_id) == signal.id)
        )
        await _write_members(act, signal, met.members)
    return False


async def _write_members(act: Act, signal: PolicySignalRow, members: Sequence[UUID]) -> None:
    rows = [{"signal_id": signal.id, "report_id": member} for member in members]
    for at in range(0, len(rows), _MOST_ROWS):
        await act.session.exec(sa.insert(PolicySignalReportRow), params=rows[at : at + _MOST_ROWS])


async def _names(act: Act) -> Mapping[object, str]:
    """Regions and units as people call them."""
    regions = await act.session.exec(select(RegionRow.code, RegionRow.name))
    units = await act.session.exec(select(OrgUnitRow.id, OrgUnitRow.name))
    return {**dict(regions.all()), **dict(units.all())}


async def _counted(act: Act) -> list[Counted]:
    """The reports that count, by time; read once for all rules."""
    found = await act.session.exec(
        select(ReportRow.category, ReportRow.region_code, ReportRow.received_at, ReportRow.id)
        .where(col(ReportRow.category).is_not(None), col(ReportRow.status).not_in(_NOT_COUNTED))
        .order_by(col(ReportRow.received_at), col(ReportRow.id))
    )
    return [(ReportCategory(category), region, at, row_id) for category, region, at, row_id in found.all() if category]


async def _by_quarter(
    _act: Act, rule: SignalRuleRow, reports: Sequence[Counted], _known: Sequence[PolicySignalRow]
) -> AsyncIterator[Met]:
    groups: defaultdict[tuple[datetime, datetime, ReportCategory], list[UUID]] = defaultdict(list)
    start = end = datetime.min.replace(tzinfo=UTC)
    for category, _, at, row_id in reports:
        if not start <= at < end:
            start, end = quarter(at)
        groups[start, end, category].append(row_id)
    for (first, last, category), members in groups.items():
        if len(members) >= rule.threshold:
            yield Met(first, last, len(members), members=tuple(members), category=category)


async def _by_district(
    _act: Act, rule: SignalRuleRow, reports: Sequence[Counted], known: Sequence[PolicySignalRow]
) -> AsyncIterator[Met]:
    span = timedelta(days=rule.days or 90)
    groups: defaultdict[tuple[str, ReportCategory], list[tuple[datetime, UUID]]] = defaultdict(list)
    for category, region, at, row_id in reports:
        # 64.02.06 is a kecamatan, 64.02.06.1008 a village in it; what is only known to be in the regency has none.
        if region is not None and region.count(".") >= 2:
            groups[".".join(region.split(".")[:3]), category].append((at, row_id))
    taken: defaultdict[tuple[str | None, ReportCategory | None], list[tuple[datetime, datetime]]] = defaultdict(list)
    for signal in known:
        taken[signal.region_code, signal.category].append((signal.window_from, signal.window_to))
    for (district, category), told in groups.items():
        spans = taken[district, category]
        for start, end in spans:
            members = tuple(row_id for at, row_id in told if start <= at < end)
            yield Met(start, end, len(members), members=members, category=category, region_code=district)
        for window in crowded(told, rule.threshold, span, spans):
            size = len(window.members)
            yield Met(window.start, window.end, size, members=window.members, category=category, region_code=district)


async def _by_unit(
    act: Act, rule: SignalRuleRow, _reports: Sequence[Counted], _known: Sequence[PolicySignalRow]
) -> AsyncIterator[Met]:
    """Steps that ran over their limit, of all that fell due in a month that is over, for each unit that had them."""
    late = (col(ClockRow.ended_at).is_(None)) | (col(ClockRow.ended_at) > col(ClockRow.due_at))
    handled = (
        select(AssignmentRow.report_id, AssignmentRow.unit_id).where(col(AssignmentRow.unit_id).is_not(None)).distinct()
    ).subquery()
    found = await act.session.exec(
        select(handled.c.unit_id, ClockRow.due_at, late)
        .join(handled, handled.c.report_id == col(ClockRow.report_id))
        .where(col(ClockRow.due_at) < _month(act.at)[0])
    )
    groups: defaultdict[tuple[datetime, datetime, UUID], list[bool]] = defaultdict(list)
    for unit, due_at, is_late in found.all():
        if due_at is not None:
            groups[(*_month(due_at), unit)].append(bool(is_late))
    for (start, end, unit), steps in groups.items():
        if len(steps) >= rule.least and 100 * sum(steps) > rule.threshold * len(steps):
            yield Met(start, end, sum(steps), len(steps), unit_id=unit)


async def _by_staleness(
    act: Act, rule: SignalRuleRow, _reports: Sequence[Counted], _known: Sequence[PolicySignalRow]
) -> AsyncIterator[Met]:
    """Villages where most of what the newest release says was last checked long ago."""
    newest = await act.session.exec(
        select(RegistryReleaseRow)
        .order_by((col(RegistryReleaseRow.scheme) == "DTSEN").desc(), col(RegistryReleaseRow.received_at).desc())
        .limit(1)
    )
    release = newest.first()
    if release is None:
        return
    before = (release.received_at - timedelta(days=rule.days or 730)).date()
    stale = sa.func.sum(sa.case((col(RegistryRecordRow.as_of) < before, 1), else_=0))
    found = await act.session.exec(
        select(PersonRow.region_code, sa.func.count(), stale)
        .join(PersonRow, col(PersonRow.id) == col(RegistryRecordRow.person_id))
        .join(RegionRow, col(RegionRow.code) == col(PersonRow.region_code))
        .where(RegistryRecordRow.release_id == release.id, RegionRow.level == RegionLevel.VILLAGE)
        .group_by(col(PersonRow.region_code))
        .order_by(col(PersonRow.region_code))
    )
    for region, people, old in found.all():
        if people >= rule.least and 100 * old > rule.threshold * people:
            yield Met(release.received_at, act.at, old, people, region_code=region)


def _month(moment: datetime) -> tuple[datetime, datetime]:
    local = moment.astimezone(WITA)
    start = datetime(local.year, local.month, 1, tzinfo=WITA)
    end = datetime(local.year + (local.month == 12), local.month % 12 + 1, 1, tzinfo=WITA)
    return start.astimezone(UTC), end.astimezone(UTC)


_FINDERS = {
    SignalKind.CATEGORY_QUARTER: _by_quarter,
    SignalKind.CATEGORY_DISTRICT: _by_district,
    SignalKind.UNIT_BREACHES: _by_unit,
    SignalKind.REGISTRY_STALE: _by_staleness,
}
