"""`dataQuality`: what is wrong or doubtful in what is stored of a person, each with what to do about it.

The checks are made when somebody reads them, so they speak of the data as it is now. The NIK is opened for them in this
process and compared digit by digit; no finding repeats one of its digits.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.codes import Language, RegistryStatus, Role, Severity, Sex, Staleness
from integration.matching.identifiers import is_nik
from integration.people.duplicates import has_possible_duplicate
from integration.people.tables import FamilyRow, PersonRow
from integration.reading.scope import Scope
from integration.reading.view import Columns, Computed, Kind, Leaf, code, day, flag, moment, table, text
from integration.registry.view import current_status, staleness_of_current

_OLDEST = 110
# Of a woman the NIK holds the day of birth plus this.
_WOMAN = 40


@dataclass(frozen=True, slots=True)
class Rule:
    """What a finding is called, how grave it is, which field it is about, and what is told."""

    name: str
    severity: Severity
    field: str | None
    indonesian: str
    english: str


def _rule(name: str, severity: Severity, field: str | None, indonesian: str, english: str) -> Rule:
    return Rule(name, severity, field, indonesian, english)


E, W, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
NIK_MISSING = _rule("NIK_MISSING", E, "nik", "NIK belum ada.", "There is no identity number.")
NIK_IMPLAUSIBLE = _rule(
    "NIK_IMPLAUSIBLE", E, "nik", "NIK ini tidak mungkin: periksa pada KTP atau KK.",
    "This identity number cannot exist: compare it with the identity or family card.",
)  # fmt: skip
NIK_BIRTH_DATE = _rule(
    "NIK_BIRTH_DATE", W, "birthDate", "Tanggal lahir tidak sesuai dengan NIK.",
    "The birth date does not agree with the identity number.",
)  # fmt: skip
NIK_SEX = _rule(
    "NIK_SEX", W, "sex", "Jenis kelamin tidak sesuai dengan NIK.", "The sex does not agree with the identity number."
)
NIK_SHARED = _rule(
    "NIK_SHARED", E, "nik", "Ada orang lain dengan NIK yang sama.", "Another person has the same identity number."
)
BIRTH_DATE_MISSING = _rule("BIRTH_DATE_MISSING", W, "birthDate", "Tanggal lahir belum ada.", "There is no birth date.")
BIRTH_DATE_FUTURE = _rule(
    "BIRTH_DATE_FUTURE", E, "birthDate", "Tanggal lahir di masa depan.", "The birth date lies in the future."
)
BIRTH_DATE_TOO_OLD = _rule(
    "BIRTH_DATE_TOO_OLD", W, "birthDate", f"Umur lebih dari {_OLDEST} tahun: periksa tanggal lahir.",
    f"The age is above {_OLDEST} years: check the birth date.",
)  # fmt: skip
REGION_UNMAPPED = _rule(
    "REGION_UNMAPPED", W, "region", "Desa/kelurahan belum terpetakan.", "No village could be found for the address."
)
DECEASED_LISTED = _rule(
    "DECEASED_LISTED", E, "deceased", "Sudah meninggal, tetapi masih tercatat aktif dalam DTKS/DTSEN.",
    "The person has died, but the registry still counts them.",
)  # fmt: skip
RECORD_STALE = _rule(
    "RECORD_STALE", W, "currentRegistry", "Data sudah usang: periksa di lapangan.",
    "The record is too old: it must be checked in the field.",
)  # fmt: skip
RECORD_UNDATED = _rule(
    "RECORD_UNDATED", INFO, "currentRegistry", "Sumber data tidak menyebut kapan data ini diperiksa.",
    "The source does not say when the record was last checked.",
)  # fmt: skip
KK_MISSING = _rule("KK_MISSING", W, "family", "Nomor KK belum ada.", "There is no family card number.")
KK_SEVERAL_HEADS = _rule(
    "KK_SEVERAL_HEADS", W, "family", "KK ini mempunyai lebih dari satu kepala keluarga.",
    "This family card has more than one head.",
)  # fmt: skip
POSSIBLE_DUPLICATE = _rule(
    "POSSIBLE_DUPLICATE", W, None, "Mungkin tercatat dua kali: lihat possibleDuplicates.",
    "This person may be registered twice: see possibleDuplicates.",
)  # fmt: skip


def findings(facts: Mapping[str, Any], today: date) -> Iterator[Rule]:
    """What the checks find. `facts` are those of `SOURCES`."""
    born = None if facts["birth_date"] is None else date.fromisoformat(facts["birth_date"])
    yield from _of_nik(facts, born)
    if born is None:
        yield BIRTH_DATE_MISSING
    elif born > today:
        yield BIRTH_DATE_FUTURE
    elif today.year - born.year - ((today.month, today.day) < (born.month, born.day)) > _OLDEST:
        yield BIRTH_DATE_TOO_OLD
    if facts["region"] is None:
        yield REGION_UNMAPPED
    if facts["deceased"] and facts["status"] == RegistryStatus.ACTIVE:
        yield DECEASED_LISTED
    if facts["staleness"] in _AGES:
        yield _AGES[facts["staleness"]]
    if not facts["has_kk"]:
        yield KK_MISSING
    elif facts["several_heads"]:
        yield KK_SEVERAL_HEADS
    if facts["has_duplicate"]:
        yield POSSIBLE_DUPLICATE


_AGES: Mapping[str, Rule] = {Staleness.STALE: RECORD_STALE, Staleness.UNKNOWN: RECORD_UNDATED}


def _of_nik(facts: Mapping[str, Any], born: date | None) -> Iterator[Rule]:
    nik: str | None = facts["nik"]
    if nik is None:
        yield NIK_MISSING
        return
    if facts["nik_shared"]:
        yield NIK_SHARED
    if not is_nik(nik):
        yield NIK_IMPLAUSIBLE
        return
    of_woman = int(nik[6:8]) > _WOMAN
    written = f"{int(nik[6:8]) - (_WOMAN if of_woman else 0):02}{nik[8:12]}"
    if born is not None and written != born.strftime("%d%m%y"):
        yield NIK_BIRTH_DATE
    if facts["sex"] is not None and of_woman != (facts["sex"] == Sex.FEMALE):
        yield NIK_SEX


# --- where the facts come from


def _shares_nik(person: Columns, scope: Scope) -> ColumnElement[Any]:
    other = table(PersonRow).alias(scope.alias())
    return sa.exists(
        sa.select(sa.literal_column("1")).where(
            other.c.nik_index == person.nik_index, other.c.id != person.id, other.c.merged_into_id.is_(None)
        )
    )


def _has_kk(person: Columns, scope: Scope) -> ColumnElement[Any]:
    family = table(FamilyRow).alias(scope.alias())
    return sa.exists(
        sa.select(sa.literal_column("1")).where(family.c.id == person.family_id, family.c.kk_index.is_not(None))
    )


def _several_heads(person: Columns, scope: Scope) -> ColumnElement[Any]:
    """Heads stand first in their family."""
    one, other = table(PersonRow).alias(scope.alias()), table(PersonRow).alias(scope.alias())
    first: ColumnElement[int] = sa.literal_column("0")
    return sa.exists(
        sa.select(sa.literal_column("1")).where(
            *(side.c.family_id == person.family_id for side in (one, other)),
            *(side.c.family_order == first for side in (one, other)),
            *(side.c.merged_into_id.is_(None) for side in (one, other)),
            one.c.id < other.c.id,
        )
    )


def _language(_person: Columns, scope: Scope) -> ColumnElement[Any]:
    name = scope.bind("viewer_language", Kind.TEXT, lambda asking: str(asking.viewer.language))
    return sa.func.coalesce(scope.dialect.bind(name, Kind.TEXT), sa.literal_column("'ID'"))


def _whole(digits: str) -> str:
    """The checks need all digits; what they find holds none."""
    return digits


SOURCES: Mapping[str, Leaf] = {
    "nik": Leaf("nik_sealed", Kind.BYTES, seal="nik", step=_whole),
    "birth_date": day("birth_date"),
    "sex": code(Sex, "sex"),
    "region": text("region_code"),
    "deceased": flag("deceased"),
    "nik_shared": flag(_shares_nik),
    "has_kk": flag(_has_kk),
    "several_heads": flag(_several_heads),
    "has_duplicate": flag(has_possible_duplicate),
    "status": code(RegistryStatus, current_status),
    "staleness": code(Staleness, staleness_of_current),
    "now": moment(lambda _person, scope: scope.now()),
    "language": text(_language),
}


def _make(values: Mapping[str, Any], _roles: frozenset[Role]) -> list[tuple[Any, ...]]:
    english = Language(values["language"]) is Language.EN
    return [
        (rule.name, str(rule.severity), rule.field, rule.english if english else rule.indonesian)
        for rule in findings(values, date.fromisoformat(values["now"][:10]))
    ]


DATA_QUALITY = Computed("QualityFinding", ("rule", "severity", "field", "message"), SOURCES, _make)
