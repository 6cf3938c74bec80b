"""What is told of reports to those who may not see them, and that no series of questions tells more."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any, TypeAlias

import pytest

from integration.codes import ChannelKind, ReportCategory
from integration.db.base import now
from tests.statistics.asking import Asker, lots, report
from tests.statistics.solving import solve

# A kind of report, as somebody outside may think of it: district, category, month, channel.
Kind: TypeAlias = tuple[str | None, str | None, str, str]
_PLACE = {"DISTRICT": 0, "CATEGORY": 1, "MONTH": 2, "CHANNEL": 3}
_GROUPINGS: tuple[list[str], ...] = (
    [],
    ["DISTRICT"],
    ["CATEGORY"],
    ["MONTH"],
    ["CHANNEL"],
    ["DISTRICT", "CATEGORY"],
    ["CATEGORY", "MONTH"],
    ["MONTH", "CHANNEL"],
)
_SMALLEST = 5


def _moment(month: int) -> str:
    return f"{2025 + (month - 1) // 12}-{(month - 1) % 12 + 1:02}-01T00:00:00+08:00"


def _span(first: int, last: int) -> dict[str, Any]:
    return {"receivedAt": {"gte": _moment(first), "lt": _moment(last + 1)}}


def _questions(districts: list[str]) -> Iterator[tuple[list[str], dict[str, Any], dict[str, set[Any]]]]:
    """Every allowed grouping with every allowed filter, and what the filter means."""
    spans = [(1, 3), (4, 6), (1, 6), *((month, month) for month in range(1, 7)), (2, 3), (3, 4)]
    narrow: list[tuple[dict[str, Any], dict[str, set[Any]]]] = [({}, {})]
    narrow += [({"region": {"within": code}}, {"DISTRICT": {code}}) for code in districts]
    narrow += [({"category": {"eq": one}}, {"CATEGORY": {one}}) for one in map(str, ReportCategory)]
    narrow += [({"category": {"in": ["OTHER", "EMERGENCY"]}}, {"CATEGORY": {"OTHER", "EMERGENCY"}})]
    narrow += [({"channel": {"eq": one}}, {"CHANNEL": {one}}) for one in ("WHATSAPP", "PHONE")]
    for by, (first, last), (told, means) in product(_GROUPINGS, spans, narrow):
        months = {f"2025-{month:02}" for month in range(first, last + 1)}
        named = {*by, *means, *(("MONTH",) if (first - 1) % 3 or last % 3 else ())}
        places = sorted(_PLACE[name] for name in named)
        if len(places) < 2 or (len(places) == 2 and places[1] - places[0] == 1):
            yield by, {**_span(first, last), **told}, {**means, "MONTH": months}


def _fits(kind: Kind, means: dict[str, set[Any]]) -> bool:
    return all(kind[_PLACE[name]] in groups for name, groups in means.items())


async def test_all_questions_together_give_no_small_count_away(asker: Asker) -> None:
    """Somebody asks everything there is to ask, and solves."""
    rows = lots(11, 150)
    await asker.add(rows)
    truth: dict[Kind, int] = {}
    for one in rows:
        local = one.received_at + timedelta(hours=8)
        kind = one.region_code, str(one.category), f"{local:%Y-%m}", str(one.channel)
        truth[kind] = truth.get(kind, 0) + 1
    answers: list[tuple[dict[str, set[Any]], int | None]] = []
    districts = [row["key"][0] for row in (await asker.table(["DISTRICT"]))["rows"] if row["key"][0]]
    for by, told, means in _questions(districts[:5]):
        for row in (await asker.table(by, **told))["rows"]:
            exact = {name: {key} for name, key in zip(by, row["key"], strict=True)}
            together = {name: means.get(name, exact.get(name)) for name in {*means, *exact}}
            both = {name: (groups or set()) & exact.get(name, groups or set()) for name, groups in together.items()}
            assert (row["count"] is None) is row["suppressed"]
            answers.append((both, row["count"]))
    kinds = _possible(districts, answers)
    assert all(kind in kinds for kind in truth)
    for means, count in answers:
        assert count is None or count == sum(n for kind, n in truth.items() if _fits(kind, means))
    # A sum of withheld counts is withheld, too, though it may be found out where it is not small itself.
    hidden = {
        frozenset(k for k in kinds if _fits(k, means)): all(
            len(groups) == 1 or (name == "MONTH" and len(groups) == 3) for name, groups in means.items()
        )
        for means, count in answers
        if count is None
    }
    assert len(hidden) > 20
    for months in (("2025-01", "2025-02", "2025-03"), ("2025-04", "2025-05", "2025-06")):
        _assert_unknown([kind for kind in kinds if kind[2] in months], answers, truth, hidden)


def _possible(districts: list[str], answers: list[tuple[dict[str, set[Any]], int | None]]) -> set[Kind]:
    """The kinds that are not told to be none."""
    months = [f"2025-{month:02}" for month in range(1, 7)]
    channels = list(map(str, ChannelKind))
    kinds = set(product([*districts, None], [*map(str, ReportCategory), None], months, channels))
    for means, told in answers:
        if told == 0:
            kinds = {kind for kind in kinds if not _fits(kind, means)}
    return kinds


def _assert_unknown(
    kinds: list[Kind], answers: list[tuple[dict[str, set[Any]], int | None]], truth: dict[Kind, int],
    hidden: dict[frozenset[Kind], bool],
) -> None:  # fmt: skip
    """Nothing withheld of a quarter lies in a range narrower than the smallest count shown."""
    inside = set(kinds)
    known = {}
    for means, told in answers:
        if told is not None and means["MONTH"] <= {kind[2] for kind in inside}:
            known[frozenset(kind for kind in inside if _fits(kind, means))] = told
    # Smallest first: they are what this is about; the rest is taken by lot.
    wanted = sorted(
        (
            one
            for one, is_count in hidden.items()
            if one and one <= inside and (is_count or _total(truth, one) < _SMALLEST)
        ),
        key=lambda one: (_total(truth, one) or 99, len(one), sorted(map(repr, one))),
    )[:40]
    assert any(0 < _total(truth, one) < _SMALLEST for one in wanted)
    equations = [(sorted(one, key=repr), told) for one, told in known.items() if one]
    for one, (least, most) in zip(wanted, solve(equations, [sorted(one, key=repr) for one in wanted]), strict=True):
        width = _SMALLEST if hidden[one] else 1
        assert most is None or most - least >= width, f"{len(one)} kinds lie between {least} and {most}"


def _total(truth: dict[Kind, int], kinds: frozenset[Kind]) -> int:
    return sum(truth.get(kind, 0) for kind in kinds)


async def test_the_first_quarter_of_2024_is_told_without_its_small_counts(asker: Asker) -> None:
    table = await asker.table(["CATEGORY"])
    assert table["published"] and table["from"] == "2024-01-01" and table["source"].startswith("All reports")
    told = {row["key"][0]: row["count"] for row in table["rows"]}
    assert told["AID_NOT_RECEIVED"] == 7 and told["AID_REQUEST"] is told["BPJS_ACTIVATION"] is None
    assert told["EMERGENCY"] == 0, "nothing is said by a missing row"
    assert [row["count"] for row in (await asker.table([]))["rows"]] == [14]
    districts = await asker.table(["DISTRICT"])
    assert len(districts["rows"]) == 21
    assert all(row["suppressed"] or not row["count"] for row in districts["rows"])


@pytest.mark.parametrize("who", ["analyst", "opd-dinkes", "auditor", "citizen", "verifier", None])
async def test_whoever_sees_no_reports_is_told_the_same(asker: Asker, who: str | None) -> None:
    assert await asker.table(["CATEGORY"], who) == await asker.table(["CATEGORY"])


async def test_whoever_handles_reports_counts_exactly_what_they_see(asker: Asker) -> None:
    admin = await asker.table(["CATEGORY"], "admin")
    assert not admin["published"] and admin["from"] is None
    assert {row["key"][0]: row["count"] for row in admin["rows"]}["BPJS_ACTIVATION"] == 3
    tksk = await asker.table(["DISTRICT"], "tksk")
    assert all(row["count"] and not row["suppressed"] for row in tksk["rows"])


async def test_what_has_not_ended_is_not_told(asker: Asker) -> None:
    """Asked today and tomorrow, a running month would tell of each report that came between."""
    before = await asker.table(["CATEGORY", "MONTH"])
    await asker.add([report(at, now()) for at in range(3)])
    assert await asker.table(["CATEGORY", "MONTH"]) == before
    this_month = f"{now() + timedelta(hours=8):%Y-%m}-01T00:00:00+08:00"
    running = await asker.table(["CATEGORY"], receivedAt={"gte": this_month})
    assert running["rows"] == [] and running["from"] is None, "unknown is not 0"


@pytest.mark.parametrize(
    ("by", "filters", "code", "argument"),
    [
        (["DISTRICT", "MONTH"], {}, "BAD_USER_INPUT", "groupBy"),
        (["DISTRICT", "CATEGORY"], {"channel": {"eq": "WEB"}}, "BAD_USER_INPUT", "groupBy"),
        (["DISTRICT"], {"receivedAt": {"gte": "2024-02-01T00:00:00+08:00"}}, "BAD_USER_INPUT", "groupBy"),
        (["VILLAGE"], {}, "FORBIDDEN", "groupBy"),
        (["STATUS"], {}, "FORBIDDEN", "groupBy"),
        ([], {"receivedAt": {"gte": "2024-01-08T09:00:00+08:00"}}, "BAD_FILTER", "filter.receivedAt.gte"),
        ([], {"receivedAt": {"lte": "2024-02-01T00:00:00+08:00"}}, "BAD_FILTER", "filter.receivedAt.lte"),
        ([], {"region": {"within": "64.02.06.1007"}}, "BAD_FILTER", "filter.region.within"),
        ([], {"status": {"eq": "ARCHIVED"}}, "BAD_FILTER", "filter.status"),
        ([], {"not": {"category": {"eq": "OTHER"}}}, "BAD_FILTER", "filter.not"),
        ([], {"or": [{"category": {"eq": "OTHER"}}]}, "BAD_FILTER", "filter.or"),
        ([], {"hasFollowUp": True}, "BAD_FILTER", "filter.hasFollowUp"),
    ],
)
async def test_other_questions_are_refused(
    asker: Asker, by: list[str], filters: dict[str, Any], code: str, argument: str
) -> None:
    query = "query ($b: [ReportDimension!]!, $f: ReportFilter) { reportStatistics(groupBy: $b, filter: $f) { asOf } }"
    (error,) = (await asker.tell(query, {"b": by, "f": filters}))["errors"]
    assert (error["extensions"]["code"], error["extensions"].get("argument")) == (code, argument)


async def test_enough_reports_show_a_whole_table(asker: Asker) -> None:
    month = datetime(2025, 2, 10, tzinfo=UTC)
    await asker.add([report(at, month, region_code="64.02.01") for at in range(6)])
    rows = (await asker.table(["DISTRICT", "CATEGORY"], **_span(1, 3)))["rows"]
    assert [row["count"] for row in rows if row["key"] == ["64.02.01", "OTHER"]] == [6]
    assert len(rows) == 21 * 11 and not any(row["suppressed"] for row in rows)
