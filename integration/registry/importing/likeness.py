"""Whether two rows that share a number speak of the same person. Pure."""

from datetime import date

from rapidfuzz import fuzz

_LIKE = 80
_SURELY = 88


def same_person(name: str, born: date | None, other_name: str, other_born: date | None) -> bool:
    """For rows with the same NIK or the same number of the registry: alike names, or about alike and born together.

    Names are folded; a title or the father's name may be missing in one.
    """
    like = max(fuzz.token_set_ratio(name, other_name), fuzz.ratio(name, other_name))
    if born is not None and born == other_born:
        return bool(like >= 50)
    return bool(like >= _LIKE)


def same_relative(name: str, other_name: str) -> bool:
    """For rows of one family born on the same day without a number to tell them apart; twins differ by name."""
    return bool(
        fuzz.token_sort_ratio(name, other_name) >= _SURELY
        or (len(other_name.split()) > 1 and len(name.split()) > 1 and fuzz.token_set_ratio(name, other_name) == 100)
    )
