"""Writing down what is told of signals and of evidence outside the office (`integration.policy.telling`)."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from integration.codes import PolicySignalState, RegionLevel, ReportCategory
from integration.events.log import Act
from integration.policy.codes import EvidenceKind
from integration.policy.finders import GAUGES
from integration.policy.finders.staleness import newest
from integration.policy.finding import Finder, Met, Names, names_of
from integration.policy.tables import EvidenceSnapshotRow, PolicySignalRow, SignalRuleRow
from integration.policy.telling import Ground, Told, hash_of_text, written
from integration.reading.view import table
from integration.registry.cover import withheld_below
from integration.registry.indicators import LENGTHS, district_of, region_at
from integration.registry.tables import RegistryRecordRow
from integration.reports.published import release_of, statements


async def ground_of(act: Act) -> Ground:
    """What is published now."""
    length, smallest = act.settings.published_months, act.settings.smallest_cell
    connection = await act.session.connection()
    periods, counts, districts = [(await connection.execute(each)).all() for each in statements(length)]
    return Ground(release_of((periods, counts, districts), length, smallest), smallest, await _hidden(act, smallest))


async def _hidden(act: Act, smallest: int) -> frozenset[str | None]:
    """The places of which the newest release's records are withheld, as `registryIndicators` does."""
    release = await newest(act)
    if release is None:
        return frozenset()
    record = table(RegistryRecordRow)
    village, district = (
        region_at(record.c.region_code, LENGTHS[level]) for level in (RegionLevel.VILLAGE, RegionLevel.DISTRICT)
    )
    place = sa.func.coalesce(village, district).label("place")
    connection = await act.session.connection()
    found = await connection.execute(
        sa.select(place, sa.func.count()).where(record.c.release_id == release.id).group_by(place)
    )
    places, districts = withheld_below({code: (n,) for code, n in found.all()}, district_of, smallest)
    return places | districts


def tell_signal(
    ground: Ground, finder: Finder, rule: SignalRuleRow, met: Met, names: Names, signal: PolicySignalRow, at: datetime
) -> None:
    """Write down what may be told of a signal, from when it may be on. It stands once the signal is decided on."""
    if finder.tell is None or (signal.told_at is not None and signal.state is not PolicySignalState.NEW):
        return
    told = finder.tell(ground, rule, met, names)
    if told is None:
        return
    signal.told_at = signal.told_at or at
    signal.told_count, signal.told_of, signal.told_why = told.count, told.of, told.what
    signal.told_from, signal.told_to = told.start, told.end


async def tell_evidence(act: Act) -> None:
    """Write down what may be told of evidence so far untold: of a signal's, what is told of the signal."""
    waiting = (
        await act.session.exec(select(EvidenceSnapshotRow).where(col(EvidenceSnapshotRow.told_at).is_(None)))
    ).all()
    if not waiting:
        return
    ground, names = await ground_of(act), await names_of(act)
    for snapshot in waiting:
        if snapshot.query is None:
            continue
        question = json.loads(snapshot.query)
        signal = None
        if snapshot.signal_id is not None:
            signal = await act.session.get(PolicySignalRow, snapshot.signal_id)
        told = _of_signal(signal) if signal is not None else _of_question(ground, snapshot, question, names)
        if told is None:
            continue
        query = written({**question, "from": told.start.isoformat(), "to": told.end.isoformat()})
        snapshot.told_at, snapshot.told_count, snapshot.told_of = act.at, told.count, told.of
        snapshot.told_description = told.what
        snapshot.told_query, snapshot.told_query_hash = query, hash_of_text(query)
        act.session.add(snapshot)
    await act.session.flush()


def _of_signal(signal: PolicySignalRow) -> Told | None:
    if signal.told_count is None or signal.told_why is None or signal.told_from is None or signal.told_to is None:
        return None
    return Told(signal.told_count, signal.told_of, signal.told_why, signal.told_from, signal.told_to)


def _of_question(ground: Ground, snapshot: EvidenceSnapshotRow, question: dict[str, Any], names: Names) -> Told | None:
    gauge = GAUGES.get(EvidenceKind(snapshot.kind))
    if gauge is None:
        return None
    unit, category = question.get("unit"), question.get("category")
    met = Met(
        datetime.fromisoformat(question["from"]),
        datetime.fromisoformat(question["to"]),
        snapshot.count,
        snapshot.of,
        category=None if category is None else ReportCategory(category),
        region_code=question.get("region"),
        unit_id=None if unit is None else UUID(unit),
        topic=question.get("service"),
    )
    return gauge.tell(ground, met, names)
