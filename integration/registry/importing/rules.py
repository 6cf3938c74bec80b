"""What is made of one row of a registry file, and what is to be said of it. Pure: no database, no keys.

What can only be told by looking at several rows (a NIK of two people, a person twice, two heads of one family) is the
work of `integration.registry.importing.crossing`.
"""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from operator import itemgetter

from integration.codes import RecordValidity, RegistryStatus, Severity, Sex
from integration.registry.importing import numbers
from integration.registry.importing.columns import PROGRAMMES, Header
from integration.registry.importing.dates import read_birth, read_day
from integration.registry.importing.findings import Finding, Rule

Place = Callable[[str, str, str, str, str], tuple[str | None, tuple[Finding, ...]]]

_TITLE = re.compile(
    r"^(?:(?:h|hj|dr|drs|dra|ir|kh|ust|ustadz|ustadzah|prof|hajah|haji|k\.h)\.\s*|(?:h|hj|haji|hajah|kh)\s+)",
    re.IGNORECASE,
)
_PARENT = re.compile(r"\s(?:bin|binti|bt|bti)\.?\s", re.IGNORECASE)
_DECEASED = re.compile(
    r"^\W*(?:alm|almh|almarhum|almarhumah)\b[\s.)]*|[\s(]+(?:alm|almh|almarhum|almarhumah)\b\W*$", re.IGNORECASE
)
_LONG_NUMBER = re.compile(r"\d{6,}")
_LOWER = re.compile(r"[a-z]")
_SEX_LETTERS = {"l": Sex.MALE, "p": Sex.FEMALE}
_SEX_CODES = {"1": Sex.MALE, "2": Sex.FEMALE}
_SEX_WORDS = {
    "laki-laki": Sex.MALE, "laki laki": Sex.MALE, "lakilaki": Sex.MALE, "laki": Sex.MALE, "pria": Sex.MALE,
    "lk": Sex.MALE, "perempuan": Sex.FEMALE, "wanita": Sex.FEMALE, "pr": Sex.FEMALE, "laki-laki.": Sex.MALE,
}  # fmt: skip
_RELATIONS = {
    "kepala keluarga": 1, "kepala rumah tangga": 1, "kk": 1, "krt": 1, "istri/suami": 2, "istri": 2, "suami": 2,
    "isteri": 2, "suami/istri": 2, "anak": 3, "anak kandung": 3, "menantu": 4, "cucu": 5, "orang tua/mertua": 6,
    "orang tua": 6, "mertua": 6, "pembantu rumah tangga": 7, "pembantu": 7, "lainnya": 8, "lain-lain": 8,
    "famili lain": 8, "family lain": 8, "saudara": 8,
}  # fmt: skip
_ELDERS = (1, 2, 6)
_PRESENT, _UNCONFIRMED, _DOUBLE, _DEAD, _UNDOCUMENTED = "1", "2", "3", "4", "5"
_PRESENCE_WORDS = {
    "terkonfirmasi": _PRESENT, "ada": _PRESENT, "hidup": _PRESENT, "aktif": _PRESENT,
    "tidak terkonfirmasi": _UNCONFIRMED, "tidak ditemukan": _UNCONFIRMED, "ganda": _DOUBLE,
    "meninggal": _DEAD, "meninggal dunia": _DEAD, "wafat": _DEAD,
}  # fmt: skip
_INACTIVE_WORDS = frozenset({"nonaktif", "non aktif", "tidak aktif", "unclean", "nonaktif."})
_REMOVED_WORDS = frozenset({"dihapus", "hapus", "keluar", "tidak layak"})
_YES = frozenset({"1", "ya", "y", "ada", "yes", "true", "aktif", "penerima"})
_NO = frozenset({"0", "2", "3", "4", "tidak", "t", "no", "false", "bukan", "n", "tidak ada", "nonaktif"})
_WHERE_FIELDS = (
    "regency", "district", "village", "district_code", "region_code",
    "province_part", "regency_part", "district_part", "village_part",
)  # fmt: skip
_PROGRAMME_FIELDS = {name: 1 << bit for bit, names in enumerate(PROGRAMMES.values()) for name in names}
# So many different contents of a few cells.
_REMEMBERED = 1 << 14


@dataclass(frozen=True, slots=True)
class Habits:
    """How most rows of a file are written: what differs from it is worth a word, what most do is not."""

    capitals: bool = True
    sex: str = "letter"


