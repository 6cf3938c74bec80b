"""Registry files made for tests: households by lot, and rows with faults that a test writes itself."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from openpyxl import Workbook

COLUMNS = (
    "IDDTKS", "IDARTDTKS", "NOKK", "NIK", "NAMA", "TGL_LAHIR", "JNS_KEL", "HUBKEL", "KABUPATEN", "KECAMATAN", "DESA",
    "KODE_KEC_BPS", "DESIL", "ADA_PKH", "ADA_BPNT", "ADA_PBI", "ADA_RST", "STA_KEBERADAAN_ART", "PADAN_DUKCAPIL",
    "TGL_UPDATE",
)  # fmt: skip
Row = dict[str, str]
_PLACES = (
    ("TENGGARONG", "MANGKURAWANG", "6403090"),
    ("SEBULU", "SEGIHAN", "6403100"),
    ("ANGGANA", "SIDOMULYO", "6403120"),
)
_NAMES = ("ASMUNI", "BADARIAH", "SARBINI", "MASNIAH", "SUTRISNO", "PAINEM", "LAWING", "BURING", "ROSMINI", "TAHIR")


def nik(born: date, sex: str, serial: int) -> str:
    """A NIK as issued in Tenggarong; the serials of made-up people are 9000 and more."""
    return f"640206{born.day + (40 if sex == 'P' else 0):02}{born.month:02}{born.year % 100:02}{serial:04}"


def rows(count: int, seed: int = 1) -> list[Row]:
    """So many clean rows, in households of three."""
    random = Random(seed)
    made: list[Row] = []
    for number in range(count):
        home, member = divmod(number, 3)
        district, village, code = _PLACES[home % len(_PLACES)]
        born = date(1950, 1, 13) + timedelta(days=random.randrange(20_000))
        sex = random.choice("LP")
        made.append({
            "IDDTKS": f"64030909{home:08}", "IDARTDTKS": f"64030909{home:08}{member + 1:02}",
            "NOKK": f"64020601{home // 1000 % 12 + 1:02}{home % 90 + 10}{9000 + home % 1000:04}",
            "NIK": nik(born, sex, 9000 + number % 1000),
            "NAMA": f"{random.choice(_NAMES)} {random.choice(_NAMES)}{chr(65 + member) * 4}",
            "TGL_LAHIR": born.isoformat(),
            "JNS_KEL": sex, "HUBKEL": ("KEPALA KELUARGA", "ISTRI/SUAMI", "ANAK")[member],
            "KABUPATEN": "KUTAI KARTANEGARA", "KECAMATAN": district, "DESA": village, "KODE_KEC_BPS": code,
            "DESIL": str(1 + home % 10), "ADA_PKH": str(home % 2), "ADA_BPNT": "1", "ADA_PBI": "0", "ADA_RST": "0",
            "STA_KEBERADAAN_ART": "1", "PADAN_DUKCAPIL": "PADAN", "TGL_UPDATE": "2025-11-02",
        })  # fmt: skip
    return made


def changed(row: Row, **changes: str) -> Row:
    """The row with some cells written otherwise."""
    return {**row, **changes}


def csv_file(
    path: Path, lines: Sequence[Mapping[str, str]], delimiter: str = ",", encoding: str = "utf-8",
    columns: Sequence[str] = COLUMNS,
) -> Path:  # fmt: skip
    """The rows as a CSV file."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([line.get(name, "") for name in columns] for line in lines)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def xlsx_file(path: Path, lines: Sequence[Mapping[str, object]], columns: Sequence[str] = COLUMNS) -> Path:
    """The rows as a workbook; what is a number stays one."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(list(columns))
    for line in lines:
        sheet.append([line.get(name) for name in columns])
    book.save(path)
    return path
