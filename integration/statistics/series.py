"""Writing a series: its description, its figures, and what other series compute from them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.statistics.codes import StatisticGap, StatisticState
from integration.statistics.figures import Figure
from integration.statistics.formulas import evaluate, regions_of, series_of
from integration.statistics.protection import SMALLEST, Cell, withheld
from integration.statistics.tables import StatisticSeriesRow, StatisticValueRow

# Computed figures are percentages; one place is what the study prints.
_PLACES = 1


@dataclass(frozen=True, slots=True)
class About:
    """What a series says of itself: what is counted and how (in the words of Satu Data), and where it comes from."""

    code: str
    title: str
    title_en: str
    concept: str
    definition: str
    classification: str
    measure: str
    unit: str
    source: str
    collected_by: str
    method: str
    licence: str
    about_people: bool
    as_of: date


async def find_series(session: AsyncSession, code: str) -> StatisticSeriesRow | None:
    """The series of this code."""
    return (await session.exec(select(StatisticSeriesRow).where(StatisticSeriesRow.code == code))).first()


async def write_series(
    session: AsyncSession,
    about: About,
    figures: Sequence[Figure],
    at: datetime,
    table_id: UUID | None = None,
    formula: str | None = None,
    smallest: int = SMALLEST,
) -> StatisticSeriesRow:
    """Make a series or bring it up to date. A figure replaces the one of the same place and time; others stay.

    Of a series about people counts below `smallest` are withheld, and what would tell them.
    """
    series = await find_series(session, about.code)
    if series is None:
        series = StatisticSeriesRow(**asdict(about), formula=formula, updated_at=at, table_id=table_id)
    else:
        newest = max(series.as_of, about.as_of)
        for name, value in (*asdict(about).items(), ("formula", formula), ("updated_at", at), ("as_of", newest)):
            setattr(series, name, value)
        series.table_id = table_id or series.table_id
    session.add(series)
    await session.flush()
    there = {row.key: row for row in await _values(session, series.id)}
    for place, figure in enumerate(figures):
        row = there.get(figure.key)
        if row is None:
            row = there[figure.key] = StatisticValueRow(
                series_id=series.id, key=figure.key, place=place, **_columns(figure, about)
            )
        for name, value in _columns(figure, about).items():
            setattr(row, name, value)
        row.place, row.table_id = place, table_id
    _withhold(there.values(), about.about_people, smallest)
    session.add_all(there.values())
    await session.flush()
    return series


async def compute(session: AsyncSession, at: datetime) -> None:
    """Compute every series that has a formula anew, from the figures there are now."""
    series = {row.code: row for row in await session.exec(select(StatisticSeriesRow))}
    for row in series.values():
        if row.formula is None or not set(series_of(row.formula)) <= set(series):
            continue
        known = {code: await _by_place(session, series[code].id) for code in series_of(row.formula)}
        figures = _computed(row.formula, known)
        about = About(**{name: getattr(row, name) for name in About.__dataclass_fields__})
        if await _differs(session, row, figures):
            await write_series(session, about, figures, at, formula=row.formula)
        await _withhold_computed(session, row.id, known)


_Places = dict[tuple[str, date], StatisticValueRow]


def _computed(formula: str, known: dict[str, _Places]) -> list[Figure]:
    first, region = series_of(formula)[0], regions_of(formula)[0]
    periods = sorted({since: row.period_to for (place, since), row in known[first].items() if place == region}.items())
    made = []
    for at, (since, until) in enumerate(periods):
        before = periods[at - 1][0] if at else None

        def find(
            code: str, place: str, previous: bool, day: date = since, last: date | None = before
        ) -> Decimal | None:
            wanted = last if previous else day
            row = known[code].get((place, wanted)) if wanted is not None else None
            return None if row is None or row.value is None else Decimal(row.value)

        value, working = evaluate(formula, find, _PLACES)
        gap = StatisticGap.NO_INPUT if value is None else None
        made.append(Figure(region, None, None, since, until, value, gap, working=working))
    return made


async def _withhold_computed(session: AsyncSession, series_id: UUID, known: Mapping[str, _Places]) -> None:
    """What was computed from a withheld figure would tell it."""
    if any(row.withheld for places in known.values() for row in places.values()):
        for row in await _values(session, series_id):
            row.withheld = True
        await session.flush()


async def _by_place(session: AsyncSession, series_id: UUID) -> _Places:
    rows = await _values(session, series_id)
    return {
        (row.region_code or "", row.period_from): row for row in rows if row.row_group is None and row.category is None
    }


async def _differs(session: AsyncSession, series: StatisticSeriesRow, figures: Sequence[Figure]) -> bool:
    there = {row.key: (row.value, row.working) for row in await _values(session, series.id)}
    return there != {one.key: (None if one.value is None else f"{one.value:f}", one.working) for one in figures}


async def _values(session: AsyncSession, series_id: UUID) -> Sequence[StatisticValueRow]:
    found = await session.exec(
        select(StatisticValueRow)
        .where(StatisticValueRow.series_id == series_id)
        .order_by(col(StatisticValueRow.place), col(StatisticValueRow.id))
    )
    return found.all()


def _columns(figure: Figure, about: About) -> dict[str, Any]:
    return {
        "region_code": figure.region,
        "row_group": figure.group,
        "category": figure.category,
        "period_from": figure.period_from,
        "period_to": figure.period_to,
        "state": StatisticState.UNKNOWN if figure.value is None else StatisticState.KNOWN,
        "value": None if figure.value is None else f"{figure.value:f}",
        "gap": figure.gap,
        "doubts": ",".join(sorted(figure.doubts)),
        "working": figure.working,
        "as_of": about.as_of,
    }


async def protect(session: AsyncSession, smallest: int) -> None:
    """Decide anew what is withheld of every series about people, where the setting is another than it was."""
    about_people = select(StatisticSeriesRow).where(col(StatisticSeriesRow.about_people))
    for row in (await session.exec(about_people)).all():
        _withhold(await _values(session, row.id), about_people=True, smallest=smallest)
    await session.flush()


def _withhold(rows: Collection[StatisticValueRow], about_people: bool, smallest: int) -> None:
    held = withheld(map(_cell, rows), smallest) if about_people else frozenset()
    for row in rows:
        row.withheld = row.key in held


def _cell(row: StatisticValueRow) -> Cell:
    value = None if row.value is None else Decimal(row.value)
    return Cell(row.key, row.region_code, row.row_group, row.category, row.period_from, value)
