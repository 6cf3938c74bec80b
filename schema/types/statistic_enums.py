"""The closed lists of statistics, with their words."""

from integration.statistics.codes import (
    PrintedTableState,
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
