"""What each outcome of a comparison weighs, and from when on a match is told, from `integration/data`.

The weights are bits (base-2 logarithms of likelihood ratios) of a conditional logit over the candidates and nobody:
`scripts/evaluate-matching FOLDER --learn` writes `match_weights.json` anew from reports whose truth is known, with the
probability from which on a match is confirmed without an officer. What officers are shown is a choice of the office:
`match_thresholds.csv`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from integration.datafiles import DATA, read_csv

FILE = DATA / "match_weights.json"


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
def chosen() -> Mapping[str, float]:
    """The thresholds that are a choice, by name: `suggest`, `ambiguous`, `nobody`."""
    return {line["name"]: float(line["probability"]) for line in read_csv(DATA / "match_thresholds.csv")}


@cache
def learned() -> Weights:
    """The weights of the product."""
    with FILE.open(encoding="utf-8") as file:
        told = json.load(file)
    return Weights(told["bits"], told["prior"], confirm=told["confirm"], **chosen())
