"""When reports crowd: windows are found wherever they lie, and their reports count once."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from integration.policy.rules import crowded, quarter

_START = datetime(2024, 1, 1, tzinfo=UTC)
_SPAN = timedelta(days=90)
days = st.lists(st.integers(0, 900), max_size=60).map(sorted)


def reports(at: list[int]) -> list[tuple[datetime, UUID]]:
    return [(_START + timedelta(days=day), UUID(int=n)) for n, day in enumerate(at)]


@given(days, st.integers(2, 6))
def test_no_crowd_is_missed_and_no_report_counts_twice(at: list[int], threshold: int) -> None:
    told = reports(at)
    windows = list(crowded(told, threshold, _SPAN, ()))
    members = [member for window in windows for member in window.members]
    assert len(members) == len(set(members))
    assert all(len(window.members) >= threshold for window in windows)
    left = [moment for moment, member in told if member not in set(members)]
    # Nowhere among those left over do as many lie within the span, unless a window ends between them.
    for first, last in zip(left, left[threshold - 1 :], strict=False):
        between = [window for window in windows if first < window.end and window.start < last]
        assert last - first >= _SPAN or between


@given(days, st.integers(2, 6))
def test_what_is_evidence_already_raises_nothing_again(at: list[int], threshold: int) -> None:
    told = reports(at)
    taken = [(window.start, window.end) for window in crowded(told, threshold, _SPAN, ())]
    again = list(crowded(told, threshold, _SPAN, taken))
    fresh = {member for window in again for member in window.members}
    covered = {member for moment, member in told if any(start <= moment < end for start, end in taken)}
    assert fresh.isdisjoint(covered)


def test_a_crowd_across_the_edge_of_a_window_is_found() -> None:
    [window] = crowded(reports([0, 80, 95, 100]), 3, _SPAN, ())
    assert len(window.members) == 3 and window.start == _START + timedelta(days=80)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)))
def test_every_moment_lies_in_its_quarter_of_local_time(moment: datetime) -> None:
    start, end = quarter(moment)
    assert start <= moment < end
    assert (start + timedelta(hours=8)).day == 1 and (start + timedelta(hours=8)).hour == 0
    assert timedelta(days=89) < end - start < timedelta(days=93)
