"""The order of the steps: profiles from `integration/data/verval_profiles.csv`, read once.

A profile may leave out a step or put two in another order; no code names the order.
"""

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import groupby
from pathlib import Path

from integration.codes import RegistryScheme, VervalStatus
from integration.verval.rules import Profile, Step

_FILE = Path(__file__).parent.parent / "data" / "verval_profiles.csv"
# Where a proposal does not say for which registry it is.
DEFAULT = RegistryScheme.DTSEN


@cache
def profiles() -> Mapping[str, Profile]:
    """All profiles by code."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return read(csv.DictReader(file))


def read(lines: Iterable[Mapping[str, str]]) -> Mapping[str, Profile]:
    """Profiles from their lines; ValueError where one cannot be walked."""
    ordered = sorted(lines, key=lambda line: (line["profile"], int(line["position"])))
    return {code: _profile(code, list(steps)) for code, steps in groupby(ordered, key=lambda line: line["profile"])}


def of_scheme(scheme: RegistryScheme) -> Profile:
    """The newest profile of a registry."""
    return profiles()[max(code for code, profile in profiles().items() if profile.scheme is scheme)]


def _profile(code: str, lines: list[Mapping[str, str]]) -> Profile:
    steps = tuple(
        Step(
            VervalStatus(line["status"]),
            frozenset(line["requires"].split()),
            line["legal_basis_code"],
            line["confirmed"] == "yes",
        )
        for line in lines
    )
    order = [step.status for step in steps]
    if (
        len(set(order)) != len(order)
        or order[0] is not VervalStatus.PROPOSED
        or order[-1] is not VervalStatus.SUBMITTED
    ):
        raise ValueError(f"verval_profiles.csv, {code}: from PROPOSED to SUBMITTED, each step once")
    return Profile(code, RegistryScheme(lines[0]["scheme"]), steps)
