"""What a WhatsApp message says, by its kind, as text for people."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

from integration.access.masks import mask_numbers
from integration.codes import ReportCategory

Json: TypeAlias = Any

_KIND = re.compile(r"[a-z][a-z_]{0,39}")
_CONFIRM = re.compile(r"CONFIRM_SOLVED:(SIM-[0-9]{4}-[0-9]{6,12})")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# WhatsApp was founded in 2009; an earlier time is a mistake.
_EARLIEST = datetime(2009, 1, 1, tzinfo=UTC)
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """The text of a message and what its form adds to it."""

    text: str | None = None
    category: ReportCategory | None = None
    about_number: str | None = None
    reacts_to: str | None = None


def read(message: Mapping[str, Json]) -> tuple[str, Said]:
    """The kind as Meta gives it, and what is said. An unknown kind says nothing but is still a message."""
    kind = message.get("type")
    if not isinstance(kind, str) or not _KIND.fullmatch(kind):
        return "unknown", Said()
    if kind == "contacts":
        return kind, _contacts(message.get(kind))
    reader = _READERS.get(kind)
    return kind, Said() if reader is None else reader(mapped(message.get(kind)))


def _text(part: Mapping[str, Json]) -> Said:
    return Said(words(part.get("body")))


def _media(part: Mapping[str, Json]) -> Said:
    return Said(words(part.get("caption")))


def _location(part: Mapping[str, Json]) -> Said:
    lines = [words(part.get("name")), words(part.get("address"))]
    latitude, longitude = part.get("latitude"), part.get("longitude")
    if isinstance(latitude, int | float) and isinstance(longitude, int | float):
        lines.insert(0, f"Lokasi: {latitude}, {longitude}")
    return Said("\n".join(line for line in lines if line) or None)


def _interactive(part: Mapping[str, Json]) -> Said:
    reply = mapped(part.get(str(part.get("type"))))
    category = None
    given = reply.get("id")
    if isinstance(given, str) and given.startswith("category:"):
        code = given.removeprefix("category:")
        category = ReportCategory(code) if code in ReportCategory.__members__ else None
    return Said(words(reply.get("title")) or words(reply.get("body")), category, _confirmed(given))


def _button(part: Mapping[str, Json]) -> Said:
    payload = part.get("payload")
    return Said(words(part.get("text")) or words(payload), about_number=_confirmed(payload))


def _contacts(cards: Json) -> Said:
    lines = []
    for card in map(mapped, listed(cards)):
        numbers = [words(mapped(number).get("phone")) for number in listed(card.get("phones"))]
        parts = [words(mapped(card.get("name")).get("formatted_name")), *numbers]
        if any(parts):
            lines.append("Kontak: " + ", ".join(part for part in parts if part))
    return Said("\n".join(lines) or None)


def _reaction(part: Mapping[str, Json]) -> Said:
    return Said(words(part.get("emoji")), reacts_to=word(part.get("message_id"), 512))


def _system(_part: Mapping[str, Json]) -> Said:
    # Meta's own sentence repeats phone numbers.
    return Said("Pemberitahuan dari WhatsApp.")


_READERS: Mapping[str, Callable[[dict[str, Json]], Said]] = {
    "text": _text,
    "image": _media,
    "video": _media,
    "audio": _media,
    "document": _media,
    "sticker": _media,
    "location": _location,
    "interactive": _interactive,
    "button": _button,
    "reaction": _reaction,
    "system": _system,
}


def _confirmed(payload: Json) -> str | None:
    found = _CONFIRM.fullmatch(payload) if isinstance(payload, str) else None
    return found[1] if found else None


def mapped(value: Json) -> dict[str, Json]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def listed(value: Json) -> list[Json]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def words(value: Json) -> str | None:
    """Text of a person: without control characters and halves of characters, which no database takes; None if blank."""
    if not isinstance(value, str):
        return None
    text = _CONTROLS.sub("", value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")).strip()
    return text or None


def word(value: Json, longest: int = 200) -> str | None:
    """An identifier of Meta's: printable ASCII without blanks."""
    good = isinstance(value, str) and 0 < len(value) <= longest and value.isascii() and value.isprintable()
    return value if good and " " not in value else None


def phone(value: Json) -> str | None:
    """The digits of a phone number with its country code."""
    if not isinstance(value, str | int) or isinstance(value, bool):
        return None
    digits = re.sub(r"[^0-9]", "", str(value)[:40])
    return digits if 5 <= len(digits) <= 20 else None


def name(value: Json) -> str | None:
    """A profile's name; it stands open in the database, so numbers in it are hidden."""
    text = words(value)
    return mask_numbers(" ".join(text.split())[:_LONGEST_NAME]) if text else None


def moment(value: Json, received_at: datetime) -> datetime | None:
    """The time of a message: Unix seconds, neither before WhatsApp nor after its arrival here."""
    if not isinstance(value, str | int) or isinstance(value, bool):
        return None
    digits = str(value) if isinstance(value, str) or abs(value) < 10**12 else ""
    if not re.fullmatch(r"[0-9]{1,12}", digits):
        return None
    try:
        at = datetime.fromtimestamp(int(digits), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return at if _EARLIEST <= at <= received_at else None
