"""NIK and KK as they stand in registry files, and what a NIK says of birth date and sex."""

import re
from dataclasses import dataclass
from datetime import date

from integration.codes import Sex
from integration.matching.identifiers import is_nik
from integration.registry.importing.findings import Finding, Rule

_QUOTES = "'\"`\u2018\u2019\u201c\u201d="
_SEPARATORS = re.compile(r"[\s.\-_/\u00a0\u2013]+")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d{1,2}")
_ZEROS = re.compile(r"0*")
_EMPTY = frozenset({"", "-", "--", "null", "none", "nan", "n/a", "tidak ada", "\\n", "#n/a", "."})


@dataclass(frozen=True, slots=True)
class Number:
    """A number as read: its digits if they can be used, and those that stand there although they can't."""

    digits: str | None
    seen: str = ""


def is_empty(text: str) -> bool:
    """Whether a cell says "nothing" in one of the ways people write it."""
    return text.strip().lower() in _EMPTY


def read_number(cell: object, field: str, findings: list[Finding]) -> Number:  # noqa: C901, PLR0911 - one case a line
    """The 16 digits of a NIK ("nik") or family card ("kk") in a cell. A number without quotation marks in a workbook is
    refused: only 15 digits of it are what somebody typed.
    """
    kind = field.upper()
    if cell is None:
        findings.append(Finding(field, Rule[f"{kind}_MISSING"], "empty"))
        return Number(None)
    if not isinstance(cell, str):
        findings.append(Finding(field, Rule[f"{kind}_NUMERIC_CELL"], "numeric cell"))
        return Number(None)
    if cell.isdigit() and len(cell) == 16 and cell.isascii() and cell.strip("0"):
        return _whole(cell, field, findings)
    text = cell.strip(_QUOTES)
    quoted = text != cell
    stripped = text.strip().strip(_QUOTES)
    if is_empty(stripped) or _ZEROS.fullmatch(_SEPARATORS.sub("", stripped)):
        shape = "empty" if not cell.strip() else "zeros" if "0" in cell else "dash"
        findings.append(Finding(field, Rule[f"{kind}_MISSING"], shape))
        return Number(None)
    if _SCIENTIFIC.fullmatch(stripped):
        findings.append(Finding(field, Rule[f"{kind}_NUMERIC_CELL"], "scientific notation"))
        return Number(None)
    digits = _SEPARATORS.sub("", stripped)
    if digits.endswith((",0", ",00")):
        findings.append(Finding(field, Rule[f"{kind}_NUMERIC_CELL"], "decimal number"))
        return Number(None)
    if not (digits.isdigit() and digits.isascii()):
        findings.append(Finding(field, Rule[f"{kind}_NOT_DIGITS"], f"{len(digits)} characters"))
        return Number(None)
    if quoted:
        findings.append(Finding(field, Rule[f"{kind}_QUOTE"], "quotation mark"))
    if digits != text:
        findings.append(Finding(field, Rule[f"{kind}_SEPARATOR"], "blanks or punctuation"))
    if len(digits) != 16:
        findings.append(Finding(field, Rule[f"{kind}_DIGITS"], f"{len(digits)} digits"))
        return Number(None, digits)
    return _whole(digits, field, findings)


def _whole(digits: str, field: str, findings: list[Finding]) -> Number:
    if field == "nik" and not is_nik(digits):
        findings.append(Finding(field, Rule.NIK_IMPOSSIBLE, "16 digits"))
        return Number(None, digits)
    return Number(digits, digits)


def sex_of(digits: str) -> Sex | None:
    """The sex a NIK tells: a woman's day of birth has 40 added."""
    if len(digits) != 16:
        return None
    day = int(digits[6:8])
    return Sex.MALE if 1 <= day <= 31 else Sex.FEMALE if 41 <= day <= 71 else None


def birth_of(digits: str) -> tuple[int, int, int] | None:
    """Day, month and the last two digits of the year of birth that a NIK tells."""
    if len(digits) != 16:
        return None
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    return day - 40 if day > 40 else day, month, year


def tells_birth(digits: str, born: date) -> bool:
    """Whether a number with digits missing still holds this birth date where a NIK has it, give or take one place."""
    for day in (born.day, born.day + 40):
        told = f"{day:02}{born.month:02}{born.year % 100:02}"
        if told in (digits[6:12], digits[5:11]):
            return True
    return False
