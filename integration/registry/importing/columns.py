"""Which column of a file is which field of ours. Names are compared without case, blanks and punctuation."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_ALIASES = Path(__file__).parents[2] / "data" / "registry_columns.csv"
_OTHER = re.compile(r"[^a-z0-9]+")
_LEFT_OUT = "left_out"

# The programmes a file speaks of, in the order of their bits in a staged row, and the fields that tell.
PROGRAMMES: Mapping[str, Sequence[str]] = {
    "PKH": ("pkh",),
    "SEMBAKO": ("sembako",),
    "PBI_JK": ("pbi", "pbi_membership"),
    "RST": ("rst",),
}
# Of each of these at least one must be there: who it is, by which number, and where.
_NEEDED: Sequence[tuple[str, Sequence[Sequence[str]]]] = (
    ("NAMA", (("name",),)),
    ("NIK / IDARTBDT", (("nik",), ("person_key",))),
    (
        "KECAMATAN + DESA / kd_wilayah",
        (
            ("district", "village"),
            ("region_code",),
            ("district_code", "village"),
            ("province_part", "regency_part", "district_part", "village_part"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a file: where each field stands, what is left out, what is missing, what is named twice."""

    names: tuple[str, ...]
    at: Mapping[str, int]
    left_out: tuple[str, ...]
    missing: tuple[str, ...]
    doubled: tuple[str, ...]

    def name(self, field: str) -> str:
        """How the file calls a field; "*" if it does not have it."""
        return self.names[self.at[field]] if field in self.at else "*"


def read_header(cells: Sequence[object]) -> Header:
    """Map a header line."""
    names = tuple(str(cell).strip() if cell is not None else "" for cell in cells)
    while names and not names[-1]:
        names = names[:-1]
    known = _aliases()
    at: dict[str, int] = {}
    left_out: list[str] = []
    doubled: list[str] = []
    for index, name in enumerate(names):
        field = known.get(key_of(name))
        if field is None or field == _LEFT_OUT:
            left_out.append(name)
        elif field in at:
            doubled.append(name)
        else:
            at[field] = index
    missing = tuple(
        asked for asked, choices in _NEEDED if not any(all(field in at for field in choice) for choice in choices)
    )
    return Header(names, at, tuple(left_out), missing, tuple(doubled))


def recognised(cells: Sequence[object]) -> int:
    """How many cells are names of columns we know: what tells a header line, and the right delimiter."""
    known = _aliases()
    return sum(1 for cell in cells if key_of(str(cell)) in known)


def key_of(name: str) -> str:
    """A column's name as it is compared."""
    return _OTHER.sub("", name.lower())


@cache
def _aliases() -> Mapping[str, str]:
    with _ALIASES.open(encoding="utf-8", newline="") as file:
        return {key_of(line["alias"]): line["field"] for line in csv.DictReader(file)}
