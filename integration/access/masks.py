"""What may be shown of an identifier: first and last four digits of a NIK or KK, the last four of a phone."""

import re

# Sixteen digits, however a person spaced, dotted or dashed them, not part of a longer number.
SIXTEEN = re.compile(r"(?<!\d)(?:\d[ .\-\u2013]{0,2}){15}\d(?!\d)")

# Nine digits and more: a phone number, a NIK or an account, whatever it is called.
LONG_NUMBER = re.compile(r"[0-9](?:[ .\-\u2013]{0,2}[0-9]){8,}")


def mask_identifier(value: str) -> str:
    """6402065505809001 becomes 6402********9001; anything too short to mask is hidden whole."""
    if len(value) < 12:
        return "*" * len(value)
    return f"{value[:4]}{'*' * (len(value) - 8)}{value[-4:]}"


def mask_phone(value: str) -> str:
    """Only the last four digits stay."""
    if len(value) <= 4:
        return "*" * len(value)
    return f"{'*' * (len(value) - 4)}{value[-4:]}"


def mask_text(text: str) -> str:
    """Mask every 16-digit number standing in free text, also spaced or dotted."""
    return SIXTEEN.sub(lambda found: mask_identifier(re.sub(r"\D", "", found.group())), text)


def shown_at(text: str, place: int) -> int:
    """Where a place of a text stands in `mask_text` of it: numbers are shown without what parted their digits."""
    shown = place
    for number in SIXTEEN.finditer(text):
        start, end = number.span()
        if place <= start:
            break
        shown -= (min(place, end) - start) - min(place - start, 16)
    return shown


def mask_numbers(text: str) -> str:
    """Mask every long number in a text that stands open in the database, such as a name."""
    return LONG_NUMBER.sub(lambda found: mask_phone(re.sub(r"[^0-9]", "", found.group())), text)
