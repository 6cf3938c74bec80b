"""An entry of the registry that was merged into another leads to whom it stands for."""

from datetime import date

import pytest

from integration.codes import MatchState
from tests.matching.registry import Registry

OLD_NIK, NIK = "6402066002809371", "6402066002819382"
VILLAGE, ELSEWHERE = "64.02.06.2012", "64.02.11.2010"


@pytest.mark.parametrize(
    "text",
    [
        f"rumah ibu Candra Maimunah bocor, desa Rapak Lambur, NIK {OLD_NIK}",
        f"Ibu Candra Maimunah, desa Rapak Lambur, NIK {OLD_NIK[:7]}{OLD_NIK[8:]}",
        "Bu Candra Maimunah umur 46 tahun, ds Rapak Lambur kec Tenggarong belum dapat PKH",
    ],
)
async def test_a_report_about_the_old_entry_finds_who_is_left(registry: Registry, text: str) -> None:
    old = await registry.add("Candra Maimunah", date(1980, 2, 20), VILLAGE, OLD_NIK)
    left = await registry.add("Maimunah Hasan", date(1981, 2, 20), ELSEWHERE, NIK)
    assert (await registry.ask(text)).person_id == old.id
    await registry.merge(old, left)
    decision = await registry.ask(text)
    assert (decision.state, decision.person_id) == (MatchState.CONFIRMED, left.id)


async def test_two_entries_of_one_person_are_no_namesakes(registry: Registry) -> None:
    old = await registry.add("Candra Maimunah", date(1981, 2, 20), VILLAGE)
    left = await registry.add("Candra Maimunah", date(1980, 2, 20), VILLAGE)
    text = "Bu Candra Maimunah umur 46 tahun, ds Rapak Lambur kec Tenggarong belum dapat PKH"
    assert (await registry.ask(text)).state is MatchState.AMBIGUOUS
    await registry.merge(old, left)
    decision = await registry.ask(text)
    assert (decision.state, decision.person_id) == (MatchState.CONFIRMED, left.id)
    assert [one.person_id for one in decision.candidates] == [left.id]
