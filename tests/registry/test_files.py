"""Which files are taken, which are refused and in which words, without a value of theirs in it."""

import zipfile
from pathlib import Path

import pytest

from integration.codes import Language
from integration.refusal import Refusal
from integration.registry.importing.files import Table, inspect, read_table
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
