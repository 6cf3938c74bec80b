"""Tables with planted errors: each is found, and nothing else is."""

from collections import Counter
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from integration.codes import Language, Severity
from integration.statistics.codes import TableRule
from integration.statistics.gazetteer import gazetteer
from integration.statistics.grid import parse
from integration.statistics.rules import Reconciled, count_against_codes, reconcile
from integration.statistics.words import sentence
from tests.statistics.tables import Made, made


def found(text: str, tolerance: str = "0") -> Reconciled:
    return reconcile(parse(text), gazetteer(), Decimal(tolerance))


def errors(result: Reconciled) -> Counter[TableRule]:
    return Counter(finding.rule for finding in result.findings if finding.severity is not Severity.INFO)


@given(made())
def test_a_right_table_is_clean_however_it_is_printed(table: Made) -> None:
    result = found(table.text())
    assert errors(result) == {}
    assert len(result.grid.rows) == 20 and result.parent == "64.02"
    printed = [[value or Decimal(0) for value in row.values[:-1]] for row in result.grid.rows]
    assert printed == table.cells
    assert [column.heading for column in result.grid.columns[:-1]] == table.headings


@given(made(), st.data())
def test_a_wrong_cell_shows_in_its_row_its_column_and_the_whole(table: Made, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, 19))
    column = data.draw(st.integers(0, len(table.headings) - 1))
    table.cells[row][column] += data.draw(st.integers(1, 500))
    result = found(table.text())
    assert errors(result) == {TableRule.ROW_TOTAL: 1, TableRule.COLUMN_TOTAL: 1, TableRule.CELLS_TOTAL: 1}
    wrong = {finding.rule: finding for finding in result.findings}
    assert wrong[TableRule.ROW_TOTAL].row == table.names[row]
    assert wrong[TableRule.COLUMN_TOTAL].column == table.headings[column]


@given(made(), st.data())
def test_a_wrong_total_of_a_column_is_named(table: Made, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(table.headings) - 1))
    table.column_totals[at] += 4
    result = found(table.text())
    assert errors(result) == {TableRule.COLUMN_TOTAL: 1, TableRule.COLUMN_TOTALS_TOTAL: 1}
    [finding] = [finding for finding in result.findings if finding.rule is TableRule.COLUMN_TOTAL]
    assert finding.column == table.headings[at] and finding.difference == 4


@given(made(), st.sets(st.integers(0, 19), min_size=1, max_size=5))
def test_kecamatan_left_out_are_missing_and_not_zero(table: Made, gone: set[int]) -> None:
    names = {table.names[at] for at in gone}
    kept = [at for at in range(20) if at not in gone]
    table.names, table.cells = [table.names[at] for at in kept], [table.cells[at] for at in kept]
    result = found(table.total_up().text())
    assert errors(result) == {TableRule.MISSING_REGION: len(gone)}
    told = {finding.row or "" for finding in result.findings if finding.rule is TableRule.MISSING_REGION}
    assert {name.upper().removeprefix("KEC. ") for name in names} == {name.upper() for name in told}


@given(made(), st.data())
def test_a_column_that_was_lost_is_suspected(table: Made, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(table.headings) - 1))
    short = [row[at] for row in table.cells if row[at]]
    for row in table.cells:
        del row[at]
    del table.headings[at], table.column_totals[at]
    result = found(table.text())
    lost = [finding for finding in result.findings if finding.rule is TableRule.LOST_COLUMN]
    assert len(lost) == (3 * len(short) >= 20)
    assert all(finding.difference == sum(short) for finding in lost)


@given(made())
def test_headings_that_slipped_are_read_in_their_order(table: Made) -> None:
    # As when a heading of the totals spans two columns and the last kind slips under it.
    leaves = ["", *table.headings[:-1], "", table.headings[-1]]
    groups = ["Kecamatan", "Jenis", *[""] * (len(table.headings) - 2), table.total_word, ""]
    for row in table.cells:
        row[0] += 1
    result = found(table.total_up().text([groups, leaves]))
    assert errors(result) == {TableRule.HEADER_SHIFT: 1}
    assert [column.heading for column in result.grid.columns[:-1]] == table.headings
    assert result.grid.total == len(table.headings)


@given(made(), st.integers(1, 5))
def test_a_difference_within_the_tolerance_is_rounding(table: Made, off: int) -> None:
    table.grand_total += Decimal(off).scaleb(-2)
    assert errors(found(table.text(), "0.05")) == {}
    assert errors(found(table.text(), "0.00")) == {
        TableRule.COLUMN_TOTAL: 1,
        TableRule.CELLS_TOTAL: 1,
        TableRule.COLUMN_TOTALS_TOTAL: 1,
    }


@given(made(), st.integers(0, 19), st.integers(0, 19))
def test_a_row_that_stands_twice_and_one_of_nowhere(table: Made, again: int, nowhere: int) -> None:
    lost = table.names[nowhere]
    table.names[nowhere] = "Kecamatan Antah Berantah"
    table.names.append(table.names[again])
    table.cells.append(table.cells[again])
    result = errors(found(table.total_up().text()))
    assert lost
    assert result == {
        TableRule.UNKNOWN_REGION: 1 + (again == nowhere),
        TableRule.MISSING_REGION: 1,
        TableRule.REPEATED_ROW: 1,
    }


def test_kelurahan_told_in_a_text_are_held_against_the_codes() -> None:
    [finding] = count_against_codes("kelurahan", 53, 44)
    assert finding.difference == 9
    assert sentence(finding, Language.ID) == "Teks menyebut 53 kelurahan, daftar kode resmi memuat 44."
    assert not count_against_codes("desa", 193, 193)


def test_a_row_of_dashes_is_listed_and_not_missing() -> None:
    grid = parse("Kecamatan;A;B;Jumlah\nAnggana;-;-;-\nSebulu;3;-;3\nTabang;-;-;-\nJumlah;3;-;3\n")
    assert [row.label for row in grid.rows] == ["Anggana", "Sebulu", "Tabang"]
    assert [column.heading for column in grid.columns] == ["A", "B", "Jumlah"] and grid.total == 2
    missing = {one.row for one in reconcile(grid, gazetteer()).findings if one.rule is TableRule.MISSING_REGION}
    assert len(missing) == 17 and missing.isdisjoint({"Anggana", "Tabang"})
