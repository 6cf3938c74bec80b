"""Local time: what people are told in days is told in WITA (Asia/Makassar, UTC+8 all year)."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WITA = ZoneInfo("Asia/Makassar")


def first_moment(day: date, days_later: int = 0) -> datetime:
    """When a local day begins, or the one some days later."""
    return datetime.combine(day + timedelta(days=days_later), time(), WITA)


def written_day(day: date) -> str:
    """A calendar day as people write it: 24-11-2026."""
    return day.strftime("%d-%m-%Y")


def local_day(moment: datetime) -> str:
    """The local calendar day of a moment, as people write it."""
    return written_day(moment.astimezone(WITA))
