"""Which counts of people to withhold (suppression), so that what is published does not give them back.

The tables are a chain: dimensions in an order, and one table for each two that stand next to each other, with all
margins and the total. A table of one dimension, or of two, is the shortest chain. In a chain every count is an arc of
one network (total, first margin, table, second margin, table ...), and what is published says how much flows through
some of its arcs. So the least and the most that a withheld count can be, given everything published and that no count
is negative, is a greatest flow: exact, and whole numbers. Tables that meet in one dimension only can always be put
together to some set of reports, so there is nothing more to find out by looking for that set.

A count from 1 to `smallest - 1` is withheld for itself. Others are withheld with it, as few and as small ones as a
cheapest path finds, until nobody can say of any withheld count that it lies in a range narrower than `smallest`. Zeros
are shown, and may be withheld like any other count. What is decided for one chain holds for whatever is made of it
afterwards: a sum of counts of which one is withheld is withheld.

L. H. Cox, "Network Models for Complementary Cell Suppression", JASA 90 (1995), 1453-1462.
"""

import heapq
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, pairwise
from typing import TypeAlias

# A group is named by a code; None is what has none.
Group: TypeAlias = str | None
# A count, by what its reports have in common: () is all, ("OTHER",) one group, ("64.02.06", "OTHER") two together.
Cell: TypeAlias = tuple[tuple[int, Group], ...]

# Totals are missed more than single counts: what withholding one weighs, against its being a count in a table.
_OF_MARGIN = 4
_OF_TOTAL = 1_000
_ENDLESS = 1 << 60


@dataclass(frozen=True, slots=True)
class Chain:
    """Counts to publish. `groups` are the groups of each dimension, in order; `tables` counts by two neighbours.

    With one dimension `margin` holds its counts instead. What has no entry is 0.
    """

    groups: tuple[tuple[Group, ...], ...]
    tables: tuple[Mapping[tuple[Group, Group], int], ...] = ()
    margin: Mapping[Group, int] = field(default_factory=dict)

    def counts(self) -> dict[Cell, int]:
        """Every count, with margins and the total. ValueError if neighbouring tables do not agree."""
        found: dict[Cell, int] = {}
        for place, groups in enumerate(self.groups):
            for group in groups:
                found[((place, group),)] = self._of(place, group)
        for place, table in enumerate(self.tables):
            for one in self.groups[place]:
                for other in self.groups[place + 1]:
                    found[(place, one), (place + 1, other)] = table.get((one, other), 0)
        found[()] = sum(found[((0, group),)] for group in self.groups[0])
        return found

    def _of(self, place: int, group: Group) -> int:
        sums = []
        if place < len(self.tables):
            sums.append(sum(n for (one, _), n in self.tables[place].items() if one == group))
        if place > 0:
            sums.append(sum(n for (_, other), n in self.tables[place - 1].items() if other == group))
        if not sums:
            return self.margin.get(group, 0)
        if len(set(sums)) > 1:
            raise ValueError("two tables count the same groups differently")
        return sums[0]


def withheld(chain: Chain, smallest: int) -> frozenset[Cell]:
    """The counts to withhold, so that none below `smallest` (and above 0) is shown or found out."""
    counts = chain.counts()
    network = _Network(chain, counts)
    waiting = deque(sorted((c for c, n in counts.items() if 0 < n < smallest), key=lambda cell: _first(counts, cell)))
    network.withheld.update(waiting)
    while waiting:
        waiting.extend(network.protect(waiting.popleft(), smallest))
    return frozenset(network.withheld)


def withheld_beside(chain: Chain, decided: frozenset[Cell], smallest: int) -> frozenset[Cell]:
    """The counts of the first dimension to withhold, where all others are published but those of `decided`.

    Nothing published is taken back: where that leaves no way, all counts of the first dimension are withheld. A group
    whose count is withheld is withheld in every group of the first dimension. So these counts fit every value that the
    decided ones can have, say nothing new of them, and any number of first dimensions can be published beside each
    other.
    """
    counts = chain.counts()
    new = frozenset(cell for cell in counts if cell and cell[0][0] == 0)
    network = _Network(chain, counts, fixed=frozenset(counts) - new - decided)
    hidden = {cell for cell in new if 0 < counts[cell] < smallest or cell[1:] in decided}
    network.withheld.update(decided, hidden)
    waiting = deque(sorted(hidden, key=lambda cell: _first(counts, cell)))
    try:
        while waiting:
            waiting.extend(network.protect(waiting.popleft(), smallest))
    except _NoWayError:
        return new
    return frozenset(network.withheld & new)


def ranges(chain: Chain, hidden: Iterable[Cell]) -> dict[Cell, tuple[int, int | None]]:
    """The least and the most each withheld count can be for somebody who knows all the others; None: no end."""
    network = _Network(chain, chain.counts())
    network.withheld.update(hidden)
    return {cell: network.range_of(cell) for cell in network.withheld}


def chain_of(counts: Mapping[tuple[Group, ...], int], groups: Sequence[Sequence[Group]]) -> Chain:
    """One table of one or two dimensions as a chain."""
    named = tuple(tuple(each) for each in groups)
    if len(named) == 1:
        return Chain(named, margin={key[0]: n for key, n in counts.items()})
    return Chain(named, ({(key[0], key[1]): n for key, n in counts.items()},))


def _first(counts: Mapping[Cell, int], cell: Cell) -> tuple[int, int, str]:
    """Totals before tables: what a total takes with it protects much of its table."""
    return len(cell), counts[cell], repr(cell)


class _NoWayError(Exception):
    """What may be withheld does not protect a count."""


