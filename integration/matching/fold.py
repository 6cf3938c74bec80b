"""Names and places as they are compared: without case, accents, punctuation or doubled blanks."""

import re
import unicodedata

_OTHER = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Both "Sanga-Sanga" and "SANGA  SANGA" become "sanga sanga"; only a-z, 0-9 and single spaces are left."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return _OTHER.sub(" ", "".join(c for c in plain if not unicodedata.combining(c))).strip()
