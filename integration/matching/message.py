"""What a message tells of whom and where: names, age, numbers, places, each as found, for somebody else to judge.

It knows no grammar. A name is what stands after a word of address or "bernama", or what is no everyday word and no
place; who speaks of themselves beside somebody else is the reporter, not the person meant.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from integration.codes import Sex
from integration.matching.fold import fold
from integration.matching.identifiers import find_damaged, find_identifiers
from integration.matching.names import TITLES
from integration.matching.places import Places, Spot
from integration.matching.wording import mended, plain_words

_TOKEN = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[,;:()\n?!/\"=]|\.(?=\s|$)|\s-\s")
_NAMING = frozenset(
    {"nama", "namanya", "bernama", "an", "dipanggil", "panggil", "namnya", "nm", "alias", "bangaran", "jenenge"}
)
_SELF = frozenset({"saya", "sy", "aku", "ulun", "kulo", "pelapor", "dengan"})
_KIN_WORDS = """
ibu bapak bpk ayah anak istri isteri suami bini laki mertua nenek kakek kai nini tetangga tetanggaku adik
kakak cucu keponakan sepupu paman acil mamak mama abah orangtua ortu murid siswa siswi pasien warga teman
tante om julak ading keluarga nya kerabat sanak
"""
_KIN = frozenset(_KIN_WORDS.split())
_WORKING_WORDS = """ketua guru perawat bidan kader tksk pendamping relawan petugas kades lurah sekdes kadus staf
staff bhabinkamtibmas babinsa mahasiswa dokter admin warga rt"""
_WORKING = frozenset(_WORKING_WORDS.split())
_WOMEN_WORDS = """bu ibu hj hajjah nini nenek acil acl sdri bude mbak mba mbok ny nyonya almarhumah bulik tante"""
_WOMEN = frozenset(_WOMEN_WORDS.split())
_MEN_WORDS = """pak bapak bpk bapa h haji kai kakek kek pakde sdr tn paklik om ust ustadz abah amang kang paman"""
_MEN = frozenset(_MEN_WORDS.split())
_AGE = re.compile(
    r"\b(?:umur|usia|umurnya|usianya|berumur|berusia|umr|umurny|umure|umurku)\s+(?:(?:sudah|sdh|udah|sekitar|kira|kurang|lebih"
    r"|kisaran|baru|skitar|skrg|sekarang|itu|nya)\s+){0,3}(\d{1,3})\s?(an)?\b"
)
_SINCE = re.compile(
    r"(?:sudah|sdh|udah|selama|slama|sejak|hampir|lebih|lama|dah|tiap|setiap|belum|dalam|per)\s+(?:\w+\s+)?$"
)
_BORN = re.compile(
    r"\b(?:lahir|kelahiran|lahirnya|ttl|lahiran)\b[a-z ]{0,40}(?:\d{1,2} (?:\d{1,2}|[a-z]+) )?((?:19|20)\d\d)\b"
)
_LONGEST_NAME = 5
_SURE, _CAPITAL, _BARE = 0.9, 0.7, 0.4


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: folded, where it stands, whether a sign parts it from the one before."""

    text: str
    start: int
    end: int
    parted: bool
    capital: bool


@dataclass(frozen=True, slots=True, repr=False)
class NameFound:
    """A name in a text, from `start` to `end` (characters). `confidence` is 0 to 1."""

    name: str
    start: int
    end: int
    confidence: float
    reporter: bool
    sex: Sex | None

    @property
    def sure(self) -> bool:
        """Whether the text itself says that it is a name."""
        return self.confidence >= _SURE


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """All that a message tells. `about_year` is how many years the told birth year may be off."""

    names: tuple[NameFound, ...]
    niks: tuple[str, ...]
    damaged: tuple[str, ...]
    age: int | None
    birth_year: int | None
    about_year: int
    villages: frozenset[str]
    districts: frozenset[str]
    place_sure: bool


def read(text: str, places: Places, year: int) -> Told:
    """Read a message that was written in `year`."""
    words = _words(text)
    spots = places.spots([word.text for word in words])
    spots = [spot for spot in spots if not _names_person(words, spot)]
    villages, districts = places.among(spots)
    age, birth_year, about = _age(fold(text), year)
    return Told(
        names=tuple(_names(words, spots)),
        niks=tuple(find_identifiers(text)),
        damaged=tuple(find_damaged(text)),
        age=age,
        birth_year=birth_year,
        about_year=about,
        villages=villages,
        districts=districts,
        place_sure=all(spot.likeness == 1 for spot in spots),
    )


