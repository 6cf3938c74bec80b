"""The people a report is about, and their exact match in the registry: by NIK, or not at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select

from integration.codes import MatchState, Sex
from integration.events.log import Act
from integration.people.tables import PersonRow
from integration.reports.tables import MatchCandidateRow, MatchEvidenceRow, MatchRejectionRow, ReportSubjectRow


@dataclass(frozen=True, slots=True, repr=False)
class Subject:
    """Somebody a report is about, as told."""

    name: str | None = None
    nik: str | None = None
    approximate_age: int | None = None
    sex: Sex | None = None
    region_code: str | None = None
    note: str | None = None


def with_niks(subjects: Sequence[Subject], niks: Iterable[str]) -> list[Subject]:
    """The subjects told, and one more for each further NIK standing in the text."""
    told = {subject.nik for subject in subjects}
    return [*subjects, *(Subject(nik=nik) for nik in niks if nik not in told)]


async def add_subjects(act: Act, report_id: UUID, subjects: Sequence[Subject]) -> int:
    """Write the subjects a report does not have yet, matched; returns how many were new."""
    there = await act.session.exec(select(ReportSubjectRow).where(ReportSubjectRow.report_id == report_id))
    known = {row.nik_index: row for row in there.all() if row.nik_index is not None}
    added = 0
    for subject in subjects:
        index = None if subject.nik is None else act.sealer.index("nik", subject.nik)
        if index is not None and index in known:
            # Told again: by now the registry may know them.
            await suggest(act, known[index])
            continue
        row = await _add(act, report_id, subject, index)
        if index is not None:
            known[index] = row
        added += 1
    return added


async def _add(act: Act, report_id: UUID, subject: Subject, index: bytes | None) -> ReportSubjectRow:
    row = ReportSubjectRow(
        report_id=report_id,
        name=subject.name,
        nik_sealed=act.sealer.seal_optional("nik", subject.nik),
        nik_index=index,
        approximate_age=subject.approximate_age,
        sex=subject.sex,
        region_code=subject.region_code,
        note_sealed=act.sealer.seal_optional("subject.note", subject.note),
    )
    act.session.add(row)
    await act.session.flush()
    await suggest(act, row)
    return row


async def suggest(act: Act, subject: ReportSubjectRow) -> None:
    """Look for an unmatched subject's NIK in the registry, leaving out whom an officer has ruled out."""
    if subject.nik_index is None or subject.match_state is not MatchState.UNMATCHED:
        return
    ruled_out = select(MatchRejectionRow.person_id).where(MatchRejectionRow.subject_id == subject.id)
    # Two people may share one NIK until the registry is mended; which of them is meant is for an officer to say.
    found = await act.session.exec(
        select(PersonRow.id)
        .where(PersonRow.nik_index == subject.nik_index, col(PersonRow.id).not_in(ruled_out))
        .order_by(col(PersonRow.id))
    )
    candidates = [MatchCandidateRow(subject_id=subject.id, person_id=person, score=1.0) for person in found.all()]
    act.session.add_all(candidates)
    await act.session.flush()
    act.session.add_all(
        MatchEvidenceRow(candidate_id=candidate.id, field="nik", comparison="exact", weight=1.0)
        for candidate in candidates
    )
    await settle(act, subject)


async def settle(act: Act, subject: ReportSubjectRow) -> None:
    """What the candidates that are left come to: nobody, one, or several."""
    left = select(MatchCandidateRow.person_id).where(MatchCandidateRow.subject_id == subject.id)
    people = (await act.session.exec(left)).all()
    states = {0: MatchState.UNMATCHED, 1: MatchState.SUGGESTED}
    subject.match_state = states.get(len(people), MatchState.AMBIGUOUS)
    subject.person_id = people[0] if len(people) == 1 else None
    act.session.add(subject)
    await act.session.flush()
