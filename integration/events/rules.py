"""What is decided about a message to a person: in which form it may be sent, when to try again, and when to give up.

WhatsApp takes free text only within 24 hours of the person's last message; then an approved template, or nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from integration.codes import DeliveryState

WINDOW = timedelta(hours=24)
WINDOW_CLOSED, TOO_LONG = "WINDOW_CLOSED", "TOO_LONG"

_FIRST_PAUSE = timedelta(seconds=10)
_LONGEST_PAUSE = timedelta(hours=1)
# With these pauses about three days: an expired token or an unpaid bill may take a weekend to be seen to.
MAX_ATTEMPTS = 80

# A delivery report may come late, twice or out of order; only what is further on counts. A message that did arrive did
# not fail, so FAILED lies before DELIVERED.
_PROGRESS = (
    DeliveryState.QUEUED,
    DeliveryState.SKIPPED,
    DeliveryState.SENT,
    DeliveryState.FAILED,
    DeliveryState.DELIVERED,
    DeliveryState.READ,
)


class SentForm(StrEnum):
    """In which form a message goes out."""

    TEXT = "TEXT"
    TEMPLATE = "TEMPLATE"


@dataclass(frozen=True, slots=True)
class Skip:
    """The message can't be sent in any form, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Offer:
    """The forms a message has: how long its text is, and its template's words, if it has an approved one."""

    text: int
    longest_text: int
    template: int | None
    longest_template: int


def form(offer: Offer, *, at: datetime, heard_at: datetime | None, refused_at: datetime | None) -> SentForm | Skip:
    """Free text while the window is open, else the template, else nothing.

    `heard_at` is when the person last wrote. `refused_at` is when WhatsApp refused free text, whatever our clock says;
    a message of the person since then opens the window again.
    """
    heard = heard_at is not None and at - heard_at < WINDOW
    refused = refused_at is not None and (heard_at is None or heard_at <= refused_at)
    window_open = heard and not refused
    if window_open and offer.text <= offer.longest_text:
        return SentForm.TEXT
    if offer.template is not None and offer.template <= offer.longest_template:
        return SentForm.TEMPLATE
    return Skip(TOO_LONG if window_open or offer.template is not None else WINDOW_CLOSED)


def pause(attempts: int, asked_for: timedelta | None = None) -> timedelta:
    """How long to wait after so many attempts: doubling, and never less than the provider asked for."""
    # Beyond these doublings it is the longest pause anyway, and the power would outgrow a timedelta.
    doubling = min(_FIRST_PAUSE * (1 << min(max(attempts, 1) - 1, 16)), _LONGEST_PAUSE)
    return doubling if asked_for is None else max(doubling, asked_for)


def before(state: DeliveryState) -> tuple[DeliveryState, ...]:
    """The states a message may come from to reach this one."""
    return _PROGRESS[: _PROGRESS.index(state)]
