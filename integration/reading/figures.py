"""A table of figures in plain data, and how it becomes an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Protocol, TypeAlias

from integration.codes import Language
from integration.reading.answer import Answer, BadRequest
from integration.reading.builder import Items, compile_items
from integration.reading.scope import Asking
from integration.reading.selection import Selection
from integration.reading.shape import Constant, Field, Made, Object, Value
from integration.reading.view import Measure, Words
from integration.statistics.codes import StatisticState

MOST_ROWS = 5_000
# To how many digits a figure is told: percent, and days (to nine seconds).
_PERCENT_DIGITS, _DAY_DIGITS = 2, 4
_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Figure:
    """What a measure says of a group; `cases` is how many it rests on, None where that is not told."""

    value: float | None
    cases: int | None
    state: StatisticState


UNKNOWN = Figure(None, 0, StatisticState.UNKNOWN)
SUPPRESSED = Figure(None, None, StatisticState.SUPPRESSED)
# Key, labels, count, whether it is withheld, and a figure for each measure.
TableRow: TypeAlias = tuple[Sequence[str | None], Sequence[str | None], int | None, bool, Sequence[Figure]]


def counted(cases: int) -> Figure:
    """A number of rows, which is its own number of cases."""
    return Figure(float(cases), cases, StatisticState.KNOWN)


def percent(part: int, whole: int, digits: int = _PERCENT_DIGITS) -> Figure:
    """A share in percent, halves rounded to even; a share of nothing is unknown."""
    return Figure(float(round(Fraction(100 * part, whole), digits)), whole, StatisticState.KNOWN) if whole else UNKNOWN


def days(at: Fraction, cases: int, length: float, digits: int = _DAY_DIGITS) -> Figure:
    """A quantile of so many lengths (in microseconds), in days."""
    # Between two whole numbers there are as many places as the share has parts: what a float left off comes back.
    exact = Fraction(round(length * at.denominator), at.denominator)
    return Figure(float(round(exact / _DAY, digits)), cases, StatisticState.KNOWN)


@dataclass(frozen=True, slots=True)
class Figures:
    """A table in plain data. `since` and `until` are the days it speaks of, both included; without them it speaks of
    all reports up to now.
    """

    rows: Sequence[TableRow]
    source: Words
    published: bool = False
    since: date | None = None
    until: date | None = None


class TablePlan(Protocol):
    """A planned table of figures."""

    @property
    def is_one_statement(self) -> bool:
        """Whether all is read by a single statement."""
        ...

    async def read(self, asking: Asking, snapshot: Any) -> Answer:
        """Count, and fill the table."""
        ...


@dataclass(slots=True)
class Shown:
    """What was selected of a table, and the functions that build its lists."""

    names: list[str]
    measures: Mapping[str, Measure]
    selection: Selection
    lists: dict[str, Items] = field(default_factory=dict)

    @classmethod
    def of(cls, names: list[str], measures: Mapping[str, Measure], selection: Selection) -> "Shown":
        """For a selection of the table's type."""
        shown = cls(names, measures, selection)
        for inner in selection.picks:
            if inner.children is not None:
                made = _row(inner.children, list(measures)) if inner.name == "rows" else _header(inner.children)
                shown.lists[inner.key] = compile_items(made, [])
        return shown

    def check(self, groups: int) -> None:
        """BadRequest if there are too many groups."""
        if groups > MOST_ROWS:
            raise BadRequest(
                "BAD_USER_INPUT",
                f"These dimensions give more than {MOST_ROWS} groups. Narrow the filter or leave one out.",
                f"Dimensi ini menghasilkan lebih dari {MOST_ROWS} kelompok. Persempit filter atau kurangi dimensi.",
                ("groupBy",),
            )

    def fill(self, figures: Figures, asking: Asking) -> Answer:
        """The table as an answer. BadRequest if it has too many groups."""
        self.check(len(figures.rows))
        language = asking.viewer.language
        facts = {
            "columns": self.names,
            "asOf": _moment(asking.now),
            "published": figures.published,
            "from": figures.since and figures.since.isoformat(),
            "to": figures.until and figures.until.isoformat(),
            "source": figures.source[language],
            "__typename": self.selection.type_name,
        }
        lists: Mapping[str, Sequence[Any]] = {"rows": figures.rows, "measures": self._headers(language)}
        return Answer(
            {
                pick.key: self.lists[pick.key](lists[pick.name], None) if pick.name in lists else facts[pick.name]
                for pick in self.selection.picks
            }
        )

    def _headers(self, language: Language) -> Sequence[Sequence[str]]:
        return [
            (name, one.label[language], one.unit[language], one.formula[language])
            for name, one in self.measures.items()
        ]


def _moment(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _object(selection: Selection, contents: Mapping[str, Value | Made]) -> Object:
    every = {**contents, "__typename": Constant(selection.type_name)}
    return Object(selection.type_name, [Field(p.key, p.name, p.required, every[p.name]) for p in selection.picks])


def _there(index: int) -> Value:
    return Value(index, None, may_be_null=False)


def _row(selection: Selection, measures: Sequence[str]) -> Object:
    contents: dict[str, Value | Made] = {
        "key": _there(0), "labels": _there(1), "count": _there(2), "suppressed": _there(3),
    }  # fmt: skip
    fields = []
    for pick in selection.picks:
        if pick.children is None:
            fields += _object(Selection(selection.type_name, (pick,)), contents).fields
        else:
            made = Made((4,), _values(pick.children, measures))
            fields.append(Field(pick.key, pick.name, pick.required, made))
    return Object(selection.type_name, fields)


def _values(selection: Selection, measures: Sequence[str]) -> Any:
    places = {"measure": 0, "state": 1, "value": 2, "cases": 3}
    build = compile_items(_object(selection, {name: _there(at) for name, at in places.items()}), [])

    def made(figures: Sequence[Figure]) -> list[dict[str, Any]]:
        told = zip(measures, figures, strict=True)
        return build([(name, str(one.state), one.value, one.cases) for name, one in told], None)

    return made


def _header(selection: Selection) -> Object:
    places = {"measure": 0, "label": 1, "unit": 2, "formula": 3}
    return _object(selection, {name: _there(at) for name, at in places.items()})
