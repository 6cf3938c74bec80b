"""Villages and kecamatan named in a text, exactly: no guessing at misspellings, and null rather than a wrong place.

A village's name alone is not always enough (homonyms), a kecamatan's name may be its old one (people of Samboja Barat
still say Samboja), and a name may be village and kecamatan at once. What is settled here is settled by what the text
itself says.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.codes import RegionLevel
from integration.matching.fold import fold
from integration.matching.names import sound
from integration.matching.wording import plain_words
from integration.regions.tables import RegionAliasRow, RegionRow

_VILLAGE_WORDS = frozenset({"desa", "ds", "kel", "kelurahan"})
_DISTRICT_WORDS = frozenset({"kec", "kecamatan", "kcmtn", "kecmtan"})
_PLACE_WORDS = _VILLAGE_WORDS | _DISTRICT_WORDS | {"di", "dusun", "dsn", "kampung", "warga", "kelrahan", "dsa", "kmpng"}
# A street bears the name of a place it does not lie in.
_STREET_WORDS = frozenset({"jl", "jln", "jalan", "gg", "gang", "danau"})
# How alike two names must sound, of 1, to be taken for one.
_LIKE, _VERY_LIKE = 0.75, 0.85
# Village names that are everyday words or names of people (sepakat: agreed; jawa, melayu: peoples; panji: a name): they
# count only after "desa" or "kelurahan", or beside their kecamatan.
_EVERYDAY = frozenset({"jawa", "liang", "melayu", "mulawarman", "panji", "pela", "pendingin", "perdana", "sepakat"})
# Words of which names are made, and how they are shortened.
_SHORT_FORMS = {
    "muara": ("ma", "mr", "mra", "m"), "sungai": ("sei", "sungei", "sgi", "sungay"),
    "tanjung": ("tj", "tjg", "tg", "tanjong"),
    "gunung": ("gn", "gng"), "kampung": ("kp", "kampong"), "bukit": ("bkt", "bt"),
    "seberang": ("sbrg", "sebrang", "sbrang"),
    "kota bangun": ("kobang", "kb", "ktb"), "tenggarong": ("tgr", "tgrg", "tenggarog"),
    "i": ("1",), "ii": ("2",), "iii": ("3",),
}  # fmt: skip
_BRACKETS = re.compile(r"^(.*?)\(([^)]*)\)(.*)$")
_EITHER = re.compile(r"(\S+)/(\S+)")
# Aliases of these kinds name no place of their own: one is too vague, the other says where a kecamatan was before.
_AMBIGUOUS, _FORMER = "village_ambiguous", "former_parent"


@dataclass(frozen=True, slots=True)
class Place:
    """A region as far as finding it needs."""

    code: str
    level: RegionLevel
    name: str
    former_parent: str | None


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a region."""

    code: str
    alias: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Mention:
    """A name in the text: the villages it may mean, or the kecamatan it means."""

    villages: frozenset[str] = frozenset()
    districts: frozenset[str] = frozenset()
    everyday: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A place named by `size` words from `start`; `likeness` is 1 where the name is spelt as known."""

    start: int
    size: int
    villages: frozenset[str]
    districts: frozenset[str]
    likeness: float


@dataclass(slots=True)
class _Named:
    villages: set[str] = field(default_factory=set)
    districts: set[str] = field(default_factory=set)


class Places:
    """All names of villages and kecamatan, and how they lie in one another."""

    def __init__(self, places: Iterable[Place], aliases: Iterable[Alias]) -> None:
        known = {place.code: place for place in places if place.level in (RegionLevel.DISTRICT, RegionLevel.VILLAGE)}
        names: dict[str, _Named] = {}
        for place in known.values():
            _name(names, place.name, place)
        # A one-word alias that other names contain ("Baru" for Kampung Baru) would be found in half of all texts.
        words = {word for place in known.values() for word in fold(place.name).split()}
        former: dict[str, set[str]] = {}
        shortened: set[str] = set()
        for alias in aliases:
            if alias.code not in known or alias.kind == _AMBIGUOUS:
                continue
            if alias.kind == _FORMER:
                former.setdefault(fold(alias.alias), set()).add(alias.code)
                continue
            for spelling in _spellings(alias.alias):
                if " " in spelling or spelling not in words:
                    _name(names, spelling, known[alias.code])
        for name, named in list(names.items()):
            for spelling in _short_forms(name):
                known_as = names.setdefault(spelling, _Named())
                if (not known_as.villages and not known_as.districts) or spelling in shortened:
                    shortened.add(spelling)
                    known_as.villages |= named.villages
                    known_as.districts |= named.districts
        self._names = names
        self._sounds = {name: "".join(sound(word) for word in name.split()) for name in names}
        self._longest = max((name.count(" ") + 1 for name in names), default=0)
        self._districts = _districts(known, names, former)

    @classmethod
    async def load(cls, session: AsyncSession) -> "Places":
        """From the region tables; equal rows give the same object, so asking per message costs two small selects."""
        regions = await session.exec(
            select(RegionRow.code, RegionRow.level, RegionRow.name, RegionRow.former_parent_code)
            .where(col(RegionRow.level).in_((RegionLevel.DISTRICT, RegionLevel.VILLAGE)))
            .order_by(RegionRow.code)
        )
        aliases = await session.exec(
            select(RegionAliasRow.region_code, RegionAliasRow.alias, RegionAliasRow.kind).order_by(
                RegionAliasRow.region_code, RegionAliasRow.alias
            )
        )
        return _built(
            tuple(Place(*row) for row in regions.all()),
            tuple(Alias(*row) for row in aliases.all()),
        )

    def find(self, text: str) -> str | None:
        """The code of the one village or kecamatan the text names, or None if it names none, or several apart."""
        mentions = self._mentions(fold(text).split())
        districts = {code for mention in mentions for code in mention.districts}
        # Whoever names the new kecamatan beside the old one means the new one.
        districts -= {former for code in districts for former in self._districts[code] if former != code}
        villages: set[str] = set()
        unsettled: list[frozenset[str]] = []
        for mention in mentions:
            if not mention.villages:
                continue
            settled = self._settled(mention.villages, districts)
            if mention.everyday and not (districts and settled):
                continue
            if len(mention.villages) == 1:
                villages |= mention.villages
            elif len(settled) == 1:
                villages |= settled
            else:
                unsettled.append(mention.villages)
        return self._agreed(villages, unsettled, districts)

    def spots(self, words: list[str]) -> list["Spot"]:
        """Where the folded words of a text name villages or kecamatan, misspelt names too, in order."""
        found: list[Spot] = []
        at = 0
        while at < len(words):
            spot = self._spot(words, at)
            if spot is None:
                at += 1
            else:
                found.append(spot)
                at += spot.size
        return found

    def _spot(self, words: list[str], at: int) -> "Spot | None":
        before = words[at - 1] if at else ""
        if before in _STREET_WORDS:
            return None
        size, mention = self._mention(words, at, before)
        if mention is not None:
            if mention.everyday and not _says_village(words, at):
                return None
            longer = (
                self._alike(words, at, size + 1, _VERY_LIKE) if mention.districts and not mention.villages else None
            )
            if longer is None or longer[1] > 1 + size:
                return Spot(at, size, mention.villages, mention.districts, 1.0)
            best: tuple[float, int, str] | None = longer
        elif words[at] in plain_words():
            # "ds Kota Banngun": an everyday word may begin a name, but is none alone.
            best = self._alike(words, at, 2, _VERY_LIKE) if before in _VILLAGE_WORDS | _DISTRICT_WORDS else None
        elif before not in _PLACE_WORDS and not self._after_spot(words, at):
            return None
        else:
            best = self._alike(words, at, 1, _LIKE)
        if best is None:
            return None
        likeness, size, name = best
        named = self._names[name]
        districts = named.districts if before in _DISTRICT_WORDS or not named.villages else set()
        villages = set() if districts else named.villages
        return Spot(at, size, frozenset(villages), frozenset(districts), likeness)

    def _alike(self, words: list[str], at: int, least: int, cutoff: float) -> tuple[float, int, str] | None:
        """The name that `least` or more words from here sound most like: how much, of how many words, and which."""
        best: tuple[float, int, str] | None = None
        for size in range(min(self._longest, len(words) - at), least - 1, -1):
            told = "".join(sound(word) for word in words[at : at + size])
            hit = process.extractOne(told, self._sounds, scorer=OSA.normalized_similarity, score_cutoff=cutoff)
            if hit is not None and (best is None or hit[1] > best[0]):
                best = hit[1], size, hit[2]
        return best

    def _after_spot(self, words: list[str], at: int) -> bool:
        """Whether a name ends just before: the kecamatan often follows the village without a word between."""
        return any(
            " ".join(words[max(0, at - size) : at]) in self._names for size in range(1, min(self._longest, at) + 1)
        )

    def among(self, spots: Iterable["Spot"]) -> tuple[frozenset[str], frozenset[str]]:
        """The villages that may be meant, told apart by the kecamatan named, and the kecamatan that may be meant."""
        spots = list(spots)
        named = {code for spot in spots for code in spot.districts}
        villages: set[str] = set()
        for spot in spots:
            villages |= self._settled(spot.villages, named) or spot.villages
        districts = {code for code, also in self._districts.items() if also & named}
        return frozenset(villages), frozenset(districts)

    def _settled(self, villages: frozenset[str], districts: set[str]) -> frozenset[str]:
        """The homonyms lying in a named kecamatan; those lying there today go before those that once did."""
        today = frozenset(code for code in villages if _district_of(code) in districts)
        return today or frozenset(code for code in villages if self._districts[_district_of(code)] & districts)

    def _agreed(self, villages: set[str], unsettled: list[frozenset[str]], districts: set[str]) -> str | None:
        if not villages:
            return next(iter(districts)) if len(districts) == 1 else None
        homes = {_district_of(code) for code in villages}
        if len(homes) > 1:
            return None
        home = next(iter(homes))
        if not districts <= self._districts[home]:
            return None
        if any(home not in {_district_of(code) for code in choice} for choice in unsettled):
            return None
        return next(iter(villages)) if len(villages) == 1 and not unsettled else home

    def _mentions(self, words: list[str]) -> list[_Mention]:
        found: list[_Mention] = []
        at = 0
        while at < len(words):
            before = words[at - 1] if at else ""
            size, mention = self._mention(words, at, before)
            if mention is not None:
                found.append(mention)
            at += size
        return found

    def _mention(self, words: list[str], at: int, before: str) -> tuple[int, _Mention | None]:
        """The longest name beginning here; after "desa" or "kec." the longest of that kind, if there is one."""
        fallback: tuple[int, _Mention | None] = (1, None)
        for size in range(min(self._longest, len(words) - at), 0, -1):
            name = " ".join(words[at : at + size])
            named = self._names.get(name)
            if named is None:
                continue
            if before in _VILLAGE_WORDS and named.villages:
                return size, _Mention(villages=frozenset(named.villages))
            if before in _DISTRICT_WORDS and named.districts:
                return size, _Mention(districts=frozenset(named.districts))
            if fallback[1] is None:
                if named.districts:
                    fallback = size, _Mention(districts=frozenset(named.districts))
                else:
                    fallback = size, _Mention(villages=frozenset(named.villages), everyday=name in _EVERYDAY)
                if before not in _VILLAGE_WORDS | _DISTRICT_WORDS:
                    break
        return fallback


@lru_cache(maxsize=4)
def _built(places: tuple[Place, ...], aliases: tuple[Alias, ...]) -> Places:
    return Places(places, aliases)


def _says_village(words: list[str], at: int) -> bool:
    """Whether an everyday word is a village's name by what stands before: "kel Panji", "di Melayu", "RT 13 di Jawa"."""
    before, second = words[at - 1] if at else "", words[at - 2] if at > 1 else ""
    return before in _VILLAGE_WORDS or (before == "di" and (second.isdigit() or words[at] != "jawa"))


