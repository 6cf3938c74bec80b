"""The second reader's published figures: all reports of quarters that are over, counted kind by kind.

Which counts are withheld it asks of `integration.statistics.suppression`, whose own tests solve for them; that the
right counts reach it, and that a sum of withheld ones is withheld, it says itself.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from itertools import product
from types import SimpleNamespace
from typing import Any

from integration.statistics.suppression import Chain, withheld
from tests.reading.conditions import Refusal, instant
from tests.reading.counting import KEYS, THIS_MOMENT
from tests.reading.fields import Call, plain
from tests.reading.measuring import headers
from tests.reading.permits import CIRCLES
from tests.reading.published_measures import figure, standings_withheld, suppressed
from tests.reading.state import Row

_HERE = timezone(timedelta(hours=8))
_ORDER = ["DISTRICT", "CATEGORY", "MONTH", "CHANNEL"]
_NARROWED = {"region": "DISTRICT", "category": "CATEGORY", "channel": "CHANNEL"}
_SOURCE = {
    "EN": "All reports to the social affairs agency of Kutai Kartanegara (SIMASOS), counted by the period in which "
    "they came in; small counts are withheld. The figures of a period are fixed once, after its end, and not revised "
    "by later corrections.",
    "ID": "Seluruh laporan ke Dinas Sosial Kutai Kartanegara (SIMASOS), dihitung menurut masa diterimanya; jumlah "
    "kecil disamarkan. Angka suatu masa ditetapkan satu kali setelah masa itu berakhir dan tidak direvisi karena "
    "koreksi kemudian.",
}


def counts_rows(call: Call) -> bool:
    """Whether this viewer counts the reports they may see; others are told what is published."""
    return not call.sight.roles.isdisjoint(CIRCLES["case workers"].split())


def refusals(call: Call, given: Mapping[str, Any]) -> Iterator[Refusal]:
    """Why a question about published figures is not answered."""
    wanted = given.get("filter", {})
    if wanted is None:
        yield "BAD_FILTER", "filter"
        return
    for name, condition in wanted.items():
        if name not in (*_NARROWED, "receivedAt") or condition is None:
            yield "BAD_FILTER", f"filter.{name}"
            continue
        for operator, value in condition.items():
            if not _fits(call, name, operator, value):
                yield "BAD_FILTER", f"filter.{name}.{operator}"
    places = [_ORDER.index(one) for one in _dimensions(given) if one in _ORDER]
    if len(places) > 2 or (len(places) == 2 and places[1] != places[0] + 1):
        yield "BAD_USER_INPUT", "groupBy"
    if set(_dimensions(given)) - {"DISTRICT"} and set(given["measures"]) - {"COUNT"}:
        yield "BAD_USER_INPUT", "measures"


def _fits(call: Call, name: str, operator: str, value: Any) -> bool:
    if value is None:
        return False
    if name == "receivedAt":
        local = _local(value)
        return operator in ("gte", "lt") and local is not None and local == _first_moment(local)
    if name == "region":
        region = call.state.get("Region", value)
        return region is not None and region.level == "DISTRICT"
    return operator in ("eq", "in")


def _local(value: Any) -> datetime | None:
    try:
        return (value if isinstance(value, datetime) else instant(value)).astimezone(_HERE)
    except OverflowError:
        return None


def _first_moment(moment: datetime) -> datetime:
    return moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _bounds(given: Mapping[str, Any]) -> list[datetime]:
    condition = (given.get("filter") or {}).get("receivedAt") or {}
    found = (_local(value) for value in condition.values() if value is not None)
    return [moment for moment in found if moment is not None]


def _dimensions(given: Mapping[str, Any]) -> list[str]:
    """What the question tells apart, in the chain's order."""
    wanted = given.get("filter") or {}
    named = {*given["groupBy"], *(_NARROWED[name] for name, one in wanted.items() if name in _NARROWED and one)}
    if any((moment.month - 1) % 3 for moment in _bounds(given)):
        named.add("MONTH")
    return sorted(named, key=lambda one: _ORDER.index(one) if one in _ORDER else 9)


def published(call: Call, given: Mapping[str, Any]) -> SimpleNamespace:
    """The table of what is published."""
    names: list[str] = given["groupBy"]
    call.seen.update(f"ReportDimension.{name}" for name in names)
    call.seen.update(f"ReportMeasure.{name}" for name in given["measures"])
    fixed = sorted(one.start for one in call.state.all("PublishedPeriod"))
    condition = (given.get("filter") or {}).get("receivedAt") or {}
    since, until = (_local(condition[key]) if key in condition else None for key in ("gte", "lt"))
    facts: dict[str, Any] = {"from": None, "to": None}
    rows: list[SimpleNamespace] = []
    if fixed:
        begun, last = _start(fixed[0]), _start(fixed[-1])
        ended = last.replace(year=last.year + (last.month == 10), month=(last.month + 2) % 12 + 1)
        since, until = max(begun, since or begun), min(ended, until or ended)
        if since < until:
            facts = {"from": since.date().isoformat(), "to": (until.date() - timedelta(days=1)).isoformat()}
            rows = list(_rows(call, given, since, until))
    source = _SOURCE[call.sight.viewer.language]
    measures = headers(call, given["measures"])
    return SimpleNamespace(
        columns=names, measures=measures, rows=rows, asOf=THIS_MOMENT, published=True, source=source, **facts
    )


