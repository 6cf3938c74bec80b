"""One person's name, however it is spelt, leads to keys that meet; every person in the database has theirs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, delete, func, select

from integration.db.engine import Database
from integration.matching.index import complete_keys
from integration.matching.keys import VERSION, name_keys
from integration.matching.names import name_words, skeleton, sound
from integration.matching.tables import PersonNameKeyRow
from integration.people.tables import PersonRow


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Soekarno", "Sukarno"),
        ("Djoko", "Joko"),
        ("Tjahjono", "Cahyono"),
        ("Achmad", "Ahmat"),
        ("Khairul", "Chairul"),
        ("Jusuf", "Yusup"),
        ("Zainal", "Jainal"),
        ("Noor", "Nur"),
        ("Mariyah", "Maria"),
        ("Sjafruddin", "Syafrudin"),
        ("Hj. Siti Aminah", "Acil St. Aminah"),
        ("M. Hasan", "Mochammad Hasan"),
        ("Abdurrahman", "Abd. Rahman"),
    ],
)
def test_spellings_of_one_name_sound_alike(one: str, other: str) -> None:
    def sounds(name: str) -> list[str]:
        return [skeleton(sound(word)) for word in name_words(name)]

    assert sounds(one) == sounds(other)
    assert name_keys(one) & name_keys(other)


@pytest.mark.parametrize(
    ("registered", "told"),
    [
        ("Kartini Noor", "kartininoor"),
        ("Kartini Noor", "Noor Kartini"),
        ("Nur Hidayah", "ayah nur"),
        ("Nurhidayah", "dayah"),
        ("Rusdiansyah", "rusdinasyah"),
        ("Mulyadi", "mulyad"),
    ],
)
def test_joined_reversed_shortened_and_mistyped_names_share_a_key(registered: str, told: str) -> None:
    assert name_keys(registered) & name_keys(told)


def test_titles_and_the_commonest_names_lead_to_nobody_where_there_is_more() -> None:
    assert not name_keys("Hj. Siti Aminah") & name_keys("Hj. Siti Rukmini")
    assert not name_keys("Muhammad Hasan") & name_keys("M. Arsyad")
    assert name_keys("Muhammad") == name_keys("Moh.")
    assert not name_keys("64 02")


@given(st.text())
def test_any_text_may_be_asked_for_its_keys(text: str) -> None:
    assert all(key > VERSION for key in name_keys(text))
    assert name_keys(text) == name_keys(f" {text} ")


async def test_people_without_keys_are_given_theirs_once(database: Database) -> None:
    async with database.write() as session:
        people = (await session.exec(select(func.count()).select_from(PersonRow))).one()
        whole = set(await session.exec(select(PersonNameKeyRow.key, PersonNameKeyRow.person_id)))
    assert await complete_keys(database) == 0
    async with database.write() as session:
        await session.exec(delete(PersonNameKeyRow).where(col(PersonNameKeyRow.key) == VERSION))
    assert await complete_keys(database) == people
    assert await complete_keys(database) == 0
    async with database.write() as session:
        assert set(await session.exec(select(PersonNameKeyRow.key, PersonNameKeyRow.person_id))) == whole
