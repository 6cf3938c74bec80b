"""How many welfare resources there are, by kind and kecamatan (S-28).

Nothing on record is unknown, until somebody has looked through the kecamatan for the kind: then it is 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.codes import RegionLevel
from integration.db.readers import Snapshot
from integration.db.zone import WITA
from integration.psks.rules import state
from integration.psks.tables import PsksResourceRow, PsksStocktakeRow, PsksTypeRow
from integration.reading import raw
from integration.reading.road import Road
from integration.reading.scope import Asking, Scope
from integration.reading.view import Kind, table
from integration.regions.tables import RegionRow
from integration.registry.indicators import LENGTHS, region_at
from integration.statistics.codes import StatisticState

SOURCE = "Daftar PSKS Satu Pintu; sumber tiap PSKS ada pada barisnya."
FORMULA = (
    "count: resources of the kind on record in the kecamatan that have not ended. It is unknown where none was ever "
    "recorded and nobody has looked for the kind there (psksTakeStock). dataAsOf: the newest day of a resource or "
    "stocktake."
)


@dataclass(frozen=True, slots=True)
class ResourceCount:
    """In the shape of PsksCount."""

    type: str
    term: str
    region_code: str
    region: str
    count: int | None
    state: StatisticState
    data_as_of: date | None


@dataclass(frozen=True, slots=True)
class ResourceCounts:
    """In the shape of PsksCounts."""

    rows: Sequence[ResourceCount]
    source: str
    formula: str
    as_of: datetime

    @property
    def known(self) -> int:
        return sum(row.state is StatisticState.KNOWN for row in self.rows)

    @property
    def total(self) -> int:
        return sum(row.count or 0 for row in self.rows)


async def resource_counts(road: Road, asking: Asking, snapshot: Snapshot) -> ResourceCounts:
    """Every kind in every kecamatan."""
    today = asking.now.astimezone(WITA).date()
    there = {
        (kind, code): (int(active), raw.day(newest))
        for kind, code, active, newest in await road.rows(lambda scope: _recorded(scope, today), asking, snapshot)
    }
    looked = {(kind, code): raw.day(newest) for kind, code, newest in await road.rows(_looked, asking, snapshot)}
    places = await road.rows(_places, asking, snapshot)
    rows = []
    for kind, term in await road.rows(_kinds, asking, snapshot):
        for code, name in places:
            key = kind, code
            known = state(key in there, key in looked)
            active, newest = there.get(key, (0, None))
            days = [day for day in (newest, looked.get(key)) if day is not None]
            count = active if known is StatisticState.KNOWN else None
            rows.append(ResourceCount(kind, term, code, name, count, known, max(days, default=None)))
    return ResourceCounts(rows, SOURCE, FORMULA, asking.now)


def _kinds(scope: Scope) -> sa.Select[Any]:
    kind = table(PsksTypeRow).alias(scope.alias())
    return sa.select(kind.c.code, kind.c.term).order_by(kind.c.code)


def _places(scope: Scope) -> sa.Select[Any]:
    region = table(RegionRow).alias(scope.alias())
    return sa.select(region.c.code, region.c.name).where(region.c.level == RegionLevel.DISTRICT).order_by(region.c.code)


def _recorded(scope: Scope, today: date) -> sa.Select[Any]:
    row = table(PsksResourceRow).alias(scope.alias())
    day = scope.dialect.bind(scope.bind("psks_today", Kind.DATE, lambda _asking: today), Kind.DATE)
    one: ColumnElement[int] = sa.literal_column("1")
    helps = sa.or_(row.c.active_to.is_(None), row.c.active_to > day)
    return sa.select(
        row.c.type_code,
        region_at(row.c.region_code, LENGTHS[RegionLevel.DISTRICT]),
        sa.func.count(sa.case((helps, one))),
        sa.func.max(row.c.as_of),
    ).group_by(sa.literal_column("1"), sa.literal_column("2"))


def _looked(scope: Scope) -> sa.Select[Any]:
    row = table(PsksStocktakeRow).alias(scope.alias())
    key = (row.c.type_code, row.c.region_code)
    return sa.select(*key, sa.func.max(row.c.as_of)).group_by(*key)
