"""Messages written by hand, in many voices: what is read from them, and whom they lead to."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.codes import MatchState
from integration.db.engine import Database
from integration.matching.categories import suggest_category
from integration.matching.identifiers import find_damaged, is_nik, neighbours
from integration.matching.message import read, subject_names
from integration.matching.places import Places
from tests.matching.registry import Registry

with (Path(__file__).parent / "messages.csv").open(encoding="utf-8", newline="") as _file:
    MESSAGES = list(csv.DictReader(_file))
NIK = "6402066002809371"
VILLAGE, ELSEWHERE = "64.02.06.2012", "64.02.11.2010"


@given(st.integers(0, 15), st.sampled_from("0123456789"))
def test_a_number_with_one_wrong_digit_leads_back_to_the_right_one(at: int, digit: str) -> None:
    wrong = NIK[:at] + digit + NIK[at + 1 :]
    assert wrong == NIK or NIK in neighbours(wrong)


@given(st.integers(0, 15))
def test_a_number_with_a_digit_missing_doubled_or_swapped_leads_back(at: int) -> None:
    missing, doubled = NIK[:at] + NIK[at + 1 :], NIK[:at] + NIK[at] + NIK[at:]
    swapped = NIK[:at] + NIK[at + 1 : at + 2] + NIK[at] + NIK[at + 2 :]
    for faulty in {missing, doubled, swapped} - {NIK}:
        near = neighbours(faulty)
        assert NIK in near and all(is_nik(nik) for nik in near)


def test_faulty_numbers_are_found_but_neither_phones_nor_family_cards() -> None:
    assert find_damaged(f"nik {NIK[:15]} rt 2") == [NIK[:15]]
    assert find_damaged(f"nik {NIK}") == []
    assert find_damaged("hp 0812 5550 0001 atau 62800555000123") == []
    assert find_damaged(f"no kk {NIK[:15]}") == []


async def test_messages_by_hand_are_read_as_people_read_them(database: Database) -> None:
    async with database.write() as session:
        places = await Places.load(session)
    right = {"names": 0, "age": 0, "village": 0, "category": 0}
    for message in MESSAGES:
        told = read(message["text"], places, 2026)
        suggested = suggest_category(message["text"])
        named = ";".join(name.name for name in subject_names(told) if name.sure)
        right["names"] += named == message["names"]
        right["age"] += not message["age"] or str(told.age) == message["age"]
        right["village"] += sorted(told.villages) == [code for code in [message["village"]] if code]
        right["category"] += (suggested.category.value if suggested else "") == message["category"]
    least = {"names": 0.9, "age": 0.97, "village": 0.95, "category": 0.95}
    shares = {what: count / len(MESSAGES) for what, count in right.items()}
    assert all(shares[what] >= least[what] for what in least), shares


@pytest.mark.parametrize(
    "text",
    [
        f"rmh acil candra maimunah bocor, ds rapak lambur tenggarong nik: {NIK}",
        f"Ibu Tjandra Maimuna, desa Rapak Lambur, NIK {NIK[:12]}9379",
        f"Ibu Candra Maimunah, desa Rapak Lambur, NIK {NIK[:7]}{NIK[8:]}",
        "Bu Candra Maimunah umur 46 tahun, ds Rapak Lambur kec Tenggarong belum dapat PKH",
    ],
)
async def test_who_is_told_beyond_doubt_is_confirmed(registry: Registry, text: str) -> None:
    person = await registry.add("Candra Maimunah", date(1980, 2, 20), VILLAGE, NIK)
    await registry.add("Candra Maimunah", date(1961, 2, 20), ELSEWHERE)
    decision = await registry.ask(text)
    assert (decision.state, decision.person_id) == (MatchState.CONFIRMED, person.id)


@pytest.mark.parametrize("told", ["Candar Maimunah", "Maimunah Candra", "candramaimunah", "Candra Maimuna"])
async def test_a_name_spelt_otherwise_is_at_least_suggested(registry: Registry, told: str) -> None:
    person = await registry.add("Candra Maimunah", date(1980, 2, 20), VILLAGE)
    decision = await registry.ask(f"ibu {told} umur 45 tahun ds rapak lambr tenggarong sakit")
    assert decision.state in (MatchState.SUGGESTED, MatchState.CONFIRMED)
    assert decision.person_id == person.id


async def test_namesakes_are_left_to_an_officer(registry: Registry) -> None:
    both = {
        (await registry.add("Candra Maimunah", date(year, 2, 20), VILLAGE)).id for year in (1980, 1981)
    }  # fmt: skip
    decision = await registry.ask("ibu Candra Maimunah umur 45 tahun desa Rapak Lambur")
    assert decision.state is MatchState.AMBIGUOUS and decision.person_id is None
    assert {one.person_id for one in decision.candidates[:2]} == both


async def test_a_namesake_elsewhere_or_of_another_age_is_not_the_person(registry: Registry) -> None:
    await registry.add("Candra Maimunah", date(1980, 2, 20), ELSEWHERE)
    await registry.add("Candra Maimunah", date(1950, 2, 20), VILLAGE)
    decision = await registry.ask("ibu Candra Maimunah umur 45 tahun desa Rapak Lambur")
    assert decision.person_id is None and decision.state in (MatchState.UNMATCHED, MatchState.NOT_IN_REGISTRY), [
        (one.weight, [(e.field, e.comparison) for e in one.evidence]) for one in decision.candidates
    ]


async def test_the_reporter_is_not_taken_for_whom_they_report(registry: Registry) -> None:
    await registry.add("Rina Wati", date(1985, 2, 20), VILLAGE)
    person = await registry.add("Candra Maimunah", date(1980, 2, 20), VILLAGE)
    decision = await registry.ask("saya Rina Wati melaporkan tetangga, Bu Candra Maimunah umur 46 th, ds Rapak Lambur")
    assert decision.person_id == person.id
