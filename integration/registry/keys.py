"""By what somebody is looked for in the registry: read, checked, and never repeated in an answer."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NoReturn

from integration.codes import UserErrorCode
from integration.matching.fold import fold
from integration.matching.identifiers import parse_nik
from integration.refusal import Refusal

_OLDEST = date(1880, 1, 1)
_LONGEST_NAME = 200
_SEPARATORS = str.maketrans("", "", " .-\N{EN DASH}")


class KeyKind(StrEnum):
    """What kind of key it is; the value is the label numbers are sealed under."""

    NIK = "nik"
    KK = "kk"
    NAME = "name"


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """A NIK or KK of 16 digits, or a folded name with a birth date."""

    kind: KeyKind
    text: str
    birth_date: date | None = None


def read_key(nik: str | None, kk: str | None, name: str | None, birth_date: date | None, today: date) -> Key:
    """The one key that was given; a Refusal where it is none, more than one, or not one at all."""
    named = name is not None or birth_date is not None
    if sum((nik is not None, kk is not None, named)) != 1:
        _refuse(
            "Isi tepat satu: nik, atau kk, atau name bersama birthDate.",
            "Give exactly one of these: nik, or kk, or name together with birthDate.",
        )
    if nik is not None:
        digits = parse_nik(nik[:40])
        if digits is None:
            _refuse("Ini bukan NIK: 16 angka dengan tanggal lahir yang mungkin.",
                    "This is no NIK: 16 digits that hold a possible birth date.", "nik")  # fmt: skip
        return Key(KeyKind.NIK, digits)
    if kk is not None:
        digits = kk[:40].translate(_SEPARATORS)
        if not (len(digits) == 16 and digits.isascii() and digits.isdigit() and digits.strip("0")):
            _refuse("Ini bukan nomor KK: harus 16 angka.", "This is no family card number: it has 16 digits.", "kk")
        return Key(KeyKind.KK, digits)
    return _by_name(name, birth_date, today)


def _by_name(name: str | None, birth_date: date | None, today: date) -> Key:
    if name is None:
        _refuse("Nama harus diisi bersama tanggal lahir.", "A birth date needs the name beside it.", "name")
    if birth_date is None:
        _refuse("Tanggal lahir harus diisi bersama nama.", "A name needs the birth date beside it.", "birthDate")
    folded = fold(name) if len(name) <= _LONGEST_NAME else ""
    if not any(letter.isalpha() for letter in folded):
        _refuse("Ini bukan nama orang.", "This is not the name of a person.", "name")
    if not _OLDEST <= birth_date <= today:
        _refuse("Tidak ada orang yang lahir pada tanggal ini.", "Nobody alive was born on this day.", "birthDate")
    return Key(KeyKind.NAME, folded, birth_date)


def _refuse(indonesian: str, english: str, field: str | None = None) -> NoReturn:
    raise Refusal(UserErrorCode.INVALID, indonesian, english, None if field is None else [field])
