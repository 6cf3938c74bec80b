"""A name as a person would write it on a form, from a text in which it may be all small or all large.

"bu kartini noor" and "BU KARTINI NOOR" are Kartini Noor; what somebody wrote with its capitals stays as it is. Whether
somebody made the pilgrimage is part of how they are called (H., Hj.); words of address are not.
"""

import re

_BETWEEN = frozenset({"bin", "binti", "binte", "ibn", "bt"})
_PILGRIM = {"h": "H.", "haji": "H.", "hj": "Hj.", "hajjah": "Hj.", "hajah": "Hj.", "hjh": "Hj."}
_BEFORE = re.compile(r"([^\W\d_]+)[.]?\s+$")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’`][^\W\d_]+)*")
_SHORT = 2


def written_name(text: str, start: int, end: int) -> str:
    """The name that stands from `start` to `end`, with the H. or Hj. before it."""
    name = " ".join(text[start:end].split())
    before = _BEFORE.search(text, max(0, start - 12), start)
    shouted = name.isupper() and (len(name) > _SHORT or text.isupper())
    # Who writes one word large writes all so: "Kartini noor" is left to its writer only where each begins large.
    if shouted or not all(word[0].isupper() for word in name.split() if word.lower() not in _BETWEEN):
        name = _LETTERS.sub(_large, name)
    pilgrim = _PILGRIM.get(before[1].lower()) if before else None
    return f"{pilgrim} {name}" if pilgrim else name


def _large(match: re.Match[str]) -> str:
    word = match.group().lower()
    return word if word in _BETWEEN and match.start() else word[0].upper() + word[1:]
