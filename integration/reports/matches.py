"""Who a described person is: an officer confirms a suggestion, rules it out for good, or says that the registry has
no such person.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, delete, select

from integration.codes import MatchState, UserErrorCode
from integration.events.log import Act
from integration.refusal import Refusal
from integration.reports import subject_rules as rules
from integration.reports.moving import Ask, found, legal_basis
from integration.reports.service import touched
from integration.reports.subject_actions import LEAVES, facts_of
from integration.reports.subjects import forget_candidates, settle
from integration.reports.tables import (
    MatchCandidateRow,
    MatchEvidenceRow,
    MatchRejectionRow,
    ReportRow,
    ReportSubjectRow,
)


@dataclass(frozen=True, slots=True)
class Match:
    """A decision asked for: is this subject that person of the registry, or anybody of it?"""

    subject_id: UUID
    person_id: UUID | None = None
    note: str | None = None
    expected_version: int | None = None


async def confirm(act: Act, match: Match) -> UUID:
    """It is this person, suggested or found by the officer; the report's id."""
    report, subject = await _begin(act, "subjectConfirmMatch", match)
    await act.session.exec(
        delete(MatchRejectionRow).where(
            col(MatchRejectionRow.subject_id) == subject.id, col(MatchRejectionRow.person_id) == match.person_id
        )
    )
    subject.match_state, subject.person_id, subject.searched = MatchState.CONFIRMED, match.person_id, None
    return await _finish(act, "subjectConfirmMatch", report, subject, match)


async def reject(act: Act, match: Match) -> UUID:
    """It is not this person, who is no longer suggested for this subject; the report's id."""
    report, subject = await _begin(act, "subjectRejectMatch", match)
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
    assert match.person_id is not None  # this act is told of one
    act.session.add(
        MatchRejectionRow(subject_id=subject.id, person_id=match.person_id, staff_id=act.viewer.staff_id, at=act.at)
    )
    # A confirmation of somebody else stands, whoever else was suggested.
    if subject.match_state is not MatchState.CONFIRMED or subject.person_id == match.person_id:
        await settle(act, subject)
    return await _finish(act, "subjectRejectMatch", report, subject, match)


async def absent(act: Act, match: Match) -> UUID:
    """The officer has looked, and the registry has no such person: whoever was suggested is ruled out; the report's id.

    A release to come is searched again for somebody else.
    """
    report, subject = await _begin(act, "subjectMarkNotInRegistry", match)
    suggested = await act.session.exec(
        select(MatchCandidateRow.person_id).where(MatchCandidateRow.subject_id == subject.id).distinct()
    )
    for person_id in suggested.all():
        act.session.add(
            MatchRejectionRow(subject_id=subject.id, person_id=person_id, staff_id=act.viewer.staff_id, at=act.at)
        )
    await forget_candidates(act, subject)
    subject.match_state, subject.person_id, subject.searched = MatchState.NOT_IN_REGISTRY, None, None
    return await _finish(act, "subjectMarkNotInRegistry", report, subject, match)


async def _begin(act: Act, name: str, match: Match) -> tuple[ReportRow, ReportSubjectRow]:
    await act.look("ReportSubject", match.subject_id, {}, "subject")
    subject = await act.session.get_one(ReportSubjectRow, match.subject_id)
    # The report first: whoever changes anything of it holds it.
    report = await found(act, Ask(subject.report_id, match.note, match.expected_version))
    await act.session.refresh(subject)
    refused = rules.decide(
        name, facts_of(await act.look("ReportSubject", subject.id, LEAVES, "subject")), act.viewer.roles
    )
    if refused is not None:
        raise refused.refusal()
    if match.person_id is not None:
        await act.look("Person", match.person_id, {}, "person")
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
        data={"subject": str(subject.id)} | ({} if match.person_id is None else {"person": str(match.person_id)}),
    )
    await act.session.flush()
    return report.id
