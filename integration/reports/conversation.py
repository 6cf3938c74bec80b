"""Which report a further message belongs to. Pure decisions, no I/O."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from integration.codes import ReportStatus

# Where a report still takes what its reporter adds; later it is in other hands and a message is a matter of its own.
OPEN = (ReportStatus.RECEIVED, ReportStatus.UNDER_VERIFICATION, ReportStatus.NEEDS_INFO)


@dataclass(frozen=True, slots=True)
class OpenReport:
    """An open report of the sender: whom and which place it is about, and when its reporter spoke."""

    id: UUID
    status: ReportStatus
    region_code: str | None
    niks: frozenset[bytes]
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Further:
    """What a further message names."""

    at: datetime
    region_code: str | None
    niks: frozenset[bytes]


def continued(reports: Sequence[OpenReport], message: Further, window: timedelta) -> OpenReport | None:
    """The report a message goes on with, if any: an asked one always, else one of the same talk, person and place."""
    asked = [report for report in reports if report.status is ReportStatus.NEEDS_INFO]
    if asked:
        return max(asked, key=lambda report: report.last_at)
    fitting = [
        report
        for report in reports
        if report.first_at - window <= message.at <= report.last_at + window
        and not _other_person(report, message)
        and not _other_village(report, message)
    ]
    return max(
        fitting,
        key=lambda report: (
            bool(report.niks & message.niks),
            report.region_code is not None and report.region_code == message.region_code,
            report.last_at,
        ),
        default=None,
    )


def finer(known: str | None, named: str | None) -> str | None:
    """The region to keep when a message names one: the first told, unless the new one lies within it."""
    if known is None or (named is not None and named.startswith(known + ".")):
        return named
    return known


def _other_person(report: OpenReport, message: Further) -> bool:
    return bool(report.niks) and bool(message.niks) and not report.niks & message.niks


def _other_village(report: OpenReport, message: Further) -> bool:
    """A kecamatan alone doesn't part two messages: people also name the one where an office stands."""
    known, named = report.region_code, message.region_code
    if known is None or named is None or named.count(".") < 3:
        return False
    return named != known and not named.startswith(known + ".")
