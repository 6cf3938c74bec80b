"""The people a report is about, as told in a form or read from its text, and whom of the registry they may be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import SQLModel, col, delete, select

from integration.codes import MatchState, Sex
from integration.db.base import uuid7
from integration.db.direct import insert
from integration.events.log import Act
from integration.matching.message import Told
from integration.matching.rules import Candidate, Decision, Sought, state_of
from integration.matching.search import find, near_indexes
from integration.matching.service import describe
from integration.people.tables import PersonRow
from integration.reports.tables import MatchCandidateRow, MatchEvidenceRow, MatchRejectionRow, ReportSubjectRow

_MOST_IN_TEXT = 10
# Nobody is suggested, and what comes to be known may change that.
_NOBODY = (MatchState.UNMATCHED, MatchState.NOT_IN_REGISTRY)


@dataclass(frozen=True, slots=True, repr=False)
class Subject:
    """Somebody a report is about, as told."""

    name: str | None = None
    nik: str | None = None
    approximate_age: int | None = None
    birth_date: date | None = None
    certain: bool = False
    sex: Sex | None = None
    region_code: str | None = None
    note: str | None = None
    sought: Sought | None = None
    doubtful: bool = False


def told_in(act: Act, told: Told) -> list[Subject]:
    """The people a free text is about, as read from it."""
    return [
        Subject(
            name=one.name,
            nik=one.nik,
            approximate_age=told.age if place == 0 else None,
            birth_date=_born(told, place),
            certain=one.sought.certain,
            sex=one.sought.sex,
            region_code=next(iter(told.villages)) if len(told.villages) == 1 and told.place_sure else None,
            sought=one.sought,
            doubtful=one.doubtful,
        )
        for place, one in enumerate(describe(told, act.sealer)[:_MOST_IN_TEXT])
    ]


def _born(told: Told, place: int) -> date | None:
    age = told.age_of(place)
    return None if age is None else age.born


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
        if subject.doubtful and row.match_state in _NOBODY:
            # A word that may be a name, and nobody there bears it: most likely it is none.
            await forget_candidates(act, row)
            await act.session.delete(row)
            await act.session.flush()
            continue
        if index is not None:
            known[index] = row
        added += 1
    return added


async def _add(act: Act, report_id: UUID, subject: Subject, index: bytes | None) -> ReportSubjectRow:
    row = subject_row(act, report_id, subject, index)
    act.session.add(row)
    await act.session.flush()
    await suggest(act, row, subject.sought)
    return row


def subject_row(act: Act, report_id: UUID, subject: Subject, index: bytes | None) -> ReportSubjectRow:
    """The row of a subject, not yet written and not looked for; `index` is the blind index of the NIK."""
    return ReportSubjectRow(
        id=uuid7(),
        report_id=report_id,
        name=subject.name,
        nik_sealed=act.sealer.seal_optional("nik", subject.nik),
        nik_index=index,
        approximate_age=subject.approximate_age,
        birth_date=subject.birth_date,
        certain=subject.certain,
        sex=subject.sex,
        region_code=subject.region_code,
        note_sealed=act.sealer.seal_optional("subject.note", subject.note),
        match_state=MatchState.UNMATCHED,
    )


async def suggest(act: Act, subject: ReportSubjectRow, sought: Sought | None = None) -> None:
    """Look for a subject for whom nobody is suggested, leaving out whom an officer has ruled out.

    What is beyond doubt is confirmed, on record as done by nobody; an officer may always reject it.
    """
    if subject.match_state not in _NOBODY:
        return
    sought = sought or as_written(act, subject, act.at.year)
    if sought.name is None and sought.nik_index is None and not sought.near:
        return
    decision = await find(act.session, sought, await ruled_out(act, subject.id))
    await forget_candidates(act, subject)
    await write_candidates(act, subject, decision.candidates)
    if decision.state is not MatchState.UNMATCHED:
        # Whom the registry did not have, it does not have for that.
        take(subject, decision)
    act.session.add(subject)
    if decision.state is MatchState.CONFIRMED:
        record_match(act, subject)
    await act.session.flush()


def take(subject: ReportSubjectRow, decision: Decision) -> None:
    """What a search came to, and what it went by if it led to nobody."""
    subject.match_state, subject.person_id = decision.state, decision.person_id
    subject.searched = ",".join(decision.searched) or None


async def ruled_out(act: Act, subject_id: UUID) -> frozenset[UUID]:
    """Whom an officer has ruled out for a subject, also as the person they were merged into since."""
    found = await act.session.exec(
        select(PersonRow.id, PersonRow.merged_into_id)
        .join(MatchRejectionRow, col(MatchRejectionRow.person_id) == col(PersonRow.id))
        .where(MatchRejectionRow.subject_id == subject_id)
    )
    return frozenset(one for pair in found.all() for one in pair if one is not None)


async def write_candidates(act: Act, subject: ReportSubjectRow, candidates: Iterable[Candidate]) -> None:
    """Write whom a subject may be, with the evidence."""
    rows: list[SQLModel] = []
    for candidate in candidates:
        row = MatchCandidateRow(subject_id=subject.id, person_id=candidate.person_id, score=candidate.score)
        rows.append(row)
        rows += (
            MatchEvidenceRow(candidate_id=row.id, field=one.field, comparison=one.comparison, weight=one.weight)
            for one in candidate.evidence
        )
    await insert(act.session, *rows)


def record_match(act: Act, subject: ReportSubjectRow) -> None:
    """A match beyond doubt, on record as done by nobody."""
    act.record(
        "subjectMatched",
        "ReportSubject",
        subject.id,
        report_id=subject.report_id,
        data={"subject": str(subject.id), "person": str(subject.person_id)},
    )


async def forget_candidates(act: Act, subject: ReportSubjectRow) -> None:
    """Drop whom a subject may have been."""
    mine = select(MatchCandidateRow.id).where(MatchCandidateRow.subject_id == subject.id)
    await act.session.exec(delete(MatchEvidenceRow).where(col(MatchEvidenceRow.candidate_id).in_(mine)))
    await act.session.exec(delete(MatchCandidateRow).where(col(MatchCandidateRow.subject_id) == subject.id))


def as_written(act: Act, subject: ReportSubjectRow, year: int) -> Sought:
    """Whom to look for by what the subject's row holds. `year` is when it was told."""
    nik = None if subject.nik_sealed is None else act.sealer.open("nik", subject.nik_sealed)
    region = subject.region_code
    village = region is not None and region.count(".") == 3
    age, born = subject.approximate_age, subject.birth_date
    birth_year = born.year if born is not None else None if age is None else year - age
    return Sought(
        name=subject.name,
        sex=subject.sex,
        birth_year=birth_year,
        about_year=2 if born is None else 0,
        villages=frozenset({region} if region is not None and village else ()),
        districts=frozenset({region} if region is not None and region.count(".") == 2 else ()),
        nik_index=subject.nik_index,
        near=frozenset() if nik is None else near_indexes(act.sealer, [nik]),
        born=None if born is None else (born.day, born.month, born.year),
        certain=bool(subject.certain),
    )


async def settle(act: Act, subject: ReportSubjectRow) -> None:
    """What the candidates that are left come to: nobody, one, or several."""
    left = (
        await act.session.exec(
            select(MatchCandidateRow.person_id, MatchCandidateRow.score)
            .where(MatchCandidateRow.subject_id == subject.id)
            .order_by(col(MatchCandidateRow.score).desc(), col(MatchCandidateRow.person_id))
        )
    ).all()
    state = state_of([score for _, score in left])
    if state is not MatchState.UNMATCHED or subject.match_state is not MatchState.NOT_IN_REGISTRY:
        subject.match_state, subject.searched = state, None
    subject.person_id = left[0][0] if subject.match_state is MatchState.SUGGESTED else None
    act.session.add(subject)
    await act.session.flush()
