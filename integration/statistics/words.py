"""Findings of a table in sentences, in Indonesian and English."""

from decimal import Decimal

from integration.codes import Language
from integration.statistics.codes import TableRule
from integration.statistics.rules import Finding

_SENTENCES: dict[TableRule, tuple[str, str]] = {
    TableRule.MISSING_REGION: (
        "{row} tidak ada dalam tabel: belum dilaporkan, bukan nol.",
        "{row} is not in the table: not reported, which is not zero.",
    ),
    TableRule.UNKNOWN_REGION: ("{row} bukan nama wilayah yang dikenal.", "{row} is not the name of a known region."),
    TableRule.REGION_SPELLING: (
        "{row} dibaca sebagai {rows} (nama resmi).",
        "{row} is read as {rows}, the official name.",
    ),
    TableRule.REPEATED_ROW: ("{row} muncul lebih dari sekali.", "{row} stands there more than once."),
    TableRule.ROW_TOTAL: (
        "{row}: isi baris berjumlah {expected}, tercetak {printed} (selisih {difference}).",
        "{row}: the cells add up to {expected}, printed is {printed} (off by {difference}).",
    ),
    TableRule.COLUMN_TOTAL: (
        "Kolom {column}: isi kolom berjumlah {expected}, tercetak {printed} (selisih {difference}).",
        "Column {column}: the cells add up to {expected}, printed is {printed} (off by {difference}).",
    ),
    TableRule.CELLS_TOTAL: (
        "Seluruh isi tabel berjumlah {expected}, jumlah besar tercetak {printed} (selisih {difference}).",
        "All cells add up to {expected}, the printed grand total is {printed} (off by {difference}).",
    ),
    TableRule.COLUMN_TOTALS_TOTAL: (
        "Jumlah kolom yang tercetak berjumlah {expected}, jumlah besar tercetak {printed} (selisih {difference}).",
        "The printed column totals add up to {expected}, the printed grand total is {printed} (off by {difference}).",
    ),
    TableRule.LOST_COLUMN: (
        "Mungkin satu kolom hilang: isi {count} baris kurang dari jumlahnya, seluruhnya {difference}.",
        "A column is probably lost: the cells of {count} rows fall short of their totals, by {difference} together.",
    ),
    TableRule.HEADER_SHIFT: (
        "Judul kolom bergeser; dibaca menurut urutannya: {column}.",
        "The column headings have slipped; they are read in their order: {column}.",
    ),
    TableRule.UNNAMED_COLUMN: ("Kolom ke-{column} tidak berjudul.", "Column {column} has no heading."),
    TableRule.ROUNDING: (
        "{place}: jumlah {expected}, tercetak {printed}; selisih {difference} dalam batas pembulatan.",
        "{place}: adds up to {expected}, printed is {printed}; the difference of {difference} is within rounding.",
    ),
    TableRule.UNCLEAR_EMPTY: (
        "{printed} sel kosong atau bertanda '-': nol dan tidak didata tidak dapat dibedakan.",
        "{printed} cells are empty or '-': zero and not collected can't be told apart.",
    ),
    TableRule.NEGATIVE: (
        "{row}, kolom {column}: angka negatif {printed}.",
        "{row}, column {column}: the negative number {printed}.",
    ),
    TableRule.UNREADABLE_NUMBER: (
        "{row}, kolom {column}: angka tidak terbaca.",
        "{row}, column {column}: the number can't be read.",
    ),
    TableRule.COUNT_AGAINST_CODES: (
        "Teks menyebut {printed} {column}, daftar kode resmi memuat {expected}.",
        "The text says {printed} {column}, the official list of codes has {expected}.",
    ),
}


def sentence(finding: Finding, language: Language) -> str:
    """A finding in words."""
    indonesian, english = _SENTENCES[finding.rule]
    return (english if language is Language.EN else indonesian).format(
        row=finding.row,
        column=finding.column,
        place=finding.row or finding.column,
        rows=", ".join(finding.rows),
        count=len(finding.rows),
        expected=_number(finding.expected, language),
        printed=_number(finding.printed, language),
        difference=_number(finding.difference, language, signed=True),
    )


def _number(value: Decimal | None, language: Language, *, signed: bool = False) -> str:
    if value is None:
        return ""
    plain = f"{value:+,f}" if signed else f"{value:,f}"
    return plain if language is Language.EN else plain.translate(str.maketrans(",.", ".,"))
