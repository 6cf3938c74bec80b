"""How a told name compares with a registered one, and a told time of birth with a registered one."""

from collections.abc import Sequence
from datetime import date

from rapidfuzz.distance import OSA

from integration.matching.names import COMMON, name_words, skeleton, sound


def name_likeness(told: str, registered: str) -> str:
    """How a told name compares with a registered one, whatever the order of its words."""
    one, other = name_words(told), name_words(registered)
    if not one or not other:
        return "other"
    mine, theirs = [sound(word) for word in one], [sound(word) for word in other]
    if sorted(mine) == sorted(theirs) or "".join(mine) == "".join(theirs):
        return "exact" if len(other) > 1 else "exact_one_word"
    return _roughly(one, other, mine, theirs)


def _roughly(one: Sequence[str], other: Sequence[str], mine: list[str], theirs: list[str]) -> str:
    whole = _near("".join(mine), "".join(theirs)) or _near("".join(sorted(mine)), "".join(sorted(theirs)))
    if whole:
        return "close"
    left = list(theirs)
    agreed = 0
    for sounded in mine:
        hit = next((word for word in left if _near(sounded, word)), None)
        if hit is not None:
            left.remove(hit)
            agreed += 1
    if agreed == len(mine):
        telling = [word for word in one if word not in COMMON]
        return "close" if not left else "part" if telling else "some"
    if agreed == len(theirs) and any(word not in COMMON for word in other):
        return "part"
    if (
        len(mine) == 1
        and len(mine[0]) >= 3
        and any(
            word.endswith(mine[0]) or word.startswith(mine[0]) or folded.endswith(one[0])
            for word, folded in zip(theirs, other, strict=True)
        )
    ):
        return "piece"
    told_telling = [sound(word) for word in one if word not in COMMON]
    return "some" if any(_near(word, their) for word in told_telling for their in theirs) else "other"


def _near(one: str, other: str) -> bool:
    if one == other:
        return True
    shorter = min(len(one), len(other))
    if shorter < 3:
        return False
    if skeleton(one) == skeleton(other) and shorter >= 4 and OSA.distance(one, other) <= 2:
        return True
    return OSA.distance(one, other) <= (1 if shorter < 8 else 2)


def birth_year_likeness(told: int, about: int, registered: int) -> str:
    """How a told birth year compares. `about` is 0 for a birth year or date, more for an age: then the year before is
    as right, for somebody may have had no birthday yet; 5 for a round age.
    """
    off = abs(told - registered) if about == 0 else max(told - 1 - registered, registered - told, 0)
    if off == 0:
        return "same"
    if about >= 5:
        return "rounded" if off <= 5 else "near" if off <= 7 else "far"
    if off <= 2:
        return "one" if off == 1 else "two"
    return "near" if off <= 5 else "far"


def birth_date_likeness(day: int, month: int, year: int, registered: date) -> str:
    """How a told birth date compares; `year` may be its last two digits, as in a NIK."""
    agree = [day == registered.day, month == registered.month, year % 100 == registered.year % 100]
    if all(agree):
        return "same"
    swapped = agree[2] and (day, month) == (registered.month, registered.day)
    return "near" if swapped or sum(agree) == 2 else "other"
