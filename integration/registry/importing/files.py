"""A registry file as lines of cells, CSV or XLSX, read from front to end in little memory.

A cell of a CSV file is a text. A cell of a workbook is a text, a number, a date or nothing: a number is told apart
because a spreadsheet keeps only 15 digits of it.
"""

import codecs
import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, TypeAlias

from integration.refusal import Refusal
from integration.registry.importing.columns import Header, read_header, recognised
from integration.registry.importing.refusing import refused, too_large
from integration.registry.importing.workbook import is_workbook, open_workbook

Cell: TypeAlias = object
Line: TypeAlias = Sequence[Cell]
Opener: TypeAlias = Callable[[], BinaryIO]

_BLOCK = 1 << 20
_LONGEST_LINE = 1 << 20
_DELIMITERS = (",", ";", "\t", "|")
# Titles may stand above the header of a workbook or an export.
_HEADER_WITHIN = 10
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
# By so many bytes at its start a file says what it is.
_MAGIC = 8


@dataclass(frozen=True, slots=True)
class Inspected:
    """What one pass over the bytes tells."""

    digest: bytes
    size: int
    workbook: bool
    encoding: str


@dataclass(frozen=True, slots=True)
class Table:
    """The header of a file and its lines below it."""

    header: Header
    lines: Iterator[Line]


class Inspector:
    """Hashes a file block by block and finds out how it is written; refuses what is too large or no table at all."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._digest = hashlib.sha256()
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._size = 0
        self._is_utf8, self._has_nul, self._start = True, False, b""

    def take(self, block: bytes) -> None:
        """The next block."""
        if len(self._start) < _MAGIC:
            self._start += block[:_MAGIC]
        self._size += len(block)
        if self._size > self._most:
            raise too_large(self._most)
        self._digest.update(block)
        self._has_nul = self._has_nul or b"\0" in block
        if self._is_utf8:
            try:
                self._decoder.decode(block)
            except UnicodeDecodeError:
                self._is_utf8 = False

    def done(self) -> Inspected:
        """What all blocks together tell."""
        if self._size == 0:
            raise refused("Berkas kosong.", "The file is empty.")
        if self._start.startswith(_OLD_EXCEL):
            raise refused(
                "Berkas adalah Excel lama (.xls) atau terkunci sandi. Simpan sebagai .xlsx tanpa sandi atau .csv.",
                "The file is an old Excel file (.xls) or locked by a password. Save it as .xlsx without one, or as "
                ".csv.",
            )
        workbook = is_workbook(self._start)
        if self._has_nul and not workbook:
            raise refused(
                "Berkas bukan CSV dalam UTF-8 dan bukan XLSX (mungkin UTF-16). Simpan ulang sebagai CSV UTF-8.",
                "The file is neither CSV in UTF-8 nor XLSX (perhaps UTF-16). Save it again as CSV UTF-8.",
            )
        encoding = "utf-8-sig" if self._is_utf8 else "cp1252"
        return Inspected(self._digest.digest(), self._size, workbook, encoding)


def inspect(opener: Opener, most: int, tell: Callable[[int], None] = lambda _: None) -> Inspected:
    """What one pass over a file tells."""
    inspector = Inspector(most)
    with opener() as file:
        while block := file.read(_BLOCK):
            inspector.take(block)
            tell(len(block))
    return inspector.done()


def read_table(opener: Opener, inspected: Inspected, most_inflated: int) -> Table:
    """The table in a file; refuses one whose needed columns are not there."""
    lines = open_workbook(opener, most_inflated) if inspected.workbook else _csv_lines(opener, inspected.encoding)
    best: Line = ()
    for _ in range(_HEADER_WITHIN):
        line = next(lines, None)
        if line is None:
            break
        if recognised(line) > recognised(best):
            best = line
            if not read_header(line).missing:
                break
    header = read_header(best)
    if header.doubled:
        named = ", ".join(header.doubled)
        raise refused(
            f"Kolom berikut berisi hal yang sama dengan kolom lain: {named}. Hapus salah satunya.",
            f"These columns mean the same as another one: {named}. Remove one of each.",
        )
    if header.missing:
        named = "; ".join(header.missing)
        raise refused(
            f"Kolom yang wajib tidak ditemukan: {named}.", f"Columns that are needed were not found: {named}."
        )
    return Table(header, (line for line in lines if any(cell not in (None, "") for cell in line)))


def _csv_lines(opener: Opener, encoding: str) -> Iterator[Line]:
    delimiter = _delimiter(opener, encoding)
    with opener() as raw, io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="") as text:
        lines = csv.reader(_bounded(text), delimiter=delimiter)
        while True:
            try:
                line = next(lines)
            except StopIteration:
                return
            except csv.Error:
                raise _broken(lines.line_num) from None
            yield line


def _bounded(text: io.TextIOWrapper) -> Iterator[str]:
    number = 0
    while line := text.readline(_LONGEST_LINE):
        number += 1
        if len(line) >= _LONGEST_LINE:
            raise _broken(number)
        yield line


def _broken(number: int) -> Refusal:
    return refused(
        f"Baris {number} tidak dapat dibaca: terlalu panjang, atau tanda kutip tidak ditutup.",
        f"Line {number} cannot be read: it is too long, or a quotation mark is not closed.",
    )


def _delimiter(opener: Opener, encoding: str) -> str:
    """The character that splits one of the first lines into the most columns we know."""
    with opener() as raw, io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="") as text:
        start = [text.readline(_LONGEST_LINE) for _ in range(_HEADER_WITHIN)]

    def found(delimiter: str) -> int:
        try:
            return max(map(recognised, csv.reader(start, delimiter=delimiter)), default=0)
        except csv.Error:
            return 0

    return max(_DELIMITERS, key=found)
