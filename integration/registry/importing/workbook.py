"""An XLSX workbook as lines of cells. A workbook is a zip of XML: what it claims and what it holds is checked first."""

import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO

from integration.refusal import Refusal
from integration.registry.importing import parts, sheets
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
    with _opened(opener, most_inflated) as archive:
        yield from sheets.lines(archive)


def check_workbook(opener: Callable[[], BinaryIO], most_inflated: int) -> None:
    """Refuse what is no whole workbook or unpacks to too much, by its directory alone."""
    with _opened(opener, most_inflated):
        pass


@contextmanager
def _opened(opener: Callable[[], BinaryIO], most_inflated: int) -> Iterator[zipfile.ZipFile]:
    with opener() as file:
        try:
            with zipfile.ZipFile(file) as archive:
                _check(archive, most_inflated)
                yield archive
        except sheets.Formula as formula:
            raise refused(
                f"Sel {formula} berisi rumus. Salin lembar sebagai nilai (Paste Values) lalu simpan.",
                f"Cell {formula} holds a formula. Copy the sheet as values and save it again.",
            ) from None
        except (zipfile.BadZipFile, zlib.error, parts.Broken, NotImplementedError, EOFError):
            raise _unreadable() from None


def _check(archive: zipfile.ZipFile, most_inflated: int) -> None:
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
