"""Local time: what people are told in days is told in WITA (Asia/Makassar, UTC+8 all year)."""

from datetime import datetime
from zoneinfo import ZoneInfo

WITA = ZoneInfo("Asia/Makassar")


def local_day(moment: datetime) -> str:
    """The local calendar day of a moment, as people write it: 24-11-2026."""
    return moment.astimezone(WITA).strftime("%d-%m-%Y")
