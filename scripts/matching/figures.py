"""What is counted when reports whose truth is known are matched, and the table of it."""

import statistics
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from rich.console import Console
from rich.table import Table

from integration.codes import MatchState, ReportCategory
from integration.matching.categories import Suggested, suggest_category
from integration.matching.message import Told, subject_names
from integration.matching.rules import Decision
from scripts.matching.cases import Case

_NAMESAKES = "B, namesakes"


@dataclass(slots=True)
class Figures:
    """What was counted over some cases. Times are milliseconds for each."""

    title: str
    automatic: Counter[str] = field(default_factory=Counter)
    suggested: Counter[str] = field(default_factory=Counter)
    absent: Counter[str] = field(default_factory=Counter)
    states: Counter[tuple[str, str]] = field(default_factory=Counter)
    third: Counter[str] = field(default_factory=Counter)
    sought: Counter[str] = field(default_factory=Counter)
    categories: Counter[str] = field(default_factory=Counter)
    fields: Counter[tuple[str, str]] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)
    missed: list[tuple[str, str, str, str]] = field(default_factory=list)

    def count(self, case: Case, told: Told, decisions: Sequence[Decision], people: Mapping[UUID, str]) -> None:
        """One case, with the decision for each person it is about. Who should be found may be any of them."""
        suggested = suggest_category(case.text)
        self._count_category(case, suggested)
        if case.told is not None:
            self._count_fields(case, told, suggested)
        decision = _of_person(case.person, decisions, people)
        ranked = [people.get(one.person_id, "") for one in decision.candidates]
        self.states[case.group, decision.state.value] += 1
        right = bool(case.person) and ranked[:1] == [case.person]
        if decision.state is MatchState.CONFIRMED:
            self._settle(self.automatic, right, case, "automatic but wrong")
        elif decision.state is MatchState.SUGGESTED:
            self._settle(self.suggested, right, case, "suggested but wrong")
        elif decision.state is MatchState.NOT_IN_REGISTRY:
            self._settle(self.absent, not case.person, case, "said not to be in the registry, but is")
        if case.person:
            self.sought[case.group] += 1
            self.third[case.group] += case.person in ranked[:3]
            if case.person not in ranked[:3]:
                self.missed.append((case.group, "not among three", case.note, case.text))

    def _settle(self, counter: Counter[str], right: bool, case: Case, what: str) -> None:
        counter["right" if right else "wrong"] += 1
        if not right:
            self.missed.append((case.group, what, case.note, case.text))

    def _count_category(self, case: Case, suggested: Suggested | None) -> None:
        if case.category == "NONE":
            return
        told = "" if suggested is None else suggested.category.value
        if case.told is None and suggested is not None and suggested.category is ReportCategory.PPKS_SIGHTING:
            told = suggested.ppks_code or told
        self.categories["right" if told == case.category else "wrong"] += 1
        if told != case.category:
            self.missed.append((case.group, "category", f"{told or 'none'}, not {case.category or 'none'}", case.text))

    def _count_fields(self, case: Case, told: Told, suggested: Suggested | None) -> None:
        homes = {code.rsplit(".", 1)[0] for code in told.villages} or told.districts
        sighting = suggested is not None and suggested.category is ReportCategory.PPKS_SIGHTING
        read = {
            "names": ";".join(name.name for name in subject_names(told) if name.sure),
            "nik": ";".join(told.niks),
            "age": "" if told.age is None else str(told.age),
            "village": ";".join(sorted(told.villages)),
            "district": ";".join(sorted(homes)),
            "category": "" if suggested is None else suggested.category.value,
            "ppks": (suggested.ppks_code or "") if suggested is not None and sighting else "",
        }
        for name, value in (case.told or {}).items():
            right = read[name] == value
            self.fields[name, "right" if right else "wrong"] += 1
            if not right:
                self.missed.append((case.group, name, f"{read[name] or 'none'}, not {value or 'none'}", case.text))

    def table(self) -> Table:
        """The figures as a table."""
        table = Table(title=self.title, show_header=True)
        for heading in ("", "share", "of"):
            table.add_column(heading, justify="left" if not heading else "right")
        sure = self.automatic.total()
        table.add_row("precision of automatic matches", share(self.automatic["right"], sure), str(sure))
        alone = [group for group in self.sought if group != _NAMESAKES]
        found, sought = sum(self.third[one] for one in alone), sum(self.sought[one] for one in alone)
        table.add_row("right person among the first three", share(found, sought), str(sought))
        for group in sorted(self.sought):
            table.add_row(f"  class {group}", share(self.third[group], self.sought[group]), str(self.sought[group]))
        total = self.suggested.total()
        table.add_row("precision of suggestions", share(self.suggested["right"], total), str(total))
        outside = sum(count for (group, _), count in self.states.items() if group.startswith("C"))
        for state in (MatchState.CONFIRMED, MatchState.SUGGESTED, MatchState.AMBIGUOUS, MatchState.NOT_IN_REGISTRY):
            count = sum(n for (group, told), n in self.states.items() if group.startswith("C") and told == state.value)
            table.add_row(f"outside the registry, {state.value}", share(count, outside), str(outside))
        total = self.absent.total()
        table.add_row("precision of NOT_IN_REGISTRY", share(self.absent["right"], total), str(total))
        several = sum(count for (group, _), count in self.states.items() if group == _NAMESAKES)
        if several:
            ambiguous = self.states[_NAMESAKES, MatchState.AMBIGUOUS.value]
            table.add_row("namesakes, AMBIGUOUS", share(ambiguous, several), str(several))
        rated = self.categories.total()
        table.add_row("category", share(self.categories["right"], rated), str(rated))
        for name in dict.fromkeys(name for name, _ in self.fields):
            whole = self.fields[name, "right"] + self.fields[name, "wrong"]
            table.add_row(f"read: {name}", share(self.fields[name, "right"], whole), str(whole))
        times = sorted(self.milliseconds)
        if times:
            table.add_row("milliseconds, median", f"{statistics.median(times):.1f}", str(len(times)))
            table.add_row("milliseconds, 95 of 100", f"{times[int(len(times) * 0.95)]:.1f}", str(len(times)))
        return table

    def show(self, console: Console, wrong: int) -> None:
        """Print the table, the states by class, and so many wrong answers; these quote the reports."""
        console.print(self.table())
        states: dict[str, list[str]] = defaultdict(list)
        for (group, state), count in sorted(self.states.items()):
            states[group].append(f"{state} {count}")
        for group, told in states.items():
            console.print(f"{group}: " + ", ".join(told), highlight=False)
        for line in self.missed[:wrong]:
            console.print(" | ".join(line), markup=False, highlight=False, soft_wrap=True)


def share(part: int, whole: int) -> str:
    """A share with four places, "-" of nothing."""
    return f"{part / whole:.4f}" if whole else "-"


def _of_person(person: str, decisions: Sequence[Decision], people: Mapping[UUID, str]) -> Decision:
    """The decision for the first somebody of a text; for the one meant, where the text names several."""
    for decision in decisions:
        if person and any(people.get(one.person_id) == person for one in decision.candidates[:3]):
            return decision
    return decisions[0] if decisions else Decision(MatchState.UNMATCHED, ())
