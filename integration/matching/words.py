"""A text as folded words, each with where it stands and what parts it from the one before."""

import re
from dataclasses import dataclass

from integration.matching.fold import fold
from integration.matching.wording import speech_words

_TOKEN = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[,;:()\n?!/\"=]|\.(?=\s|$)|\s-\s")
# "anak2", "Sanga2": said twice.
_TWICE = re.compile(r"^([a-z]{3,})2([a-z]*)$")
# "a/n", "a.n.": on behalf of; written as one word so that its letters are no name.
_ON_BEHALF = re.compile(r"\b[aA]\s?[./]\s?[nN]\b\.?")
# After these a full stop shortens a word and parts nothing.
_SHORT = speech_words("shortened")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: folded, where it stands, whether a sign parts it from the one before, and how it is written."""

    text: str
    start: int
    end: int
    parted: bool
    capital: bool
    colon: bool = False


def words_of(text: str) -> list[Word]:
    """The words of a text in order. Apostrophes are dropped, "anak2" is two words."""
    plain = _ON_BEHALF.sub(lambda match: "an".ljust(len(match.group())), text)
    plain = "".join(" " if c in "*_~" else c for c in plain)
    found: list[Word] = []
    last = 0
    shout = sum(c.isupper() for c in plain) > 0.7 * sum(c.isalpha() for c in plain)
    quotes = "'’`‘"
    token = re.compile(rf"[^\W_]+(?:[{quotes}][^\W_]+)*")
    for match in token.finditer(plain):
        folded = fold("".join(c for c in match.group() if c not in quotes))
        if not folded:
            continue
        gap = plain[last : match.start()]
        parted = bool(_BREAK.search(gap)) and not (
            found and found[-1].text in _SHORT and "." in gap and "\n" not in gap
        )
        # Who shouts writes nothing small; what is an abbreviation is no name.
        capital = match.group()[0].isupper() and not shout and (len(folded) == 1 or not match.group().isupper())
        for place, part in enumerate(_parts(folded)):
            found.append(
                Word(part, match.start(), match.end(), parted and place == 0, capital, ":" in gap or "=" in gap)
            )
        last = match.end()
    return found


def _parts(folded: str) -> list[str]:
    parts: list[str] = []
    for part in folded.split():
        twice = _TWICE.match(part)
        parts += [twice[1], twice[1] + twice[2]] if twice else [part]
    return parts
