"""Identity numbers (NIK) in the words of people: found exactly, or not at all.

A NIK is 16 digits: six of the region where it was issued, six of the birth date (a woman's day plus 40), a serial.
People space, dot and dash it. What only looks like one must not become a person: two phone numbers in a row, a family
card's number (KK, built alike) where it is named as such, a piece of a longer number.

The separators known here are those that `integration.access.masks` hides in free text: what is found is also masked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Digits with at most two separators between groups; where more stand between two numbers, they are two numbers.
_CHAIN = re.compile(r"[0-9]+(?:[ .\-\u2013]{1,2}[0-9]+)*")
_PART = re.compile(r"([0-9]+)([ .\-\u2013]*)")
_SEPARATORS = re.compile(r"[ .\-\u2013]")
# "No. KK 64...", "nomor kartu keluarga saya: 64..."; a NIK named beside it ("NIK/KK") may be meant instead.
_FAMILY_BEFORE = re.compile(
    r"(?<![a-z])(?<!nik/)(?<!nik / )(?:kk|k\.k\.?|kartu keluarga)(?:\s+(?:no|nomor|nmr))?\.?"
    r"(?:\s*(?:nya|saya|sy|kami|beliau|ybs))?\s*[:=.\-]{0,2}\s*$",
    re.IGNORECASE,
)
_FAMILY_AFTER = re.compile(r"\s*\(\s*(?:no\.?|nomor)?\s*(?:kk|kartu keluarga)\b", re.IGNORECASE)
_PROVINCES = frozenset(map(str, (
    *range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82, *range(91, 98),
)))  # fmt: skip
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# Day and month as they stand in a NIK: a woman's day plus 40.
_BIRTHS = frozenset(
    f"{day + more:02}{month:02}"
    for month, days in enumerate(_DAYS, 1)
    for day in range(1, days + 1)
    for more in (0, 40)
)
_LEAP_DAYS = frozenset({"2902", "6902"})
_NIK = 16
_PHONE = range(9, 15)


@dataclass(frozen=True, slots=True)
class _Group:
    digits: str
    start: int
    end: int
    after: str


def is_nik(digits: str) -> bool:
    """Whether 16 digits can be a NIK: an existing province, a possible birth date, a serial."""
    if len(digits) != _NIK or not (digits.isascii() and digits.isdigit()):
        return False
    # Regencies are numbered from 01, cities from 71; nothing lies above 79, so a phone number (628...) fails.
    if digits[:2] not in _PROVINCES or not "01" <= digits[2:4] <= "79" or digits[4:6] == "00" or digits[12:] == "0000":
        return False
    return digits[6:10] in _BIRTHS and (digits[6:10] not in _LEAP_DAYS or int(digits[10:12]) % 4 == 0)


def parse_nik(text: str) -> str | None:
    """The digits of a NIK typed into a field of its own, or None when it is none."""
    digits = _SEPARATORS.sub("", text.strip())
    return digits if is_nik(digits) else None


def birth_in(nik: str) -> tuple[int, int, int, bool]:
    """Day, month and the last two digits of the year of birth a NIK tells, and whether it is a woman's."""
    day = int(nik[6:8])
    return day - 40 if day > 40 else day, int(nik[8:10]), int(nik[10:12]), day > 40


def find_identifiers(text: str) -> list[str]:
    """The NIKs standing in a text, each once, in order."""
    found: dict[str, None] = {}
    for chain in _CHAIN.finditer(text):
        groups = [
            _Group(part[1], chain.start() + part.start(1), chain.start() + part.end(1), part[2])
            for part in _PART.finditer(chain.group())
        ]
        for first, last, digits in _read(groups):
            before, after = text[: groups[first].start], text[groups[last].end :]
            if not _FAMILY_BEFORE.search(before[-40:]) and not _FAMILY_AFTER.match(after):
                found[digits] = None
    return list(found)


def _read(groups: list[_Group]) -> Iterator[tuple[int, int, str]]:
    """Walk a chain from the left, taking whole numbers: a NIK, a phone number, or something else."""
    at = 0
    taken_until = 0
    while at < len(groups):
        if is_nik(groups[at].digits):
            yield at, at, groups[at].digits
            at = taken_until = at + 1
        elif (size := _phone(groups, at)) > 0:
            at = taken_until = at + size
        elif (size := _spaced(groups, at, taken_until)) > 0:
            yield at, at + size - 1, _joined(groups, at, size)
            at = taken_until = at + size
        else:
            at += 1


