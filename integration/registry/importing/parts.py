"""What a workbook keeps beside its sheets: which sheet is first, the texts cells point to, how numbers are shown."""

import zipfile
from typing import Any
from xml.parsers import expat

from integration.registry.importing.styles import shows_day
from integration.registry.importing.texts import Texts

BLOCK = 1 << 16
# What a spreadsheet holds at most in a cell, in characters; and a tag needs no more bytes than this.
LONGEST_TEXT, LONGEST_TAG = 32_767, 1 << 22
_LARGEST = 1 << 24


class Broken(Exception):
    """The workbook is not what it says."""


def new_parser() -> Any:
    """A parser that refuses entities."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.EntityDeclHandler = _refuse
    return parser


def _refuse(*_: object) -> None:
    raise Broken


def parse(parser: Any, block: bytes, last: bool) -> None:
    """Read on."""
    try:
        parser.Parse(block, last)
    except expat.ExpatError:
        raise Broken from None


def shared_texts(archive: zipfile.ZipFile) -> Texts:  # noqa: C901 - three handlers and their loop
    """The texts that cells point to."""
    texts = Texts()
    names = {name.lower(): name for name in archive.namelist()}
    if "xl/sharedstrings.xml" not in names:
        return texts
    pieces: list[str] = []
    state = {"text": False, "sound": False}
    size = {"fed": 0, "text": 0}

    def start(name: str, _attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "si":
            pieces.clear()
            size["text"] = 0
        elif name == "rPh":
            state["sound"] = True
        elif name == "t":
            state["text"] = not state["sound"]

    def characters(text: str) -> None:
        if state["text"]:
            size["text"] += len(text)
            if size["text"] > LONGEST_TEXT:
                raise Broken
            pieces.append(text)

    def end(name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "si":
            texts.append("".join(pieces))
        elif name == "t":
            state["text"] = False
        elif name == "rPh":
            state["sound"] = False

    parser = new_parser()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, characters
    with archive.open(names["xl/sharedstrings.xml"]) as file:
        while block := file.read(BLOCK):
            parse(parser, block, False)
            size["fed"] += len(block)
            if size["fed"] - parser.CurrentByteIndex > LONGEST_TAG:
                raise Broken
        parse(parser, b"", True)
    return texts


def day_styles(archive: zipfile.ZipFile) -> set[int]:
    """The numbers of the cell styles that show a day."""
    names = {name.lower(): name for name in archive.namelist()}
    if "xl/styles.xml" not in names:
        return set()
    formats: dict[int, str] = {}
    used: list[int] = []
    within = {"cells": False}

    def start(name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "numFmt":
            formats[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            within["cells"] = True
        elif name == "xf" and within["cells"]:
            used.append(int(attributes.get("numFmtId", "0")))

    def end(name: str) -> None:
        if name.rpartition(":")[2] == "cellXfs":
            within["cells"] = False

    parser = new_parser()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parse(parser, _small(archive, names["xl/styles.xml"]), True)
    except (KeyError, ValueError):
        raise Broken from None
    return {number for number, format_id in enumerate(used) if shows_day(format_id, formats)}


def first_sheet(archive: zipfile.ZipFile) -> tuple[str, bool]:
    """The file of the first sheet in the order of the tabs, and whether the workbook counts days from 1904."""
    ids: list[str] = []
    targets: dict[str, str] = {}
    from_1904: list[bool] = []

    def sheet(name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "sheet":
            ids.extend(value for key, value in attributes.items() if key.rpartition(":")[2] == "id")
        elif name == "workbookPr":
            from_1904.append(attributes.get("date1904", "0") in ("1", "true"))

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    for file, handler in (("xl/workbook.xml", sheet), ("xl/_rels/workbook.xml.rels", relation)):
        parser = new_parser()
        parser.StartElementHandler = handler
        try:
            parse(parser, _small(archive, file), True)
        except KeyError:
            raise Broken from None
    target = targets.get(ids[0], "") if ids else ""
    path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    if path not in archive.namelist():
        raise Broken
    return path, any(from_1904)


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    """A file that tells about the others; one that would fill the memory is not such."""
    if archive.getinfo(name).file_size > _LARGEST:
        raise Broken
    return archive.read(name)
