"""What is withheld of the registry's counts cannot be found by adding and subtracting all that is told."""

from random import Random
from typing import Any

import pytest
from sqlmodel import col, select

from integration.codes import RecordValidity
from integration.db.base import now
from integration.db.engine import Database
from integration.reading import relay
from integration.registry.cover import withheld, withheld_below
from integration.registry.tables import RegistryRecordRow, RegistryReleaseRow
from tests.partners.conftest import Partner, partner
from tests.statistics.solving import solve

__all__ = ["partner"]

_FIELDS = ("records", "checked", "valid", "mapped", "dated", "fresh")
INDICATORS = f"""query($level: RegionLevel!) {{ registryIndicators(level: $level) {{
  rows {{ regionCode region state {" ".join(_FIELDS)} validPercent mappedPercent freshPercent }} }} }}"""
COMPARISON = """query($from: ID!, $to: ID!) { registryComparison(from: $from, to: $to) {
  rows { regionCode state entered left desilChanged moved unchanged } } }"""
# How valid, and how old: what the records of a place are told apart by.
_VALIDITIES = (RecordValidity.VALID, RecordValidity.INVALID, None)
_AGES = (10, 500, None)


def _district(code: str | None) -> str | None:
    return None if code is None else code[:8]


@pytest.mark.parametrize("seed", range(30))
def test_nothing_withheld_lies_in_a_range_narrower_than_the_smallest_count(seed: int) -> None:
    """Places in districts by lot, and somebody who knows every sum that is not withheld, and all over all."""
    random, smallest = Random(seed), 5
    places: dict[str | None, tuple[int, ...]] = {}
    for at in range(random.choice((2, 4, 9))):
        code = f"64.02.{at % 3:02}.{2000 + at}"
        places[code] = (random.choice((0, 6, 40)), random.choice((0, 0, 1, 3, 7)), random.choice((0, 2, 9)))
    hidden, districts = withheld_below(places, _district, smallest)
    width = 3
    cells = {code: [(code, part) for part in range(width)] for code in places}
    # How many there are in all of a place is the worst to know; it is covered for itself.
    wholes = withheld_below({code: (sum(counts),) for code, counts in places.items()}, _district, smallest)[0]
    hidden |= wholes
    known = [(cells[code], sum(places[code])) for code in places if code not in wholes]
    for part in range(width):
        known.append(([cells[code][part] for code in places], sum(counts[part] for counts in places.values())))
        for district in {_district(code) for code in places} - districts:
            inside = [code for code in places if _district(code) == district]
            known.append(([cells[code][part] for code in inside], sum(places[code][part] for code in inside)))
        known += [([cells[code][part]], counts[part]) for code, counts in places.items() if code not in hidden]
    small = [[cells[code][part]] for code in hidden for part in range(width) if 0 < places[code][part] < smallest]
    for least, most in solve(known, small):
        if len(hidden) == len(places) and sum(map(any, places.values())) < 2:
            continue
        assert most is None or most - least >= smallest or _is_hopeless(places), f"between {least} and {most}"
    assert all(n == 0 or n >= smallest for code, counts in places.items() if code not in hidden for n in counts)


def _is_hopeless(places: dict[str | None, tuple[int, ...]]) -> bool:
    """Where all there is of a part is few, its sum over all would have to be withheld, which no table tells."""
    return any(0 < sum(counts[part] for counts in places.values()) < 5 for part in range(3))


def test_enough_everywhere_withholds_nothing() -> None:
    assert withheld({"a": (5, 0), "b": (9, 7)}, 5) == frozenset()
    assert withheld({}, 5) == frozenset()


async def _spoil(database: Database) -> None:
    """The newest release with some records invalid, some old, some without a village."""
    random, today = Random(4), now().date()
    async with database.write() as session:
        newest = select(RegistryReleaseRow).order_by(col(RegistryReleaseRow.period).desc())
        release = (await session.exec(newest)).first()
        assert release is not None
        rows = list(
            (await session.exec(select(RegistryRecordRow).where(RegistryRecordRow.release_id == release.id))).all()
        )
        places = sorted({row.region_code for row in rows if row.region_code is not None})
        villages = [code for code in places if code[:8] in ("64.02.06", "64.02.07", "64.02.08")][:9]
        for row in rows:
            row.region_code = random.choices(villages, (40, 30, 20, 9, 9, 9, 3, 2, 0.4)[: len(villages)])[0]
            row.validity = random.choices(_VALIDITIES, (20, 3, 1))[0]
            age = random.choices(_AGES, (9, 6, 1))[0]
            row.as_of = None if age is None else today.fromordinal(today.toordinal() - age)
            if random.random() < 0.03:
                row.region_code = row.region_code[:8]
            session.add(row)


