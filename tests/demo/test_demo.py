"""The demo holds exactly what the study counted, hangs together, and shows no number of anybody."""

import re
from collections import Counter, defaultdict
from itertools import pairwise

from sqlalchemy import JSON, String, Uuid
from sqlmodel import select

from integration.access.masks import SIXTEEN
from integration.access.sealing import Sealer
from integration.access.tables import AccountRow
from integration.codes import EmploymentStatus, MatchState, ReportCategory, ReportStatus, Role, Sensitivity
from integration.datafiles import read_csv
from integration.db.base import METADATA
from integration.db.engine import Database
from integration.demo.load import demo_loaded, load_demo
from integration.demo.people import PEOPLE
from integration.demo.reports import DEMO_NUMBER, DEMO_TRACKING_CODE, tracking_code
from integration.events.tables import EventRow
from integration.people.tables import FamilyRow, PersonPpksRow, PersonRow
from integration.policy.tables import MilestoneRow, PolicyFollowUpRow
from integration.registry.tables import EnrolmentRow, RegistryRecordRow, RegistryReleaseRow
from integration.reports.tables import (
    MatchCandidateRow,
    MessageRow,
    ReporterRow,
    ReportNumberRow,
    ReportRow,
    ReportSubjectRow,
)
from integration.staff.tables import StaffRoleRow, StaffRow

# Table 3.1 of the study of SIMASOS.
BANDS = (">55", "51-55", "46-50", "39-45", "30-38")
STAFF = {EmploymentStatus.ASN: (18, 11, 19, 20, 5), EmploymentStatus.NON_ASN: (1, 3, 3, 14, 12)}


async def test_staff_come_out_as_in_table_3_1(database: Database) -> None:
    async with database.write() as session:
        staff = (await session.exec(select(StaffRow))).all()
    printed = {(employment, band): n for employment, row in STAFF.items() for band, n in zip(BANDS, row, strict=True)}
    assert Counter((row.employment, row.age_band) for row in staff) == printed
    assert len(staff) == 106


async def test_every_kecamatan_has_one_tksk_but_for_two_vacant(database: Database) -> None:
    async with database.write() as session:
        districts = (
            await session.exec(
                select(StaffRow.district_code)
                .join(StaffRoleRow, StaffRoleRow.staff_id == StaffRow.id)  # type: ignore[arg-type]
                .where(StaffRoleRow.role == Role.TKSK)
            )
        ).all()
    assert len(set(districts)) == len(districts)
    every = {f"64.02.{number:02}" for number in range(1, 21)}
    assert every - set(districts) == {"64.02.12", "64.02.19"}


async def test_the_accounts_are_who_the_readme_says(database: Database) -> None:
    async with database.write() as session:
        accounts = {row.subject: row for row in await session.exec(select(AccountRow))}
        roles: dict[object, set[Role]] = defaultdict(set)
        for held in await session.exec(select(StaffRoleRow)):
            roles[held.staff_id].add(held.role)
        tenggarong = await session.get(StaffRow, accounts["demo-tksk"].staff_id)
        division = await session.get(StaffRow, accounts["demo-division"].staff_id)
        member = await session.get(StaffRow, accounts["demo-member"].staff_id)
    assert tenggarong and tenggarong.district_code == "64.02.06"
    assert division and member and division.unit_id == member.unit_id is not None
    inside = {
        "demo-admin": Role.ADMIN, "demo-lead": Role.TEAM_LEAD, "demo-secretary": Role.SECRETARY,
        "demo-head": Role.AGENCY_HEAD, "demo-division": Role.DIVISION_HEAD, "demo-member": Role.TEAM_MEMBER,
        "demo-tksk": Role.TKSK, "demo-verifier": Role.VERIFIER,
    }  # fmt: skip
    for subject, role in inside.items():
        assert roles[accounts[subject].staff_id] == {role}
        assert accounts[subject].roles == []
        # A verifier works on the whole regency; other areas come from the staff list.
        assert accounts[subject].regions == (["64.02"] if role is Role.VERIFIER else [])
    outside = {
        "demo-opd-dinkes": ["OPD_CLIENT"], "demo-analyst": ["ANALYST"], "demo-auditor": ["AUDITOR"],
        "demo-citizen": ["CITIZEN"], "demo-village": ["VILLAGE_OPERATOR"],
    }  # fmt: skip
    assert {subject: accounts[subject].roles for subject in outside} == outside


