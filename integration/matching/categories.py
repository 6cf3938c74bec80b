"""Which category and kind of need a text speaks for. A suggestion: an officer decides."""

from collections import defaultdict
from dataclasses import dataclass

from integration.codes import ReportCategory
from integration.matching.fold import fold
from integration.matching.wording import cues, mended

# What speaks for the category must weigh at least this much.
_LEAST = 1.0
# A second turn of phrase for the same thing counts less than the first.
_AGAIN = 0.4


@dataclass(frozen=True, slots=True)
class Suggested:
    """The category and kind of need a text speaks for; `confidence` is the share of the weight that speaks for it."""

    category: ReportCategory
    ppks_code: str | None
    confidence: float


def suggest_category(text: str) -> Suggested | None:
    """What most of the weight speaks for; None where nothing does."""
    folded = " ".join(mended(word) for word in fold(text).split())
    heard: dict[tuple[ReportCategory, str | None], list[float]] = defaultdict(list)
    for cue in cues():
        if cue.pattern.search(folded):
            heard[cue.category, cue.ppks_code].append(cue.weight)
    if not heard:
        return None
    weights = {meaning: max(said) + _AGAIN * (sum(said) - max(said)) for meaning, said in heard.items()}
    (category, ppks), best = max(weights.items(), key=lambda item: item[1])
    if best < _LEAST:
        return None
    return Suggested(category, ppks, round(best / sum(weights.values()), 3))
