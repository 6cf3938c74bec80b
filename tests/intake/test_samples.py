"""The ten sample deliveries and the 150 of the sample population, from the wire to the report."""

import csv
import json
from collections import Counter

from integration.codes import MatchState, MessageDirection, ReportCategory, ReporterKind, ReportStatus
from integration.connectors.whatsapp.signature import is_signed
from tests.intake.house import DATA, SAMPLES, House

MANIFEST = json.loads((DATA / "manifest.json").read_text())


def test_the_samples_carry_metas_signature() -> None:
    for sample in MANIFEST["samples"]:
        body = (DATA / sample["file"]).read_bytes()
        assert is_signed(body, sample["X-Hub-Signature-256"], MANIFEST["app_secret_for_tests"])
        assert not is_signed(body + b" ", sample["X-Hub-Signature-256"], MANIFEST["app_secret_for_tests"])


async def test_ten_deliveries_become_five_reports(house: House) -> None:
    await house.deliver(*(sample.read_bytes() for sample in SAMPLES))
    rusmini, username, anwar, aminah, darmawi = await house.reports()
    assert [report.number for report in await house.reports()] == [f"SIM-2026-{n:06d}" for n in range(1, 6)]
    assert all(report.status is ReportStatus.RECEIVED for report in await house.reports())

    assert rusmini.region_code == "64.02.02.2007"  # Rempanga, Loa Kulu
    assert (await house.reporter(rusmini)).name == "Ibu Rusmini"

    (subject,) = await house.subjects(username)
    assert house.sealer.open("nik", subject.nik_sealed or b"") == "6402065505809001"
    assert subject.match_state is MatchState.UNMATCHED
    reporter = await house.reporter(username)
    assert reporter.kind is ReporterKind.INDIVIDUAL
    assert reporter.phone_sealed is None and reporter.sender_sealed is not None

    assert anwar.region_code == "64.02.07.2004"  # Sebulu Ulu
    assert house.description(anwar) == (
        "Rumah roboh kena angin, desa Sebulu Ulu RT 12. An. Pak Sutrisno\nLokasi: -0.2691, 116.9842"
    )
    assert aminah.category is ReportCategory.AID_NOT_RECEIVED
    assert house.description(aminah) == "Bantuan belum diterima\nSudah selesai"
    assert darmawi.region_code == "64.02.06.1011"  # Maluhu, named in the second message

    kinds = Counter(message.kind for message in await house.messages())
    assert kinds == {
        "text": 4, "image": 1, "location": 1, "interactive": 1, "button": 1, "system": 1, "unsupported": 1,
    }  # fmt: skip
    assert {row.state for row in await house.inbox()} == {"DONE"}


async def test_a_changed_number_stays_the_same_person(house: House) -> None:
    await house.deliver(*(sample.read_bytes() for sample in SAMPLES))
    reporter = await house.reporter((await house.reports())[0])
    assert house.sealer.open("phone", reporter.phone_sealed or b"") == "6280011110777"


async def test_each_report_has_one_receipt(house: House) -> None:
    await house.deliver(*(sample.read_bytes() for sample in SAMPLES), *(sample.read_bytes() for sample in SAMPLES))
    for report in await house.reports():
        (receipt,) = await house.outbox(report)
        assert receipt["number"] == report.number
        assert house.sealer.index("tracking", receipt["trackingCode"]) == report.tracking_hash
        assert receipt["trackingCode"] in receipt["text"]
        assert report.number in receipt["text"]
    sent = await house.messages(MessageDirection.OUTBOUND)
    assert len(sent) == 5
    assert all("\u2022" * 10 in (house.text(message) or "") for message in sent)


async def test_the_sample_population_is_taken_in_whole(house: House) -> None:
    bodies = (DATA / "sample.ndjson").read_bytes().splitlines()
    await house.deliver(*bodies)
    assert len(bodies) == 150
    messages = await house.messages()
    assert len({message.provider_id for message in messages}) == len(messages) == 150
    assert all(message.report_id is not None for message in messages)
    reports = await house.reports()
    numbers = [report.number for report in reports]
    assert len(set(numbers)) == len(numbers)
    # The demo data has given 14 numbers of 2024 away.
    assert min(numbers) == "SIM-2024-000015"
    assert {row.state for row in await house.inbox()} == {"DONE"}


async def test_exact_niks_of_the_sample_find_their_people(house: House) -> None:
    bodies = (DATA / "sample.ndjson").read_bytes().splitlines()
    await house.deliver(*bodies)
    with (DATA / "sample_truth.csv").open() as file:
        truth = {row["message_id"]: row for row in csv.DictReader(file)}
    reports = {report.id: report for report in await house.reports()}
    right = expected = 0
    found = (MatchState.SUGGESTED, MatchState.CONFIRMED)
    for message in await house.messages():
        row = truth[message.provider_id or ""]
        if row["nik"] and row["nik_in_text"] in ("exact", "separated"):
            expected += 1
            assert message.report_id is not None
            subjects = await house.subjects(reports[message.report_id])
            index = house.sealer.index("nik", row["nik"])
            right += any(s.nik_index == index and s.match_state in found for s in subjects)
    assert expected == right > 35
