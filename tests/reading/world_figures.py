"""Printed tables and figures of every kind, by lot."""

from datetime import date
from typing import TYPE_CHECKING, Any

from integration import codes
from integration.statistics.codes import (
    PrintedTableState,
    StatisticColumns,
    StatisticGap,
    StatisticState,
    TableRule,
)
from integration.statistics.tables import PrintedTableRow, StatisticSeriesRow, StatisticValueRow, TableFindingRow

if TYPE_CHECKING:
    from tests.reading.world import World

_DAYS = (date(2023, 1, 1), date(2023, 12, 31), date(2024, 3, 31))
_ABOUT: dict[str, Any] = {
    "title": "Uji", "title_en": "Trial", "concept": "Uji", "definition": "Uji", "classification": "Uji",
    "measure": "Jumlah", "unit": "orang", "source": "Uji", "collected_by": "Uji", "method": "Uji", "licence": "Uji",
}  # fmt: skip


def add_figures(world: "World") -> None:
    """Tables in every state, and series with figures that are known, unknown, withheld, doubted, of no region."""
    tables = [_table(world) for _ in range(6)]
    world._add(tables)
    world._add([
        TableFindingRow(
            table_id=one.id, place=place, rule=world._one(list(TableRule)), severity=world._one(list(codes.Severity)),
            row=world._maybe("Anggana"), column=world._maybe("Kronis"), expected=world._maybe("7"),
            printed=world._maybe("8.50"), difference=world._maybe("-1"), message="Tidak cocok.", message_en="No match.",
        )
        for one in tables[1:] for place in range(4)
    ])  # fmt: skip
    series = [
        StatisticSeriesRow(
            **_ABOUT, code=f"trial_{n}", about_people=world._one((True, False)), formula=world._maybe("2 * x[64]"),
            as_of=world._one(_DAYS), updated_at=world._moment(),
            table_id=world._maybe(world._one([one.id for one in tables])),
        )
        for n in range(4)
    ]  # fmt: skip
    world._add(series)
    world._add([_value(world, one, n, tables) for one in series[1:] for n in range(15)])


def _table(world: "World") -> PrintedTableRow:
    return PrintedTableRow(
        **_ABOUT, series_code=world._one(("trial_1", "poor_people")), about_people=world._one((True, False)),
        columns=world._one(list(StatisticColumns)), period_from=world._one(_DAYS), period_to=world._one(_DAYS),
        as_of=world._one(_DAYS), tolerance="0.05", content="x", state=world._one(list(PrintedTableState)), rows=3,
        errors=1, warnings=0, note=world._maybe("Catatan"), created_at=world._moment(), created_by="test",
        decided_at=world._maybe(world._moment()),
    )  # fmt: skip


def _value(world: "World", series: StatisticSeriesRow, n: int, tables: list[PrintedTableRow]) -> StatisticValueRow:
    known = world._one((True, True, False))
    rules = sorted(rule.value for rule in world._some(list(TableRule), 3))
    return StatisticValueRow(
        series_id=series.id, key=f"uji|{n}", place=world._one((0, 1, 2, 3)),
        region_code=world._maybe(world._one(world._codes("Region"))), row_group=world._maybe("ASN"),
        category=world._maybe("Kronis"), period_from=world._one(_DAYS), period_to=world._one(_DAYS),
        state=StatisticState.KNOWN if known else StatisticState.UNKNOWN, value="3.50" if known else None,
        gap=None if known else world._one(list(StatisticGap)), doubts=",".join(rules),
        working=world._maybe("100 * 1 / 2"), withheld=world._one((True, False)), as_of=world._one(_DAYS),
        table_id=world._maybe(world._one([one.id for one in tables])),
    )  # fmt: skip
