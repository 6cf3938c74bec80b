"""Measuring and learning: a made-up registry through the product's own importer, and weights that tell what is true."""

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from integration.access.sealing import Sealer
from integration.codes import MatchState
from integration.db.engine import Database
from integration.matching.message import read
from integration.matching.places import Places
from integration.matching.rules import Person, Sought, decide
from integration.matching.service import match_text
from integration.settings import Settings
from scripts.matching.cases import REPORTS, from_folder, from_messages, rows_of_people
from scripts.matching.figures import Figures
from scripts.matching.learning import Lesson, learn
from scripts.matching.population import Wanted, write_folder
from scripts.matching.registry import bring_in, whose

MESSAGES = Path(__file__).parent / "messages.csv"
FAR = date(1950, 1, 1)


def test_the_same_wish_makes_the_same_people_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("same", 1), ("other", 2)):
        write_folder(tmp_path / name, Wanted(200, 30, seed))
    one, same, other = ((tmp_path / name / REPORTS).read_bytes() for name in ("one", "same", "other"))
    assert one == same != other


async def test_a_made_up_registry_is_found_again(
    database: Database, sealer: Sealer, settings: Settings, tmp_path: Path
) -> None:
    write_folder(tmp_path / "made", Wanted(600, 80, 7))
    messages, others = from_messages(MESSAGES)
    await bring_in(database, settings, sealer, tmp_path / "made", others, tmp_path)
    numbers = {**rows_of_people(tmp_path / "made"), **{one.person: one.person for one in others}}
    people = await whose(database, sealer, numbers)
    figures = Figures("made up")
    async with database.write() as session:
        places = await Places.load(session)
        for case in [*from_folder(tmp_path / "made"), *messages]:
            found = await match_text(session, sealer, case.text, case.year)
            figures.count(case, read(case.text, places, case.year), [decision for _, decision in found], people)
    assert figures.automatic["wrong"] == 0 and figures.automatic["right"] > 40
    assert sum(figures.third.values()) >= 0.9 * sum(figures.sought.values())
    assert figures.states["C", MatchState.CONFIRMED.value] == 0
    assert figures.table().row_count > 10


def test_weights_learned_from_what_is_true_tell_it_apart() -> None:
    def lesson(told: str, *registered: tuple[str, date, bool]) -> Lesson:
        people = tuple(Person(uuid4(), name, None, born, "64.02.06.2012", None) for name, born, _ in registered)
        sought = Sought(told, None, 1980, 2, frozenset({"64.02.06.2012"}), frozenset(), None, frozenset())
        return Lesson(sought, people, frozenset(place for place, one in enumerate(registered) if one[2]))

    here = date(1980, 1, 1)
    lessons = [lesson("candra sari", ("Candra Sari", here, True), ("Candra Sari", FAR, False))] * 40
    lessons += [lesson("candra sari", ("Candra Sari", FAR, False))] * 40
    lessons += [lesson("candra sari", ("Candra Dewi", here, False))] * 40
    weights = learn(lessons)
    assert weights.of("birthYear", "same") > 0 > weights.of("birthYear", "far")
    assert weights.of("name", "exact") > weights.of("name", "some")
    by_name = lessons[0]
    assert decide(by_name.sought, by_name.people, weights).person_id == by_name.people[0].id
    assert decide(lessons[50].sought, lessons[50].people, weights).person_id is None


@pytest.mark.parametrize("group", ["A", "B", "C", "N"])
def test_messages_by_hand_are_of_all_kinds(group: str) -> None:
    cases, people = from_messages(MESSAGES)
    assert len(cases) == 100 and sum(case.group == group for case in cases) >= 3
    assert {case.person for case in cases if case.person} == {one.person for one in people}
