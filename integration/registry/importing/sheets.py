"""A sheet of a workbook as lines of cells, by expat alone: a third of the time of a reader that knows styles.

What is kept of a cell is its text or its number. A date is the number of its day to a workbook, and is taken for one by
whoever reads the column. Entities are refused, so nothing can be made of a small file by expanding it.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any
from xml.parsers import expat

_BLOCK = 1 << 16
_COLUMN = re.compile(r"[A-Z]+")
_TRUE = "1"


class Formula(Exception):
    """A cell holds a formula; its place."""


class Broken(Exception):
    """The workbook is not what it says."""


def lines(archive: zipfile.ZipFile) -> Iterator[Sequence[Any]]:
    """The lines of the first sheet."""
    shared = _shared(archive)
    reader = _Sheet(shared)
    with archive.open(_first_sheet(archive)) as sheet:
        while block := sheet.read(_BLOCK):
            reader.feed(block)
            yield from reader.taken()
        reader.feed(b"", last=True)
        yield from reader.taken()


def _parser() -> Any:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.EntityDeclHandler = _refuse
    return parser


def _refuse(*_: object) -> None:
    raise Broken


class _Sheet:
    """Called by expat for each piece of XML. Names may carry a prefix."""

    def __init__(self, shared: Sequence[str]) -> None:
        self._shared = shared
        self._lines: list[list[Any]] = []
        self._line: list[Any] = []
        self._text: list[str] | None = None
        self._kind = self._place = ""
        self._value: Any = None
        self._parser = _parser()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters

    def feed(self, block: bytes, last: bool = False) -> None:
        """Read on."""
        try:
            self._parser.Parse(block, last)
        except expat.ExpatError:
            raise Broken from None

    def taken(self) -> list[list[Any]]:
        """The lines that are whole."""
        taken, self._lines = self._lines, []
        return taken

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name in ("v", "t"):
            self._text = []
        elif name == "c":
            self._kind, self._place, self._value = attributes.get("t", "n"), attributes.get("r", ""), None
        elif name == "f":
            raise Formula(self._place)
        elif name == "row":
            self._line = []

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, name: str) -> None:
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
        found = _COLUMN.match(self._place)
        at = _index(found[0]) if found else len(self._line)
        if at > 16_384:
            raise Broken
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
                return int(value) if value.lstrip("-").isdigit() else float(value)
        except (ValueError, IndexError):
            raise Broken from None
        return value == _TRUE if kind == "b" else value


def _index(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _shared(archive: zipfile.ZipFile) -> Sequence[str]:  # noqa: C901 - three handlers and their loop
    """The texts that cells point to."""
    names = {name.lower(): name for name in archive.namelist()}
    if "xl/sharedstrings.xml" not in names:
        return ()
    texts: list[str] = []
    pieces: list[str] = []
    state = {"text": False, "sound": False}

    def start(name: str, _attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "si":
            pieces.clear()
        elif name == "rPh":
            state["sound"] = True
        elif name == "t":
            state["text"] = not state["sound"]

    def characters(text: str) -> None:
        if state["text"]:
            pieces.append(text)

    def end(name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "si":
            texts.append("".join(pieces))
        elif name == "t":
            state["text"] = False
        elif name == "rPh":
            state["sound"] = False

    parser = _parser()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, characters
    try:
        with archive.open(names["xl/sharedstrings.xml"]) as file:
            while block := file.read(_BLOCK):
                parser.Parse(block, False)
            parser.Parse(b"", True)
    except expat.ExpatError:
        raise Broken from None
    return texts


def _first_sheet(archive: zipfile.ZipFile) -> str:
    """The file of the first sheet in the order of the tabs."""
    ids: list[str] = []
    targets: dict[str, str] = {}

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "sheet":
            ids.extend(value for key, value in attributes.items() if key.rpartition(":")[2] == "id")

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    for file, handler in (("xl/workbook.xml", sheet), ("xl/_rels/workbook.xml.rels", relation)):
        parser = _parser()
        parser.StartElementHandler = handler
        try:
            parser.Parse(archive.read(file), True)
        except (expat.ExpatError, KeyError):
            raise Broken from None
    target = targets.get(ids[0], "") if ids else ""
    path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    if path not in archive.namelist():
        raise Broken
    return path
