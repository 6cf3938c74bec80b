"""Names and places are compared as people mean them, not as they type them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.matching.fold import fold


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Sanga-Sanga", "sanga sanga"),
        ("  SANGA   SANGA ", "sanga sanga"),
        ("Ma. Badak", "ma badak"),
        ("Nur'aini", "nur aini"),
        ("Hj. Siti Rahmáh", "hj siti rahmah"),
        ("Batu\u00a0Batu", "batu batu"),
        ("Lebaho Ulaq\u2019", "lebaho ulaq"),
        ("---", ""),
    ],
)
def test_a_name_is_folded(typed: str, meant: str) -> None:
    assert fold(typed) == meant


@given(st.text())
def test_what_is_folded_holds_nothing_else_and_stays_as_it_is(typed: str) -> None:
    folded = fold(typed)
    assert re.fullmatch(r"([a-z0-9]+( [a-z0-9]+)*)?", folded)
    assert fold(folded) == folded
