"""Which reports a statistic counts: what is no report after all counts nowhere, or where it was joined to."""

from typing import Any

from sqlalchemy import ColumnElement

from integration.policy.finding import NOT_COUNTED
from integration.reading.view import Columns

SAID = "Reports that were rejected, withdrawn or merged into another are not counted."


def counts(report: Columns) -> ColumnElement[bool]:
    """Whether a report counts."""
    status: ColumnElement[Any] = report.status
    return status.not_in(NOT_COUNTED)
