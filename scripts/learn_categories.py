"""Learn what words speak for which category and kind of need: `scripts/learn-categories [FILE ...]`.

Learns from the short texts of `scripts/matching/wordings.csv`, the turns of phrase of the made-up reports and messages
by hand (columns text, category, ppks), and writes `integration/data/category_weights.csv`. Before, the messages are
parted into folds, each answered by what was learned from all others: what to expect of texts nobody has seen.
"""

import csv
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from integration.codes import ReportCategory
from integration.matching.categories import FILE, Weights, answer
from integration.matching.features import features
from scripts.matching.cases import lines
from scripts.matching.figures import share
from scripts.matching.phrases import framed, turns_of_phrase
from scripts.matching.teaching import Example, teach

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
_HERE = Path(__file__).parent
_WORDINGS = _HERE / "matching" / "wordings.csv"
_MESSAGES = (_HERE / "matching" / "messages.csv", _HERE.parent / "tests" / "matching" / "messages.csv")

# A text, its category and its kind of need; both "" where it speaks for nothing.
Told = tuple[str, str, str]


@app.command()
def main(
    messages: Annotated[
        list[Path] | None,
        typer.Argument(exists=True, dir_okay=False, help="Messages by hand (CSV); else the project's."),
    ] = None,
    folds: Annotated[int, typer.Option(help="How many folds the messages are answered in; 0 for none.", min=0)] = 5,
    write: Annotated[bool, typer.Option(help="Write the weights of the product.")] = True,
    show: Annotated[int, typer.Option(help="How many wrong answers to show. They quote the messages.")] = 0,
) -> None:
    """Answer the messages fold by fold, then learn from all texts and write."""
    console = Console()
    always, by_hand = short_texts(), [one for path in messages or _MESSAGES for one in told_in(path)]
    if folds:
        right, wrong = cross_validated(always, by_hand, folds)
        for about, (count, whole) in right.items():
            console.print(f"{about}: {share(count, whole)} of {whole} messages in {folds} folds", highlight=False)
        for line in wrong[:show]:
            console.print(line, markup=False, highlight=False, soft_wrap=True)
    if write:
        write_weights(learn_both([*always, *by_hand]))
        console.print(f"Learned from {len(always)} short texts and {len(by_hand)} messages: {FILE.name}.")


def short_texts() -> list[Told]:
    """The short texts and the turns of phrase of made-up reports, each bare and between words of courtesy."""
    bare = [*told_in(_WORDINGS), *turns_of_phrase()]
    chance = random.Random(1)  # noqa: S311 - the same words of courtesy each time
    return [*bare, *((framed(text, chance), category, need) for text, category, need in bare)]


def told_in(path: Path) -> list[Told]:
    """The texts of a file with what each is about."""
    return [(line["text"], line["category"], line["ppks"]) for line in lines(path)]


def cross_validated(
    always: Sequence[Told], by_hand: Sequence[Told], folds: int
) -> tuple[dict[str, tuple[int, int]], list[str]]:
    """How many messages get the right category and kind of need from what was learned without them, and the others."""
    right = {"category": 0, "kind of need": 0}
    wrong: list[str] = []
    needs = 0
    for fold in range(folds):
        asked = by_hand[fold::folds]
        learned = learn_both([*always, *(one for place, one in enumerate(by_hand) if place % folds != fold)])
        for text, category, need in asked:
            best = answer(features(text), learned["category"])
            told = best.label if best else ""
            right["category"] += told == category
            if told != category:
                wrong.append(f"{told or 'none'}, not {category or 'none'} | {text}")
            if category == ReportCategory.PPKS_SIGHTING and need:
                needs += 1
                kind = answer(features(text), learned["ppks"])
                right["kind of need"] += kind is not None and kind.label == need
                if kind is None or kind.label != need:
                    wrong.append(f"{kind.label if kind else 'none'}, not {need} | {text}")
    wholes = {"category": len(by_hand), "kind of need": needs}
    return {about: (count, wholes[about]) for about, count in right.items()}, wrong


def learn_both(texts: Sequence[Told]) -> dict[str, Weights]:
    """The weights for the category of a text, and for the kind of need where it tells of somebody in need."""
    categories, needs = [], []
    for text, category, need in texts:
        told = tuple((one.name, one.value) for one in features(text))
        categories.append(Example(told, category))
        if category == ReportCategory.PPKS_SIGHTING:
            needs.append(Example(told, need))
    return {"category": teach(categories), "ppks": teach(needs)}


def write_weights(both: dict[str, Weights]) -> None:
    """Write the weights of the product."""
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("about", "feature", "weights"))
        for about, weights in both.items():
            for feature, by_label in sorted(weights.items()):
                told = " ".join(f"{label}:{weight:g}" for label, weight in sorted(by_label.items()))
                writer.writerow((about, feature, told))


if __name__ == "__main__":
    app()