def subject_names(told: Told) -> list[NameFound]:
    """Whom the message is about: the reporter only if nobody else is named."""
    others = [name for name in told.names if not name.reporter]
    named = others or list(told.names)
    sure = [name for name in named if name.sure]
    if sure:
        return sure
    best = max((name.confidence for name in named), default=0.0)
    return [name for name in named if name.confidence == best][:1]


def _words(text: str) -> list[Word]:
    plain = "".join(c for c in text if c not in "'’`")
    found: list[Word] = []
    last = 0
    shout = plain.isupper()
    for token in _TOKEN.finditer(plain):
        folded = fold(token.group())
        if folded:
            gap = plain[last : token.start()]
            parted = bool(_BREAK.search(gap)) and not (found and found[-1].text in _SHORT and ". " in gap + " ")
            capital = token.group()[0].isupper() and not shout
            found += [Word(part, token.start(), token.end(), parted, capital) for part in folded.split()]
        last = token.end()
    return found


_SHORT_WORDS = """m h hj abd st muh moh mhd moch an sdr bpk tn ny alm a n drs ust"""
_SHORT = frozenset(_SHORT_WORDS.split())


def _names_person(words: Sequence[Word], spot: Spot) -> bool:
    """A place's name after a word of address is a person's: Pak Panji."""
    return spot.start > 0 and words[spot.start - 1].text in _MEN | _WOMEN and not words[spot.start].parted


def _names(words: Sequence[Word], spots: Sequence[Spot]) -> list[NameFound]:
    taken = {place for spot in spots for place in range(spot.start, spot.start + spot.size)}
    found: list[NameFound] = []
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and end - at < _LONGEST_NAME and (end == at or not words[end].parted):
            cue = words[end - 1].text if end > 0 else ""
            after_cue = cue in TITLES or (end == at and cue in _NAMING)
            if end in taken or not _may_name(words[end].text, after_cue=after_cue):
                break
            end += 1
        if end > at and any(word.text not in TITLES for word in words[at:end]):
            found.append(_found(words, at, end))
        at = max(end, at + 1)
    return found


def _found(words: Sequence[Word], at: int, end: int) -> NameFound:
    titles = [word.text for word in words[at:end] if word.text in TITLES]
    before = words[at - 1].text if at else ""
    second = words[at - 2].text if at > 1 else ""
    named = [word for word in words[at:end] if word.text not in TITLES]
    own = before in _SELF and second not in _KIN
    own = own or (before in {"nama", "namanya"} and second in _SELF)
    if before == "saya" and second in {"nama", "nm"}:
        own = True
    own = own or (end < len(words) and words[end].text in _WORKING and (words[end].parted or before in _SELF))
    if titles or before in _NAMING:
        confidence = _SURE
    elif all(word.capital for word in named) and (len(named) > 1 or (at > 0 and not words[at].parted)):
        confidence = _CAPITAL
    else:
        confidence = _BARE
    sexes = {Sex.FEMALE for title in titles if title in _WOMEN} | {Sex.MALE for title in titles if title in _MEN}
    if before in _WOMEN | _MEN:
        sexes.add(Sex.FEMALE if before in _WOMEN else Sex.MALE)
    return NameFound(
        " ".join(word.text for word in named),
        named[0].start,
        named[-1].end,
        confidence,
        own,
        sexes.pop() if len(sexes) == 1 else None,
    )


def _may_name(word: str, *, after_cue: bool) -> bool:
    if not word.isalpha() or not word.isascii():
        return False
    if word in TITLES:
        return True
    return not _everyday(word, whole=after_cue)


def _everyday(word: str, *, whole: bool) -> bool:
    return word in plain_words() or (not whole and mended(word) != word)


def _age(folded: str, year: int) -> tuple[int | None, int | None, int]:
    if born := _BORN.search(folded):
        told = int(born[1])
        if told <= year:
            return year - told, told, 0
    found = _AGE.search(folded)
    if found is None:
        for years in re.finditer(r"\b(\d{1,3})\s?(?:th|thn|tahun|taun|thun)(an)?\b", folded):
            if not _SINCE.search(folded[: years.start()]):
                found = years
                break
    if found is None or int(found[1]) > 120:
        return None, None, 0
    age = int(found[1])
    # Tens are often rounded.
    return age, year - age, 5 if found[2] or age % 10 == 0 else 2
