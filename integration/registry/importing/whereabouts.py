"""Where a row of the registry places somebody: names and codes of kecamatan and villages, to one code of Kemendagri.

The names decide; a code that contradicts them is reported, because 6402 is Kutai Kartanegara for Kemendagri and another
regency for BPS. A misspelt place is suggested, never chosen.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from rapidfuzz import fuzz, process
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.codes import RegionLevel
from integration.matching.fold import fold
from integration.regions.tables import RegionAliasRow, RegionRow
from integration.registry.importing.findings import Finding, Rule
from integration.registry.importing.numbers import is_empty

_CROSSWALK = Path(__file__).parents[2] / "data" / "region_crosswalk.csv"
_HOME = "64.02"
_HOME_NAMES = frozenset({"kutai kartanegara", "kukar", "kutai"})
_REGENCY_PREFIX = re.compile(r"^(?:kab\.?|kabupaten)\s+", re.IGNORECASE)
_DISTRICT_PREFIX = re.compile(r"^(?:kec\.?|kecamatan)\s+|^kec\.\s*", re.IGNORECASE)
_VILLAGE_PREFIX = re.compile(r"^(?:desa|ds\.?|kel\.?|kelurahan|kampung adat)\s+|^(?:ds|kel)\.\s*", re.IGNORECASE)
_RIVER = re.compile(r"\b(?:sei|sungei|s)\b\.?", re.IGNORECASE)
_LIKE = 80
_FORMER, _VAGUE = "former_parent", "village_ambiguous"

Place = tuple[str, RegionLevel, str, str | None]
Named = Mapping[str, str]


class Whereabouts:
    """All kecamatan and villages of the regency. Asked once per different spelling, answers are kept."""

    def __init__(  # noqa: C901 - one pass over each list
        self, places: Iterable[Place], aliases: Iterable[tuple[str, str, str]]
    ) -> None:
        self._name: dict[str, str] = {}
        self._districts: dict[str, str] = {}
        self._villages: dict[str, dict[str, str]] = {}
        self._children: dict[str, list[str]] = {}
        for code, level, name, former in places:
            if not code.startswith(f"{_HOME}."):
                continue
            self._name[code] = name
            if level is RegionLevel.DISTRICT:
                self._add(self._districts, name, code)
                if former:
                    self._children.setdefault(former, []).append(code)
            elif level is RegionLevel.VILLAGE:
                self._add(self._villages.setdefault(_district(code), {}), name, code)
        for code, alias, kind in aliases:
            if code not in self._name or kind in (_FORMER, _VAGUE):
                continue
            for spelling in _either(alias):
                if code in self._districts.values():
                    self._add(self._districts, spelling, code)
                elif _district(code) in self._villages:
                    self._add(self._villages[_district(code)], spelling, code)
        self._bps = _crosswalk()
        self._known: dict[tuple[str, ...], tuple[str | None, tuple[Finding, ...]]] = {}

    @classmethod
    async def load(cls, session: AsyncSession) -> "Whereabouts":
        """From the region tables."""
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
        return cls([(*row,) for row in regions.all()], [(*row,) for row in aliases.all()])

    def place(
        self, regency: str, district: str, village: str, district_code: str, region_code: str
    ) -> tuple[str | None, tuple[Finding, ...]]:
        """The code of the village, else of the kecamatan, else nothing; and what is to be said of the cells."""
        asked = (regency, district, village, district_code, region_code)
        known = self._known.get(asked)
        if known is None:
            known = self._known[asked] = self._place(*asked)
        return known

    def _place(
        self, regency: str, district: str, village: str, district_code: str, region_code: str
    ) -> tuple[str | None, tuple[Finding, ...]]:
        findings: list[Finding] = []
        if not is_empty(regency) and fold(_REGENCY_PREFIX.sub("", regency)) not in _HOME_NAMES:
            return None, (Finding("regency", Rule.REGENCY_OTHER, "text"),)
        home = self._district(district, findings)
        coded = self._coded(district_code, "district_code", home, findings)
        whole = self._coded(region_code, "region_code", home, findings)
        home = home or (None if whole is None else _district(whole) if whole.count(".") == 3 else whole) or coded
        found = self._village(village, home, findings)
        if found is None and whole is not None and (home is None or whole.startswith(home)):
            found = whole
        return found or home, tuple(findings)

    def _district(self, text: str, findings: list[Finding]) -> str | None:
        if is_empty(text):
            return None
        bare = _DISTRICT_PREFIX.sub("", text.strip())
        if bare != text.strip():
            findings.append(Finding("district", Rule.DISTRICT_PREFIX, "prefix"))
        code = _look(self._districts, bare)
        if code is None:
            like = self._like(bare, {code: self._name[code] for code in self._districts.values()})
            findings.append(Finding("district", Rule.DISTRICT_UNKNOWN, "text", like))
        elif bare.upper() != self._name[code].upper():
            findings.append(Finding("district", Rule.DISTRICT_SPELLING, "spelling", self._name[code]))
        return code

    def _village(self, text: str, home: str | None, findings: list[Finding]) -> str | None:
        if is_empty(text):
            return None
        bare = _VILLAGE_PREFIX.sub("", text.strip())
        if bare != text.strip():
            findings.append(Finding("village", Rule.VILLAGE_PREFIX, "prefix"))
        full = _RIVER.sub("sungai", bare)
        code = self._village_in(full, bare, home, findings)
        if code is None:
            return None
        if full != bare:
            findings.append(Finding("village", Rule.VILLAGE_ABBREVIATION, "abbreviation", self._name[code]))
        elif bare.upper() != self._name[code].upper():
            findings.append(Finding("village", Rule.VILLAGE_SPELLING, "spelling", self._name[code]))
        return code

    def _village_in(self, full: str, bare: str, home: str | None, findings: list[Finding]) -> str | None:
        def named(district: str) -> str | None:
            villages = self._villages.get(district, {})
            return _look(villages, full) or _look(villages, bare)

        if home is None:
            places = [code for district in self._villages if (code := named(district))]
            if len(places) > 1:
                where = ", ".join(self._name[_district(code)] for code in places)
                findings.append(Finding("village", Rule.VILLAGE_AMBIGUOUS, "homonym", where))
            elif not places:
                findings.append(Finding("village", Rule.VILLAGE_UNKNOWN, "text"))
            return places[0] if len(places) == 1 else None
        if code := named(home):
            return code
        moved = [(child, code) for child in self._children.get(home, ()) if (code := named(child))]
        if len(moved) == 1:
            findings.append(Finding("district", Rule.DISTRICT_FORMER, "former kecamatan", self._name[moved[0][0]]))
            return moved[0][1]
        like = self._like(full, {code: self._name[code] for code in self._villages.get(home, {}).values()})
        elsewhere = [self._name[_district(code)] for district in self._villages if (code := named(district))]
        if like is None and elsewhere:
            like = f"Kec. {', '.join(elsewhere)}"
        findings.append(Finding("village", Rule.VILLAGE_UNKNOWN, "text", like))
        return None

    def _like(self, text: str, names: Mapping[str, str]) -> str | None:
        folded = {code: fold(name) for code, name in names.items()}
        best = process.extractOne(fold(text), folded, scorer=fuzz.ratio, score_cutoff=_LIKE)
        return None if best is None else names[best[2]]

    def _coded(self, text: str, field: str, home: str | None, findings: list[Finding]) -> str | None:
        """The kecamatan or village a code names, if it does not contradict the names."""
        if is_empty(text):
            return None
        code = self._read_code(re.sub(r"\D", "", text.removesuffix(".0")))
        if code is None:
            wrong = Rule.REGION_CODE_UNKNOWN if home is None else Rule.REGION_CODE_CONFLICT
            findings.append(Finding(field, wrong, f"{len(text)} digits"))
            return None
        district = code if code.count(".") == 2 else _district(code)
        if home is not None and district != home and home not in self._children.get(district, ()):
            findings.append(Finding(field, Rule.REGION_CODE_CONFLICT, f"{len(text)} digits"))
            return None
        # BPS has no code for the kecamatan of 2021 yet: theirs stands for the former one as well.
        return home or code

    def _read_code(self, digits: str) -> str | None:
        if len(digits) in (7, 10) and digits[:7] in self._bps:
            return self._bps[digits[:7]]
        dotted = ".".join(filter(None, (digits[:2], digits[2:4], digits[4:6], digits[6:10])))
        return dotted if len(digits) in (6, 10) and dotted in self._name else None

    @staticmethod
    def _add(names: dict[str, str], name: str, code: str) -> None:
        for key in (fold(name), fold(name).replace(" ", "")):
            names.setdefault(key, code)


def _look(names: Named, text: str) -> str | None:
    folded = fold(text)
    return names.get(folded) or names.get(folded.replace(" ", ""))


def _either(alias: str) -> list[str]:
    """The spellings in one alias: "Sei/Sungai Meriam", "Baru (Kampung Baru)"."""
    if bracketed := re.match(r"^(.*?)\(([^)]*)\)\s*$", alias):
        return [*_either(bracketed[1]), *_either(bracketed[2])]
    if either := re.search(r"(\S+)/(\S+)", alias):
        return [alias[: either.start()] + word + alias[either.end() :] for word in either.groups()]
    return [alias] if fold(alias) else []


def _district(village: str) -> str:
    return village.rsplit(".", 1)[0]


def _crosswalk() -> Mapping[str, str]:
    with _CROSSWALK.open(encoding="utf-8", newline="") as file:
        return {
            line["bps_code"]: line["kemendagri_code"]
            for line in csv.DictReader(file)
            if line["level"] == "district" and line["bps_code"]
        }
