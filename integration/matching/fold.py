"""Names and places as they are compared: without case, accents, punctuation or doubled blanks."""

import re
import unicodedata

_OTHER = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Both "Sanga-Sanga" and "SANGA  SANGA" become "sanga sanga"; only a-z, 0-9 and single spaces are left."""
    plain = text.lower()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return _OTHER.sub(" ", plain).strip()
