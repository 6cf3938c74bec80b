"""Signals that are not about reports: units that are late, villages whose registry nobody checked. They are evidence
like the others.
"""

import hashlib
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import SQLModel, col, select

from integration.assignments.tables import AssignmentRow
from integration.clocks.tables import ClockRow
from integration.codes import AssignmentState, RegistryScheme, RegistryStatus, Role, Sex
from integration.db.base import now
from integration.db.zone import WITA
from integration.organizations.tables import OrgUnitRow
from integration.people.tables import PersonRow
from integration.policy.tables import EvidenceMemberRow, EvidenceSnapshotRow
from integration.registry.tables import RegistryRecordRow, RegistryReleaseRow
from integration.reports.tables import ReportRow
from tests.policy.test_loop import accepting, agency, done, worker
from tests.procedure.conftest import Office
from tests.procedure.stage import Stage

__all__ = ["worker"]

SIGNALS = """{ policySignals { id rule why count of state version unit { code } region { code }
  organization { code } topic category reports { totalCount } } }"""
# A month that is over, and its last moment in local time.
MONTH = datetime(2026, 3, 1, tzinfo=WITA)
LAST = datetime(2026, 4, 1, tzinfo=WITA) - timedelta(seconds=1)
VILLAGE = "64.02.06.1006"


async def add(stage: Stage, *rows: SQLModel) -> None:
    async with stage.database.write() as session:
        session.add_all(rows)


async def late_unit(stage: Stage, late: int, of: int, due: datetime = LAST) -> tuple[str, list[UUID]]:
    """A unit, by code, with a report whose steps fell due then, and the clocks that ran over."""
    async with stage.database.write() as session:
        unit = (await session.exec(select(OrgUnitRow).order_by(col(OrgUnitRow.code)))).all()[0]
        report = (await session.exec(select(ReportRow.id).order_by(col(ReportRow.number)))).all()[0]
        session.add(
            AssignmentRow(
                report_id=report,
                role=Role.DIVISION_HEAD,
                unit_id=unit.id,
                assigned_at=due,
                state=AssignmentState.ASSIGNED,
            )
        )
        clocks = [
            ClockRow(
                report_id=report, step=5, started_at=due, opened_at=due, due_at=due,
                ended_at=due + timedelta(hours=1 if n < late else -1),
            )
            for n in range(of)
        ]  # fmt: skip
        session.add_all(clocks)
        return unit.code, [clock.id for clock in clocks[:late]]


async def of_unit(office: Office, worker: Any, code: str) -> list[dict[str, Any]]:
    """What the rule about late steps says of a unit."""
    await worker.evaluate_signals()
    found = (await office.ask(SIGNALS, who="secretary"))["policySignals"]
    return [one for one in found if one["rule"] == "UNIT_BREACHES" and one["unit"]["code"] == code]


@pytest.mark.parametrize(("late", "of", "raised"), [(4, 10, True), (3, 10, False), (5, 9, False)])
async def test_a_unit_late_with_more_than_a_third_asks_for_a_policy(
    office: Office, stage: Stage, worker: Any, late: int, of: int, raised: bool
) -> None:
    unit, _ = await late_unit(stage, late, of)
    signals = await of_unit(office, worker, unit)
    assert len(signals) == raised
    if raised:
        assert (signals[0]["count"], signals[0]["of"]) == (late, of)
        assert f"{late} dari {of}" in signals[0]["why"] and "01-03-2026 sampai sebelum 01-04-2026" in signals[0]["why"]


async def test_planners_are_told_a_share_and_not_of_how_many(office: Office, stage: Stage, worker: Any) -> None:
    unit, _ = await late_unit(stage, 9, 17)
    assert [one["count"] for one in await of_unit(office, worker, unit)] == [9]
    found = (await office.ask(SIGNALS, who="analyst"))["policySignals"]
    [told] = [one for one in found if one["rule"] == "UNIT_BREACHES" and one["unit"]["code"] == unit]
    assert (told["count"], told["of"]) == (5, None)
    assert "Lebih dari 30 persen dari sedikitnya 10 langkah" in told["why"] and "17" not in told["why"]