def _phone(groups: list[_Group], at: int) -> int:
    """How many groups from here make a phone number (08..., 628...), as many as fit."""
    best = 0
    for size in range(1, len(groups) - at + 1):
        digits = _joined(groups, at, size)
        if len(digits) > _PHONE[-1]:
            break
        if digits.startswith(("08", "628")) and len(digits) in _PHONE:
            best = size
    return best


def _spaced(groups: list[_Group], at: int, taken_until: int) -> int:
    """How many groups from here make one NIK written with one kind of separator, clear of what stands around it."""
    for size in range(2, len(groups) - at + 1):
        digits = _joined(groups, at, size)
        if len(digits) < _NIK:
            continue
        inner = {_kind(group.after) for group in groups[at : at + size - 1]}
        if not is_nik(digits) or len(inner) != 1:
            return 0
        kind = inner.pop()
        smallest = min(len(group.digits) for group in groups[at : at + size])
        if at > taken_until and not _apart(groups[at - 1].digits, groups[at - 1].after, kind, smallest):
            return 0
        end = at + size
        if end == len(groups) or is_nik(groups[end].digits) or _phone(groups, end):
            return size
        return size if _apart(groups[end].digits, groups[end - 1].after, kind, smallest) else 0
    return 0


def _apart(neighbour: str, separator: str, kind: str, smallest: int) -> bool:
    """Whether a neighbouring group is another number (RT 05, umur 60) and not a piece of this one."""
    return _kind(separator) != kind or len(neighbour) < min(smallest, 4)


def _kind(separator: str) -> str:
    return separator.strip().replace("\u2013", "-")[:1] or " "


def _joined(groups: list[_Group], at: int, size: int) -> str:
    return "".join(group.digits for group in groups[at : at + size])


_DAMAGED_SIZES = range(15, 18)


def find_damaged(text: str) -> list[str]:
    """Numbers of 15 to 17 digits that are no NIK: one may be meant, with a digit wrong, missing or too many."""
    found: dict[str, None] = {}
    for chain in _CHAIN.finditer(text):
        groups = [
            _Group(p[1], chain.start() + p.start(1), chain.start() + p.end(1), p[2])
            for p in _PART.finditer(chain.group())
        ]
        for digits, first, last in _damaged(groups):
            before, after = text[: groups[first].start], text[groups[last].end :]
            if not _FAMILY_BEFORE.search(before[-40:]) and not _FAMILY_AFTER.match(after):
                found[digits] = None
    return [digits for digits in found if not is_nik(digits)]


def _damaged(groups: list[_Group]) -> Iterator[tuple[str, int, int]]:
    whole = [(group.digits, place, place) for place, group in enumerate(groups) if len(group.digits) in _DAMAGED_SIZES]
    if whole:
        yield from whole
    elif not any(_phone(groups, at) for at in range(len(groups))):
        longest = next((i for i, g in enumerate(groups[:-1]) if len(g.digits) >= 4), None)
        for at in range(0 if longest is None else longest, len(groups)):
            for size in range(2, len(groups) - at + 1):
                digits = _joined(groups, at, size)
                if len(digits) in _DAMAGED_SIZES:
                    yield digits, at, at + size - 1
                    return


def neighbours(digits: str) -> list[str]:
    """The NIKs `digits` may be meant for: a digit wrong, two neighbours swapped, one missing or too many."""
    size = len(digits)
    if size not in _DAMAGED_SIZES:
        return []
    near: set[str] = set()
    if size == _NIK:
        for at in range(_NIK):
            near.update(digits[:at] + digit + digits[at + 1 :] for digit in "0123456789")
        near.update(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in range(_NIK - 1))
    elif size < _NIK:
        near.update(digits[:at] + digit + digits[at:] for at in range(size + 1) for digit in "0123456789")
    else:
        near.update(digits[:at] + digits[at + 1 :] for at in range(size))
    return sorted(nik for nik in near if nik != digits and is_nik(nik))
