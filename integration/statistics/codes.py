"""The closed lists of statistics, as the schema spells them."""

from enum import StrEnum


class StatisticColumns(StrEnum):
    """What the columns of a printed table are."""

    CATEGORIES = "CATEGORIES"
    YEARS = "YEARS"


class StatisticState(StrEnum):
    """Whether a figure is there. SUPPRESSED is never stored: it depends on who looks."""

    KNOWN = "KNOWN"
    UNKNOWN = "UNKNOWN"
    SUPPRESSED = "SUPPRESSED"


class StatisticGap(StrEnum):
    """Why a figure is not known."""

    NOT_REPORTED = "NOT_REPORTED"
    UNCLEAR_EMPTY = "UNCLEAR_EMPTY"
    UNREADABLE = "UNREADABLE"
    CONTRADICTORY = "CONTRADICTORY"
    NO_INPUT = "NO_INPUT"


class PrintedTableState(StrEnum):
    """How far a printed table has come."""

    STAGED = "STAGED"
    ACCEPTED = "ACCEPTED"
    DISCARDED = "DISCARDED"


class TableRule(StrEnum):
    """What a finding is about."""

    MISSING_REGION = "MISSING_REGION"
    UNKNOWN_REGION = "UNKNOWN_REGION"
    REGION_SPELLING = "REGION_SPELLING"
    REPEATED_ROW = "REPEATED_ROW"
    ROW_TOTAL = "ROW_TOTAL"
    COLUMN_TOTAL = "COLUMN_TOTAL"
    CELLS_TOTAL = "CELLS_TOTAL"
    COLUMN_TOTALS_TOTAL = "COLUMN_TOTALS_TOTAL"
    LOST_COLUMN = "LOST_COLUMN"
    HEADER_SHIFT = "HEADER_SHIFT"
    UNNAMED_COLUMN = "UNNAMED_COLUMN"
    ROUNDING = "ROUNDING"
    UNCLEAR_EMPTY = "UNCLEAR_EMPTY"
    NEGATIVE = "NEGATIVE"
    UNREADABLE_NUMBER = "UNREADABLE_NUMBER"
    COUNT_AGAINST_CODES = "COUNT_AGAINST_CODES"


class ReportMeasure(StrEnum):
    """What is told of a group of reports. The ninth step, the archive, is where a report stays: it takes no time."""

    COUNT = "COUNT"
    MEDIAN_STEP_1 = "MEDIAN_STEP_1"
    MEDIAN_STEP_2 = "MEDIAN_STEP_2"
    MEDIAN_STEP_3 = "MEDIAN_STEP_3"
    MEDIAN_STEP_4 = "MEDIAN_STEP_4"
    MEDIAN_STEP_5 = "MEDIAN_STEP_5"
    MEDIAN_STEP_6 = "MEDIAN_STEP_6"
    MEDIAN_STEP_7 = "MEDIAN_STEP_7"
    MEDIAN_STEP_8 = "MEDIAN_STEP_8"
    MEDIAN_TO_REPLY = "MEDIAN_TO_REPLY"
    P90_STEP_1 = "P90_STEP_1"
    P90_STEP_2 = "P90_STEP_2"
    P90_STEP_3 = "P90_STEP_3"
    P90_STEP_4 = "P90_STEP_4"
    P90_STEP_5 = "P90_STEP_5"
    P90_STEP_6 = "P90_STEP_6"
    P90_STEP_7 = "P90_STEP_7"
    P90_STEP_8 = "P90_STEP_8"
    P90_TO_REPLY = "P90_TO_REPLY"
    BREACH_RATE = "BREACH_RATE"
    SERVED_SHARE = "SERVED_SHARE"