async def test_a_month_that_is_not_over_says_nothing_yet(office: Office, stage: Stage, worker: Any) -> None:
    unit, _ = await late_unit(stage, 10, 10, now())
    assert await of_unit(office, worker, unit) == []


async def test_what_was_late_is_frozen_when_the_signal_is_accepted(office: Office, stage: Stage, worker: Any) -> None:
    unit, late = await late_unit(stage, 8, 10)
    [signal] = await of_unit(office, worker, unit)
    follow_up = await done(office, "signalAccept", accepting(signal, await agency(office)))
    [evidence] = follow_up["evidence"]
    told = "\n".join(sorted(map(str, late))).encode()
    assert (evidence["count"], evidence["membersHash"]) == (8, hashlib.sha256(told).hexdigest())
    assert follow_up["reports"]["totalCount"] == 0
    async with stage.database.write() as session:
        assert (await session.exec(select(EvidenceSnapshotRow.id))).first() is not None
        assert (await session.exec(select(EvidenceMemberRow))).all() == []


async def test_a_signal_follows_the_data_till_it_is_decided_on(office: Office, stage: Stage, worker: Any) -> None:
    unit, late = await late_unit(stage, 8, 10)
    [signal] = await of_unit(office, worker, unit)
    assert (await of_unit(office, worker, unit))[0]["version"] == signal["version"]
    async with stage.database.write() as session:
        # One less late and one more: as many as before, and not the same.
        clocks = (await session.exec(select(ClockRow).where(col(ClockRow.due_at) == LAST))).all()
        on_time = next(clock for clock in clocks if clock.id not in late)
        was_late = next(clock for clock in clocks if clock.id in late)
        on_time.ended_at, was_late.ended_at = was_late.ended_at, on_time.ended_at
        session.add_all([on_time, was_late])
    [after] = await of_unit(office, worker, unit)
    assert (after["count"], after["version"]) == (8, signal["version"] + 1)


async def test_a_village_that_nobody_checked_asks_for_a_policy(office: Office, stage: Stage, worker: Any) -> None:
    release = RegistryReleaseRow(
        scheme=RegistryScheme.DTSEN, period="2027-Q1", received_at=now(), source="contoh", people=30
    )
    people = [
        PersonRow(
            name=f"Warga {n}", name_key=f"warga {n}", sex=Sex.MALE, region_code="64.02.12.2001", deceased=False,
            nik_sealed=stage.sealer.seal("nik", f"64021201019{n:05}"),
            nik_index=stage.sealer.index("nik", f"64021201019{n:05}"),
        )
        for n in range(30)
    ]  # fmt: skip
    await add(stage, release, *people)
    await add(
        stage,
        *(
            RegistryRecordRow(
                person_id=person.id, release_id=release.id, status=RegistryStatus.ACTIVE,
                as_of=None if n == 0 else date(2021, 1, 1) if n <= 16 else date(2026, 6, 1),
            )
            for n, person in enumerate(people)
        ),
    )  # fmt: skip
    await worker.evaluate_signals()
    found = (await office.ask(SIGNALS, who="secretary"))["policySignals"]
    [signal] = [one for one in found if one["rule"] == "REGISTRY_STALE"]
    assert (signal["count"], signal["of"], signal["region"]["code"]) == (16, 30, "64.02.12.2001")
    assert "lebih dari 730 hari" in signal["why"] and "ambang 50 persen" in signal["why"]
    [evidence] = (await done(office, "signalAccept", accepting(signal, await agency(office))))["evidence"]
    assert evidence["count"] == 16 and len(evidence["membersHash"]) == 64
    # Records that lie nowhere are all there is, and so no village has few.
    [told] = [one for one in (await office.ask(SIGNALS, who="analyst"))["policySignals"] if one["region"]]
    assert (told["count"], told["of"]) == (11, None) and "16 dari" not in told["why"]
