"""The open lists of codes (regions, PPKS types, units, programmes), kept in memory so that a filter is checked without
a query.
"""

import asyncio
import time
from collections.abc import Iterable

from integration.db.readers import Readers

_LISTS = {
    "Region": "SELECT code FROM region",
    "PpksType": "SELECT code FROM ppks_type",
    "PsksType": "SELECT code FROM psks_type",
    "OrgUnit": "SELECT code FROM org_unit",
    "Programme": "SELECT code FROM programme",
    "OrganizationKind": "SELECT DISTINCT kind FROM organization",
    "StatisticSeries": "SELECT code FROM statistic_series",
}
# Seconds after which the lists are read again: another process may have added a code.
_AGE = 60.0


class KnownCodes:
    """Which codes exist."""

    def __init__(self) -> None:
        self._codes: dict[str, frozenset[str]] | None = None
        self._read_at = 0.0
        self._lock = asyncio.Lock()

    async def renew(self, readers: Readers) -> None:
        """Read the lists if they were never read or are old."""
        if not self._is_old():
            return
        async with self._lock:
            if not self._is_old():
                return
            async with readers.snapshot() as snapshot:
                self._codes = {
                    noun: frozenset(row[0] for row in await snapshot.fetch(sql, ())) for noun, sql in _LISTS.items()
                }
            self._read_at = time.monotonic()

    def forget(self) -> None:
        """Read the lists anew before they are next used: a code was added here."""
        self._read_at = -_AGE

    def _is_old(self) -> bool:
        return self._codes is None or time.monotonic() - self._read_at >= _AGE

    def has(self, noun: str, code: str) -> bool:
        """Whether a code exists. Lists that were never read know nothing, so an unread list refuses."""
        return self._codes is not None and code in self._codes[noun]

    def of(self, noun: str) -> Iterable[str]:
        """All codes of a list."""
        return (self._codes or {}).get(noun, frozenset())
