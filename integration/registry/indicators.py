"""How good a release of the registry is, by district or village: how much of it is valid, mapped and fresh (S-22).

A share of what nobody looked at is unknown and not 0: records without a validity or a day are left out of its base.
Counts of few people are withheld from whoever may not see them (`integration.registry.cover`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.access.viewer import Viewer
from integration.codes import RecordValidity, RegionLevel, RegistryScheme, Role
from integration.db.readers import Snapshot
from integration.reading import raw
from integration.reading.answer import BadRequest
from integration.reading.road import Road
from integration.reading.scope import Asking, Scope
from integration.reading.view import Kind, table
from integration.regions.tables import RegionRow
from integration.registry.cover import withheld_below
from integration.registry.tables import RegistryRecordRow, RegistryReleaseRow
from integration.registry.view import FRESH
from integration.statistics.codes import StatisticState

# Kemendagri codes: 64.02.06 is a kecamatan, 64.02.06.1008 a village in it.
LENGTHS = {RegionLevel.DISTRICT: 8, RegionLevel.VILLAGE: 13}
_LEVELS = (RegionLevel.VILLAGE, RegionLevel.DISTRICT)
# Who sees the people of an area.
_BY_AREA = frozenset({Role.TKSK, Role.VILLAGE_OPERATOR, Role.VERIFIER})


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """Counts of one region, and the shares in per cent of what is known. None is withheld."""

    region_code: str | None
    region: str | None
    records: int | None
    checked: int | None
    valid: int | None
    mapped: int | None
    dated: int | None
    fresh: int | None

    @property
    def state(self) -> StatisticState:
        counts = (self.records, self.checked, self.valid, self.mapped, self.dated, self.fresh)
        return StatisticState.SUPPRESSED if None in counts else StatisticState.KNOWN

    @property
    def valid_percent(self) -> float | None:
        return _share(self.valid, self.checked)

    @property
    def mapped_percent(self) -> float | None:
        return _share(self.mapped, self.records)

    @property
    def fresh_percent(self) -> float | None:
        return _share(self.fresh, self.dated)


@dataclass(frozen=True, slots=True)
class Indicators:
    """In the shape of RegistryIndicators."""

    rows: Sequence[IndicatorRow]
    release_id: UUID
    as_of: datetime


def _share(part: int | None, whole: int | None) -> float | None:
    return None if part is None or not whole else round(100 * part / whole, 1)


@dataclass(frozen=True, slots=True)
class Place:
    """What a release counts of one place as exactly as it is known: a village, of a kecamatan or of nowhere."""

    code: str | None
    records: int
    checked: int
    valid: int
    dated: int
    fresh: int

    @property
    def is_village(self) -> bool:
        return self.code is not None and len(self.code) == LENGTHS[RegionLevel.VILLAGE]


@dataclass(frozen=True, slots=True)
class _Hidden:
    """Places, and kecamatan, of which a kind of count is withheld."""

    places: frozenset[str | None]
    districts: frozenset[str | None]


async def indicators(
    road: Road, asking: Asking, snapshot: Snapshot, release_id: UUID | None, level: RegionLevel
) -> Indicators | None:
    """The indicators of a release, or of the newest (DTSEN before DTKS); None where there is none."""
    if level not in LENGTHS:
        raise BadRequest("BAD_USER_INPUT", "Ask for DISTRICT or VILLAGE.", "Pilih DISTRICT atau VILLAGE.", ("level",))
    found = await road.rows(lambda scope: _release(scope, release_id), asking, snapshot)
    if not found:
        return None
    release = raw.key(found[0][0])
    names: dict[str | None, str] = dict(await road.rows(_names, asking, snapshot))  # type: ignore[arg-type]
    places = await places_of(road, asking, snapshot, release)
    groups: dict[str | None, list[Place]] = {}
    for place in places:
        village = place.code if place.is_village else None
        group = district_of(place.code) if level is RegionLevel.DISTRICT else village
        groups.setdefault(group, []).append(place)
    records, validity, freshness = _covers(places, asking.settings.smallest_cell)
    rows = []
    for code, inside in groups.items():

        def shown(hidden: _Hidden, code: str | None = code, inside: list[Place] = inside) -> bool:
            if sees_people_of(asking.viewer, code):
                return True
            if level is RegionLevel.DISTRICT:
                return code not in hidden.districts
            return hidden.places.isdisjoint(place.code for place in inside)

        has, valid, fresh = shown(records), shown(records) and shown(validity), shown(records) and shown(freshness)
        # What is not mapped to a village is what is counted of the kecamatan itself.
        rest = {place.code for place in inside if not place.is_village}
        mapped = has and (sees_people_of(asking.viewer, code) or records.places.isdisjoint(rest))
        rows.append(
            IndicatorRow(
                code, names.get(code), _sum(inside, "records", has), _sum(inside, "checked", valid),
                _sum(inside, "valid", valid), _sum([one for one in inside if one.is_village], "records", mapped),
                _sum(inside, "dated", fresh), _sum(inside, "fresh", fresh),
            )
        )  # fmt: skip
    rows.sort(key=lambda row: (row.region_code is None, row.region_code or ""))
    return Indicators(rows, release, asking.now)


def _sum(places: Sequence[Place], name: str, is_shown: bool) -> int | None:
    return sum(getattr(place, name) for place in places) if is_shown else None


def _covers(places: Sequence[Place], smallest: int) -> tuple[_Hidden, _Hidden, _Hidden]:
    """What is withheld of the number of records, of their validity and of their age."""
    records = {one.code: (one.records,) for one in places}
    validity = {one.code: (one.valid, one.checked - one.valid, one.records - one.checked) for one in places}
    freshness = {one.code: (one.fresh, one.dated - one.fresh, one.records - one.dated) for one in places}
    first, second, third = (
        _Hidden(*withheld_below(parts, district_of, smallest)) for parts in (records, validity, freshness)
    )
    return first, second, third


def hidden_places(places: Sequence[Place], smallest: int) -> frozenset[str | None]:
    """The places whose number of records is withheld."""
    return _covers(places, smallest)[0].places


def district_of(code: str | None) -> str | None:
    """The kecamatan a place lies in, or is."""
    return None if code is None else code[: LENGTHS[RegionLevel.DISTRICT]]


def sees_people_of(viewer: Viewer, code: str | None) -> bool:
    """Whether somebody may see the people of a region, so that no count of them is withheld."""
    if viewer.sees_every_report:
        return True
    if code is None or viewer.roles.isdisjoint(_BY_AREA):
        return False
    return any(code == region or code.startswith(f"{region}.") for region in viewer.regions)


async def places_of(road: Road, asking: Asking, snapshot: Snapshot, release: UUID) -> list[Place]:
    """What a release counts of each place."""
    counted = await road.rows(lambda scope: _statement(scope, release), asking, snapshot)
    return [Place(code, *map(int, counts)) for code, *counts in counted]


def _names(_scope: Scope) -> sa.Select[Any]:
    region = table(RegionRow)
    return sa.select(region.c.code, region.c.name)


def _release(scope: Scope, release_id: UUID | None) -> sa.Select[Any]:
    release = table(RegistryReleaseRow).alias(scope.alias())
    newest = ((release.c.scheme == RegistryScheme.DTSEN).desc(), release.c.received_at.desc(), release.c.id.desc())
    statement = sa.select(release.c.id).order_by(*newest).limit(sa.literal_column("1"))
    return statement if release_id is None else statement.where(release.c.id == one(scope, "release", release_id))


def one(scope: Scope, name: str, key: UUID) -> ColumnElement[Any]:
    """A key as a parameter."""
    return scope.dialect.bind(scope.bind(name, Kind.UUID, lambda _asking: key), Kind.UUID)


def region_at(code: ColumnElement[Any], length: int) -> ColumnElement[Any]:
    """The region of one level that a code lies in; null where it is known less exactly."""
    size: ColumnElement[int] = sa.literal_column(str(length))
    start: ColumnElement[int] = sa.literal_column("1")
    return sa.case((sa.func.length(code) >= size, sa.func.substr(code, start, size, type_=sa.Text())))


def named(scope: Scope, code: ColumnElement[Any]) -> ColumnElement[Any]:
    """A region's name."""
    region = table(RegionRow).alias(scope.alias())
    return sa.select(region.c.name).where(region.c.code == code).scalar_subquery()


def _statement(scope: Scope, release_id: UUID) -> sa.Select[Any]:
    record = table(RegistryRecordRow).alias(scope.alias())
    since = scope.dialect.bind(
        scope.bind("fresh_since", Kind.DATE, lambda asking: (asking.now - FRESH).date()), Kind.DATE
    )
    village, district = (region_at(record.c.region_code, LENGTHS[level]) for level in _LEVELS)

    def count(condition: ColumnElement[bool]) -> ColumnElement[Any]:
        return sa.func.count(sa.case((condition, sa.literal_column("1"))))

    return (
        sa.select(
            sa.func.coalesce(village, district),
            sa.func.count(),
            count(record.c.validity.is_not(None)),
            count(record.c.validity == RecordValidity.VALID),
            count(record.c.as_of.is_not(None)),
            count(record.c.as_of >= since),
        )
        .where(record.c.release_id == one(scope, "release", release_id))
        .group_by(sa.literal_column("1"))
    )
