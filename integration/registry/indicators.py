"""How good a release of the registry is, by district or village: how much of it is valid, mapped and fresh (S-22).

A share of what nobody looked at is unknown and not 0: records without a validity or a day are left out of its base.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.codes import RecordValidity, RegionLevel, RegistryScheme
from integration.db.readers import Snapshot
from integration.reading.answer import BadRequest
from integration.reading.road import Road
from integration.reading.scope import Asking, Scope
from integration.reading.view import Kind, table
from integration.regions.tables import RegionRow
from integration.registry.tables import RegistryRecordRow, RegistryReleaseRow
from integration.registry.view import FRESH

# Kemendagri codes: 64.02.06 is a kecamatan, 64.02.06.1008 a village in it.
LENGTHS = {RegionLevel.DISTRICT: 8, RegionLevel.VILLAGE: 13}


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """Counts of one region, and the shares in per cent of what is known."""

    region_code: str | None
    region: str | None
    records: int
    checked: int
    valid: int
    mapped: int
    dated: int
    fresh: int

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


def _share(part: int, whole: int) -> float | None:
    return None if whole == 0 else round(100 * part / whole, 1)


async def indicators(
    road: Road, asking: Asking, snapshot: Snapshot, release_id: UUID | None, level: RegionLevel
) -> Indicators | None:
    """The indicators of a release, or of the newest (DTSEN before DTKS); None where there is none."""
    if level not in LENGTHS:
        raise BadRequest("BAD_USER_INPUT", "Ask for DISTRICT or VILLAGE.", "Pilih DISTRICT atau VILLAGE.", ("level",))
    found = await road.rows(lambda scope: _release(scope, release_id), asking, snapshot)
    if not found:
        return None
    release = UUID(hex=found[0][0]) if isinstance(found[0][0], str) else UUID(int=found[0][0].int)
    counted = await road.rows(lambda scope: _statement(scope, release, LENGTHS[level]), asking, snapshot)
    rows = [IndicatorRow(code, name, *map(int, counts)) for code, *counts, name in counted]
    rows.sort(key=lambda row: (row.region_code is None, row.region_code or ""))
    return Indicators(rows, release, asking.now)


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


def _statement(scope: Scope, release_id: UUID, length: int) -> sa.Select[Any]:
    record = table(RegistryRecordRow).alias(scope.alias())
    since = scope.dialect.bind(
        scope.bind("fresh_since", Kind.DATE, lambda asking: (asking.now - FRESH).date()), Kind.DATE
    )
    village: ColumnElement[int] = sa.literal_column(str(LENGTHS[RegionLevel.VILLAGE]))

    def count(condition: ColumnElement[bool]) -> ColumnElement[Any]:
        return sa.func.count(sa.case((condition, sa.literal_column("1"))))

    groups = (
        sa.select(
            region_at(record.c.region_code, length).label("code"),
            sa.func.count().label("records"),
            count(record.c.validity.is_not(None)).label("checked"),
            count(record.c.validity == RecordValidity.VALID).label("valid"),
            count(sa.func.length(record.c.region_code) == village).label("mapped"),
            count(record.c.as_of.is_not(None)).label("dated"),
            count(record.c.as_of >= since).label("fresh"),
        )
        .where(record.c.release_id == one(scope, "release", release_id))
        .group_by(sa.literal_column("1"))
        .subquery(scope.alias())
    )
    return sa.select(*groups.c, named(scope, groups.c.code))
