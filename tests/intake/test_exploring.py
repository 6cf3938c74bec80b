"""A form is answered before its text is read: whom it names is looked for by the worker, a moment later."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlmodel import col, select

from integration.access.viewer import SYSTEM
from integration.codes import ChannelKind, MatchState, MessageDirection, ReportStatus
from integration.db.base import now
from integration.events.log import Act
from integration.matching.codes import SuggestionField
from integration.people.tables import PersonRow
from integration.reports.form import Form, submit
from integration.reports.tables import MessageRow, ReportRow, SuggestionRow, UnexploredReportRow
from tests.intake.house import House


async def told(house: House, description: str) -> ReportRow:
    async with house.database.write() as session:
        act = Act(session, SYSTEM, now(), house.sealer, house.settings)
        receipt = await submit(act, Form(channel=ChannelKind.WEB, description=description))
    return next(report for report in await house.reports() if report.id == receipt.report_id)


async def somebody(house: House) -> tuple[PersonRow, str]:
    async with house.database.write() as session:
        known = select(PersonRow).where(col(PersonRow.nik_sealed).is_not(None)).order_by(col(PersonRow.id))
        person = (await session.exec(known.limit(1))).one()
    return person, house.sealer.open("nik", person.nik_sealed or b"")


async def waiting(house: House) -> Sequence[UUID]:
    async with house.database.write() as session:
        return (await session.exec(select(UnexploredReportRow.report_id))).all()


async def suggested(house: House, report: ReportRow) -> int:
    async with house.database.write() as session:
        return len((await session.exec(select(SuggestionRow).where(SuggestionRow.report_id == report.id))).all())


async def test_a_report_is_there_at_once_and_its_people_after_the_worker_had_a_moment(house: House) -> None:
    person, nik = await somebody(house)
    report = await told(house, f"Ibu {person.name} NIK {nik} belum menerima bantuan")
    assert await house.subjects(report) == [] and await suggested(house, report) == 0
    assert await waiting(house) == [report.id]
    await house.worker.run_pending()
    (subject,) = await house.subjects(report)
    assert subject.person_id == person.id and subject.match_state in (MatchState.SUGGESTED, MatchState.CONFIRMED)
    assert await suggested(house, report) > 0
    assert await waiting(house) == []


async def test_looking_does_not_count_as_a_change_that_an_officer_missed(house: House) -> None:
    _, nik = await somebody(house)
    report = await told(house, f"NIK {nik}")
    await house.worker.run_pending()
    assert (await house.only_report()).version == report.version


async def test_a_report_that_cannot_be_read_holds_up_no_other_and_is_left_alone_in_the_end(house: House) -> None:
    _, nik = await somebody(house)
    broken, sound = await told(house, "Tolong"), await told(house, f"NIK {nik}")
    await house.change(broken, description_sealed=b"this opens with no key")
    await house.worker.run_pending()
    assert len(await house.subjects(sound)) == 1
    for _ in range(6):
        await house.worker.run_pending()
    async with house.database.write() as session:
        (left,) = (await session.exec(select(UnexploredReportRow))).all()
    assert (left.report_id, left.tries) == (broken.id, 5)
    assert {report.status for report in await house.reports()} == {ReportStatus.RECEIVED}


async def test_whose_report_was_taken_back_meanwhile_is_not_looked_for(house: House) -> None:
    _, nik = await somebody(house)
    report = await told(house, f"NIK {nik}")
    await house.change(report, status=ReportStatus.WITHDRAWN)
    await house.worker.run_pending()
    assert await house.subjects(report) == [] and await waiting(house) == []


async def test_a_report_from_before_texts_were_read_is_read_with_its_messages(house: House) -> None:
    person, nik = await somebody(house)
    texts = [f"Ibu {person.name} NIK {nik} belum menerima bantuan", "Umurnya 61 tahun, di kelurahan Panji"]
    report = await told(house, texts[0])
    async with house.database.write() as session:
        for minute, text in enumerate(texts):
            session.add(
                MessageRow(
                    report_id=report.id,
                    channel=ChannelKind.WHATSAPP,
                    direction=MessageDirection.INBOUND,
                    kind="text",
                    text_sealed=house.sealer.seal("message.text", text),
                    at=report.received_at + timedelta(minutes=minute),
                )
            )
    await house.worker.run_pending()
    (subject,) = await house.subjects(report)
    assert subject.person_id == person.id
    async with house.database.write() as session:
        rows = (await session.exec(select(SuggestionRow).where(SuggestionRow.report_id == report.id))).all()
        messages = (
            await session.exec(
                select(MessageRow.id).where(MessageRow.report_id == report.id).order_by(col(MessageRow.at))
            )
        ).all()
    fields = {message: {one.field for one in rows if one.message_id == message} for message in (*messages, None)}
    assert {SuggestionField.NAME, SuggestionField.NIK} <= fields[messages[0]]
    assert {SuggestionField.AGE, SuggestionField.VILLAGE} <= fields[messages[1]] and not fields[None]