def _short_forms(name: str) -> set[str]:
    """How people shorten a folded name: "ma badak ulu", "sei payang", "tj limau", "muarabadak ulu", "kota bangun 2"."""
    forms = {name}
    for word, shorts in _SHORT_FORMS.items():
        pattern = re.compile(rf"\b{word}\b")
        forms |= {pattern.sub(short, form) for form in forms for short in shorts}
    words = name.split()
    for size in (2, 3):
        # The first words of a name run together.
        if len(words) >= size and len("".join(words[:size])) >= 7:
            forms.add(" ".join(["".join(words[:size]), *words[size:]]))
    return forms - {name}


def _name(names: dict[str, _Named], name: str, place: Place) -> None:
    named = names.setdefault(fold(name), _Named())
    (named.villages if place.level is RegionLevel.VILLAGE else named.districts).add(place.code)


def _spellings(alias: str) -> set[str]:
    """The names written in one alias: "Sei/Sungai Meriam" is two, "Baru (Kampung Baru)" is two."""
    if bracketed := _BRACKETS.match(alias):
        return _spellings(f"{bracketed[1]} {bracketed[3]}") | _spellings(bracketed[2])
    if either := _EITHER.search(alias):
        return {
            spelling
            for word in (either[1], either[2])
            for spelling in _spellings(alias[: either.start()] + word + alias[either.end() :])
        }
    return {fold(alias)} - {""}


def _districts(
    known: Mapping[str, Place], names: Mapping[str, _Named], former: Mapping[str, set[str]]
) -> dict[str, frozenset[str]]:
    """For each kecamatan the codes people may name it by: its own, and that of the one it was parted from."""
    also: dict[str, set[str]] = {code: {code} for code, place in known.items() if place.level is RegionLevel.DISTRICT}
    for place in known.values():
        home = place.code if place.level is RegionLevel.DISTRICT else _district_of(place.code)
        if place.former_parent in also:
            also.setdefault(home, {home}).add(place.former_parent)
    for name, codes in former.items():
        for code in codes:
            also.setdefault(code, {code}).update(names[name].districts if name in names else ())
    for place in known.values():
        if place.level is RegionLevel.VILLAGE:
            also.setdefault(_district_of(place.code), {_district_of(place.code)})
    return {code: frozenset(codes) for code, codes in also.items()}


def _district_of(village: str) -> str:
    return village.rsplit(".", 1)[0]
