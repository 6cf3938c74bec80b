"""How long steps take, how many run over their limit and how many reports are served: what the office is told."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import count
from statistics import median, quantiles
from typing import Any, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from integration.clocks.tables import ClockRow
from integration.codes import (
    ChannelKind,
    FollowUpActionKind,
    PolicyStatus,
    ProtectionDimension,
    ReportOutcome,
    ReportStatus,
)
from integration.events.tables import EventRow
from integration.organizations.tables import OrganizationRow
from integration.policy.tables import PolicyFollowUpReportRow, PolicyFollowUpRow
from integration.reports.procedure import FollowUpActionRow
from integration.reports.tables import ReportRow
from integration.statistics.codes import ReportMeasure
from tests.statistics.asking import Asker, report

MEASURED = """query ($by: [ReportDimension!]!, $measures: [ReportMeasure!]!, $filter: ReportFilter) {
  reportStatistics(groupBy: $by, measures: $measures, filter: $filter) {
    measures { measure label unit formula } rows { key count values { measure state value cases } } } }"""
EVERY = [str(one) for one in ReportMeasure]
_SERVED = ("AID_GIVEN", "REGISTRY_CORRECTED", "INFORMATION_GIVEN")
_DAY = timedelta(days=1)
# Every set of reports stands in a month of its own, so that a filter finds it again.
_SETS, _NUMBERS = count(), count(500_000)


async def measured(asker: Asker, by: list[str], measures: list[str], who: str = "admin", **filters: Any) -> Any:
    """The figures by key and measure: state, value, cases."""
    body = await asker.tell(MEASURED, {"by": by, "measures": measures, "filter": filters}, who)
    assert "errors" not in body, body
    return {
        tuple(row["key"]): {one["measure"]: (one["state"], one["value"], one["cases"]) for one in row["values"]}
        for row in body["data"]["reportStatistics"]["rows"]
    }


# A report: its channel, its stays at steps (step, microseconds, limit in microseconds), days to the reply, outcome.
_LENGTH = st.integers(0, 40 * 86_400_000_000)
_STAY = st.tuples(st.sampled_from((1, 2, 2, 7)), _LENGTH, st.none() | _LENGTH)
_REPORT = st.tuples(
    st.sampled_from((ChannelKind.WHATSAPP, ChannelKind.WHATSAPP, ChannelKind.PHONE)),
    st.lists(_STAY, max_size=3),
    st.none() | _LENGTH,
    st.none() | st.sampled_from(ReportOutcome),
)
Drawn: TypeAlias = tuple[ChannelKind, list[tuple[int, int, int | None]], int | None, ReportOutcome | None]


def _told(lengths: list[int], share: str) -> tuple[str, float | None, int]:
    if not lengths:
        return "UNKNOWN", None, 0
    whole = [Fraction(one, 86_400_000_000) for one in lengths]
    nine = whole[0] if len(whole) == 1 else quantiles(whole, n=10, method="inclusive")[8]
    return "KNOWN", float(round(median(whole) if share == "MEDIAN" else nine, 4)), len(lengths)


def _percent(part: int, whole: int) -> tuple[str, float | None, int]:
    return ("KNOWN", float(round(Fraction(100 * part, whole), 2)), whole) if whole else ("UNKNOWN", None, 0)


def _expected(reports: list[Drawn]) -> dict[str, tuple[str, float | None, int]]:
    stays = [stay for _, stays, _, _ in reports for stay in stays]
    found = {}
    for share in ("MEDIAN", "P90"):
        for step in range(1, 8):
            lengths = [length for at, length, _ in stays if at == step]
            found[f"{share}_STEP_{step}"] = _told(lengths, share)
        replies = [reply for _, _, reply, _ in reports if reply is not None]
        found[f"{share}_TO_REPLY"] = _told(replies, share)
        # All of them are archived a day after their reply.
        found[f"{share}_STEP_8"] = _told([86_400_000_000] * len(replies), share)
    limited = [(length, limit) for _, length, limit in stays if limit is not None]
    found["BREACH_RATE"] = _percent(sum(length > limit for length, limit in limited), len(limited))
    outcomes = [outcome for *_, outcome in reports if outcome is not None]
    found["SERVED_SHARE"] = _percent(sum(one in _SERVED for one in outcomes), len(outcomes))
    return {**found, "COUNT": ("KNOWN", float(len(reports)), len(reports))}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_REPORT, max_size=12))
async def test_figures_are_those_of_plain_python(asker: Asker, drawn: list[Drawn]) -> None:
    number = next(_SETS)
    month = datetime(1980 + number // 12, number % 12 + 1, 10, 3, 4, 5, 678_901, tzinfo=UTC)
    groups: defaultdict[str, list[Drawn]] = defaultdict(list)
    for one in drawn:
        groups[str(one[0])].append(one)
        await _write(asker, month, one)
    since = month.replace(day=1).isoformat()
    until = (month + timedelta(days=25)).isoformat()
    told = await measured(asker, ["CHANNEL"], EVERY, receivedAt={"gte": since, "lt": until})
    assert told == {(channel,): _expected(of_channel) for channel, of_channel in groups.items()}
    whole = await measured(asker, [], EVERY, receivedAt={"gte": since, "lt": until})
    assert whole == {(): _expected(drawn)}


async def _write(asker: Asker, at: datetime, drawn: Drawn) -> None:
    channel, stays, reply, outcome = drawn
    one = report(next(_NUMBERS), at, channel=channel, outcome=outcome)
    await asker.add([one])
    after = [
        ClockRow(
            report_id=one.id, step=step, started_at=at, opened_at=at, ended_at=at + timedelta(microseconds=length),
            due_at=None if limit is None else at + timedelta(microseconds=limit),
        )
        for step, length, limit in stays
    ]  # fmt: skip
    sent = None if reply is None else at + timedelta(microseconds=reply)
    moves = [] if sent is None else [(sent, ReportStatus.REPLY_SENT), (sent + _DAY, ReportStatus.ARCHIVED)]
    await asker.add([*after, *(_moved(one, when, to) for when, to in moves)])


def _moved(one: ReportRow, at: datetime, to: ReportStatus) -> EventRow:
    return EventRow(at=at, act="uji", noun="Report", noun_id=one.id, report_id=one.id, to_status=to, actor="uji")


async def test_a_report_taken_up_again_is_archived_after_its_last_reply(asker: Asker) -> None:
    at = datetime(2019, 5, 6, tzinfo=UTC)
    one = report(next(_NUMBERS), at)
    await asker.add([one])
    days = ((1, ReportStatus.REPLY_SENT), (3, ReportStatus.ARCHIVED), (7, ReportStatus.REPLY_SENT))
    moves = [_moved(one, at + day * _DAY, to) for day, to in (*days, (17, ReportStatus.ARCHIVED))]
    await asker.add(moves)
    span = {"gte": "2019-05-01T00:00:00Z", "lt": "2019-06-01T00:00:00Z"}
    told = (await measured(asker, [], ["MEDIAN_STEP_8", "MEDIAN_TO_REPLY"], receivedAt=span))[()]
    assert told == {"MEDIAN_STEP_8": ("KNOWN", 6.0, 2), "MEDIAN_TO_REPLY": ("KNOWN", 1.0, 1)}


async def test_a_step_that_waits_for_the_reporter_is_not_over_its_limit(asker: Asker) -> None:
    at = datetime(2019, 7, 8, tzinfo=UTC)
    waits, late, runs, over = (report(next(_NUMBERS), at) for _ in range(4))
    await asker.add([waits, late, runs, over])
    limit: dict[str, Any] = {"step": 2, "started_at": at, "opened_at": at, "due_at": at + 3 * _DAY}
    await asker.add([
        ClockRow(report_id=waits.id, **limit, paused_at=at + _DAY),
        ClockRow(report_id=late.id, **limit, paused_at=at + 4 * _DAY),
        ClockRow(report_id=runs.id, step=2, started_at=at, opened_at=at, due_at=datetime(2099, 1, 1, tzinfo=UTC)),
        ClockRow(report_id=over.id, **limit),
    ])  # fmt: skip
    span = {"gte": "2019-07-01T00:00:00Z", "lt": "2019-08-01T00:00:00Z"}
    told = (await measured(asker, [], ["BREACH_RATE", "MEDIAN_STEP_2"], receivedAt=span))[()]
    # One waits in time and one runs in time: of both it is not certain yet.
    assert told == {"BREACH_RATE": ("KNOWN", 100.0, 2), "MEDIAN_STEP_2": ("UNKNOWN", None, 0)}


async def test_a_report_counts_in_every_dimension_it_led_to(asker: Asker) -> None:
    at = datetime(2019, 9, 10, tzinfo=UTC)
    aided, moved, both, none = (report(next(_NUMBERS), at) for _ in range(4))
    await asker.add([aided, moved, both, none])
    async with asker.database.write() as session:
        owner = (await session.exec(select(OrganizationRow))).first()
    assert owner is not None
    follow_up = PolicyFollowUpRow(
        title="Uji", problem="Uji", dimension=ProtectionDimension.TRANSFORMATIVE, status=PolicyStatus.PROPOSED,
        owner_id=owner.id, proposed_at=at,
    )  # fmt: skip
    await asker.add([follow_up])
    action: dict[str, Any] = {"result_sealed": b"", "at": at}
    await asker.add([
        FollowUpActionRow(report_id=aided.id, kind=FollowUpActionKind.AID, **action),
        FollowUpActionRow(report_id=aided.id, kind=FollowUpActionKind.AID, **action),
        FollowUpActionRow(
            report_id=both.id, kind=FollowUpActionKind.AID, dimension=ProtectionDimension.PROMOTIVE, **action
        ),
        *(PolicyFollowUpReportRow(follow_up_id=follow_up.id, report_id=one.id) for one in (moved, both)),
    ])  # fmt: skip
    span = {"gte": "2019-09-01T00:00:00Z", "lt": "2019-10-01T00:00:00Z"}
    told = await measured(asker, ["DIMENSION"], ["COUNT"], receivedAt=span)
    assert {key[0]: figures["COUNT"][1] for key, figures in told.items()} == {
        "PROTECTIVE": 2, "PROMOTIVE": 1, "TRANSFORMATIVE": 2, None: 1,
    }  # fmt: skip
    assert (await measured(asker, [], ["COUNT"], receivedAt=span))[()]["COUNT"] == ("KNOWN", 4.0, 4)


async def test_the_demo_office_sees_how_it_works(asker: Asker) -> None:
    """Somebody at the desk who asks how long things take, and for whom nothing was done yet."""
    wanted = ["COUNT", "MEDIAN_TO_REPLY", "BREACH_RATE", "SERVED_SHARE"]
    body = await asker.tell(MEASURED, {"by": ["DISTRICT"], "measures": wanted}, "admin")
    table = body["data"]["reportStatistics"]
    assert [one["measure"] for one in table["measures"]] == wanted
    assert [one["unit"] for one in table["measures"]] == ["reports", "days", "percent", "percent"]
    assert all(one["label"] and one["formula"] for one in table["measures"])
    states = {one["state"] for row in table["rows"] for one in row["values"]}
    assert states == {"KNOWN", "UNKNOWN"}, "nothing is withheld from who sees the reports, and unknown is not 0"
    for row in table["rows"]:
        assert [one["measure"] for one in row["values"]] == wanted
        assert row["values"][0]["value"] == row["count"]
        for one in row["values"]:
            assert (one["value"] is None) == (one["state"] == "UNKNOWN") == (one["cases"] == 0)


@pytest.mark.parametrize("who", ["admin", "analyst"])
async def test_a_measure_is_named_once(asker: Asker, who: str) -> None:
    (error,) = (await asker.tell(MEASURED, {"by": [], "measures": ["COUNT", "COUNT"]}, who))["errors"]
    assert (error["extensions"]["code"], error["extensions"]["argument"]) == ("BAD_USER_INPUT", "measures")
