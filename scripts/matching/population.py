"""A made-up registry with reports and their truth, in the files `scripts/evaluate-matching` reads.

Nobody in it exists: names are drawn from lists of common names, every NIK ends in a serial of 9000 to 9999. The same
`Wanted` gives the same files.
"""

import csv
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from integration.datafiles import DATA, read_csv
from scripts.matching.cases import REGISTRY, REPORTS, ROWS, TRUTH
from scripts.matching.phrases import Phrases, misspelt

DAY = date(2024, 3, 31)
_EXPORT = (
    "IDDTKS", "IDARTDTKS", "NOKK", "NIK", "NAMA", "TGL_LAHIR", "JNS_KEL", "HUBKEL", "KECAMATAN", "DESA", "DESIL",
    "STA_KEBERADAAN_ART",
)  # fmt: skip
_TRUTH = (
    "report_id", "class", "person_id", "category", "district_code", "village_code", "true_name", "true_birth_date",
    "nik_in_text", "name_in_text", "age_in_text", "place_in_text", "same_name_same_village_age3",
)  # fmt: skip
_CLASSES = (("A", 40), ("B", 35), ("C", 20), ("N", 5))


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many people and reports to make up, and the seed of all chance."""

    persons: int
    reports: int
    seed: int


@dataclass(frozen=True, slots=True, repr=False)
class Somebody:
    """A made-up person. `sex` is L or P, `village` a region's code."""

    nik: str
    name: str
    sex: str
    born: date
    village: str

    @property
    def age(self) -> int:
        """Whole years on the day the reports end."""
        return (DAY - self.born).days * 4 // 1461


@dataclass(slots=True)
class Crowd:
    """Where people are drawn from."""

    chance: random.Random
    villages: list[tuple[str, str, str]] = field(default_factory=list)
    names: dict[str, list[str]] = field(default_factory=dict)
    _serials: Counter[str] = field(default_factory=Counter)
    _name_weights: dict[str, list[float]] = field(default_factory=dict)
    _village_weights: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        regions = {line["code"]: line for line in read_csv(DATA / "regions.csv")}
        self.villages = [
            (code, line["name"], regions[line["parent_code"]]["name"])
            for code, line in regions.items()
            if line["level"] == "VILLAGE"
        ]
        self._village_weights = list(accumulate(self.chance.lognormvariate(0, 0.6) for _ in self.villages))
        for sex, kind in (("L", "men"), ("P", "women")):
            words = [
                word for line in read_csv(DATA / "given_names.csv") if line["kind"] == kind
                for word in line["names"].split() if len(word) > 2
            ]  # fmt: skip
            self.chance.shuffle(words)
            self.names[sex] = words
            # Few names are borne by many, many by few.
            self._name_weights[sex] = list(accumulate(1 / (rank + 12) for rank in range(len(words))))

    def household(self) -> tuple[str, list[Somebody]]:
        """A family card's number and the people on it."""
        village = self.village()
        size = self.chance.choices((1, 2, 3, 4, 5, 6), (11, 19, 26, 24, 13, 7))[0]
        return self._card(village), [self.somebody(village) for _ in range(size)]

    def somebody(self, village: str | None = None) -> Somebody:
        """Anybody of a village, or of anywhere."""
        home = village or self.village()
        sex = self.chance.choice("LP")
        age = min(95.0, max(0.0, self.chance.triangular(0, 95, 25)))
        born = DAY - timedelta(days=int(age * 365.25) + self.chance.randrange(365))
        return Somebody(self.nik(home, born, sex), self._name(sex), sex, born, home)

    def nik(self, village: str, born: date, sex: str) -> str:
        """A NIK that nobody else of this crowd has, mostly of the kecamatan somebody lives in."""
        area = village[:8].replace(".", "") if self.chance.random() < 0.8 else self.chance.choice(("647201", "640811"))
        stem = f"{area}{born.day + 40 * (sex == 'P'):02}{born:%m%y}"
        self._serials[stem] += 1
        return f"{stem}{8999 + self._serials[stem]}"

    def village_name(self, code: str) -> tuple[str, str]:
        """What a village and its kecamatan are called."""
        return next((name, district) for known, name, district in self.villages if known == code)

    def village(self) -> str:
        """The code of a village, the large ones more often."""
        return self.chance.choices(self.villages, cum_weights=self._village_weights)[0][0]

    def _name(self, sex: str) -> str:
        count = self.chance.choices((1, 2, 3), (28, 55, 17))[0]
        words = self.chance.choices(self.names[sex], cum_weights=self._name_weights[sex], k=count)
        return " ".join(dict.fromkeys(words)).title()

    def _card(self, village: str) -> str:
        issued = date(2008, 1, 1) + timedelta(days=self.chance.randrange(5800))
        stem = f"{village[:8].replace('.', '')}{issued:%d%m%y}"
        self._serials[f"kk{stem}"] += 1
        return f"{stem}{8999 + self._serials[f'kk{stem}']}"


