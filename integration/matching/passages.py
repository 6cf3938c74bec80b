"""What a text tells, each with the stretch of the text that tells it: for an officer to look at and take over, or not.

What is told is decided where the text is read (`message.py`, `categories.py`); here it is only found again.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from integration.matching.categories import Suggested
from integration.matching.codes import SuggestionField
from integration.matching.message import Told, subject_names
from integration.matching.names import TITLES
from integration.matching.naming import NameFound
from integration.matching.places import Places
from integration.matching.words import Word, words_of

_BETWEEN_DIGITS = r"[ .\-\u2013]{0,2}"

# How sure the reading of each is; set by this project. A whole NIK holds a region and a birth date that fit.
_WHOLE_NIK, _DAMAGED_NIK = 0.99, 0.5
_BIRTH_YEAR, _AGE, _ROUND_AGE = 0.95, 0.9, 0.6


@dataclass(frozen=True, slots=True, repr=False)
class Passage:
    """One thing told: digits, a name, an age, a code, or the region a place's name means.

    It stands from `start` to `end`, in characters; both are None where it is told in no one place.
    `confidence` is 0 to 1.
    """

    field: SuggestionField
    value: str
    confidence: float
    start: int | None
    end: int | None


def passages(text: str, told: Told, suggested: Suggested | None, places: Places) -> list[Passage]:
    """What was read from `text` and the category it speaks for, each once, in the order of the text."""
    words = words_of(text)
    made = [
        *_names(words, subject_names(told)),
        *_numbers(text, told),
        *_age(text, told),
        *_places(words, told, places),
        *_category(suggested),
    ]
    first: dict[tuple[SuggestionField, str], Passage] = {}
    for one in sorted(made, key=lambda one: (one.start is None, one.start or 0)):
        first.setdefault((one.field, one.value), one)
    return list(first.values())


def _names(words: Sequence[Word], names: Sequence[NameFound]) -> Iterator[Passage]:
    for name in names:
        stretches = _stretches(words, name.name.split())
        if not stretches:
            yield Passage(SuggestionField.NAME, name.written, name.confidence, None, None)
            continue
        start, end = min(stretches, key=lambda stretch: abs(stretch[0] - name.start))
        yield Passage(SuggestionField.NAME, name.written, name.confidence, start, end)


def _stretches(words: Sequence[Word], wanted: Sequence[str]) -> list[tuple[int, int]]:
    """Where these words follow one another, titles between them left out."""
    found = []
    for at, word in enumerate(words):
        rest = list(wanted)
        end = word.end
        for one in words[at:] if word.text == wanted[0] else ():
            if rest and one.text == rest[0]:
                rest.pop(0)
                end = one.end
            elif not rest or one.text not in TITLES:
                break
        if not rest and wanted:
            found.append((word.start, end))
    return found


def _numbers(text: str, told: Told) -> Iterator[Passage]:
    for numbers, confidence in ((told.niks, _WHOLE_NIK), (told.damaged, _DAMAGED_NIK)):
        for digits in numbers:
            found = re.search(rf"(?<!\d){_BETWEEN_DIGITS.join(digits)}(?!\d)", text)
            yield Passage(SuggestionField.NIK, digits, confidence, *(found.span() if found else (None, None)))


def _age(text: str, told: Told) -> Iterator[Passage]:
    age = told.age_of(0)
    if age is None:
        return
    confidence = _BIRTH_YEAR if age.about == 0 else _AGE if age.about <= 2 else _ROUND_AGE
    start, end = told.age_stretches[told.ages.index(age)]
    # "46th" is one word; only its figure is the age.
    figure = re.compile(r"\d+").search(text, start, end)
    yield Passage(SuggestionField.AGE, str(age.age), confidence, *(figure.span() if figure else (start, end)))


def _places(words: Sequence[Word], told: Told, places: Places) -> Iterator[Passage]:
    for spot in places.spots([word.text for word in words]):
        start, end = words[spot.start].start, words[spot.start + spot.size - 1].end
        for field, meant in (
            (SuggestionField.VILLAGE, spot.villages & told.villages),
            (SuggestionField.DISTRICT, spot.districts & told.districts),
        ):
            for code in sorted(meant):
                # A name of several places speaks for each of them as much.
                yield Passage(field, code, round(spot.likeness / len(meant), 3), start, end)


def _category(suggested: Suggested | None) -> Iterator[Passage]:
    if suggested is None:
        return
    yield Passage(SuggestionField.CATEGORY, suggested.category.value, suggested.confidence, *suggested.stretch)
    if (need := suggested.need) is not None:
        yield Passage(SuggestionField.PPKS_TYPE, need.label, need.confidence, *need.stretch)