@dataclass(slots=True)
class Checked:
    """A row as it may be written, with its numbers still open, and what was found in it."""

    row: int
    findings: list[Finding] = field(default_factory=list)
    refused: bool = False
    nik: str | None = None
    kk: str | None = None
    person_key: str | None = None
    household_key: str | None = None
    name: str = ""
    sex: Sex | None = None
    birth_date: date | None = None
    nik_agrees: bool | None = None
    region_code: str | None = None
    relation: int = 0
    deceased: bool | None = None
    desil: int | None = None
    status: RegistryStatus = RegistryStatus.ACTIVE
    as_of: date | None = None
    validity: RecordValidity = RecordValidity.UNVERIFIED
    enrolled: int = 0
    not_enrolled: int = 0

    @property
    def faulty(self) -> bool:
        """Whether somebody has to mend it: a value or the whole row was not taken."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def habits_of(header: Header, lines: Sequence[Sequence[object]]) -> Habits:
    """How the first lines of a file are written."""
    names, sexes = header.at.get("name"), header.at.get("sex")
    upper = Counter(
        not _LOWER.search(str(line[names])) for line in lines if names is not None and names < len(line) and line[names]
    )
    codings = Counter(
        _sex_coding(str(line[sexes]).strip().lower()) for line in lines if sexes is not None and sexes < len(line)
    )
    codings.pop("", None)
    return Habits(upper[True] > upper[False], codings.most_common(1)[0][0] if codings else "letter")


def _sex_coding(text: str) -> str:
    if text in _SEX_LETTERS:
        return "letter"
    if text in _SEX_CODES:
        return "code"
    return "word" if text in _SEX_WORDS else ""


@dataclass(slots=True)
class Checker:
    """Checks the rows of one file. `latest` is the last day of the period the file describes.

    What a few cells say alone is worked out once for every different content of them, and remembered.
    """

    header: Header
    habits: Habits
    latest: date
    place: Place
    _fields: tuple[str, ...] = field(init=False)
    _cells: Callable[[Sequence[object]], tuple[object, ...]] = field(init=False)
    _places: dict[tuple[object, ...], tuple[str | None, tuple[Finding, ...]]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._fields = tuple(self.header.at)
        self._cells = itemgetter(*self.header.at.values())

    def check(self, row: int, line: Sequence[object]) -> Checked:
        """One row, counted from 1 below the header."""
        checked = Checked(row)
        found = checked.findings
        width = len(self.header.names)
        if len(line) != width:
            if any(cell not in (None, "") for cell in line[width:]):
                found.append(Finding("*", Rule.ROW_WIDTH, f"{len(line)} cells"))
                checked.refused = True
            line = [*line, *itertools.repeat(None, width - len(line))]
        cells = dict(zip(self._fields, self._cells(line), strict=True))
        nik = self._numbers(cells, checked)
        self._name(cells, checked)
        checked.relation, told = _relation(cells.get("relation"))
        found += told
        checked.birth_date = (
            read_birth(cells["birth_date"], nik, checked.relation in _ELDERS, self.latest, found)
            if "birth_date" in cells
            else None
        )
        if "sex" in cells:
            checked.sex, told = _sex(cells["sex"], self.habits.sex)
            found += told
        self._against_nik(checked)
        self._where(cells, checked)
        self._presence(cells, checked)
        checked.enrolled, checked.not_enrolled, told = _programmes(tuple(map(cells.get, _PROGRAMME_FIELDS)))
        found += told
        checked.desil, told = _desil(cells.get("desil"))
        found += told
        if "updated" in cells:
            checked.as_of, told = _updated(cells["updated"], self.latest)
            found += told
        self._judge(cells, checked)
        return checked

    def _numbers(self, cells: dict[str, object], checked: Checked) -> str:
        """NIK, KK and the registry's own numbers; the digits that stand for the NIK, usable or not."""
        nik = numbers.Number(None)
        if "nik" in cells:
            nik = numbers.read_number(cells["nik"], "nik", checked.findings)
            checked.nik = nik.digits
        if "kk" in cells:
            checked.kk = numbers.read_number(cells["kk"], "kk", checked.findings).digits
        checked.person_key = _key(cells.get("person_key"))
        checked.household_key = _key(cells.get("household_key"))
        if checked.nik is None and checked.person_key is None:
            checked.findings.append(Finding("*", Rule.IDENTITY_MISSING, "no number"))
            checked.refused = True
        return nik.seen

    def _name(self, cells: dict[str, object], checked: Checked) -> None:
        raw = cells.get("name")
        text = "" if raw is None else str(raw)
        found = checked.findings
        clean = " ".join(text.strip().lstrip("'").split())
        if numbers.is_empty(clean):
            found.append(Finding("name", Rule.NAME_MISSING, "empty"))
            checked.refused = True
            return
        if _LONG_NUMBER.search(clean):
            found.append(Finding("name", Rule.NAME_NUMBER, "digits"))
            checked.refused = True
            return
        if clean != text:
            found.append(Finding("name", Rule.NAME_BLANKS, "blanks"))
        if self.habits.capitals and _LOWER.search(clean):
            found.append(Finding("name", Rule.NAME_CASE, "small letters"))
        bare = _DECEASED.sub("", clean).strip(" ().")
        if bare != clean and len(bare) < len(clean.strip(" ().")) and bare:
            found.append(Finding("name", Rule.NAME_DECEASED_MARK, "mark of the dead"))
            clean = bare
        if _TITLE.match(clean):
            found.append(Finding("name", Rule.NAME_TITLE, "title"))
        if _PARENT.search(clean):
            found.append(Finding("name", Rule.NAME_PARENT, "name of the father"))
        checked.name = clean

    def _against_nik(self, checked: Checked) -> None:
        """Whether the NIK says the same of sex and birth date as the row."""
        if checked.nik is None:
            return
        told, agrees = numbers.sex_of(checked.nik), True
        born = checked.birth_date
        if born is not None and numbers.birth_of(checked.nik) != (born.day, born.month, born.year % 100):
            # Then it may be somebody else's, and its sex says nothing about this row.
            agrees = False
            checked.findings.append(Finding("nik", Rule.NIK_AGAINST_BIRTH_DATE, "16 digits"))
        elif checked.sex is not None and told is not None and told is not checked.sex:
            agrees = False
            if told is Sex.MALE:
                checked.findings.append(Finding("nik", Rule.NIK_AGAINST_SEX, "16 digits"))
            else:
                checked.findings.append(Finding("sex", Rule.SEX_AGAINST_NIK, "sex"))
        checked.nik_agrees = agrees

    def _where(self, cells: dict[str, object], checked: Checked) -> None:
        asked = tuple(map(cells.get, _WHERE_FIELDS))
        known = self._places.get(asked)
        if known is None:
            if len(self._places) >= _REMEMBERED:
                self._places.clear()
            known = self._places[asked] = self._place(*map(_text, asked))
        checked.region_code, found = known
        checked.findings += found

    def _place(
        self, regency: str, district: str, village: str, district_code: str, region_code: str, *parts: str
    ) -> tuple[str | None, tuple[Finding, ...]]:
        if not region_code and all(parts):
            # A part without its leading zeros is a number that a spreadsheet made of it.
            region_code = "".join(part.zfill(size) for part, size in zip(parts, (2, 2, 3, 3), strict=True))
        return self.place(regency, district, village, district_code, region_code)

    def _presence(self, cells: dict[str, object], checked: Checked) -> None:
        # The mark stands in the name, which was read before.
        marked = any(finding.rule is Rule.NAME_DECEASED_MARK for finding in checked.findings)
        checked.deceased, checked.status, found = _presence(cells.get("presence"), cells.get("record_state"), marked)
        checked.findings += found

    def _judge(self, cells: dict[str, object], checked: Checked) -> None:
        """VALID needs a NIK that agrees with the row; the civil registry's "no" is stronger than that."""
        mark = _text(cells.get("civil_match")).lower()
        if mark in ("tidak padan", "0", "tidak", "unmatch") or checked.nik is None or checked.nik_agrees is False:
            checked.validity = RecordValidity.INVALID
        elif checked.faulty or mark in ("belum padan", "belum") or checked.birth_date is None or checked.sex is None:
            checked.validity = RecordValidity.UNVERIFIED
        else:
            checked.validity = RecordValidity.VALID


