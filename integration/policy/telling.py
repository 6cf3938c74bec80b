"""What those are told of a signal or of evidence who may not see the rows behind it: that a threshold was reached.

An exact count, a moment, or a window that begins with a report could be held against the published tables, and would
give back what is withheld there. So such viewers are told of reports only what the published figures say themselves:
that there were at least so many, in a period that is published. Where the figure is withheld, or not published yet,
they are told nothing, so that neither a signal nor its absence says more than the tables do. What is told once stands.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from integration.db.zone import local_day
from integration.reports.published import Release
from integration.reports.questions import Month


@dataclass(frozen=True, slots=True)
class Told:
    """A statement: at least `count` (of so many, where everybody may know that), in words, from a moment to before
    another.
    """

    count: int
    of: int | None
    what: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Ground:
    """What a statement must rest on: the published figures, the places whose registry records are withheld (villages,
    and kecamatan with all in them), and the least count that is told.
    """

    release: Release
    smallest: int
    hidden_places: frozenset[str | None] = frozenset()

    def shows_registry(self, region_code: str | None) -> bool:
        """Whether it is told how many records a region has."""
        return region_code not in self.hidden_places

    def reports(self, wanted: Mapping[str, str], start: datetime, end: datetime) -> int | None:
        """The published number of reports of these groups in a span of whole months; None where there is none."""
        since, until = Month.of(start), Month.of(end)
        if (since.start, until.start) != (start, end):
            return None
        return self.release.count(wanted, since, until)

    def periods(self, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        """The published periods that a span touches, the newest first."""
        span, length = self.release.span, self.release.length
        if span is None:
            return []
        begins = (Month(number) for number in range(span[0].number, span[1].number, length))
        touched = [(each.start.astimezone(UTC), Month(each.number + length).start.astimezone(UTC)) for each in begins]
        return [(first, last) for first, last in reversed(touched) if first < end and start < last]


def written(question: Mapping[str, object]) -> str:
    """A question as it is kept."""
    return json.dumps(question, sort_keys=True, separators=(",", ":"))


def hash_of_text(text: str) -> str:
    """SHA-256 of a question as it is kept."""
    return hashlib.sha256(text.encode()).hexdigest()


def span_of(start: datetime, end: datetime) -> str:
    """A span in local days, as people write it."""
    return f"{local_day(start)} sampai sebelum {local_day(end)}"
