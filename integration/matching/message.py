"""What a message tells of whom and where: names, age, numbers, places, each as found, for somebody else to judge."""

from dataclasses import dataclass, replace

from integration.matching.ages import AgeFound, find_ages
from integration.matching.identifiers import find_damaged, find_identifiers
from integration.matching.naming import NameFound, find_names, meant, names_person
from integration.matching.places import Places
from integration.matching.words import words_of
from integration.matching.written import written_name


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """All that a message tells. `meant` are the names of those it is about.

    `age_stretches` is where the figures of `ages` stand, in characters.
    """

    names: tuple[NameFound, ...]
    meant: tuple[NameFound, ...]
    niks: tuple[str, ...]
    damaged: tuple[str, ...]
    ages: tuple[AgeFound, ...]
    age_stretches: tuple[tuple[int, int], ...]
    villages: frozenset[str]
    districts: frozenset[str]
    place_sure: bool

    @property
    def age(self) -> int | None:
        """The age told of the first person."""
        found = self.age_of(0)
        return None if found is None else found.age

    def age_of(self, place: int) -> AgeFound | None:
        """The age told of the `place`-th person: the first after their name and before the next one's, if several."""
        if len(self.meant) <= 1:
            return self.ages[0] if self.ages and place == 0 else None
        if place >= len(self.meant):
            return None
        begin = self.meant[place].word if place else -1
        end = self.meant[place + 1].word if place + 1 < len(self.meant) else None
        return next((age for age in self.ages if age.word > begin and (end is None or age.word < end)), None)


def read(text: str, places: Places, year: int) -> Told:
    """Read a message that was written in `year`."""
    words = words_of(text)
    folded = [word.text for word in words]
    spots = [spot for spot in places.spots(folded) if not names_person(words, spot)]
    villages, districts = places.among(spots)
    ages = find_ages(folded, year)
    names = find_names(words, spots, ages)
    return Told(
        names=tuple(names),
        meant=tuple(replace(name, written=written_name(text, name.start, name.end)) for name in meant(names, words)),
        niks=tuple(find_identifiers(text)),
        damaged=tuple(find_damaged(text)),
        ages=tuple(ages),
        age_stretches=tuple((words[age.first].start, words[age.last].end) for age in ages),
        villages=villages,
        districts=districts,
        place_sure=all(spot.likeness == 1 for spot in spots),
    )


def subject_names(told: Told) -> list[NameFound]:
    """Whom the message is about: the reporter only if nobody else is named."""
    return list(told.meant)
