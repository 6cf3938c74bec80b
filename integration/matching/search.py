"""Whom the registry knows that may be meant: by NIK, else by the keys of the name where and when it is told."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.access.sealing import Sealer
from integration.codes import MatchState, Sex
from integration.matching.identifiers import neighbours
from integration.matching.keys import name_keys, whole_keys
from integration.matching.rules import Decision, Person, Sought, decide
from integration.matching.tables import PersonNameKeyRow
from integration.people.tables import PersonRow

# How many people are compared for one subject, however many there are.
_MOST = 60
_YEARS_OFF = 7


def near_indexes(sealer: Sealer, digits: Iterable[str]) -> frozenset[bytes]:
    """Blind indexes of the NIKs that faulty or unknown ones may be meant for."""
    return frozenset(sealer.index("nik", nik) for told in digits for nik in neighbours(told))


async def find(session: AsyncSession, sought: Sought, without: frozenset[UUID] = frozenset()) -> Decision:
    """Look for one person, at most two statements. `without` are people who are ruled out."""
    numbered = [one for one in await by_number(session, sought) if one.id not in without]
    if numbered:
        decision = decide(sought, numbered)
        if decision.state is MatchState.CONFIRMED:
            return decision
    named = await by_name(session, sought)
    # Somebody found both ways is compared once.
    people = dict.fromkeys((*numbered, *(one for one in named if one.id not in without)))
    return decide(sought, list(people))


async def by_number(session: AsyncSession, sought: Sought) -> list[Person]:
    """The people who bear the NIK told, or one it may be meant for."""
    indexes = {*sought.near, *(() if sought.nik_index is None else (sought.nik_index,))}
    return await _people(session, col(PersonRow.nik_index).in_(indexes)) if indexes else []


async def by_name(session: AsyncSession, sought: Sought) -> list[Person]:
    """The people whose names share most with the one told, where and when it is told."""
    where = _villages_and_above(sought)
    keys = frozenset[int]() if sought.name is None else (name_keys if where else whole_keys)(sought.name)
    if not keys:
        return []
    ranked = _ranked(keys, sought, where)
    return await _people(session, col(PersonRow.id).in_(select(ranked.c.person_id)))


def _villages_and_above(sought: Sought) -> list[ColumnElement[bool]]:
    region = col(PersonNameKeyRow.region_code)
    if sought.villages:
        return [region.in_({*sought.villages, *(code.rsplit(".", 1)[0] for code in sought.villages)})]
    if sought.districts:
        return [or_(*((region >= code) & (region < f"{code}/") for code in sorted(sought.districts)))]
    return []


def _ranked(keys: frozenset[int], sought: Sought, where: list[ColumnElement[bool]]) -> Any:
    """The people who share most keys, those of the told age first."""
    row = PersonNameKeyRow
    conditions = [col(row.key).in_(keys), *where]
    order: list[Any] = [func.count().desc()]
    if sought.birth_year is not None:
        off = func.min(func.abs(col(row.birth_year) - sought.birth_year))
        order.append(off)
        if not sought.villages:
            year = col(row.birth_year)
            conditions.append(
                year.between(sought.birth_year - _YEARS_OFF, sought.birth_year + _YEARS_OFF) | (year == 0)
            )
    order.append(col(row.person_id))
    return (
        select(row.person_id).where(*conditions).group_by(col(row.person_id)).order_by(*order).limit(_MOST).subquery()
    )


async def _people(session: AsyncSession, condition: ColumnElement[bool]) -> list[Person]:
    """Who fits a condition. An entry that was merged into another is compared as it is and stands for who is left."""
    found: Sequence[tuple[UUID, str, Sex | None, date | None, str | None, bytes | None]] = (
        await session.exec(
            select(  # type: ignore[call-overload]
                func.coalesce(col(PersonRow.merged_into_id), col(PersonRow.id)),
                PersonRow.name,
                PersonRow.sex,
                PersonRow.birth_date,
                PersonRow.region_code,
                PersonRow.nik_index,
            ).where(condition)
        )
    ).all()
    return [Person(*one) for one in found]
