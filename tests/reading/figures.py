"""Statistics for the second reader: which figures are shown to whom, and in which language a title is told."""

from typing import TYPE_CHECKING, Any

from integration.statistics.codes import TableRule
from tests.reading.listing import by
from tests.reading.sight import OFFICE
from tests.reading.state import Row

if TYPE_CHECKING:
    from tests.reading.fields import Call

BY_PLACE = by("place", "place")


def _in_words(indonesian: str, english: str) -> Any:
    return lambda call, row: getattr(row, english if call.sight.viewer.language == "EN" else indonesian)


def _is_shown(call: "Call", value: Row) -> bool:
    """The office sees every figure, others those that are not withheld."""
    return not value.withheld or not call.sight.roles.isdisjoint(OFFICE)


def _if_shown(column: str, otherwise: Any = None) -> Any:
    return lambda call, value: getattr(value, column) if _is_shown(call, value) else otherwise


def _doubts(call: "Call", value: Row) -> list[str]:
    # In the order in which the schema lists the rules.
    found = value.doubts.split(",") if _is_shown(call, value) else []
    return [rule.value for rule in TableRule if rule.value in found]


COMPUTED: dict[str, Any] = {
    "StatisticSeries.title": _in_words("title", "title_en"),
    "PrintedTable.title": _in_words("title", "title_en"),
    "TableFinding.message": _in_words("message", "message_en"),
    "StatisticValue.group": lambda _call, value: value.row_group,
    "StatisticValue.state": _if_shown("state", "SUPPRESSED"),
    "StatisticValue.value": _if_shown("value"),
    "StatisticValue.unknownReason": _if_shown("gap"),
    "StatisticValue.working": _if_shown("working"),
    "StatisticValue.doubts": _doubts,
}
TO_ONE = {
    "StatisticSeries.table": ("PrintedTable", "table_id"),
    "StatisticValue.series": ("StatisticSeries", "series_id"),
    "StatisticValue.region": ("Region", "region_code"),
    "StatisticValue.table": ("PrintedTable", "table_id"),
}
TO_MANY = {
    "StatisticSeries.values": ("StatisticValue", "series_id", BY_PLACE),
    "PrintedTable.findings": ("TableFinding", "table_id", BY_PLACE),
}
