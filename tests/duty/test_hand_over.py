"""A report nobody attends to goes on to the next, to the second, once, and says why; a late step goes up the chain."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel import col, delete, select, update

from integration.assignments.tables import AssignmentRow
from integration.clocks.tables import HandOverRow
from integration.codes import AssignmentState, Priority, ReportStatus, Role
from integration.db.engine import Database
from integration.db.zone import WITA
from integration.duty.watch import hand_over_due
from integration.events.tables import EventRow
from integration.staff.tables import DutyShiftRow, StaffRoleRow, StaffRow
from tests.clocks.office import Office

S = ReportStatus
SECOND = timedelta(seconds=1)
# The people of the demo office.
PRIMARY, BACKUP, LEAD, SECRETARY, HEAD = (
    "Nanang Kurniawan", "Daeng Rusli", "Nining Kurniasih", "Theresia Bulan", "Suriansyah",
)  # fmt: skip
MONDAY = datetime(2026, 1, 5, 10, 0, 0, tzinfo=WITA)


async def watch(office: Office, at: datetime) -> int:
    return await hand_over_due(office.database, office.sealer, office.settings, at)


async def names(office: Office) -> dict[UUID | None, str]:
    async with office.database.write() as session:
        return {row.id: row.name for row in await session.exec(select(StaffRow))} | {None: "-"}


async def held(office: Office, report: UUID) -> list[tuple[str, str]]:
    """Who has or had the report, oldest first."""
    async with office.database.write() as session:
        rows = await session.exec(
            select(AssignmentRow).where(AssignmentRow.report_id == report).order_by(col(AssignmentRow.id))
        )
        rows_ = rows.all()
    people = await names(office)
    return [(people[row.staff_id], row.state.value) for row in rows_]


async def handed(office: Office, report: UUID) -> list[tuple[str, str, datetime]]:
    """From whom to whom and when."""
    async with office.database.write() as session:
        rows = (
            await session.exec(select(HandOverRow).where(HandOverRow.report_id == report).order_by(col(HandOverRow.id)))
        ).all()
    people = await names(office)
    return [(people[row.from_staff_id], people[row.to_staff_id], row.at) for row in rows]


async def told(office: Office, report: UUID) -> Sequence[EventRow]:
    async with office.database.write() as session:
        return (
            await session.exec(select(EventRow).where(EventRow.report_id == report).order_by(col(EventRow.id)))
        ).all()


async def reasons(office: Office, report: UUID) -> list[str | None]:
    async with office.database.write() as session:
        return list(
            await session.exec(
                select(AssignmentRow.reason).where(AssignmentRow.report_id == report).order_by(col(AssignmentRow.id))
            )
        )


UNATTENDED = [
    (Priority.NORMAL, timedelta(hours=4), timedelta(hours=8)),
    (Priority.HIGH, timedelta(hours=1), timedelta(hours=2)),
    (Priority.EMERGENCY, timedelta(minutes=15), timedelta(minutes=30)),
]


@pytest.mark.parametrize(("priority", "to_backup", "to_lead"), UNATTENDED)
async def test_an_unattended_report_goes_to_the_backup_and_then_to_the_lead_to_the_second(
    office: Office, priority: Priority, to_backup: timedelta, to_lead: timedelta
) -> None:
    report = await office.receive(MONDAY, priority=priority)
    assert await watch(office, MONDAY + to_backup - SECOND) == 0
    assert await held(office, report) == []

    assert await watch(office, MONDAY + to_backup) == 1
    assert await held(office, report) == [(BACKUP, "ASSIGNED")]
    assert await watch(office, MONDAY + to_backup) == 0

    assert await watch(office, MONDAY + to_lead - SECOND) == 0
    assert await watch(office, MONDAY + to_lead) == 1
    assert await held(office, report) == [(BACKUP, "TAKEN_OVER"), (LEAD, "ASSIGNED")]
    assert await handed(office, report) == [
        (PRIMARY, BACKUP, MONDAY + to_backup),
        (BACKUP, LEAD, MONDAY + to_lead),
    ]
    events = await told(office, report)
    assert [(event.act, event.sop_step, event.at, event.actor) for event in events] == [
        ("reportHandedOver", 1, MONDAY + to_backup, "system"),
        ("reportHandedOver", 1, MONDAY + to_lead, "system"),
    ]
    assert all(event.legal_basis_id is not None for event in events)
    assert await reasons(office, report) == [
        "Belum ditangani sejak 05-01-2026 10.00 WITA; dialihkan kepada petugas piket cadangan",
        "Belum ditangani sejak 05-01-2026 10.00 WITA; dialihkan kepada ketua tim pengaduan",
    ]


async def test_the_report_itself_is_not_changed_by_being_handed_over(office: Office) -> None:
    report = await office.receive(MONDAY)
    before = await office.report(report)
    await watch(office, MONDAY + timedelta(hours=9))
    assert (await office.report(report)).model_dump() == before.model_dump()


@pytest.mark.parametrize(
    ("priority", "limit", "after"),
    [
        (Priority.NORMAL, timedelta(days=1), [timedelta(days=n) for n in range(4)]),
        (Priority.EMERGENCY, timedelta(hours=1), [timedelta(minutes=n) for n in (0, 30, 60, 120)]),
    ],
)
async def test_a_late_step_is_brought_before_desk_lead_secretary_and_head_to_the_second(
    office: Office, priority: Priority, limit: timedelta, after: list[timedelta]
) -> None:
    report = await office.receive(MONDAY, priority=priority)
    await office.move(report, S.UNDER_VERIFICATION, MONDAY)
    moments = [MONDAY + limit + wait for wait in after]
    for count, moment in enumerate(moments, start=1):
        assert await watch(office, moment - SECOND) == 0
        assert await watch(office, moment) == 1
        assert len(await handed(office, report)) == count
    assert await handed(office, report) == [
        ("-", PRIMARY, moments[0]),
        (PRIMARY, LEAD, moments[1]),
        (LEAD, SECRETARY, moments[2]),
        (SECRETARY, HEAD, moments[3]),
    ]
    # All of them have it: nobody is relieved by somebody above being told.
    assert await held(office, report) == [(name, "ASSIGNED") for name in (PRIMARY, LEAD, SECRETARY, HEAD)]
    assert [event.act for event in await told(office, report)] == ["reportEscalated"] * 4
    assert await watch(office, moments[-1] + timedelta(days=99)) == 0


async def test_working_on_it_ends_the_chain_and_relieves_who_was_called(office: Office) -> None:
    report = await office.receive(MONDAY)
    await watch(office, MONDAY + timedelta(hours=4))
    await office.move(report, S.UNDER_VERIFICATION, MONDAY + timedelta(hours=5))
    assert await held(office, report) == [(BACKUP, "COMPLETED")]
    assert await watch(office, MONDAY + timedelta(hours=8)) == 0


async def test_whoever_acknowledges_is_not_passed_over_until_the_limit_is(office: Office) -> None:
    report = await office.receive(MONDAY)
    await watch(office, MONDAY + timedelta(hours=4))
    async with office.acting(MONDAY) as act:
        await act.session.exec(
            update(AssignmentRow)
            .where(col(AssignmentRow.report_id) == report)
            .values(state=AssignmentState.ACKNOWLEDGED)
        )
    assert await watch(office, MONDAY + timedelta(hours=9)) == 0
    assert await watch(office, MONDAY + timedelta(days=1)) == 1
    assert await held(office, report) == [(BACKUP, "ACKNOWLEDGED"), (PRIMARY, "ASSIGNED")]


async def test_while_the_reporter_is_asked_nobody_is_told(office: Office) -> None:
    report = await office.receive(MONDAY)
    await office.move(report, S.UNDER_VERIFICATION, MONDAY)
    await office.move(report, S.NEEDS_INFO, MONDAY + timedelta(hours=1))
    assert await watch(office, MONDAY + timedelta(days=60)) == 0
    answered = MONDAY + timedelta(days=2)
    await office.move(report, S.UNDER_VERIFICATION, answered)
    assert await watch(office, answered + timedelta(hours=23) - SECOND) == 0
    assert await watch(office, answered + timedelta(hours=23)) == 1


async def test_over_the_weekend_only_emergencies_go_on(office: Office) -> None:
    friday = datetime(2026, 1, 9, 22, tzinfo=WITA)
    normal = await office.receive(friday)
    emergency = await office.receive(friday, priority=Priority.EMERGENCY)
    for hours in range(1, 49):
        await watch(office, friday + timedelta(hours=hours))
    assert await held(office, normal) == []
    assert {name for name, _ in await held(office, emergency)} == {BACKUP, LEAD, PRIMARY, SECRETARY, HEAD}
    assert await watch(office, datetime(2026, 1, 12, 2, tzinfo=WITA) - SECOND) == 0
    assert await watch(office, datetime(2026, 1, 12, 2, tzinfo=WITA)) == 1


async def test_emergencies_are_handed_on_first(office: Office) -> None:
    normal = await office.receive(MONDAY)
    high = await office.receive(MONDAY + timedelta(hours=1), priority=Priority.HIGH)
    emergency = await office.receive(MONDAY + timedelta(hours=2), priority=Priority.EMERGENCY)
    await watch(office, MONDAY + timedelta(hours=5))
    async with office.database.write() as session:
        order = list(await session.exec(select(HandOverRow.report_id).order_by(col(HandOverRow.id))))
    assert list(dict.fromkeys(order)) == [emergency, high, normal]


async def test_where_nobody_is_on_call_the_lead_need_not_wait(office: Office) -> None:
    async with office.acting(MONDAY) as act:
        await act.session.exec(delete(DutyShiftRow).where(col(DutyShiftRow.is_backup)))
    report = await office.receive(MONDAY)
    assert await watch(office, MONDAY + timedelta(hours=4)) == 2
    assert await handed(office, report) == [
        (PRIMARY, "-", MONDAY + timedelta(hours=4)),
        (PRIMARY, LEAD, MONDAY + timedelta(hours=4)),
    ]
    assert await held(office, report) == [(LEAD, "ASSIGNED")]


async def test_a_turn_of_duty_begins_and_ends_to_the_second(office: Office) -> None:
    called = MONDAY + timedelta(hours=4)
    async with office.acting(MONDAY) as act:
        await act.session.exec(delete(DutyShiftRow).where(col(DutyShiftRow.is_backup)))
        lead = (await act.session.exec(select(StaffRow).where(StaffRow.name == LEAD))).one()
        primary = (await act.session.exec(select(StaffRow).where(StaffRow.name == PRIMARY))).one()
        act.session.add(StaffRoleRow(staff_id=lead.id, role=Role.ADMIN))
        act.session.add_all(
            [
                DutyShiftRow(staff_id=lead.id, starts_at=called - timedelta(hours=1), ends_at=called, is_backup=True),
                DutyShiftRow(staff_id=primary.id, starts_at=called, ends_at=called + SECOND, is_backup=True),
            ]
        )
    report = await office.receive(MONDAY)
    await watch(office, called)
    assert await held(office, report) == [(PRIMARY, "ASSIGNED")]


async def test_a_lead_without_a_turn_of_duty_is_told_all_the_same(office: Office) -> None:
    async with office.acting(MONDAY) as act:
        await act.session.exec(delete(DutyShiftRow))
    report = await office.receive(MONDAY)
    await watch(office, MONDAY + timedelta(hours=4))
    assert await held(office, report) == [(LEAD, "ASSIGNED")]


async def test_nobody_gets_a_report_twice(office: Office) -> None:
    report = await office.receive(MONDAY, priority=Priority.EMERGENCY)
    for quarter in range(40):
        await watch(office, MONDAY + quarter * timedelta(minutes=15))
    assert [name for name, _ in await handed_to(office, report)] == [BACKUP, LEAD, PRIMARY, LEAD, SECRETARY, HEAD]
    # The lead, told for the second time, still has the first assignment.
    assert await held(office, report) == [
        (BACKUP, "TAKEN_OVER"), (LEAD, "ASSIGNED"), (PRIMARY, "ASSIGNED"), (SECRETARY, "ASSIGNED"), (HEAD, "ASSIGNED"),
    ]  # fmt: skip


async def handed_to(office: Office, report: UUID) -> list[tuple[str, datetime]]:
    return [(to, at) for _, to, at in await handed(office, report)]


async def test_what_reaches_us_late_does_not_run_through_the_whole_chain_at_once(office: Office) -> None:
    arrived = MONDAY + timedelta(days=21)
    report = await office.receive(MONDAY, taken_in=arrived)
    assert await watch(office, arrived) == 1
    assert await handed(office, report) == [("-", PRIMARY, arrived)]
    assert await watch(office, arrived + timedelta(hours=4) - SECOND) == 0
    assert await watch(office, arrived + timedelta(hours=4)) == 1


async def test_after_a_watch_was_away_everybody_still_gets_their_time(office: Office) -> None:
    report = await office.receive(MONDAY)
    late = MONDAY + timedelta(hours=7)
    assert await watch(office, late) == 1
    assert await watch(office, late + timedelta(hours=4) - SECOND) == 0
    assert await watch(office, late + timedelta(hours=4)) == 1
    assert await handed_to(office, report) == [(BACKUP, late), (LEAD, late + timedelta(hours=4))]


async def test_found_to_be_an_emergency_after_the_backup_was_told_the_lead_is_told_in_minutes(office: Office) -> None:
    report = await office.receive(MONDAY)
    told_at = MONDAY + timedelta(hours=4)
    await watch(office, told_at)
    await office.move(report, S.RECEIVED, told_at + timedelta(minutes=5), priority=Priority.EMERGENCY)
    # The limit of an emergency has passed by now: the desk hears of it at once, the lead after a quarter of an hour.
    assert await watch(office, told_at + timedelta(minutes=5)) == 1
    assert await watch(office, told_at + timedelta(minutes=15)) == 1
    assert [name for name, _ in await handed_to(office, report)] == [BACKUP, PRIMARY, LEAD]


async def test_two_watches_never_do_the_same(office: Office, database_url: str) -> None:
    reports = [await office.receive(MONDAY) for _ in range(6)]
    others = [Database(database_url) for _ in range(3)]
    try:
        for hours in (4, 8):
            counts = await asyncio.gather(*(
                hand_over_due(database, office.sealer, office.settings, MONDAY + timedelta(hours=hours))
                for database in others
            ))  # fmt: skip
            assert sum(counts) == len(reports)
    finally:
        for database in others:
            await database.close()
    for report in reports:
        assert await held(office, report) == [(BACKUP, "TAKEN_OVER"), (LEAD, "ASSIGNED")]
        assert len(await told(office, report)) == 2


async def test_the_demo_wakes_nobody(office: Office) -> None:
    assert await watch(office, datetime(2030, 1, 1, tzinfo=WITA)) == 0
