"""What a text is weighed by when its category is told: its words without affixes, pairs of them, turns of phrase.

Words of chat and dialect that mean the same are one word ("kada", "ndak", "gak": tidak), slips of the finger are
mended, and what a text says it is *not* about is left out ("bukan minta beras, cuma mau lapor ..."). Each feature keeps
the stretch of the text it comes from, for an officer to see.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from integration.matching.wording import cues, given_names, mended, plain_words, root, same_word
from integration.matching.words import Word, words_of

# A second turn of phrase for the same thing counts less than the first.
_AGAIN = 0.4
# Turns of phrase weigh up to 7 in their file, words 1 here.
_SCALE = 0.25
# After one of these, what somebody denies is over, or is no denial at all ("bukan cuma", "bukan main").
_TURNS = frozenset(
    {"tapi", "melainkan", "cuma", "hanya", "ingin", "mohon", "minta", "tolong", "saya", "padahal", "karena"}
)
_NO_DENIAL = frozenset({"cuma", "hanya", "saja", "main", "kah"})
_DENIED_AT_MOST = 5


@dataclass(frozen=True, slots=True)
class Feature:
    """Something a text is weighed by, how strong it is, and from where to where it stands (characters)."""

    name: str
    value: float
    start: int
    end: int


def features(text: str) -> list[Feature]:
    """All features of a text, each name once."""
    words = words_of(text)
    kept = [word for word, denied in zip(words, _denied(words), strict=True) if not denied]
    found: dict[str, Feature] = {}
    for one in (*_single(kept), *_paired(kept), *_phrases(kept)):
        found.setdefault(one.name, one)
    return list(found.values())


def _denied(words: Sequence[Word]) -> list[bool]:
    """Which words say what the text is not about."""
    denied = [False] * len(words)
    for at, word in enumerate(words):
        if same_word(word.text) != "bukan" or at + 1 == len(words) or same_word(words[at + 1].text) in _NO_DENIAL:
            continue
        for place in range(at + 1, min(at + 1 + _DENIED_AT_MOST, len(words))):
            if words[place].parted or (place > at + 1 and same_word(words[place].text) in _TURNS):
                break
            denied[place] = True
    return denied


def _single(words: Sequence[Word]) -> Iterator[Feature]:
    for word in words:
        if (plain := _plain(word.text)) is not None:
            yield Feature(plain, 1.0, word.start, word.end)


def _paired(words: Sequence[Word]) -> Iterator[Feature]:
    before: tuple[str, Word] | None = None
    for word in words:
        plain = _plain(word.text)
        if before is not None and plain is not None and not word.parted:
            yield Feature(f"{before[0]} {plain}", 1.0, before[1].start, word.end)
        before = None if plain is None else (plain, word)


def _plain(word: str) -> str | None:
    """A word as it is weighed; None for numbers, names and single letters."""
    if len(word) < 2 or not word.isalpha() or (word in given_names() and word not in plain_words()):
        return None
    return root(word)


def _phrases(words: Sequence[Word]) -> Iterator[Feature]:
    """One feature for each meaning that turns of phrase speak for."""
    if not words:
        return
    mends = [mended(word.text) for word in words]
    folded = " ".join(mends)
    heard: dict[str, list[tuple[float, int, int]]] = defaultdict(list)
    for cue in cues():
        if match := cue.pattern.search(folded):
            # Words are counted by the blanks before them.
            first, last = folded.count(" ", 0, match.start()), folded.count(" ", 0, match.end())
            heard[f"={cue.ppks_code or cue.category.value}"].append(
                (cue.weight, words[first].start, words[min(last, len(words) - 1)].end)
            )
    for name, said in heard.items():
        best, start, end = max(said, key=lambda one: one[0])
        whole = best + _AGAIN * (sum(weight for weight, _, _ in said) - best)
        yield Feature(name, _SCALE * whole, start, end)
