"""Birth dates as people and spreadsheets write them, and the help a NIK gives where one can be read two ways."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from integration.registry.importing.findings import Finding, Rule
from integration.registry.importing.numbers import birth_of, is_empty, tells_birth

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]\d.*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[ T]\d.*)?")
_NAMED = re.compile(r"(\d{1,2})[-/. ]+([A-Za-z]{3,9})[-/. ]+(\d{4}|\d{2})")
_SERIAL = re.compile(r"[1-9]\d{3,4}(?:[.,]0+)?")
_COMPACT = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])([0-2]\d|3[01])")
_EPOCH = date(1899, 12, 30)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january", "feb februari february peb", "mar maret march mrt", "apr april", "mei may",
            "jun juni june", "jul juli july", "agu agustus aug august ags agt", "sep september sept",
            "okt oktober oct october", "nov november nop", "des desember dec december",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
# What stands in a column when nobody knew.
_NO_DATES = frozenset({"0000-00-00", "1900-01-01", "00-00-0000", "01-01-1900", "00/00/0000", "01/01/1900", "0"})
_OLDEST = 120


def read_birth(cell: object, digits: str, elder: bool, latest: date, findings: list[Finding]) -> date | None:
    """The birth date in a cell. `digits` are those of the NIK beside it, which settle a swapped day and month; `elder`
    says that the person heads a family, is married or a parent, which settles a year of two digits.
    """
    found: list[Finding] = []
    if isinstance(cell, datetime | date):
        born = cell.date() if isinstance(cell, datetime) else cell
        if born == date(1900, 1, 1):
            findings.append(Finding("birth_date", Rule.DATE_MISSING, "1900-01-01"))
            return None
        return _settled(born, digits, latest, found, findings)
    text = "" if cell is None else str(cell).strip().strip("'\"")
    if is_empty(text) or text[:10] in _NO_DATES:
        findings.append(Finding("birth_date", Rule.DATE_MISSING, "placeholder" if text else "empty"))
        return None
    read = _read(text, elder, latest)
    if read is None:
        findings.append(Finding("birth_date", Rule.DATE_IMPOSSIBLE, _shape(text)))
        return None
    born, rule = read
    if rule is not None:
        shown = "HH-BB-TTTT" if rule is Rule.DATE_FORMAT else None
        found.append(Finding("birth_date", rule, _shape(text), shown))
    return _settled(born, digits, latest, found, findings)


def _settled(born: date, digits: str, latest: date, found: list[Finding], findings: list[Finding]) -> date | None:
    if born > latest or latest.year - born.year > _OLDEST:
        findings.append(Finding("birth_date", Rule.DATE_IMPOSSIBLE, "out of a lifetime"))
        return None
    turned = _turned(born)
    if turned is not None and turned <= latest and _fits(digits, turned) and not _fits(digits, born):
        found.append(Finding("birth_date", Rule.DATE_SWAPPED, "day and month"))
        born = turned
    findings += found
    return born


def _fits(digits: str, born: date) -> bool:
    told = birth_of(digits)
    if told is not None:
        return told == (born.day, born.month, born.year % 100)
    return len(digits) == 15 and tells_birth(digits, born)


def _turned(born: date) -> date | None:
    if born.day > 12 or born.day == born.month:
        return None
    return date(born.year, born.day, born.month)


@lru_cache(maxsize=1 << 16)
def _read(text: str, elder: bool, latest: date) -> tuple[date, Rule | None] | None:
    if iso := _ISO.fullmatch(text):
        year, month, day = int(iso[1]), int(iso[2]), int(iso[3])
        if month > 12 >= day:
            born = _date(year, day, month)
            return None if born is None else (born, Rule.DATE_SWAPPED)
        born = _date(year, month, day)
        plain = len(text) >= 10 and text[4] == "-" == text[7]
        return None if born is None else (born, None if plain else Rule.DATE_FORMAT)
    if compact := _COMPACT.fullmatch(text):
        born = _date(int(compact[1]), int(compact[2]), int(compact[3]))
        return None if born is None else (born, Rule.DATE_FORMAT)
    if named := _NAMED.fullmatch(text):
        month = _MONTHS.get(named[2].lower(), 0)
        born = _date(_year(named[3], elder, latest), month, int(named[1])) if month else None
        return None if born is None else (born, Rule.DATE_FORMAT)
    if first := _DAY_FIRST.fullmatch(text):
        year, month, day = _year(first[3], elder, latest), int(first[2]), int(first[1])
        if month > 12 >= day:
            born = _date(year, day, month)
            return None if born is None else (born, Rule.DATE_SWAPPED)
        born = _date(year, month, day)
        return None if born is None else (born, Rule.DATE_FORMAT)
    if _SERIAL.fullmatch(text):
        return _EPOCH + timedelta(days=int(re.split(r"[.,]", text)[0])), Rule.DATE_EXCEL_SERIAL
    return None


def _year(text: str, elder: bool, latest: date) -> int:
    """Two digits are of this century if that is no later than the data, unless it would make a child of an elder."""
    if len(text) == 4:
        return int(text)
    recent = 2000 + int(text)
    too_young = elder and latest.year - recent < 12
    return recent - 100 if recent > latest.year or too_young else recent


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _shape(text: str) -> str:
    return re.sub(r"[A-Za-z]+", "a", re.sub(r"\d", "9", text))[:20] if len(text) <= 20 else f"{len(text)} characters"


@lru_cache(maxsize=1 << 14)
def read_day(text: str) -> date | None:
    """A plain date of an update."""
    read = _read(text.strip().strip("'\""), False, date(2999, 1, 1))
    return None if read is None else read[0]