async def test_the_fourteen_reports_of_the_quarter(database: Database, sealer: Sealer) -> None:
    async with database.write() as session:
        reports = (await session.exec(select(ReportRow).order_by(ReportRow.number))).all()
        last = (await session.exec(select(ReportNumberRow))).one()
        citizen = (await session.exec(select(ReporterRow).where(ReporterRow.account_id != None))).one()  # noqa: E711
        inbound = (await session.exec(select(MessageRow).where(MessageRow.direction == "INBOUND"))).all()
    assert [report.number for report in reports] == [f"SIM-2024-{n:06}" for n in range(1, 15)]
    assert (last.year, last.last) == (2024, 14)
    assert Counter(report.category for report in reports) == {
        ReportCategory.AID_NOT_RECEIVED: 7,
        ReportCategory.BPJS_ACTIVATION: 3,
        ReportCategory.AID_REQUEST: 4,
    }
    moments = [report.received_at for report in reports]
    assert moments == sorted(moments) and moments[0].year == moments[-1].year == 2024 and moments[-1].month == 3
    assert [report.id for report in reports] == sorted(report.id for report in reports)
    assert any(report.sensitivity is Sensitivity.CONFIDENTIAL for report in reports)
    assert any(report.region_code is None for report in reports)
    assert sum(report.reporter_id == citizen.id for report in reports) == 2
    assert Counter(message.report_id for message in inbound) == {report.id: 1 for report in reports}
    words = {message.report_id: sealer.open("message.text", message.text_sealed or b"") for message in inbound}
    assert words == {r.id: sealer.open("report.description", r.description_sealed or b"") for r in reports}


async def test_the_published_receipt_opens_its_report_and_no_other(database: Database, sealer: Sealer) -> None:
    async with database.write() as session:
        reports = (await session.exec(select(ReportRow))).all()
    hashes = {report.number: report.tracking_hash for report in reports}
    assert [n for n, made in hashes.items() if made == sealer.index("tracking", DEMO_TRACKING_CODE)] == [DEMO_NUMBER]
    assert len(set(hashes.values())) == len(hashes)
    assert all(made == sealer.index("tracking", tracking_code(sealer, number)) for number, made in hashes.items())


async def test_each_report_was_led_to_where_it_stands_by_its_events(database: Database) -> None:
    async with database.write() as session:
        reports = (await session.exec(select(ReportRow))).all()
        events = (await session.exec(select(EventRow).order_by(EventRow.id))).all()  # type: ignore[arg-type]
    assert [event.at for event in events] == sorted(event.at for event in events)
    for report in reports:
        own = [event for event in events if event.report_id == report.id]
        assert (own[0].act, own[0].from_status, own[0].to_status) == ("reportReceived", None, ReportStatus.RECEIVED)
        for earlier, later in pairwise(own):
            assert later.from_status == earlier.to_status
            assert later.actor_staff_id is not None
        assert own[-1].to_status == report.status
        assert own[-1].at == report.updated_at
        assert report.version == len(own)
        assert (report.outcome is not None) == (report.status is ReportStatus.ARCHIVED)


async def test_a_subject_has_as_many_candidates_as_its_state_says(database: Database) -> None:
    async with database.write() as session:
        subjects = (await session.exec(select(ReportSubjectRow))).all()
        found = Counter((await session.exec(select(MatchCandidateRow.subject_id))).all())
    expected = {MatchState.CONFIRMED: 1, MatchState.SUGGESTED: 1, MatchState.AMBIGUOUS: 2, MatchState.UNMATCHED: 0}
    assert {subject.match_state for subject in subjects} == set(expected)
    for subject in subjects:
        assert found[subject.id] == expected[subject.match_state]
        assert (subject.person_id is not None) == (expected[subject.match_state] == 1)


async def test_no_report_has_changed_a_policy_yet(database: Database) -> None:
    async with database.write() as session:
        statuses = set(await session.exec(select(PolicyFollowUpRow.status)))
        completed = [row for row in await session.exec(select(MilestoneRow)) if row.completed_at]
    assert statuses == {"PROPOSED", "UNDER_REVIEW"}
    assert completed == []


