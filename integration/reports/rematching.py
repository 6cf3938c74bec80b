"""Looking again, after an import, for subjects of reports nobody has decided on.

Each subject is a transaction of its own that also writes its mark, so whoever is stopped goes on behind the last one.
What was found before stays: a message told more than the subject's row holds.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, or_
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.codes import ImportState, MatchState, ReportStatus
from integration.db.engine import Database
from integration.events.log import Act
from integration.matching.search import find
from integration.registry.importing.tables import ImportBatchRow
from integration.reports.steps import CLOSED
from integration.reports.subjects import as_written, record_match, ruled_out, settle, take, write_candidates
from integration.reports.tables import MatchCandidateRow, ReportRow, ReportSubjectRow

_AT_ONCE = 100
_log = structlog.get_logger("satupintu.rematching")


async def imports_applied(database: Database) -> int:
    """How many imports have been applied, supplements of a release too."""
    applied = select(func.count()).where(col(ImportBatchRow.state) == ImportState.APPLIED)
    async with database.look() as session:
        return (await session.exec(applied)).one()


async def rematch(database: Database, act_of: Callable[[AsyncSession], Act], imports: int) -> int:
    """Look again for all undecided subjects not looked for since that many imports; how many were looked for.

    Only for reports that are open or may still be reopened.
    """
    count, last = 0, None
    while True:
        async with database.look() as session:
            due = await _due(session, imports, act_of(session).at, last)
        for subject_id in due:
            try:
                async with database.write() as session:
                    count += await _look_again(act_of(session), subject_id, imports)
            except Exception as error:  # noqa: BLE001 - one that fails holds up no other; its mark stays behind
                _log.error("rematching.not_done", subject=str(subject_id), error=type(error).__name__)
        if len(due) < _AT_ONCE:
            return count
        last = due[-1]


def _undecided(imports: int, at: datetime) -> tuple[ColumnElement[bool], ...]:
    mark = col(ReportSubjectRow.matched_imports)
    return (
        col(ReportSubjectRow.match_state) != MatchState.CONFIRMED,
        or_(mark.is_(None), mark < imports),
        or_(col(ReportRow.status).not_in(CLOSED), col(ReportRow.reopenable_until) > at),
        col(ReportRow.status).not_in((ReportStatus.WITHDRAWN, ReportStatus.MERGED)),
    )


async def _due(session: AsyncSession, imports: int, at: datetime, last: UUID | None) -> Sequence[UUID]:
    statement = (
        select(ReportSubjectRow.id)
        .join(ReportRow, col(ReportRow.id) == ReportSubjectRow.report_id)
        .where(*_undecided(imports, at))
    )
    if last is not None:
        statement = statement.where(col(ReportSubjectRow.id) > last)
    return (await session.exec(statement.order_by(col(ReportSubjectRow.id)).limit(_AT_ONCE))).all()


async def _look_again(act: Act, subject_id: UUID, imports: int) -> bool:
    mine = select(ReportSubjectRow.report_id).where(ReportSubjectRow.id == subject_id)
    # The report first, as every act does: from here on no officer decides.
    held = select(ReportRow).where(col(ReportRow.id).in_(mine)).with_for_update()
    report = (await act.session.exec(held)).one_or_none()
    if report is None:
        return False
    wanted = (
        select(ReportSubjectRow)
        .join(ReportRow, col(ReportRow.id) == ReportSubjectRow.report_id)
        .where(ReportSubjectRow.id == subject_id, *_undecided(imports, act.at))
    )
    subject = (await act.session.exec(wanted)).one_or_none()
    if subject is None:
        return False
    subject.matched_imports = imports
    act.session.add(subject)
    await _match(act, subject, report.received_at.year)
    await act.session.flush()
    return True


async def _match(act: Act, subject: ReportSubjectRow, year: int) -> None:
    sought = as_written(act, subject, year)
    if sought.name is None and sought.nik_index is None and not sought.near:
        return
    decision = await find(act.session, sought, await ruled_out(act, subject.id))
    before = set(
        await act.session.exec(select(MatchCandidateRow.person_id).where(MatchCandidateRow.subject_id == subject.id))
    )
    new = [one for one in decision.candidates if one.person_id not in before]
    await write_candidates(act, subject, new)
    # Somebody found before and not now speaks against a match beyond doubt: an officer looks at both.
    if decision.state is MatchState.CONFIRMED and before <= {one.person_id for one in decision.candidates}:
        take(subject, decision)
        record_match(act, subject)
    elif new:
        await settle(act, subject)
    elif not before and decision.state is MatchState.NOT_IN_REGISTRY:
        take(subject, decision)
