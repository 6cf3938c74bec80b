"""Telling the reporters of the evidence what their reports led to ("Anda melapor, kami ubah"): each person once."""

import sqlalchemy as sa
from sqlmodel import col, select

from integration.db.direct import insert_new
from integration.events.log import Act
from integration.policy.tables import PolicyFollowUpReportRow, PolicyFollowUpRow, PolicyNoticeRow
from integration.reports.tables import ReporterRow, ReportRow
from integration.reports.telling import tell

DONE, DEFERRED, REJECTED = "policy_changed", "policy_deferred", "policy_rejected"


async def tell_reporters(act: Act, follow_up: PolicyFollowUpRow, kind: str, **words: str) -> int:
    """Queue one message of the catalogue to everybody behind the follow-up's reports; how many people that were.

    People known under several entries are one by the address they are reached at. Nobody is told the same kind of news
    of one follow-up again.
    """
    found = await act.session.exec(
        select(ReportRow, ReporterRow)
        .join(PolicyFollowUpReportRow, col(PolicyFollowUpReportRow.report_id) == col(ReportRow.id))
        .join(ReporterRow, col(ReporterRow.id) == col(ReportRow.reporter_id))
        .where(PolicyFollowUpReportRow.follow_up_id == follow_up.id)
        .order_by(col(ReportRow.received_at), col(ReportRow.id))
    )
    before = await act.session.exec(
        select(ReporterRow.sender_index, ReporterRow.phone_index)
        .join(PolicyNoticeRow, col(PolicyNoticeRow.reporter_id) == col(ReporterRow.id))
        .where(PolicyNoticeRow.follow_up_id == follow_up.id, PolicyNoticeRow.kind == kind)
    )
    told: set[bytes] = {index for pair in before.all() for index in pair if index is not None}
    count = 0
    for report, reporter in found.all():
        reached = {index for index in (reporter.sender_index, reporter.phone_index) if index is not None}
        if not reached or reached & told:
            continue
        notice = PolicyNoticeRow(follow_up_id=follow_up.id, kind=kind, reporter_id=reporter.id, at=act.at)
        if not await insert_new(act.session, notice):
            continue
        told |= reached
        message_id = await tell(act, report, kind, title=follow_up.title, **words)
        count += message_id is not None
        await act.session.exec(
            sa.update(PolicyNoticeRow)
            .where(
                col(PolicyNoticeRow.follow_up_id) == follow_up.id,
                col(PolicyNoticeRow.kind) == kind,
                col(PolicyNoticeRow.reporter_id) == reporter.id,
            )
            .values(message_id=message_id)
        )
    return count
