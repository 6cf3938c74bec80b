"""The desk (SOP 2-4, 8, 9): verify, ask, classify, reject, merge, acknowledge, forward, send, archive, reopen."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import col, delete, select, update

from integration.access.tables import AccountRow
from integration.assignments.rules import OPEN_STATES
from integration.assignments.tables import AssignmentRow
from integration.codes import (
    AssignmentState,
    Priority,
    RejectReason,
    ReportCategory,
    ReportOutcome,
    ReportStatus,
    Sensitivity,
    UserErrorCode,
)
from integration.db.zone import local_day
from integration.events.log import Act
from integration.events.tables import EventRow
from integration.ppks.tables import PpksTypeRow
from integration.refusal import Refusal
from integration.regions.tables import RegionRow
from integration.reports.moving import Ask, Step, begin, finish, required_text
from integration.reports.procedure import ReplyRow
from integration.reports.tables import MessageRow, ReporterRow, ReportPpksTypeRow, ReportRow
from integration.reports.telling import tell
from integration.routing import service as routing


async def verify(act: Act, ask: Ask) -> UUID:
    """SOP 2: take a report up to look into it."""
    step = await begin(act, "reportVerify", ask)
    return await finish(step, ask.note)


async def request_info(act: Act, ask: Ask, question: str) -> UUID:
    """SOP 2: ask the reporter what is missing; the clock stands still until the answer."""
    step = await begin(act, "reportRequestInfo", ask)
    asked = required_text(question, "question", 1_000)
    message = await tell(act, step.report, "report_question", question=asked)
    return await finish(step, asked, {"message": str(message) if message else None})


async def classify(
    act: Act,
    ask: Ask,
    *,
    category: ReportCategory | None,
    ppks_codes: Sequence[str] | None,
    region_code: str | None,
    priority: Priority | None,
    sensitivity: Sensitivity | None,
) -> UUID:
    """SOP 2: say what a report is about, where, how urgent and how confidential. What is not given stays."""
    step = await begin(act, "reportClassify", ask)
    report = step.report
    given = {"category": category, "region": region_code, "priority": priority, "sensitivity": sensitivity}
    if ppks_codes is None and all(value is None for value in given.values()):
        raise Refusal(UserErrorCode.INVALID, "Tidak ada yang diubah.", "Nothing was given to change.")
    if region_code is not None and await act.session.get(RegionRow, region_code) is None:
        raise Refusal(UserErrorCode.INVALID, "Kode wilayah tidak dikenal.", "There is no such region.", ["region"])
    report.category = category or report.category
    report.region_code = region_code or report.region_code
    report.priority = priority or report.priority
    report.sensitivity = sensitivity or report.sensitivity
    if ppks_codes is not None:
        await _set_kinds(act, report.id, list(dict.fromkeys(ppks_codes)))
    changed = [name for name, value in given.items() if value is not None]
    changed += ["ppksTypes"] if ppks_codes is not None else []
    if priority is None and (category is not None or ppks_codes) and await routing.triage(act, report):
        changed.append("priority")
    done = await finish(step, None, {"changed": changed})
    if report.status is ReportStatus.FORWARDED or report.priority is Priority.EMERGENCY:
        await routing.suggest(act, report)
    return done


async def _set_kinds(act: Act, report_id: UUID, codes: list[str]) -> None:
    known = (await act.session.exec(select(PpksTypeRow.code).where(col(PpksTypeRow.code).in_(codes)))).all()
    unknown = next((index for index, code in enumerate(codes) if code not in known), None)
    if unknown is not None:
        raise Refusal(
            UserErrorCode.INVALID,
            "Kode jenis PPKS tidak dikenal.",
            "There is no such PPKS type.",
            ["ppksTypes", str(unknown)],
        )
    await act.session.exec(delete(ReportPpksTypeRow).where(col(ReportPpksTypeRow.report_id) == report_id))
    act.session.add_all(ReportPpksTypeRow(report_id=report_id, ppks_code=code) for code in codes)


async def reject(act: Act, ask: Ask, reason: RejectReason) -> UUID:
    """SOP 2: end a report that is not one; its reporter hears why and until when it can be reopened."""
    step = await begin(act, "reportReject", ask)
    until = _open_again_until(step)
    await tell(act, step.report, f"report_rejected_{reason.lower()}", until=local_day(until))
    return await finish(step, ask.note, {"reason": str(reason)})


async def merge(act: Act, ask: Ask, into: UUID) -> UUID:
    """SOP 2: join a report with another about the same matter. It can be taken back."""
    # Both in one order for everybody: two officers who join them both ways wait for each other, and one is refused.
    both = select(ReportRow.id).where(col(ReportRow.id).in_((ask.report_id, into))).order_by(col(ReportRow.id))
    await act.session.exec(both.with_for_update())
    step = await begin(act, "reportMerge", ask)
    report = step.report
    other = await act.find(ReportRow, "Report", into, "into")
    if other.id == report.id or other.status in (ReportStatus.MERGED, ReportStatus.REJECTED, ReportStatus.WITHDRAWN):
        raise Refusal(
            UserErrorCode.INVALID,
            "Laporan tujuan harus laporan lain yang masih berjalan.",
            "The target must be another report that is still handled.",
            ["into"],
        )
    report.merged_into_id, report.merged_from, report.merged_at = other.id, ReportStatus(report.status), act.at
    await tell(act, report, "report_merged", other=other.number)
    await tell(act, other, "report_merged", other=report.number)
    act.record("reportJoined", "Report", other.id, report_id=other.id, sop_step=2, data={"report": str(report.id)})
    return await finish(step, ask.note, {"into": str(other.id)})


async def unmerge(act: Act, ask: Ask) -> UUID:
    """Take a merge back: the report is where it was before."""
    step = await begin(act, "reportUnmerge", ask)
    other = step.report.merged_into_id
    step.report.merged_into_id = step.report.merged_from = step.report.merged_at = None
    return await finish(step, ask.note, {"from": str(other)})


async def acknowledge(act: Act, ask: Ask) -> UUID:
    """SOP 3: tell the reporter that the report will be dealt with; where nobody can be reached, record that."""
    step = await begin(act, "reportAcknowledge", ask)
    message = await tell(act, step.report, "report_acknowledged")
    return await finish(step, ask.note, {"message": str(message) if message else None, "noContact": message is None})


async def forward(act: Act, ask: Ask) -> UUID:
    """SOP 4: hand the report to the team's lead or the secretary, with a suggestion who should have it."""
    step = await begin(act, "reportForward", ask)
    done = await finish(step, ask.note)
    await routing.suggest(act, step.report)
    return done