def _start(month: str) -> datetime:
    return datetime(int(month[:4]), int(month[5:]), 1, tzinfo=_HERE)


def _months(since: datetime, until: datetime) -> list[str]:
    count = (until.year - since.year) * 12 + until.month - since.month
    first = since.year * 12 + since.month - 1
    return [f"{date((first + at) // 12, (first + at) % 12 + 1, 1):%Y-%m}" for at in range(count)]


def _rows(call: Call, given: Mapping[str, Any], since: datetime, until: datetime) -> Iterator[SimpleNamespace]:
    groups: dict[str, list[str | None]] = {
        "DISTRICT": [*sorted(r.code for r in call.state.all("Region") if r.level == "DISTRICT"), None],
        "CATEGORY": [*sorted(_CATEGORIES), None],
        "CHANNEL": list(_CHANNELS),
    }
    counts: defaultdict[tuple[str | None, ...], int] = defaultdict(int)
    hidden: set[tuple[str | None, ...]] = set()
    unshared: set[tuple[str, tuple[str | None, ...]]] = set()
    members: defaultdict[tuple[str | None, ...], list[Row]] = defaultdict(list)
    if not given["groupBy"]:
        counts[()] = 0
    parts, asked = _dimensions(given), _months(since, until)
    reports = call.state.all("Report")
    for start in sorted({f"{month[:5]}{(int(month[5:]) - 1) // 3 * 3 + 1:02}" for month in asked}):
        of_quarter = [f"{start[:5]}{int(start[5:]) + at:02}" for at in range(3)]
        kinds = [
            tuple((plain(KEYS[d](call, one)[0]) if KEYS[d](call, one) else None) for d in _ORDER) for one in reports
        ]
        there = [(kind, one) for kind, one in zip(kinds, reports, strict=True) if kind[2] in of_quarter]
        inside = [
            (one.district_code, plain(one.category), one.month, plain(one.channel))
            for one in call.state.where("PublishedCount", "period", start)
            for _ in range(one.count)
        ]
        groups["MONTH"] = list(of_quarter)
        tables = _tables(inside)
        out = withheld(Chain(tuple(tuple(groups[name]) for name in _ORDER), tables), 5)
        unfit = {
            name: standings_withheld(
                call, name, [(one, kind[0]) for kind, one in there], [groups[d] for d in _ORDER], tables, out
            )
            for name in given["measures"]
            if name in ("BREACH_RATE", "SERVED_SHARE")
        }
        choices = [[g for g in groups[d] if _is_wanted(given, d, g) and (d != "MONTH" or g in asked)] for d in parts]
        for chosen in product(*choices):
            named = dict(zip(parts, chosen, strict=True))
            key = tuple(named[name] for name in given["groupBy"])
            found = [one for kind, one in there if all(kind[_ORDER.index(d)] == g for d, g in named.items())]
            counts[key] += sum(all(kind[_ORDER.index(d)] == g for d, g in named.items()) for kind in inside)
            members[key] += found
            cell = tuple((_ORDER.index(d), g) for d, g in named.items())
            if cell in out:
                hidden.add(key)
            for name, cells in unfit.items():
                if any(((0, s), *((p + 1, g) for p, g in cell)) in cells for s in ("PART", "REST")):
                    unshared.add((name, key))
    names = {region.code: region.name for region in call.state.all("Region")}
    for key in sorted(counts, key=lambda one: [(part is None, part or "") for part in one]):
        yield SimpleNamespace(
            key=list(key), suppressed=key in hidden, count=None if key in hidden else counts[key],
            values=[
                suppressed(name) if key in hidden or (name, key) in unshared else figure(call, name, members[key])
                for name in given["measures"]
            ],
            labels=[names.get(g, g) if d == "DISTRICT" else g for d, g in zip(given["groupBy"], key, strict=True)],
        )  # fmt: skip


def _tables(kinds: Sequence[tuple[str | None, ...]]) -> tuple[dict[tuple[str | None, str | None], int], ...]:
    tables = []
    for place in range(3):
        table: defaultdict[tuple[str | None, str | None], int] = defaultdict(int)
        for kind in kinds:
            table[kind[place], kind[place + 1]] += 1
        tables.append(dict(table))
    return tuple(tables)


def _is_wanted(given: Mapping[str, Any], dimension: str, group: str | None) -> bool:
    for name, condition in (given.get("filter") or {}).items():
        if _NARROWED.get(name) == dimension:
            for operator, value in condition.items():
                values = [plain(one) for one in value] if operator == "in" else [plain(value)]
                if group not in values:
                    return False
    return True


_CATEGORIES = (
    "AID_NOT_RECEIVED", "BPJS_ACTIVATION", "AID_REQUEST", "PPKS_SIGHTING", "EMERGENCY", "SERVICE_COMPLAINT",
    "WRONG_DATA", "INFORMATION", "SUGGESTION", "OTHER",
)  # fmt: skip
_CHANNELS = (
    "INSTAGRAM", "OPD_SYSTEM", "PHONE", "SP4N_LAPOR", "SUPERAPP", "TKSK_FIELD", "WALK_IN", "WEB", "WHATSAPP",
)  # fmt: skip
