"""The words and rules a message is read by, from `integration/data`."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from integration.codes import ReportCategory
from integration.matching.fold import fold
from integration.matching.names import TITLES

_DATA = Path(__file__).parent.parent / "data"
_BEHIND = re.compile(r"(?:nya|lah|kah|kan nya|ny|ku|mu|na|pun)$")
# Prefixes, and the letter that a nasal one swallowed.
_BEFORE = (
    ("di", ""), ("ter", ""), ("ber", ""), ("be", ""), ("ba", ""), ("se", ""), ("ke", ""), ("per", ""), ("pe", ""),
    ("me", ""),
    ("meny", "s"), ("mem", ""), ("mem", "p"), ("men", ""), ("men", "t"), ("meng", ""), ("meng", "k"), ("maen", ""),
    ("peny", "s"), ("pem", ""), ("pem", "p"), ("pen", ""), ("pen", "t"), ("peng", ""), ("peng", "k"), ("ny", "s"),
    ("nge", ""), ("ng", ""), ("ng", "k"), ("n", "t"), ("maka", ""), ("ma", ""), ("memper", ""),
    ("diper", ""), ("keber", ""),
    ("berke", ""), ("pember", ""), ("member", ""), ("diber", ""), ("ta", ""), ("teng", ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cue:
    """A turn of phrase that speaks for a category, and perhaps for a kind of need."""

    category: ReportCategory
    ppks_code: str | None
    weight: float
    pattern: re.Pattern[str]


@cache
def plain_words() -> frozenset[str]:
    """Words of everyday speech and chat, folded: no names."""
    with (_DATA / "plain_words.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(word for line in csv.DictReader(file) for word in line["words"].split())


@cache
def speech_words(kind: str) -> frozenset[str]:
    """Words that play a part in how people tell of somebody: of kin, of offices, of themselves; folded."""
    with (_DATA / "speech_words.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(
            word for line in csv.DictReader(file) if line["kind"] == kind for word in line["words"].split()
        )


@cache
def given_names() -> frozenset[str]:
    """Words that are mostly names of people in Kutai Kartanegara, folded."""
    with (_DATA / "given_names.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(word for line in csv.DictReader(file) for word in line["names"].split())


@lru_cache(maxsize=16384)
def is_everyday(word: str) -> bool:
    """Whether a folded word is of everyday speech, as it is or with what Indonesian puts before and behind a word."""
    if word in plain_words():
        return True
    if word in given_names():
        return False
    bare = _BEHIND.sub("", word) if len(word) > 4 else word
    if bare != word and (bare in plain_words() or bare in TITLES):
        return True
    return any(stem in plain_words() or stem in TITLES for stem in _stems(bare) if len(stem) > 3)


def _stems(word: str) -> Iterator[str]:
    """What may be left of a word without its affixes. Alone only "-an" and "-kan" are endings: "-i" ends many names."""
    ends = [word[: -len(end)] for end in ("kan", "an") if word.endswith(end)]
    yield from ends
    for before, instead in _BEFORE:
        if word.startswith(before):
            rest = instead + word[len(before) :]
            yield rest
            yield from (rest[: -len(end)] for end in ("kan", "an", "i") if rest.endswith(end))


@cache
def _words_of_places() -> frozenset[str]:
    with (_DATA / "regions.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(word for line in csv.DictReader(file) for word in fold(line["name"]).split())


@lru_cache(maxsize=16384)
def mended(word: str) -> str:
    """A folded word, or the everyday word of five letters or more that it is one slip away from."""
    if len(word) < 5 or not word.isalpha() or is_everyday(word) or word in _words_of_places():
        return word
    near = process.extractOne(word, _long_words(), scorer=OSA.distance, score_cutoff=1)
    return word if near is None else near[0]


@cache
def _long_words() -> tuple[str, ...]:
    return tuple(sorted(word for word in plain_words() if len(word) >= 5))


@cache
def _same_words() -> Mapping[str, str]:
    with (_DATA / "same_words.csv").open(encoding="utf-8", newline="") as file:
        return {variant: line["word"] for line in csv.DictReader(file) for variant in line["variants"].split()}


def same_word(word: str) -> str:
    """The Indonesian word for a folded one of chat or dialect that means the same; else the word itself."""
    return _same_words().get(word, word)


@cache
def _canonical_words() -> frozenset[str]:
    return frozenset(_same_words().values())


@lru_cache(maxsize=16384)
def root(word: str) -> str:
    """What is left of a folded word without slips, dialect and affixes: "didaftarkan", "ndaftar" are both "daftar"."""
    right = word if _is_same(word) else mended(word)
    bare = right if _is_same(right) or len(right) <= 4 else _BEHIND.sub("", right)
    if _is_same(bare):
        return same_word(bare)
    stems = [one for one in (bare, *_stems(bare)) if len(one) > 3 and (one in plain_words() or _is_same(one))]
    return same_word(min(stems, key=len)) if stems else bare


def _is_same(word: str) -> bool:
    """Whether a word is one of several that mean the same: then it has no affixes to look behind."""
    return word in _same_words() or word in _canonical_words()


@cache
def cues() -> tuple[Cue, ...]:
    """All turns of phrase, in the order of their file; they are looked for in folded text."""
    with (_DATA / "category_cues.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Cue(
                ReportCategory(line["category"]),
                line["ppks"] or None,
                float(line["weight"]),
                re.compile(line["pattern"]),
            )
            for line in csv.DictReader(file)
        )
