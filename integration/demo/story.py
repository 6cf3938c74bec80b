"""The shape of `reports.json`: fourteen reports told as they happened, with hours between the acts."""

import json
from pathlib import Path
from typing import NotRequired, TypedDict

_FILE = Path(__file__).parent / "reports.json"


class ReporterStory(TypedDict):
    """Who reports; without a phone it is a WhatsApp user known by name only."""

    kind: str
    name: str
    organization: NotRequired[str]
    phone: NotRequired[str]
    account: NotRequired[str]


class SubjectStory(TypedDict):
    """Whom a report is about. `candidates` are NIKs; `namesakes` means everybody of that name in that region."""

    name: NotRequired[str]
    nik: NotRequired[str]
    age: NotRequired[int]
    sex: NotRequired[str]
    region: NotRequired[str]
    note: NotRequired[str]
    state: str
    candidates: NotRequired[list[str]]
    namesakes: NotRequired[bool]


class StepStory(TypedDict):
    """An act, `after` so many hours since the one before, `by` a key of staff.csv."""

    act: str
    after: float
    by: str
    note: NotRequired[str]
    data: NotRequired[dict[str, object]]
    outcome: NotRequired[str]


class AssignmentStory(TypedDict):
    """Who got a report, `at` the moment of which act."""

    role: str
    staff: str
    at: str
    due_days: float
    state: str
    instruction: NotRequired[str]
    reason: NotRequired[str]


class ReportStory(TypedDict):
    """One report from its message to where it stands now."""

    reporter: str
    received: str
    category: str
    region: NotRequired[str]
    entry_point: NotRequired[str]
    priority: NotRequired[str]
    sensitivity: NotRequired[str]
    ppks: NotRequired[list[str]]
    text: str
    subjects: list[SubjectStory]
    steps: list[StepStory]
    question: NotRequired[str]
    reply: NotRequired[str]
    assignments: list[AssignmentStory]


class Stories(TypedDict):
    """The whole file."""

    reporters: dict[str, ReporterStory]
    reports: list[ReportStory]


def read_stories() -> Stories:
    """The file as it is."""
    stories: Stories = json.loads(_FILE.read_text(encoding="utf-8"))
    return stories