async def _rows(partner: Partner, level: str, who: str) -> dict[str | None, dict[str, Any]]:
    found = (await partner.ask(INDICATORS, {"level": level}, who=who))["registryIndicators"]["rows"]
    return {row["regionCode"]: row for row in found}


async def test_a_planner_cannot_find_out_few_people_of_a_village(partner: Partner, database: Database) -> None:
    """Everything told at both levels, as equations; what a person may be looked for by is what a village has few of."""
    await _spoil(database)
    districts, villages = await _rows(partner, "DISTRICT", "analyst"), await _rows(partner, "VILLAGE", "analyst")
    exact = await _rows(partner, "VILLAGE", "admin")
    assert {row["state"] for row in exact.values()} == {"KNOWN"}
    assert {row["state"] for row in villages.values()} == {"KNOWN", "SUPPRESSED"}
    for told, whole in ((districts, await _rows(partner, "DISTRICT", "admin")), (villages, exact)):
        assert told.keys() == whole.keys()
        for code, row in told.items():
            assert all(row[name] in (None, whole[code][name]) for name in row if name != "state")
            assert (row["validPercent"] is None) >= (row["valid"] is None)
    few = [
        _assert_covered(districts, villages, exact, whole, part)
        for whole, part in (("records", None), ("checked", "valid"), ("dated", "fresh"))
    ]
    assert sum(few) >= 3


def _assert_covered(
    districts: dict[str | None, dict[str, Any]], villages: dict[str | None, dict[str, Any]],
    exact: dict[str | None, dict[str, Any]], whole: str, part: str | None,
) -> int:  # fmt: skip
    """The villages' counts (or part and rest of one), bound by what is told of them and of their kecamatan; how many
    are few.
    """
    parts = ("all",) if part is None else ("part", "rest")

    def of(row: dict[str, Any], name: str) -> int | None:
        if row[whole] is None:
            return None
        found: int = {"all": row[whole], "part": row[part or whole], "rest": row[whole] - row[part or whole]}[name]
        return found

    known: list[tuple[list[tuple[str | None, str]], int]] = []
    for name in parts:
        for code, row in villages.items():
            if code is not None and (told := of(row, name)) is not None:
                known.append(([(code, name)], told))
        for code, row in districts.items():
            inside = [(one, name) for one in villages if one is not None and _district(one) == code]
            if inside and (told := of(row, name)) is not None:
                known.append(([*inside, (code, name)], told))
        # Nor may the number of all records, which is public, give anything back.
        known.append(
            ([(code, name) for code in {*villages, *districts}], sum(of(row, name) or 0 for row in exact.values()))
        )
    small = [
        [(code, name)]
        for code, row in exact.items()
        for name in parts
        if code is not None and 0 < (of(row, name) or 0) < 5
    ]
    for least, most in solve(known, small):
        assert most is None or most - least >= 5, f"between {least} and {most}"
    return len(small)


async def test_whoever_works_for_an_area_sees_its_counts(partner: Partner, database: Database) -> None:
    await _spoil(database)
    own = [
        one["code"] for one in (await partner.ask("{ viewer { regions { code } } }", who="tksk"))["viewer"]["regions"]
    ]
    exact, told = await _rows(partner, "VILLAGE", "admin"), await _rows(partner, "VILLAGE", "tksk")
    for code, row in told.items():
        if code is not None and any(f"{code}.".startswith(f"{one}.") for one in own):
            assert row == exact[code]
    assert any(row["state"] == "SUPPRESSED" for row in told.values())


async def test_a_planner_is_told_changes_of_a_village_or_nothing(partner: Partner, database: Database) -> None:
    async with database.write() as session:
        found = (await session.exec(select(RegistryReleaseRow))).all()
    older, newer = sorted(found, key=lambda one: one.period)
    given = {"from": relay.encode("RegistryRelease", older.id), "to": relay.encode("RegistryRelease", newer.id)}
    exact = (await partner.ask(COMPARISON, given, who="admin"))["registryComparison"]["rows"]
    told = (await partner.ask(COMPARISON, given, who="analyst"))["registryComparison"]["rows"]
    assert [row["regionCode"] for row in told] == [row["regionCode"] for row in exact]
    names = ("entered", "left", "desilChanged", "moved", "unchanged")
    hidden = 0
    for row, whole in zip(told, exact, strict=True):
        if row["state"] == "SUPPRESSED":
            hidden += 1
            assert [row[name] for name in names] == [None] * 5
        else:
            assert row == whole and all(whole[name] == 0 or whole[name] >= 5 for name in names)
    assert hidden != 1 and any(0 < whole[name] < 5 for whole in exact for name in names)
