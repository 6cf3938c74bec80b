"""Signals (sinyal kebijakan): the worker holds the rules of `signal_rule` against what there is, once at start and then
daily.

A signal is known by its `key`: evaluated again it is brought up to date while it is NEW, and left alone once somebody
has decided. Reports in the window of a signal are its evidence and raise no second one of the same rule.
"""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from integration.codes import PolicySignalState
from integration.db.bulk import insert_rows
from integration.db.concurrency import one_at_a_time
from integration.events.log import Act
from integration.policy.finders import FINDERS
from integration.policy.finding import Counting, Look, Met, Names, names_of
from integration.policy.outside import ground_of, tell_evidence, tell_signal
from integration.policy.tables import PolicySignalReportRow, PolicySignalRow, SignalRuleRow
from integration.policy.telling import Ground
from integration.reading.view import table

_ACTIVE = select(SignalRuleRow).where(col(SignalRuleRow.inactive).is_(None)).order_by(col(SignalRuleRow.code))


async def evaluate(act: Act) -> int:
    """Hold every active rule against the data; how many signals are new."""
    await one_at_a_time(await act.session.connection(), "policy signals")
    rules = (await act.session.exec(_ACTIVE)).all()
    names, ground, counting, raised = await names_of(act), await ground_of(act), Counting(), 0
    for rule in rules:
        raised += await _hold(act, rule, names, ground, counting)
    await tell_evidence(act)
    return raised


async def _hold(act: Act, rule: SignalRuleRow, names: Names, ground: Ground, counting: Counting) -> int:
    """Hold one rule against the data: raise what is new, and bring up to date what nobody has decided on."""
    found = await act.session.exec(select(PolicySignalRow).where(PolicySignalRow.rule_code == rule.code))
    known = found.all()
    there, finder = {signal.key: signal for signal in known}, FINDERS[rule.kind]
    fresh: list[PolicySignalRow] = []
    changed: list[PolicySignalRow] = []
    members: list[tuple[UUID, UUID]] = []
    async for met in finder.find(Look(act, rule, known, counting)):
        signal = there.get(met.key(rule))
        if signal is not None and signal.window_from != met.start:
            # Another window that begins on the same day, whose reports come up again once it is over.
            continue
        if signal is not None:
            tell_signal(ground, finder, rule, met, names, signal, act.at)
            if signal.state is not PolicySignalState.NEW:
                continue
        told = (met.count, met.of, finder.why(rule, met, names), met.members_hash)
        if signal is None:
            signal = _raise(act, rule, met)
            tell_signal(ground, finder, rule, met, names, signal, act.at)
            fresh.append(signal)
        elif (signal.count, signal.of, signal.why, signal.members_hash) == told:
            continue
        else:
            signal.version += 1
            changed.append(signal)
        signal.count, signal.of, signal.why, signal.members_hash = told
        members += [(signal.id, report) for report in met.reports]
    act.session.add_all([*fresh, *changed])
    await act.session.flush()
    await _write_members(act, [signal.id for signal in changed], members)
    for signal in fresh:
        act.record("policySignalRaised", "PolicySignal", signal.id, data={"rule": rule.code, "count": signal.count})
    await act.session.flush()
    return len(fresh)


def _raise(act: Act, rule: SignalRuleRow, met: Met) -> PolicySignalRow:
    return PolicySignalRow(
        key=met.key(rule),
        rule_code=rule.code,
        category=met.category,
        region_code=met.region_code,
        unit_id=met.unit_id,
        organization_id=met.organization_id,
        topic=met.topic,
        window_from=met.start,
        window_to=met.end,
        count=met.count,
        why="",
        raised_at=act.at,
    )


async def _write_members(act: Act, changed: Sequence[UUID], members: Sequence[tuple[UUID, UUID]]) -> None:
    for signal_id in changed:
        await act.session.exec(
            sa.delete(PolicySignalReportRow).where(col(PolicySignalReportRow.signal_id) == signal_id)
        )
    await insert_rows(act.session, table(PolicySignalReportRow), ("signal_id", "report_id"), members)
