"""What each outcome of a comparison weighs, and from when on a match is told: learned, in `integration/data`.

The weights are bits (base-2 logarithms of likelihood ratios) of a conditional logit over the candidates and nobody:
`scripts/evaluate-matching FOLDER --learn` writes the file anew from reports whose truth is known.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent.parent / "data" / "match_weights.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """`bits` by field and outcome; `prior` goes to everybody and says how unlikely one is before anything is told.

    `suggest`, `ambiguous`, `confirm` and `nobody` are probabilities: of the first candidate, of all together, of the
    first again, and of nobody.
    """

    bits: Mapping[str, Mapping[str, float]]
    prior: float
    suggest: float
    ambiguous: float
    confirm: float
    nobody: float

    def of(self, field: str, comparison: str) -> float:
        """The bits of an outcome; 0 for one that was never learned."""
        return self.bits.get(field, {}).get(comparison, 0.0)


@cache
def learned() -> Weights:
    """The weights of the product."""
    with FILE.open(encoding="utf-8") as file:
        told = json.load(file)
    return Weights(told["bits"], told["prior"], **told["thresholds"])