@lru_cache(_REMEMBERED)
def _relation(cell: object) -> tuple[int, tuple[Finding, ...]]:
    text = _text(cell).lower()
    if numbers.is_empty(text):
        return 0, ()
    if text.isdigit() and 1 <= int(text) <= 8:
        return int(text), ()
    code = _RELATIONS.get(text, 0)
    return code, () if code else (Finding("relation", Rule.RELATION_UNKNOWN, "text"),)


@lru_cache(_REMEMBERED)
def _sex(cell: object, habit: str) -> tuple[Sex | None, tuple[Finding, ...]]:
    text = _text(cell).lower().lstrip("'")
    if numbers.is_empty(text) or text == "0":
        return None, (Finding("sex", Rule.SEX_MISSING, "empty"),)
    coding = _sex_coding(text)
    if not coding:
        return None, (Finding("sex", Rule.SEX_UNKNOWN, f"{len(text)} characters"),)
    sex = _SEX_LETTERS.get(text) or _SEX_CODES.get(text) or _SEX_WORDS.get(text)
    if coding in (habit, "letter"):
        return sex, ()
    return sex, (Finding("sex", Rule.SEX_CODE if coding == "code" else Rule.SEX_WORD, coding),)


@lru_cache(_REMEMBERED)
def _presence(
    cell: object, state_cell: object, marked: bool
) -> tuple[bool | None, RegistryStatus, tuple[Finding, ...]]:
    text = _text(cell).lower()
    code = _PRESENCE_WORDS.get(text, text)
    deceased: bool | None = None
    status = RegistryStatus.ACTIVE
    found: tuple[Finding, ...] = ()
    if code == _DEAD:
        deceased, status = True, RegistryStatus.INACTIVE
    elif code in (_UNCONFIRMED, _DOUBLE):
        status = RegistryStatus.INACTIVE
    elif code in (_PRESENT, _UNDOCUMENTED):
        deceased = None if marked else False
        if marked:
            found = (Finding("presence", Rule.DECEASED_STILL_LISTED, "listed as present"),)
    elif not numbers.is_empty(code):
        found = (Finding("presence", Rule.PRESENCE_UNKNOWN, f"{len(text)} characters"),)
        status = RegistryStatus.INACTIVE
    state = _text(state_cell).lower()
    if state in _INACTIVE_WORDS:
        status = RegistryStatus.INACTIVE
    elif state in _REMOVED_WORDS:
        status = RegistryStatus.REMOVED
    return deceased, status, found


