"""Made-up reports, people, families, assignments and follow-ups in bulk: the same values at every run.

Only sealed bytes differ, because a nonce is never used twice. Every row is given with the columns of its table, parents
before children, so that a database can check each of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from integration.access.sealing import Sealer
from integration.codes import (
    PolicyStatus,
    ProtectionDimension,
    RegistryStatus,
    Sex,
)
from integration.datafiles import read_csv
from integration.demo.people import PEOPLE
from integration.matching.fold import fold
from scripts.benchmarks.amounts import FIRST_DAY, LAST_DAY, Amounts
from scripts.benchmarks.crowd_reports import Lot
from scripts.benchmarks.ground import Batch, Dice, Ground, Named

_LOT = 20_000


@dataclass(slots=True)
class Crowd:
    """The generator. Iterate `batches()` once."""

    amounts: Amounts
    sealer: Sealer
    ground: Ground
    dice: Dice = field(default_factory=Dice)
    people: list[Named] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)

    def batches(self) -> Iterator[Batch]:
        """All rows in an order that foreign keys allow."""
        yield from self._registry()
        follow_ups = [self.dice.new(LAST_DAY - timedelta(days=n % 1_500)) for n in range(self.amounts.follow_ups)]
        yield from self._policy(follow_ups)
        spread = (LAST_DAY - FIRST_DAY) / self.amounts.reports
        extra = self._extra_assignments()
        for start in range(0, self.amounts.reports, _LOT):
            lot = Lot(self.dice, self.sealer, self.ground, self.people, follow_ups, self.numbers)
            for n in range(start, min(start + _LOT, self.amounts.reports)):
                lot.add(FIRST_DAY + spread * n + spread * self.dice.draw.random(), 1 + extra[n])
            yield from lot.batches()
        yield "report_number", ("year", "last"), list(self.numbers.items())

    def _extra_assignments(self) -> list[int]:
        extra = [0] * self.amounts.reports
        for n in self.dice.draw.choices(range(self.amounts.reports), k=self.amounts.assignments - self.amounts.reports):
            extra[n] += 1
        return extra

    # --- people

    def _registry(self) -> Iterator[Batch]:
        draw, sealer, amounts = self.dice.draw, self.sealer, self.amounts
        made = datetime(2024, 3, 1, tzinfo=UTC)
        given: dict[str, list[str]] = {"L": [], "P": []}
        for line in read_csv(PEOPLE):
            given[line["sex"]].append(line["name"].split()[0])
        lasts = sorted({name for line in read_csv(PEOPLE) for name in line["name"].split()[1:]})
        family_ids = [self.dice.new(made) for _ in range(amounts.families)]
        homes = [draw.choice(self.ground.villages)[0] for _ in range(amounts.families)]
        families = []
        for family_id, home in zip(family_ids, homes, strict=True):
            issued = f"{draw.randint(1, 28):02}{draw.randint(1, 12):02}{draw.randint(0, 25):02}"
            kk = f"{home[:8].replace('.', '')}{issued}9{draw.randint(0, 999):03}"
            families.append((family_id, sealer.seal("kk", kk), sealer.index("kk", kk), home))
        yield "family", ("id", "kk_sealed", "kk_index", "region_code"), families
        # Every family has somebody; the others join one by lot, so households have one to a dozen members.
        house_of = [
            *range(amounts.families),
            *draw.choices(range(amounts.families), k=amounts.people - amounts.families),
        ]
        niks: set[str] = set()
        orders, people, records, enrolments, needs = [0] * amounts.families, [], [], [], []
        for house in house_of:
            sex = draw.choice("LP")
            born = date(1940, 1, 1) + timedelta(days=draw.randrange(30_000))
            home, name = homes[house], f"{draw.choice(given[sex])} {draw.choice(lasts)}"
            nik = self._nik(home, born, sex, niks)
            person_id = self.dice.new(made)
            people.append(
                (
                    person_id,
                    name,
                    fold(name),
                    sealer.seal("nik", nik),
                    sealer.index("nik", nik),
                    Sex.MALE.value if sex == "L" else Sex.FEMALE.value,
                    born,
                    home,
                    False,
                    family_ids[house],
                    orders[house],
                )
            )
            orders[house] += 1
            self.people.append((person_id, name, nik))
            desil = draw.randint(1, 10)
            records.append(
                (self.dice.new(made), person_id, self.ground.dtks, desil, RegistryStatus.ACTIVE.value, date(2024, 3, 1))
            )
            if draw.random() < 0.95:
                now = min(10, max(1, desil + draw.choice((-1, 0, 0, 1))))
                records.append(
                    (
                        self.dice.new(made),
                        person_id,
                        self.ground.dtsen,
                        now,
                        RegistryStatus.ACTIVE.value,
                        date(2026, 8, 31),
                    )
                )
            if draw.random() < 0.4:
                enrolments.append(
                    (
                        self.dice.new(made),
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
            nik = f"{home[:8].replace('.', '')}{day:02}{born:%m%y}9{self.dice.draw.randint(0, 999):03}"
            if nik not in taken:
                taken.add(nik)
                return nik

    # --- policy

    def _policy(self, ids: list[UUID]) -> Iterator[Batch]:
        draw, rows, milestones, decisions, evidence = self.dice.draw, [], [], [], []
        for n, follow_up in enumerate(ids):
            proposed = LAST_DAY - timedelta(days=n % 1_500, seconds=n)
            rows.append(
                (
                    follow_up,
                    f"Tindak lanjut kebijakan nomor {n + 1}",
                    "Bantuan tidak sampai kepada yang berhak.",
                    draw.choice(list(ProtectionDimension)).value,
                    draw.choice(list(PolicyStatus)).value,
                    1,
                    draw.choice(self.ground.organizations),
                    proposed,
                )
            )
            milestones += [
                (self.dice.new(proposed), follow_up, f"Tahap {n}", (proposed + timedelta(days=90 * n)).date())
                for n in (1, 2)
            ]
            decisions.append((self.dice.new(proposed), follow_up, proposed + timedelta(days=3), "Diteruskan"))
            evidence.append((self.dice.new(proposed), follow_up, proposed, 40, "0" * 64, "Laporan triwulan"))
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
