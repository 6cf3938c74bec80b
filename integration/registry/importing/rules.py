"""What is made of one row of a registry file, and what is to be said of it. Pure: no database, no keys.

What can only be told by looking at several rows (a NIK of two people, a person twice, two heads of one family) is the
work of `integration.registry.importing.crossing`.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

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
_NO_PLACE = ("regency", "district", "village", "district_code")


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


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks the rows of one file. `latest` is the last day of the period the file describes."""

    header: Header
    habits: Habits
    latest: date
    place: Place

    def check(self, row: int, line: Sequence[object]) -> Checked:
        """One row, counted from 1 below the header."""
        checked = Checked(row)
        found = checked.findings
        if any(cell not in (None, "") for cell in line[len(self.header.names) :]):
            found.append(Finding("*", Rule.ROW_WIDTH, f"{len(line)} cells"))
            checked.refused = True
        at = self.header.at
        cells: dict[str, object] = {name: line[index] if index < len(line) else None for name, index in at.items()}
        nik = self._numbers(cells, checked)
        self._name(cells, checked)
        checked.relation = self._relation(cells.get("relation"), found)
        checked.birth_date = (
            read_birth(cells["birth_date"], nik, checked.relation in _ELDERS, self.latest, found)
            if "birth_date" in cells
            else None
        )
        if "sex" in cells:
            checked.sex = self._sex(cells["sex"], found)
        self._against_nik(checked)
        self._where(cells, checked)
        self._presence(cells, checked)
        self._programmes(cells, checked)
        self._desil(cells, checked)
        self._updated(cells, checked)
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

    def _relation(self, cell: object, found: list[Finding]) -> int:
        text = _text(cell).lower()
        if numbers.is_empty(text):
            return 0
        if text.isdigit() and 1 <= int(text) <= 8:
            return int(text)
        code = _RELATIONS.get(text, 0)
        if not code:
            found.append(Finding("relation", Rule.RELATION_UNKNOWN, "text"))
        return code

    def _sex(self, cell: object, found: list[Finding]) -> Sex | None:
        text = _text(cell).lower().lstrip("'")
        if numbers.is_empty(text) or text == "0":
            found.append(Finding("sex", Rule.SEX_MISSING, "empty"))
            return None
        coding = _sex_coding(text)
        if not coding:
            found.append(Finding("sex", Rule.SEX_UNKNOWN, f"{len(text)} characters"))
            return None
        if coding not in (self.habits.sex, "letter"):
            found.append(Finding("sex", Rule.SEX_CODE if coding == "code" else Rule.SEX_WORD, coding))
        return _SEX_LETTERS.get(text) or _SEX_CODES.get(text) or _SEX_WORDS.get(text)

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
        regency, district, village, district_code = (_text(cells.get(name)) for name in _NO_PLACE)
        region_code = _text(cells.get("region_code"))
        parts = [_text(cells.get(f"{part}_part")) for part in ("province", "regency", "district", "village")]
        if not region_code and all(parts):
            # A part without its leading zeros is a number that a spreadsheet made of it.
            region_code = "".join(part.zfill(size) for part, size in zip(parts, (2, 2, 3, 3), strict=True))
        code, found = self.place(regency, district, village, district_code, region_code)
        checked.region_code = code
        checked.findings += found

    def _presence(self, cells: dict[str, object], checked: Checked) -> None:
        text = _text(cells.get("presence")).lower()
        code = _PRESENCE_WORDS.get(text, text)
        marked = any(finding.rule is Rule.NAME_DECEASED_MARK for finding in checked.findings)
        if code == _DEAD:
            checked.deceased, checked.status = True, RegistryStatus.INACTIVE
        elif code in (_UNCONFIRMED, _DOUBLE):
            checked.status = RegistryStatus.INACTIVE
        elif code in (_PRESENT, _UNDOCUMENTED):
            checked.deceased = None if marked else False
            if marked:
                checked.findings.append(Finding("presence", Rule.DECEASED_STILL_LISTED, "listed as present"))
        elif not numbers.is_empty(code):
            checked.findings.append(Finding("presence", Rule.PRESENCE_UNKNOWN, f"{len(text)} characters"))
            checked.status = RegistryStatus.INACTIVE
        state = _text(cells.get("record_state")).lower()
        if state in _INACTIVE_WORDS:
            checked.status = RegistryStatus.INACTIVE
        elif state in _REMOVED_WORDS:
            checked.status = RegistryStatus.REMOVED

    def _programmes(self, cells: dict[str, object], checked: Checked) -> None:
        for bit, fields in enumerate(PROGRAMMES.values()):
            for name in fields:
                text = _text(cells.get(name)).lower()
                if numbers.is_empty(text):
                    continue
                if text in _YES:
                    checked.enrolled |= 1 << bit
                elif text in _NO:
                    checked.not_enrolled |= 1 << bit
                else:
                    checked.findings.append(Finding(name, Rule.PROGRAMME_UNKNOWN, f"{len(text)} characters"))
        checked.not_enrolled &= ~checked.enrolled

    def _desil(self, cells: dict[str, object], checked: Checked) -> None:
        text = _text(cells.get("desil"))
        if numbers.is_empty(text):
            return
        if text.isdigit() and text.isascii() and len(text) <= 3 and 1 <= int(text) <= 10:
            checked.desil = int(text)
        else:
            checked.findings.append(Finding("desil", Rule.DESIL_RANGE, f"{len(text)} characters"))

    def _updated(self, cells: dict[str, object], checked: Checked) -> None:
        cell = cells.get("updated")
        text = _text(cell)
        day = cell.date() if isinstance(cell, datetime) else cell if isinstance(cell, date) else None
        day = day or (None if numbers.is_empty(text) else read_day(text))
        if day is None or day > self.latest or day.year < 1990:
            if "updated" in cells:
                checked.findings.append(Finding("updated", Rule.UPDATE_DATE, "date" if day else "text"))
            return
        checked.as_of = day
        if (self.latest - day).days > 1825:
            checked.findings.append(Finding("updated", Rule.RECORD_STALE, "date"))

    def _judge(self, cells: dict[str, object], checked: Checked) -> None:
        """VALID needs a NIK that agrees with the row; the civil registry's "no" is stronger than that."""
        mark = _text(cells.get("civil_match")).lower()
        if mark in ("tidak padan", "0", "tidak", "unmatch") or checked.nik is None or checked.nik_agrees is False:
            checked.validity = RecordValidity.INVALID
        elif checked.faulty or mark in ("belum padan", "belum") or checked.birth_date is None or checked.sex is None:
            checked.validity = RecordValidity.UNVERIFIED
        else:
            checked.validity = RecordValidity.VALID


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
