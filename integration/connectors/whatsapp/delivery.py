"""A delivery of the WhatsApp Cloud API, read: all entries, all changes, all messages and statuses.

Nothing here trusts a shape. Meta adds kinds and fields as it likes: what is not understood is left out if it carries
nothing, and kept as a message of its own kind if somebody may have said something.
"""

import json
from collections.abc import Callable, Iterator
from datetime import datetime

from integration.codes import DeliveryState
from integration.connectors.whatsapp import content
from integration.connectors.whatsapp.content import Json, listed, mapped, moment, word
from integration.connectors.whatsapp.failures import told_later
from integration.connectors.whatsapp.port import DeliveryUpdate, Incoming, Item, Sender, SenderChanged

_OBJECT, _FIELD = "whatsapp_business_account", "messages"
_STATES = {
    "sent": DeliveryState.SENT,
    "delivered": DeliveryState.DELIVERED,
    "read": DeliveryState.READ,
    "played": DeliveryState.READ,
    "failed": DeliveryState.FAILED,
}
_CHANGED = frozenset({"user_changed_number", "customer_changed_number", "user_changed_user_id"})
_LONGEST_ID = 512


class Malformed(Exception):
    """The body is not a JSON object in UTF-8."""


def parse(body: bytes) -> dict[str, Json]:
    """The delivery's JSON object; `Malformed` if it is none."""
    try:
        document = json.loads(body.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        # Without the cause: its text quotes the body.
        raise Malformed(type(error).__name__) from None
    if not isinstance(document, dict):
        raise Malformed(type(document).__name__)
    return document


def items(document: dict[str, Json], received_at: datetime, digest: Callable[[str], str]) -> Iterator[Item]:
    """Everything a delivery brings, in order. `digest` names a message that came without an id."""
    if document.get("object") != _OBJECT:
        return
    for entry in listed(document.get("entry")):
        for change in listed(mapped(entry).get("changes")):
            if mapped(change).get("field") == _FIELD:
                yield from _value(mapped(mapped(change).get("value")), received_at, digest)


def _value(value: dict[str, Json], received_at: datetime, digest: Callable[[str], str]) -> Iterator[Item]:
    contacts = [mapped(contact) for contact in listed(value.get("contacts"))]
    messages = [message for message in map(mapped, listed(value.get("messages"))) if message]
    for place, message in enumerate(messages):
        provider_id = word(message.get("id"), _LONGEST_ID)
        if provider_id is None:
            provider_id = "local." + digest(json.dumps(message, sort_keys=True))
        sender = _sender(message, contacts, _beside(contacts, place, len(messages)))
        at = moment(message.get("timestamp"), received_at)
        system = mapped(message.get("system"))
        if message.get("type") == "system" and system.get("type") in _CHANGED:
            yield _changed(provider_id, at, message, system)
        else:
            yield _incoming(provider_id, at, sender, message)
    for status in map(mapped, listed(value.get("statuses"))):
        provider_id = word(status.get("id"), _LONGEST_ID)
        state = _STATES.get(str(status.get("status")))
        if provider_id is not None and state is not None:
            failure = told_later(_error(status)) if state is DeliveryState.FAILED else None
            yield DeliveryUpdate(provider_id, state, word(status.get("biz_opaque_callback_data")), failure)


def _error(status: dict[str, Json]) -> int | None:
    for error in map(mapped, listed(status.get("errors"))):
        code = error.get("code")
        if isinstance(code, int) and not isinstance(code, bool):
            return code
    return None


def _incoming(provider_id: str, at: datetime | None, sender: Sender, message: dict[str, Json]) -> Incoming:
    kind, said = content.read(message)
    return Incoming(
        provider_id=provider_id,
        sender=sender,
        at=at,
        kind=kind,
        text=said.text,
        opens=kind not in ("reaction", "system"),
        category=said.category,
        about_number=said.about_number,
        reacts_to=said.reacts_to,
    )


def _changed(provider_id: str, at: datetime | None, message: dict[str, Json], system: dict[str, Json]) -> SenderChanged:
    after = Sender(
        user_id=word(system.get("user_id")),
        phone=content.phone(system.get("wa_id")) or content.phone(system.get("new_wa_id")),
    )
    before = Sender(
        user_id=word(system.get("previous_user_id")) or word(message.get("from_user_id")),
        phone=content.phone(message.get("from")) or content.phone(system.get("customer")),
    )
    return SenderChanged(provider_id, at, before, after)


def _sender(message: dict[str, Json], contacts: list[dict[str, Json]], beside: dict[str, Json] | None) -> Sender:
    """Who wrote: the contact with the message's phone or user id, else the one beside a message that has neither."""
    phone, user_id = content.phone(message.get("from")), word(message.get("from_user_id"))
    contact: dict[str, Json] = {}
    for one in contacts:
        if (phone and content.phone(one.get("wa_id")) == phone) or (user_id and one.get("user_id") == user_id):
            contact = one
            break
    else:
        # A user with a username has no phone number, and the message may then name nobody at all.
        if beside is not None and _fits(beside, phone, user_id):
            contact = beside
    return Sender(
        user_id=word(contact.get("user_id")) or user_id,
        phone=phone or content.phone(contact.get("wa_id")),
        name=content.name(mapped(contact.get("profile")).get("name")),
    )


def _beside(contacts: list[dict[str, Json]], place: int, messages: int) -> dict[str, Json] | None:
    if len(contacts) == 1:
        return contacts[0]
    return contacts[place] if len(contacts) == messages else None


def _fits(contact: dict[str, Json], phone: str | None, user_id: str | None) -> bool:
    other_phone = phone is not None and contact.get("wa_id") is not None
    other_user = user_id is not None and contact.get("user_id") is not None
    return not other_phone and not other_user


def _refuse(constant: str) -> Json:
    # Python reads NaN and Infinity, JSON knows neither.
    raise ValueError(constant)
