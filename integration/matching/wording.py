"""The words and rules a message is read by, from `integration/data`."""

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from integration.codes import ReportCategory

_DATA = Path(__file__).parent.parent / "data"


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


@lru_cache(maxsize=16384)
def mended(word: str) -> str:
    """A folded word, or the everyday word of five letters or more that it is one slip away from."""
    if len(word) < 5 or not word.isalpha() or word in plain_words():
        return word
    near = process.extractOne(word, _long_words(), scorer=OSA.distance, score_cutoff=1)
    return word if near is None else near[0]


@cache
def _long_words() -> tuple[str, ...]:
    return tuple(sorted(word for word in plain_words() if len(word) >= 5))


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