async def test_everybody_of_the_file_is_found_by_number(database: Database, sealer: Sealer) -> None:
    lines = read_csv(PEOPLE)
    async with database.write() as session:
        people = {row.nik_index: row for row in await session.exec(select(PersonRow))}
        families = {row.id: row for row in await session.exec(select(FamilyRow))}
    assert len(people) == len(lines) == 1001
    for line in lines:
        person = people[sealer.index("nik", line["nik"])]
        assert sealer.open("nik", person.nik_sealed or b"") == line["nik"]
        assert person.family_id is not None
        assert sealer.open("kk", families[person.family_id].kk_sealed or b"") == line["kk"]
        assert person.deceased == bool(line["died_on"])


async def test_the_two_releases_differ_as_releases_do(database: Database) -> None:
    async with database.write() as session:
        older, newer = (await session.exec(select(RegistryReleaseRow).order_by(RegistryReleaseRow.period))).all()
        records = (await session.exec(select(RegistryRecordRow))).all()
    assert (older.scheme, newer.scheme, newer.supersedes_id) == ("DTKS", "DTSEN", older.id)
    before = {record.person_id: record for record in records if record.release_id == older.id}
    after = {record.person_id: record for record in records if record.release_id == newer.id}
    assert (older.people, newer.people) == (len(before), len(after)) and older.people == 1001
    assert after.keys() < before.keys()
    assert any(after[person].desil != before[person].desil for person in after)
    assert {record.status for record in after.values()} == {"ACTIVE", "INACTIVE", "REMOVED"}
    assert len({record.as_of.year for record in after.values() if record.as_of}) == 3


async def test_nothing_is_recorded_of_anybody_before_birth(database: Database) -> None:
    async with database.write() as session:
        born = {row.id: row.birth_date for row in await session.exec(select(PersonRow))}
        enrolments = (await session.exec(select(EnrolmentRow))).all()
        records = (await session.exec(select(RegistryRecordRow))).all()
        needs = (await session.exec(select(PersonPpksRow))).all()
    days = [(row.person_id, row.from_date) for row in enrolments if row.from_date]
    days += [(row.person_id, row.as_of) for row in records if row.as_of]
    days += [(row.person_id, row.since) for row in needs if row.since]
    assert all(day >= birth for person, day in days if (birth := born[person]) is not None)
    assert all(row.to_date >= row.from_date for row in enrolments if row.to_date and row.from_date)


async def test_the_demo_is_never_loaded_twice(database: Database, sealer: Sealer) -> None:
    assert await demo_loaded(database)
    assert not await load_demo(database, sealer, lambda _: None)
    async with database.write() as session:
        assert len((await session.exec(select(StaffRow))).all()) == 106


async def test_a_database_with_one_real_person_gets_no_demo(empty_database: Database, sealer: Sealer) -> None:
    assert not await demo_loaded(empty_database)
    async with empty_database.write() as session:
        session.add(PersonRow(name="Warga", name_key="warga"))
    assert not await load_demo(empty_database, sealer, lambda _: None)
    async with empty_database.write() as session:
        assert (await session.exec(select(ReportRow))).all() == []


async def test_no_identity_number_and_no_phone_lies_open_in_any_column(database: Database) -> None:
    looked_at = 0
    async with database.readers.snapshot() as snapshot:
        for table in METADATA.sorted_tables:
            # An id may hold sixteen digits by chance; it is made of time and chance, not of anybody's number.
            columns = [c for c in table.columns if not isinstance(c.type, Uuid)]
            names = ", ".join(f'"{column.name}"' for column in columns) or "1"
            for row in await snapshot.fetch(f'SELECT {names} FROM "{table.name}"', []):
                for column, value in zip(columns, row, strict=False):
                    looked_at += isinstance(column.type, String | JSON) or isinstance(value, bytes)
                    words = value.decode("latin-1") if isinstance(value, bytes) else str(value)
                    assert not SIXTEEN.search(words), (table.name, column.name)
                    assert not re.search(r"62800\d{4}", words), (table.name, column.name)
    assert looked_at > 10_000