def write_folder(folder: Path, wanted: Wanted) -> None:
    """Write registry, reports and truth into a folder."""
    folder.mkdir(parents=True)
    chance = random.Random(wanted.seed)  # noqa: S311 - made-up people, not keys
    crowd = Crowd(chance)
    people: list[Somebody] = []
    with _table(folder / REGISTRY, _EXPORT) as export, _table(folder / ROWS, ("row_no", "person_id", "id_art")) as rows:
        number = 0
        for house, (card, members) in enumerate(_households(crowd, wanted.persons), 1):
            desil = chance.choices(range(1, 7), (26, 25, 22, 17, 7, 3))[0]
            for member in members:
                people.append(member)
                again = chance.random() < 0.008
                for place in range(2 if again else 1):
                    number += 1
                    key = f"A{len(people):08}{place}"
                    where = crowd.village_name(member.village)
                    export(
                        (
                            f"H{house:08}",
                            key,
                            card,
                            *as_written(member, chance),
                            *written_place(where, chance),
                            desil,
                            1,
                        )
                    )
                    rows((number, len(people), key))
    _write_reports(folder, wanted, crowd, people)


def _households(crowd: Crowd, persons: int) -> Iterator[tuple[str, list[Somebody]]]:
    made = 0
    while made < persons:
        household = crowd.household()
        made += len(household[1])
        yield household


def as_written(one: Somebody, chance: random.Random) -> tuple[str, str, str, str, str]:
    """NIK, name, birth date, sex and relation as clerks leave them."""
    nik, name, born = one.nik, one.name.upper(), one.born.isoformat()
    lot = chance.random()
    if lot < 0.025:
        nik = chance.choice(("", "-", "0"))
    elif lot < 0.031:
        nik = nik[:-1]
    elif lot < 0.08:
        nik = f"'{nik}"
    if one.age > 45 and chance.random() < 0.04:
        name = ("H. " if one.sex == "L" else "HJ. ") + name
    if chance.random() < 0.02:
        name = misspelt(name, chance).upper()
    lot = chance.random()
    if lot < 0.003:
        born = "0000-00-00"
    elif lot < 0.05:
        born = one.born.strftime(chance.choice(("%d-%m-%Y", "%d/%m/%Y")))
    return nik, name, born, chance.choice((one.sex, "1" if one.sex == "L" else "2")), "1"


def written_place(where: tuple[str, str], chance: random.Random) -> tuple[str, str]:
    village, district = (name.upper() for name in where)
    return (f"KEC. {district}" if chance.random() < 0.1 else district), village


def _write_reports(folder: Path, wanted: Wanted, crowd: Crowd, people: Sequence[Somebody]) -> None:
    chance = crowd.chance
    phrases = Phrases(chance)
    alike: dict[tuple[str, str], list[int]] = {}
    for place, one in enumerate(people):
        alike.setdefault((one.name, one.village), []).append(place)

    def namesakes(one: Somebody) -> int:
        return sum(abs((people[place].born - one.born).days) < 1096 for place in alike.get((one.name, one.village), ()))

    with (
        _table(folder / REPORTS, ("report_id", "received_at", "text")) as reports,
        _table(folder / TRUTH, _TRUTH) as truth,
    ):
        for number in range(1, wanted.reports + 1):
            kind = chance.choices([name for name, _ in _CLASSES], [share for _, share in _CLASSES])[0]
            when = DAY - timedelta(days=chance.randrange(90))
            report = f"R{number:06}"
            if kind == "N":
                reports((report, f"{when}T08:00:00+08:00", phrases.nobody()))
                truth((report, kind, "", "NONE", *[""] * 8, 0))
                continue
            place = chance.randrange(len(people))
            one = people[place] if kind in "AB" else _outsider(crowd, people, namesakes)
            told = phrases.about(one.name, one.sex, one.age, one.nik, crowd.village_name(one.village), kind)
            reports((report, f"{when}T08:00:00+08:00", told.text))
            truth((
                report, kind, place + 1 if kind in "AB" else "", told.category, one.village[:8], one.village, one.name,
                one.born, told.nik, told.name, told.age, told.place, namesakes(one),
            ))  # fmt: skip


def _outsider(crowd: Crowd, people: Sequence[Somebody], namesakes: Callable[[Somebody], int]) -> Somebody:
    """Somebody who is not in the registry: every second one a namesake of somebody who lives elsewhere."""
    while True:
        one = crowd.somebody()
        if crowd.chance.random() < 0.5:
            other = crowd.chance.choice(people)
            one = Somebody(one.nik, other.name, other.sex, one.born, one.village)
        if not namesakes(one):
            return one


class _table:  # noqa: N801 - used like a function
    """A CSV file with a header; gives a function that writes a line."""

    def __init__(self, path: Path, header: Iterable[str]) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file, lineterminator="\n")
        self._writer.writerow(header)

    def __enter__(self) -> Callable[[Iterable[object]], object]:
        return self._writer.writerow

    def __exit__(self, *_: object) -> None:
        self._file.close()
