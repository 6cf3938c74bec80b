"""Whom a report is suggested to, and the reason a person reads with it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel import col, delete, select, update

from integration.assignments.tables import AssignmentRow
from integration.codes import AssignmentState, Priority, RegionLevel, ReportCategory, ReportStatus, Role
from integration.db.zone import WITA
from integration.events.tables import EventRow
from integration.organizations.tables import OrgUnitRow
from integration.regions.tables import RegionRow
from integration.reports.tables import ReportRow
from integration.routing import service as routing
from integration.routing.service import Proposal
from integration.routing.tables import DistrictNeighbourRow, RoutingRuleRow
from integration.staff.tables import DutyShiftRow, StaffRoleRow, StaffRow
from tests.clocks.office import Office

S = ReportStatus
MONDAY = datetime(2026, 1, 5, 10, tzinfo=WITA)
TENGGARONG, TABANG, KEMBANG_JANGGUT = "64.02.06", "64.02.12", "64.02.10"
A_VILLAGE_OF_TENGGARONG = "64.02.06.1001"


async def proposed(office: Office, report: UUID, at: datetime = MONDAY) -> Sequence[Proposal]:
    async with office.acting(at) as act:
        row = (await act.session.exec(select(ReportRow).where(ReportRow.id == report))).one()
        return await routing.propose(act, row)


async def suggest(office: Office, report: UUID, at: datetime = MONDAY) -> None:
    await office.act(report, at, routing.suggest)


async def assignments(office: Office, report: UUID) -> list[tuple[Role, str | None, AssignmentState]]:
    async with office.database.write() as session:
        rows = await session.exec(
            select(AssignmentRow).where(AssignmentRow.report_id == report).order_by(col(AssignmentRow.id))
        )
        rows_ = rows.all()
        names = {row.id: row.name for row in await session.exec(select(StaffRow))}
    return [(row.role, names[row.staff_id] if row.staff_id else None, row.state) for row in rows_]


async def person(office: Office, name: str) -> StaffRow:
    async with office.database.write() as session:
        return (await session.exec(select(StaffRow).where(StaffRow.name == name))).one()


async def tksk_of(office: Office, district: str) -> UUID:
    async with office.database.write() as session:
        return (
            await session.exec(
                select(StaffRow.id)
                .join(StaffRoleRow, col(StaffRoleRow.staff_id) == StaffRow.id)
                .where(StaffRow.district_code == district, StaffRoleRow.role == Role.TKSK)
            )
        ).one()


async def fill(office: Office, staff: UUID, count: int) -> None:
    """Give somebody so many reports."""
    async with office.acting(MONDAY - timedelta(days=9)) as act:
        some = (await act.session.exec(select(ReportRow.id).limit(1))).one()
        act.session.add_all(
            AssignmentRow(
                report_id=some, role=Role.TKSK, staff_id=staff, assigned_at=act.at, state=AssignmentState.ASSIGNED
            )
            for _ in range(count)
        )


@pytest.mark.parametrize("region", [TENGGARONG, A_VILLAGE_OF_TENGGARONG])
async def test_the_tksk_of_the_kecamatan_assesses_first(office: Office, region: str) -> None:
    report = await office.receive(MONDAY, region=region)
    tksk, _ = await proposed(office, report)
    assert (tksk.role, tksk.staff_id) == (Role.TKSK, await tksk_of(office, TENGGARONG))
    assert not tksk.is_substitute
    assert tksk.reason.startswith("TKSK Kecamatan Tenggarong: bertugas, beban ")


async def test_every_kecamatan_finds_a_tksk(office: Office) -> None:
    async with office.database.write() as session:
        districts = (
            await session.exec(
                select(RegionRow).where(
                    RegionRow.level == RegionLevel.DISTRICT, col(RegionRow.code).startswith("64.02.")
                )
            )
        ).all()
        pairs = (await session.exec(select(DistrictNeighbourRow))).all()
    assert len(districts) == 20
    # Whose word the neighbourhood is.
    assert {pair.source for pair in pairs} == {"constructed from general knowledge, no boundary data seen"}
    assert all(pair.district_code < pair.neighbour_code for pair in pairs)
    for district in districts:
        found = (await proposed(office, await office.receive(MONDAY, region=district.code)))[0]
        assert found.role is Role.TKSK
        assert found.is_substitute == (district.code in (TABANG, "64.02.19"))


async def test_a_vacant_kecamatan_is_taken_care_of_by_its_neighbour_and_says_so(office: Office) -> None:
    report = await office.receive(MONDAY, region=TABANG)
    tksk, _ = await proposed(office, report)
    assert (tksk.staff_id, tksk.is_substitute) == (await tksk_of(office, KEMBANG_JANGGUT), True)
    assert tksk.reason.startswith(
        "PENGGANTI dari kecamatan tetangga: Kecamatan Tabang tidak memiliki TKSK; TKSK Kecamatan Kembang Janggut: "
    )


async def test_a_tksk_who_is_full_or_off_duty_is_stood_in_for(office: Office) -> None:
    own = await tksk_of(office, TENGGARONG)
    await fill(office, own, 12)
    report = await office.receive(MONDAY, region=TENGGARONG)
    tksk, _ = await proposed(office, report)
    assert tksk.is_substitute and tksk.staff_id != own
    assert "tidak memiliki TKSK yang bertugas dan masih longgar" in tksk.reason
    # But an emergency goes to whoever is nearest, full or not.
    await office.move(report, S.RECEIVED, MONDAY, priority=Priority.EMERGENCY)
    tksk, _ = await proposed(office, report)
    assert (tksk.staff_id, tksk.is_substitute) == (own, False)
    assert tksk.reason.endswith("melebihi kapasitas karena darurat")


async def test_where_no_neighbour_can_the_division_has_it_alone(office: Office) -> None:
    async with office.acting(MONDAY) as act:
        await act.session.exec(delete(DistrictNeighbourRow))
    found = await proposed(office, await office.receive(MONDAY, region=TABANG))
    assert [one.role for one in found] == [Role.TEAM_MEMBER]


async def test_without_a_place_or_outside_the_regency_no_tksk_is_asked(office: Office) -> None:
    for region in (None, "64.02", "64"):
        found = await proposed(office, await office.receive(MONDAY, region=region))
        assert [one.role for one in found] == [Role.TEAM_MEMBER]


async def test_each_category_goes_to_a_division_that_can_follow_it_up(office: Office) -> None:
    async with office.database.write() as session:
        units = {row.id: row.code for row in await session.exec(select(OrgUnitRow))}
    found = {}
    for category in (None, *ReportCategory):
        (one,) = await proposed(office, await office.receive(MONDAY, category=category))
        assert one.role is Role.TEAM_MEMBER and one.staff_id is not None and one.unit_id is not None
        found[category] = units[one.unit_id]
    assert found[ReportCategory.AID_NOT_RECEIVED] == found[ReportCategory.BPJS_ACTIVATION] == "DINSOS-LINJAMSOS"
    assert found[ReportCategory.PPKS_SIGHTING] == found[ReportCategory.EMERGENCY] == "DINSOS-REHSOS"
    assert found[ReportCategory.WRONG_DATA] == found[None] == "DINSOS-PFM"


async def test_the_rules_have_a_source_and_no_two_say_the_same(office: Office) -> None:
    async with office.database.write() as session:
        rules = (await session.exec(select(RoutingRuleRow))).all()
    assert len({(rule.category, rule.ppks_code) for rule in rules}) == len(rules)
    assert all(rule.source and rule.why for rule in rules)


async def test_within_a_division_the_trained_come_first_and_the_reason_says_it(office: Office) -> None:
    report = await office.receive(MONDAY, category=ReportCategory.PPKS_SIGHTING, needs=("PPKS-08",))
    (one,) = await proposed(office, report)
    assert one.staff_id == (await person(office, "Oktaviani")).id
    assert one.reason.startswith(
        "Bidang Rehabilitasi Sosial menangani lanjut usia telantar; anggota tim, berkompetensi pendampingan lanjut "
        "usia, bertugas, beban "
    )
    assert one.reason.endswith("dari 8, satu-satunya yang bisa")


async def test_where_no_trained_member_can_a_colleague_steps_in_and_then_the_unit(office: Office) -> None:
    report = await office.receive(MONDAY, category=ReportCategory.PPKS_SIGHTING, needs=("PPKS-08",))
    off = [await person(office, name) for name in ("Oktaviani", "Jumri Hasan", "Andi Baso")]
    expected = ["Jumri Hasan", "Andi Baso", None]
    for somebody, next_ in zip(off, expected, strict=True):
        async with office.acting(MONDAY) as act:
            await act.session.exec(
                update(DutyShiftRow).where(col(DutyShiftRow.staff_id) == somebody.id).values(ends_at=MONDAY)
            )
        (one,) = await proposed(office, report)
        assert one.staff_id == (None if next_ is None else (await person(office, next_)).id)
        assert one.unit_id == somebody.unit_id
        words = "bidang menunjuk sendiri" if next_ is None else "belum ada yang bisa dengan kompetensi"
        assert words in one.reason


async def test_people_who_left_get_nothing(office: Office) -> None:
    own = await tksk_of(office, TENGGARONG)
    async with office.acting(MONDAY) as act:
        await act.session.exec(update(StaffRow).where(col(StaffRow.id) == own).values(active=False))
    tksk, _ = await proposed(office, await office.receive(MONDAY, region=TENGGARONG))
    assert tksk.is_substitute
    assert "Tenggarong tidak memiliki TKSK;" in tksk.reason


async def test_work_is_shared_out_by_load(office: Office) -> None:
    async with office.acting(MONDAY) as act:
        await act.session.exec(update(AssignmentRow).values(state=AssignmentState.COMPLETED))
    given = []
    for n in range(9):
        at = MONDAY + timedelta(minutes=n)
        report = await office.receive(at, category=ReportCategory.AID_REQUEST, priority=Priority.EMERGENCY)
        await suggest(office, report, at)
        ((_, name, state),) = await assignments(office, report)
        assert state is AssignmentState.ASSIGNED
        given.append(name)
    # Capacities 10 and 8: both are half full.
    assert {name: given.count(name) for name in set(given)} == {"Yuliana Devung": 5, "Yohanes Laing": 4}


async def test_suggestions_are_written_once_and_change_with_the_report(office: Office) -> None:
    report = await office.receive(MONDAY, category=ReportCategory.AID_NOT_RECEIVED, region=TENGGARONG)
    for _ in range(3):
        await suggest(office, report)
    first = await assignments(office, report)
    assert [(role, state) for role, _, state in first] == [
        (Role.TKSK, AssignmentState.SUGGESTED),
        (Role.TEAM_MEMBER, AssignmentState.SUGGESTED),
    ]
    await office.move(report, S.UNDER_VERIFICATION, MONDAY, category=ReportCategory.WRONG_DATA)
    await suggest(office, report)
    second = await assignments(office, report)
    assert second[0] == first[0] and second[1][1] != first[1][1]
    async with office.database.write() as session:
        suggested = (await session.exec(select(EventRow).where(EventRow.act == "assignmentSuggested"))).all()
        timeline = (await session.exec(select(EventRow).where(EventRow.report_id == report))).all()
    # In the feed, but not in the report's own timeline: nothing was done yet.
    assert [event.data["report"] for event in suggested] == [str(report)] * 3
    assert timeline == []


@pytest.mark.parametrize("status", [S.REJECTED, S.WITHDRAWN, S.DISPOSITIONED, S.IN_FOLLOW_UP])
async def test_whoever_has_the_report_is_not_suggested_away(office: Office, status: S) -> None:
    report = await office.receive(MONDAY, category=ReportCategory.AID_NOT_RECEIVED, region=TENGGARONG)
    chosen = await person(office, "Lenny Marlina")
    async with office.acting(MONDAY) as act:
        act.session.add(
            AssignmentRow(
                report_id=report, role=Role.DIVISION_HEAD, staff_id=chosen.id, unit_id=chosen.unit_id,
                assigned_at=MONDAY, state=AssignmentState.ASSIGNED,
            )
        )  # fmt: skip
    await suggest(office, report)
    assert {(role, state) for role, _, state in await assignments(office, report)} == {
        (Role.DIVISION_HEAD, AssignmentState.ASSIGNED),
        (Role.TKSK, AssignmentState.SUGGESTED),
    }
    await office.move(report, status, MONDAY)
    await suggest(office, report)
    # Passed on, it may still need its first assessor; ended, it needs nobody.
    left = [AssignmentState.SUGGESTED] if status in (S.DISPOSITIONED, S.IN_FOLLOW_UP) else []
    found = [state for _, _, state in await assignments(office, report)]
    assert sorted(found) == [AssignmentState.ASSIGNED, *left]


async def test_an_emergency_is_assigned_at_once_and_only_once(office: Office) -> None:
    report = await office.receive(
        MONDAY, category=ReportCategory.EMERGENCY, region=TENGGARONG, priority=Priority.EMERGENCY
    )
    for _ in range(2):
        await suggest(office, report)
    assert [(role, state) for role, _, state in await assignments(office, report)] == [
        (Role.TKSK, AssignmentState.ASSIGNED),
        (Role.TEAM_MEMBER, AssignmentState.ASSIGNED),
    ]


@pytest.mark.parametrize(
    ("category", "needs", "urgent"),
    [
        (ReportCategory.EMERGENCY, (), True),
        (ReportCategory.PPKS_SIGHTING, ("PPKS-09", "PPKS-06"), True),
        (None, ("PPKS-19",), True),
        (ReportCategory.AID_REQUEST, ("PPKS-21",), True),
        (ReportCategory.AID_REQUEST, ("PPKS-09",), False),
        (None, (), False),
    ],
)
async def test_a_child_at_risk_violence_and_disaster_jump_the_queue(
    office: Office, category: ReportCategory | None, needs: tuple[str, ...], urgent: bool
) -> None:
    async with office.acting(MONDAY) as act:
        assert await routing.is_urgent(act, category, needs) is urgent


async def test_a_choice_made_by_hand_is_explained_too(office: Office) -> None:
    report = await office.receive(MONDAY, category=ReportCategory.AID_NOT_RECEIVED)
    (one,) = await proposed(office, report)
    assert one.staff_id is not None
    other = await person(office, "Yuliana Devung")
    async with office.acting(MONDAY) as act:
        row = (await act.session.exec(select(ReportRow).where(ReportRow.id == report))).one()
        assert await routing.explain(act, row, one.staff_id, Role.TEAM_MEMBER) == f"Sesuai saran: {one.reason}"
        words = await routing.explain(act, row, other.id, Role.TEAM_MEMBER)
        assert words.startswith("Dipilih oleh pemberi disposisi; bertugas, beban ") and words.endswith(" dari 10")
        words = await routing.explain(act, row, other.id, Role.TKSK)
        assert words.startswith("Dipilih oleh pemberi disposisi; tidak memegang peran ini")
