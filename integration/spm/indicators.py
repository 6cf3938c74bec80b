"""The five minimum service standards in a year: who had a right to a service, who had it, who did not (S-46).

A month of which nothing was told is unknown, not 0. Figures that have not been brought up to date for longer than
SATUPINTU_SPM_STALE_AFTER are an alert.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.access.masks import mask_text
from integration.codes import Language
from integration.db.readers import Snapshot
from integration.db.zone import WITA, written_day
from integration.reading import raw
from integration.reading.answer import BadRequest
from integration.reading.road import Road
from integration.reading.scope import Asking, Scope
from integration.reading.view import Kind, table
from integration.sop.tables import LegalBasisRow
from integration.spm import rules
from integration.spm.codes import SpmService
from integration.spm.tables import WHOLE_YEAR, SpmServiceRow, SpmTargetRow
from integration.statistics.codes import StatisticState

# The standards of the social field are of 2018 (Permensos 9/2018).
FIRST_YEAR = 2019
SOURCE = "Angka SPM yang dicatat Dinas Sosial dengan spmRecord; sumber tiap angka ada pada barisnya."
# Service, month, and how often its figure was recorded.
_Told = Mapping[tuple[SpmService, int], "Figure"]


@dataclass(frozen=True, slots=True)
class Figure:
    """In the shape of SpmFigure."""

    month: int | None
    target: int | None = None
    served: int | None = None
    as_of: date | None = None
    source: str | None = None
    collected_by: str | None = None
    method: str | None = None
    note: str | None = None
    recorded_at: datetime | None = None
    revisions: int = 0

    @property
    def unserved(self) -> int | None:
        return rules.unserved(self.target, self.served)

    @property
    def unserved_percent(self) -> float | None:
        return rules.unserved_percent(self.target, self.served)

    @property
    def state(self) -> StatisticState:
        return rules.state(self.target, self.served)


@dataclass(frozen=True, slots=True)
class Indicator:
    """In the shape of SpmIndicator."""

    service: SpmService
    term: str
    name: str
    legal_basis: str
    year: Figure
    months: Sequence[Figure]
    missing_months: Sequence[int]
    last_as_of: date | None
    is_stale: bool
    alert: str | None


@dataclass(frozen=True, slots=True)
class Indicators:
    """In the shape of SpmIndicators."""

    year: int
    rows: Sequence[Indicator]
    stale_after_days: int
    source: str
    formula: str
    as_of: datetime


async def indicators(road: Road, asking: Asking, snapshot: Snapshot, year: int) -> Indicators:
    """All services in a year; BadRequest for a year without standards."""
    today = asking.now.astimezone(WITA).date()
    if not FIRST_YEAR <= year <= today.year:
        raise BadRequest(
            "BAD_USER_INPUT",
            f"Ask for a year from {FIRST_YEAR} to {today.year}.",
            f"Pilih tahun {FIRST_YEAR} sampai {today.year}.",
            ("year",),
        )
    services = await road.rows(_services, asking, snapshot)
    told = _figures(await road.rows(lambda scope: _told(scope, year), asking, snapshot))
    newest = {SpmService(code): raw.day(last) for code, last in await road.rows(_newest, asking, snapshot)}
    limit = asking.settings.spm_stale_after
    rows = []
    for code, term, name, basis in services:
        service = SpmService(code)
        months = [told.get((service, month), Figure(month)) for month in range(1, 13)]
        known = [month for month, one in enumerate(months, 1) if one.state is StatisticState.KNOWN]
        last = newest.get(service)
        is_stale = rules.is_stale(last, limit, today)
        rows.append(
            Indicator(
                service, term, name, basis, told.get((service, WHOLE_YEAR), Figure(None)), months,
                rules.missing_months(known, year, today), last, is_stale,
                _alert(last, today, limit.days, asking.viewer.language) if is_stale else None,
            )
        )  # fmt: skip
    return Indicators(year, rows, limit.days, SOURCE, rules.FORMULA, asking.now)


def _alert(last: date | None, today: date, limit: int, language: Language) -> str:
    if last is None:
        return {
            Language.ID: "Belum ada angka yang diketahui.",
            Language.EN: "No figure is known yet.",
        }[language]
    age = (today - last).days
    return {
        Language.ID: f"Angka terakhir per {written_day(last)}, {age} hari yang lalu; batasnya {limit} hari.",
        Language.EN: f"The last figure is as of {written_day(last)}, {age} days ago; the limit is {limit} days.",
    }[language]


def _services(scope: Scope) -> sa.Select[Any]:
    service, basis = (table(row).alias(scope.alias()) for row in (SpmServiceRow, LegalBasisRow))
    return (
        sa.select(service.c.code, service.c.term, service.c.name, basis.c.title)
        .select_from(service.join(basis, basis.c.id == service.c.legal_basis_id))
        .order_by(service.c.position)
    )


def _told(scope: Scope, year: int) -> sa.Select[Any]:
    """The last that was recorded of each month, and how often it was."""
    row = table(SpmTargetRow).alias(scope.alias())
    month = (row.c.service_code, row.c.month)
    wanted = scope.dialect.bind(scope.bind("spm_year", Kind.INT, lambda _asking: year), Kind.INT)
    ranked = (
        sa.select(
            row,
            sa.func.row_number()
            .over(partition_by=month, order_by=(row.c.recorded_at.desc(), row.c.id.desc()))
            .label("rank"),
            sa.func.count().over(partition_by=month).label("revisions"),
        )
        .where(row.c.year == wanted)
        .subquery(scope.alias())
    )
    first: ColumnElement[int] = sa.literal_column("1")
    shown = (
        "service_code", "month", "target", "served", "as_of", "source", "collected_by", "method", "note",
        "recorded_at", "revisions",
    )  # fmt: skip
    return sa.select(*(ranked.c[name] for name in shown)).where(ranked.c.rank == first)


def _newest(scope: Scope) -> sa.Select[Any]:
    """As of when the newest complete figure of each service is, of whatever year."""
    row = table(SpmTargetRow).alias(scope.alias())
    known = sa.and_(row.c.target.is_not(None), row.c.served.is_not(None))
    return sa.select(row.c.service_code, sa.func.max(row.c.as_of)).where(known).group_by(row.c.service_code)


def _figures(rows: Sequence[Any]) -> _Told:
    return {
        (SpmService(code), month): Figure(
            month or None, target, served, raw.day(as_of), mask_text(source), mask_text(collected_by),
            mask_text(method), None if note is None else mask_text(note), raw.moment(recorded_at), revisions,
        )
        for code, month, target, served, as_of, source, collected_by, method, note, recorded_at, revisions in rows
    }  # fmt: skip
