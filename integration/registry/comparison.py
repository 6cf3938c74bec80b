"""Two releases side by side: who came, who went, whose decile changed and who moved.

Listed is whom a release counts (ACTIVE). It counts everybody and names nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement, FromClause

from integration.codes import RegionLevel, RegistryStatus
from integration.db.readers import Snapshot
from integration.reading.road import Road
from integration.reading.scope import Asking, Scope
from integration.reading.view import table
from integration.registry.indicators import LENGTHS, named, one, region_at
from integration.registry.tables import RegistryRecordRow


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """The changes of one village: of whoever moved, the one they came to."""

    region_code: str | None
    region: str | None
    entered: int
    left: int
    desil_changed: int
    moved: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """In the shape of RegistryComparison."""

    rows: Sequence[ComparisonRow]
    as_of: datetime


async def compare(road: Road, asking: Asking, snapshot: Snapshot, before: UUID, after: UUID) -> Comparison:
    """The summary by village."""
    counted = await road.rows(lambda scope: _summary(scope, before, after), asking, snapshot)
    rows = [ComparisonRow(code, name, *map(int, counts)) for code, *counts, name in counted]
    rows.sort(key=lambda row: (row.region_code is None, row.region_code or ""))
    return Comparison(rows, asking.now)


def _listed(scope: Scope, name: str, release: UUID) -> FromClause:
    record = table(RegistryRecordRow).alias(scope.alias())
    return (
        sa.select(record.c.person_id, record.c.desil, record.c.region_code)
        .where(record.c.release_id == one(scope, name, release), record.c.status == RegistryStatus.ACTIVE)
        .subquery(scope.alias())
    )


def _summary(scope: Scope, before: UUID, after: UUID) -> sa.Select[Any]:
    old, new = _listed(scope, "before", before), _listed(scope, "after", after)
    came, went = old.c.person_id.is_(None), new.c.person_id.is_(None)
    both = sa.and_(old.c.person_id.is_not(None), new.c.person_id.is_not(None))
    desil, place = old.c.desil.is_distinct_from(new.c.desil), old.c.region_code.is_distinct_from(new.c.region_code)
    where = sa.case((went, old.c.region_code), else_=new.c.region_code)

    def count(condition: ColumnElement[bool]) -> ColumnElement[Any]:
        return sa.func.count(sa.case((condition, sa.literal_column("1"))))

    groups = (
        sa.select(
            region_at(where, LENGTHS[RegionLevel.VILLAGE]).label("code"),
            count(came).label("entered"),
            count(went).label("left"),
            count(sa.and_(both, desil)).label("desil_changed"),
            count(sa.and_(both, place)).label("moved"),
            count(sa.and_(both, sa.not_(desil), sa.not_(place))).label("unchanged"),
        )
        .select_from(old.join(new, new.c.person_id == old.c.person_id, full=True))
        .group_by(sa.literal_column("1"))
        .subquery(scope.alias())
    )
    return sa.select(*groups.c, named(scope, groups.c.code))