@dataclass(slots=True)
class _Network:
    """The counts as arcs between numbered places; `withheld` arcs may carry any amount, the others what they do.

    `fixed` ones are published and stay so.
    """

    chain: Chain
    counts: Mapping[Cell, int]
    withheld: set[Cell] = field(default_factory=set)
    fixed: frozenset[Cell] = frozenset()
    _ends: dict[Cell, tuple[int, int]] = field(default_factory=dict)
    _from: list[list[tuple[int, Cell, bool]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        start, end = 0, 1
        numbers, last = count(2), len(self.chain.groups) - 1
        into: dict[tuple[int, Group], int] = {}
        out: dict[tuple[int, Group], int] = {}
        for place, groups in enumerate(self.chain.groups):
            for group in groups:
                into[place, group] = start if place == 0 else next(numbers)
                out[place, group] = end if place == last else next(numbers)
                self._ends[((place, group),)] = into[place, group], out[place, group]
        for place, (ones, others) in enumerate(pairwise(self.chain.groups)):
            for one in ones:
                for other in others:
                    self._ends[(place, one), (place + 1, other)] = out[place, one], into[place + 1, other]
        self._ends[()] = end, start
        self._from = [[] for _ in range(next(numbers))]
        for cell, (tail, head) in self._ends.items():
            self._from[tail].append((head, cell, True))
            self._from[head].append((tail, cell, False))

    # --- what can be found out

    def range_of(self, cell: Cell) -> tuple[int, int | None]:
        """The least and the most a withheld count can be."""
        tail, head = self._ends[cell]
        here = self.counts[cell]
        less = self._push(tail, head, cell, here)
        more = self._push(head, tail, cell, _ENDLESS)
        return here - less, None if more >= _ENDLESS else here + more

    def protect(self, cell: Cell, width: int) -> list[Cell]:
        """Withhold more, until this withheld count has a range at least so wide; what was added."""
        tail, head = self._ends[cell]
        need = width - self._push(tail, head, cell, min(self.counts[cell], width))
        if need <= 0:
            return []
        flow: dict[Cell, int] = {}
        need -= self._push(head, tail, cell, need, flow)
        added: list[Cell] = []
        while need > 0:
            path = self._cheapest(head, tail, cell, flow)
            for step, _ in path:
                if step not in self.withheld:
                    self.withheld.add(step)
                    added.append(step)
            need -= self._send(path, need, flow)
            need -= self._push(head, tail, cell, need, flow)
        return added

    # --- flows

    def _room(self, cell: Cell, forwards: bool, flow: Mapping[Cell, int]) -> int:
        return _ENDLESS if forwards else self.counts[cell] + flow.get(cell, 0)

    def _push(self, start: int, goal: int, but: Cell, most: int, flow: dict[Cell, int] | None = None) -> int:
        """How much more can go from one place to another through withheld counts, up to `most`; `flow` is what does."""
        flow = {} if flow is None else flow
        sent = 0
        while sent < most and (path := self._shortest(start, goal, but, flow)):
            sent += self._send(path, most - sent, flow)
        return sent

    def _send(self, path: Sequence[tuple[Cell, bool]], most: int, flow: dict[Cell, int]) -> int:
        amount = min(most, *(self._room(cell, forwards, flow) for cell, forwards in path))
        for cell, forwards in path:
            flow[cell] = flow.get(cell, 0) + (amount if forwards else -amount)
        return amount

    def _shortest(self, start: int, goal: int, but: Cell, flow: Mapping[Cell, int]) -> list[tuple[Cell, bool]]:
        """A way through withheld counts only; empty if there is none."""
        came: dict[int, tuple[int, Cell, bool]] = {start: (start, but, True)}
        waiting = deque([start])
        while waiting:
            place = waiting.popleft()
            for there, cell, forwards in self._from[place]:
                if there in came or cell == but or cell not in self.withheld:
                    continue
                if forwards or self._room(cell, forwards, flow) > 0:
                    came[there] = place, cell, forwards
                    if there == goal:
                        return _way(came, start, goal)
                    waiting.append(there)
        return []

    def _cheapest(self, start: int, goal: int, but: Cell, flow: Mapping[Cell, int]) -> list[tuple[Cell, bool]]:
        """The way that withholds least. Where nothing is fixed there is one, as the total is on some."""
        best, came = {start: 0}, {start: (start, but, True)}
        waiting = [(0, start)]
        while waiting:
            cost, place = heapq.heappop(waiting)
            if place == goal:
                break
            if cost > best[place]:
                continue
            for there, cell, forwards in self._from[place]:
                if cell == but or cell in self.fixed or self._room(cell, forwards, flow) <= 0:
                    continue
                further = cost + self._weight(cell)
                if further < best.get(there, _ENDLESS):
                    best[there], came[there] = further, (place, cell, forwards)
                    heapq.heappush(waiting, (further, there))
        if goal not in came:
            raise _NoWayError
        return _way(came, start, goal)

    def _weight(self, cell: Cell) -> int:
        if cell in self.withheld:
            return 0
        # Rather a small count than a large one, rather one of a table than a margin.
        return (10 + min(self.counts[cell], 1_000)) * (_OF_TOTAL if not cell else _OF_MARGIN if len(cell) == 1 else 1)


def _way(came: Mapping[int, tuple[int, Cell, bool]], start: int, goal: int) -> list[tuple[Cell, bool]]:
    way: list[tuple[Cell, bool]] = []
    while goal != start:
        goal, cell, forwards = came[goal]
        way.append((cell, forwards))
    return way[::-1]
