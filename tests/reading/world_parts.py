"""What hangs on reports, by lot, as far as it does not stand in `world.py`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from integration.matching.codes import SuggestionField
from integration.reports.tables import MessageRow, SuggestionRow

if TYPE_CHECKING:
    from tests.reading.world import World

_REGION = "64.02.06.1001"


def suggestions(world: "World", messages: Sequence[MessageRow]) -> list[SuggestionRow]:
    """A few of each message's text or, without the message, of the report's description."""
    return [
        SuggestionRow(
            report_id=message.report_id, message_id=world._maybe(message.id), field=world._one(list(SuggestionField)),
            value_sealed=world._sealer.seal("suggestion.value", world._text()), region_code=world._maybe(_REGION),
            starts=world._maybe(3), ends=world._maybe(12), confidence=world._one((0.4, 0.99, 1.0)),
        )
        for message in messages if message.report_id is not None for _ in range(world._random.randint(0, 2))
    ]  # fmt: skip
