"""The names of people in the words of a text, and what part each person plays in it.

It knows no grammar. A name is what stands after a word of address, a word of kin or "bernama", or what is no everyday
word and no place. Who speaks of themselves, who holds an office there, and whose child, wife or neighbour somebody is
are not whom the message is about, unless nobody else is named.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from integration.codes import Sex
from integration.matching.ages import AgeFound
from integration.matching.names import TITLES
from integration.matching.places import Spot
from integration.matching.wording import given_names, is_everyday, mended, plain_words, speech_words
from integration.matching.words import Word

# Of these somebody is told to have them: "anak Bu Siti" speaks of the child.
# "dr" is short for "dari" more often than for a physician.
_NAMING, _SELF, _POSSESSIVE, _KIN, _OF_WHOM, _OFFICES, _THIRD, _WOMEN, _MEN, _DEAD, _NOT, _FOLLOWED, _WITHIN = (
    speech_words(kind)
    for kind in (
        "naming", "self", "possessive", "kin", "of_whom", "office", "third", "woman", "man", "dead", "not",
        "followed_by", "within",
    )
)  # fmt: skip
_TITLES = TITLES - {"dr"}
_LONGEST = 5
SURE, _LIKELY, _CAPITAL, _BARE = 0.9, 0.8, 0.7, 0.4


# "ibuku", "anaknya": somebody's.
_OWN = re.compile(r"(?:ku|nya|ny|q|mu)$")


class Part(IntEnum):
    """What somebody named has to do with the message, whom it is about first."""

    SUBJECT = 0
    RELATED = 1
    REPORTER = 2
    ASIDE = 3


@dataclass(frozen=True, slots=True, repr=False)
class NameFound:
    """A name in a text, from `start` to `end` (characters), beginning at the `word`-th. `confidence` is 0 to 1.

    `name` is folded, to be compared; `written` as a person would write it, where it is to be shown.
    """

    name: str
    start: int
    end: int
    word: int
    confidence: float
    part: Part
    sex: Sex | None
    written: str = ""

    @property
    def sure(self) -> bool:
        """Whether the text itself says that it is a name."""
        return self.confidence >= SURE

    @property
    def reporter(self) -> bool:
        """Whether it is who speaks."""
        return self.part is Part.REPORTER


def names_person(words: Sequence[Word], spot: Spot) -> bool:
    """A place's name after a word of address is a person's: Pak Panji."""
    return spot.start > 0 and words[spot.start - 1].text in _TITLES and not words[spot.start].parted


def find_names(words: Sequence[Word], spots: Sequence[Spot], ages: Sequence[AgeFound]) -> list[NameFound]:
    """All that may be names in the words of a text, in order."""
    taken = {place for spot in spots for place in range(spot.start, spot.start + spot.size)}
    aged = {age.word for age in ages}
    found: list[NameFound] = []
    at = 0
    while at < len(words):
        end = _end(words, at, taken)
        if end > at and any(word.text not in _TITLES for word in words[at:end]):
            found.append(_found(words, at, end, aged))
        at = max(end, at + 1)
    return found


def meant(names: Sequence[NameFound], words: Sequence[Word]) -> list[NameFound]:
    """Whom the message is about: the surest of those who play the first part in it."""
    third = any(_third(words, place) for place in range(len(words)))
    sure = [name for name in names if name.sure]
    for part in (Part.SUBJECT, Part.RELATED, Part.REPORTER):
        # Who reports a neighbour without a name is not the neighbour.
        if part is Part.REPORTER and third:
            break
        if chosen := [name for name in sure if name.part is part]:
            return _once(chosen)
    rest = [name for name in names if name.part in (Part.SUBJECT, Part.RELATED) or not third]
    rest = [name for name in rest if name.part is not Part.ASIDE]
    best = max((name.confidence for name in rest), default=0.0)
    chosen = [name for name in rest if name.confidence == best]
    return _once(chosen) if best >= _LIKELY else chosen[:1]


def _third(words: Sequence[Word], place: int) -> bool:
    """Whether somebody other than the reporter is spoken of. "Warga Desa ..." says where the reporter lives."""
    word = words[place].text
    if word == "warga":
        return place + 1 < len(words) and words[place + 1].text in _POSSESSIVE | {"an", "bernama", "yang", "yg"}
    return word in _THIRD


def _once(names: Sequence[NameFound]) -> list[NameFound]:
    """Nobody twice: "Pak Hasan ... Hasan" and "Hasan Basri ... Pak Hasan" are one."""
    kept: list[NameFound] = []
    for name in names:
        mine = set(name.name.split())
        same = next(
            (i for i, one in enumerate(kept) if mine <= set(one.name.split()) or mine >= set(one.name.split())), None
        )
        if same is None:
            kept.append(name)
        elif len(mine) > len(kept[same].name.split()):
            kept[same] = name
    return kept


def _end(words: Sequence[Word], at: int, taken: set[int]) -> int:
    end = at
    while end < len(words) and end - at < _LONGEST and (end == at or not words[end].parted):
        cue = words[end - 1].text if end > 0 and (end > at or not words[end].parted or words[end].colon) else ""
        after_cue = cue in _TITLES or (end == at and cue in _NAMING)
        # Within a name that is written large, a large word is not mended to an everyday one: "Pak Beddu Tahir".
        after_cue = after_cue or (end > at and words[end].capital and words[end - 1].capital)
        if end in taken or not _may_name(words[end].text, after_cue=after_cue or _begun(words, at, end)):
            break
        # "nama Siti Pak Budi": a word of address begins another name, unless it is one of several before the first.
        if end > at and words[end].text in _TITLES - _WITHIN and words[end - 1].text not in _TITLES:
            break
        end += 1
    return end


def _begun(words: Sequence[Word], at: int, end: int) -> bool:
    """Whether the word before is one of a name already, and this one known as a name, whatever else it may mean."""
    return end > at and words[end].text in given_names() and words[end - 1].text not in _TITLES


def _may_name(word: str, *, after_cue: bool) -> bool:
    if not word.isalpha() or not word.isascii():
        return False
    if word in _TITLES:
        return True
    if word in given_names() and (after_cue or word not in plain_words()):
        return True
    return not is_everyday(word) and (after_cue or mended(word) == word) and word not in _NAMING


def _found(words: Sequence[Word], at: int, end: int, aged: set[int]) -> NameFound:
    titles = [word.text for word in words[at:end] if word.text in _TITLES]
    named = [word for word in words[at:end] if word.text not in _TITLES]
    first = next(place for place in range(at, end) if words[place].text not in _TITLES)
    before = [words[place].text for place in range(max(0, at - 4), at)]
    cue = _cue(words, at)
    known = sum(word.text in given_names() for word in named)
    follows = end < len(words) and (words[end].text in _FOLLOWED or end in aged)
    capital = words[first].capital
    if (
        cue in _NAMING
        or (titles and (known or follows or all(len(word.text) > 2 for word in named)))
        or (cue in _KIN and (known or capital or follows))
        or (_full(named) and (len(named) > 1 or follows or words[first].colon))
        or ((cue in _SELF or (cue.isdigit() and len(cue) > 2)) and (known or capital))
        or (follows and (known or capital or words[first].colon))
    ):
        confidence = SURE
    elif known or (follows and len(named) > 1):
        confidence = _LIKELY
    elif all(word.capital for word in named) and (len(named) > 1 or (at > 0 and not words[at].parted)):
        confidence = _CAPITAL
    else:
        confidence = _BARE
    said = {*titles, cue} if cue in _KIN or cue in _TITLES else set(titles)
    if before[-1:] and before[-1] in _TITLES:
        said.add(before[-1])
    sexes = {Sex.FEMALE for word in said if word in _WOMEN} | {Sex.MALE for word in said if word in _MEN}
    return NameFound(
        " ".join(word.text for word in named),
        named[0].start,
        named[-1].end,
        first,
        confidence,
        _part(words, at, end, before, bool(titles)),
        sexes.pop() if len(sexes) == 1 else None,
    )


def _full(named: Sequence[Word]) -> bool:
    """Whether words are names as people write them: one is known as a name, the others are or begin large."""
    known = [word.text in given_names() for word in named]
    return any(known) and all(is_known or word.capital for word, is_known in zip(named, known, strict=True))


def _cue(words: Sequence[Word], at: int) -> str:
    """The word that announces a name, over a possessive between: "ibu saya X", "nama beliau: X", "anak dari X"."""
    place = at - 1
    if place >= 0 and not words[at].parted and (kin := _OWN.sub("", words[place].text)) in _KIN:
        return kin
    while place >= 0 and at - place <= 2 and words[place].text in _POSSESSIVE and words[place].text not in _NAMING:
        if words[place + 1].parted and not words[place + 1].colon:
            break
        place -= 1
    if place < 0:
        return words[at - 1].text if at else ""
    if place < at - 1 and words[place].text in _NAMING | _KIN:
        return words[place].text
    nearest = at - 1
    if words[at].parted and not words[at].colon and words[nearest].text not in _NAMING:
        return ""
    return words[nearest].text


def _part(words: Sequence[Word], at: int, end: int, before: Sequence[str], titled: bool) -> Part:
    near = "" if not before else before[-1]
    second = before[-2] if len(before) > 1 else ""
    if near in _NOT:
        return Part.ASIDE
    if _holds_office(words, at, end):
        return Part.REPORTER if near in _SELF else Part.ASIDE
    own = near in _SELF and second not in _KIN and second not in {"punya", "melaporkan", "lapor"}
    own = own or (near in {"nama", "namanya", "nm"} and second in _SELF)
    own = own or (near in _SELF and second in {"nama", "nm", "ngaran"})
    own = own or ("bertanda" in before and "tangan" in before)
    if own:
        return Part.REPORTER
    if "alm" in before[-1:] or (end < len(words) and words[end].text in _DEAD and not words[end].parted):
        return Part.RELATED
    if titled and near in _OF_WHOM and not words[at].parted:
        return Part.RELATED
    return Part.SUBJECT


def _holds_office(words: Sequence[Word], at: int, end: int) -> bool:
    after = words[end].text if end < len(words) else ""
    if after in _OFFICES and (words[end].parted or after not in {"rt", "rw"}):
        return True
    for place in range(at - 1, max(-1, at - 4), -1):
        if words[place + 1].parted and not words[place + 1].colon:
            return False
        if words[place].text in _OFFICES - {"rt", "rw", "kepala"}:
            return True
        if words[place].text in _KIN | _NAMING | _SELF:
            return False
    return False
