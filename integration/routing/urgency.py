"""Words that say somebody may be in danger now: child at risk, violence, disaster. No database.

They are data (`integration/data/urgent_words.csv`). A word too many costs an officer one look; one too few may cost a
report its place, so a word that also occurs in harmless reports (banjir) is in the list.
"""

import csv
import re
from functools import cache
from pathlib import Path

from integration.matching.fold import fold

_FILE = Path(__file__).parents[1] / "data" / "urgent_words.csv"


def in_words(text: str) -> bool:
    """Whether a text names a danger, as whole words, whatever their case and punctuation."""
    return _pattern().search(fold(text)) is not None


@cache
def _pattern() -> re.Pattern[str]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        phrases = [fold(line["words"]) for line in csv.DictReader(file)]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b")
