"""An XLSX workbook as lines of cells. A workbook is a zip of XML: what it claims and what it holds is checked first."""

import zipfile
from collections.abc import Callable, Iterator, Sequence
from typing import Any, BinaryIO

from defusedxml.common import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from integration.refusal import Refusal
from integration.registry.importing.refusing import megabytes, refused

_MAGIC = b"PK\x03\x04"
# A sheet of repeated words is packed to a hundredth at most; a bomb to a thousandth and less.
_RATIO = 250
_SMALL = 10_000_000
_MACROS = "xl/vbaproject.bin"


def is_workbook(start: bytes) -> bool:
    """Whether a file begins like one."""
    return start.startswith(_MAGIC)


def open_workbook(opener: Callable[[], BinaryIO], most_inflated: int) -> Iterator[Sequence[Any]]:
    """The lines of the first sheet. Numbers stay numbers; a formula refuses the file."""
    with opener() as file:
        try:
            _check(file, most_inflated)
            file.seek(0)
            book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        except Refusal:
            raise
        except (zipfile.BadZipFile, InvalidFileException, DefusedXmlException, KeyError, ValueError, OSError) as error:
            raise _unreadable() from error
        try:
            yield from _rows(book)
        finally:
            book.close()


def _rows(book: Any) -> Iterator[Sequence[Any]]:
    if not book.worksheets:
        raise _unreadable()
    sheet = book.worksheets[0]
    # What a sheet says of its own size may be wrong either way.
    sheet.reset_dimensions()
    try:
        for row in sheet.iter_rows():
            line: list[Any] = []
            for cell in row:
                value = cell.value
                if value is not None and cell.data_type == "f":
                    raise refused(
                        f"Sel {cell.coordinate} berisi rumus. Salin lembar sebagai nilai (Paste Values) lalu simpan.",
                        f"Cell {cell.coordinate} holds a formula. Copy the sheet as values and save it again.",
                    )
                line.append(value)
            yield line
    except (zipfile.BadZipFile, DefusedXmlException, ValueError, SyntaxError, KeyError, IndexError) as error:
        raise _unreadable() from error


def _check(file: BinaryIO, most_inflated: int) -> None:
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
        names = {entry.filename.lower() for entry in entries}
        if _MACROS in names:
            raise refused(
                "Berkas berisi makro (.xlsm). Simpan sebagai .xlsx tanpa makro.",
                "The file holds macros (.xlsm). Save it as .xlsx without macros.",
            )
        if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
            raise _unreadable()
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise _unreadable()
        # zipfile reads no more of an entry than it declares, and its checksum betrays one that declares too little.
        declared = sum(entry.file_size for entry in entries)
        packed = sum(entry.compress_size for entry in entries) or 1
        if declared > most_inflated or (declared > _SMALL and declared / packed > _RATIO):
            raise refused(
                f"Isi berkas terlalu besar setelah dibuka ({megabytes(declared)}). Simpan sebagai CSV atau pecah.",
                f"The file is too large once unpacked ({megabytes(declared)}). Save it as CSV, or split it.",
            )


def _unreadable() -> Refusal:
    return refused(
        "Berkas bukan buku kerja Excel (.xlsx) yang utuh. Simpan ulang dari Excel sebagai .xlsx atau .csv.",
        "The file is not an intact Excel workbook (.xlsx). Save it again from Excel as .xlsx or .csv.",
    )
