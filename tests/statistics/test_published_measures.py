"""What is told of shares and times to those who may not see the reports, and that it gives no small number back."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import count
from random import Random
from typing import Any, TypeAlias

import pytest

from integration.clocks.tables import ClockRow
from integration.codes import ReportOutcome
from tests.statistics.asking import Asker, report
from tests.statistics.solving import solve
from tests.statistics.test_measures import measured

# A kind of report to somebody outside: quarter, district, and where it stands in a share.
Kind: TypeAlias = tuple[int, str | None, str]
_DISTRICTS = ("64.02.01", "64.02.02", "64.02.03", "64.02.04", None)
_OUTCOMES = (ReportOutcome.AID_GIVEN, ReportOutcome.NOT_ELIGIBLE, None)
_SMALLEST = 5
_DAY = timedelta(days=1)
_NUMBERS = count(700_000)


def _standing(outcome: ReportOutcome | None) -> str:
    return "NEITHER" if outcome is None else "PART" if outcome is ReportOutcome.AID_GIVEN else "REST"


def _span(first: int, last: int) -> dict[str, Any]:
    """Quarters of 2025 by number, as a filter."""
    months = [f"{2025 + month // 12}-{month % 12 + 1:02}-01T00:00:00+08:00" for month in (3 * first, 3 * last + 3)]
    return {"gte": months[0], "lt": months[1]}


async def _fill(asker: Asker, seed: int) -> Counter[Kind]:
    """Reports of two quarters, with many, few and no served ones in a district."""
    random, truth = Random(seed), Counter[Kind]()
    rows = []
    for district, weight in zip(_DISTRICTS, (60, 40, 25, 9, 6), strict=True):
        for _ in range(weight):
            quarter = random.choice((0, 0, 1))
            outcome = random.choices(_OUTCOMES, random.choice(((6, 3, 1), (1, 9, 1), (8, 1, 3))))[0]
            at = datetime(2025, 3 * quarter + random.choice((1, 2, 3)), random.randint(2, 27), tzinfo=UTC)
            rows.append(report(next(_NUMBERS), at, region_code=district, outcome=outcome))
            truth[quarter, district, _standing(outcome)] += 1
    await asker.add(rows)
    return truth


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_no_share_gives_a_small_number_away(asker: Asker, seed: int) -> None:
    """Somebody asks for every share and count there is, works out the numbers behind each, and solves."""
    truth = await _fill(asker, seed)
    known, hidden = {}, set()
    for quarters, kinds, figures in [one async for one in _asked(asker)]:
        parts = {name: frozenset(k for k in kinds if k[2] == name) for name in ("PART", "REST", "NEITHER")}
        everybody = frozenset(kinds)
        state, value, cases = figures["COUNT"]
        if state == "KNOWN":
            known[everybody] = cases
        state, value, cases = figures["SERVED_SHARE"]
        served, others = (sum(truth[k] for k in parts[name]) for name in ("PART", "REST"))
        if state == "SUPPRESSED":
            if len(quarters) == 1:
                hidden |= {parts["PART"], parts["REST"]}
        else:
            # The share is rounded, but whoever knows whole numbers may find the one that fits: they are taken as told.
            assert cases == served + others and figures["COUNT"][0] == "KNOWN"
            assert value == (float(round(Fraction(100 * served, cases))) if cases else None)
            known |= {parts["PART"]: served, parts["REST"]: others}
            assert len(quarters) > 1 or not any(0 < n < _SMALLEST for n in (served, others))
    small = [one for one in hidden if one not in known and 0 < sum(truth[k] for k in one) < _SMALLEST]
    assert small, "nothing small was there to be withheld"
    assert any(len(one) == 1 and next(iter(one))[2] == "PART" and n for one, n in known.items()), "nothing was told"
    equations = [(sorted(one, key=repr), n) for one, n in known.items()]
    for one, (least, most) in zip(small, solve(equations, [sorted(one, key=repr) for one in small]), strict=True):
        assert most is None or most - least >= _SMALLEST, f"{sorted(one, key=repr)} lies between {least} and {most}"


async def _asked(asker: Asker) -> AsyncIterator[tuple[range, list[Kind], Any]]:
    for first, last in ((0, 0), (1, 1), (0, 1)):
        quarters = range(first, last + 1)
        for by in ([], ["DISTRICT"]):
            told = await measured(asker, by, ["COUNT", "SERVED_SHARE"], "analyst", receivedAt=_span(first, last))
            for key, figures in told.items():
                # Districts without a report are told to be 0.
                districts = [one for one in _DISTRICTS if not by or key[0] == one]
                if districts:
                    yield quarters, list(_kinds(quarters, districts)), figures


def _kinds(quarters: range, districts: list[str | None]) -> Iterator[Kind]:
    return ((q, d, s) for q in quarters for d in districts for s in ("PART", "REST", "NEITHER"))


async def _stay(asker: Asker, lengths: list[list[float]], district: str = "64.02.05") -> None:
    """Reports of a district in the first quarter of 2025, each with its stays at step 2 in days."""
    at = datetime(2025, 2, 3, tzinfo=UTC)
    rows = [report(next(_NUMBERS), at, region_code=district) for _ in lengths]
    await asker.add(rows)
    await asker.add([
        ClockRow(report_id=row.id, step=2, started_at=at, opened_at=at, ended_at=at + length * _DAY)
        for row, of_one in zip(rows, lengths, strict=True) for length in of_one
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("lengths", "median", "p90"),
    [
        # Five on each side of the middle make ten; of a tenth they make forty-two and more.
        ([[float(n)] for n in range(1, 10)], ("KNOWN", 5.0, None), ("SUPPRESSED", None, None)),
        ([[float(n)] for n in range(1, 9)], ("SUPPRESSED", None, None), ("SUPPRESSED", None, None)),
        ([[n / 7] for n in range(1, 61)], ("KNOWN", 4.4, None), ("KNOWN", 7.7, None)),
        # One report that came back and back is one report.
        ([[1.0] * 12, [2.0], [2.0], [2.0], [3.0]], ("SUPPRESSED", None, None), ("SUPPRESSED", None, None)),
        ([[], [], [], [], []], ("UNKNOWN", None, 0), ("UNKNOWN", None, 0)),
    ],
    ids=["nine", "eight", "sixty", "repeated", "none"],
)
async def test_a_time_is_told_where_enough_reports_lie_on_both_sides(
    asker: Asker, lengths: list[list[float]], median: Any, p90: Any
) -> None:
    await _stay(asker, lengths)
    measures = ["MEDIAN_STEP_2", "P90_STEP_2"]
    found = await measured(asker, ["DISTRICT"], measures, "analyst", receivedAt=_span(0, 0))
    assert found["64.02.05",] == {"MEDIAN_STEP_2": median, "P90_STEP_2": p90}
    narrowed: dict[str, Any] = {"receivedAt": _span(0, 0), "region": {"within": "64.02.05"}}
    assert (await measured(asker, [], measures, "analyst", **narrowed))[()] == found["64.02.05",]
    # Times run around the clock, in calendar days, and the office is told them to four digits.
    office = (await measured(asker, [], ["MEDIAN_STEP_2"], **narrowed))[()]["MEDIAN_STEP_2"]
    assert office[0] == ("KNOWN" if any(lengths) else "UNKNOWN")


async def test_nothing_is_told_of_a_group_whose_count_is_withheld(asker: Asker) -> None:
    """A median of twenty stays of three reports would be their own."""
    await _stay(asker, [[1.0] * 20, [2.0] * 20, [3.0] * 20], "64.02.06")
    told = await measured(asker, ["DISTRICT"], ["COUNT", "MEDIAN_STEP_2", "BREACH_RATE", "SERVED_SHARE"], "analyst")
    assert set(told["64.02.06",].values()) == {("SUPPRESSED", None, None)}


async def test_a_rate_of_steps_does_not_tell_how_many_there_are(asker: Asker) -> None:
    at = datetime(2025, 2, 3, tzinfo=UTC)
    rows = [report(next(_NUMBERS), at, region_code="64.02.07") for _ in range(20)]
    await asker.add(rows)
    await asker.add([
        ClockRow(
            report_id=row.id, step=step, started_at=at, opened_at=at, ended_at=at + _DAY,
            due_at=at + (_DAY / 2 if place < late else 2 * _DAY),
        )
        for place, row in enumerate(rows) for step, late in ((2, 7), (3, 6), (4, 0))
    ])  # fmt: skip
    told = await measured(asker, ["DISTRICT"], ["BREACH_RATE", "COUNT"], "analyst", receivedAt=_span(0, 0))
    assert told["64.02.07",] == {"BREACH_RATE": ("KNOWN", 22.0, None), "COUNT": ("KNOWN", 20.0, 20)}
    office = await measured(asker, ["DISTRICT"], ["BREACH_RATE"], receivedAt=_span(0, 0))
    assert office["64.02.07",]["BREACH_RATE"] == ("KNOWN", 21.67, 60)


@pytest.mark.parametrize(
    ("by", "filters"),
    [
        (["CATEGORY"], {}),
        (["DISTRICT", "CATEGORY"], {}),
        (["MONTH"], {}),
        ([], {"channel": {"eq": "WEB"}}),
        (["DISTRICT"], {"category": {"in": ["OTHER"]}}),
        ([], {"receivedAt": {"gte": "2025-02-01T00:00:00+08:00"}}),
    ],
)
@pytest.mark.parametrize("measure", ["SERVED_SHARE", "MEDIAN_TO_REPLY"])
async def test_by_what_else_only_counts_are_published(
    asker: Asker, by: list[str], filters: dict[str, Any], measure: str
) -> None:
    query = """query ($by: [ReportDimension!]!, $measures: [ReportMeasure!]!, $filter: ReportFilter) {
      reportStatistics(groupBy: $by, measures: $measures, filter: $filter) { asOf } }"""
    body = await asker.tell(query, {"by": by, "measures": ["COUNT", measure], "filter": filters})
    codes = {(one["extensions"]["code"], one["extensions"]["argument"]) for one in body["errors"]}
    assert codes in ({("BAD_USER_INPUT", "measures")}, {("BAD_USER_INPUT", "groupBy")})
