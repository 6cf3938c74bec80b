"""What acts rest on, by lot: who was given a report and drafted its reply, merges, outcomes, limits that ran out."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from integration import codes
from integration.assignments.tables import AssignmentRow
from integration.clocks.escalation import Recipient, Trigger
from integration.clocks.tables import ClockRow, HandOverRow
from integration.reports.procedure import ReplyRow
from integration.reports.tables import ReporterRow, ReportRow

if TYPE_CHECKING:
    from tests.reading.world import World

_S = codes.ReportStatus
_WITH_HANDLERS = (_S.DISPOSITIONED, _S.IN_FOLLOW_UP, _S.REPLY_DRAFTED, _S.REPLY_SENT, _S.ARCHIVED)
_HANDLERS = (codes.Role.DIVISION_HEAD, codes.Role.TEAM_MEMBER, codes.Role.TKSK)


def finish_reports(world: "World", reports: list[ReportRow]) -> None:
    """What a report's own row keeps of its merge, its outcome and the time to open it again."""
    # So many of each that everything happens: by lot there are three or four in a state.
    merged, ended, drafted, acknowledged = reports[:6], reports[6:18], reports[18:22], reports[22:26]
    for report in merged:
        report.status = _S.MERGED
    # And a citizen of their own.
    reporter = next(row for rows in world.rows for row in rows if isinstance(row, ReporterRow))
    reporter.account_id = next(row.id for row in world._state.all("Account") if row.subject == "demo-citizen")
    for n, report in enumerate(ended):
        report.reporter_id = reporter.id
        report.status = (_S.REPLY_SENT, _S.ARCHIVED, _S.REJECTED)[n % 3]
    for report in drafted:
        report.status = _S.REPLY_DRAFTED
    for report in acknowledged:
        report.status = _S.ACKNOWLEDGED
    reports[26].status = _S.FORWARDED
    acknowledged[0].category, acknowledged[0].region_code = codes.ReportCategory.AID_REQUEST, None
    acknowledged[1].category, acknowledged[1].region_code = None, "64.02.06"
    acknowledged[2].category, acknowledged[2].region_code = None, None
    for report in reports:
        if report.status is _S.MERGED:
            report.merged_at, report.merged_from = world._maybe(_lately(world), 0.8), _S.NEEDS_INFO
        if report.status in (_S.REPLY_SENT, _S.ARCHIVED, _S.REJECTED):
            limit = world._now + timedelta(hours=world._one((-30, -2, 5, 300)))
            report.reopenable_until = world._maybe(limit, 0.8)
            report.outcome_confirmed_at = world._maybe(world._moment(), 0.5)
            report.outcome_verified_at = world._maybe(world._moment(), 0.4)


def add_acts(world: "World", reports: list[ReportRow]) -> None:
    """Who was given a report, what they drafted, and what was brought before whom."""
    of_role = _signed_in(world)
    handled = [report for report in reports if report.status in _WITH_HANDLERS]
    world._add([_assignment(world, report, of_role) for report in handled for _ in range(world._random.randint(1, 2))])
    # A head of division holds one that is not disposed yet.
    forwarded = next(report for report in reports if report.status is _S.FORWARDED)
    world._add([
        AssignmentRow(
            report_id=forwarded.id, role=codes.Role.DIVISION_HEAD, staff_id=staff, assigned_at=world._moment(),
            state=codes.AssignmentState.ASSIGNED,
        )
        for staff in of_role[codes.Role.DIVISION_HEAD]
    ])  # fmt: skip
    desk = [*of_role[codes.Role.ADMIN], *of_role[codes.Role.TEAM_MEMBER]]
    world._add([
        _reply(world, report, world._maybe(world._one(desk), 0.8), world._maybe(world._moment()))
        for report in handled for _ in range(world._random.randint(0, 3))
    ])  # fmt: skip
    waiting = next(report for report in reports if report.status is _S.REPLY_DRAFTED)
    world._add([_reply(world, waiting, drafter, None) for drafter in of_role[codes.Role.ADMIN]])
    _hand_overs(world)


def _reply(world: "World", report: ReportRow, drafter: UUID | None, sent_at: datetime | None) -> ReplyRow:
    return ReplyRow(
        report_id=report.id, text_sealed=world._sealer.seal("reply.text", world._text()), drafter_id=drafter,
        drafted_at=world._moment(), sent_at=sent_at,
    )  # fmt: skip


def _lately(world: "World") -> datetime:
    return world._now - timedelta(days=world._one((1, 29, 31)))


def _signed_in(world: "World") -> dict[codes.Role, list[UUID]]:
    staff = {row.staff_id for row in world._state.all("Account")}
    held = [row for row in world._state.all("StaffRole") if row.staff_id in staff]
    return {role: [row.staff_id for row in held if row.role == role] for role in codes.Role}


def _assignment(world: "World", report: ReportRow, of_role: dict[codes.Role, list[UUID]]) -> AssignmentRow:
    role = world._one(_HANDLERS)
    staff = world._one(of_role[role])
    unit = next(row.unit_id for row in world._state.all("StaffMember") if row.id == staff)
    return AssignmentRow(
        report_id=report.id, role=role, staff_id=world._maybe(staff, 0.7), unit_id=world._maybe(unit),
        assigned_at=world._moment(), state=world._one(list(codes.AssignmentState)),
    )  # fmt: skip


def _hand_overs(world: "World") -> None:
    """Of what ran or runs: to a few of the chain each."""
    clocks = [row for rows in world.rows for row in rows if isinstance(row, ClockRow)]
    rule = world._one(world._codes("EscalationRule"))
    world._add([
        HandOverRow(
            report_id=clock.report_id, clock_id=clock.id, rule_code=rule, trigger=Trigger.BREACHED, to=to,
            at=world._moment(),
        )
        for clock in clocks for to in world._some(list(Recipient), 3)
    ])  # fmt: skip
