"""The time a release describes: a quarter, a month or a year, as people write it (2026-Q1, 2026-03, 2026)."""

import re
from calendar import monthrange
from datetime import date

from integration.codes import UserErrorCode
from integration.refusal import Refusal

_PERIOD = re.compile(r"(20\d{2})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?")


def last_day(period: str) -> date:
    """The last day of a period; refuses what is none."""
    found = ended(period)
    if found is None:
        raise Refusal(
            UserErrorCode.INVALID,
            "Periode ditulis sebagai 2026-Q1, 2026-03, atau 2026.",
            "Write the period as 2026-Q1, 2026-03 or 2026.",
            ["period"],
        )
    return found


def ended(period: str) -> date | None:
    """The last day of a period, or nothing where the text is none."""
    read = _PERIOD.fullmatch(period)
    if read is None:
        return None
    month = int(read[2]) * 3 if read[2] else int(read[3] or 12)
    return date(int(read[1]), month, monthrange(int(read[1]), month)[1])
