"""Which counts of the registry are withheld from those who may not see its people. Pure.

Parts of a whole are covered together: how many records a place has; how many of them are valid, invalid, unchecked; how
many fresh, old, undated. The parts of a place are shown or withheld all at once. They are withheld where one of them is
from 1 to `smallest - 1`, and with it those of as many other places as it takes until there are two, and until each part
adds up over them to nothing or to `smallest` at least. Then every withheld part lies, for somebody who knows all the
sums, in a range at least `smallest` wide: the places' parts are free but for their sums (the bounds of Frechet), and no
sum that is not nothing is smaller.

Places lie in others. Where the parts of a kecamatan are withheld, so are those of everything in it; where they are
shown, its villages are covered among themselves, as their sum is known.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

# A place's code; None is what is not known to lie anywhere. And counts that add up to a whole.
Place: TypeAlias = str | None
Parts: TypeAlias = tuple[int, ...]


def withheld(parts: Mapping[Place, Parts], smallest: int) -> frozenset[Place]:
    """The places whose parts are withheld, where the sums over all places are known."""
    hidden = {place for place, counts in parts.items() if any(0 < n < smallest for n in counts)}
    # The smallest first: with the least said.
    waiting = sorted(parts.keys() - hidden, key=lambda place: (sum(parts[place]), place or ""))
    while hidden and not _is_covered([parts[place] for place in hidden], smallest) and waiting:
        hidden.add(waiting.pop(0))
    return frozenset(hidden)


def _is_covered(hidden: list[Parts], smallest: int) -> bool:
    sums = [sum(counts) for counts in zip(*hidden, strict=True)]
    # A place without records covers nothing.
    return sum(any(counts) for counts in hidden) > 1 and all(n == 0 or n >= smallest for n in sums)


def withheld_below(
    parts: Mapping[Place, Parts], above: Callable[[Place], Place], smallest: int
) -> tuple[frozenset[Place], frozenset[Place]]:
    """The places whose parts are withheld, and those above them: `above` says which a place lies in."""
    inside: dict[Place, dict[Place, Parts]] = {}
    for place, counts in parts.items():
        inside.setdefault(above(place), {})[place] = counts
    wholes = {over: tuple(map(sum, zip(*places.values(), strict=True))) for over, places in inside.items()}
    hidden_wholes = withheld(wholes, smallest)
    hidden: set[Place] = set()
    for over, places in inside.items():
        hidden |= places.keys() if over in hidden_wholes else withheld(places, smallest)
    return frozenset(hidden), hidden_wholes
