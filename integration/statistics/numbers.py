"""Numbers as printed in Indonesian and English tables: decimal comma or point, grouped thousands, dashes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

_NUMBER = re.compile(r"([+-]?)([0-9]{1,3}(?:([.,\u00a0 ])[0-9]{3})+|[0-9]+)(?:([.,])([0-9]+))?%?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}([.,])[0-9]{3}%?")
# What tables print where they have no number. Zero and "not collected" can't be told apart by it.
_EMPTY = frozenset({"", "-", "--", "\u2013", "\u2014", "n/a", "na", "...", "tad", "x"})


@dataclass(frozen=True, slots=True)
class Style:
    """How a table writes numbers: which sign separates decimals, where it has any."""

    decimal: str


def is_empty(cell: str) -> bool:
    """Whether a cell holds no number by the usual signs for it."""
    return cell.strip().lower() in _EMPTY


def style_of(cells: Iterable[str]) -> Style:
    """Tell decimal comma from decimal point by all numbers of a table.

    A sign followed by one, two or more than three digits separates decimals, and one used twice in a number separates
    thousands. Where only single signs before three digits are found, they group thousands: 1.385 and 1,385 are whole.
    """
    votes, grouped = {",": 0, ".": 0}, {",": 0, ".": 0}
    for cell in cells:
        found = _NUMBER.fullmatch(cell.strip())
        if found is None:
            continue
        if single := _GROUPED.fullmatch(cell.strip()):
            grouped[single[1]] += 1
        elif found[4] is not None and found[4] != found[3]:
            votes[found[4]] += 1
        elif found[3] in votes:
            votes[_other(found[3])] += 1
    if not any(votes.values()):
        return Style("." if grouped[","] > grouped["."] else ",")
    return Style("." if votes["."] > votes[","] else ",")


def read(cell: str, style: Style) -> Decimal | None:
    """The number in a cell; None where there is none."""
    text = cell.strip().rstrip("%").replace("\u00a0", "").replace(" ", "")
    if not text:
        return None
    plain = text.replace(_other(style.decimal), "").replace(style.decimal, ".")
    if not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", plain):
        return None
    return Decimal(plain)


def is_number(cell: str) -> bool:
    """Whether a cell looks like a number in either style."""
    return _NUMBER.fullmatch(cell.strip()) is not None


def _other(sign: str) -> str:
    return "." if sign == "," else ","
