"""What happened to reports, step by step, by lot: stays at steps, replies and archives, actions."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from integration import codes
from integration.clocks.tables import ClockRow
from integration.events.tables import EventRow
from integration.reports.procedure import FollowUpActionRow
from integration.reports.tables import ReportRow

if TYPE_CHECKING:
    from tests.reading.world import World


def add_steps(world: "World", reports: list[ReportRow]) -> None:
    """Stays that are over, run on or wait; some steps more than once, some without a limit, some over it."""
    world._add([_stay(world, report) for report in reports for _ in range(world._random.randint(0, 5))])
    # One at most runs on.
    world._add([_running(world, report) for report in reports if world._random.random() < 0.4])
    moves = ((codes.ReportStatus.REPLY_SENT, "reportSendReply"), (codes.ReportStatus.ARCHIVED, "reportArchive"))
    world._add([
        EventRow(
            at=world._moment(), act=act, noun="Report", noun_id=report.id, report_id=report.id, to_status=status,
            actor="demo-admin",
        )
        for report in reports for status, act in moves for _ in range(world._one((0, 0, 1, 2)))
    ])  # fmt: skip
    world._add([
        FollowUpActionRow(
            report_id=report.id, kind=world._one(list(codes.FollowUpActionKind)), at=world._moment(),
            result_sealed=world._sealer.seal("action.result", "Uji"),
            dimension=world._maybe(world._one(list(codes.ProtectionDimension))),
        )
        for report in reports for _ in range(world._one((0, 0, 1, 2)))
    ])  # fmt: skip


def _limits(world: "World", begun: Any) -> dict[str, Any]:
    limit = world._maybe(timedelta(days=world._one((0, 1, 3)), minutes=1), 0.8)
    return {"started_at": begun, "opened_at": begun, "due_at": None if limit is None else begun + limit}


def _stay(world: "World", report: ReportRow) -> ClockRow:
    begun = world._moment()
    length = timedelta(
        days=world._one((0, 1, 1, 2, 9)), hours=world._random.randint(0, 23), microseconds=world._one((0, 1, 999_999))
    )
    return ClockRow(
        report_id=report.id, step=world._random.randint(1, 7), **_limits(world, begun), ended_at=begun + length
    )


def _running(world: "World", report: ReportRow) -> ClockRow:
    begun = world._moment()
    pause = begun + timedelta(hours=world._one((1, 30)))
    step = world._random.randint(1, 7)
    return ClockRow(report_id=report.id, step=step, **_limits(world, begun), paused_at=world._maybe(pause, 0.4))
