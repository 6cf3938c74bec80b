"""Ages and birth dates as people tell them."""

from datetime import date

import pytest

from integration.matching.ages import find_ages
from integration.matching.words import words_of


def read(text: str) -> list[tuple[int, int]]:
    return [(one.age, one.about) for one in find_ages([word.text for word in words_of(text)], 2026)]


@pytest.mark.parametrize(
    ("text", "age", "about"),
    [
        ("umur 46 tahun", 46, 2),
        ("usia sekitar 60an", 60, 5),
        ("Sarkawi (41 th)", 41, 2),
        ("berumur enam puluh dua tahun", 62, 2),
        ("kira-kira tujuh puluh lima tahun", 75, 2),
        ("umur sidin tujuh puluhan", 70, 5),
        ("baru dua belas tahun", 12, 2),
        ("yuswa 83 taun", 83, 2),
        ("bayi umur 8 bulan", 0, 2),
        ("kelahiran 1958", 68, 0),
    ],
)
def test_an_age_is_read_in_figures_and_in_words(text: str, age: int, about: int) -> None:
    assert read(text) == [(age, about)]


@pytest.mark.parametrize(
    "text",
    [
        "sudah 3 tahun lumpuh",
        "selama 2 tahun ini",
        "anak 4 tahun lalu meninggal",
        "RT 12",
        "umur 150 tahun",
        "PKH 2019",
    ],
)
def test_how_long_and_how_many_is_no_age(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("text", ["lahir 17 agustus 1945", "TTL: Tenggarong, 17-08-1945", "tgl lahir 17/8/1945"])
def test_a_birth_date_is_read_whole(text: str) -> None:
    (found,) = find_ages([word.text for word in words_of(text)], 2026)
    assert found.born == date(1945, 8, 17) and found.birth_year == 1945


def test_a_date_there_never_was_leaves_the_year() -> None:
    (found,) = find_ages([word.text for word in words_of("lahir 31 februari 1960")], 2026)
    assert (found.born, found.birth_year) == (None, 1960)
