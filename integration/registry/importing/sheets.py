"""A sheet of a workbook as lines of cells, by expat alone: a third of the time of a reader that knows styles.

What is kept of a cell is its text, its number, or the day where its style shows one. Entities are refused, so nothing
can be made of a small file by expanding it; nor may a cell or a tag be longer than a spreadsheet makes them.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from integration.registry.importing import parts
from integration.registry.importing.styles import Dates
from integration.registry.importing.texts import Texts

_DIGITS = "0123456789"
_COLUMN = re.compile(r"[A-Z]+")
_TRUE = "1"
_EXACT = 18
_MOST_CELLS = 16_384


class Formula(Exception):
    """A cell holds a formula; its place."""


def lines(archive: zipfile.ZipFile) -> Iterator[Sequence[Any]]:
    """The lines of the first sheet."""
    sheet_file, from_1904 = parts.first_sheet(archive)
    reader = _Sheet(parts.shared_texts(archive), Dates(parts.day_styles(archive), from_1904))
    with archive.open(sheet_file) as sheet:
        while block := sheet.read(parts.BLOCK):
            reader.feed(block)
            yield from reader.taken()
        reader.feed(b"", last=True)
        yield from reader.taken()


class _Sheet:
    """Called by expat for each piece of XML. Names may carry a prefix."""

    def __init__(self, shared: Texts, dates: Dates) -> None:
        self._shared = shared
        self._dates = dates
        self._lines: list[list[Any]] = []
        self._line: list[Any] = []
        self._text: list[str] | None = None
        self._kind = self._place = ""
        self._style: str | None = None
        self._length = 0
        self._value: Any = None
        self._fed = 0
        self._parser = parts.new_parser()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters

    def feed(self, block: bytes, last: bool = False) -> None:
        """Read on."""
        parts.parse(self._parser, block, last)
        self._fed += len(block)
        if self._fed - self._parser.CurrentByteIndex > parts.LONGEST_TAG:
            raise parts.Broken

    def taken(self) -> list[list[Any]]:
        """The lines that are whole."""
        taken, self._lines = self._lines, []
        return taken

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            name = name.rpartition(":")[2]
        if name in ("v", "t"):
            self._text = []
        elif name == "c":
            self._kind, self._place, self._value = attributes.get("t", "n"), attributes.get("r", ""), None
            self._style, self._length = attributes.get("s"), 0
        elif name == "f":
            raise Formula(self._place)
        elif name == "row":
            self._line = []

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._length += len(text)
            if self._length > parts.LONGEST_TEXT:
                raise parts.Broken
            self._text.append(text)

    def _end(self, name: str) -> None:
        if ":" in name:
            name = name.rpartition(":")[2]
        if name in ("v", "t"):
            if self._text is not None:
                text = "".join(self._text)
                # A text in several fonts is in several pieces.
                self._value = text if self._value is None else f"{self._value}{text}"
            self._text = None
        elif name == "c":
            self._put()
        elif name == "row":
            self._lines.append(self._line)

    def _put(self) -> None:
        told = _index(self._place.rstrip(_DIGITS))
        at = len(self._line) if told is None else told
        if at >= _MOST_CELLS:
            raise parts.Broken
        if at > len(self._line):
            self._line.extend([None] * (at - len(self._line)))
        self._line.append(self._made())

    def _made(self) -> Any:
        value, kind = self._value, self._kind
        if value is None:
            return None
        try:
            if kind == "s":
                return self._shared[int(value)]
            if kind == "n":
                if self._dates.shows(self._style):
                    return self._dates.day(float(value))
                # A longer one is no number that a spreadsheet holds exactly.
                return int(value) if len(value) <= _EXACT and value.lstrip("-").isdigit() else float(value)
        except (ValueError, IndexError):
            raise parts.Broken from None
        return value == _TRUE if kind == "b" else value


@lru_cache(_MOST_CELLS)
def _index(letters: str) -> int | None:
    """The place of a column in a line, from 0; None where these letters name none."""
    if not _COLUMN.fullmatch(letters):
        return None
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
