"""What somebody finds out who knows some sums of counts: least and most of each, by Fractions and Bland's rule.

Nothing of the code under test is used; a question is one equation.
"""

from collections.abc import Hashable, Sequence
from fractions import Fraction
from typing import TypeAlias

# The unknown counts that add up to a published number.
Known: TypeAlias = Sequence[tuple[Sequence[Hashable], int]]
_Row: TypeAlias = list[Fraction]


def solve(known: Known, wanted: Sequence[Sequence[Hashable]]) -> list[tuple[Fraction, Fraction | None]]:
    """The least and the most that each wanted sum can be, if no count is negative. None: no end."""
    names = sorted({name for sums, _ in (*known, *((sums, 0) for sums in wanted)) for name in sums}, key=repr)
    place = {name: at for at, name in enumerate(names)}
    rows = []
    for sums, total in known:
        row = [Fraction(0)] * (len(names) + 1)
        for name in sums:
            row[place[name]] += 1
        row[-1] = Fraction(total)
        rows.append(row)
    tableau, basis = _feasible(rows, len(names))
    answers = []
    for sums in wanted:
        goal = [Fraction(0)] * len(names)
        for name in sums:
            goal[place[name]] += 1
        least = _maximum([row[:] for row in tableau], basis[:], [-one for one in goal])
        assert least is not None
        answers.append((-least, _maximum([row[:] for row in tableau], basis[:], goal)))
    return answers


def _feasible(rows: list[_Row], width: int) -> tuple[list[_Row], list[int]]:
    """A first solution: a helper count per equation, brought down to nothing."""
    size = len(rows)
    tableau = [[*row[:-1], *(Fraction(at == one) for one in range(size)), row[-1]] for at, row in enumerate(rows)]
    basis = [width + at for at in range(size)]
    worth = [Fraction(0)] * width + [Fraction(-1)] * size
    assert _maximum(tableau, basis, worth) == 0, "what is published contradicts itself"
    for at in range(size):
        if basis[at] >= width:
            column = next((one for one in range(width) if tableau[at][one]), None)
            if column is not None:
                _pivot(tableau, basis, at, column)
    kept = [at for at in range(size) if basis[at] < width]
    return [[*tableau[at][:width], tableau[at][-1]] for at in kept], [basis[at] for at in kept]


def _maximum(tableau: list[_Row], basis: list[int], worth: Sequence[Fraction]) -> Fraction | None:
    while True:
        priced = [(row, worth[basis[at]]) for at, row in enumerate(tableau) if worth[basis[at]]]
        entering = next(
            (
                c
                for c in range(len(worth))
                if c not in basis and worth[c] - sum(row[c] * price for row, price in priced) > 0
            ),
            None,
        )
        if entering is None:
            return sum((row[-1] * price for row, price in priced), Fraction(0))
        limits = [(row[-1] / row[entering], basis[at], at) for at, row in enumerate(tableau) if row[entering] > 0]
        if not limits:
            return None
        _pivot(tableau, basis, min(limits)[2], entering)


def _pivot(tableau: list[_Row], basis: list[int], at: int, column: int) -> None:
    by = tableau[at][column]
    tableau[at] = [value / by for value in tableau[at]]
    for other, row in enumerate(tableau):
        if other != at and row[column]:
            factor = row[column]
            tableau[other] = [value - factor * own for value, own in zip(row, tableau[at], strict=True)]
    basis[at] = column


def worlds(size: int, total: int) -> list[tuple[int, ...]]:
    """Every way to spread so many over so many places."""
    if size == 1:
        return [(total,)]
    return [(first, *rest) for first in range(total + 1) for rest in worlds(size - 1, total - first)]
