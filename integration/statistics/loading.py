"""The statistics that come with the house: printed tables with what is wrong in them, figures of texts, and series
computed from these.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from sqlmodel.ext.asyncio.session import AsyncSession

from integration.datafiles import DATA, Line, read_csv
from integration.db.base import now
from integration.statistics.codes import PrintedTableState, StatisticColumns, StatisticGap, TableRule
from integration.statistics.figures import Figure, figures
from integration.statistics.gazetteer import gazetteer
from integration.statistics.grid import parse
from integration.statistics.rules import count_against_codes, reconcile
from integration.statistics.series import About, compute, find_series, protect, write_series
from integration.statistics.staging import Printed, finding_rows, table_row

FOLDER = DATA / "statistics"
# In whose name they are loaded.
_LOADER = "reference"


async def load_statistics(session: AsyncSession, smallest: int) -> int:
    """Bring the series up to the data files; how many were added or changed. Figures that somebody accepted since stay
    until the files change.
    """
    told = defaultdict(list)
    for line in read_csv(FOLDER / "figures.csv"):
        told[line["series"]].append(line)
    written = 0
    for line in read_csv(FOLDER / "series.csv"):
        loaded = _digest(line, told[line["code"]])
        series = await find_series(session, line["code"])
        if series is not None and series.loaded == loaded:
            continue
        await _load(session, line, told[line["code"]], loaded)
        written += 1
    await protect(session, smallest)
    if written:
        await compute(session, now())
    return written


async def _load(session: AsyncSession, line: Line, told: Sequence[Line], loaded: str) -> None:
    about, at = _about(line), now()
    if line["table"]:
        since, until = (date.fromisoformat(line[name]) for name in ("period_from", "period_to"))
        printed = Printed(
            about,
            StatisticColumns(line["columns"]),
            since,
            until,
            Decimal(line["tolerance"]),
            (FOLDER / line["table"]).read_text(encoding="utf-8"),
        )
        result = reconcile(parse(printed.content), gazetteer(), printed.tolerance)
        row = table_row(printed, result, result.findings, at, _LOADER)
        row.state, row.decided_at, row.decided_by = PrintedTableState.ACCEPTED, at, _LOADER
        row.note = line["note"] or None
        session.add(row)
        await session.flush()
        session.add_all(finding_rows(row.id, result.findings))
        made = figures(result, printed.columns, since, until)
        series = await write_series(session, about, made, at, row.id)
    else:
        series = await write_series(session, about, [*map(_figure, told)], at, formula=line["formula"] or None)
    series.loaded = loaded
    session.add(series)
    await session.flush()


def _about(line: Line) -> About:
    names = [name for name in About.__dataclass_fields__ if name not in ("about_people", "as_of")]
    words = {name: line[name] for name in names}
    return About(**words, about_people=line["about_people"] == "yes", as_of=date.fromisoformat(line["as_of"]))


def _figure(line: Line) -> Figure:
    value = Decimal(line["value"]) if line["value"] else None
    doubts = {TableRule(word) for word in line["doubts"].split()}
    if line["count_of"] and value is not None:
        doubts |= _against_codes(line["region"], line["count_of"], int(value))
    return Figure(
        line["region"] or None,
        line["group"] or None,
        line["category"] or None,
        date.fromisoformat(line["period_from"]),
        date.fromisoformat(line["period_to"]),
        value,
        StatisticGap(line["gap"]) if line["gap"] else None,
        frozenset(doubts),
    )


def _against_codes(within: str, kind: str, printed: int) -> set[TableRule]:
    kinds = gazetteer().kinds.items()
    there = sum(1 for code, of in kinds if of == kind and code.startswith(f"{within}."))
    return {finding.rule for finding in count_against_codes(kind, printed, there)}


def _digest(line: Mapping[str, str], told: Iterable[Line]) -> str:
    parts = [sorted(line.items()), *(sorted(one.items()) for one in told)]
    digest = hashlib.sha256(repr(parts).encode())
    if line["table"]:
        digest.update((FOLDER / line["table"]).read_bytes())
    return digest.hexdigest()
