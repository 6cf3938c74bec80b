"""The closed lists of statistics, with their words."""

from enum import StrEnum

from integration.statistics.codes import (
    PrintedTableState,
    ReportMeasure,
    StatisticColumns,
    StatisticGap,
    StatisticState,
    TableRule,
)
from schema.types.describing import describe

describe(
    StatisticColumns,
    "What the columns of a printed table are (isi kolom).",
    {
        StatisticColumns.CATEGORIES: "Kinds of what is counted, each column one kind (kategori).",
        StatisticColumns.YEARS: "Years, each column one year (tahun).",
    },
)
describe(
    StatisticState,
    "Whether a figure is there. What is unknown or withheld is never 0 (keadaan angka).",
    {
        StatisticState.KNOWN: "The figure is known (diketahui).",
        StatisticState.UNKNOWN: "Nobody knows it; `unknownReason` says why (tidak diketahui).",
        StatisticState.SUPPRESSED: "Withheld from you, as it could point at somebody (disamarkan).",
    },
)
describe(
    StatisticGap,
    "Why a figure is not known (sebab angka tidak diketahui).",
    {
        StatisticGap.NOT_REPORTED: "The region is missing in the table; not reported is not zero (tidak dilaporkan).",
        StatisticGap.UNCLEAR_EMPTY: "The cell is empty or '-', which may be zero or not collected (sel kosong).",
        StatisticGap.UNREADABLE: "The number can't be read (tidak terbaca).",
        StatisticGap.CONTRADICTORY: "The table gives two different figures for it (bertentangan).",
        StatisticGap.NO_INPUT: "It is computed from a figure that is not known (masukan tidak ada).",
    },
)
describe(
    PrintedTableState,
    "How far a printed table has come (status tabel).",
    {
        PrintedTableState.STAGED: "It was read and looked through; nothing is published of it (menunggu keputusan).",
        PrintedTableState.ACCEPTED: "Its figures are in its series, with their doubts (diterima).",
        PrintedTableState.DISCARDED: "It was put aside (dibuang).",
    },
)
describe(
    TableRule,
    "What does not fit in a printed table (aturan pemeriksaan tabel).",
    {
        TableRule.MISSING_REGION: "A region is not in the table (wilayah tidak ada).",
        TableRule.UNKNOWN_REGION: "A row names no known region (wilayah tidak dikenal).",
        TableRule.REGION_SPELLING: "A region is spelt otherwise than officially (ejaan wilayah).",
        TableRule.REPEATED_ROW: "A row stands there more than once (baris ganda).",
        TableRule.ROW_TOTAL: "The cells of a row do not add up to its printed total (jumlah baris).",
        TableRule.COLUMN_TOTAL: "The cells of a column do not add up to its printed total (jumlah kolom).",
        TableRule.CELLS_TOTAL: "All cells do not add up to the printed grand total (jumlah seluruh sel).",
        TableRule.COLUMN_TOTALS_TOTAL: "The printed column totals do not add up to the grand one (jumlah total kolom).",
        TableRule.LOST_COLUMN: "A column was probably lost in printing (kolom hilang).",
        TableRule.HEADER_SHIFT: "The heading was printed above another column (judul kolom bergeser).",
        TableRule.UNNAMED_COLUMN: "A column has no heading (kolom tanpa judul).",
        TableRule.ROUNDING: "A difference that rounding explains (pembulatan).",
        TableRule.UNCLEAR_EMPTY: "Empty cells or '-', which may be zero or not collected (sel kosong).",
        TableRule.NEGATIVE: "A negative number (angka negatif).",
        TableRule.UNREADABLE_NUMBER: "A number that can't be read (angka tidak terbaca).",
        TableRule.COUNT_AGAINST_CODES: "A number of regions that is not that of the official codes (jumlah wilayah).",
    },
)

_STEPS = {
    1: ("received, until somebody looks at it", "diterima"),
    2: ("looked at, until it is acknowledged or leaves the procedure", "verifikasi"),
    3: ("acknowledged, until it is passed to the lead", "respons awal"),
    4: ("with the lead, until it is given to somebody", "diteruskan ke ketua"),
    5: ("given to somebody, until they begin", "disposisi"),
    6: ("followed up, until a reply is drafted", "tindak lanjut"),
    7: ("reply drafted, until it is sent", "konsep balasan"),
    8: ("reply sent, until the report is archived", "balasan terkirim"),
}
_RANKS = {"MEDIAN": ("Median", "median"), "P90": ("The 90th percentile", "persentil ke-90")}


def _durations() -> dict[StrEnum, str]:
    found: dict[StrEnum, str] = {}
    for code, (english, indonesian) in _RANKS.items():
        for step, (place, term) in _STEPS.items():
            found[ReportMeasure(f"{code}_STEP_{step}")] = (
                f"{english} of the days at step {step}: {place}. Each stay that is over is a case ({indonesian} lama "
                f"langkah {step}, {term})."
            )
        found[ReportMeasure(f"{code}_TO_REPLY")] = (
            f"{english} of the days from receipt to the first reply. Each report that was answered is a case "
            f"({indonesian} lama sampai dibalas)."
        )
    return found


describe(
    ReportMeasure,
    "What is measured of a group of reports. Times are those on record: calendar days around the clock (86,400 seconds "
    "each), time spent waiting for the reporter included; a quantile between two cases is interpolated as SQL's "
    "percentile_cont does. The ninth step is the archive, where reports stay: it takes no time (ukuran statistik).",
    {
        ReportMeasure.COUNT: "How many reports the group has (jumlah laporan).",
        **_durations(),
        ReportMeasure.BREACH_RATE: "Percentage of steps that ran over their time limit, of all steps with a limit that "
        "have ended or are over it now; each step of a report is a case, and one that waits for the reporter stands "
        "still (persentase langkah yang melewati batas waktu).",
        ReportMeasure.SERVED_SHARE: "Percentage of reports whose outcome is AID_GIVEN, REGISTRY_CORRECTED or "
        "INFORMATION_GIVEN, of those that have an outcome; whoever was referred is not served yet, as far as is known "
        "here (persentase laporan terlayani).",
    },
)
