"""Which numbers in people's words are a NIK."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.access.masks import mask_text
from integration.matching.identifiers import find_identifiers, is_nik, parse_nik

NIK, OTHER = "6402065505809001", "6402131404739000"

FOUND: dict[str, tuple[str, list[str]]] = {
    "plain": (f"NIK {NIK} tolong", [NIK]),
    "glued to words": (f"nik:{NIK}makasih", [NIK]),
    "dashes": ("NIK 6402-0655-0580-9001", [NIK]),
    "dots": ("6402.0655.0580.9001.", [NIK]),
    "spaces": ("no ktp 6402 0655 0580 9001", [NIK]),
    "en dashes": ("6402\u20130655\u20130580\u20139001", [NIK]),
    "wide": ("6402 - 0655", []),
    "six, six, four": ("640206 550580 9001", [NIK]),
    "after the RT": ("RT 05 6402 0655 0580 9001", [NIK]),
    "before the age": ("6402 0655 0580 9001 60 th", [NIK]),
    "two, glued": (f"{NIK} {OTHER}", [NIK, OTHER]),
    "twice": (f"{NIK}, ya {NIK}", [NIK]),
    "nik then phone": (f"{NIK} 081234567890", [NIK]),
    "phone then nik": (f"081234567890 {NIK}", [NIK]),
    "spaced nik, dashed phone": ("6402 0655 0580 9001 0812-3456-7890", [NIK]),
    "all spaced": ("6402 0655 0580 9001 0812 3456 7890", [NIK]),
    "kk and nik": (f"KK {OTHER} NIK {NIK}", [NIK]),
    "nik and kk": (f"NIK {NIK} KK {OTHER}", [NIK]),
    "nik or kk": (f"NIK/KK: {NIK}", [NIK]),
    "kk behind": (f"{OTHER} (KK)", []),
    "no kk": (f"no kk {OTHER}", []),
    "no. kk:": (f"No. KK: {OTHER}", []),
    "kk no": (f"KK No. {OTHER}", []),
    "kk of mine": (f"nomor kk saya {OTHER}", []),
    "kartu keluarga": (f"Kartu Keluarga {OTHER}", []),
    "kk dashed": ("kk 6402-1314-0473-9000", []),
    "a word ending in kk": (f"takk {NIK}", [NIK]),
    "seventeen": (f"{NIK}1", []),
    "one before": (f"1{NIK}", []),
    "fifteen": (NIK[:-1], []),
    "twenty spaced": ("6402 0655 0580 9001 2345", []),
    "two phones": ("081234567890 081298765432", []),
    "two phones spaced": ("0812 3456 7890 0812 9876 5432", []),
    "two short phones": ("08123456 08129876", []),
    "two international": ("6281234567890 6281298765432", []),
    "no such province": ("9902065505809001", []),
    "no such month": ("6402065513809001", []),
    "no such day": ("6402063205809001", []),
    "no such day of a woman": ("6402067205809001", []),
    "no 30 February": ("6402063002809001", []),
    "29 February of a leap year": ("6402062902809001", ["6402062902809001"]),
    "29 February of another": ("6402062902819001", []),
    "no serial": ("6402065505800000", []),
    "two lines": ("6402 0655\n0580 9001", []),
    "a date": ("lahir 12-03-1999 0812 3456", []),
    "nothing": ("", []),
}  # fmt: skip


@pytest.mark.parametrize("case", FOUND)
def test_a_nik_is_found_and_only_a_nik(case: str) -> None:
    text, expected = FOUND[case]
    assert find_identifiers(text) == expected


NIKS = st.builds(
    lambda area, day, woman, month, year, serial: f"{area}{day + 40 * woman:02d}{month:02d}{year:02d}{serial:04d}",
    st.sampled_from(["640206", "640213", "337401", "110101", "927101"]),
    st.integers(1, 28), st.booleans(), st.integers(1, 12), st.integers(0, 99), st.integers(9000, 9999),
)  # fmt: skip
WORDS = st.text(st.characters(exclude_categories=["Nd", "Cs"]), max_size=20).map(lambda text: re.sub(r"[kK]", "", text))


@given(before=WORDS, nik=NIKS, after=WORDS, separator=st.sampled_from(["", " ", ".", "-", "\u2013"]))
def test_it_is_found_in_any_words_and_hidden_there(before: str, nik: str, after: str, separator: str) -> None:
    written = separator.join((nik[:4], nik[4:8], nik[8:12], nik[12:]))
    text = f"{before} {written} {after}"
    assert find_identifiers(text) == [nik]
    assert written not in mask_text(text)


@given(st.text(st.sampled_from("0123456789 .-\nkn"), max_size=80))
def test_what_is_found_is_a_nik_and_stands_there_and_is_masked(text: str) -> None:
    digits = re.sub(r"[^0-9]", "", text)
    for nik in find_identifiers(text):
        assert is_nik(nik)
        assert nik in digits
    masked = mask_text(text)
    assert find_identifiers(masked) == []


@given(st.text(max_size=40))
def test_a_field_holds_a_nik_or_nothing(text: str) -> None:
    nik = parse_nik(text)
    assert nik is None or is_nik(nik)


@pytest.mark.parametrize(("typed", "digits"), [
    (f" {NIK} ", NIK), ("6402.0655.0580.9001", NIK), ("6402065505809OO1", None), (f"{NIK} {NIK}", None), ("", None),
    ("\u0666402065505809001", None),
])  # fmt: skip
def test_a_typed_nik_may_be_spaced_but_not_misspelt(typed: str, digits: str | None) -> None:
    assert parse_nik(typed) == digits
