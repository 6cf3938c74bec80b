"""Which report a further message goes on with."""

import pytest

from integration.codes import ReportStatus
from tests.intake.house import MORNING, House, delivery, message

HOUR = 3600
OTHER = "6280055500077"
ADI, BUDI = "6402060101809001", "6402060101809002"


@pytest.mark.parametrize(("first", "further", "later", "reports"), [
    ("halo", "tambahan", 6 * HOUR, 1),
    ("halo", "tambahan", 6 * HOUR + 1, 2),
    ("halo", f"NIK {ADI}", 60, 1),
    (f"NIK {ADI}", "tambahan", 60, 1),
    (f"NIK {ADI}", f"NIK {ADI}", 60, 1),
    (f"NIK {ADI}", f"NIK {BUDI}", 60, 2),
    (f"NIK {ADI}", f"NIK {ADI} dan {BUDI}", 60, 1),
    ("desa Rempanga", "desa Rempanga RT 2", 60, 1),
    ("desa Rempanga", "desa Ponoragan", 60, 2),
    ("kec Loa Kulu", "desa Rempanga", 60, 1),
    ("kec Sebulu", "desa Rempanga", 60, 2),
    ("desa Rempanga", "kantor di Tenggarong", 60, 1),
    ("desa Rempanga", "kec Loa Kulu", 60, 1),
])  # fmt: skip
async def test_time_person_and_village_decide(house: House, first: str, further: str, later: int, reports: int) -> None:
    await house.say(first)
    await house.say(further, at=MORNING + later)
    assert len(await house.reports()) == reports


async def test_the_window_runs_from_the_last_message(house: House) -> None:
    for step in range(4):
        await house.say(f"pesan {step}", at=MORNING + step * 5 * HOUR)
    report = await house.only_report()
    assert house.description(report) == "pesan 0\npesan 1\npesan 2\npesan 3"
    assert report.version == 4
    assert [event.act for event in await house.events(report)] == ["reportReceived"] + ["reportExtended"] * 3


async def test_a_late_delivery_still_belongs(house: House) -> None:
    await house.say("kedua", at=MORNING + 600)
    await house.say("pertama", at=MORNING)
    await house.only_report()


async def test_other_people_have_their_own_reports(house: House) -> None:
    await house.say("halo")
    await house.say("halo", sender=OTHER)
    assert len(await house.reports()) == 2


@pytest.mark.parametrize("status", ReportStatus)
async def test_a_report_that_has_moved_on_is_not_extended(house: House, status: ReportStatus) -> None:
    await house.say("halo")
    await house.change(await house.only_report(), status=status)
    await house.say("lagi", at=MORNING + 60)
    still_open = status in (ReportStatus.RECEIVED, ReportStatus.UNDER_VERIFICATION, ReportStatus.NEEDS_INFO)
    assert len(await house.reports()) == (1 if still_open else 2)


async def test_an_answer_always_belongs_to_the_question(house: House) -> None:
    await house.say(f"desa Rempanga NIK {ADI}")
    asked = await house.only_report()
    await house.change(asked, status=ReportStatus.NEEDS_INFO)
    await house.say(f"desa Ponoragan NIK {BUDI}", at=MORNING + 30 * 24 * HOUR)
    report = await house.only_report()
    assert report.status is ReportStatus.UNDER_VERIFICATION
    assert report.version == asked.version + 1
    answered = (await house.events(report))[-1]
    assert (answered.act, answered.sop_step) == ("reporterAnswered", 2)
    assert (answered.from_status, answered.to_status) == (ReportStatus.NEEDS_INFO, ReportStatus.UNDER_VERIFICATION)


async def test_of_two_open_reports_the_one_about_the_person_goes_on(house: House) -> None:
    await house.say(f"NIK {ADI}")
    await house.say(f"NIK {BUDI}", at=MORNING + 60)
    await house.say(f"foto untuk NIK {ADI}", at=MORNING + 120)
    adi, budi = await house.reports()
    assert house.description(adi) == f"NIK {ADI}\nfoto untuk NIK {ADI}"
    assert house.description(budi) == f"NIK {BUDI}"


async def test_the_person_named_counts_more_than_the_last_word(house: House) -> None:
    await house.say(f"desa Rempanga NIK {ADI}")
    await house.say("desa Ponoragan", at=MORNING + 60)
    await house.say(f"foto NIK {ADI}", at=MORNING + 120)
    assert [house.description(report) for report in await house.reports()] == [
        f"desa Rempanga NIK {ADI}\nfoto NIK {ADI}",
        "desa Ponoragan",
    ]


async def test_the_village_becomes_known_and_finer_but_not_another(house: House) -> None:
    await house.say("halo")
    for text, code in (("kec Loa Kulu", "64.02.02"), ("ds Rempanga", "64.02.02.2007"), ("di Sebulu", "64.02.02.2007")):
        await house.say(text, at=MORNING + 60)
        assert (await house.only_report()).region_code == code


async def test_a_batch_of_one_sender_is_one_report(house: House) -> None:
    await house.deliver(delivery(*(message(text=f"baris {n}", at=MORNING + n) for n in range(5))))
    assert house.description(await house.only_report()) == "\n".join(f"baris {n}" for n in range(5))


async def test_the_first_event_is_step_one_of_the_decree(house: House) -> None:
    await house.say("halo")
    (received,) = await house.events(await house.only_report())
    assert (received.act, received.sop_step, received.to_status) == ("reportReceived", 1, ReportStatus.RECEIVED)
    assert received.legal_basis_id is not None
    assert received.position is not None