async def send_reply(act: Act, ask: Ask) -> UUID:
    """SOP 8: send the drafted reply on to the reporter."""
    step = await begin(act, "reportSendReply", ask)
    unsent = select(ReplyRow).where(ReplyRow.report_id == step.report.id, col(ReplyRow.sent_at).is_(None))
    reply = (await act.session.exec(unsent.order_by(col(ReplyRow.id).desc()))).first()
    # A report cannot be in REPLY_DRAFTED without one; demo data of the first release could.
    if reply is not None:
        text = act.sealer.open("reply.text", reply.text_sealed)
        reply.message_id = await tell(act, step.report, "report_reply", reply=text)
        reply.sent_at, reply.sender_id = act.at, act.viewer.staff_id
        act.session.add(reply)
    _open_again_until(step)
    return await finish(step, ask.note, {"reply": str(reply.id) if reply else None})


async def archive(act: Act, ask: Ask, outcome: ReportOutcome) -> UUID:
    """SOP 9: put a finished report into the archive, with what came of it."""
    step = await begin(act, "reportArchive", ask)
    step.report.outcome = outcome
    _open_again_until(step)
    await _end_assignments(step)
    return await finish(step, ask.note, {"outcome": str(outcome)})


async def reopen(act: Act, ask: Ask, reason: str) -> UUID:
    """Take a report up again, within the one window, in the one place for it."""
    step = await begin(act, "reportReopen", ask)
    why = required_text(reason, "reason", 1_000)
    step.report.reopenable_until = None
    step.report.outcome = step.report.outcome_confirmed_at = step.report.outcome_verified_at = None
    return await finish(step, why)


async def withdraw(act: Act, ask: Ask) -> UUID:
    """Take a report back. An emergency goes on without its reporter: somebody may be in danger."""
    step = await begin(act, "reportWithdraw", ask)
    if not step.facts.is_emergency:
        await _end_assignments(step)
        return await finish(step, ask.note)
    reporter_id, step.report.reporter_id = step.report.reporter_id, None
    done = await finish(step, ask.note, {"deIdentified": True})
    await _forget_reporter(act, step.report.id, reporter_id)
    return done


async def _forget_reporter(act: Act, report_id: UUID, reporter_id: UUID | None) -> None:
    """Nothing of the report points at its reporter any more: no message, nor what they did themselves."""
    await act.session.exec(update(MessageRow).where(col(MessageRow.report_id) == report_id).values(reporter_id=None))
    if reporter_id is None:
        return
    account = (
        select(AccountRow.subject)
        .join(ReporterRow, col(ReporterRow.account_id) == col(AccountRow.id))
        .where(ReporterRow.id == reporter_id)
        .scalar_subquery()
    )
    theirs = update(EventRow).where(col(EventRow.report_id) == report_id, col(EventRow.actor) == account)
    await act.session.exec(theirs.values(actor=None))


async def _end_assignments(step: Step) -> None:
    await step.act.session.exec(
        update(AssignmentRow)
        .where(col(AssignmentRow.report_id) == step.report.id, col(AssignmentRow.state).in_(OPEN_STATES))
        .values(state=AssignmentState.COMPLETED)
    )


def _open_again_until(step: Step) -> datetime:
    step.report.reopenable_until = step.act.at + step.act.settings.reopen_window
    return step.report.reopenable_until
