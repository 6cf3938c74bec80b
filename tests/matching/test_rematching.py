"""After an import the people of reports are looked for again, except where an officer has decided."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import select

from integration.access.sealing import Sealer
from integration.codes import ChannelKind, MatchState, ReportStatus
from integration.db.base import now
from integration.db.engine import Database
from integration.matching.search import find
from integration.people.tables import PersonRow
from integration.reference import load_reference
from integration.reports.tables import MatchCandidateRow, MatchRejectionRow, ReportRow, ReportSubjectRow
from integration.settings import Settings
from integration.worker import Worker
from tests.registry.files import csv_file, rows
from tests.registry.office import Office

_MATCHED = "SELECT count(*) FROM event WHERE act = 'subjectMatched'"


@pytest.fixture
async def office(empty_database: Database, sealer: Sealer, settings: Settings) -> Office:
    async with empty_database.write() as session:
        await load_reference(session)
    return Office(empty_database, sealer, settings)


async def _told(office: Office, niks: list[str], status: ReportStatus = ReportStatus.RECEIVED) -> list[UUID]:
    """Subjects of one report, each told by NIK, whom nobody knows yet."""
    at = datetime(2026, 3, 2, tzinfo=UTC)
    async with office.database.write() as session:
        report = ReportRow(
            number=f"T-{status}", tracking_hash=b"-", channel=ChannelKind.PHONE, status=status, received_at=at,
            updated_at=at,
        )  # fmt: skip
        session.add(report)
        await session.flush()
        subjects = [
            ReportSubjectRow(
                report_id=report.id,
                nik_sealed=office.sealer.seal("nik", nik),
                nik_index=office.sealer.index("nik", nik),
            )
            for nik in niks
        ]
        session.add_all(subjects)
    return [one.id for one in subjects]


async def _state(office: Office, subject_id: UUID) -> tuple[MatchState, UUID | None]:
    async with office.database.write() as session:
        subject = await session.get_one(ReportSubjectRow, subject_id)
        return MatchState(subject.match_state), subject.person_id


async def _person(office: Office, nik: str) -> UUID:
    async with office.database.write() as session:
        index = office.sealer.index("nik", nik)
        return (await session.exec(select(PersonRow.id).where(PersonRow.nik_index == index))).one()


def _worker(office: Office) -> Worker:
    return Worker(office.database, office.sealer, office.settings)


async def test_who_comes_with_a_release_is_found_once(office: Office, tmp_path: Path) -> None:
    people = rows(6)
    (open_one,) = await _told(office, [people[0]["NIK"]])
    (closed,) = await _told(office, [people[1]["NIK"]], ReportStatus.ARCHIVED)
    worker = _worker(office)
    await worker.run_pending()
    assert await _state(office, open_one) == (MatchState.UNMATCHED, None)
    await office.bring_in(csv_file(tmp_path / "rilis.csv", people))
    await worker.run_pending()
    state, person = await _state(office, open_one)
    assert state in (MatchState.SUGGESTED, MatchState.CONFIRMED)
    assert person == await _person(office, people[0]["NIK"])
    assert await _state(office, closed) == (MatchState.UNMATCHED, None)
    events = await office.all(_MATCHED)
    candidates = await office.all("SELECT count(*) FROM match_candidate")
    await worker.run_pending()
    await _worker(office).run_pending()
    assert await office.all(_MATCHED) == events
    assert await office.all("SELECT count(*) FROM match_candidate") == candidates


async def test_what_an_officer_decided_stays(office: Office, tmp_path: Path) -> None:
    people = rows(6)
    await office.bring_in(csv_file(tmp_path / "satu.csv", people))
    ruled_out, confirmed = await _told(office, [people[0]["NIK"], people[1]["NIK"]])
    other = await _person(office, people[2]["NIK"])
    wrong = await _person(office, people[0]["NIK"])
    async with office.database.write() as session:
        session.add(MatchRejectionRow(subject_id=ruled_out, person_id=wrong, at=now()))
        subject = await session.get_one(ReportSubjectRow, confirmed)
        subject.match_state, subject.person_id = MatchState.CONFIRMED, other
        session.add(subject)
    await office.bring_in(csv_file(tmp_path / "dua.csv", people), "2026-Q2")
    await _worker(office).run_pending()
    assert (await _state(office, ruled_out))[1] != wrong
    async with office.database.write() as session:
        assert wrong not in set(await session.exec(select(MatchCandidateRow.person_id)))
    assert await _state(office, confirmed) == (MatchState.CONFIRMED, other)


async def test_a_worker_stopped_in_the_middle_is_followed_by_one_that_goes_on(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = rows(6)
    subjects = await _told(office, [row["NIK"] for row in people])
    await office.bring_in(csv_file(tmp_path / "rilis.csv", people))
    look_for, seen = find, list[int]()

    async def killed(*told: object) -> object:
        seen.append(1)
        if len(seen) == 3:
            raise KeyboardInterrupt
        return await look_for(*told)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr("integration.reports.rematching.find", killed)
        with pytest.raises(KeyboardInterrupt):
            await _worker(office).run_pending()
    marked = "SELECT count(*) FROM report_subject WHERE matched_imports = 1"
    assert await office.all(marked) == [(2,)]
    await _worker(office).run_pending()
    assert await office.all(marked) == [(6,)]
    for row, subject in zip(people, subjects, strict=True):
        assert (await _state(office, subject))[1] == await _person(office, row["NIK"])
    assert (await office.all("SELECT count(*), count(DISTINCT noun_id) FROM event WHERE act = 'subjectMatched'")) in (
        [(6, 6)],
        [(0, 0)],
    )
