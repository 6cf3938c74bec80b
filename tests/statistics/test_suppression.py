"""Small counts are withheld, and nobody who adds, subtracts and solves gets one back."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integration.statistics.suppression import Cell, Chain, Group, chain_of, ranges, withheld, withheld_beside
from tests.statistics.solving import solve, worlds

# How many reports there are of each kind, a kind being its group in every dimension.
Cube: TypeAlias = dict[tuple[str, ...], int]


def _chain(cube: Mapping[tuple[str, ...], int], groups: Sequence[Sequence[Group]]) -> Chain:
    named = tuple(tuple(each) for each in groups)
    if len(named) == 1:
        return chain_of({(kind[0],): n for kind, n in cube.items()}, named)
    tables = []
    for place in range(len(named) - 1):
        table: dict[tuple[Group, Group], int] = {}
        for kind, n in cube.items():
            key = kind[place], kind[place + 1]
            table[key] = table.get(key, 0) + n
        tables.append(table)
    return Chain(named, tuple(tables))


def _fits(kind: tuple[str, ...], cell: Cell) -> bool:
    return all(kind[place] == group for place, group in cell)


@st.composite
def _cubes(draw: st.DrawFn, most: int, sizes: tuple[int, ...] = (1, 2, 3)) -> tuple[Cube, list[list[str]]]:
    shape = draw(st.lists(st.sampled_from(sizes), min_size=1, max_size=3))
    groups = [[f"{'abc'[place]}{at}" for at in range(size)] for place, size in enumerate(shape)]
    counts = st.one_of(st.just(0), st.integers(0, 4), st.integers(0, most))
    return {kind: draw(counts) for kind in product(*groups)}, groups


@settings(max_examples=150, deadline=None)
@given(_cubes(25), st.integers(2, 6))
def test_no_withheld_count_is_found_by_solving(made: tuple[Cube, list[list[str]]], smallest: int) -> None:
    cube, groups = made
    chain = _chain(cube, groups)
    counts, hidden = chain.counts(), withheld(chain, smallest)
    assert all(cell in hidden for cell, n in counts.items() if 0 < n < smallest)
    # The attacker's unknowns are the kinds themselves, not the counts of the tables.
    known = [([kind for kind in cube if _fits(kind, cell)], n) for cell, n in counts.items() if cell not in hidden]
    cells = sorted(hidden, key=repr)
    found = solve(known, [[kind for kind in cube if _fits(kind, cell)] for cell in cells])
    for cell, (least, most) in zip(cells, found, strict=True):
        assert most is None or most - least >= smallest, f"{cell} lies between {least} and {most}"
    # And what the code itself says of these ranges is the same.
    own = ranges(chain, hidden)
    assert dict(zip(cells, found, strict=True)) == {
        cell: (Fraction(low), None if high is None else Fraction(high)) for cell, (low, high) in own.items()
    }


@settings(max_examples=60, deadline=None)
@given(_cubes(4, sizes=(1, 2)), st.integers(2, 3))
def test_whole_reports_leave_the_same_doubt(made: tuple[Cube, list[list[str]]], smallest: int) -> None:
    """Counts are whole numbers, which an equation does not know: so every possible set of reports is tried."""
    cube, groups = made
    total = sum(cube.values())
    if total > 9:
        cube = {kind: min(n, 1) for kind, n in cube.items()}
        total = sum(cube.values())
    chain = _chain(cube, groups)
    counts, hidden = chain.counts(), withheld(chain, smallest)
    if not hidden or () in hidden:
        return
    kinds = list(cube)
    places = {cell: [at for at, kind in enumerate(kinds) if _fits(kind, cell)] for cell in counts}
    seen: dict[Cell, set[int]] = {cell: set() for cell in hidden}
    for world in worlds(len(kinds), total):
        if all(sum(world[at] for at in places[cell]) == n for cell, n in counts.items() if cell not in hidden):
            for cell in hidden:
                seen[cell].add(sum(world[at] for at in places[cell]))
    assert all(max(values) - min(values) >= smallest for values in seen.values())


def test_a_lone_small_count_takes_another_with_it() -> None:
    chain = chain_of({("a",): 3, ("b",): 8, ("c",): 40}, [["a", "b", "c"]])
    assert withheld(chain, 5) == {((0, "a"),), ((0, "b"),)}
    assert ranges(chain, withheld(chain, 5)) == {((0, "a"),): (0, 11), ((0, "b"),): (0, 11)}


def test_enough_of_everything_is_published_whole() -> None:
    assert withheld(chain_of({("a",): 5, ("b",): 0}, [["a", "b"]]), 5) == frozenset()


def test_fewer_than_the_smallest_count_in_all_leaves_no_number() -> None:
    hidden = withheld(chain_of({("a", "x"): 1, ("b", "y"): 2}, [["a", "b"], ["x", "y"]]), 5)
    assert {(), ((0, "a"),), ((1, "y"),), ((0, "a"), (1, "x"))} <= hidden


@pytest.mark.parametrize("smallest", [5, 10])
def test_a_year_of_a_regency_is_decided_in_reasonable_work(smallest: int) -> None:
    """As large as it gets: 21 districts, 11 categories, 12 months, 9 channels, thinly filled."""
    groups = [[f"{place}{at}" for at in range(size)] for place, size in enumerate((21, 11, 12, 9))]
    cube: Cube = {}
    state = 7
    for _ in range(900):
        kind = []
        for each in groups:
            state = (1103515245 * state + 12345) % 2**31
            kind.append(each[min(state >> 8, state >> 12) % len(each)])
        cube[tuple(kind)] = cube.get(tuple(kind), 0) + 1
    chain = _chain(cube, groups)
    counts, hidden = chain.counts(), withheld(chain, smallest)
    assert () not in hidden
    assert all(high is None or high - low >= smallest for low, high in ranges(chain, hidden).values())
    shown = [cell for cell in counts if cell not in hidden and counts[cell]]
    assert any(len(cell) == 2 for cell in shown), "a table of which nothing is left"


def test_tables_that_count_differently_are_refused() -> None:
    with pytest.raises(ValueError, match="differently"):
        Chain((("a",), ("b",), ("c",)), ({("a", "b"): 3}, {("b", "c"): 4})).counts()


@st.composite
def _beside(draw: st.DrawFn) -> tuple[Cube, list[list[str]], list[list[str]]]:
    """Reports of two standings (in the part, the rest, neither) beside up to two dimensions that are published."""
    groups = [
        [f"{'ab'[place]}{at}" for at in range(draw(st.integers(1, 3)))] for place in range(draw(st.integers(1, 2)))
    ]
    standings = [["P", "R", "N"], ["p", "r"]]
    counts = st.one_of(st.just(0), st.integers(0, 4), st.integers(0, 20))
    return {kind: draw(counts) for kind in product(*standings, *groups)}, groups, standings


@settings(max_examples=60, deadline=None)
@given(_beside(), st.integers(2, 5))
def test_shares_beside_each_other_give_nothing_back(
    made: tuple[Cube, list[list[str]], list[list[str]]], smallest: int
) -> None:
    """Counts first, then the numbers behind two shares, each decided for itself: an attacker knows all of them."""
    cube, groups, standings = made
    named = [["all"], *groups] if len(groups) == 1 else groups
    if len(groups) == 1:
        cube, named = {(*kind, "all"): n for kind, n in cube.items()}, [*groups, ["all"]]
    main: Cube = {}
    for kind, n in cube.items():
        main[kind[2:]] = main.get(kind[2:], 0) + n
    chain = _chain(main, named)
    decided = withheld(chain, smallest)
    # An unknown is a kind of both standings; a cell says of which kinds it is the sum.
    cells: dict[tuple[int | None, Cell], int] = {(None, cell): n for cell, n in chain.counts().items()}
    hidden: set[tuple[int | None, Cell]] = {(None, cell) for cell in decided}
    for which in (0, 1):
        of_one: Cube = {}
        for kind, n in cube.items():
            of_one[kind[which], *kind[2:]] = of_one.get((kind[which], *kind[2:]), 0) + n
        longer = _chain(of_one, [standings[which], *named])
        moved = frozenset(tuple((place + 1, group) for place, group in cell) for cell in decided)
        out = withheld_beside(longer, moved, smallest)
        counts = longer.counts()
        assert all(cell in out for cell, n in counts.items() if cell and cell[0][0] == 0 and 0 < n < smallest)
        cells |= {(which, cell): n for cell, n in counts.items() if cell and cell[0][0] == 0}
        hidden |= {(which, cell) for cell in out}

    def kinds(which: int | None, cell: Cell) -> list[tuple[str, ...]]:
        return [k for k in cube if _fits(k[2:] if which is None else (k[which], *k[2:]), cell)]

    known = [(kinds(*one), n) for one, n in cells.items() if one not in hidden]
    wanted = sorted(hidden, key=repr)
    for one, (least, most) in zip(wanted, solve(known, [kinds(*one) for one in wanted]), strict=True):
        assert most is None or most - least >= smallest, f"{one} lies between {least} and {most}"


def test_what_is_published_is_not_taken_back_for_a_share() -> None:
    """A lone small number in the only row: nothing but the share itself can be withheld."""
    chain = _chain(
        {("PART", "a"): 2, ("REST", "a"): 9, ("PART", "b"): 0, ("REST", "b"): 8}, [["PART", "REST"], ["a", "b"]]
    )
    out = withheld_beside(chain, frozenset(), 5)
    assert {((0, "PART"), (1, "a")), ((0, "REST"), (1, "a")), ((0, "PART"),)} <= out
    assert all(cell[0][0] == 0 for cell in out)
