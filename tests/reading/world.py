"""What the demo data does not have: the corners. Rows by lot (the same for the same seed), added to a demo database.

Equal moments, empty dates, people named twice in a report, homonyms, confidential reports given to persons,
units and nobody,
returned assignments, families across districts, shared NIKs, follow-ups of other agencies,
newest releases of equal moments.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from sqlmodel import SQLModel

from integration import codes
from integration.access.sealing import Sealer
from integration.access.tables import AccountRow
from integration.assignments.tables import AssignmentRow
from integration.db.engine import Database
from integration.events.tables import EventRow
from integration.people.tables import FamilyRow, PersonPpksRow, PersonRow
from integration.registry.tables import EnrolmentRow, RegistryRecordRow, RegistryReleaseRow
from integration.reports.fixing import fix_periods
from integration.reports.procedure import DispositionRow
from integration.reports.tables import (
    MatchCandidateRow,
    MatchEvidenceRow,
    MessageRow,
    ReporterRow,
    ReportPpksTypeRow,
    ReportRow,
    ReportSubjectRow,
)
from integration.settings import Settings
from integration.staff.tables import DutyShiftRow, StaffRoleRow, StaffRow
from tests.reading.conditions import words
from tests.reading.state import State, load
from tests.reading.world_acts import add_acts, finish_reports
from tests.reading.world_figures import add_figures
from tests.reading.world_imports import add_imports
from tests.reading.world_measures import add_measures
from tests.reading.world_parts import suggestions
from tests.reading.world_policy import add_policy
from tests.reading.world_proposals import add_proposals
from tests.reading.world_steps import add_steps

T = TypeVar("T")

# Few moments and few places, so that much is equal and much falls together.
_PLACES = ("64.02.06", "64.02.06.1001", "64.02.06.2012", "64.02.05", "64.02.01.2001", "64.02")
_NAMES = ("Siti Aminah", "siti aminah", "Siti  Nur-Hasanah", "Budi", "Ányá Übung", "Zulkifli 2", "-", "Ahmad % Yani_")
_EXTRA_ACCOUNTS = {
    "test-village": (["VILLAGE_OPERATOR"], ["64.02.06.1001"]),
    "test-two-areas": (["VERIFIER", "TKSK"], ["64.02.05", "64.02.06.2012"]),
    "test-member": (["TEAM_MEMBER"], []),
    "test-superapp": (["SYSTEM_CLIENT"], []),
    "test-citizen-analyst": (["CITIZEN", "ANALYST"], ["64.02"]),
    "test-citizen-village": (["CITIZEN", "VILLAGE_OPERATOR"], ["64.02.06.1001", "64.02.06.2012"]),
    "test-nobody": (["ROLE_OF_TOMORROW"], ["64.02"]),
}


class World:
    """Adds rows by lot."""

    def __init__(self, state: State, sealer: Sealer, seed: int, size: int) -> None:
        self._random = Random(seed)
        self._state = state
        self._sealer = sealer
        self._size = size
        self._now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
        self.rows: list[list[Any]] = []

    def make(self) -> None:
        """All rows, in the order their tables must be filled."""
        staff, accounts = self._staff(), self._accounts()
        people = self._people()
        reports = self._reports(accounts)
        finish_reports(self, reports)
        self._parts(reports, [person.id for person in people])
        self._assignments(reports, [*staff, *(row.id for row in self._state.all("StaffMember") if row.district_code)])
        add_steps(self, reports)
        add_policy(self, reports)
        add_proposals(self, reports, people)
        add_imports(self)
        add_measures(self)
        add_figures(self)
        add_acts(self, reports)

    # --- lots

    def _one(self, values: Sequence[T]) -> T:
        return self._random.choice(values)

    def _maybe(self, value: T, chance: float = 0.5) -> T | None:
        return value if self._random.random() < chance else None

    def _some(self, values: Sequence[T], most: int) -> list[T]:
        return self._random.sample(list(values), self._random.randint(0, min(most, len(values))))

    def _moment(self) -> datetime:
        """One of few moments, long past or just past, some with fractions of a second, none near a time limit."""
        days = self._one((1, 1, 2, 30, 400))
        return self._now - timedelta(days=days, hours=self._one((3, 4)), microseconds=self._one((0, 0, 1, 500_000)))

    def _codes(self, noun: str) -> list[str]:
        return [row.code for row in self._state.all(noun)]

    def _nik(self) -> str:
        return f"640206{self._random.randint(1, 28):02}0180{self._random.randint(9000, 9030)}"

    def _text(self) -> str:
        nik = self._nik()
        spaced = " ".join(nik[i : i + 4] for i in range(0, 16, 4))
        return self._one((
            "Mohon bantuan", f"NIK {nik}, terima kasih", f"NIK saya {spaced} dan {nik}",
            f"{nik[:6]}.{nik[6:12]}-{nik[12:]}",
            f"rekening {nik}12 bukan NIK", f"62800 {nik}", "\n\t\"kutip\" \\ 'x' \N{SMILING FACE WITH OPEN MOUTH}", "",
        ))  # fmt: skip

    def _add(self, rows: Sequence[SQLModel]) -> None:
        self.rows.append(list(rows))

    # --- who works here

    def _staff(self) -> list[UUID]:
        units = [row.id for row in self._state.all("OrgUnit")]
        rows = [
            StaffRow(
                name=self._one(("Rina", "rina", "Ágnes", "Rina, S.Sos")), unit_id=self._maybe(self._one(units), 0.7),
                employment=self._one(list(codes.EmploymentStatus)), age_band=self._one((">55", "39-45", "30-38")),
                district_code=self._maybe(self._one(_PLACES), 0.3), capacity=self._one((0, 5)), active=n % 4 != 0,
            )
            for n in range(8)
        ]  # fmt: skip
        self._add(rows)
        some = [StaffRoleRow(staff_id=row.id, role=role) for row in rows for role in self._some(list(codes.Role), 3)]
        self._add(some)
        hours = (-30, -2, 5)
        self._add([
            DutyShiftRow(
                staff_id=row.id, starts_at=self._now + timedelta(hours=self._one(hours)),
                ends_at=self._maybe(self._now + timedelta(hours=self._one((-1, 6, 30)))),
            )
            for row in rows
        ])  # fmt: skip
        self._add(
            [AccountRow(subject="test-inactive", name="Petugas lama", staff_id=rows[0].id, roles=["TEAM_MEMBER"])]
        )
        return [row.id for row in rows]

    def _accounts(self) -> list[UUID]:
        dinkes = next(row.id for row in self._state.all("Organization") if row.code == "DINKES")
        rows = [
            AccountRow(subject=subject, name=subject, roles=roles, regions=regions, organization_id=self._maybe(dinkes))
            for subject, (roles, regions) in _EXTRA_ACCOUNTS.items()
        ]
        self._add(rows)
        return [row.id for row in rows] + [
            row.id for row in self._state.all("Account") if row.subject == "demo-citizen"
        ]

    # --- people

    def _people(self) -> list[PersonRow]:
        families = [
            FamilyRow(
                kk_sealed=self._maybe(self._sealer.seal("kk", self._nik()), 0.9),
                region_code=self._maybe(self._one(_PLACES), 0.9),
            )
            for _ in range(self._size // 3)
        ]
        self._add(families)
        people = [self._person([family.id for family in families]) for _ in range(self._size)]
        self._add(people)
        self._add(
            [PersonPpksRow(person_id=p.id, ppks_code=c) for p in people for c in self._some(self._codes("PpksType"), 3)]
        )
        self._registry(people)
        return people

    def _person(self, families: list[UUID]) -> PersonRow:
        name, nik = self._one(_NAMES), self._maybe(self._nik(), 0.9)
        return PersonRow(
            name=name, name_key=" ".join(words(name)), nik_sealed=self._sealer.seal_optional("nik", nik),
            nik_index=self._sealer.index("nik", nik) if nik else None, sex=self._maybe(self._one(list(codes.Sex))),
            birth_date=self._maybe(date(1980, 1, 1)), region_code=self._maybe(self._one(_PLACES), 0.8),
            deceased=self._one((True, False, None)), family_id=self._maybe(self._one(families), 0.8),
            family_order=self._one((0, 0, 1, 2)),
        )  # fmt: skip

    def _registry(self, people: list[PersonRow]) -> None:
        newest = datetime(2026, 9, 20, 2, tzinfo=UTC)
        releases = [
            RegistryReleaseRow(scheme=scheme, period="2026-Q3", received_at=at, source="Data uji", people=7)
            for scheme, at in (
                (codes.RegistryScheme.DTSEN, newest), (codes.RegistryScheme.DTSEN, newest),
                (codes.RegistryScheme.DTKS, newest + timedelta(days=9)),
            )
        ]  # fmt: skip
        self._add(releases)
        today = self._now.date()
        self._add([
            RegistryRecordRow(
                person_id=person.id, release_id=release.id, desil=self._maybe(self._random.randint(1, 10), 0.8),
                status=self._one(list(codes.RegistryStatus)),
                as_of=today - timedelta(days=self._one((1, 363, 367, 728, 732))),
            )
            for person in people for release in self._some(releases, 3)
        ])  # fmt: skip
        days = (None, date(2020, 1, 1), date(2020, 1, 1), date(2024, 5, 5))
        self._add([
            EnrolmentRow(
                person_id=person.id, programme_code=code, status=self._one(list(codes.EnrolmentStatus)),
                from_date=self._one(days), to_date=self._one(days),
            )
            for person in people for code in self._some(self._codes("Programme") * 2, 3)
        ])  # fmt: skip

    # --- reports

    def _reports(self, accounts: list[UUID]) -> list[ReportRow]:
        reporters = [
            ReporterRow(
                kind=self._one(list(codes.ReporterKind)), name=self._maybe("Pelapor"),
                organization_name=self._maybe("LKS"),
                language=self._one(list(codes.Language)),
                phone_sealed=self._maybe(self._sealer.seal("phone", "+6280012349001")),
                account_id=self._maybe(self._one(accounts), 0.6),
            )
            for _ in range(self._size // 4)
        ]  # fmt: skip
        self._add(reporters)
        reports = [self._report(n, [one.id for one in reporters]) for n in range(self._size)]
        self._add(reports)
        self._add(
            [
                ReportPpksTypeRow(report_id=r.id, ppks_code=c)
                for r in reports
                for c in self._some(self._codes("PpksType")[:6], 3)
            ]
        )
        return reports

    def _report(self, n: int, reporters: list[UUID]) -> ReportRow:
        soon = self._now + timedelta(hours=self._one((-30, -2, 5, 22, 26, 300)))
        at_risk = soon - timedelta(hours=self._one((1, 6, 48)))
        return ReportRow(
            number=f"SIM-2025-{n:06}", tracking_hash=b"x", version=self._one((1, 2, 17)),
            channel=self._one(list(codes.ChannelKind)), entry_point=self._maybe("instagram"),
            status=self._one(list(codes.ReportStatus)),
            category=self._maybe(self._one(list(codes.ReportCategory)), 0.8),
            priority=self._one(list(codes.Priority)), sensitivity=self._one(list(codes.Sensitivity)),
            outcome=self._maybe(self._one(list(codes.ReportOutcome)), 0.3),
            description_sealed=self._maybe(self._sealer.seal("report.description", self._text()), 0.9),
            region_code=self._maybe(self._one(_PLACES), 0.8), reporter_id=self._maybe(self._one(reporters), 0.8),
            received_at=self._moment(), updated_at=self._moment(), due_at=self._maybe(soon, 0.6),
            at_risk_at=self._maybe(at_risk, 0.8),
            reopenable_until=self._maybe(soon, 0.3),
        )  # fmt: skip

    def _parts(self, reports: list[ReportRow], people: list[UUID]) -> None:
        subjects = []
        for report in reports:
            named = [self._one(people), self._one(people)]
            for _ in range(self._random.randint(0, 4)):
                nik = self._maybe(self._nik())
                subjects.append(ReportSubjectRow(
                    report_id=report.id, name=self._maybe(self._one(_NAMES)), approximate_age=self._maybe(40),
                    nik_sealed=self._sealer.seal_optional("nik", nik), sex=self._maybe(codes.Sex.FEMALE),
                    region_code=self._maybe(self._one(_PLACES)), match_state=self._one(list(codes.MatchState)),
                    searched=self._maybe(self._one(("NIK", "VILLAGE,AGE,NAME"))),
                    note_sealed=self._maybe(self._sealer.seal("subject.note", self._text())),
                    person_id=self._maybe(self._one(named), 0.6),
                ))  # fmt: skip
        self._add(subjects)
        candidates = [
            MatchCandidateRow(subject_id=subject.id, person_id=self._one(people),
            score=self._one((0.5, 0.5, 0.25, 1.0)))
            for subject in subjects for _ in range(self._random.randint(0, 3))
        ]  # fmt: skip
        self._add(candidates)
        self._add([
            MatchEvidenceRow(candidate_id=one.id, field=name, comparison="exact", weight=self._one((0.5, -0.25)))
            for one in candidates for name in self._some(("nik", "name", "birthDate"), 3)
        ])  # fmt: skip
        messages = [self._message(report) for report in reports for _ in range(self._random.randint(0, 4))]
        self._add(messages)
        self._add(suggestions(self, messages))
        self._add([self._event(report) for report in reports for _ in range(self._random.randint(0, 4))])

    def _message(self, report: ReportRow) -> MessageRow:
        inbound = self._random.random() < 0.5
        return MessageRow(
            report_id=report.id, channel=report.channel, kind=self._one(("text", "image")),
            direction=codes.MessageDirection.INBOUND if inbound else codes.MessageDirection.OUTBOUND,
            text_sealed=self._maybe(self._sealer.seal("message.text", self._text()), 0.9), at=self._moment(),
            delivery_state=None if inbound else self._one(list(codes.DeliveryState)),
        )  # fmt: skip

    def _event(self, report: ReportRow) -> EventRow:
        states = (None, *codes.ReportStatus)
        return EventRow(
            at=self._moment(), act="reportVerify", noun="Report", noun_id=report.id, report_id=report.id,
            sop_step=self._maybe(2), from_status=self._one(states), to_status=self._one(states),
            actor=self._maybe("demo-admin"),
            note_sealed=self._maybe(self._sealer.seal("event.note", self._text())),
            legal_basis_id=self._maybe(self._one(self._state.all("LegalBasis")).id),
            actor_staff_id=self._maybe(self._one(self._state.all("StaffMember")).id),
        )  # fmt: skip

    def _assignments(self, reports: list[ReportRow], staff: list[UUID]) -> None:
        signed_in = [row.staff_id for row in self._state.all("Account") if row.staff_id]
        units = [row.id for row in self._state.all("OrgUnit") if "DINSOS" in row.code] or [
            row.id for row in self._state.all("OrgUnit")
        ]
        held = {row.unit_id for row in self._state.all("StaffMember") if row.id in signed_in and row.unit_id}
        rows = [
            AssignmentRow(
                report_id=report.id, role=self._one(list(codes.Role)),
                staff_id=self._maybe(self._one([*signed_in, *staff]), 0.6),
                unit_id=self._maybe(self._one([*held, *units]), 0.7),
                instruction_sealed=self._maybe(self._sealer.seal("assignment.instruction", self._text())),
                assigned_at=self._moment(), due_at=self._maybe(self._moment()),
                state=self._one(list(codes.AssignmentState)), reason=self._maybe("beban kerja"),
            )
            for report in reports for _ in range(self._random.randint(0, 4))
        ]  # fmt: skip
        self._add(rows)
        for report in reports:
            self._dispositions([row for row in rows if row.report_id == report.id], staff)

    def _dispositions(self, assignments: list[AssignmentRow], staff: list[UUID]) -> None:
        before: list[DispositionRow] = []
        for number, assignment in enumerate(assignments, 1):
            sheet = DispositionRow(
                report_id=assignment.report_id, number=number, assignment_id=assignment.id,
                parent_id=self._maybe(before[-1].id) if before else None,
                from_staff_id=self._maybe(self._one(staff), 0.7),
                instruction_sealed=self._sealer.seal("disposition.instruction", self._text()),
                due_at=self._maybe(self._moment()), at=self._moment(),
            )  # fmt: skip
            before.append(sheet)
            self._add([sheet])


async def fill(database: Database, sealer: Sealer, seed: int, size: int = 45) -> None:
    """Add the corners to a demo database."""
    world = World(await load(database, sealer), sealer, seed, size)
    world.make()
    async with database.write() as session:
        for rows in world.rows:
            session.add_all(rows)
            await session.flush()
        # What is published is fixed by the worker; that it counts right is for `tests/statistics` to say.
        await fix_periods(session, Settings.model_construct(), datetime.now(UTC))
