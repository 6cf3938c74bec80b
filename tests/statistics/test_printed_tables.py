"""The three tables of the study of SIMASOS, as printed, through the command a clerk would use."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
TABLES = ROOT / "integration" / "data" / "statistics"


def run(*arguments: str) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "scripts.reconcile_table", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def disability() -> dict[str, Any]:
    code, told, _ = run(str(TABLES / "disability_2024.tsv"), "--claim", "kelurahan=53", "--claim", "desa=193", "--json")
    assert code == 1
    answer: dict[str, Any] = json.loads(told)
    return answer


def test_the_table_of_disabilities_comes_out_as_it_is(disability: dict[str, Any]) -> None:
    rules = Counter(finding["rule"] for finding in disability["findings"])
    assert rules == {
        "MISSING_REGION": 2,
        "ROW_TOTAL": 15,
        "COLUMN_TOTAL": 2,
        "CELLS_TOTAL": 1,
        "COLUMN_TOTALS_TOTAL": 1,
        "LOST_COLUMN": 1,
        "HEADER_SHIFT": 1,
        "COUNT_AGAINST_CODES": 1,
        "UNCLEAR_EMPTY": 1,
        "REGION_SPELLING": 1,
    }


def test_it_says_which_and_by_how_much(disability: dict[str, Any]) -> None:
    def told(rule: str) -> list[tuple[Any, ...]]:
        found = [finding for finding in disability["findings"] if finding["rule"] == rule]
        return [(one["row"] or one["column"], one["expected"], one["printed"]) for one in found]

    assert [name for name, _, _ in told("MISSING_REGION")] == ["Sanga Sanga", "Kota Bangun Darat"]
    assert told("COLUMN_TOTAL") == [("Tuna Rungu", "94", "90"), ("Total Blind", "33", "31")]
    assert told("CELLS_TOTAL") == [("Grand Total", "1271", "1385")]
    assert told("COUNT_AGAINST_CODES") == [("kelurahan", "44", "53")]


def test_the_table_of_staff_is_clean() -> None:
    code, told, _ = run(str(TABLES / "staff_2024.tsv"))
    assert (code, told.splitlines()[-1]) == (0, "Semua cocok.")


def test_rounding_is_no_error_until_it_is_not_allowed() -> None:
    code, told, _ = run(str(TABLES / "poor_people_2021_2023.tsv"), "--language", "EN")
    assert code == 0 and told.count("within rounding") == 2
    code, told, _ = run(str(TABLES / "poor_people_2021_2023.tsv"), "--tolerance", "0", "--language", "EN")
    assert code == 1 and "Column 2021: the cells add up to 241.79, printed is 241.77 (off by -0.02)." in told


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "empty"), (b"hello\nworld\n", "no line has numbers"), (b"a\xff;1", "codec"), (b"x;" * 5_000_000, "larger")],
)
def test_what_is_no_table_is_refused_in_a_sentence(tmp_path: Path, content: bytes, why: str) -> None:
    file = tmp_path / "table.csv"
    file.write_bytes(content)
    code, told, error = run(str(file))
    assert (code, told) == (2, "") and why in error and "Traceback" not in error
