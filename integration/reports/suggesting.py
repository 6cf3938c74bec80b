"""What a report's text tells, kept beside it as suggestions: whoever works on the report takes them over, or not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from integration.access.masks import mask_identifier, shown_at
from integration.access.sealing import Sealer
from integration.db.base import uuid7
from integration.matching.categories import Suggested, suggest_category
from integration.matching.codes import SuggestionField
from integration.matching.message import Told, read
from integration.matching.passages import passages
from integration.matching.places import Places
from integration.reports.tables import SuggestionRow

# How many things one text may tell; the rest is for people to read.
_MOST = 40
_REGIONS = (SuggestionField.VILLAGE, SuggestionField.DISTRICT)


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """A text and all that was read from it."""

    text: str
    told: Told
    suggested: Suggested | None
    places: Places


def read_text(text: str, places: Places, at: datetime) -> Reading:
    """Read a text that was written at some time."""
    return Reading(text, read(text, places, at.year), suggest_category(text), places)


def suggestions(sealer: Sealer, report_id: UUID, message_id: UUID | None, reading: Reading) -> Iterable[SuggestionRow]:
    """The rows to be written; without a message they are of the report's description.

    Where something stands is counted in the text as people are shown it, with identity numbers masked.
    """
    for one in passages(reading.text, reading.told, reading.suggested, reading.places)[:_MOST]:
        value = mask_identifier(one.value) if one.field is SuggestionField.NIK else one.value
        yield SuggestionRow(
            id=uuid7(),
            report_id=report_id,
            message_id=message_id,
            field=one.field,
            value_sealed=sealer.seal("suggestion.value", value),
            region_code=one.value if one.field in _REGIONS else None,
            starts=None if one.start is None else shown_at(reading.text, one.start),
            ends=None if one.end is None else shown_at(reading.text, one.end),
            confidence=one.confidence,
        )
