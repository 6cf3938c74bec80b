"""Two releases side by side: who came, who went, whose decile changed and who moved.

Listed is whom a release counts (ACTIVE), each person once though they were found to stand in it twice. It names nobody;
who works for an area is shown the rows of that area.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement, FromClause

from integration.access.viewer import WHOLE_OFFICE
from integration.codes import RegionLevel, RegistryStatus, Role
from integration.db.readers import Snapshot
from integration.people.tables import PersonRow
from integration.reading.road import Road
from integration.reading.scope import Asking, Scope
from integration.reading.view import table
from integration.registry.cover import withheld
from integration.registry.indicators import (
    LENGTHS,
    hidden_places,
    named,
    one,
    places_of,
    region_at,
    sees_people_of,
)
from integration.registry.tables import RegistryRecordRow
from integration.statistics.codes import StatisticState

# Whose work is not bound to an area. Sums name nobody, so a handler sees those of the whole regency.
_WHOLE_REGENCY = WHOLE_OFFICE | {Role.ANALYST, Role.DIVISION_HEAD, Role.TEAM_MEMBER}


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """The changes of one village: of whoever moved, the one they came to."""

    region_code: str | None
    region: str | None
    entered: int | None
    left: int | None
    desil_changed: int | None
    moved: int | None
    unchanged: int | None

    @property
    def state(self) -> StatisticState:
        return StatisticState.SUPPRESSED if self.entered is None else StatisticState.KNOWN


@dataclass(frozen=True, slots=True)
class Comparison:
    """In the shape of RegistryComparison."""

    rows: Sequence[ComparisonRow]
    as_of: datetime


async def compare(road: Road, asking: Asking, snapshot: Snapshot, before: UUID, after: UUID) -> Comparison:
    """The summary by village, of the villages the viewer works for.

    Whoever may not see their people is told all of a village or nothing, and nothing where one of the releases
    withholds how many it has: what came and went would give it back.
    """
    there = await road.rows(lambda scope: _now_listed(scope, before, after), asking, snapshot)
    gone = await road.rows(lambda scope: _no_longer_listed(scope, before, after), asking, snapshot)
    names = {code: name for code, *_, name in (*there, *gone)}
    left = {code: int(count) for code, count, _ in gone}
    now = {code: tuple(map(int, counts)) for code, *counts, _ in there}
    changes: dict[str | None, tuple[int, ...]] = {}
    for code in names:
        entered, *others = now.get(code, (0, 0, 0, 0))
        changes[code] = entered, left.get(code, 0), *others
    hidden = await _hidden(road, asking, snapshot, (before, after), changes)
    rows = []
    for code, name in names.items():
        counts: Sequence[int | None] = (None,) * 5 if code in hidden else changes[code]
        rows.append(ComparisonRow(code, name, *counts))
    rows.sort(key=lambda row: (row.region_code is None, row.region_code or ""))
    return Comparison(rows, asking.now)


async def _hidden(
    road: Road, asking: Asking, snapshot: Snapshot, releases: tuple[UUID, UUID],
    changes: Mapping[str | None, tuple[int, ...]],
) -> set[str | None]:  # fmt: skip
    if asking.viewer.sees_every_report:
        return set()
    smallest = asking.settings.smallest_cell
    stock: set[str | None] = set()
    for release in releases:
        places = await places_of(road, asking, snapshot, release)
        villages = {place.code for place in places if place.is_village}
        stock |= {code if code in villages else None for code in hidden_places(places, smallest)}
    told = {code: counts for code, counts in changes.items() if code not in stock}
    hidden = (changes.keys() & stock) | withheld(told, smallest)
    return {code for code in hidden if not sees_people_of(asking.viewer, code)}


def _pair(scope: Scope, of: UUID, beside: UUID) -> FromClause:
    """Whom one release lists, each with what the other says of them.

    Tables are joined as they are, so that each is found by its index: a FULL JOIN of two selections is not, on SQLite.
    """
    mine, theirs = (table(RegistryRecordRow).alias(scope.alias()) for _ in range(2))
    joined = mine.outerjoin(
        theirs,
        sa.and_(
            theirs.c.release_id == one(scope, "beside", beside),
            theirs.c.person_id == mine.c.person_id,
            theirs.c.status == RegistryStatus.ACTIVE,
        ),
    )
    # Of two records in one release that turned out to be one person's, that of the person who stays is counted.
    person = table(PersonRow).alias(scope.alias())
    merged = sa.select(person.c.id).where(person.c.merged_into_id.is_not(None))
    listed = sa.and_(
        mine.c.release_id == one(scope, "of", of),
        mine.c.status == RegistryStatus.ACTIVE,
        mine.c.person_id.not_in(merged),
    )
    return sa.select(
        mine.c.region_code.label("region_code"), mine.c.desil.label("desil"),
        theirs.c.person_id.label("other"), theirs.c.region_code.label("other_region"),
        theirs.c.desil.label("other_desil"),
    ).select_from(joined).where(listed).subquery(scope.alias())  # fmt: skip


def _counted(condition: ColumnElement[bool], label: str) -> ColumnElement[Any]:
    return sa.func.count(sa.case((condition, sa.literal_column("1")))).label(label)


def _grouped(scope: Scope, rows: FromClause, *counts: ColumnElement[Any]) -> sa.Select[Any]:
    code = region_at(rows.c.region_code, LENGTHS[RegionLevel.VILLAGE]).label("code")
    groups = sa.select(code, *counts).select_from(rows).group_by(sa.literal_column("1")).subquery(scope.alias())
    shown = sa.select(*groups.c, named(scope, groups.c.code))
    return shown if scope.has(*_WHOLE_REGENCY) else shown.where(scope.in_viewer_regions(groups.c.code))


def _now_listed(scope: Scope, before: UUID, after: UUID) -> sa.Select[Any]:
    rows = _pair(scope, after, before)
    both = rows.c.other.is_not(None)
    desil = rows.c.desil.is_distinct_from(rows.c.other_desil)
    place = rows.c.region_code.is_distinct_from(rows.c.other_region)
    return _grouped(
        scope,
        rows,
        _counted(rows.c.other.is_(None), "entered"),
        _counted(sa.and_(both, desil), "desil_changed"),
        _counted(sa.and_(both, place), "moved"),
        _counted(sa.and_(both, sa.not_(desil), sa.not_(place)), "unchanged"),
    )


def _no_longer_listed(scope: Scope, before: UUID, after: UUID) -> sa.Select[Any]:
    rows = _pair(scope, before, after)
    return _grouped(scope, rows, _counted(rows.c.other.is_(None), "left"))
