"""The rule about the registry: most of what it says of a village was last checked long ago."""

from collections.abc import AsyncIterator
from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from integration.codes import RegionLevel, RegistryScheme
from integration.events.log import Act
from integration.people.tables import PersonRow
from integration.policy.codes import EvidenceKind
from integration.policy.finding import Finder, Gauge, Look, Met, Names, Question, in_region
from integration.policy.tables import SignalRuleRow
from integration.policy.telling import Ground, Told
from integration.regions.tables import RegionRow
from integration.registry.tables import RegistryRecordRow, RegistryReleaseRow

# After two years nobody knows any more.
DAYS = 730


async def newest(act: Act) -> RegistryReleaseRow | None:
    """The newest release: DTSEN before DTKS."""
    found = await act.session.exec(
        select(RegistryReleaseRow)
        .order_by(
            (col(RegistryReleaseRow.scheme) == RegistryScheme.DTSEN).desc(), col(RegistryReleaseRow.received_at).desc()
        )
        .limit(1)
    )
    return found.first()


async def measure(act: Act, release: RegistryReleaseRow, region_code: str, days: int) -> Met:
    """Of the records of a region's people in a release, those last checked more than `days` before it came."""
    found = await act.session.exec(
        select(RegistryRecordRow.id, col(RegistryRecordRow.as_of))
        .join(PersonRow, col(PersonRow.id) == col(RegistryRecordRow.person_id))
        .where(RegistryRecordRow.release_id == release.id, in_region(col(PersonRow.region_code), region_code))
    )
    records, before = found.all(), _before(release, days)
    old = tuple(row_id for row_id, as_of in records if as_of is not None and as_of < before)
    return Met(release.received_at, act.at, len(old), len(records), others=old, region_code=region_code)


def _before(release: RegistryReleaseRow, days: int) -> date:
    return (release.received_at - timedelta(days=days)).date()


async def _by_village(look: Look) -> AsyncIterator[Met]:
    release, rule = await newest(look.act), look.rule
    if release is None:
        return
    days = rule.days or DAYS
    stale = sa.func.sum(sa.case((col(RegistryRecordRow.as_of) < _before(release, days), 1), else_=0))
    found = await look.act.session.exec(
        select(PersonRow.region_code, sa.func.count(), stale)
        .join(PersonRow, col(PersonRow.id) == col(RegistryRecordRow.person_id))
        .join(RegionRow, col(RegionRow.code) == col(PersonRow.region_code))
        .where(RegistryRecordRow.release_id == release.id, RegionRow.level == RegionLevel.VILLAGE)
        .group_by(col(PersonRow.region_code))
        .order_by(col(PersonRow.region_code))
    )
    for region, people, old in found.all():
        if region is not None and people >= rule.least and 100 * old > rule.threshold * people:
            yield await measure(look.act, release, region, days)


async def _count(act: Act, question: Question) -> Met:
    assert question.region_code is not None
    release = await newest(act)
    if release is None:
        return Met(act.at, act.at, 0, 0, region_code=question.region_code)
    return await measure(act, release, question.region_code, DAYS)


def _why(rule: SignalRuleRow, met: Met, names: Names) -> str:
    return f"{_describe(met, names, rule.days or DAYS)}; ambang {rule.threshold} persen."


def _describe(met: Met, names: Names, days: int = DAYS) -> str:
    return f"{met.share} data terpadu di {names[met.region_code]} {_age(days)}"


def _age(days: int) -> str:
    return f"terakhir diperiksa lebih dari {days} hari sebelum rilis"


def _tell_village(ground: Ground, rule: SignalRuleRow, met: Met, names: Names) -> Told | None:
    """The threshold, of the fewest records the rule looks at."""
    least = max(rule.threshold * rule.least // 100 + 1, ground.smallest)
    what = f"Lebih dari {rule.threshold} persen dari sedikitnya {rule.least} data terpadu"
    return _told(ground, least, met, f"{what} di {names[met.region_code]} {_age(rule.days or DAYS)}.")


def _tell(ground: Ground, met: Met, names: Names) -> Told | None:
    what = f"Sedikitnya {ground.smallest} data terpadu di {names[met.region_code]} {_age(DAYS)}."
    return _told(ground, ground.smallest, met, what)


def _told(ground: Ground, least: int, met: Met, what: str) -> Told | None:
    """Nothing of a place whose number of records is withheld: a least number would narrow it down."""
    if met.count < least or not ground.shows_registry(met.region_code):
        return None
    return Told(least, None, what, met.start, met.end)


VILLAGE = Finder(_by_village, _why, _tell_village, EvidenceKind.STALE_REGISTRY)
GAUGE = Gauge(("region",), _count, _describe, _tell)
