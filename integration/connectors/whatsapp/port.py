"""What can come in by WhatsApp, in the project's own words; only `delivery.py` knows Meta's."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from integration.codes import DeliveryState, ReportCategory


@dataclass(frozen=True, slots=True, repr=False)
class Sender:
    """A WhatsApp user: by scoped user id, by phone number (digits with country code), by both, or by neither."""

    user_id: str | None = None
    phone: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Incoming:
    """A message. `opens` says whether it may begin a report; `at` is None where its own time can't be believed."""

    provider_id: str
    sender: Sender
    at: datetime | None
    kind: str
    text: str | None = None
    opens: bool = True
    category: ReportCategory | None = None
    about_number: str | None = None
    reacts_to: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class SenderChanged:
    """A user is now reached in another way: a new phone number, a new user id, or both."""

    provider_id: str
    at: datetime | None
    before: Sender
    after: Sender


@dataclass(frozen=True, slots=True)
class DeliveryUpdate:
    """How far a message of ours has come."""

    provider_id: str
    state: DeliveryState


Item: TypeAlias = Incoming | SenderChanged | DeliveryUpdate
