"""Working time in WITA: what the office's calendar says, and that time taken and time measured are one."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.clocks.calendar import ALWAYS, WORKING, Time, WorkingTime, is_working_day, off_days
from integration.db.zone import WITA

# The days off of 2024 to 2026: national holidays and joint leave, 2026 as decreed (SKB 3 Menteri 1497/2/5 of 2025).
DAYS_OFF = Path(__file__).with_name("holidays-id-2024-2026.csv")

TIMES = pytest.mark.parametrize("time", [WORKING, ALWAYS], ids=["working days", "around the clock"])
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 6, 1), timezones=st.just(UTC))
AMOUNTS = st.timedeltas(timedelta(seconds=1), timedelta(days=20))


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WITA)


def test_the_office_is_closed_on_weekends_holidays_and_joint_leave_and_on_no_other_day() -> None:
    with DAYS_OFF.open(encoding="utf-8") as file:
        off = {date.fromisoformat(line["date"]) for line in csv.DictReader(file)}
    assert len(off) == 82
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(3 * 365 + 1)]
    assert days[-1] == date(2026, 12, 31)
    assert [day for day in days if not is_working_day(day)] == [day for day in days if day.weekday() >= 5 or day in off]


def test_the_days_off_kept_in_a_file_are_those_of_the_library_of_holidays() -> None:
    # Where this fails after an update of the library: write the file anew out of `off_days`.
    for year in range(2015, 2041):
        days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
        closed = {day for day in days if day.weekday() < 5 and day.year == year and not is_working_day(day)}
        assert closed == {day for day in off_days(year) if day.weekday() < 5}


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        # An ordinary week.
        ("2024-01-08 09:30:15", 3, "2024-01-11 09:30:15"),
        # Over a weekend.
        ("2024-01-19 16:00:00", 2, "2024-01-23 16:00:00"),
        # Isra Mikraj, joint leave for Imlek and a weekend.
        ("2024-02-05 08:00:00", 3, "2024-02-12 08:00:00"),
        ("2024-01-09 10:00:00", 14, "2024-01-29 10:00:00"),
        # The week of Idul Fitri 2024: nothing but days off from 8 to 15 April.
        ("2024-04-05 13:00:00", 1, "2024-04-16 13:00:00"),
        # 60 days from January run over Nyepi, Easter and Idul Fitri.
        ("2024-01-24 10:00:00", 60, "2024-05-06 10:00:00"),
        # Begun on a day off, time runs from the next working day's first minute.
        ("2024-01-20 11:00:00", 1, "2024-01-23 00:00:00"),
        # What ends with a Friday ends with it, and not on Monday.
        ("2024-01-19 00:00:00", 1, "2024-01-20 00:00:00"),
    ],
)
def test_working_days_end_when_a_clerk_would_say(start: str, days: int, due: str) -> None:
    assert WORKING.after(local(start), timedelta(days=days)) == local(due)


def test_days_are_those_of_tenggarong() -> None:
    # Friday 23:30 in London is Saturday there: nothing runs until Monday.
    friday_night = datetime(2024, 1, 19, 16, 30, tzinfo=UTC)
    assert WORKING.after(friday_night, timedelta(hours=1)) == local("2024-01-22 01:00:00")
    assert WORKING.between(friday_night, datetime(2024, 1, 21, 15, tzinfo=UTC)) == timedelta(0)


def test_an_emergency_knows_no_weekend() -> None:
    assert ALWAYS.after(local("2024-01-20 22:00:00"), timedelta(hours=6)) == local("2024-01-21 04:00:00")


@TIMES
@given(start=MOMENTS, amount=AMOUNTS)
def test_as_much_time_passes_as_was_given(time: Time, start: datetime, amount: timedelta) -> None:
    assert time.between(start, time.after(start, amount)) == amount


@TIMES
@given(start=MOMENTS, first=AMOUNTS, second=AMOUNTS)
def test_time_given_in_two_parts_is_time_given_at_once(
    time: Time, start: datetime, first: timedelta, second: timedelta
) -> None:
    assert time.after(time.after(start, first), second) == time.after(start, first + second)


@TIMES
@given(moments=st.tuples(MOMENTS, MOMENTS, MOMENTS).map(sorted))
def test_time_adds_up(time: Time, moments: list[datetime]) -> None:
    first, second, third = moments
    assert time.between(first, second) + time.between(second, third) == time.between(first, third)
    assert time.between(third, first) == timedelta(0)


@given(start=MOMENTS, amount=AMOUNTS)
def test_no_deadline_falls_inside_a_day_off(start: datetime, amount: timedelta) -> None:
    last_moment = WORKING.after(start, amount) - timedelta(microseconds=1)
    assert is_working_day(last_moment.astimezone(WITA).date())


@given(start=MOMENTS, hours=st.integers(1, 200), off=st.sets(st.dates(date(2024, 1, 1), date(2027, 8, 1)), max_size=9))
def test_another_day_off_never_brings_a_deadline_forward(start: datetime, hours: int, off: set[date]) -> None:
    amount = timedelta(hours=hours)
    more = WorkingTime(lambda day: is_working_day(day) and day not in off)
    assert more.after(start, amount) >= WORKING.after(start, amount)
