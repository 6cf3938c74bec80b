"""Forms of a field assessment: versioned files in `integration/data/assessment_forms`, read once.

A version is never changed once it was used: what is asked otherwise becomes a version of its own, with the day from
which it holds.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from integration.codes import UserErrorCode
from integration.refusal import Refusal

_FOLDER = Path(__file__).parent.parent / "data" / "assessment_forms"


class Kind(StrEnum):
    """What an answer is."""

    YES_NO = "YES_NO"
    NUMBER = "NUMBER"
    CHOICE = "CHOICE"
    TEXT = "TEXT"


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `least` and `most` bound a number, `most` the length of a text."""

    code: str
    kind: Kind
    indonesian: str
    english: str
    options: tuple[str, ...] = ()
    least: int = 0
    most: int = 1_000
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One version of a form: its questions in order, and how many photographs of the house it wants."""

    code: str
    version: int
    valid_from: date
    photos: int
    questions: tuple[Question, ...]


@cache
def forms() -> tuple[Form, ...]:
    """All versions of all forms, the newest last."""
    return read(json.loads(path.read_text(encoding="utf-8")) for path in sorted(_FOLDER.glob("*.json")))


def read(given: Iterable[Mapping[str, Any]]) -> tuple[Form, ...]:
    """Forms from their files."""
    made = [
        Form(
            one["code"],
            one["version"],
            date.fromisoformat(one["valid_from"]),
            one["photos"],
            tuple(_question(question) for question in one["questions"]),
        )
        for one in given
    ]
    return tuple(sorted(made, key=lambda form: (form.code, form.version)))


def for_visit(known: Iterable[Form], code: str, version: int, visited_on: date) -> Form:
    """The form of a visit. Refused where there is none, or where another version held on that day."""
    versions = [form for form in known if form.code == code and form.valid_from <= visited_on]
    held = max(versions, key=lambda form: form.version, default=None)
    if held is None:
        raise Refusal(
            UserErrorCode.INVALID,
            "Formulir ini tidak ada atau belum berlaku pada hari itu.",
            "There is no such form, or it did not hold yet on that day.",
            ["form"],
        )
    if held.version != version:
        raise Refusal(
            UserErrorCode.INVALID,
            f"Pada hari itu berlaku versi {held.version} formulir ini.",
            f"Version {held.version} of the form held on that day.",
            ["formVersion"],
        )
    return held


def checked(form: Form, answers: Mapping[str, str]) -> list[tuple[str, str]]:
    """The answers in the form's order, each as it is kept; all that is wrong is refused together."""
    wrong: list[Exception] = [
        # What is no code of ours may be anything, also a person's: it is not repeated.
        _refusal(None, "Ada jawaban untuk pertanyaan yang tidak ada dalam formulir.", "The form has no such question.")
        for code in answers
        if code not in {question.code for question in form.questions}
    ]
    kept: list[tuple[str, str]] = []
    for question in form.questions:
        value = answers.get(question.code, "").strip()
        if not value:
            if not question.optional:
                wrong.append(_refusal(question.code, "Pertanyaan ini harus dijawab.", "This must be answered."))
            continue
        no = _amiss(question, value)
        if no is None:
            kept.append((question.code, value))
        else:
            wrong.append(_refusal(question.code, *no))
    if wrong:
        raise ExceptionGroup("answers", wrong)
    return kept


def _amiss(question: Question, value: str) -> tuple[str, str] | None:
    match question.kind:
        case Kind.YES_NO:
            return None if value in ("true", "false") else ("Isi true atau false.", "Give true or false.")
        case Kind.CHOICE:
            named = ", ".join(question.options)
            return None if value in question.options else (f"Pilih salah satu: {named}.", f"Choose one of: {named}.")
        case Kind.NUMBER:
            least, most = question.least, question.most
            if value.isascii() and value.isdigit() and len(value) <= 12 and least <= int(value) <= most:
                return None
            return f"Isi bilangan bulat {least} sampai {most}.", f"Give a whole number from {least} to {most}."
        case Kind.TEXT:
            if len(value) <= question.most and "\0" not in value:
                return None
            return f"Paling panjang {question.most} karakter.", f"At most {question.most} characters."


def _refusal(code: str | None, indonesian: str, english: str) -> Refusal:
    return Refusal(UserErrorCode.INVALID, indonesian, english, ["answers", *([] if code is None else [code])])


def _question(given: Mapping[str, Any]) -> Question:
    return Question(
        **{**given, "kind": Kind(given["kind"]), "options": tuple(given.get("options", ()))},
    )
