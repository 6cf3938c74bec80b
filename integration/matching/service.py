"""From a message to the people it is about: read, then looked for, one decision for each."""

from dataclasses import dataclass, replace

from sqlmodel.ext.asyncio.session import AsyncSession

from integration.access.sealing import Sealer
from integration.codes import Sex
from integration.matching.identifiers import birth_in
from integration.matching.message import Told, read, subject_names
from integration.matching.places import Places
from integration.matching.rules import Decision, Sought
from integration.matching.search import find, near_indexes


@dataclass(frozen=True, slots=True, repr=False)
class Described:
    """Somebody a message is about: as told, and as looked for.

    `name` is written as on a form. `doubtful`: it is only a word that is no other; it counts if the registry knows
    somebody of that name there.
    """

    name: str | None
    nik: str | None
    sought: Sought
    doubtful: bool


def describe(told: Told, sealer: Sealer) -> list[Described]:
    """The people a message is about. Numbers belong to the names in their order, ages to the names
    they stand by, the place to all."""
    names = subject_names(told)
    numbers = [*((nik, True) for nik in told.niks), *((digits, False) for digits in told.damaged)]
    people: list[Described] = []
    for place in range(max(len(names), len(numbers))):
        name = names[place] if place < len(names) else None
        digits, whole = numbers[place] if place < len(numbers) else (None, False)
        if place > 0 and digits is None and len(numbers) == 1:
            break
        age = told.age_of(place)
        born = None if age is None or age.born is None else (age.born.day, age.born.month, age.born.year)
        sex = None if name is None else name.sex
        if digits is not None and whole:
            day, month, year, woman = birth_in(digits)
            born = born or (day, month, year)
            sex = sex or (Sex.FEMALE if woman else Sex.MALE)
        sought = Sought(
            name=None if name is None else name.name,
            sex=sex,
            birth_year=None if age is None else age.birth_year,
            about_year=0 if age is None else age.about,
            villages=told.villages,
            districts=told.districts,
            nik_index=sealer.index("nik", digits) if digits is not None and whole else None,
            near=frozenset() if digits is None else near_indexes(sealer, [digits]),
            born=born,
            certain=name is not None and name.sure and told.place_sure,
        )
        doubtful = digits is None and name is not None and not name.sure
        people.append(Described(None if name is None else name.written, digits if whole else None, sought, doubtful))
    return people


async def match_text(
    session: AsyncSession, sealer: Sealer, text: str, year: int, places: Places | None = None
) -> list[tuple[Described, Decision]]:
    """Everybody a text written in `year` is about, with what the registry knows of them."""
    known = await Places.load(session) if places is None else places
    told = read(text, known, year)
    return [(one, await find(session, replace(one.sought))) for one in describe(told, sealer)]
