"""Learning what words speak for which category and kind of need, from texts whose meaning is known.

A multinomial logistic regression over the features of `integration.matching.features`, with a pull to zero: the texts
are few and the words many. Deterministic, in plain Python.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_ROUNDS = 60
_STEP = 0.3
# The pull to zero, for each text.
PULL = 0.002
_LEAST = 0.05
# In how many texts a pair of words must stand; most short texts are told twice.
_PAIRED = 3
# 0: labels count by how many texts they have; 1: all alike.
FAIR = 0.5


@dataclass(frozen=True, slots=True)
class Example:
    """The features of a text with their strengths, and the label it should get."""

    features: tuple[tuple[str, float], ...]
    label: str


Table = dict[str, dict[str, float]]


def teach(examples: Sequence[Example], pull: float = PULL) -> Table:
    """The weight of each feature for each label, in nats; "" is the feature every text has."""
    labels = sorted({one.label for one in examples})
    places = {label: place for place, label in enumerate(labels)}
    told = Counter(name for one in examples for name, _ in one.features)
    names: dict[str, int] = {"": 0}
    texts = []
    for one in examples:
        # A pair of words that hardly a text has tells less than its words do.
        kept = [(name, value) for name, value in one.features if told[name] >= _PAIRED or " " not in name]
        texts.append(
            ([(0, 1.0), *((names.setdefault(name, len(names)), value) for name, value in kept)], places[one.label])
        )
    size, count = len(labels), len(texts)
    weights = [[0.0] * size for _ in names]
    squares = [[1e-8] * size for _ in names]
    shares = Counter(right for _, right in texts)
    # How many texts of each kind were written down is no measure of how often people tell of it.
    fair = [(count / size / shares[k]) ** FAIR for k in range(size)]
    for _ in range(_ROUNDS):
        slopes: dict[int, list[float]] = {}
        for row, right in texts:
            off = chances([sum(value * weights[place][k] for place, value in row) for k in range(size)])
            off[right] -= 1.0
            off = [fair[right] * one for one in off]
            for place, value in row:
                slope = slopes.setdefault(place, [0.0] * size)
                for k in range(size):
                    slope[k] += value * off[k]
        for place, slope in slopes.items():
            mine, square = weights[place], squares[place]
            held = 0.0 if place == 0 else pull * count
            for k in range(size):
                steep = slope[k] + held * mine[k]
                square[k] += steep * steep
                mine[k] -= _STEP * steep / math.sqrt(square[k])
    table: Table = {}
    for name, place in names.items():
        told_for = {
            label: round(weights[place][k], 2) for k, label in enumerate(labels) if abs(weights[place][k]) >= _LEAST
        }
        if told_for or not name:
            table[name] = told_for
    return table


def chances(weights: Sequence[float]) -> list[float]:
    """How likely each label is by the sums of its weights in nats."""
    top = max(weights)
    odds = [math.exp(one - top) for one in weights]
    whole = sum(odds)
    return [one / whole for one in odds]
