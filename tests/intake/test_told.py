"""What a text tells of somebody is kept as a person would write it, and serves again when they are looked for later."""

from datetime import date
from functools import partial

import pytest

from integration.access.viewer import SYSTEM
from integration.codes import MatchState
from integration.db.base import now
from integration.events.log import Act
from integration.reports.rematching import rematch
from tests.intake.house import House
from tests.intake.test_exploring import told
from tests.matching.registry import Registry

BORN = date(1945, 8, 17)
TEXT = "ibu kartini salsabila lahir 17 agustus 1945, desa rapak lambur kec tenggarong, belum dapat bantuan"
VILLAGE = "64.02.06.2012"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (TEXT, "Kartini Salsabila"),
        (TEXT.upper(), "Kartini Salsabila"),
        ("Hj. Siti Aminah umur 70 tahun, desa Rapak Lambur, lumpuh", "Hj. Siti Aminah"),
        ("mohon bantuan utk pak abdul gafur bin hasan, ds rapak lambur", "Abdul Gafur bin Hasan"),
    ],
)
async def test_a_name_is_kept_as_people_write_names(house: House, text: str, name: str) -> None:
    report = await told(house, text)
    await house.worker.run_pending()
    assert [one.name for one in await house.subjects(report)] == [name]


async def test_why_nobody_was_found_is_on_record_until_somebody_is(house: House) -> None:
    report = await told(house, TEXT)
    await house.worker.run_pending()
    (subject,) = await house.subjects(report)
    assert (subject.match_state, subject.searched) == (MatchState.NOT_IN_REGISTRY, "NAME,VILLAGE,AGE")
    registry = Registry(house.database, house.sealer)
    right = await registry.add("Kartini Salsabila", BORN, VILLAGE)
    # Born in the same year: only the date tells which of them is meant.
    await registry.add("Kartini Salsabila", date(1945, 2, 3), VILLAGE)
    act_of = partial(_act, house)
    await rematch(house.database, act_of, 1)
    (subject,) = await house.subjects(report)
    assert (subject.birth_date, subject.person_id, subject.searched) == (BORN, right.id, None)


def _act(house: House, session: object) -> Act:
    return Act(session, SYSTEM, now(), house.sealer, house.settings)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "Ibu Kartini umur 70 tahun, desa Rapak Lambur, belum dapat bantuan",
        "Ibu Kartini Salsabila, desa Rapak Lambur, belum dapat bantuan",
        "Ibu Kartini Salsabila umur 70 tahun belum dapat bantuan",
    ],
)
async def test_who_is_told_by_little_is_not_said_to_be_missing(house: House, text: str) -> None:
    report = await told(house, text)
    await house.worker.run_pending()
    assert all((one.match_state, one.searched) == (MatchState.UNMATCHED, None) for one in await house.subjects(report))
