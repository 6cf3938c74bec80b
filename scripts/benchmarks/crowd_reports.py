"""The crowd's reports, with all that hangs on them, some thousand at a time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from integration.access.sealing import Sealer
from integration.codes import (
    AssignmentState,
    ChannelKind,
    Priority,
    ReportCategory,
    ReportStatus,
    Role,
    Sensitivity,
)
from integration.reports.numbers import WITA
from scripts.benchmarks.ground import Batch, Dice, Ground, Named

# Demo reports have the low numbers of their year.
_FIRST_NUMBER = 1_000
_NEEDS = (
    "belum pernah menerima bantuan",
    "tidak bisa berjalan dan perlu kursi roda",
    "rumahnya rusak berat",
    "kartu BPJS tidak aktif",
    "sakit dan tinggal sendirian",
    "anaknya putus sekolah",
    "tidak punya penghasilan",
)
STATUSES = (
    ReportStatus.ARCHIVED,
    ReportStatus.IN_FOLLOW_UP,
    ReportStatus.REPLY_SENT,
    ReportStatus.RECEIVED,
    ReportStatus.DISPOSITIONED,
    ReportStatus.UNDER_VERIFICATION,
    ReportStatus.REJECTED,
    ReportStatus.NEEDS_INFO,
)
STATUS_WEIGHTS = (50, 12, 8, 8, 7, 6, 5, 4)
_CHANNELS = (ChannelKind.WHATSAPP, ChannelKind.WALK_IN, ChannelKind.SUPERAPP, ChannelKind.PHONE, ChannelKind.TKSK_FIELD)
_CHANNEL_WEIGHTS = (55, 20, 12, 5, 8)
_HANDLERS = (Role.DIVISION_HEAD, Role.TKSK, Role.TEAM_MEMBER)
_STATES = (AssignmentState.COMPLETED, AssignmentState.ACKNOWLEDGED, AssignmentState.ASSIGNED)


_COLUMNS: dict[str, tuple[str, ...]] = {
    "reporter": ("id", "kind", "name", "language", "phone_index", "phone_sealed"),
    "report": (
        "id",
        "number",
        "tracking_hash",
        "version",
        "channel",
        "status",
        "category",
        "priority",
        "sensitivity",
        "description_sealed",
        "region_code",
        "reporter_id",
        "received_at",
        "updated_at",
        "due_at",
    ),
    "report_ppks_type": ("report_id", "ppks_code"),
    "report_subject": ("id", "report_id", "name", "nik_sealed", "nik_index", "region_code", "match_state", "person_id"),
    "match_candidate": ("id", "subject_id", "person_id", "score"),
    "match_evidence": ("id", "candidate_id", "field", "comparison", "weight"),
    "message": ("id", "report_id", "reporter_id", "channel", "direction", "kind", "text_sealed", "at"),
    "event": (
        "id",
        "at",
        "act",
        "noun",
        "noun_id",
        "report_id",
        "sop_step",
        "to_status",
        "actor",
        "legal_basis_id",
        "data",
    ),
    "assignment": ("id", "report_id", "role", "staff_id", "unit_id", "assigned_at", "due_at", "state"),
    "policy_follow_up_report": ("follow_up_id", "report_id"),
}


@dataclass(slots=True)
class Lot:
    """Some thousand reports; `people` may be named, `numbers` are the last given in a year."""

    dice: Dice
    sealer: Sealer
    ground: Ground
    people: list[Named]
    follow_ups: list[UUID]
    numbers: dict[int, int]
    _rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: {name: [] for name in _COLUMNS})

    def batches(self) -> Iterator[Batch]:
        for name, rows in self._rows.items():
            yield name, _COLUMNS[name], rows

    def add(self, received: datetime, assignments: int) -> None:
        rows = self._rows
        draw, sealer, ground, new = self.dice.draw, self.sealer, self.ground, self.dice.new
        year = received.astimezone(WITA).year
        last = self.numbers[year] = self.numbers.get(year, _FIRST_NUMBER - 1) + 1
        report, reporter = new(received), new(received)
        village, village_name = draw.choice(ground.villages)
        channel = draw.choices(_CHANNELS, _CHANNEL_WEIGHTS)[0].value
        status = draw.choices(STATUSES, STATUS_WEIGHTS)[0].value
        named = [draw.choice(self.people) for _ in range(draw.choices((0, 1, 2), (5, 80, 15))[0])]
        words = f"{named[0][1] if named else 'Seorang lansia'} di {village_name} {draw.choice(_NEEDS)}."
        if named and draw.random() < 0.4:
            words += f" NIK {named[0][2]}"
        phone = f"62800{draw.randrange(10**8):08}"
        rows["reporter"].append(
            (
                reporter,
                "INDIVIDUAL",
                draw.choice(self.people)[1],
                "ID",
                sealer.index("phone", phone),
                sealer.seal("phone", phone),
            )
        )
        rows["report"].append(
            (
                report,
                f"SIM-{year:04}-{last:06}",
                sealer.index("tracking", f"{year}{last}"),
                1,
                channel,
                status,
                draw.choice(list(ReportCategory)).value,
                draw.choices(list(Priority), (85, 12, 3))[0].value,
                draw.choices(list(Sensitivity), (5, 85, 10))[0].value,
                sealer.seal("report.description", words),
                village,
                reporter,
                received,
                received + timedelta(hours=draw.randrange(1, 400)),
                received + timedelta(days=3),
            )
        )
        if draw.random() < 0.7:
            rows["report_ppks_type"].append((report, draw.choice(ground.ppks_codes)))
        for person in named:
            self._subject(report, received, village, person)
        self._talk(report, reporter, received, channel, words)
        rank = draw.sample(_HANDLERS, min(assignments, len(_HANDLERS)))
        for n in range(assignments):
            staff, unit = draw.choice(ground.staff)
            at = received + timedelta(hours=6 * n + draw.randrange(1, 6), seconds=draw.randrange(3600))
            rows["assignment"].append(
                (
                    new(at),
                    report,
                    rank[n % len(rank)].value,
                    staff,
                    unit,
                    at,
                    at + timedelta(days=7),
                    draw.choice(_STATES).value,
                )
            )
        links = draw.choices((0, 1, 2), (50, 40, 10))[0]
        rows["policy_follow_up_report"] += [(follow_up, report) for follow_up in draw.sample(self.follow_ups, links)]

    def _subject(self, report: UUID, received: datetime, village: str, person: Named) -> None:
        draw, sealer, new = self.dice.draw, self.sealer, self.dice.new
        subject, (person_id, name, nik) = new(received), person
        # Found persons are confirmed ones here, so that no rule about suggestions changes what is compared.
        state = draw.choices(("CONFIRMED", "AMBIGUOUS", "UNMATCHED"), (86, 7, 7))[0]
        known = state == "CONFIRMED"
        self._rows["report_subject"].append(
            (
                subject,
                report,
                name,
                sealer.seal("nik", nik) if known else None,
                sealer.index("nik", nik) if known else None,
                village,
                state,
                person_id if known else None,
            )
        )
        if state == "AMBIGUOUS":
            for score in (0.9, 0.7):
                candidate = new(received)
                self._rows["match_candidate"].append((candidate, subject, draw.choice(self.people)[0], score))
                self._rows["match_evidence"].append((new(received), candidate, "name", "similar", score))

    def _talk(self, report: UUID, reporter: UUID, received: datetime, channel: str, words: str) -> None:
        sealer, new, basis = self.sealer, self.dice.new, self.ground.legal_basis
        self._rows["message"].append(
            (new(received), report, reporter, channel, "INBOUND", "text", sealer.seal("message.text", words), received)
        )
        for step, (act, to) in enumerate((("reportReceived", "RECEIVED"), ("reportVerify", "UNDER_VERIFICATION")), 1):
            at = received + timedelta(hours=step - 1)
            self._rows["event"].append((new(at), at, act, "Report", report, report, step, to, "bench", basis, {}))
