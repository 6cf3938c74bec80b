"""How a filter compares. One object per kind of value: only what makes sense for it can be asked.

Nothing here has a default: an operator that is absent sets no condition, and null is refused rather than guessed at.
"""

from dataclasses import MISSING
from datetime import datetime
from typing import Any

import strawberry
from strawberry.types.unset import UNSET

from integration.codes import ChannelKind, ReportCategory, ReportStatus, SlaState

RULES = "Several operators must all hold; an absent one sets no condition, null is refused (BAD_FILTER)."


def optional(description: str, name: str | None = None) -> Any:  # as strawberry.field: the annotation says the type
    """Declare an input field that may be left out, which is not the same as null."""
    return said(description, name, UNSET)


def said(description: str, name: str | None = None, default: object = MISSING) -> Any:
    """Declare an input field that may be about people: an input that is printed by mistake does not tell it."""
    field = strawberry.field(name=name, description=description, default=default)
    field.repr = False
    return field


@strawberry.input(description=f"Compares the status of a report. {RULES}")
class ReportStatusFilter:
    eq: ReportStatus | None = optional("Exactly this status.")
    in_: list[ReportStatus] | None = optional("Any of these; an empty list matches nothing.", "in")


@strawberry.input(description=f"Compares the category of a report; one without a category never matches. {RULES}")
class ReportCategoryFilter:
    eq: ReportCategory | None = optional("Exactly this category.")
    in_: list[ReportCategory] | None = optional("Any of these; an empty list matches nothing.", "in")


@strawberry.input(description=f"Compares the channel by which a report came in. {RULES}")
class ChannelFilter:
    eq: ChannelKind | None = optional("Exactly this channel.")
    in_: list[ChannelKind] | None = optional("Any of these; an empty list matches nothing.", "in")


@strawberry.input(description=f"Compares how a report keeps its time limit. {RULES}")
class SlaStateFilter:
    eq: SlaState | None = optional("Exactly this state.")
    in_: list[SlaState] | None = optional("Any of these; an empty list matches nothing.", "in")


@strawberry.input(description="Compares where something is. Something without a region never matches.")
class RegionFilter:
    within: str | None = optional(
        "Code of a region: in it or in any region below it, e.g. 64.02.06. An unknown code is refused (BAD_FILTER)."
    )


@strawberry.input(description=f"Compares a code of an open list. An unknown code is refused (BAD_FILTER). {RULES}")
class CodeFilter:
    eq: str | None = optional("Exactly this code, as it is published; capitals matter.")
    in_: list[str] | None = optional("Any of these; an empty list matches nothing.", "in")


@strawberry.input(
    description=f"Compares which object something refers to. The id of another kind of object is refused. {RULES}"
)
class IDFilter:
    eq: strawberry.ID | None = optional("Exactly the object with this id.")
    in_: list[strawberry.ID] | None = optional("Any of these; an empty list matches nothing.", "in")


@strawberry.input(description=f"Compares a whole number; an unknown number never matches. {RULES}")
class IntFilter:
    eq: int | None = optional("Exactly this number.")
    in_: list[int] | None = optional("Any of these; an empty list matches nothing.", "in")
    gt: int | None = optional("Greater than this number.")
    gte: int | None = optional("This number or greater.")
    lt: int | None = optional("Less than this number.")
    lte: int | None = optional("This number or less.")


@strawberry.input(description=f"Compares a moment; an unknown moment never matches. {RULES}")
class DateTimeFilter:
    gt: datetime | None = optional("Later than this moment.")
    gte: datetime | None = optional("At this moment or later.")
    lt: datetime | None = optional("Earlier than this moment.")
    lte: datetime | None = optional("At this moment or earlier.")
