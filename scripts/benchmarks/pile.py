"""Reports by the hundred thousand with what signal rules look at, and nothing else: the same at every run."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from integration.codes import AssignmentState, ChannelKind, ReportCategory, Role, Sensitivity
from scripts.benchmarks.amounts import FIRST_DAY, LAST_DAY, Amounts
from scripts.benchmarks.crowd_reports import STATUS_WEIGHTS, STATUSES
from scripts.benchmarks.ground import Batch, Dice, Ground

_LOT = 20_000
# Steps of a report that have a limit of time.
_CLOCKS = 3
_REPORT = (
    "id", "number", "tracking_hash", "version", "channel", "status", "category", "priority", "sensitivity",
    "region_code", "received_at", "updated_at",
)  # fmt: skip
_ASSIGNMENT = ("id", "report_id", "role", "staff_id", "unit_id", "assigned_at", "state")
_CLOCK = ("id", "report_id", "step", "started_at", "opened_at", "pauses", "due_at", "ended_at")


@dataclass(slots=True)
class Pile:
    """The generator. Iterate `batches()` once."""

    amounts: Amounts
    ground: Ground
    dice: Dice = field(default_factory=Dice)

    def batches(self) -> Iterator[Batch]:
        """Reports, then their assignments and clocks, some thousand at a time."""
        spread = (LAST_DAY - FIRST_DAY) / self.amounts.reports
        for start in range(0, self.amounts.reports, _LOT):
            rows: tuple[list[tuple[Any, ...]], ...] = ([], [], [])
            for n in range(start, min(start + _LOT, self.amounts.reports)):
                self._add(rows, n, FIRST_DAY + spread * n)
            yield "report", _REPORT, rows[0]
            yield "assignment", _ASSIGNMENT, rows[1]
            yield "clock", _CLOCK, rows[2]

    def _add(self, rows: tuple[list[tuple[Any, ...]], ...], n: int, at: datetime) -> None:
        draw, new = self.dice.draw, self.dice.new
        report, (staff, unit) = new(at), draw.choice(self.ground.staff)
        status, category = draw.choices(STATUSES, STATUS_WEIGHTS)[0], draw.choice(list(ReportCategory))
        rows[0].append(
            (
                report, f"TMP-{n:07}", b"", 1, ChannelKind.WHATSAPP.value, status.value, category.value, "NORMAL",
                Sensitivity.PRIVATE.value, draw.choice(self.ground.villages)[0], at, at,
            )
        )  # fmt: skip
        rows[1].append((new(at), report, Role.DIVISION_HEAD.value, staff, unit, at, AssignmentState.COMPLETED.value))
        for step in range(2, 2 + _CLOCKS):
            due = at + timedelta(days=step)
            ended = due + timedelta(hours=draw.choice((-20, -10, -5, 5)))
            rows[2].append((new(at), report, step, at, at, [], due, ended))
