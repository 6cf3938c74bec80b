"""A printed table as rows: itself, and what was found in it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from integration.codes import Language, Severity
from integration.statistics.codes import PrintedTableState, StatisticColumns
from integration.statistics.rules import Finding, Reconciled
from integration.statistics.series import About
from integration.statistics.tables import PrintedTableRow, TableFindingRow
from integration.statistics.words import sentence


@dataclass(frozen=True, slots=True)
class Printed:
    """A table as it came. Differences up to `tolerance`, in its unit, are rounding."""

    about: About
    columns: StatisticColumns
    period_from: date
    period_to: date
    tolerance: Decimal
    content: str


def table_row(
    printed: Printed, result: Reconciled, findings: Sequence[Finding], at: datetime, by: str
) -> PrintedTableRow:
    """The table, staged."""
    said = asdict(printed.about)
    return PrintedTableRow(
        **{name: value for name, value in said.items() if name != "code"},
        series_code=printed.about.code,
        columns=printed.columns,
        period_from=printed.period_from,
        period_to=printed.period_to,
        tolerance=f"{printed.tolerance:f}",
        content=printed.content,
        state=PrintedTableState.STAGED,
        rows=len(result.grid.rows),
        errors=sum(1 for one in findings if one.severity is Severity.ERROR),
        warnings=sum(1 for one in findings if one.severity is Severity.WARNING),
        created_at=at,
        created_by=by,
    )


def about_of(row: PrintedTableRow) -> About:
    """What a table says of itself."""
    said = {name: getattr(row, name) for name in About.__dataclass_fields__ if name != "code"}
    return About(code=row.series_code, **said)


def finding_rows(table_id: UUID, findings: Iterable[Finding]) -> list[TableFindingRow]:
    """What was found, in order, in words of both languages as they are today: a report is kept as it was."""
    return [
        TableFindingRow(
            table_id=table_id,
            place=place,
            rule=one.rule,
            severity=one.severity,
            row=one.row,
            column=one.column,
            expected=_text(one.expected),
            printed=_text(one.printed),
            difference=_text(one.difference),
            message=sentence(one, Language.ID),
            message_en=sentence(one, Language.EN),
        )
        for place, one in enumerate(findings, 1)
    ]


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
