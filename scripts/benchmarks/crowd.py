"""Made-up reports, people, families, assignments and follow-ups in bulk: the same values at every run.

Only ids and sealed bytes differ (a nonce is never used twice), and the ids' random part only between seeds. Every row is
given with the columns of its table, parents before children, so that a database can check each of them.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID

from integration.access.sealing import Sealer
from integration.codes import (
    AssignmentState,
    ChannelKind,
    PolicyStatus,
    Priority,
    ProtectionDimension,
    RegistryStatus,
    ReportCategory,
    ReportStatus,
    Role,
    Sensitivity,
    Sex,
)
from integration.demo.people import PEOPLE
from integration.matching.fold import fold
from integration.reference import read_csv
from integration.reports.numbers import WITA
from scripts.benchmarks.amounts import FIRST_DAY, LAST_DAY, Amounts

Batch: TypeAlias = tuple[str, tuple[str, ...], list[tuple[Any, ...]]]

SEED = 20_260_701
# Demo reports have the low numbers of their year.
_FIRST_NUMBER = 1_000
_LOT = 20_000

_NEEDS = ("belum pernah menerima bantuan", "tidak bisa berjalan dan perlu kursi roda", "rumahnya rusak berat",
          "kartu BPJS tidak aktif", "sakit dan tinggal sendirian", "anaknya putus sekolah", "tidak punya penghasilan")  # fmt: skip
_STATUSES = (ReportStatus.ARCHIVED, ReportStatus.IN_FOLLOW_UP, ReportStatus.REPLY_SENT, ReportStatus.RECEIVED,
             ReportStatus.DISPOSITIONED, ReportStatus.UNDER_VERIFICATION, ReportStatus.REJECTED, ReportStatus.NEEDS_INFO)  # fmt: skip
_STATUS_WEIGHTS = (50, 12, 8, 8, 7, 6, 5, 4)
_CHANNELS = (ChannelKind.WHATSAPP, ChannelKind.WALK_IN, ChannelKind.SUPERAPP, ChannelKind.PHONE, ChannelKind.TKSK_FIELD)
_CHANNEL_WEIGHTS = (55, 20, 12, 5, 8)
_HANDLERS = (Role.DIVISION_HEAD, Role.TKSK, Role.TEAM_MEMBER)
_STATES = (AssignmentState.COMPLETED, AssignmentState.ACKNOWLEDGED, AssignmentState.ASSIGNED)


@dataclass(frozen=True, slots=True)
class Ground:
    """What is there already and is pointed at."""

    villages: list[tuple[str, str]]
    ppks_codes: list[str]
    programme_codes: list[str]
    staff: list[tuple[UUID, UUID | None]]
    organizations: list[UUID]
    dtks: UUID
    dtsen: UUID
    legal_basis: UUID | None


@dataclass(slots=True)
class Crowd:
    """The generator. Iterate `batches()` once."""

    amounts: Amounts
    sealer: Sealer
    ground: Ground
    _draw: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311 - made-up data must repeat
    _people: list[tuple[UUID, str, str]] = field(default_factory=list)
    _numbers: dict[int, int] = field(default_factory=dict)

    def batches(self) -> Iterator[Batch]:
        """All rows in an order that foreign keys allow."""
        yield from self._registry()
        follow_ups = [self._id(LAST_DAY - timedelta(days=n % 1_500)) for n in range(self.amounts.follow_ups)]
        yield from self._policy(follow_ups)
        spread = (LAST_DAY - FIRST_DAY) / self.amounts.reports
        extra = self._extra_assignments()
        for start in range(0, self.amounts.reports, _LOT):
            lot = _Lot(self, follow_ups)
            for n in range(start, min(start + _LOT, self.amounts.reports)):
                lot.add(FIRST_DAY + spread * n + spread * self._draw.random(), 1 + extra[n])
            yield from lot.batches()
        yield "report_number", ("year", "last"), list(self._numbers.items())

    def _extra_assignments(self) -> list[int]:
        extra = [0] * self.amounts.reports
        for n in self._draw.choices(range(self.amounts.reports), k=self.amounts.assignments - self.amounts.reports):
            extra[n] += 1
        return extra

    def _id(self, at: datetime) -> UUID:
        bits = self._draw.getrandbits(74)
        value = (
            (int(at.timestamp() * 1000) << 80)
            | (0x7 << 76)
            | ((bits >> 62) << 64)
            | (0x2 << 62)
            | (bits & (1 << 62) - 1)
        )
        return UUID(int=value)

    # --- people

    def _registry(self) -> Iterator[Batch]:
        draw, sealer, amounts = self._draw, self.sealer, self.amounts
        made = datetime(2024, 3, 1, tzinfo=UTC)
        given: dict[str, list[str]] = {"L": [], "P": []}
        for line in read_csv(PEOPLE):
            given[line["sex"]].append(line["name"].split()[0])
        lasts = sorted({name for line in read_csv(PEOPLE) for name in line["name"].split()[1:]})
        family_ids = [self._id(made) for _ in range(amounts.families)]
        homes = [draw.choice(self.ground.villages)[0] for _ in range(amounts.families)]
        families = []
        for family_id, home in zip(family_ids, homes, strict=True):
            kk = f"{home[:8].replace('.', '')}{draw.randint(1, 28):02}{draw.randint(1, 12):02}{draw.randint(0, 25):02}9{draw.randint(0, 999):03}"
            families.append((family_id, sealer.seal("kk", kk), sealer.index("kk", kk), home))
        yield "family", ("id", "kk_sealed", "kk_index", "region_code"), families
        # Every family has somebody; the others join one by lot, so households have one to a dozen members.
        house_of = [
            *range(amounts.families),
            *draw.choices(range(amounts.families), k=amounts.people - amounts.families),
        ]
        orders, niks, people, records, enrolments, needs = [0] * amounts.families, set(), [], [], [], []
        for house in house_of:
            sex = draw.choice("LP")
            born = date(1940, 1, 1) + timedelta(days=draw.randrange(30_000))
            home, name = homes[house], f"{draw.choice(given[sex])} {draw.choice(lasts)}"
            nik = self._nik(home, born, sex, niks)
            person_id = self._id(made)
            people.append((
                person_id, name, fold(name), sealer.seal("nik", nik), sealer.index("nik", nik),
                Sex.MALE.value if sex == "L" else Sex.FEMALE.value, born, home, False, family_ids[house], orders[house],
            ))  # fmt: skip
            orders[house] += 1
            self._people.append((person_id, name, nik))
            desil = draw.randint(1, 10)
            records.append(
                (self._id(made), person_id, self.ground.dtks, desil, RegistryStatus.ACTIVE.value, date(2024, 3, 1))
            )
            if draw.random() < 0.95:
                now = min(10, max(1, desil + draw.choice((-1, 0, 0, 1))))
                records.append(
                    (self._id(made), person_id, self.ground.dtsen, now, RegistryStatus.ACTIVE.value, date(2026, 8, 31))
                )
            if draw.random() < 0.4:
                enrolments.append(
                    (
                        self._id(made),
                        person_id,
                        draw.choice(self.ground.programme_codes),
                        "ACTIVE",
                        date(2021, 1, 1),
                        None,
                    )
                )
            if draw.random() < 0.1:
                needs.append((person_id, draw.choice(self.ground.ppks_codes), date(2022, 6, 1)))
            if len(people) == _LOT:
                yield from _registry_batches(people, records, enrolments, needs)
                people, records, enrolments, needs = [], [], [], []
        yield from _registry_batches(people, records, enrolments, needs)

    def _nik(self, home: str, born: date, sex: str, taken: set[str]) -> str:
        day = born.day + (40 if sex == "P" else 0)
        while True:
            nik = f"{home[:8].replace('.', '')}{day:02}{born:%m%y}9{self._draw.randint(0, 999):03}"
            if nik not in taken:
                taken.add(nik)
                return nik

    # --- policy

    def _policy(self, ids: list[UUID]) -> Iterator[Batch]:
        draw, rows, milestones, decisions, evidence = self._draw, [], [], [], []
        for n, follow_up in enumerate(ids):
            proposed = LAST_DAY - timedelta(days=n % 1_500, seconds=n)
            rows.append((
                follow_up, f"Tindak lanjut kebijakan nomor {n + 1}", "Bantuan tidak sampai kepada yang berhak.",
                draw.choice(list(ProtectionDimension)).value, draw.choice(list(PolicyStatus)).value, 1,
                draw.choice(self.ground.organizations), proposed,
            ))  # fmt: skip
            for step in range(2):
                milestones.append(
                    (
                        self._id(proposed),
                        follow_up,
                        f"Tahap {step + 1}",
                        (proposed + timedelta(days=90 * (step + 1))).date(),
                    )
                )
            decisions.append((self._id(proposed), follow_up, proposed + timedelta(days=3), "Diteruskan"))
            evidence.append((self._id(proposed), follow_up, proposed, 40, "0" * 64, "Laporan triwulan"))
        yield (
            "policy_follow_up",
            ("id", "title", "problem", "dimension", "status", "version", "owner_id", "proposed_at"),
            rows,
        )
        yield "milestone", ("id", "follow_up_id", "title", "due_at"), milestones
        yield "policy_decision", ("id", "follow_up_id", "at", "decision"), decisions
        yield "evidence_snapshot", ("id", "follow_up_id", "taken_at", "count", "query_hash", "description"), evidence


def _registry_batches(
    people: list[Any], records: list[Any], enrolments: list[Any], needs: list[Any]
) -> Iterator[Batch]:
    yield (
        "person",
        (
            "id",
            "name",
            "name_key",
            "nik_sealed",
            "nik_index",
            "sex",
            "birth_date",
            "region_code",
            "deceased",
            "family_id",
            "family_order",
        ),
        people,
    )
    yield "registry_record", ("id", "person_id", "release_id", "desil", "status", "as_of"), records
    yield "enrolment", ("id", "person_id", "programme_code", "status", "from_date", "to_date"), enrolments
    yield "person_ppks", ("person_id", "ppks_code", "since"), needs


_COLUMNS: dict[str, tuple[str, ...]] = {
    "reporter": ("id", "kind", "name", "language", "phone_index", "phone_sealed"),
    "report": ("id", "number", "tracking_hash", "version", "channel", "status", "category", "priority", "sensitivity",
               "description_sealed", "region_code", "reporter_id", "received_at", "updated_at", "due_at"),
    "report_ppks_type": ("report_id", "ppks_code"),
    "report_subject": ("id", "report_id", "name", "nik_sealed", "nik_index", "region_code", "match_state", "person_id"),
    "match_candidate": ("id", "subject_id", "person_id", "score"),
    "match_evidence": ("id", "candidate_id", "field", "comparison", "weight"),
    "message": ("id", "report_id", "reporter_id", "channel", "direction", "kind", "text_sealed", "at"),
    "event": ("id", "at", "act", "noun", "noun_id", "report_id", "sop_step", "to_status", "actor", "legal_basis_id", "data"),
    "assignment": ("id", "report_id", "role", "staff_id", "unit_id", "assigned_at", "due_at", "state"),
    "policy_follow_up_report": ("follow_up_id", "report_id"),
}  # fmt: skip


class _Lot:
    """Some thousand reports with all that hangs on them."""

    def __init__(self, crowd: Crowd, follow_ups: list[UUID]) -> None:
        self._crowd = crowd
        self._follow_ups = follow_ups
        self._rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in _COLUMNS}

    def batches(self) -> Iterator[Batch]:
        for name, rows in self._rows.items():
            yield name, _COLUMNS[name], rows

    def add(self, received: datetime, assignments: int) -> None:
        crowd, rows = self._crowd, self._rows
        draw, sealer, ground, new = crowd._draw, crowd.sealer, crowd.ground, crowd._id  # noqa: SLF001 - one generator in two halves
        year = received.astimezone(WITA).year
        last = crowd._numbers[year] = crowd._numbers.get(year, _FIRST_NUMBER - 1) + 1  # noqa: SLF001
        report, reporter = new(received), new(received)
        village, village_name = draw.choice(ground.villages)
        channel = draw.choices(_CHANNELS, _CHANNEL_WEIGHTS)[0].value
        status = draw.choices(_STATUSES, _STATUS_WEIGHTS)[0].value
        named = [draw.choice(crowd._people) for _ in range(draw.choices((0, 1, 2), (5, 80, 15))[0])]  # noqa: SLF001
        words = f"{named[0][1] if named else 'Seorang lansia'} di {village_name} {draw.choice(_NEEDS)}."
        if named and draw.random() < 0.4:
            words += f" NIK {named[0][2]}"
        phone = f"62800{draw.randrange(10**8):08}"
        rows["reporter"].append((
            reporter, "INDIVIDUAL", draw.choice(crowd._people)[1], "ID", sealer.index("phone", phone), sealer.seal("phone", phone),  # noqa: SLF001
        ))  # fmt: skip
        rows["report"].append((
            report, f"SIM-{year:04}-{last:06}", sealer.index("tracking", f"{year}{last}"), 1, channel, status,
            draw.choice(list(ReportCategory)).value, draw.choices(list(Priority), (85, 12, 3))[0].value,
            draw.choices(list(Sensitivity), (5, 85, 10))[0].value, sealer.seal("report.description", words), village, reporter,
            received, received + timedelta(hours=draw.randrange(1, 400)), received + timedelta(days=3),
        ))  # fmt: skip
        if draw.random() < 0.7:
            rows["report_ppks_type"].append((report, draw.choice(ground.ppks_codes)))
        for person in named:
            self._subject(report, received, village, person)
        self._talk(report, reporter, received, channel, words)
        rank = draw.sample(_HANDLERS, min(assignments, len(_HANDLERS)))
        for n in range(assignments):
            staff, unit = draw.choice(ground.staff)
            at = received + timedelta(hours=6 * n + draw.randrange(1, 6), seconds=draw.randrange(3600))
            rows["assignment"].append((
                new(at), report, rank[n % len(rank)].value, staff, unit, at, at + timedelta(days=7), draw.choice(_STATES).value,
            ))  # fmt: skip
        links = draw.choices((0, 1, 2), (50, 40, 10))[0]
        rows["policy_follow_up_report"] += [(follow_up, report) for follow_up in draw.sample(self._follow_ups, links)]

    def _subject(self, report: UUID, received: datetime, village: str, person: tuple[UUID, str, str]) -> None:
        draw, sealer, new = self._crowd._draw, self._crowd.sealer, self._crowd._id  # noqa: SLF001
        subject, (person_id, name, nik) = new(received), person
        # Found persons are confirmed ones here, so that no rule about suggestions changes what is compared.
        state = draw.choices(("CONFIRMED", "AMBIGUOUS", "UNMATCHED"), (86, 7, 7))[0]
        known = state == "CONFIRMED"
        self._rows["report_subject"].append((
            subject, report, name, sealer.seal("nik", nik) if known else None, sealer.index("nik", nik) if known else None,
            village, state, person_id if known else None,
        ))  # fmt: skip
        if state == "AMBIGUOUS":
            for score in (0.9, 0.7):
                candidate = new(received)
                self._rows["match_candidate"].append((candidate, subject, draw.choice(self._crowd._people)[0], score))  # noqa: SLF001
                self._rows["match_evidence"].append((new(received), candidate, "name", "similar", score))

    def _talk(self, report: UUID, reporter: UUID, received: datetime, channel: str, words: str) -> None:
        sealer, new, basis = self._crowd.sealer, self._crowd._id, self._crowd.ground.legal_basis  # noqa: SLF001
        self._rows["message"].append(
            (new(received), report, reporter, channel, "INBOUND", "text", sealer.seal("message.text", words), received)
        )
        for step, (act, to) in enumerate((("reportReceived", "RECEIVED"), ("reportVerify", "UNDER_VERIFICATION")), 1):
            at = received + timedelta(hours=step - 1)
            self._rows["event"].append((new(at), at, act, "Report", report, report, step, to, "bench", basis, {}))