@lru_cache(_REMEMBERED)
def _programmes(cells: tuple[object, ...]) -> tuple[int, int, tuple[Finding, ...]]:
    enrolled = not_enrolled = 0
    found: list[Finding] = []
    for (name, bit), cell in zip(_PROGRAMME_FIELDS.items(), cells, strict=True):
        text = _text(cell).lower()
        if numbers.is_empty(text):
            continue
        if text in _YES:
            enrolled |= bit
        elif text in _NO:
            not_enrolled |= bit
        else:
            found.append(Finding(name, Rule.PROGRAMME_UNKNOWN, f"{len(text)} characters"))
    return enrolled, not_enrolled & ~enrolled, tuple(found)


@lru_cache(_REMEMBERED)
def _desil(cell: object) -> tuple[int | None, tuple[Finding, ...]]:
    text = _text(cell)
    if numbers.is_empty(text):
        return None, ()
    if text.isdigit() and text.isascii() and len(text) <= 3 and 1 <= int(text) <= 10:
        return int(text), ()
    return None, (Finding("desil", Rule.DESIL_RANGE, f"{len(text)} characters"),)


@lru_cache(_REMEMBERED)
def _updated(cell: object, latest: date) -> tuple[date | None, tuple[Finding, ...]]:
    text = _text(cell)
    day = cell.date() if isinstance(cell, datetime) else cell if isinstance(cell, date) else None
    day = day or (None if numbers.is_empty(text) else read_day(text))
    if day is None or day > latest or day.year < 1990:
        return None, (Finding("updated", Rule.UPDATE_DATE, "date" if day else "text"),)
    if (latest - day).days > 1825:
        return day, (Finding("updated", Rule.RECORD_STALE, "date"),)
    return day, ()


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell.strip()
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else str(int(cell))
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _key(cell: object) -> str | None:
    """A number of the registry's own; 16 digits and more that passed through a numeric cell are not it."""
    if isinstance(cell, int | float) and abs(cell) >= 10**15:
        return None
    text = _text(cell).strip("'\" ")
    return None if numbers.is_empty(text) or not text.strip("0") or "e+" in text.lower() else text
