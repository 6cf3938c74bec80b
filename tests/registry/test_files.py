"""Which files are taken, which are refused and in which words, without a value of theirs in it."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from integration.codes import Language
from integration.refusal import Refusal
from integration.registry.importing import sheets
from integration.registry.importing.files import Table, inspect, read_table
from integration.registry.importing.texts import Texts
from tests.registry.files import COLUMNS, changed, csv_file, rows, xlsx_file

_MOST = 50_000_000


def read(path: Path, most: int = _MOST, inflated: int = _MOST) -> Table:
    """The table of a file."""
    return read_table(lambda: path.open("rb"), inspect(lambda: path.open("rb"), most), inflated)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_delimiters_and_encodings_are_recognised(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = csv_file(tmp_path / "a.csv", [changed(rows(1)[0], NAMA="JOSÉ")], delimiter, encoding)
    table = read(path)
    assert table.header.names == COLUMNS
    assert next(table.lines)[4] == "JOSÉ"


def test_a_title_above_the_header_is_passed_over(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", rows(2))
    path.write_bytes(b"DATA DTKS KUTAI KARTANEGARA\r\n\r\n" + path.read_bytes())
    assert len(list(read(path).lines)) == 2


def test_columns_nobody_knows_are_left_out_and_named(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", rows(1), columns=(*COLUMNS, "WARNA_RUMAH", "Jenis_cacat"))
    assert read(path).header.left_out == ("WARNA_RUMAH", "Jenis_cacat")


def test_needed_columns_are_named_when_they_are_missing(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", rows(1), columns=("NIK", "KECAMATAN"))
    with pytest.raises(Refusal, match="NAMA; KECAMATAN"):
        read(path)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        ("NIK,NAMA,DESA\n".encode("utf-16"), "UTF-16"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
        (b"PK\x03\x04 not a workbook", "intact"),
        (b'NIK,NAMA,KECAMATAN,DESA\n"' + b"x" * 2_000_000, "cannot be read"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(Refusal, match=told) as refused:
        list(read(path).lines)
    assert refused.value.message(Language.ID) != refused.value.message(Language.EN)


def test_a_file_above_the_limit_is_refused_before_it_is_read_whole(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="larger than"):
        read(csv_file(tmp_path / "a.csv", rows(100)), most=1000)


def test_a_number_stays_a_number_and_an_empty_cell_has_its_place(tmp_path: Path) -> None:
    line = {**rows(1)[0], "NIK": 6402065505809001, "NAMA": None, "DESIL": 3}
    row = next(read(xlsx_file(tmp_path / "a.xlsx", [line])).lines)
    assert row[3:5] == [6402065505809001, None] and row[12] == 3


def test_a_formula_refuses_the_workbook(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "a.xlsx", [{**rows(1)[0], "DESIL": "=1+1"}])
    with pytest.raises(Refusal, match="Cell M2 holds a formula"):
        list(read(path).lines)


def test_macros_refuse_the_workbook(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "a.xlsx", rows(1))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(Refusal, match="macros"):
        read(path)


def test_a_zip_bomb_is_refused_by_what_it_declares(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "a.xlsx", rows(1))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b"0" * 30_000_000)
    with pytest.raises(Refusal, match="too large once unpacked"):
        read(path)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    good = xlsx_file(tmp_path / "good.xlsx", rows(1))
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(path, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
            archive.writestr(name, content)
    with pytest.raises(Refusal, match="intact"):
        read(path)


def sheet_of(path: Path, *cells: object, **formats: str) -> list[object]:
    """The cells of a workbook's one line below its header, read back; `formats` name a number format by column."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(COLUMNS))
    sheet.append(list(cells))
    for column, shown in formats.items():
        sheet[f"{column}2"].number_format = shown
    book.save(path)
    return list(next(read(path).lines))


@pytest.mark.parametrize("shown", ["yyyy-mm-dd", "dd/mm/yyyy", "mm-dd-yy", '[$-421]dd mmmm yyyy;"d"', "d-mmm-yy"])
def test_a_number_shown_as_a_day_is_that_day(tmp_path: Path, shown: str) -> None:
    assert sheet_of(tmp_path / "a.xlsx", 32874, 1, 61, A=shown, B=shown, C=shown)[:3] == [
        date(1990, 1, 1), date(1900, 1, 1), date(1900, 3, 1),
    ]  # fmt: skip


@pytest.mark.parametrize("shown", ["General", "0", "#,##0.00", '0 "hari"', "[Red]0", "h:mm", "0.00E+00"])
def test_a_number_shown_as_a_number_stays_one(tmp_path: Path, shown: str) -> None:
    assert sheet_of(tmp_path / "a.xlsx", 32874, A=shown)[0] == 32874


def test_a_workbook_with_more_text_than_fits_is_refused() -> None:
    texts = Texts(40)
    texts.append("first")
    texts.append("and séconde")
    with pytest.raises(Refusal, match="texts of the workbook"):
        texts.append("one too many")
    assert (texts[0], texts[1]) == ("first", "and séconde")
    with pytest.raises(IndexError):
        texts[-1]


def edited(tmp_path: Path, name: str, content: bytes) -> Path:
    """A workbook of which one file is replaced."""
    path = tmp_path / "edited.xlsx"
    good = xlsx_file(tmp_path / "good.xlsx", rows(1))
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in source.namelist():
            archive.writestr(one, content if one == name else source.read(one))
    return path


def test_texts_beside_the_sheet_are_found_by_their_place(tmp_path: Path) -> None:
    """One writer puts texts into the cells, another into a list of their own, in several fonts and with their sound."""
    sheet = b"""<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row>
        <x:c r="A1" t="s"><x:v>1</x:v></x:c><x:c r="C1" t="s"><x:v>0</x:v></x:c><x:c r="D1" t="s"><x:v>1</x:v></x:c>
        </x:row></x:sheetData></x:worksheet>"""
    texts = """<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>Café</t></si>
        <si><r><t>SITI </t></r><r><rPr><b/></rPr><t>UJI</t></r><rPh sb="0"><t>x</t></rPh></si>
        </sst>"""
    path = edited(tmp_path, "xl/worksheets/sheet1.xml", sheet)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", texts)
    with path.open("rb") as file, zipfile.ZipFile(file) as archive:
        assert list(sheets.lines(archive)) == [["SITI UJI", None, "Café", "SITI UJI"]]


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="A1" t="inlineStr"><is><t>' + b"x" * 40_000 + b"</t></is></c>",
        b'<c r="A1" t="' + b"x" * 9_000_000 + b'"><v>1</v></c>',
        b'<c r="ZZZZZ1"><v>1</v></c>',
        b'<c r="A1" t="s"><v>99</v></c>',
        b'<c r="A1" t="s"><v>-1</v></c>',
        b'<c r="A1"><v>eleven</v></c>',
    ],
)
def test_cells_no_spreadsheet_writes_are_refused(tmp_path: Path, cell: bytes) -> None:
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row>'
    path = edited(tmp_path, "xl/worksheets/sheet1.xml", sheet + cell + b"</row></sheetData></worksheet>")
    with pytest.raises(Refusal, match="intact"):
        list(read(path).lines)


def test_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    book = b"""<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="1"/>
        <sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"""
    path = tmp_path / "a.xlsx"
    sheet_of(path, 31412, A="yyyy-mm-dd")
    other = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(other, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, book if name == "xl/workbook.xml" else source.read(name))
    assert next(read(other).lines)[0] == date(1990, 1, 1)
