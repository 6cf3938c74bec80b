"""Who a described person is: an officer confirms a suggestion, or rules it out for good."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, delete, select

from integration.codes import MatchState, ReportStatus, Role, UserErrorCode
from integration.events.log import Act
from integration.reading.view import Leaf
from integration.refusal import Refusal, permit
from integration.reports.moving import Ask, found, legal_basis
from integration.reports.service import touched
from integration.reports.subjects import settle
from integration.reports.tables import (
    MatchCandidateRow,
    MatchEvidenceRow,
    MatchRejectionRow,
    ReportRow,
    ReportSubjectRow,
)

# The desk and its leads. A verifier too, but only one whom another role lets see the report.
DECIDERS = frozenset({Role.ADMIN, Role.TEAM_LEAD, Role.SECRETARY, Role.VERIFIER})
# It is enough that the viewer sees the row.
_NO_FACTS: Mapping[str, Leaf] = {}


@dataclass(frozen=True, slots=True)
class Match:
    """A decision asked for: is this subject that person of the registry?"""

    subject_id: UUID
    person_id: UUID
    note: str | None = None
    expected_version: int | None = None


async def confirm(act: Act, match: Match) -> UUID:
    """It is this person, suggested or found by the officer; the report's id."""
    report, subject = await _begin(act, match)
    if subject.match_state is MatchState.CONFIRMED:
        raise Refusal(
            UserErrorCode.ILLEGAL_TRANSITION,
            "Subjek ini sudah dikonfirmasi. Bila keliru, tolak dahulu kecocokannya (subjectRejectMatch).",
            "This subject is confirmed already. If that is wrong, first reject the match (subjectRejectMatch).",
            ["subject"],
        )
    await act.session.exec(
        delete(MatchRejectionRow).where(
            col(MatchRejectionRow.subject_id) == subject.id, col(MatchRejectionRow.person_id) == match.person_id
        )
    )
    subject.match_state, subject.person_id = MatchState.CONFIRMED, match.person_id
    return await _finish(act, "subjectConfirmMatch", report, subject, match)


async def reject(act: Act, match: Match) -> UUID:
    """It is not this person, who is no longer suggested for this subject; the report's id."""
    report, subject = await _begin(act, match)
    suggested = select(MatchCandidateRow.id).where(
        MatchCandidateRow.subject_id == subject.id, MatchCandidateRow.person_id == match.person_id
    )
    candidates = (await act.session.exec(suggested)).all()
    if not candidates and subject.person_id != match.person_id:
        raise Refusal(
            UserErrorCode.INVALID,
            "Orang ini bukan calon kecocokan subjek tersebut.",
            "This person is no candidate for the subject.",
            ["person"],
        )
    await act.session.exec(delete(MatchEvidenceRow).where(col(MatchEvidenceRow.candidate_id).in_(candidates)))
    await act.session.exec(delete(MatchCandidateRow).where(col(MatchCandidateRow.id).in_(candidates)))
    act.session.add(
        MatchRejectionRow(subject_id=subject.id, person_id=match.person_id, staff_id=act.viewer.staff_id, at=act.at)
    )
    # A confirmation of somebody else stands, whoever else was suggested.
    if subject.match_state is not MatchState.CONFIRMED or subject.person_id == match.person_id:
        await settle(act, subject)
    return await _finish(act, "subjectRejectMatch", report, subject, match)


async def _begin(act: Act, match: Match) -> tuple[ReportRow, ReportSubjectRow]:
    await act.look("ReportSubject", match.subject_id, _NO_FACTS, "subject")
    subject = await act.session.get_one(ReportSubjectRow, match.subject_id)
    # The report first: whoever changes anything of it holds it.
    report = await found(act, Ask(subject.report_id, match.note, match.expected_version))
    await act.session.refresh(subject)
    permit(act.viewer.roles, among=DECIDERS)
    if report.status is ReportStatus.WITHDRAWN:
        raise Refusal(
            UserErrorCode.ILLEGAL_TRANSITION,
            "Laporan ini sudah ditarik pelapornya.",
            "The report was taken back by its reporter.",
        )
    await act.look("Person", match.person_id, _NO_FACTS, "person")
    return report, subject


async def _finish(act: Act, name: str, report: ReportRow, subject: ReportSubjectRow, match: Match) -> UUID:
    act.session.add(subject)
    touched(act, report)
    act.record(
        name,
        "ReportSubject",
        subject.id,
        report_id=report.id,
        sop_step=2,
        from_status=report.status,
        to_status=report.status,
        note=match.note,
        legal_basis_id=await legal_basis(act, 2),
        data={"subject": str(subject.id), "person": str(match.person_id)},
    )
    await act.session.flush()
    return report.id
