"""What is sealed opens only as what it was sealed as; what is masked shows four digits at either end and no more."""

from itertools import pairwise

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from integration.access.masks import mask_identifier, mask_phone, mask_text
from integration.access.sealing import Sealer

SEALER = Sealer(bytes(range(32)))
DIGITS = st.text("0123456789", min_size=16, max_size=16)


@given(st.text())
def test_a_sealed_text_opens_to_itself_and_never_looks_the_same(text: str) -> None:
    first, second = SEALER.seal("nik", text), SEALER.seal("nik", text)
    assert SEALER.open("nik", first) == SEALER.open("nik", second) == text
    assert first != second
    assert len(text) < 3 or text.encode() not in first


def test_a_sealed_value_moved_to_another_column_does_not_open() -> None:
    with pytest.raises(InvalidTag):
        SEALER.open("kk", SEALER.seal("nik", "6402065505809001"))


def test_another_key_opens_nothing_and_finds_nothing() -> None:
    other = Sealer(bytes(range(1, 33)))
    with pytest.raises(InvalidTag):
        other.open("nik", SEALER.seal("nik", "6402065505809001"))
    assert other.index("nik", "6402065505809001") != SEALER.index("nik", "6402065505809001")


@given(st.text(), st.text())
def test_an_index_is_equal_exactly_for_equal_values_of_one_kind(one: str, other: str) -> None:
    assert (SEALER.index("nik", one) == SEALER.index("nik", other)) == (one == other)
    assert SEALER.index("nik", one) != SEALER.index("phone", one)


@given(DIGITS)
def test_an_identifier_shows_its_first_and_last_four(digits: str) -> None:
    assert mask_identifier(digits) == f"{digits[:4]}********{digits[-4:]}"


@given(st.text("0123456789", max_size=16))
def test_a_phone_shows_at_most_its_last_four(digits: str) -> None:
    shown = mask_phone(digits).replace("*", "")
    assert digits.endswith(shown)
    assert len(shown) <= 4
    assert len(shown) < len(digits) or not digits


@given(DIGITS, st.sampled_from(["", " ", ".", "-", " - "[:2]]), st.lists(st.integers(1, 15), unique=True))
def test_an_identifier_in_a_text_is_masked_however_it_is_written(digits: str, separator: str, cuts: list[int]) -> None:
    places = [0, *sorted(cuts), 16]
    written = separator.join(digits[a:b] for a, b in pairwise(places))
    assert mask_text(f"nik saya {written}, mohon dibantu") == f"nik saya {mask_identifier(digits)}, mohon dibantu"


@given(st.text("0123456789", max_size=15))
def test_shorter_numbers_stay_as_they_are(digits: str) -> None:
    assert mask_text(f"RT {digits} ") == f"RT {digits} "
