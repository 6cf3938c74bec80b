"""Ages and birth dates in the words of people: "umur 60an", "enam puluh dua tahun", "lahir 17 agustus 1945"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from integration.matching.wording import speech_words

_UNITS = {
    **dict.fromkeys(("satu", "se", "sa"), 1), **dict.fromkeys(("dua", "loro", "rong"), 2),
    **dict.fromkeys(("tiga", "telu", "telung"), 3), **dict.fromkeys(("empat", "ampat", "papat", "patang"), 4),
    **dict.fromkeys(("lima", "limo", "limang"), 5), **dict.fromkeys(("enam", "anam", "nem", "nenem"), 6),
    **dict.fromkeys(("tujuh", "pitu", "pitung"), 7), **dict.fromkeys(("delapan", "walu", "wolu", "wolung"), 8),
    **dict.fromkeys(("sembilan", "sanga", "songo", "sangang"), 9),
}  # fmt: skip
_ROUND = {"sepuluh": 10, "sapuluh": 10, "sebelas": 11, "sabelas": 11, "seratus": 100, "seket": 50, "sewidak": 60}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan", "februari feb pebruari", "maret mar", "april apr", "mei", "juni jun", "juli jul",
            "agustus agt ags agus", "september sep sept", "oktober okt", "november nov nopember", "desember des",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_UNIT = r"(?:th|thn|tahun|taun|thun|tahunan|tahon)"
_SOFT = f"(?:{'|'.join(sorted(speech_words('soft')))})"
_AGE = re.compile(
    rf"\b(?:(?:ber|ba)?(?:umur|usia)\w{{0,3}}|umr\w?|yuswa\w*|um)\s+(?:{_SOFT}\s+){{0,3}}(\d{{1,3}})\s?(an)?\b"
    r"(?:\s?(bulan|bln|minggu|hari)\b)?"
)
_YEARS = re.compile(rf"\b(\d{{1,3}})\s?{_UNIT}\s?(an)?\b")
# "sakit 3 tahun", "selama 2 tahun", "5 tahun lalu" tell how long, not how old.
_SINCE = re.compile(
    r"(?:sudah|sdh|udah|selama|slama|sejak|hampir|lebih|lama|dah|tiap|setiap|belum|dalam|per|sakit|lumpuh|stroke|menunggu"
    r"|tunggu|kerja|bekerja|nunggak|menunggak|nganggur|menganggur|tinggal|lalu|anak|terakhir)\s+(?:\w+\s+)?$"
)
_AGO = re.compile(
    r"\s*(?:yang |yg )?(?:lalu|terakhir|lamanya|ini|silam|kemarin|belakangan|penjara|sekali|kerja|bekerja|nunggak"
    r"|menunggak|nganggur|menganggur)\b"
)
_BORN = re.compile(
    r"\b(?:lahir|kelahiran|kalahiran|lahirnya|ttl|lahiran|kelahirannya|thn lahir)\b(?: [a-z]+){0,5}?"
    r"(?: (\d{1,2}) (\d{1,2}|[a-z]+))? ((?:19|20)\d\d)\b"
)
_OLDEST = 120


@dataclass(frozen=True, slots=True, repr=False)
class AgeFound:
    """An age or birth date announced at the `word`-th word, its figure or year from the `first` to the `last` one.

    The birth year may be `about` years off; `born` where the date is told.
    """

    word: int
    age: int
    birth_year: int
    about: int
    born: date | None
    first: int
    last: int


def find_ages(words: Sequence[str], year: int) -> list[AgeFound]:
    """All ages told in the folded words of a text written in `year`, in order."""
    figures, places = _in_figures(words)
    text = " ".join(figures)
    starts: list[int] = []
    at = 0
    for figure in figures:
        starts.append(at)
        at += len(figure) + 1

    def index_at(position: int) -> int:
        return max(index for index, start in enumerate(starts) if start <= position)

    def where(match: re.Match[str], figure: int) -> tuple[int, int, int]:
        following = index_at(match.end(figure) - 1) + 1
        last = places[following] - 1 if following < len(places) else len(words) - 1
        return places[index_at(match.start())], places[index_at(match.start(figure))], last

    found = [born for match in _BORN.finditer(text) if (born := _birth(match, where(match, 3), year))]
    if found:
        return found
    ages = [_age(match, where(match, 1), year) for match in _AGE.finditer(text)]
    taken = {match.start(1) for match in _AGE.finditer(text)}
    ages += [
        _age(match, where(match, 1), year)
        for match in _YEARS.finditer(text)
        if match.start(1) not in taken
        and not _SINCE.search(text[: match.start()])
        and not _AGO.match(text, match.end())
    ]
    return sorted((one for one in ages if one is not None), key=lambda one: one.word)


def _age(match: re.Match[str], where: tuple[int, int, int], year: int) -> AgeFound | None:
    age = int(match[1])
    if age > _OLDEST:
        return None
    if match.re is _AGE and match[3]:
        age = age // 12 if match[3] in ("bulan", "bln") else 0
    # Tens are often rounded.
    about = 5 if match[2] or (age % 10 == 0 and age > 10) else 2
    return AgeFound(where[0], age, year - age, about, None, *where[1:])


def _birth(match: re.Match[str], where: tuple[int, int, int], year: int) -> AgeFound | None:
    told = int(match[3])
    if not year - _OLDEST <= told <= year:
        return None
    month = 0 if match[2] is None else int(match[2]) if match[2].isdigit() else _MONTHS.get(match[2], 0)
    born: date | None = None
    if month:
        try:
            born = date(told, month, int(match[1]))
        except ValueError:
            born = None
    return AgeFound(where[0], year - told, told, 0, born, *where[1:])


def _in_figures(words: Sequence[str]) -> tuple[list[str], list[int]]:
    """The words with numbers in figures, and which word each of them was."""
    figures: list[str] = []
    places: list[int] = []
    at = 0
    while at < len(words):
        size, number = _number(words, at)
        figures.append(words[at] if number is None else str(number))
        places.append(at)
        at += size
    return figures, places


def _number(words: Sequence[str], at: int) -> tuple[int, int | None]:
    """How many words from here make a number above ten, and which."""
    rest = [*words[at : at + 3], "", "", ""]
    first = _UNITS.get(rest[0])
    if first is not None and rest[1] in ("puluh", "pulu", "puluhan"):
        unit = _UNITS.get(rest[2])
        return (3, first * 10 + unit) if unit is not None else (2, first * 10)
    if first is not None and rest[1] in ("belas", "welas"):
        return 2, first + 10
    if rest[0] in _ROUND:
        unit = _UNITS.get(rest[1]) if _ROUND[rest[0]] >= 50 else None
        return (2, _ROUND[rest[0]] + unit) if unit is not None and rest[0] != "seratus" else (1, _ROUND[rest[0]])
    return (1, first) if first is not None and words[at - 1 : at] and _before_age(words[at - 1]) else (1, None)


def _before_age(word: str) -> bool:
    return word in {"umur", "umurnya", "usia", "usianya", "berumur", "berusia", "baru"}
