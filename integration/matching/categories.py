"""Which category and kind of need a text speaks for. A suggestion: an officer decides.

Every feature of the text (`features`) speaks for or against each category by a weight that was learned from texts whose
meaning is known: `scripts/learn-categories` writes `integration/data/category_weights.csv`. What of the text spoke most
for the answer is kept, for the officer to see.
"""

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from integration.codes import ReportCategory
from integration.matching.features import Feature, features

FILE = Path(__file__).parent.parent / "data" / "category_weights.csv"

Stretch = tuple[int, int]
# By feature and label, in nats; "" is the feature every text has.
Weights = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Answer:
    """A label, how likely it is (0 to 1), and the stretch of the text that spoke most for it (characters)."""

    label: str
    confidence: float
    stretch: Stretch


@dataclass(frozen=True, slots=True)
class Suggested:
    """The category a text speaks for and, where it tells of a person in need, the kind of need."""

    category: ReportCategory
    confidence: float
    stretch: Stretch
    need: Answer | None = None

    @property
    def ppks_code(self) -> str | None:
        """The code of the kind of need."""
        return None if self.need is None else self.need.label


def suggest_category(text: str) -> Suggested | None:
    """What most speaks for; None where nothing does, or where a text speaks for nothing ("terima kasih, pak")."""
    told = features(text)
    best = answer(told, learned("category"))
    if best is None or not best.label:
        return None
    category, need = ReportCategory(best.label), None
    if category is ReportCategory.PPKS_SIGHTING:
        need = answer(told, learned("ppks"))
    if need is not None and not need.label:
        need = None
    return Suggested(category, best.confidence, best.stretch, need)


def answer(told: Sequence[Feature], weights: Weights) -> Answer | None:
    """The likeliest label; None if nothing in the text was ever seen."""
    known = [one for one in told if one.name in weights]
    if not known:
        return None
    sums = dict(weights[""])
    for one in known:
        for label, weight in weights[one.name].items():
            sums[label] = sums.get(label, 0.0) + weight * one.value
    top = max(sums.values())
    odds = {label: math.exp(value - top) for label, value in sums.items()}
    best = max(sorted(odds), key=lambda label: odds[label])
    speaking = max(known, key=lambda one: weights[one.name].get(best, 0.0) * one.value)
    return Answer(best, round(odds[best] / sum(odds.values()), 3), (speaking.start, speaking.end))


@cache
def learned(about: str) -> Weights:
    """The weights of the product for "category" or "ppks"."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {
            line["feature"]: {
                label: float(weight) for label, _, weight in (one.rpartition(":") for one in line["weights"].split())
            }
            for line in csv.DictReader(file)
            if line["about"] == about
        }
