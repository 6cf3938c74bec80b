"""What comes in and goes out by WhatsApp, in the project's own words; only `delivery.py` and `cloud.py` know Meta's."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeAlias

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


class Nature(StrEnum):
    """What a failure means for the message."""

    PERMANENT = "PERMANENT"
    PASSING = "PASSING"
    # Passing, and not of this message alone: the next one would fail as well.
    EVERYBODY = "EVERYBODY"
    # The person has not written for too long: only an approved template may be sent.
    WINDOW = "WINDOW"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a message was not delivered. `reason` is a code, never words: those may quote a person."""

    reason: str
    nature: Nature


@dataclass(frozen=True, slots=True)
class DeliveryUpdate:
    """How far a message of ours has come. `reference` is what we sent with it."""

    provider_id: str
    state: DeliveryState
    reference: str | None = None
    failure: Failure | None = None


Item: TypeAlias = Incoming | SenderChanged | DeliveryUpdate


@dataclass(frozen=True, slots=True, repr=False)
class Words:
    """Free text."""

    text: str


@dataclass(frozen=True, slots=True, repr=False)
class Template:
    """An approved template with what fills its places; `language` is the code it is registered under."""

    name: str
    language: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Outgoing:
    """A message to one person; `reference` comes back with every report on it."""

    reference: str
    user_id: str | None
    phone: str | None
    content: Words | Template


class Undeliverable(Exception):
    """The message was refused, and would be again."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.reason)
        self.failure = failure


class Unavailable(Exception):
    """The message was not taken over, but may be later; `retry_after` is what the provider asked for."""

    def __init__(self, failure: Failure, retry_after: timedelta | None = None) -> None:
        super().__init__(failure.reason)
        self.failure = failure
        self.retry_after = retry_after


class Doubtful(Exception):
    """The message left us, and no answer came: nobody here knows whether it was taken over."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Messenger(Protocol):
    """Who carries messages to people."""

    async def send(self, message: Outgoing) -> str | None:
        """Hand over one message and return the provider's id for it, None if it was taken over without telling one.

        Raises `Undeliverable`, `Unavailable` or `Doubtful`; their texts are codes.
        """
        ...
