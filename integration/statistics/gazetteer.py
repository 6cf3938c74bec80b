"""The regions of the reference data, as tables name them."""

from collections import defaultdict
from functools import cache

from integration.datafiles import DATA, read_csv
from integration.matching.fold import fold
from integration.statistics.rules import Gazetteer

# Aliases that name no one region.
_VAGUE = frozenset({"village_ambiguous", "former_parent"})


@cache
def gazetteer() -> Gazetteer:
    """All regions known, with their spellings."""
    regions = read_csv(DATA / "regions.csv")
    codes: defaultdict[str, set[str]] = defaultdict(set)
    spoken = [(line["name"], line["code"]) for line in regions]
    spoken += [(a["alias"], a["region_code"]) for a in read_csv(DATA / "region_aliases.csv") if a["kind"] not in _VAGUE]
    for name, code in spoken:
        codes[fold(name)].add(code)
        codes[fold(name).replace(" ", "")].add(code)
    return Gazetteer(
        {line["code"]: line["name"] for line in regions},
        {line["code"]: line["parent_code"] or None for line in regions},
        {line["code"]: line["kind"] for line in regions},
        {name: frozenset(found) for name, found in codes.items()},
    )
