"""The people a report is about, and their exact match in the registry: by NIK, or not at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import select

from integration.codes import MatchState, Sex
from integration.events.log import Act
from integration.people.tables import PersonRow
from integration.reports.tables import MatchCandidateRow, MatchEvidenceRow, ReportSubjectRow


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
    known = await act.session.exec(select(ReportSubjectRow.nik_index).where(ReportSubjectRow.report_id == report_id))
    niks = {index for index in known.all() if index is not None}
    added = 0
    for subject in subjects:
        index = None if subject.nik is None else act.sealer.index("nik", subject.nik)
        if index is not None:
            if index in niks:
                continue
            niks.add(index)
        await _add(act, report_id, subject, index)
        added += 1
    return added


async def _add(act: Act, report_id: UUID, subject: Subject, index: bytes | None) -> None:
    # Two people may share one NIK until the registry is mended; which of them is meant is for an officer to say.
    people: Sequence[UUID] = ()
    if index is not None:
        found = await act.session.exec(select(PersonRow.id).where(PersonRow.nik_index == index).order_by(PersonRow.id))  # type: ignore[arg-type]
        people = found.all()
    states = {0: MatchState.UNMATCHED, 1: MatchState.SUGGESTED}
    row = ReportSubjectRow(
        report_id=report_id,
        name=subject.name,
        nik_sealed=act.sealer.seal_optional("nik", subject.nik),
        nik_index=index,
        approximate_age=subject.approximate_age,
        sex=subject.sex,
        region_code=subject.region_code,
        note_sealed=act.sealer.seal_optional("subject.note", subject.note),
        match_state=states.get(len(people), MatchState.AMBIGUOUS),
        person_id=people[0] if len(people) == 1 else None,
    )
    act.session.add(row)
    await act.session.flush()
    candidates = [MatchCandidateRow(subject_id=row.id, person_id=person, score=1.0) for person in people]
    act.session.add_all(candidates)
    await act.session.flush()
    act.session.add_all(
        MatchEvidenceRow(candidate_id=candidate.id, field="nik", comparison="exact", weight=1.0)
        for candidate in candidates
    )
    await act.session.flush()
